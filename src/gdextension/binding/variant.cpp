#include "gdextension/binding/variant.h"

#include <array>
#include <new>

namespace cutout::binding {

namespace {
constexpr std::size_t most_emitted = 8; // a signal's name and its arguments
} // namespace

std::string Variant::type_name() const {
    if (is_nil()) return "null";
    String name;
    {
        // variant_get_type_name() writes into uninitialized memory.
        alignas(String) std::byte memory[sizeof(String)]; // NOLINT(*-avoid-c-arrays)
        api().variant_get_type_name(type(), memory);
        auto& made = *reinterpret_cast<String*>(memory);
        name.swap(made);
        made.~String();
    }
    return name.utf8();
}

std::string Variant::text() const {
    String text;
    api().variant_stringify(native(), text.native());
    return text.utf8();
}

std::optional<std::string> Variant::get_text() const {
    if (const auto text = get<String>()) return text->utf8();
    if (const auto name = get<StringName>()) return name->utf8();
    return std::nullopt;
}

std::uint64_t Variant::object_id() const {
    return type() == GDEXTENSION_VARIANT_TYPE_OBJECT ? api().variant_get_object_instance_id(native()) : 0;
}

bool Variant::is_dead_object() const {
    if (type() != GDEXTENSION_VARIANT_TYPE_OBJECT) return false;
    const std::uint64_t id = object_id();
    return id == 0 || api().object_get_instance_from_id(id) == nullptr;
}

bool Variant::has_method(const StringName& method) const {
    return api().variant_has_method(native(), method.native()) != 0;
}

std::optional<Variant> Variant::call(const StringName& method) {
    Variant result{Uninitialized{}};
    GDExtensionCallError error{GDEXTENSION_CALL_OK, 0, 0};
    api().variant_call(native(), method.native(), nullptr, 0, result.native(), &error);
    if (error.error != GDEXTENSION_CALL_OK) return std::nullopt;
    return result;
}

bool Variant::emit(std::span<const Variant* const> values) const {
    const std::uint64_t id = object_id();
    GDExtensionObjectPtr object = id == 0 ? nullptr : api().object_get_instance_from_id(id);
    if (object == nullptr || values.size() > most_emitted) return false;
    std::array<GDExtensionConstVariantPtr, most_emitted> pointers{};
    for (std::size_t i = 0; i < values.size(); ++i) {
        pointers[i] = values[i]->native();
    }
    Variant result;
    GDExtensionCallError error{GDEXTENSION_CALL_OK, 0, 0};
    // The engine constructs the result in place; a nil Variant owns nothing, so nothing is lost.
    api().object_method_bind_call(api().object_emit_signal, object, pointers.data(),
                                  static_cast<GDExtensionInt>(values.size()), result.native(), &error);
    return error.error == GDEXTENSION_CALL_OK;
}

bool Variant::has_signal(const Variant& name) const {
    const std::uint64_t id = object_id();
    GDExtensionObjectPtr object = id == 0 ? nullptr : api().object_get_instance_from_id(id);
    if (object == nullptr) return false;
    const GDExtensionConstVariantPtr argument = name.native();
    Variant result;
    GDExtensionCallError error{GDEXTENSION_CALL_OK, 0, 0};
    api().object_method_bind_call(api().object_has_signal, object, &argument, 1, result.native(), &error);
    return error.error == GDEXTENSION_CALL_OK && result.get<bool>().value_or(false);
}

std::int64_t Array::size() const {
    std::int64_t size = 0;
    operations(variant_type).size(const_cast<void*>(native()), nullptr, &size, 0);
    return size;
}

void Array::resize(std::int64_t size) {
    std::int64_t error = 0;
    const GDExtensionConstTypePtr argument = &size;
    if (size >= 0) operations(variant_type).resize(native(), &argument, &error, 1);
    if (size < 0 || error != 0) throw std::bad_alloc();
}

bool Array::is_open() const {
    GDExtensionBool typed = 0;
    GDExtensionBool read_only = 0;
    api().array_is_typed(const_cast<void*>(native()), nullptr, &typed, 0);
    api().array_is_read_only(const_cast<void*>(native()), nullptr, &read_only, 0);
    return typed == 0 && read_only == 0;
}

void Array::set(std::int64_t index, Variant value) {
    static_cast<Variant*>(api().array_operator_index(native(), index))->swap(value);
}

std::int64_t Dictionary::size() const {
    std::int64_t size = 0;
    operations(variant_type).size(const_cast<void*>(native()), nullptr, &size, 0);
    return size;
}

Array Dictionary::keys() const {
    Array keys;
    api().dictionary_keys(const_cast<void*>(native()), nullptr, keys.native(), 0);
    return keys;
}

bool Dictionary::has(const Variant& key) const {
    GDExtensionBool result = 0;
    const GDExtensionConstTypePtr argument = key.native();
    api().dictionary_has(const_cast<void*>(native()), &argument, &result, 1);
    return result != 0;
}

bool Dictionary::erase(const Variant& key) {
    GDExtensionBool result = 0;
    const GDExtensionConstTypePtr argument = key.native();
    api().dictionary_erase(native(), &argument, &result, 1);
    return result != 0;
}

void Dictionary::set(const Variant& key, Variant value) {
    static_cast<Variant*>(api().dictionary_operator_index(native(), key.native()))->swap(value);
}

} // namespace cutout::binding
