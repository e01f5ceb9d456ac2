#include "fracture/param_text.h"

#include "fracture/param_table.h"
#include "geometry/limits.h"
#include "geometry/text.h"

#include <utility>

namespace cutout::fracture {

using geometry::concat;
using geometry::Failure;
using geometry::to_text;

std::string quoted(std::string_view text) {
    return concat("\"", text, "\"");
}

std::string word_list(std::span<const std::string_view> words) {
    std::string text;
    for (const std::string_view word : words) {
        text += concat(text.empty() ? "" : ", ", quoted(word));
    }
    return text;
}

std::string value_text(const FieldValue& value) {
    switch (value.type) {
    case FieldType::boolean:
        return value.boolean ? "true" : "false";
    case FieldType::integer:
        return to_text(value.integer);
    case FieldType::real:
        return to_text(value.real);
    case FieldType::vector2:
        return to_text(value.vector2);
    case FieldType::choice:
        return quoted(value.word);
    case FieldType::points:
        return concat("a list of ", to_text(value.points.size()),
                      value.points.size() == 1 ? " point" : " points");
    case FieldType::null:
        return "null";
    }
    return "?";
}

std::string_view value_type_name(FieldType type) {
    switch (type) {
    case FieldType::boolean:
        return "bool";
    case FieldType::integer:
        return "int";
    case FieldType::real:
        return "float";
    case FieldType::vector2:
        return "Vector2";
    case FieldType::choice:
        return "String";
    case FieldType::points:
        return "PackedVector2Array";
    case FieldType::null:
        return "null";
    }
    return "?";
}

std::string_view type_name(const Field& field) {
    return field.nullable ? "Vector2 or null" : value_type_name(field.type);
}

std::string allowed_values(const Field& field) {
    switch (field.type) {
    case FieldType::boolean:
        return "true or false";
    case FieldType::integer:
        if (field.minimum == seed_minimum) return "a 64-bit integer";
        return concat("an integer from ", to_text(static_cast<std::int64_t>(field.minimum)), " to ",
                      to_text(static_cast<std::int64_t>(field.maximum)));
    case FieldType::real:
        if (field.maximum == unlimited) return concat("a finite number of at least ", to_text(field.minimum));
        return concat("a number from ", to_text(field.minimum), " to ", to_text(field.maximum));
    case FieldType::vector2:
        return concat("a Vector2 with coordinates within ", to_text(geometry::max_coordinate),
                      " of the origin", field.nullable ? ", or null" : "");
    case FieldType::choice:
        return concat("one of ", word_list(field.choices));
    case FieldType::points:
        return concat("a PackedVector2Array of at most ", to_text(static_cast<std::int64_t>(field.maximum)),
                      " points");
    case FieldType::null:
        break;
    }
    return "?";
}

Failure refuse(std::string message) {
    return {.status = geometry::Status::bad_parameter, .message = std::move(message)};
}

Failure refuse_value(const Field& field, const FieldValue& value) {
    return refuse(concat("parameter ", quoted(field.key), " is ", value_text(value), "; it must be ",
                         allowed_values(field)));
}

Failure refuse_type(const Field& field, const FieldValue& value) {
    return refuse(concat("parameter ", quoted(field.key), " is ", value_text(value), ", of type ",
                         value_type_name(value.type), "; it must be ", allowed_values(field)));
}

} // namespace cutout::fracture
