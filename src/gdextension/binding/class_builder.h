// Registers a C++ class with the engine.
//
//     ClassBuilder<Counter>("Counter", "RefCounted")
//         .method("add", &Counter::add, arg("n", 1))
//         .method("get_total", &Counter::get_total)
//         .property("step", &Counter::set_step, &Counter::get_step)
//         .signal("added", value_info<std::int64_t>("n"))
//         .constant("Mode", "MODE_FAST", 1);
//
//     Ref<Counter> made = make<Counter>(); // for a class with `class_name`, once it is registered
//
// Types come from the C++ signatures. The class derives from Instance and has a default constructor; the
// parent is a class of the engine. A default value is given as arg(name, value), in the last arguments only.
//
// Thread rule: in the scene step of the extension's start (see extension.h). unregister_classes() undoes all
// of it in the reverse order. make() on any thread in between.
#pragma once

#include "gdextension/binding/method.h"
#include "gdextension/binding/ref.h"

#include <cstdint>
#include <exception>
#include <initializer_list>
#include <memory>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

namespace cutout::binding {

// What stays of a class while it is registered.
struct ClassRecord {
    StringName name;
    StringName parent;
    std::string text; // `name`, for messages
    std::vector<std::unique_ptr<Method>> methods;
};

namespace detail {
ClassRecord& add_class(std::string_view name, std::string_view parent, GDExtensionClassCreateInstance2 create,
                       GDExtensionClassFreeInstance free, GDExtensionClassRecreateInstance recreate);
void add_method(ClassRecord& record, std::unique_ptr<Method> method);
void add_property(const ClassRecord& record, const ValueInfo& property, std::string_view setter,
                  std::string_view getter);
void add_signal(const ClassRecord& record, std::string_view name, std::initializer_list<ValueInfo> arguments);
void add_constant(const ClassRecord& record, std::string_view enum_name, std::string_view name,
                  std::int64_t value);
// Null when no class of this name is registered.
const ClassRecord* find_class(std::string_view name);
// A new object of the record's parent class, not yet joined to an instance.
GDExtensionObjectPtr new_object(const ClassRecord& record);
// instance_of() finds the instance by it.
void bind(GDExtensionObjectPtr object, Instance* instance);
void join(const ClassRecord& record, GDExtensionObjectPtr object, Instance* instance, bool notify);
} // namespace detail

void unregister_classes();

template <class T> class ClassBuilder {
    static_assert(std::is_base_of_v<Instance, T>, "derive the class from Instance");

public:
    ClassBuilder(std::string_view name, std::string_view parent)
        : record_(detail::add_class(name, parent, &create, &free, &recreate)) {}

    template <class Pointer, class... Names>
    ClassBuilder& method(std::string_view name, Pointer pointer, const Names&... names) {
        auto method = std::make_unique<BoundMethod<T, Pointer>>(pointer, names...);
        method->name = name;
        detail::add_method(record_, std::move(method));
        return *this;
    }

    // A property `name` with the methods `set_<name>` and `get_<name>`.
    template <class Setter, class Getter>
    ClassBuilder& property(const std::string& name, Setter setter, Getter getter) {
        using Value = std::remove_cvref_t<typename MemberFunction<Getter>::Result>;
        static_assert(std::is_same_v<Value, typename MemberFunction<Setter>::template Argument<0>>,
                      "setter and getter have the same type");
        method("set_" + name, setter, "value");
        method("get_" + name, getter);
        detail::add_property(record_, value_info<Value>(name), "set_" + name, "get_" + name);
        return *this;
    }

    // A property that scripts can only read, with the method `get_<name>`.
    template <class Getter> ClassBuilder& read_only_property(const std::string& name, Getter getter) {
        using Value = std::remove_cvref_t<typename MemberFunction<Getter>::Result>;
        method("get_" + name, getter);
        detail::add_property(record_, value_info<Value>(name), "", "get_" + name);
        return *this;
    }

    template <class... Values> ClassBuilder& signal(std::string_view name, const Values&... arguments) {
        detail::add_signal(record_, name, {arguments...});
        return *this;
    }

    ClassBuilder& constant(std::string_view enum_name, std::string_view name, std::int64_t value) {
        detail::add_constant(record_, enum_name, name, value);
        return *this;
    }

    // Null, and an engine error, when there is no memory for it.
    [[nodiscard]] static Ref<T> make(const ClassRecord& record) {
        static constexpr GDExtensionBool notify = 1;
        T* instance = nullptr;
        GDExtensionObjectPtr object = create_joined(record, notify, instance);
        return Ref<T>(object, instance);
    }

private:
    static T* new_instance(const ClassRecord& record, GDExtensionObjectPtr object) {
        try {
            auto* instance = new T;
            instance->object_ = object;
            detail::bind(object, instance);
            return instance;
        } catch (const std::exception& exception) {
            report_error(record.text + ".new(): " + exception.what(), "new_instance", __FILE__, __LINE__);
            return nullptr;
        }
    }

    static GDExtensionObjectPtr create(void* userdata, GDExtensionBool notify) {
        T* instance = nullptr;
        return create_joined(*static_cast<const ClassRecord*>(userdata), notify, instance);
    }

    static GDExtensionObjectPtr create_joined(const ClassRecord& record, GDExtensionBool notify,
                                              T*& instance) {
        GDExtensionObjectPtr object = detail::new_object(record);
        if (object == nullptr) return nullptr;
        instance = new_instance(record, object);
        if (instance == nullptr) {
            api().object_destroy(object);
            return nullptr;
        }
        detail::join(record, object, instance, notify != 0);
        return object;
    }

    static void free(void* /*userdata*/, GDExtensionClassInstancePtr instance) {
        delete static_cast<Instance*>(instance);
    }

    // After the library was loaded anew, for an object that outlived the old one: it starts afresh.
    static GDExtensionClassInstancePtr recreate(void* userdata, GDExtensionObjectPtr object) {
        return static_cast<Instance*>(new_instance(*static_cast<const ClassRecord*>(userdata), object));
    }

    ClassRecord& record_;
};

// A new object of a class that T::class_name names; null when it is not registered.
template <class T> [[nodiscard]] Ref<T> make() {
    const ClassRecord* record = detail::find_class(T::class_name);
    return record == nullptr ? Ref<T>() : ClassBuilder<T>::make(*record);
}

} // namespace cutout::binding
