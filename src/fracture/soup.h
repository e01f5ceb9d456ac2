// The rings of all fragments on the way from an exact cut to the result: rounded, labelled, not yet checked.
//
// Each edge bears the key of the line it was cut along. Both sides of a cut bear the same key, so the
// vertices that one side has on the line and the other lacks can be found and given to both: stitch().
#pragma once

#include "geometry/types.h"

#include <cstdint>
#include <vector>

namespace cutout::fracture {

using EdgeKey = std::uint64_t;
inline constexpr EdgeKey boundary_key = 0; // an edge of the polygon: nothing on its other side

// `number` tells lines apart; the direction tells how points sort along the line.
[[nodiscard]] inline EdgeKey edge_key(std::uint64_t number, double direction_x, double direction_y) {
    const bool falling = (direction_x > 0.0 && direction_y < 0.0) || (direction_x < 0.0 && direction_y > 0.0);
    return ((number + 1) << 1U) | (falling ? 1U : 0U);
}

struct Soup {
    std::vector<geometry::Point> points;
    std::vector<EdgeKey> keys;         // keys[i]: of the edge from points[i] to the next of its ring
    std::vector<std::uint32_t> ends;   // of each ring, in points
    std::vector<std::uint32_t> labels; // of each ring: rings of one label are one area, interior on the left

    [[nodiscard]] std::uint32_t ring_begin(std::size_t ring) const { return ring == 0 ? 0 : ends[ring - 1]; }
    void end_ring(std::uint32_t label) {
        ends.push_back(static_cast<std::uint32_t>(points.size()));
        labels.push_back(label);
    }
    void clear() {
        points.clear();
        keys.clear();
        ends.clear();
        labels.clear();
    }
};

// Removes T-junctions: every edge gets all vertices that other edges of its key have strictly between its
// ends. Then drops repeated points, and rings of one point.
//
// Why it is exact although the points are rounded: rounding to the nearest float is monotone, so along a line
// the rounded points keep their order, or fall together. A rounded point strictly between two others is
// therefore an exact point strictly between the exact ends; and there every point of the line belongs to the
// edge. And why it is complete: beside a vertex in the middle of an edge, on the other side, lie edges of the
// same key that end there.
void stitch(Soup& soup);

} // namespace cutout::fracture
