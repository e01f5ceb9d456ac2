#include "gdextension/params_list.h"

#include <cstdint>
#include <limits>
#include <string>

namespace cutout::engine {

using binding::Array;
using binding::Dictionary;
using binding::PackedStringArray;
using binding::String;
using binding::Variant;
using fracture::Field;
using fracture::FieldType;
using fracture::FieldValue;

namespace {

void set(Dictionary& dictionary, std::string_view key, Variant value) {
    dictionary.set(Variant::of(String(key)), std::move(value));
}

std::int64_t variant_type(FieldType type) {
    switch (type) {
    case FieldType::boolean:
        return GDEXTENSION_VARIANT_TYPE_BOOL;
    case FieldType::integer:
        return GDEXTENSION_VARIANT_TYPE_INT;
    case FieldType::real:
        return GDEXTENSION_VARIANT_TYPE_FLOAT;
    case FieldType::vector2:
        return GDEXTENSION_VARIANT_TYPE_VECTOR2;
    case FieldType::choice:
        return GDEXTENSION_VARIANT_TYPE_STRING;
    case FieldType::points:
        return GDEXTENSION_VARIANT_TYPE_PACKED_VECTOR2_ARRAY;
    case FieldType::null:
        break;
    }
    return GDEXTENSION_VARIANT_TYPE_NIL;
}

Variant to_variant(const FieldValue& value) {
    switch (value.type) {
    case FieldType::boolean:
        return Variant::of(value.boolean);
    case FieldType::integer:
        return Variant::of(value.integer);
    case FieldType::real:
        return Variant::of(value.real);
    case FieldType::vector2:
        return Variant::of(binding::Vector2{value.vector2.x, value.vector2.y});
    case FieldType::choice:
        return Variant::of(String(value.word));
    case FieldType::points: {
        const auto points = value.points.points();
        return Variant::of(binding::PackedVector2Array(std::span<const binding::Vector2>(
            reinterpret_cast<const binding::Vector2*>(points.data()), points.size())));
    }
    case FieldType::null:
        break;
    }
    return {};
}

// An end of an integer's range; of the seed's, which a double cannot tell exactly, the last 64-bit integer.
Variant end_of_range(const Field& field, double end) {
    if (field.type != FieldType::integer && field.type != FieldType::points) return Variant::of(end);
    using Limits = std::numeric_limits<std::int64_t>;
    if (end <= -0x1.0p63) return Variant::of(Limits::min());
    if (end >= 0x1.0p63) return Variant::of(Limits::max());
    return Variant::of(static_cast<std::int64_t>(end));
}

} // namespace

geometry::Failure list_parameters(std::string_view type, Array& out) {
    fracture::Params params;
    if (geometry::Failure failure = fracture::default_params(type, params); !failure.ok()) return failure;
    const std::span<const Field> fields = fracture::fields(params);
    out.resize(static_cast<std::int64_t>(fields.size()));
    for (std::size_t i = 0; i < fields.size(); ++i) {
        const Field& field = fields[i];
        FieldValue value;
        if (!fracture::get_field(params, field.key, value)) continue; // there is none without
        PackedStringArray choices(static_cast<std::int64_t>(field.choices.size()));
        for (std::size_t k = 0; k < field.choices.size(); ++k) {
            choices.set(static_cast<std::int64_t>(k), field.choices[k]);
        }
        Dictionary entry;
        set(entry, "key", Variant::of(String(field.key)));
        set(entry, "type", Variant::of(variant_type(field.type)));
        set(entry, "nullable", Variant::of(field.nullable));
        set(entry, "default", to_variant(value));
        set(entry, "minimum", end_of_range(field, field.minimum));
        set(entry, "maximum", end_of_range(field, field.maximum));
        set(entry, "choices", Variant::of(choices));
        out.set(static_cast<std::int64_t>(i), Variant::of(entry));
    }
    return {};
}

} // namespace cutout::engine
