// Where the sites of a Voronoi fracture go.
//
// Thread rule: reentrant.
#pragma once

#include "fracture/fracture.h"
#include "geometry/validate.h"

#include <vector>

namespace cutout::fracture {

// `fragment_count` random sites inside the polygon (holes excluded), no two in one place, at least
// `min_cell_distance` times the shorter side of the bounds from one another and `edge_padding` from the
// boundary, holes included. When a site finds no such place in a bounded number of draws, both distances
// shrink by a step for it and all that follow, down to nothing. So the count is kept whenever the polygon
// has that many places at all (different floats inside it); else there are fewer sites, but at least one. The
// pattern hangs on the seed and on the polygon's bounds: a polygon moved or scaled (its padding with it) gets
// the same pattern, up to the rounding of its points.
[[nodiscard]] geometry::Failure random_sites(const geometry::SimplePolygon& polygon,
                                             const VoronoiParams& params, const Control& control,
                                             std::vector<geometry::Point>& out);

} // namespace cutout::fracture
