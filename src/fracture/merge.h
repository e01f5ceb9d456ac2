// Fragments joined into larger ones, on the floats they already have: nothing is rounded, no point is new.
//
//     merge_small(min_area, control, fragments);              // slivers go to a neighbour
//     merge_clusters(count, seed, control, fragments);        // irregular chunks of several cells
//     crater_groups(fragments, sites, hit, radius, groups);   // only what is near the hit breaks off
//     merge_groups(groups, control, fragments);
//
// A group's fragments that touch along an edge become one; parts of a group that do not touch stay apart. A
// hole that arises is opened (geometry/open_holes.h), so a merged fragment may come out as two or more pieces
// of one label and cell. Afterwards every promise of fracture.h holds again: order by cell, then by position.
// The cell of a merged fragment is the lowest in it, its label the lowest label of its group. n log n or so.
//
// On failure (cancelled, or an error of ours) the fragments are empty.
//
// Thread rule: reentrant.
#pragma once

#include "fracture/fracture.h"
#include "geometry/status.h"
#include "geometry/types.h"

#include <cstdint>
#include <span>
#include <vector>

namespace cutout::fracture {

// Joins fragments with equal group numbers. One number for each fragment; any numbers will do.
[[nodiscard]] geometry::Failure merge_groups(std::span<const std::uint32_t> group_of_fragment,
                                             const Control& control, Fragments& fragments);

// While a fragment is smaller than min_area, the smallest of them joins the neighbour with which it shares
// the longest border (of equal ones the first). One without neighbours stays as it is, and a piece that is
// cut off when a hole is opened may be smaller again. Nothing happens for 0.
[[nodiscard]] geometry::Failure merge_small(double min_area, const Control& control, Fragments& fragments);

// Joins the fragments into `count` connected chunks of irregular shape and roughly equal area: again and
// again the smallest joins a neighbour, drawn by length of border. Where the fragments are not all connected,
// or fewer than `count`, there are as many chunks as that leaves. Nothing happens for 0.
[[nodiscard]] geometry::Failure merge_clusters(std::int32_t count, std::uint64_t seed, const Control& control,
                                               Fragments& fragments);

// A group for each fragment: fragments of the cells whose site lies within `radius` of `centre` keep one of
// their own, all others share one.
void crater_groups(const Fragments& fragments, std::span<const geometry::Point> sites, geometry::Point centre,
                   float radius, std::vector<std::uint32_t>& groups);

} // namespace cutout::fracture
