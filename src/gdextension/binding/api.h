// The engine's C interface, loaded once.
//
//     if (!binding::load_api(get_proc_address, library, {.major = 4, .minor = 6}, "My extension")) return 0;
//     binding::api().variant_new_nil(memory);
//
// load_api() fills the table of function pointers and the table of operations of each built-in type, or
// prints one engine error that says what is missing and leaves nothing half loaded. After that the tables
// are only read.
//
// Thread rule: load_api() once, before everything else, on the thread that loads the extension. Everything
// it fills may then be read from any thread.
#pragma once

#include <gdextension_interface.h>

#include <array>
#include <cstddef>
#include <string_view>

namespace cutout::binding {

// Every function of the interface that is used here: its type and its name. The names are those that
// get_proc_address() knows. None is newer than 4.6.
#define BINDING_API_FUNCTIONS(X)                                                                             \
    X(GDExtensionInterfacePrintError, print_error)                                                           \
    X(GDExtensionInterfacePrintWarning, print_warning)                                                       \
    X(GDExtensionInterfaceVariantNewCopy, variant_new_copy)                                                  \
    X(GDExtensionInterfaceVariantNewNil, variant_new_nil)                                                    \
    X(GDExtensionInterfaceVariantDestroy, variant_destroy)                                                   \
    X(GDExtensionInterfaceVariantCall, variant_call)                                                         \
    X(GDExtensionInterfaceVariantGetType, variant_get_type)                                                  \
    X(GDExtensionInterfaceVariantGetTypeName, variant_get_type_name)                                         \
    X(GDExtensionInterfaceVariantStringify, variant_stringify)                                               \
    X(GDExtensionInterfaceVariantHasMethod, variant_has_method)                                              \
    X(GDExtensionInterfaceVariantCanConvertStrict, variant_can_convert_strict)                               \
    X(GDExtensionInterfaceVariantGetObjectInstanceId, variant_get_object_instance_id)                        \
    X(GDExtensionInterfaceGetVariantFromTypeConstructor, get_variant_from_type_constructor)                  \
    X(GDExtensionInterfaceGetVariantToTypeConstructor, get_variant_to_type_constructor)                      \
    X(GDExtensionInterfaceGetVariantGetInternalPtrFunc, variant_get_ptr_internal_getter)                     \
    X(GDExtensionInterfaceVariantGetPtrBuiltinMethod, variant_get_ptr_builtin_method)                        \
    X(GDExtensionInterfaceVariantGetPtrConstructor, variant_get_ptr_constructor)                             \
    X(GDExtensionInterfaceVariantGetPtrDestructor, variant_get_ptr_destructor)                               \
    X(GDExtensionInterfaceStringNewWithUtf8CharsAndLen2, string_new_with_utf8_chars_and_len2)                \
    X(GDExtensionInterfaceStringToUtf8Chars, string_to_utf8_chars)                                           \
    X(GDExtensionInterfaceStringNameNewWithUtf8CharsAndLen, string_name_new_with_utf8_chars_and_len)         \
    X(GDExtensionInterfacePackedByteArrayOperatorIndex, packed_byte_array_operator_index)                    \
    X(GDExtensionInterfacePackedByteArrayOperatorIndexConst, packed_byte_array_operator_index_const)         \
    X(GDExtensionInterfacePackedInt32ArrayOperatorIndex, packed_int32_array_operator_index)                  \
    X(GDExtensionInterfacePackedInt32ArrayOperatorIndexConst, packed_int32_array_operator_index_const)       \
    X(GDExtensionInterfacePackedInt64ArrayOperatorIndex, packed_int64_array_operator_index)                  \
    X(GDExtensionInterfacePackedInt64ArrayOperatorIndexConst, packed_int64_array_operator_index_const)       \
    X(GDExtensionInterfacePackedFloat64ArrayOperatorIndex, packed_float64_array_operator_index)              \
    X(GDExtensionInterfacePackedFloat64ArrayOperatorIndexConst, packed_float64_array_operator_index_const)   \
    X(GDExtensionInterfacePackedStringArrayOperatorIndex, packed_string_array_operator_index)                \
    X(GDExtensionInterfacePackedStringArrayOperatorIndexConst, packed_string_array_operator_index_const)     \
    X(GDExtensionInterfacePackedVector2ArrayOperatorIndex, packed_vector2_array_operator_index)              \
    X(GDExtensionInterfacePackedVector2ArrayOperatorIndexConst, packed_vector2_array_operator_index_const)   \
    X(GDExtensionInterfacePackedColorArrayOperatorIndex, packed_color_array_operator_index)                  \
    X(GDExtensionInterfacePackedColorArrayOperatorIndexConst, packed_color_array_operator_index_const)       \
    X(GDExtensionInterfaceArrayOperatorIndex, array_operator_index)                                          \
    X(GDExtensionInterfaceArrayOperatorIndexConst, array_operator_index_const)                               \
    X(GDExtensionInterfaceArraySetTyped, array_set_typed)                                                    \
    X(GDExtensionInterfaceDictionaryOperatorIndex, dictionary_operator_index)                                \
    X(GDExtensionInterfaceDictionaryOperatorIndexConst, dictionary_operator_index_const)                     \
    X(GDExtensionInterfaceObjectMethodBindCall, object_method_bind_call)                                     \
    X(GDExtensionInterfaceObjectMethodBindPtrcall, object_method_bind_ptrcall)                               \
    X(GDExtensionInterfaceObjectDestroy, object_destroy)                                                     \
    X(GDExtensionInterfaceRefSetObject, ref_set_object)                                                      \
    X(GDExtensionInterfaceObjectSetInstance, object_set_instance)                                            \
    X(GDExtensionInterfaceObjectSetInstanceBinding, object_set_instance_binding)                             \
    X(GDExtensionInterfaceObjectGetInstanceBinding, object_get_instance_binding)                             \
    X(GDExtensionInterfaceGlobalGetSingleton, global_get_singleton)                                          \
    X(GDExtensionInterfaceObjectGetInstanceFromId, object_get_instance_from_id)                              \
    X(GDExtensionInterfaceObjectGetInstanceId, object_get_instance_id)                                       \
    X(GDExtensionInterfaceObjectCastTo, object_cast_to)                                                      \
    X(GDExtensionInterfaceClassdbGetClassTag, classdb_get_class_tag)                                         \
    X(GDExtensionInterfaceClassdbConstructObject2, classdb_construct_object2)                                \
    X(GDExtensionInterfaceClassdbGetMethodBind, classdb_get_method_bind)                                     \
    X(GDExtensionInterfaceClassdbRegisterExtensionClass5, classdb_register_extension_class5)                 \
    X(GDExtensionInterfaceClassdbRegisterExtensionClassMethod, classdb_register_extension_class_method)      \
    X(GDExtensionInterfaceClassdbRegisterExtensionClassIntegerConstant,                                      \
      classdb_register_extension_class_integer_constant)                                                     \
    X(GDExtensionInterfaceClassdbRegisterExtensionClassProperty, classdb_register_extension_class_property)  \
    X(GDExtensionInterfaceClassdbRegisterExtensionClassSignal, classdb_register_extension_class_signal)      \
    X(GDExtensionInterfaceClassdbUnregisterExtensionClass, classdb_unregister_extension_class)

struct Api {
    GDExtensionClassLibraryPtr library = nullptr;
    GDExtensionInterfaceGetProcAddress get_proc_address = nullptr;
#define BINDING_DECLARE(type, name) type name = nullptr;
    BINDING_API_FUNCTIONS(BINDING_DECLARE)
#undef BINDING_DECLARE

