// The numbers of this room that are choices: each stands here once, with meaning, unit and reason.
#pragma once

#include <cstddef>
#include <cstdint>

namespace cutout::fracture {

// Rounds of snapping where it is needed before all is snapped to one grid. One or two are usual. (rounds)
inline constexpr std::size_t max_snap_rounds = 40;

// So many crossings, and four times as many as there were at first, are no sign of getting on with it.
// (crossings)
inline constexpr std::size_t least_conflicts_to_give_up = 64;

// Rounds of snapping all to a grid before a result is withheld, and before the grid gets twice as coarse. Up
// to three are usual. (rounds)
inline constexpr std::size_t max_grid_rounds = 96;
inline constexpr std::size_t grid_rounds_before_doubling = 12;

// After so many rounds of snapping, twice as far. (rounds)
inline constexpr std::size_t snap_rounds_before_doubling = 4;

// Largest relative error of the sum of the fragments' areas; the rounding of the boundary's new vertices is
// allowed for on top, since it is all there is on a thin polygon.
inline constexpr double max_area_error = 1.0e-6;

// A ring that fills less of its bounds than this has its area computed exactly: in doubles it might come out
// as zero.
inline constexpr double thin_ring = 1.0e-9;

// The most that rounding may move of a polygon's area: beyond it the polygon is refused as too small for the
// floats in its place. (share of the area)
inline constexpr double most_rounding = 0.5;

// A polygon with more points gets buffers of its own instead of those that are kept for the next. (points)
inline constexpr std::size_t most_points_to_keep = 20000;

// What two rounded points must keep apart by, as a share of the largest coordinate: four units in its last
// place. Roundings bring them nearer by one and a half.
inline constexpr double proof_margin = 0x1.0p-21;

// Cells between two looks at the cancel flag and reports of progress. (cells)
inline constexpr std::uint32_t cells_per_check = 8;

// Corners of lines listed between two looks at the cancel flag. (corners)
inline constexpr std::size_t corners_per_check = 4096;

// What part of the progress is done when all cells are cut and the rest begins. (0 to 1)
inline constexpr float cutting_share = 0.9F;

// Draws in the bounds for a point inside a polygon, and then on horizontal lines through it. The first are
// enough for a polygon that fills a tenth of its bounds, the second for one thinner than paper. (draws)
inline constexpr int draws_in_bounds = 24;
inline constexpr int draws_on_lines = 24;

// Points drawn for one site before both distances shrink; and when they have shrunk to nothing, before the
// polygon counts as full. (draws)
inline constexpr int draws_for_a_site = 40;
inline constexpr int draws_for_a_last_site = 1000;

// Points drawn between two looks at the cancel flag. (draws)
inline constexpr std::uint32_t draws_per_check = 1024;

// Points drawn near a hit before the polygon counts as a small part of its bounds. About one in ten is kept
// on a plain polygon. (draws)
inline constexpr int draws_near_impact = 100;

// Tries of a distance for the Poisson pattern; a plain polygon takes three to six. A distance that gives too
// few sites shrinks at least to this part of it: so it ends up at most that much smaller than it could be.
// After every so many tries the padding is halved, too. (tries)
inline constexpr int most_poisson_rounds = 100;
inline constexpr double poisson_distance_step = 0.97;
inline constexpr int poisson_rounds_per_padding = 10;

// By how much the distances shrink at a time, and below which part of the wanted ones they are dropped.
inline constexpr double distance_factor_step = 0.8;
inline constexpr double least_distance_factor = 0.01;

} // namespace cutout::fracture
