// A reference to an object of one of our own RefCounted classes: the object lives as long as one is held.
//
//     Ref<Counter> counter = make<Counter>(); // class_builder.h; Counter::class_name is its name
//     counter->add(1);
//     return counter;                         // a method's result: scripts see the class
//
// Null until made. As a method's result only: what a script hands in may be of any class, and is a Variant.
//
// Thread rule: that of handles.h. The engine counts references atomically.
#pragma once

#include "gdextension/binding/traits.h"

namespace cutout::binding {

template <class T> class Ref {
public:
    Ref() = default;
    // Takes over a new object that nobody refers to yet, and its C++ half.
    Ref(GDExtensionObjectPtr object, T* instance) : instance_(instance) {
        if (object == nullptr) return;
        holder_ = Variant::of_object(object);
        object_ = object;
    }
    // Moving copies: a reference is never left without its object.
    Ref(const Ref& other) = default;
    Ref& operator=(const Ref& other) = default;
    ~Ref() = default;

    [[nodiscard]] T* operator->() const { return instance_; }
    [[nodiscard]] explicit operator bool() const { return object_ != nullptr; }
    [[nodiscard]] GDExtensionObjectPtr object() const { return object_; }

private:
    Variant holder_; // the reference itself
    GDExtensionObjectPtr object_ = nullptr;
    T* instance_ = nullptr;
};

template <class T> struct Traits<Ref<T>> {
    static constexpr GDExtensionVariantType type = GDEXTENSION_VARIANT_TYPE_OBJECT;

    static void to_variant(void* uninitialized, const Ref<T>& value) {
        GDExtensionObjectPtr object = value.object();
        operations(type).to_variant(uninitialized, static_cast<void*>(&object));
    }
    // The slot is a reference of the engine's, null until now.
    static void to_pointer(void* pointer, const Ref<T>& value) {
        api().ref_set_object(pointer, value.object());
    }
};
template <class T> struct ObjectClass<Ref<T>> { static constexpr const char* value = T::class_name; };

} // namespace cutout::binding
