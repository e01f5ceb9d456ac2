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

#include "geometry/limits.h"
#include "geometry/types.h"

#include <cmath>
#include <span>

namespace cutout::geometry {

// What the questions below ask when rounded arithmetic leaves a sign open.
[[nodiscard]] int orientation_unsure(Point a, Point b, Point c);
[[nodiscard]] int in_circle_unsure(Point a, Point b, Point c, Point d);

// Sign of the area of the triangle a, b, c: 1 = left turn (counter-clockwise where y points up), 0 =
// collinear.
[[nodiscard]] inline int orientation(Point a, Point b, Point c) {
    const double ax = static_cast<double>(a.x);
    const double ay = static_cast<double>(a.y);
    const double left = (static_cast<double>(b.x) - ax) * (static_cast<double>(c.y) - ay);
    const double right = (static_cast<double>(b.y) - ay) * (static_cast<double>(c.x) - ax);
    const double det = left - right;
    // Four operations deep: three roundings of each product and one of the sum (Shewchuk's bound A).
    const double bound = 4.0 * unit_roundoff * (std::abs(left) + std::abs(right));
    if (det > bound) return 1;
    if (det < -bound) return -1;
    return orientation_unsure(a, b, c);
}

// Where d lies to the circle through a, b, c, which turn left: 1 = inside, 0 = on it, -1 = outside.
[[nodiscard]] inline int in_circle(Point a, Point b, Point c, Point d) {
    const double dx = static_cast<double>(d.x);
    const double dy = static_cast<double>(d.y);
    const double ax = static_cast<double>(a.x) - dx;
    const double ay = static_cast<double>(a.y) - dy;
    const double bx = static_cast<double>(b.x) - dx;
    const double by = static_cast<double>(b.y) - dy;
    const double cx = static_cast<double>(c.x) - dx;
    const double cy = static_cast<double>(c.y) - dy;
    const double bc1 = bx * cy;
    const double bc2 = by * cx;
    const double ca1 = cx * ay;
    const double ca2 = cy * ax;
    const double ab1 = ax * by;
    const double ab2 = ay * bx;
    const double al = ax * ax + ay * ay;
    const double bl = bx * bx + by * by;
    const double cl = cx * cx + cy * cy;
    const double det = al * (bc1 - bc2) + bl * (ca1 - ca2) + cl * (ab1 - ab2);
    // Shewchuk's bound A is 10 roundings of the permanent; the differences may be rounded too, hence 16.
    const double bound = 16.0 * unit_roundoff *
                         (al * (std::abs(bc1) + std::abs(bc2)) + bl * (std::abs(ca1) + std::abs(ca2)) +
                          cl * (std::abs(ab1) + std::abs(ab2)));
    if (det > bound) return 1;
    if (det < -bound) return -1;
    return in_circle_unsure(a, b, c, d);
}

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
