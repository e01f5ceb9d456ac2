// The lines of the slice patterns.
//
//     LinePattern pattern = parallel_lines(polygon, params);       // then cut_lines()
//
// A pattern hangs on the seed, on its parameters and on the polygon: one that is moved or scaled
// gets the same pattern, up to the rounding of the lines' points.
//
// Thread rule: pure functions.
#pragma once

#include "fracture/fracture.h"
#include "fracture/params.h"
#include "geometry/validate.h"

#include <cstdint>
#include <vector>

namespace cutout::fracture {

struct LinePattern {
    std::vector<CutLine> lines;
    std::vector<std::uint32_t> weights; // of each line, or none: how its left side counts in a cell's number
};

// `slice_count` random lines, each through a random point inside the polygon in a random direction. Each cell
// of their arrangement has its own number, in the order in which cutting line by line makes them.
[[nodiscard]] LinePattern chaotic_lines(const geometry::SimplePolygon& polygon, const SliceParams& params);

// `slice_count` lines at `parallel_angle`, which divide the polygon's extent across them into equal parts; so
// a convex polygon falls into slice_count + 1 pieces. `parallel_angle_rand` tilts each about its middle by up
// to that share of 45 degrees. The cell of a piece is the number of lines on whose left it lies: strips are
// numbered along the direction a quarter turn from the lines'.
[[nodiscard]] LinePattern parallel_lines(const geometry::SimplePolygon& polygon, const SliceParams& params);

// `h_slices` upright lines, which divide the polygon's width into equal parts, and `v_slices` level ones,
// which divide its height. `h_random` and `v_random` move each by up to that share of half the distance
// between two lines, `h_angle_rand` and `v_angle_rand` tilt it about its middle by up to that share of 45
// degrees. The cell of a piece is
//     (level lines below it) * (h_slices + 1) + (upright lines to its left)
// where left is the lower x and below the lower y.
[[nodiscard]] LinePattern grid_lines(const geometry::SimplePolygon& polygon, const SliceParams& params);

// The tips of `slice_count` rays from `origin` at equal angles, the first along the x axis.
// `radial_randomness` moves each by up to that share of half the angle between two rays.
[[nodiscard]] std::vector<geometry::Point> ray_tips(const geometry::SimplePolygon& polygon,
                                                    geometry::Point origin, const SliceParams& params);

} // namespace cutout::fracture
