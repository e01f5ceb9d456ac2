// From a C++ member function to a method of an engine class.
//
// The types of the arguments and of the result come from the signature. A call with too few or too many
// arguments, or with one that does not convert, never reaches C++: the engine prints its ordinary error. An
// exception never reaches the engine: it becomes an engine error, and the method returns an empty value.
#pragma once

#include "gdextension/binding/instance.h"
#include "gdextension/binding/traits.h"

#include <array>
#include <cstdint>
#include <exception>
#include <string>
#include <tuple>
#include <type_traits>
#include <utility>
#include <vector>

namespace cutout::binding {

// One value in the engine's description of a method, signal or property.
struct ValueInfo {
    std::string name;
    GDExtensionVariantType type = GDEXTENSION_VARIANT_TYPE_NIL;
    const char* element = nullptr; // of a typed array
    const char* object_class = nullptr;
    bool is_result = false; // a result of no type is a Variant only if the method has a result at all
};

template <class T> [[nodiscard]] ValueInfo value_info(std::string name) {
    return {std::move(name), Traits<T>::type, ElementName<T>::value, ObjectClass<T>::value};
}

// An argument with a default value: arg("priority", 0).
template <class T> struct DefaultArgument {
    const char* name;
    T value;
};
template <class T> [[nodiscard]] DefaultArgument<T> arg(const char* name, T value) {
    return {name, std::move(value)};
}

// What a method is called, what it takes, and the call itself. Lives as long as its class is registered.
class Method {
public:
    Method() = default;
    Method(const Method&) = delete;
    Method& operator=(const Method&) = delete;
    virtual ~Method() = default;

    std::string full_name; // "Class.method", for messages
    std::string name;
    std::vector<ValueInfo> arguments;
    std::vector<Variant> defaults; // of the last arguments
    bool has_result = false;
    ValueInfo result;
    bool is_const = false;
    GDExtensionClassMethodCall call = nullptr;
    GDExtensionClassMethodPtrCall pointer_call = nullptr;

protected:
    // Checks the arguments of a call and fills in the defaults. False: `error` says what is wrong.
    [[nodiscard]] bool resolve(const GDExtensionConstVariantPtr* given, GDExtensionInt given_count,
                               const void** values, GDExtensionCallError& error) const;
    void report_exception(const char* what) const;

    template <class Body> void guarded(const Body& body) const {
        try {
            body();
        } catch (const std::exception& exception) {
            report_exception(exception.what());
        } catch (...) {
            report_exception("unknown exception");
        }
    }
};

template <class Pointer> struct MemberFunction;
template <class C, class R, class... A> struct MemberFunction<R (C::*)(A...)> {
    using Class = C;
    using Result = R;
    template <std::size_t I> using Argument = std::remove_cvref_t<std::tuple_element_t<I, std::tuple<A...>>>;
    static constexpr std::size_t arity = sizeof...(A);
    static constexpr bool is_const = false;
};
template <class C, class R, class... A>
struct MemberFunction<R (C::*)(A...) const> : MemberFunction<R (C::*)(A...)> {
    static constexpr bool is_const = true;
};

template <class T, class Pointer> class BoundMethod : public Method {
    using Signature = MemberFunction<Pointer>;
    using Result = typename Signature::Result;
    static constexpr std::size_t arity = Signature::arity;

public:
    // `names`: for each argument its name, or arg(name, default).
    template <class... Names>
    explicit BoundMethod(Pointer pointer, const Names&... names) : pointer_(pointer) {
        static_assert(sizeof...(Names) == arity, "one name for each argument of the C++ function");
        describe(std::index_sequence_for<Names...>{}, names...);
        if constexpr (!std::is_void_v<Result>) {
            has_result = true;
            result = value_info<std::remove_cvref_t<Result>>("");
            result.is_result = true;
        }
        is_const = Signature::is_const;
        call = &BoundMethod::call_by_variant;
        pointer_call = &BoundMethod::call_by_pointer;
    }

private:
    template <std::size_t... I, class... Names>
    void describe(std::index_sequence<I...> /*tag*/, const Names&... names) {
        (describe_one<typename Signature::template Argument<I>>(names), ...);
    }
    template <class Argument> void describe_one(const char* argument_name) {
        arguments.push_back(value_info<Argument>(argument_name));
    }
    template <class Argument, class Value> void describe_one(const DefaultArgument<Value>& argument) {
        arguments.push_back(value_info<Argument>(argument.name));
        if constexpr (std::is_same_v<Argument, Variant>) {
            defaults.push_back(Variant::of(argument.value));
        } else {
            defaults.push_back(Variant::of<Argument>(static_cast<Argument>(argument.value)));
        }
    }

    static void call_by_variant(void* userdata, GDExtensionClassInstancePtr instance,
                                const GDExtensionConstVariantPtr* given, GDExtensionInt count,
                                GDExtensionVariantPtr result_slot, GDExtensionCallError* error) {
        const auto& self = *static_cast<const BoundMethod*>(userdata);
        if (instance == nullptr) {
            error->error = GDEXTENSION_CALL_ERROR_INSTANCE_IS_NULL;
            return;
        }
        std::array<const void*, arity> values{};
        if (!self.resolve(given, count, values.data(), *error)) return;
        self.guarded([&] {
            self.invoke_by_variant(*static_cast<T*>(static_cast<Instance*>(instance)), values, result_slot,
                                   std::make_index_sequence<arity>{});
        });
    }

    template <std::size_t... I>
    void invoke_by_variant(T& object, [[maybe_unused]] const std::array<const void*, arity>& values,
                           [[maybe_unused]] GDExtensionVariantPtr result_slot,
                           std::index_sequence<I...> /*tag*/) const {
        if constexpr (std::is_void_v<Result>) {
            (object.*pointer_)(Traits<typename Signature::template Argument<I>>::from_variant(values[I])...);
        } else {
            Variant value = Variant::of<std::remove_cvref_t<Result>>((object.*pointer_)(
                Traits<typename Signature::template Argument<I>>::from_variant(values[I])...));
            static_cast<Variant*>(result_slot)->swap(value);
        }
    }

    static void call_by_pointer(void* userdata, GDExtensionClassInstancePtr instance,
                                const GDExtensionConstTypePtr* given, GDExtensionTypePtr result_slot) {
        const auto& self = *static_cast<const BoundMethod*>(userdata);
        if (instance == nullptr) {
            self.report_exception("called without an instance");
            return;
        }
        self.guarded([&] {
            self.invoke_by_pointer(*static_cast<T*>(static_cast<Instance*>(instance)), given, result_slot,
                                   std::make_index_sequence<arity>{});
        });
    }

    template <std::size_t... I>
    void invoke_by_pointer(T& object, [[maybe_unused]] const GDExtensionConstTypePtr* values,
                           [[maybe_unused]] GDExtensionTypePtr result_slot,
                           std::index_sequence<I...> /*tag*/) const {
        if constexpr (std::is_void_v<Result>) {
            (object.*pointer_)(Traits<typename Signature::template Argument<I>>::from_pointer(values[I])...);
        } else {
            Result value = (object.*pointer_)(
                Traits<typename Signature::template Argument<I>>::from_pointer(values[I])...);
            if (result_slot != nullptr) {
                Traits<std::remove_cvref_t<Result>>::to_pointer(result_slot, std::move(value));
            }
        }
    }

    Pointer pointer_;
};

} // namespace cutout::binding
