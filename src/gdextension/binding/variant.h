// Variant, Array and Dictionary: values that hold other values.
//
//     if (const auto points = value.get<PackedVector2Array>()) use(points->read());
//     for (std::int64_t i = 0; i < list.size(); ++i) use(list.at(i));
//
// Rules of ownership and threads are those of handles.h. A reference that at() gives is valid until the
// container changes: no script may run while it is held.
#pragma once

#include "gdextension/binding/handles.h"

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <type_traits>
#include <utility>

namespace cutout::binding {

class Array;
class Dictionary;
template <class T> class TypedArray;
template <class T> struct Traits; // see traits.h

class Variant {
public:
    Variant() { api().variant_new_nil(bytes_); }
    Variant(const Variant& other) { api().variant_new_copy(bytes_, other.bytes_); }
    Variant(Variant&& other) noexcept : Variant() { swap(other); }
    Variant& operator=(const Variant& other) {
        if (this != &other) {
            Variant copy(other);
            swap(copy);
        }
        return *this;
    }
    Variant& operator=(Variant&& other) noexcept {
        swap(other);
        return *this;
    }
    ~Variant() { api().variant_destroy(bytes_); }

    // A Variant that holds a copy of `value`: bool, std::int64_t, double, Vector2 or any handle.
    template <class T> [[nodiscard]] static Variant of(const T& value) {
        Variant result{Uninitialized{}};
        Traits<T>::to_variant(result.bytes_, value);
        return result;
    }

    // A Variant that holds an object, and a reference to it where it is RefCounted. `object` may be null.
    [[nodiscard]] static Variant of_object(GDExtensionObjectPtr object) {
        Variant result{Uninitialized{}};
        operations(GDEXTENSION_VARIANT_TYPE_OBJECT).to_variant(result.bytes_, static_cast<void*>(&object));
        return result;
    }

    [[nodiscard]] GDExtensionVariantType type() const { return api().variant_get_type(bytes_); }
    [[nodiscard]] bool is_nil() const { return type() == GDEXTENSION_VARIANT_TYPE_NIL; }
    // "float", "PackedVector2Array", ... and "null".
    [[nodiscard]] std::string type_name() const;
    // As print() shows it.
    [[nodiscard]] std::string text() const;

    // The value when it is exactly of this type, else nothing.
    template <class T> [[nodiscard]] std::optional<T> get() const {
        if (type() != Traits<T>::type) return std::nullopt;
        return Traits<T>::from_variant(bytes_);
    }
    // The text of a String or a StringName, else nothing.
    [[nodiscard]] std::optional<std::string> get_text() const;
    // The value where it lies, of a Variant that holds a T and no copy of which was made.
    template <class T> [[nodiscard]] T& inside() {
        return *static_cast<T*>(operations(Traits<T>::type).inside_variant(bytes_));
    }

    // The id of the object that it is, or 0. It may have been freed.
    [[nodiscard]] std::uint64_t object_id() const;
    // An Object that was freed, or null stored as an Object.
    [[nodiscard]] bool is_dead_object() const;
    [[nodiscard]] bool has_method(const StringName& method) const;
    // Of an object that is alive.
    [[nodiscard]] bool has_signal(const Variant& name) const;
    // Emits a signal of the object that this is; scripts may run before it returns. False: it is no object,
    // or one that was freed. `values` are the signal's name and its arguments.
    bool emit(std::span<const Variant* const> values) const;
    // Calls a method without arguments; it may run a script. Nothing when there is no such method.
    [[nodiscard]] std::optional<Variant> call(const StringName& method);

    void swap(Variant& other) noexcept { std::swap(bytes_, other.bytes_); }
    [[nodiscard]] void* native() { return bytes_; }
    [[nodiscard]] const void* native() const { return bytes_; }

private:
    struct Uninitialized {};
    explicit Variant(Uninitialized /*tag*/) {}

    alignas(8) std::byte bytes_[24]; // NOLINT(*-avoid-c-arrays): filled by the engine
};

class Array : public Handle<GDEXTENSION_VARIANT_TYPE_ARRAY, 8> {
public:
    [[nodiscard]] std::int64_t size() const;
    // Throws std::bad_alloc when there is no memory, or when the array is read-only.
    void resize(std::int64_t size);
    // `index` is in [0, size()).
    [[nodiscard]] const Variant& at(std::int64_t index) const {
        return *static_cast<const Variant*>(api().array_operator_index_const(native(), index));
    }
    // Takes values of any type: neither typed nor read-only.
    [[nodiscard]] bool is_open() const;
    // Replaces the element. For an array that is_open(), or with a value of its type.
    void set(std::int64_t index, Variant value);
};

// An Array that scripts see as Array[T].
template <class T> class TypedArray : public Array {
public:
    TypedArray() {
        const StringName no_class;
        const Variant no_script;
        api().array_set_typed(native(), Traits<T>::type, no_class.native(), no_script.native());
    }
    explicit TypedArray(std::int64_t size) : TypedArray() { resize(size); }

    // Puts `value` in without a copy. resize() has filled every place with an empty value of the type, so the
    // two change places inside the Variant.
    void put(std::int64_t index, T value) {
        void* element = api().array_operator_index(native(), index);
        T& inside = *static_cast<T*>(operations(Traits<T>::type).inside_variant(element));
        inside.swap(value);
    }
};

class Dictionary : public Handle<GDEXTENSION_VARIANT_TYPE_DICTIONARY, 8> {
public:
    [[nodiscard]] std::int64_t size() const;
    [[nodiscard]] Array keys() const;
    [[nodiscard]] bool has(const Variant& key) const;
    // `key` is one of keys().
    [[nodiscard]] const Variant& at(const Variant& key) const {
        return *static_cast<const Variant*>(api().dictionary_operator_index_const(native(), key.native()));
    }
    // True: it was there.
    bool erase(const Variant& key);
    // For a Dictionary that is neither typed nor read-only.
    void set(const Variant& key, Variant value);
};

} // namespace cutout::binding

#include "gdextension/binding/traits.h" // IWYU pragma: keep
