#include "fracture/vertex_side.h"

#include "geometry/predicates.h"

namespace cutout::fracture {

using geometry::Point;

int side_of_vertex_on(const geometry::Lines& lines, geometry::LineId line, Point before, Point vertex,
                      Point after) {
    const int side_before = lines.side(line, geometry::input_vertex(before));
    const int side_after = lines.side(line, geometry::input_vertex(after));
    if (side_before == 0 && side_after == 0) { // along the line; its positive side is on its left
        const bool upright = vertex.x == after.x;
        const double along = upright ? lines.direction_y(line) : lines.direction_x(line);
        const bool rises = upright ? vertex.y < after.y : vertex.x < after.x;
        return (along > 0.0) == rises ? 1 : -1;
    }
    // It moves along the edge that leaves it and, by much less, along the other one.
    const int side = side_after != 0 ? side_after : side_before;
    return geometry::orientation(before, vertex, after) < 0 ? -side : side;
}

} // namespace cutout::fracture
