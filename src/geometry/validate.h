// The door: is this a polygon that can be cut? Exact, and near-linear in the number of points.
//
//     SimplePolygon simple;
//     Failure failure = validate(polygon, cancel, simple);
//     if (!failure.ok()) { report(failure.message); }
//
// Accepted: one outer ring and any number of holes, each simple, holes inside the outer ring, no two rings
// touching. Either winding. Points repeated in a row and a repeated closing point are dropped without a word.
// Refused, in this order: no ring, fewer than three distinct points, not finite or too large coordinates,
// zero area, crossings, touches, holes outside the outer ring or inside one another. `ring` and `vertex` of
// the failure are indices into the input as it was passed in.
//
// Thread rule: pure function. `cancel` (may be null) may be set from any thread: Status::cancelled.
#pragma once

#include "geometry/planarity.h"
#include "geometry/status.h"
#include "geometry/types.h"

#include <algorithm>
#include <atomic>
#include <cstdint>
#include <span>
#include <vector>

namespace cutout::geometry {

// A polygon that passed: no repeated points, the outer ring counter-clockwise, holes clockwise (where y
// points up), so that the interior is on the left of every edge.
struct SimplePolygon {
    std::vector<Point> points;
    std::vector<std::uint32_t> ends;     // of each ring, in points
    std::vector<Segment> edges;          // edges[i] leaves points[i]
    std::vector<std::uint32_t> vertices; // for each point its index in the ring as it was passed in
    int outer_winding = 1;               // of the outer ring as it was passed in
    double twice_area = 0.0;             // outer less holes

    [[nodiscard]] RingView ring(std::size_t i) const {
        const std::uint32_t begin = i == 0 ? 0 : ends[i - 1];
        return {points.data() + begin, ends[i] - begin};
    }
    // The vertices next to one in its ring.
    [[nodiscard]] std::uint32_t next(std::uint32_t vertex) const {
        const auto end = std::upper_bound(ends.begin(), ends.end(), vertex);
        if (vertex + 1 != *end) return vertex + 1;
        return end == ends.begin() ? 0 : *(end - 1);
    }
    [[nodiscard]] std::uint32_t previous(std::uint32_t vertex) const {
        const auto end = std::upper_bound(ends.begin(), ends.end(), vertex);
        const std::uint32_t begin = end == ends.begin() ? 0 : *(end - 1);
        return vertex == begin ? *end - 1 : vertex - 1;
    }
};

// The first half alone, linear in the number of points: everything but crossings, touches and where the holes
// lie. For those who prove the rest themselves on the way; `out` is filled as by validate(), but may not be
// simple. (Its buffers are reused.)
[[nodiscard]] Failure read(const PolygonView& polygon, SimplePolygon& out);

[[nodiscard]] Failure validate(const PolygonView& polygon, const std::atomic<bool>* cancel,
                               SimplePolygon& out);

} // namespace cutout::geometry
