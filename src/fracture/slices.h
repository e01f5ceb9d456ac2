// Slice fracture: the polygon, cut along lines.
//
// `single`: along the segment from line_start to line_end. The line through it makes chords in the polygon;
// a chord is cut when it lies within the segment, both its ends included: so where the segment ends inside a
// piece, that piece stays whole, and an arm the segment does not reach is not cut. With `extend` every chord
// is cut. `manual`: so along each of `segments` in turn, each cutting the pieces that those before it left.
// All pieces of both get cell 0.
//
// `pattern`: along the lines of a pattern (slice_lines.h), or the rays of "radial" (cut_rays()).
//
// Thread rule: reentrant.
#pragma once

#include "fracture/fracture.h"
#include "fracture/slice_lines.h"
#include "fracture/soup.h"
#include "geometry/validate.h"

#include <cstdint>
#include <span>
#include <vector>

namespace cutout::fracture {

// Cuts along whole lines. Labels are the cells of their arrangement. cell_of_label maps each to the sum of
// the weights of the lines on whose left it lies, or where there are no weights, to itself.
[[nodiscard]] geometry::Failure cut_lines(const geometry::SimplePolygon& polygon,
                                          std::span<const CutLine> cuts,
                                          std::span<const std::uint32_t> weights, const Control& control,
                                          Soup& out, std::vector<std::uint32_t>& cell_of_label);

// Cuts along segments, two points each, which are not equal. Labels are pieces; all have cell 0.
[[nodiscard]] geometry::Failure cut_segments(const geometry::SimplePolygon& polygon,
                                             std::span<const geometry::Point> segments, bool extend,
                                             const Control& control, Soup& out,
                                             std::vector<std::uint32_t>& cell_of_label);

// Cuts along rays from `origin` through the tips: the wedge between two neighbouring rays is a cell, and its
// corner lies exactly in the origin. Cells are numbered in the direction from the x axis towards the y axis;
// cell i begins at the ray i in that order. A tip in the origin, and a ray in the direction of another one,
// do not count. One ray alone separates nothing.
[[nodiscard]] geometry::Failure cut_rays(const geometry::SimplePolygon& polygon, geometry::Point origin,
                                         std::span<const geometry::Point> tips, const Control& control,
                                         Soup& out, std::vector<std::uint32_t>& cell_of_label);

// Are whole lines all that these parameters cut along, and which?
[[nodiscard]] bool is_line_pattern(const SliceParams& params);
[[nodiscard]] LinePattern lines_of(const geometry::SimplePolygon& polygon, const SliceParams& params);

// The whole way, for checked parameters. This and the next two never take the fast way (line_walk.h).
[[nodiscard]] geometry::Failure fracture_slices(const geometry::SimplePolygon& polygon,
                                                const SliceParams& params, const Control& control,
                                                Fragments& out);

// The whole way with given lines.
[[nodiscard]] geometry::Failure fracture_lines(const geometry::SimplePolygon& polygon,
                                               const std::vector<CutLine>& cuts, const Control& control,
                                               Fragments& out);
[[nodiscard]] geometry::Failure fracture_pattern_slowly(const geometry::SimplePolygon& polygon,
                                                        const LinePattern& pattern, const Control& control,
                                                        Fragments& out);

} // namespace cutout::fracture
