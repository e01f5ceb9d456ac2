// Finds one pair of segments in conflict (see planarity.h) by a plane sweep: n log n, whatever the input.
//
// After M. I. Shamos and D. Hoey, Geometric intersection problems, FOCS 1976. The sweep line goes over the
// end points in lexicographic order; the segments it meets are kept in the order in which it meets them, and
// two that become neighbours are tested. Before the first conflict that order is well defined, and just
// before it the two are neighbours, so none is missed. Segments that share an end point are no conflict.
//
// Thread rule: pure function.
#pragma once

#include "geometry/planarity.h"

#include <atomic>
#include <optional>
#include <span>

namespace cutout::geometry {

// Nothing: there is no conflict, or it was cancelled.
[[nodiscard]] std::optional<Conflict> sweep_for_conflict(std::span<const Point> points,
                                                         std::span<const Segment> segments,
                                                         const std::atomic<bool>* cancel);

} // namespace cutout::geometry
