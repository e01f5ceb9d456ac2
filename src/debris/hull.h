// The convex hull of a few points.
//
//     std::vector<Point> hull;
//     append_hull(points, hull); // sorts `points`; appends, counter-clockwise, no three in a line
//
// A. M. Andrew, Another efficient algorithm for convex hulls in two dimensions, Inf. Proc. Letters 9, 1979.
// A simple ring needs no sorting: A. Melkman, On-line construction of the convex hull of a simple polyline,
// Inf. Proc. Letters 25, 1987. One that is convex is its own hull.
//
// The turns are decided in double, which is exact for points of 32 bits that are not far apart, and good
// enough for a body's shape elsewhere. Fewer than three points come out where all lie in a line.
//
// Thread rule: reentrant.
#pragma once

#include "debris/affine.h"

#include <span>
#include <vector>

namespace cutout::debris {

void append_hull(std::span<Point> points, std::vector<Point>& out);
// `ring` is simple; it may begin anywhere. May sort it.
void append_hull_of_ring(std::span<Point> ring, std::vector<Point>& out);

} // namespace cutout::debris
