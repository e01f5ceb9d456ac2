// Do the edges of rings keep apart? Exact, in about the time it takes to read them where the answer is yes.
//
//     if (!surely_simple(points, ends)) { /* ask someone who can say where: planarity.h */ }
//
// Thread rule: pure functions.
#pragma once

#include "geometry/types.h"

#include <cstdint>
#include <span>

namespace cutout::geometry {

// Two segments without a shared end: do they keep apart? False also when an end lies on the other's line
// and they may touch.
[[nodiscard]] bool surely_apart(Point a, Point b, Point c, Point d);

// Two segments p q and q r, both with some length: do they meet in q only? Not if r folds back onto p q.
[[nodiscard]] bool unfolded(Point p, Point q, Point r);

// Rings of three points or more, one behind the other, no two equal ones in a row; ends: of each ring, in
// points. Does no edge meet another, but the one before and the one after in their shared point? False also
// where that is hard to tell, or would take long.
[[nodiscard]] bool surely_simple(std::span<const Point> points, std::span<const std::uint32_t> ends);

} // namespace cutout::geometry
