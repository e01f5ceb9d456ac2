// The parameter table as a script sees it: for tools, and for the tests that hold resources and docs to it.
#pragma once

#include "fracture/params.h"
#include "gdextension/binding/variant.h"
#include "geometry/status.h"

#include <string_view>

namespace cutout::engine {

// One Dictionary for each parameter of the operation, in the table's order:
//   "key": String, "type": int (Variant.Type), "nullable": bool, "default": the value,
//   "minimum", "maximum": int or float; of a Vector2's coordinates, of a list's number of points,
//   "choices": PackedStringArray, empty for what is no choice.
[[nodiscard]] geometry::Failure list_parameters(std::string_view type, binding::Array& out);

} // namespace cutout::engine
