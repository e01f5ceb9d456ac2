// The numbers of this room that are choices: each stands here once, with meaning, unit and reason.
#pragma once

#include <cstddef>

namespace cutout::geometry {

// Largest magnitude of a coordinate, in units of the input. Beyond it a 32-bit float's step is 64 units, so
// nothing in a game lies there; below it every polynomial fits ExactReal and no double overflows.
// There is no lower limit: every float down to the smallest subnormal is handled exactly.
inline constexpr float max_coordinate = 1.0e9F;

// Most points of one polygon: sorting them is the longest step that cannot be cancelled, a second or two.
// (points)
inline constexpr std::size_t max_points = std::size_t{1} << 22U;

// Half a unit in the last place of a double, relative: the rounding error of one operation.
inline constexpr double unit_roundoff = 1.1102230246251565e-16; // 2^-53

// Up to this many segments every pair is looked at; above, a grid finds the candidates. (segments)
inline constexpr std::size_t brute_force_segments = 64;

// Where the sweep finds a conflict among so many segments at most, every pair is looked at to find them all.
// (segments)
inline constexpr std::size_t all_pairs_segments = 8192;

// The grid is left for a plane sweep when it would hold more entries, or list more pairs, for each segment:
// long parallel slivers make a grid quadratic. (entries, pairs)
inline constexpr std::size_t grid_entries_per_segment = 12;
inline constexpr std::size_t grid_pairs_per_segment = 200;

// Pairs of boxes that meet before all pairs of a ring's edges are left for one of the two above, for each
// edge; a coast has one. (pairs)
inline constexpr std::size_t box_looks_per_edge = 40;

// Rings of up to so many points are triangulated by cutting ears: quadratic, but with nothing to set up.
// (points)
inline constexpr std::size_t max_ear_points = 80;

// Flips of a triangulation, or edges brought into it, between two looks at the cancel flag. (flips)
inline constexpr std::size_t flips_per_check = 4096;

} // namespace cutout::geometry
