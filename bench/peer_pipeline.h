// What the kernel is measured against: the usual way to fracture a polygon, written as fast as it goes.
//
//     PeerPipeline peer;
//     peer.voronoi(rings, sites, pieces);
//
// Voronoi: Delaunay triangulation of the sites (ours: the fastest at hand), each cell a box cut by the
// bisectors against the site's Delaunay neighbours, one Clipper2 intersection of polygon and cell each.
// Slices: two Clipper2 intersections with half-plane boxes, wide enough, for every piece and cut. Clipper2's
// calls for doubles are used as the engine's Geometry2D uses them, with five decimals, but the polygon is
// brought into Clipper2's type once, not once a cell, and no engine type is converted.
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

using Rings = std::vector<std::vector<geometry::Point>>;

class PeerPipeline {
public:
    static constexpr int decimals = 5;

    // At least three sites, not collinear, no two equal.
    void voronoi(const Rings& polygon, const std::vector<geometry::Point>& sites, Rings& pieces);
    // The polygon has no holes.
    void slices(const Rings& polygon, const std::vector<std::pair<geometry::Point, geometry::Point>>& lines,
                Rings& pieces);

private:
    struct Corner {
        double x = 0.0;
        double y = 0.0;
    };

    void find_neighbours(const std::vector<geometry::Point>& sites);
    void clip_cell(const std::vector<geometry::Point>& sites, std::size_t site);

    geometry::Delaunay delaunay_;
    std::vector<std::vector<std::uint32_t>> neighbours_;
    std::vector<Corner> box_;
    std::vector<Corner> cell_;
    std::vector<Corner> clipped_;
};

} // namespace cutout::bench
