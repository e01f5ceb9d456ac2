// Exact questions about 32-bit points. Rounded arithmetic with an error bound answers nearly always; where
// it cannot, exact arithmetic does. There is no tolerance anywhere.
//
//     if (orientation(a, b, c) > 0) { /* a, b, c turn left */ }
//
// After J. R. Shewchuk, Adaptive Precision Floating-Point Arithmetic and Fast Robust Geometric Predicates,
// Discrete & Computational Geometry 18, 1997.
//
// Thread rule: pure functions.
#pragma once

#include "geometry/types.h"

#include <span>

namespace cutout::geometry {

// Sign of the area of the triangle a, b, c: 1 = left turn (counter-clockwise where y points up), 0 =
// collinear.
[[nodiscard]] int orientation(Point a, Point b, Point c);

// Order by x, then by y.
[[nodiscard]] inline bool lexicographic_less(Point a, Point b) {
    return a.x != b.x ? a.x < b.x : a.y < b.y;
}

// p is known to be collinear with a and b: is it strictly between them?
[[nodiscard]] bool strictly_between_collinear(Point a, Point b, Point p);

enum class Location { outside, boundary, inside };

// Where p lies in a simple ring of any winding. Linear in the ring's points.
[[nodiscard]] Location locate(RingView ring, Point p);

// Winding of a simple ring with at least three points that are not all collinear: 1 or -1, exact. 0 when the
// ring turns back on itself at its lowest point, which a simple ring does not.
[[nodiscard]] int winding(RingView ring);

// Twice the signed area, computed in doubles: the error is relative to the ring's own size, wherever it lies.
[[nodiscard]] double twice_area(RingView ring);

// The same to the last place: slower, for rings so thin that the other loses them.
[[nodiscard]] double exact_twice_area(RingView ring);

} // namespace cutout::geometry
