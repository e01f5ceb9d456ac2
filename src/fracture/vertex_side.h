// A vertex of the polygon lies on a line that cuts it: to which side does it belong?
//
// The walks count every vertex to one side of every line, so that a ring crosses a line on an edge or not at
// all. Given wrongly, a vertex in which the boundary touches the line would leave a passage without width
// between two pieces, which rounding cannot keep.
//
// Thread rule: pure function.
#pragma once

#include "geometry/symbolic.h"
#include "geometry/types.h"

namespace cutout::fracture {

// To that to which it goes when the vertex is moved a little: into the polygon where its angle is less than
// half a turn, away from the angle outside where it is more. So a stretch of boundary along the line belongs
// to the side on which the polygon is; where the boundary touches the line from one side and the polygon is
// on both, the line cuts up to the vertex from both ends; and where several lines cross in the vertex, they
// do so outside. 1 or -1, as Lines::side(). The interior is on the left of the boundary; before and after:
// the vertices next to it.
[[nodiscard]] int side_of_vertex_on(const geometry::Lines& lines, geometry::LineId line,
                                    geometry::Point before, geometry::Point vertex, geometry::Point after);

} // namespace cutout::fracture
