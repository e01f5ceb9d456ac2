// What the ways of slicing share: the polygon as a region of named lines, boxes round regions, and the way
// into the soup.
//
// Thread rule: reentrant.
#pragma once

#include "fracture/soup.h"
#include "geometry/half_plane_split.h"
#include "geometry/status.h"
#include "geometry/symbolic.h"
#include "geometry/validate.h"

#include <cstddef>
#include <cstdint>

namespace cutout::fracture {

// An invariant of a cut did not hold.
[[nodiscard]] geometry::Failure broken_cut();
[[nodiscard]] geometry::Failure cancelled_cut();

// The polygon; its edges become the first of `lines`.
[[nodiscard]] geometry::Region region_of(const geometry::SimplePolygon& polygon, geometry::Lines& lines);

// Edges on the first `fixed_lines` lines are the polygon's boundary.
void emit_ring(const geometry::Region& region, std::size_t ring, const geometry::Lines& lines,
               std::size_t fixed_lines, std::uint32_t label, Soup& out);
void emit_rings(const geometry::Region& region, const geometry::Lines& lines, std::size_t fixed_lines,
                std::uint32_t label, Soup& out);

// A region with bounds that hold it for certain.
struct BoxedRegion {
    geometry::Region region;
    double low_x = 0.0;
    double low_y = 0.0;
    double high_x = 0.0;
    double high_y = 0.0;

    void measure();
    // The side of the line on which all of the bounds lie; 0: the line may meet them.
    [[nodiscard]] int side_of(const geometry::Lines& lines, geometry::LineId line) const;
};

} // namespace cutout::fracture
