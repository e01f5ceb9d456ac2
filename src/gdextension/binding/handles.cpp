#include "gdextension/binding/handles.h"

#include <algorithm>
#include <new>

namespace cutout::binding {

namespace {

template <GDExtensionVariantType Type> std::int64_t size_of(const void* array) {
    std::int64_t size = 0;
    // The interface's methods take their base without const; `size` only reads it.
    operations(Type).size(const_cast<void*>(array), nullptr, &size, 0);
    return size;
}

template <GDExtensionVariantType Type> void resize_to(void* array, std::int64_t size) {
    std::int64_t error = 0;
    const GDExtensionConstTypePtr argument = &size;
    if (size >= 0) operations(Type).resize(array, &argument, &error, 1);
    if (size < 0 || error != 0) throw std::bad_alloc();
}

// Where element 0 of a packed array that is not empty lies.
template <GDExtensionVariantType Type> const void* first_element(const void* array) {
    if constexpr (Type == GDEXTENSION_VARIANT_TYPE_PACKED_BYTE_ARRAY) {
        return api().packed_byte_array_operator_index_const(array, 0);
    } else if constexpr (Type == GDEXTENSION_VARIANT_TYPE_PACKED_INT32_ARRAY) {
        return api().packed_int32_array_operator_index_const(array, 0);
    } else if constexpr (Type == GDEXTENSION_VARIANT_TYPE_PACKED_COLOR_ARRAY) {
        return api().packed_color_array_operator_index_const(array, 0);
    } else if constexpr (Type == GDEXTENSION_VARIANT_TYPE_PACKED_INT64_ARRAY) {
        return api().packed_int64_array_operator_index_const(array, 0);
    } else if constexpr (Type == GDEXTENSION_VARIANT_TYPE_PACKED_FLOAT64_ARRAY) {
        return api().packed_float64_array_operator_index_const(array, 0);
    } else {
        return api().packed_vector2_array_operator_index_const(array, 0);
    }
}

template <GDExtensionVariantType Type> void* first_element_to_write(void* array) {
    if constexpr (Type == GDEXTENSION_VARIANT_TYPE_PACKED_BYTE_ARRAY) {
        return api().packed_byte_array_operator_index(array, 0);
    } else if constexpr (Type == GDEXTENSION_VARIANT_TYPE_PACKED_INT32_ARRAY) {
        return api().packed_int32_array_operator_index(array, 0);
    } else if constexpr (Type == GDEXTENSION_VARIANT_TYPE_PACKED_COLOR_ARRAY) {
        return api().packed_color_array_operator_index(array, 0);
    } else if constexpr (Type == GDEXTENSION_VARIANT_TYPE_PACKED_INT64_ARRAY) {
        return api().packed_int64_array_operator_index(array, 0);
    } else if constexpr (Type == GDEXTENSION_VARIANT_TYPE_PACKED_FLOAT64_ARRAY) {
        return api().packed_float64_array_operator_index(array, 0);
    } else {
        return api().packed_vector2_array_operator_index(array, 0);
    }
}

} // namespace

String::String(std::string_view utf8) : Handle(Uninitialized{}) {
    // Bytes that are no UTF-8 become replacement characters; the engine reports them.
    api().string_new_with_utf8_chars_and_len2(native(), utf8.data(),
                                              static_cast<GDExtensionInt>(utf8.size()));
}

String::String(const StringName& name) : Handle(Uninitialized{}) {
    // Constructor 2 of String takes a StringName.
    static constexpr std::int32_t from_string_name = 2;
    const GDExtensionConstTypePtr source = name.native();
    api().variant_get_ptr_constructor(GDEXTENSION_VARIANT_TYPE_STRING, from_string_name)(native(), &source);
}

std::string String::utf8() const {
    const GDExtensionInt length = api().string_to_utf8_chars(native(), nullptr, 0);
    std::string text(static_cast<std::size_t>(std::max<GDExtensionInt>(length, 0)), '\0');
    api().string_to_utf8_chars(native(), text.data(), length);
    return text;
}

StringName::StringName(std::string_view utf8) : Handle(Uninitialized{}) {
    api().string_name_new_with_utf8_chars_and_len(native(), utf8.data(),
                                                  static_cast<GDExtensionInt>(utf8.size()));
}

template <class Element, GDExtensionVariantType Type>
PackedArray<Element, Type>::PackedArray(std::span<const Element> elements) {
    if (elements.empty()) return;
    resize(static_cast<std::int64_t>(elements.size()));
    std::copy(elements.begin(), elements.end(), write().begin());
}

template <class Element, GDExtensionVariantType Type> std::int64_t PackedArray<Element, Type>::size() const {
    return size_of<Type>(this->native());
}

template <class Element, GDExtensionVariantType Type>
void PackedArray<Element, Type>::resize(std::int64_t size) {
    resize_to<Type>(this->native(), size);
}

template <class Element, GDExtensionVariantType Type>
std::span<const Element> PackedArray<Element, Type>::read() const {
    const std::int64_t count = size();
    if (count == 0) return {};
    return {static_cast<const Element*>(first_element<Type>(this->native())),
            static_cast<std::size_t>(count)};
}

template <class Element, GDExtensionVariantType Type> std::span<Element> PackedArray<Element, Type>::write() {
    const std::int64_t count = size();
    if (count == 0) return {};
    return {static_cast<Element*>(first_element_to_write<Type>(this->native())),
            static_cast<std::size_t>(count)};
}

template class PackedArray<std::uint8_t, GDEXTENSION_VARIANT_TYPE_PACKED_BYTE_ARRAY>;
template class PackedArray<std::int32_t, GDEXTENSION_VARIANT_TYPE_PACKED_INT32_ARRAY>;
template class PackedArray<std::int64_t, GDEXTENSION_VARIANT_TYPE_PACKED_INT64_ARRAY>;
template class PackedArray<Color, GDEXTENSION_VARIANT_TYPE_PACKED_COLOR_ARRAY>;
template class PackedArray<double, GDEXTENSION_VARIANT_TYPE_PACKED_FLOAT64_ARRAY>;
template class PackedArray<Vector2, GDEXTENSION_VARIANT_TYPE_PACKED_VECTOR2_ARRAY>;

std::int64_t PackedStringArray::size() const {
    return size_of<variant_type>(native());
}

void PackedStringArray::resize(std::int64_t size) {
    resize_to<variant_type>(native(), size);
}

std::string PackedStringArray::get(std::int64_t index) const {
    return static_cast<const String*>(api().packed_string_array_operator_index_const(native(), index))
        ->utf8();
}

void PackedStringArray::set(std::int64_t index, std::string_view utf8) {
    *static_cast<String*>(api().packed_string_array_operator_index(native(), index)) = String(utf8);
}

} // namespace cutout::binding
