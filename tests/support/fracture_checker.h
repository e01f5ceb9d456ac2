// Checks a fracture's result against its promises, knowing nothing of how it was made: no code of the kernel
// is used here, not even its predicates.
//
//     std::vector<std::string> faults = check_fragments(rings, fragments, {});
//     EXPECT_TRUE(faults.empty()) << faults.front();
//
// Checked: every ring is simple, without repeated points or spikes, wound like the input's outer ring, with
// an area > 0 that is the one reported, as is its centroid; no two edges of the whole result cross, overlap
// or touch but in shared ends; every edge is used once in each direction, or once and lies on the polygon's
// boundary; the edges used once trace the polygon's rings from vertex to vertex; the areas add up; on the
// boundary are the fragments with an edge that is used once. Where islands are left over, their edges count,
// too.
#pragma once

#include "fracture/fracture.h"
#include "geometry/types.h"

#include <span>
#include <string>
#include <utility>
#include <vector>

namespace cutout::test {

using Rings = std::vector<std::vector<geometry::Point>>;

// Exact sign of the triangle's area.
[[nodiscard]] int exact_orientation(geometry::Point a, geometry::Point b, geometry::Point c);

struct CheckOptions {
    // On polygons about as thin as the floats are apart, rounding may swallow parts of the boundary: then
    // only its length may be off, not its place. False: the boundary is not traced vertex by vertex.
    bool trace_boundary = true;
    // The outer ring crosses itself: it has no winding, but all fragments have the same.
    bool any_winding = false;
    // Allowed on top of 1e-6 of the area: for thin polygons, where the rounding of new vertices is more.
    double extra_area = 0.0;
    // What is no fragment, but tiles the polygon together with them: polygons with holes, the outer ring
    // wound like the fragments, holes the other way.
    std::span<const Rings> islands{};
};

[[nodiscard]] std::vector<std::string>
check_fragments(const Rings& polygon, const fracture::Fragments& fragments, const CheckOptions& options);

// Sample points of every fragment are nearest to the site of its cell, up to rounding.
[[nodiscard]] std::vector<std::string> check_nearest_site(const fracture::Fragments& fragments,
                                                          std::span<const geometry::Point> sites);

// Every fragment lies on one side of every line, up to rounding.
[[nodiscard]] std::vector<std::string>
check_one_side(const fracture::Fragments& fragments,
               std::span<const std::pair<geometry::Point, geometry::Point>> lines);

// Area of the polygon (outer ring less holes), whatever the windings.
[[nodiscard]] double polygon_area(const Rings& polygon);

// The segment has two ends that are not equal.
[[nodiscard]] double distance_to_segment(geometry::Point p, geometry::Point a, geometry::Point b);

// Half a unit in the last place of the largest coordinate.
[[nodiscard]] double rounding_step(const Rings& polygon);

// What the pieces are, whatever order and winding they came in.
[[nodiscard]] std::vector<std::vector<geometry::Point>> sorted_rings(Rings rings);

// A number that changes with any bit of the result.
[[nodiscard]] std::uint64_t hash_fragments(const fracture::Fragments& fragments);

} // namespace cutout::test