    // Methods of the engine's own classes.
    GDExtensionMethodBindPtr object_notification = nullptr;
    GDExtensionMethodBindPtr object_emit_signal = nullptr;
    GDExtensionMethodBindPtr object_has_signal = nullptr;
    GDExtensionPtrBuiltInMethod array_is_typed = nullptr;
    GDExtensionPtrBuiltInMethod array_is_read_only = nullptr;
    GDExtensionPtrBuiltInMethod dictionary_keys = nullptr;
    GDExtensionPtrBuiltInMethod dictionary_has = nullptr;
    GDExtensionPtrBuiltInMethod dictionary_erase = nullptr;
};

// What one built-in type can do. Pointers that a type does not need are null.
struct TypeOperations {
    GDExtensionPtrConstructor construct = nullptr; // default value into uninitialized memory
    GDExtensionPtrConstructor copy = nullptr;      // copy into uninitialized memory
    GDExtensionPtrDestructor destroy = nullptr;
    GDExtensionVariantFromTypeConstructorFunc to_variant = nullptr;   // into an uninitialized Variant
    GDExtensionTypeFromVariantConstructorFunc from_variant = nullptr; // into uninitialized memory
    GDExtensionVariantGetInternalPtrFunc inside_variant = nullptr;    // where a Variant keeps the value
    GDExtensionPtrBuiltInMethod size = nullptr;                       // containers
    GDExtensionPtrBuiltInMethod resize = nullptr;                     // arrays
};

struct EngineVersion {
    unsigned major = 0;
    unsigned minor = 0;
};

// False: an engine error has been printed and nothing may be used.
[[nodiscard]] bool load_api(GDExtensionInterfaceGetProcAddress get_proc_address,
                            GDExtensionClassLibraryPtr library, EngineVersion minimum,
                            std::string_view extension_name);

// Forgets everything. For the very end.
void unload_api();

namespace detail {
extern Api api_table;
extern std::array<TypeOperations, GDEXTENSION_VARIANT_TYPE_VARIANT_MAX> type_table;
} // namespace detail

[[nodiscard]] inline const Api& api() {
    return detail::api_table;
}
[[nodiscard]] inline const TypeOperations& operations(GDExtensionVariantType type) {
    return detail::type_table[static_cast<std::size_t>(type)];
}

// An error or a warning in the engine's own log, with the place it came from.
void report_error(std::string_view message, const char* function, const char* file, int line);
void report_warning(std::string_view message, const char* function, const char* file, int line);

} // namespace cutout::binding
