// Base of the C++ half of an engine object.
//
//     class Counter : public binding::Instance {
//     public:
//         void add(std::int64_t n) { total_ += n; emit(StringName("added"), n); }
//     };
//
// The engine owns it: it is made when a script says `Counter.new()` and deleted with its object (for a
// RefCounted class: when the last reference goes, on whatever thread that is).
#pragma once

#include "gdextension/binding/variant.h"

#include <array>
#include <type_traits>
#include <typeinfo>

namespace cutout::binding {

class Instance {
public:
    Instance() = default;
    Instance(const Instance&) = delete;
    Instance& operator=(const Instance&) = delete;
    virtual ~Instance() = default;

protected:
    // Emits a signal to everything that is connected; scripts may run before it returns. Not for use in a
    // constructor: the object does not exist yet.
    template <class... Arguments> void emit(const StringName& signal, const Arguments&... arguments) {
        const std::array<Variant, sizeof...(Arguments) + 1> values{Variant::of(signal),
                                                                   Variant::of(arguments)...};
        std::array<GDExtensionConstVariantPtr, values.size()> pointers{};
        for (std::size_t i = 0; i < values.size(); ++i) {
            pointers[i] = values[i].native();
        }
        emit_values(pointers.data(), pointers.size());
    }

    // The object itself, and a reference to it where it is RefCounted: while this is held, it stays.
    [[nodiscard]] Variant self() const { return Variant::of_object(object_); }

private:
    template <class T> friend class ClassBuilder;
    void emit_values(const GDExtensionConstVariantPtr* values, std::size_t count);

    GDExtensionObjectPtr object_ = nullptr;
};

// The C++ half of the object in `value`; null when it is no object, or none of this library's. Valid as long
// as the object is.
[[nodiscard]] Instance* instance_of(const Variant& value);

// The same of the class T, which has no derived ones.
template <class T> [[nodiscard]] T* instance_of(const Variant& value) {
    static_assert(std::is_final_v<T>);
    Instance* const instance = instance_of(value);
    return instance != nullptr && typeid(*instance) == typeid(T) ? static_cast<T*>(instance) : nullptr;
}

} // namespace cutout::binding
