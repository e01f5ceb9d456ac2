// The edges of a polygon, found by height: for point location and for horizontal scan lines.
//
//     ScanIndex index(points, segments);
//     if (index.inside(p)) { ... }                  // exact; the boundary is not inside
//     index.crossings(y, xs);                       // where the boundary crosses a horizontal line, sorted
//
// The edges of all rings count together (even-odd), so holes are outside. A query looks at the edges of one
// of about as many bands as there are edges (fewer when the edges are tall, so that memory stays linear). Of
// few edges it looks at all, four at a time: that is faster than to sort them first.
//
// Thread rule: queries are const and may run at once.
#pragma once

#include "geometry/four_floats.h"
#include "geometry/planarity.h"
#include "geometry/types.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <span>
#include <vector>

namespace cutout::geometry {

class ScanIndex {
public:
    // Keeps views of both: they must outlive the index.
    ScanIndex(std::span<const Point> points, std::span<const Segment> segments);

    [[nodiscard]] bool inside(Point p) const;

    // The x of the boundary at height y, rising, rounded. y should not be the height of a vertex.
    void crossings(double y, std::vector<double>& out) const;

    // The segments that may cross the height y.
    [[nodiscard]] std::span<const std::uint32_t> band(double y) const { return bands(y, y); }
    // The segments that may cross a height from `low` to `high`; some more than once.
    [[nodiscard]] std::span<const std::uint32_t> bands(double low, double high) const;

    // Calls visit(segment) for those whose bounds meet the box, perhaps for others, and for some more than
    // once. Ends when it answers true, which is the result then.
    template <typename Visit>
    [[nodiscard]] bool visit_box(double left, double low, double right, double high,
                                 const Visit& visit) const;

    [[nodiscard]] double bottom() const { return bottom_; }
    [[nodiscard]] double top() const { return top_; }

private:
    [[nodiscard]] std::size_t band_of(double y) const;
    void take_few();
    [[nodiscard]] bool inside_few(Point p) const;

    std::span<const Point> points_;
    std::span<const Segment> segments_;
    double bottom_ = 0.0;
    double top_ = 0.0;
    double bands_per_unit_ = 1.0;
    std::size_t bands_ = 1;
    std::vector<std::uint32_t> offsets_;
    std::vector<std::uint32_t> listed_;
    // Of few segments: their bounds along x, and the heights of their ends. In fours, the last filled up with
    // NaN.
    std::vector<float> left_;
    std::vector<float> right_;
    std::vector<float> from_y_;
    std::vector<float> to_y_;
};

template <typename Visit>
bool ScanIndex::visit_box(double left, double low, double right, double high, const Visit& visit) const {
    if (left_.empty()) {
        for (const std::uint32_t i : bands(low, high)) {
            const Point a = points_[segments_[i].a];
            const Point b = points_[segments_[i].b];
            const bool apart = static_cast<double>(std::max(a.x, b.x)) < left ||
                               static_cast<double>(std::min(a.x, b.x)) > right ||
                               static_cast<double>(std::max(a.y, b.y)) < low ||
                               static_cast<double>(std::min(a.y, b.y)) > high;
            if (!apart && visit(i)) return true;
        }
        return false;
    }
    // The next floats outwards.
    constexpr float far = std::numeric_limits<float>::infinity();
    const FourFloats lefts = all_four(std::nextafter(static_cast<float>(left), -far));
    const FourFloats lows = all_four(std::nextafter(static_cast<float>(low), -far));
    const FourFloats rights = all_four(std::nextafter(static_cast<float>(right), far));
    const FourFloats highs = all_four(std::nextafter(static_cast<float>(high), far));
    for (std::size_t i = 0; i < left_.size(); i += four) {
        const FourFloats from = load_four(from_y_, i);
        const FourFloats to = load_four(to_y_, i);
        const FourMasks meets = (load_four(left_, i) <= rights) & (load_four(right_, i) >= lefts) &
                                ((from <= highs) | (to <= highs)) & ((from >= lows) | (to >= lows));
        for (unsigned mask = bits_of(meets); mask != 0; mask &= mask - 1) {
            if (visit(static_cast<std::uint32_t>(i) + static_cast<std::uint32_t>(std::countr_zero(mask))))
                return true;
        }
    }
    return false;
}

} // namespace cutout::geometry
