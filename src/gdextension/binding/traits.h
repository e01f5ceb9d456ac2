// How each C++ type of a method's signature travels between a script and C++.
//
// Supported: bool, std::int64_t, double, Vector2, Rect2, Transform2D, Color, Rid, Aabb, Variant and every
// handle; as results also Ref (ref.h).
// Integers are 64 bits and reals are doubles, as scripts have them: nothing is narrowed on the way.
//
// Two roads lead into a method. By *variant* (Object.call(), dynamically typed scripts): arguments are
// Variants. By *pointer* (statically typed scripts): arguments are addresses of the bare values; bool is one
// byte, integers are std::int64_t, reals are double.
#pragma once

#include "gdextension/binding/variant.h"

#include <cstdint>
#include <type_traits>
#include <utility>

namespace cutout::binding {

// Values that are plain bytes.
template <class T, class Stored, GDExtensionVariantType Type> struct PlainTraits {
    static constexpr GDExtensionVariantType type = Type;

    static T from_variant(const void* variant) {
        Stored stored{};
        operations(Type).from_variant(&stored, const_cast<void*>(variant));
        return static_cast<T>(stored);
    }
    static void to_variant(void* uninitialized, const T& value) {
        auto stored = static_cast<Stored>(value);
        operations(Type).to_variant(uninitialized, &stored);
    }
    static T from_pointer(const void* pointer) {
        return static_cast<T>(*static_cast<const Stored*>(pointer));
    }
    static void to_pointer(void* pointer, T value) {
        *static_cast<Stored*>(pointer) = static_cast<Stored>(value);
    }
};

template <> struct Traits<bool> : PlainTraits<bool, GDExtensionBool, GDEXTENSION_VARIANT_TYPE_BOOL> {};
template <>
struct Traits<std::int64_t> : PlainTraits<std::int64_t, std::int64_t, GDEXTENSION_VARIANT_TYPE_INT> {};
template <> struct Traits<double> : PlainTraits<double, double, GDEXTENSION_VARIANT_TYPE_FLOAT> {};
template <> struct Traits<Vector2> : PlainTraits<Vector2, Vector2, GDEXTENSION_VARIANT_TYPE_VECTOR2> {};

template <> struct Traits<Rect2> : PlainTraits<Rect2, Rect2, GDEXTENSION_VARIANT_TYPE_RECT2> {};
template <>
struct Traits<Transform2D> : PlainTraits<Transform2D, Transform2D, GDEXTENSION_VARIANT_TYPE_TRANSFORM2D> {};
template <> struct Traits<Color> : PlainTraits<Color, Color, GDEXTENSION_VARIANT_TYPE_COLOR> {};
template <> struct Traits<Rid> : PlainTraits<Rid, Rid, GDEXTENSION_VARIANT_TYPE_RID> {};
template <> struct Traits<Aabb> : PlainTraits<Aabb, Aabb, GDEXTENSION_VARIANT_TYPE_AABB> {};

// Values that the engine owns a part of.
template <class T>
requires requires {
    T::variant_type;
}
struct Traits<T> {
    static constexpr GDExtensionVariantType type = T::variant_type;

    static T from_variant(const void* variant) {
        // The engine writes the value into uninitialized memory; it is moved out and the rest destroyed.
        union Slot {
            Slot() {}  // NOLINT(*-use-equals-default): the value is not made here
            ~Slot() {} // NOLINT(*-use-equals-default): nor destroyed
            T value;
        } slot;
        operations(type).from_variant(slot.value.native(), const_cast<void*>(variant));
        T result(std::move(slot.value));
        slot.value.~T();
        return result;
    }
    static void to_variant(void* uninitialized, const T& value) {
        operations(type).to_variant(uninitialized, const_cast<void*>(value.native()));
    }
    static const T& from_pointer(const void* pointer) { return *static_cast<const T*>(pointer); }
    // The engine's result slot holds a value already; it leaves with `value`.
    static void to_pointer(void* pointer, T value) { static_cast<T*>(pointer)->swap(value); }
};

template <> struct Traits<Variant> {
    static constexpr GDExtensionVariantType type = GDEXTENSION_VARIANT_TYPE_NIL; // any type

    static const Variant& from_variant(const void* variant) { return *static_cast<const Variant*>(variant); }
    static void to_variant(void* uninitialized, const Variant& value) {
        api().variant_new_copy(uninitialized, value.native());
    }
    static const Variant& from_pointer(const void* pointer) { return *static_cast<const Variant*>(pointer); }
    static void to_pointer(void* pointer, Variant value) { static_cast<Variant*>(pointer)->swap(value); }
};

// The class of an object, for the engine's description of it; null for everything else.
template <class T> struct ObjectClass { static constexpr const char* value = nullptr; };

// The name of a typed array's element type, for the engine's description of it; null for everything else.
template <class T> struct ElementName { static constexpr const char* value = nullptr; };
template <class T> struct TypeName;
template <> struct TypeName<PackedVector2Array> {
    static constexpr const char* value = "PackedVector2Array";
};
template <> struct TypeName<Array> { static constexpr const char* value = "Array"; };
template <class T> struct ElementName<TypedArray<T>> {
    static constexpr const char* value = TypeName<T>::value;
};

} // namespace cutout::binding
