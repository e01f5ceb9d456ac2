// Parameters as a script hands them over: a Dictionary, or an Object with `to_dictionary() -> Dictionary`.
//
//     fracture::Params params;
//     geometry::Failure failure = read_params(value, params);
//
// Keys and words may be String or StringName. Unknown keys, wrong types and values out of range are failures
// that name the key. Lists of points share the memory of the script's arrays, like the rings of a polygon
// (polygon_input.h): reading them costs nothing for each point. An Object's method may run a script, and that
// script may do anything: hold no reference into an engine container across the call.
#pragma once

#include "fracture/params.h"
#include "gdextension/binding/variant.h"
#include "geometry/status.h"

namespace cutout::engine {

[[nodiscard]] geometry::Failure read_params(const binding::Variant& value, fracture::Params& out);

} // namespace cutout::engine
