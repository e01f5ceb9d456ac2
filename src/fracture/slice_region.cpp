#include "fracture/slice_region.h"

#include <algorithm>
#include <array>
#include <limits>

namespace cutout::fracture {

using geometry::Failure;
using geometry::LineId;
using geometry::Region;
using geometry::Status;
using geometry::Vertex;

Failure broken_cut() {
    return {.status = Status::internal_error,
            .message =
                "the crossings along a cut do not alternate; the result was withheld. Please report the "
                "polygon and parameters"};
}

Failure cancelled_cut() {
    return {.status = Status::cancelled, .message = "cancelled"};
}

Region region_of(const geometry::SimplePolygon& polygon, geometry::Lines& lines) {
    Region region;
    for (const geometry::Segment& edge : polygon.edges) {
        region.vertices.push_back(geometry::input_vertex(polygon.points[edge.a]));
        region.edges.push_back(lines.add_through(polygon.points[edge.a], polygon.points[edge.b]));
    }
    region.ends = polygon.ends;
    return region;
}

void emit_ring(const Region& region, std::size_t ring, const geometry::Lines& lines, std::size_t fixed_lines,
               std::uint32_t label, Soup& out) {
    for (std::uint32_t i = region.ring_begin(ring); i < region.ends[ring]; ++i) {
        const LineId edge = region.edges[i];
        out.points.push_back(lines.rounded(region.vertices[i]));
        out.keys.push_back(static_cast<std::size_t>(edge) < fixed_lines
                               ? boundary_key
                               : edge_key(static_cast<std::uint64_t>(edge), lines.direction_x(edge),
                                          lines.direction_y(edge)));
    }
    out.end_ring(label);
}

void emit_rings(const Region& region, const geometry::Lines& lines, std::size_t fixed_lines,
                std::uint32_t label, Soup& out) {
    for (std::size_t ring = 0; ring < region.ends.size(); ++ring) {
        emit_ring(region, ring, lines, fixed_lines, label, out);
    }
}

void BoxedRegion::measure() {
    low_x = low_y = std::numeric_limits<double>::infinity();
    high_x = high_y = -std::numeric_limits<double>::infinity();
    for (const Vertex& v : region.vertices) {
        const double margin = 2.0 * v.error;
        low_x = std::min(low_x, v.x - margin);
        low_y = std::min(low_y, v.y - margin);
        high_x = std::max(high_x, v.x + margin);
        high_y = std::max(high_y, v.y + margin);
    }
}

int BoxedRegion::side_of(const geometry::Lines& lines, LineId line) const {
    const std::array<Vertex, 4> corners{Vertex{.x = low_x, .y = low_y}, Vertex{.x = high_x, .y = low_y},
                                        Vertex{.x = high_x, .y = high_y}, Vertex{.x = low_x, .y = high_y}};
    const int first = lines.side(line, corners[0]);
    const bool all = std::all_of(corners.begin() + 1, corners.end(),
                                 [&](const Vertex& corner) { return lines.side(line, corner) == first; });
    return all ? first : 0;
}

} // namespace cutout::fracture
