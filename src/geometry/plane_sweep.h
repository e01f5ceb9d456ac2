// Finds pairs of segments in conflict (see planarity.h) by a plane sweep: n log n, whatever the input.
//
// After M. I. Shamos and D. Hoey, Geometric intersection problems, FOCS 1976. The sweep line goes over the
// end points in lexicographic order; the segments it meets are kept in the order in which it meets them, and
// two that become neighbours are tested. Before the first conflict that order is well defined, and just
// before it the two are neighbours, so none is missed. Then one of the two is left out, and the sweep goes
// on as if it had never been. Segments that share an end point are no conflict.
//
// Thread rule: pure function.
#pragma once

#include "geometry/planarity.h"

#include <atomic>
#include <span>
#include <vector>

namespace cutout::geometry {

// The conflicts that it meets, in no order: one at least if there is any, and such that the segments that are
// in none of them keep apart from one another. Ends early, with those found, when `cancel` (may be null) is
// set.
[[nodiscard]] std::vector<Conflict> sweep_for_conflicts(std::span<const Point> points,
                                                        std::span<const Segment> segments,
                                                        const std::atomic<bool>* cancel);

} // namespace cutout::geometry
