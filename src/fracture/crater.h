// Partial damage: a bite out of a polygon. What lies near a hit breaks off in pieces, the rest stays as it
// was.
//
//     Crater crater{.centre = hit, .axis_x = {radius, 0}, .axis_y = {0, radius}};
//     Remains rest;
//     geometry::Failure failure = damage(polygon, crater, {}, debris, rest);
//
// The polygon is cut by Voronoi cells: sites inside the crater, and opposite them, across its rim, sites of
// the rest, whose cells are all joined again. So the rim is a ragged chain of lines (they lie at 0.85 to 1.1
// of the radius, their corners somewhat farther out), and every vertex and border keeps the promises of
// fracture.h. The rest keeps the polygon's own points; only the rim is new (and, where floats are coarse, now
// and then a point on the outline, without which edges would meet). Its rings are simple, but may
// touch in a point: a polygon that touches itself is therefore repaired here, never refused.
//
// What is left may be several *islands*. Those that hold on to an anchor stay, without anchors the largest.
// The others are debris too, one piece each (more where a hole had to be opened).
//
// The work is that of a fracture into about twice as many cells as pieces are asked for.
//
// Thread rule: reentrant. On failure the results are empty.
#pragma once

#include "fracture/fracture.h"
#include "geometry/status.h"
#include "geometry/types.h"

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace cutout::fracture {

struct Crater {
    // An ellipse: centre + s * axis_x + t * axis_y with s² + t² <= 1. (A circle, seen from a polygon that is
    // scaled or skewed.)
    geometry::Point centre;
    geometry::Point axis_x;
    geometry::Point axis_y;
    std::int32_t fragment_count = 10; // pieces of a crater that is wholly inside, 1 to 100000
    std::int64_t seed = 0;
    // What holds the rest: points (one), or convex polygons (three or more).
    std::vector<std::vector<geometry::Point>> anchors;
};

// Islands: polygons with holes, as flat arrays.
struct Remains {
    bool hit = false;                       // false: the crater missed; the rest is the polygon, and not here
    std::vector<geometry::Point> points;    // ring after ring
    std::vector<std::uint32_t> ring_ends;   // in points; of each island the outer ring comes first
    std::vector<std::uint32_t> island_ends; // in rings
    std::vector<double> areas;              // of islands

    void clear() { *this = Remains(); }
};

[[nodiscard]] geometry::Failure damage(const geometry::PolygonView& polygon, const Crater& crater,
                                       const Control& control, Fragments& debris, Remains& rest);

// The same for several polygons that do not overlap, as a rest of several islands is. polygon_ends: where in
// the rings of `polygons` each ends. Those that are missed are part of the rest, if any is hit. Every one
// keeps an island of its own, or falls.
[[nodiscard]] geometry::Failure damage_all(const geometry::PolygonView& polygons,
                                           std::span<const std::size_t> polygon_ends, const Crater& crater,
                                           const Control& control, Fragments& debris, Remains& rest);

} // namespace cutout::fracture
