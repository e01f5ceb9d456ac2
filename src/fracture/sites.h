// Where the sites of a Voronoi fracture go: one function for each pattern.
//
//     std::vector<Point> sites;
//     Failure failure = choose_sites(polygon, params, control, sites);    // then fracture_voronoi_sites()
//
// Every pattern gives at least one site and at most `max_sites`, all within `max_coordinate`. A pattern hangs
// on the seed, on its parameters and on the polygon's bounds, boundary and centroid: a polygon moved or
// scaled (lengths among the parameters with it) gets the same pattern, up to the rounding of its points. The
// cell of a fragment is the index of its site.
//
// `edge_padding` and `min_cell_distance` are wishes: where sites do not find room they shrink together, down
// to nothing. They apply where a pattern says so.
//
// Thread rule: reentrant.
#pragma once

#include "fracture/fracture.h"
#include "geometry/validate.h"

#include <vector>

namespace cutout::fracture {

[[nodiscard]] geometry::Failure choose_sites(const geometry::SimplePolygon& polygon,
                                             const VoronoiParams& params, const Control& control,
                                             std::vector<geometry::Point>& out);

// `fragment_count` random sites inside the polygon (holes excluded), no two in one place, at least
// `min_cell_distance` times the shorter side of the bounds from one another and `edge_padding` from the
// boundary, holes included. When a site finds no such place in a bounded number of draws, both distances
// shrink by a step for it and all that follow. So the count is kept whenever the polygon has that many places
// at all (different floats inside it); else there are fewer sites.
[[nodiscard]] geometry::Failure random_sites(const geometry::SimplePolygon& polygon,
                                             const VoronoiParams& params, const Control& control,
                                             std::vector<geometry::Point>& out);

// `fragment_count` sites inside the polygon, spread evenly: no two nearer than a distance that is as large as
// fits that many, found by trying. `edge_padding` applies. (R. Bridson, Fast Poisson disk sampling in
// arbitrary dimensions, SIGGRAPH 2007; `poisson_attempts` are its darts round each site.) Where the polygon
// has not that many places: what random_sites() gives.
[[nodiscard]] geometry::Failure poisson_sites(const geometry::SimplePolygon& polygon,
                                              const VoronoiParams& params, const Control& control,
                                              std::vector<geometry::Point>& out);

// `fragment_count` random sites inside the polygon, dense where it was hit. At a distance d from the origin
// the density is
//
//     1 / (1 + impact_falloff * u^2)^2      with u = max(0, d - impact_radius) / impact_radius
//
// times that inside the radius: even within it, and the sparser the farther beyond it. The distance between
// sites is at least `min_cell_distance` times the radius, times (1 + impact_falloff * u^2), but at most
// times the shorter side of the bounds. `edge_padding` applies.
[[nodiscard]] geometry::Failure impact_sites(const geometry::SimplePolygon& polygon,
                                             const VoronoiParams& params, const Control& control,
                                             std::vector<geometry::Point>& out);
// impact_radius, or where that is 0 an eighth of the shorter side of the bounds.
[[nodiscard]] double impact_radius_of(const geometry::SimplePolygon& polygon, const VoronoiParams& params);

// One site in each cell of a grid of `grid_rows` times `grid_cols` equal cells over the polygon's bounds, row
// by row from the lowest x and y; in its middle, moved by up to `grid_jitter` of the way to the cell's sides.
// Without jitter the pieces are those cells exactly. Sites outside the polygon count, too.
[[nodiscard]] std::vector<geometry::Point> grid_sites(const geometry::SimplePolygon& polygon,
                                                      const VoronoiParams& params);

// `ring_count` rings round the origin, each `ring_size` wide, with `points_per_ring` sites in the middle of
// each, ring by ring from the inside; every other ring is turned by half a step. `radial_variation` moves
// each site by up to that share of the way to the sides of its place, along the ring and across it. Sites
// outside the polygon count, too.
[[nodiscard]] std::vector<geometry::Point> radial_sites(const geometry::SimplePolygon& polygon,
                                                        const VoronoiParams& params);

// A site in the origin, then `ring_count` rings `ring_size` apart round it, whose sites lie on the same
// `points_per_ring` spokes. `radial_variation` moves whole spokes and whole rings, so that the sites stay in
// line. Sites outside the polygon count, too.
[[nodiscard]] std::vector<geometry::Point> spiderweb_sites(const geometry::SimplePolygon& polygon,
                                                           const VoronoiParams& params);

} // namespace cutout::fracture
