// Voronoi fracture: the polygon's area, divided by which site is nearest. The way that never fails.
//
//     Soup soup;
//     std::vector<std::uint32_t> cells;
//     Failure failure = cut_voronoi(polygon, sites, control, soup, cells);   // then Finisher::run
//
// For each site: clip the polygon's bounds by the bisectors against the other sites, nearest first, until
// the next site is more than twice as far away as the farthest corner left. The bisectors that bound what is
// left bound the cell; clip the polygon by them (half_plane_split.h). All decisions are exact, so two
// neighbours always agree on the border between them.
//
// Sites may lie anywhere. Of sites in the same place the first counts. Work: sites times the points of the
// polygon, plus sites times their neighbours.
//
// Thread rule: reentrant.
#pragma once

#include "fracture/fracture.h"
#include "fracture/soup.h"
#include "geometry/validate.h"

#include <cstdint>
#include <span>
#include <vector>

namespace cutout::fracture {

// One label for each distinct site; cell_of_label is its index in `sites`.
[[nodiscard]] geometry::Failure cut_voronoi(const geometry::SimplePolygon& polygon,
                                            std::span<const geometry::Point> sites, const Control& control,
                                            Soup& out, std::vector<std::uint32_t>& cell_of_label);

// The whole way with given sites: what fracture() does once it has chosen them. At least one site. Tries the
// fast way (voronoi_walk.h) and takes this one where that has no answer; the bits are the same.
[[nodiscard]] geometry::Failure fracture_voronoi_sites(const geometry::SimplePolygon& polygon,
                                                       std::span<const geometry::Point> sites,
                                                       const Control& control, Fragments& out);

// The same by this way alone: the oracle of the fast one.
[[nodiscard]] geometry::Failure fracture_voronoi_slowly(const geometry::SimplePolygon& polygon,
                                                        std::span<const geometry::Point> sites,
                                                        const Control& control, Fragments& out);

} // namespace cutout::fracture
