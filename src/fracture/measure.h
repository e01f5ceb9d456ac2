// Area and centroid of a fragment's ring, and the one place where a fragment joins the flat arrays.
//
//     out.points.insert(out.points.end(), ring.begin(), ring.end());
//     end_fragment({.cell = cell, .label = cell, .on_boundary = true}, out);
//
// Thread rule: pure functions.
#pragma once

#include "fracture/fracture.h"
#include "geometry/point_pairs.h"
#include "geometry/types.h"

#include <cstdint>

namespace cutout::fracture {

struct Measure {
    double area = 0.0; // not zero if the ring encloses anything, however thin
    geometry::Point centroid;
    bool turns_left = false; // is it counter-clockwise?
};

// Of a simple ring of any winding. Computed in doubles relative to the ring's first point, so the error is
// relative to the ring's own size, wherever it lies. A ring too thin for that has its area computed exactly,
// and the centroid of its edges instead.
[[nodiscard]] Measure measure(geometry::RingView ring);
// The same where the ring's bounds are known. It has a point; the last may be repeated.
[[nodiscard]] Measure measure(geometry::RingView ring, const geometry::PointBounds& bounds);

struct FragmentEnd {
    std::uint32_t cell = 0;
    std::uint32_t label = 0;
    bool on_boundary = false;
};

// Makes a fragment of all points behind the last one.
void end_fragment(const FragmentEnd& end, Fragments& out);

} // namespace cutout::fracture
