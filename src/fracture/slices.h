// Slice fracture: the polygon, cut along lines.
//
// `single`: along the segment from line_start to line_end. The line through it makes chords in the polygon;
// a chord is cut when it lies within the segment, both its ends included: so where the segment ends inside a
// piece, that piece stays whole, and an arm the segment does not reach is not cut. With `extend` every chord
// is cut. All pieces get cell 0.
//
// `chaotic`: along `slice_count` random lines, each through a random point inside the polygon in a random
// direction. Each cell of the lines' arrangement has its own number; a piece lies on one side of every line.
//
// Thread rule: reentrant.
#pragma once

#include "fracture/fracture.h"
#include "fracture/soup.h"
#include "geometry/validate.h"

#include <cstdint>
#include <utility>
#include <vector>

namespace cutout::fracture {

using CutLine = std::pair<geometry::Point, geometry::Point>; // two points on it, not equal

// The lines of the chaotic pattern.
[[nodiscard]] std::vector<CutLine> chaotic_lines(const geometry::SimplePolygon& polygon,
                                                 const SliceParams& params);

// Cuts along whole lines. Labels are cells; cell_of_label maps each to itself.
[[nodiscard]] geometry::Failure cut_lines(const geometry::SimplePolygon& polygon,
                                          const std::vector<CutLine>& cuts, const Control& control, Soup& out,
                                          std::vector<std::uint32_t>& cell_of_label);

// Cuts along one segment. Labels are pieces; all have cell 0.
[[nodiscard]] geometry::Failure cut_segment(const geometry::SimplePolygon& polygon, geometry::Point start,
                                            geometry::Point end, bool extend, Soup& out,
                                            std::vector<std::uint32_t>& cell_of_label);

// The whole way, for checked parameters.
[[nodiscard]] geometry::Failure fracture_slices(const geometry::SimplePolygon& polygon,
                                                const SliceParams& params, const Control& control,
                                                Fragments& out);

// The whole way with given lines.
[[nodiscard]] geometry::Failure fracture_lines(const geometry::SimplePolygon& polygon,
                                               const std::vector<CutLine>& cuts, const Control& control,
                                               Fragments& out);

} // namespace cutout::fracture
