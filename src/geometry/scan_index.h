// The edges of a polygon, found by height: for point location and for horizontal scan lines.
//
//     ScanIndex index(points, segments);
//     if (index.inside(p)) { ... }                  // exact; the boundary is not inside
//     index.crossings(y, xs);                       // where the boundary crosses a horizontal line, sorted
//
// The edges of all rings count together (even-odd), so holes are outside. A query looks at the edges of one
// of about as many bands as there are edges (fewer when the edges are tall, so that memory stays linear).
//
// Thread rule: queries are const and may run at once.
#pragma once

#include "geometry/planarity.h"
#include "geometry/types.h"

#include <cstdint>
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

    [[nodiscard]] double bottom() const { return bottom_; }
    [[nodiscard]] double top() const { return top_; }

private:
    [[nodiscard]] std::size_t band_of(double y) const;

    std::span<const Point> points_;
    std::span<const Segment> segments_;
    double bottom_ = 0.0;
    double top_ = 0.0;
    double bands_per_unit_ = 1.0;
    std::size_t bands_ = 1;
    std::vector<std::uint32_t> offsets_;
    std::vector<std::uint32_t> listed_;
};

} // namespace cutout::geometry
