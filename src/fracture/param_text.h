// What messages say of parameters and their values.
//
// Thread rule: pure functions.
#pragma once

#include "fracture/params.h"
#include "geometry/status.h"

#include <span>
#include <string>
#include <string_view>

namespace cutout::fracture {

[[nodiscard]] std::string quoted(std::string_view text);
// `"a", "b", "c"`
[[nodiscard]] std::string word_list(std::span<const std::string_view> words);
[[nodiscard]] std::string value_text(const FieldValue& value);
// The engine's name for the type of a value.
[[nodiscard]] std::string_view value_type_name(FieldType type);

// Status::bad_parameter.
[[nodiscard]] geometry::Failure refuse(std::string message);
[[nodiscard]] geometry::Failure refuse_value(const Field& field, const FieldValue& value);
[[nodiscard]] geometry::Failure refuse_type(const Field& field, const FieldValue& value);

} // namespace cutout::fracture
