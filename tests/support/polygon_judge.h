// What is wrong with a polygon, found in the simplest way: every pair of edges is looked at, exactly, with no
// code of the kernel. The oracle of geometry::validate().
//
//     std::set<Status> wrong = polygon_faults(rings);   // empty: the polygon must be accepted
//
// Where several things are wrong, each of them is in the set; a refusal must name one.
#pragma once

#include "geometry/status.h"
#include "support/fracture_checker.h"

#include <set>

namespace cutout::test {

[[nodiscard]] std::set<geometry::Status> polygon_faults(const Rings& rings);

// What a caller may ask to be mended.
[[nodiscard]] bool can_be_repaired(geometry::Status status);

// Without points repeated in a row: the kernel drops them, and a checker follows the edges.
[[nodiscard]] Rings without_repetition(const Rings& rings);

// Does the polygon have a point in common with what is inside the ring, or on it? A ring of one point is that
// point.
[[nodiscard]] bool have_common_point(const Rings& rings, const std::vector<geometry::Point>& ring);

// Is some part of the polygon about as small as floats are apart in its place: may it be refused as too
// small?
[[nodiscard]] bool may_be_too_small(const Rings& rings);

// Twice the outer ring's length and the holes', times a float's rounding: what rounding the new vertices on
// the boundary may add to the area, or take away.
[[nodiscard]] double rounding_area(const Rings& rings);

} // namespace cutout::test
