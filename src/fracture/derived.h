// What can be worked out from fragments for whoever draws them or gives them to physics: triangles and convex
// parts, for all fragments at once, as flat arrays.
//
//     Triangles triangles;
//     find_triangles(fragments, control, triangles);
//     FragmentParts parts;
//     find_convex_parts(fragments, 8, 0.0, control, parts);
//
// (Neighbours: neighbours.h.) Both cover each fragment exactly, with its own points.
//
// Thread rule: reentrant. On failure the result is empty.
#pragma once

#include "fracture/fracture.h"
#include "geometry/status.h"
#include "geometry/triangulate.h"
#include "geometry/types.h"

#include <cstdint>
#include <vector>

namespace cutout::fracture {

// Fragment i has the triangles [offsets[i], offsets[i + 1]). Triangle t has the corners 3 t to 3 t + 2,
// counter-clockwise: indices into Fragments::points. Constrained Delaunay (geometry/triangulate.h).
struct Triangles {
    std::vector<std::uint32_t> offsets{0};
    std::vector<std::uint32_t> corners;

    void clear() {
        offsets.assign(1, 0);
        corners.clear();
    }
};

// Part k has the points [offsets[k], offsets[k + 1]), counter-clockwise, and belongs to the fragment
// part_of[k]; parts stand in order of fragments. See geometry/convex_parts.h for what a part promises.
struct FragmentParts {
    std::vector<geometry::Point> points;
    std::vector<std::uint32_t> offsets{0};
    std::vector<std::uint32_t> part_of;

    [[nodiscard]] std::size_t size() const { return part_of.size(); }
    void clear() {
        points.clear();
        offsets.assign(1, 0);
        part_of.clear();
    }
};

// What is only painted does as well with `any` triangles.
[[nodiscard]] geometry::Failure
find_triangles(const Fragments& fragments, const Control& control, Triangles& out,
               geometry::TriangleKind kind = geometry::TriangleKind::delaunay);

// At most max_corners (3 or more) points a part. Parts narrower than min_width are left out, in units of the
// input: slivers do physics no good. 0 leaves none out, and the parts cover their fragment exactly.
[[nodiscard]] geometry::Failure find_convex_parts(const Fragments& fragments, std::uint32_t max_corners,
                                                  double min_width, const Control& control,
                                                  FragmentParts& out);

} // namespace cutout::fracture
