// Area and centroid of a fragment's ring, and the one place where a fragment joins the flat arrays.
//
//     out.points.insert(out.points.end(), ring.begin(), ring.end());
//     end_fragment({.cell = cell, .label = cell, .on_boundary = true}, out);
//
// Thread rule: pure functions.
#pragma once

#include "fracture/fracture.h"
#include "geometry/types.h"

#include <cstdint>

namespace cutout::fracture {

struct Measure {
    double area = 0.0; // not zero if the ring encloses anything, however thin
    geometry::Point centroid;
};

// The same while the ring is read point by point, in one pass with whatever else is done to it.
class RingMeasure {
public:
    explicit RingMeasure(geometry::Point first)
        : origin_{static_cast<double>(first.x), static_cast<double>(first.y)} {}
    // Each further point.
    void add(geometry::Point point) {
        const Both q = Both{static_cast<double>(point.x), static_cast<double>(point.y)} - origin_;
        const Both products = before_ * Both{q[1], q[0]};
        const double cross = products[0] - products[1];
        twice_ += cross;
        moment_ += cross * (before_ + q);
        low_ = q < low_ ? q : low_;
        high_ = high_ < q ? q : high_;
        before_ = q;
    }
    // After the last point; the ring is all of them.
    [[nodiscard]] Measure result(geometry::RingView ring) const;

private:
    // Both coordinates together. (Vectors of the compiler: they work on every machine.)
    using Both [[gnu::vector_size(2 * sizeof(double))]] = double;
    Both origin_;
    Both before_ = {0.0, 0.0};
    Both low_ = {0.0, 0.0};
    Both high_ = {0.0, 0.0};
    Both moment_ = {0.0, 0.0};
    double twice_ = 0.0;
};

// Of a simple ring of any winding. Computed in doubles relative to the ring's first point, so the error is
// relative to the ring's own size, wherever it lies. A ring too thin for that has its area computed exactly,
// and the centroid of its edges instead.
[[nodiscard]] Measure measure(geometry::RingView ring);

struct FragmentEnd {
    std::uint32_t cell = 0;
    std::uint32_t label = 0;
    bool on_boundary = false;
};

// Makes a fragment of all points behind the last one.
void end_fragment(const FragmentEnd& end, Fragments& out);

} // namespace cutout::fracture
