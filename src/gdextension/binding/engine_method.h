// Calls of methods of the engine's own classes, by pointer.
//
//     const EngineMethod free_rid("RenderingServer", "free_rid", 2722037293);
//     free_rid.call(singleton("RenderingServer"), rid);
//     const Rid made = create.get<Rid>(server);
//
// Arguments and results are what the engine's interface has for each type: bool, std::int64_t (every integer
// and enum), double (every real), the plain structs of handles.h, and handles. `hash` is the method's in
// extension_api.json; the engine keeps old ones callable.
//
// Thread rule: that of the engine's method.
#pragma once

#include "gdextension/binding/traits.h"

#include <array>
#include <cstdint>
#include <string_view>
#include <type_traits>

namespace cutout::binding {

// An object of the engine that exists once, like "RenderingServer". Null: there is none.
[[nodiscard]] GDExtensionObjectPtr singleton(std::string_view name);

// A class of the engine, to tell whose an object is. Null: there is none of that name.
[[nodiscard]] void* class_tag(std::string_view name);
// The object of that id, or null if it is gone or not of the class.
[[nodiscard]] GDExtensionObjectPtr object_of(std::uint64_t id, void* tag);

class EngineMethod {
public:
    EngineMethod() = default;
    // exists() says whether the engine has it.
    EngineMethod(std::string_view class_name, std::string_view method, std::int64_t hash);

    [[nodiscard]] bool exists() const { return bind_ != nullptr; }

    template <class... Arguments>
    void call(GDExtensionObjectPtr object, const Arguments&... arguments) const {
        run(object, nullptr, arguments...);
    }
    template <class Result, class... Arguments>
    [[nodiscard]] Result get(GDExtensionObjectPtr object, const Arguments&... arguments) const {
        Result result{};
        run(object, place(result), arguments...);
        return result;
    }

private:
    template <class T> static constexpr bool is_handle = requires { T::variant_type; };

    template <class T> static const void* place(const T& value) {
        if constexpr (is_handle<T> || std::is_same_v<T, Variant>) {
            return value.native();
        } else {
            static_assert(std::is_trivially_copyable_v<T> &&
                              (!std::is_integral_v<T> || sizeof(T) == 8 ||
                               std::is_same_v<T, bool>)&&!std::is_same_v<T, float>,
                          "integers have 64 bits and reals are doubles");
            return &value;
        }
    }
    template <class T> static void* place(T& value) {
        return const_cast<void*>(place(static_cast<const T&>(value)));
    }

    template <class... Arguments>
    void run(GDExtensionObjectPtr object, void* result, const Arguments&... arguments) const {
        const std::array<const void*, sizeof...(Arguments)> places{place(arguments)...};
        api().object_method_bind_ptrcall(bind_, object, places.data(), result);
    }

    GDExtensionMethodBindPtr bind_ = nullptr;
};

} // namespace cutout::binding
