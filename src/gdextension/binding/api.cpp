#include "gdextension/binding/api.h"

#include "gdextension/binding/handles.h"

#include <cstdio>
#include <string>

namespace cutout::binding {

namespace detail {
Api api_table;
std::array<TypeOperations, GDEXTENSION_VARIANT_TYPE_VARIANT_MAX> type_table;
} // namespace detail

namespace {

// The hashes name the signatures of these methods. They are part of the engine's promise of compatibility:
// a later engine that changes a method keeps answering to the old hash. Source: extension_api.json.
constexpr GDExtensionInt hash_size = 3173160232;
constexpr GDExtensionInt hash_resize = 848867239;
constexpr GDExtensionInt hash_array_is_typed = 3918633141;
constexpr GDExtensionInt hash_array_is_read_only = 3918633141;
constexpr GDExtensionInt hash_dictionary_keys = 4144163970;
constexpr GDExtensionInt hash_dictionary_has = 3680194679;
constexpr GDExtensionInt hash_dictionary_erase = 1776646889;
constexpr GDExtensionInt hash_object_notification = 4023243586;
constexpr GDExtensionInt hash_object_emit_signal = 4047867050;
constexpr GDExtensionInt hash_object_has_signal = 2619796661;

constexpr std::array handle_types = {
    GDEXTENSION_VARIANT_TYPE_STRING,
    GDEXTENSION_VARIANT_TYPE_STRING_NAME,
    GDEXTENSION_VARIANT_TYPE_DICTIONARY,
    GDEXTENSION_VARIANT_TYPE_ARRAY,
    GDEXTENSION_VARIANT_TYPE_PACKED_BYTE_ARRAY,
    GDEXTENSION_VARIANT_TYPE_PACKED_INT32_ARRAY,
    GDEXTENSION_VARIANT_TYPE_PACKED_COLOR_ARRAY,
    GDEXTENSION_VARIANT_TYPE_PACKED_INT64_ARRAY,
    GDEXTENSION_VARIANT_TYPE_PACKED_FLOAT64_ARRAY,
    GDEXTENSION_VARIANT_TYPE_PACKED_STRING_ARRAY,
    GDEXTENSION_VARIANT_TYPE_PACKED_VECTOR2_ARRAY,
};
constexpr std::array plain_types = {
    GDEXTENSION_VARIANT_TYPE_BOOL,        GDEXTENSION_VARIANT_TYPE_INT,    GDEXTENSION_VARIANT_TYPE_FLOAT,
    GDEXTENSION_VARIANT_TYPE_VECTOR2,     GDEXTENSION_VARIANT_TYPE_OBJECT, GDEXTENSION_VARIANT_TYPE_RECT2,
    GDEXTENSION_VARIANT_TYPE_TRANSFORM2D, GDEXTENSION_VARIANT_TYPE_COLOR,  GDEXTENSION_VARIANT_TYPE_RID,
    GDEXTENSION_VARIANT_TYPE_AABB,
};

// The only error channel before (or without) the function table.
bool refuse(GDExtensionInterfaceGetProcAddress get_proc_address, const std::string& message) {
    auto print = reinterpret_cast<GDExtensionInterfacePrintError>(
        reinterpret_cast<void*>(get_proc_address("print_error")));
    if (print != nullptr) {
        print(message.c_str(), "load_api", __FILE__, __LINE__, 0);
    } else {
        std::fprintf(stderr, "ERROR: %s\n", message.c_str());
    }
    return false;
}

std::string version_text(EngineVersion version) {
    return std::to_string(version.major) + "." + std::to_string(version.minor);
}

// {0, 0} when the engine does not say.
EngineVersion engine_version(GDExtensionInterfaceGetProcAddress get_proc_address) {
    if (auto get2 = reinterpret_cast<GDExtensionInterfaceGetGodotVersion2>(
            reinterpret_cast<void*>(get_proc_address("get_godot_version2")))) {
        GDExtensionGodotVersion2 version{};
        get2(&version);
        return {version.major, version.minor};
    }
    if (auto get = reinterpret_cast<GDExtensionInterfaceGetGodotVersion>(
            reinterpret_cast<void*>(get_proc_address("get_godot_version")))) {
        GDExtensionGodotVersion version{};
        get(&version);
        return {version.major, version.minor};
    }
    return {};
}

void load_type(GDExtensionVariantType type, bool is_handle) {
    const Api& table = detail::api_table;
    TypeOperations& operations = detail::type_table[static_cast<std::size_t>(type)];
    operations.to_variant = table.get_variant_from_type_constructor(type);
    operations.from_variant = table.get_variant_to_type_constructor(type);
    operations.inside_variant = table.variant_get_ptr_internal_getter(type);
    if (is_handle) {
        // Constructor 0 is the default value and 1 the copy, for every type of handle_types.
        operations.construct = table.variant_get_ptr_constructor(type, 0);
        operations.copy = table.variant_get_ptr_constructor(type, 1);
        operations.destroy = table.variant_get_ptr_destructor(type);
    }
}

// Engines come with 32-bit or with 64-bit coordinates. Two neighbours of a packed array tell which.
std::ptrdiff_t vector2_size() {
    const PackedVector2Array pair(2);
    const auto* first = static_cast<const char*>(
        detail::api_table.packed_vector2_array_operator_index_const(pair.native(), 0));
    const auto* second = static_cast<const char*>(
        detail::api_table.packed_vector2_array_operator_index_const(pair.native(), 1));
    return second - first;
}

bool load_methods() {
    Api& table = detail::api_table;
    const StringName size("size");
    const StringName resize("resize");
    bool complete = true;
    for (const GDExtensionVariantType type : handle_types) {
        if (type == GDEXTENSION_VARIANT_TYPE_STRING || type == GDEXTENSION_VARIANT_TYPE_STRING_NAME) continue;
        TypeOperations& operations = detail::type_table[static_cast<std::size_t>(type)];
        operations.size = table.variant_get_ptr_builtin_method(type, size.native(), hash_size);
        complete = complete && operations.size != nullptr;
        if (type == GDEXTENSION_VARIANT_TYPE_DICTIONARY) continue;
        operations.resize = table.variant_get_ptr_builtin_method(type, resize.native(), hash_resize);
        complete = complete && operations.resize != nullptr;
    }
    table.array_is_typed = table.variant_get_ptr_builtin_method(
        GDEXTENSION_VARIANT_TYPE_ARRAY, StringName("is_typed").native(), hash_array_is_typed);
    table.array_is_read_only = table.variant_get_ptr_builtin_method(
        GDEXTENSION_VARIANT_TYPE_ARRAY, StringName("is_read_only").native(), hash_array_is_read_only);
    table.dictionary_keys = table.variant_get_ptr_builtin_method(
        GDEXTENSION_VARIANT_TYPE_DICTIONARY, StringName("keys").native(), hash_dictionary_keys);
    table.dictionary_has = table.variant_get_ptr_builtin_method(
        GDEXTENSION_VARIANT_TYPE_DICTIONARY, StringName("has").native(), hash_dictionary_has);
    table.dictionary_erase = table.variant_get_ptr_builtin_method(
        GDEXTENSION_VARIANT_TYPE_DICTIONARY, StringName("erase").native(), hash_dictionary_erase);
    return complete && table.dictionary_keys != nullptr && table.dictionary_has != nullptr &&
           table.dictionary_erase != nullptr && table.array_is_typed != nullptr &&
           table.array_is_read_only != nullptr;
}

bool load_object_methods() {
    Api& table = detail::api_table;
    const StringName object("Object");
    table.object_notification = table.classdb_get_method_bind(
        object.native(), StringName("notification").native(), hash_object_notification);
    table.object_emit_signal = table.classdb_get_method_bind(
        object.native(), StringName("emit_signal").native(), hash_object_emit_signal);
    table.object_has_signal = table.classdb_get_method_bind(
        object.native(), StringName("has_signal").native(), hash_object_has_signal);
    return table.object_notification != nullptr && table.object_emit_signal != nullptr &&
           table.object_has_signal != nullptr;
}

// What is missing, or "".
std::string load_tables(GDExtensionInterfaceGetProcAddress get_proc_address) {
    Api& table = detail::api_table;
#define BINDING_LOAD(type, function)                                                                         \
    table.function = reinterpret_cast<type>(reinterpret_cast<void*>(get_proc_address(#function)));           \
    if (table.function == nullptr) return "this engine has no function '" #function "'";
    BINDING_API_FUNCTIONS(BINDING_LOAD)
#undef BINDING_LOAD

    for (const GDExtensionVariantType type : handle_types) {
        load_type(type, true);
    }
    for (const GDExtensionVariantType type : plain_types) {
        load_type(type, false);
    }
    if (!load_methods() || !load_object_methods()) {
        return "this engine lacks a method of Array, Dictionary or Object";
    }
    if (vector2_size() != static_cast<std::ptrdiff_t>(sizeof(Vector2))) {
        return "the library is built for engines with single precision, but this engine was built with "
               "precision=double; use a standard engine";
    }
    return "";
}

} // namespace

bool load_api(GDExtensionInterfaceGetProcAddress get_proc_address, GDExtensionClassLibraryPtr library,
              EngineVersion minimum, std::string_view extension_name) {
    const std::string name(extension_name);
    const EngineVersion engine = engine_version(get_proc_address);
    if (engine.major < minimum.major || (engine.major == minimum.major && engine.minor < minimum.minor)) {
        return refuse(get_proc_address, name + " needs Godot " + version_text(minimum) +
                                            " or newer, but this is Godot " + version_text(engine) +
                                            ". Use a newer engine.");
    }
    Api& table = detail::api_table;
    if (table.library != nullptr) {
        return refuse(get_proc_address,
                      name + " is loaded already. Name its library in one .gdextension only.");
    }
    table.library = library;
    table.get_proc_address = get_proc_address;
    if (const std::string missing = load_tables(get_proc_address); !missing.empty()) {
        unload_api();
        return refuse(get_proc_address, name + ": " + missing + ".");
    }
    return true;
}

void unload_api() {
    detail::api_table = {};
    detail::type_table = {};
}

void report_error(std::string_view message, const char* function, const char* file, int line) {
    api().print_error(std::string(message).c_str(), function, file, line, 0);
}

void report_warning(std::string_view message, const char* function, const char* file, int line) {
    api().print_warning(std::string(message).c_str(), function, file, line, 0);
}

} // namespace cutout::binding
