// What the kernel is measured against: the usual way to fracture a polygon.
//
//     AddonPipeline addon;
//     addon.voronoi(rings, sites, pieces);
//
// Voronoi: Delaunay triangulation of the sites (ours: the fastest at hand), each cell a box cut by the
// bisectors against the site's Delaunay neighbours, one Clipper2 intersection of polygon and cell each.
// Slices: two Clipper2 intersections with half-plane boxes, wide enough, for every piece and cut. Clipper2's
// calls for doubles are used as the engine's Geometry2D uses them, with five decimals.
//
// Twice: as addons write it, with a function for each step that takes arrays and gives new ones, and the same
// trimmed, with buffers that are used again and one conversion of the polygon. No engine type is converted in
// either.
//
// A piece with a hole comes out as two rings, outer and hole, as Clipper2 gives them.
#pragma once

#include "geometry/delaunay.h"
#include "geometry/types.h"

#include <clipper2/clipper.h>

#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

namespace cutout::bench {

using Ring = std::vector<geometry::Point>;
using Rings = std::vector<Ring>;
using CutLines = std::vector<std::pair<geometry::Point, geometry::Point>>;

inline constexpr int decimals = 5;

// As addons write it.
class AddonPipeline {
public:
    // At least three sites, not collinear, no two equal.
    static void voronoi(const Rings& polygon, const Ring& sites, Rings& pieces);
    // The polygon has no holes.
    static void slices(const Rings& polygon, const CutLines& lines, Rings& pieces);
};

// The same with the allocations and conversions taken out that can be.
class TrimmedPipeline {
public:
    void voronoi(const Rings& polygon, const Ring& sites, Rings& pieces);
    static void slices(const Rings& polygon, const CutLines& lines, Rings& pieces);

private:
    struct Corner {
        double x = 0.0;
        double y = 0.0;
    };

    void find_neighbours(const Ring& sites);
    void clip_cell(const Ring& sites, std::size_t site);

    geometry::Delaunay delaunay_;
    std::vector<std::vector<std::uint32_t>> neighbours_;
    std::vector<Corner> box_;
    std::vector<Corner> cell_;
    std::vector<Corner> clipped_;
};

} // namespace cutout::bench
