#include "fracture/measure.h"

#include "fracture/tuning.h"
#include "geometry/predicates.h"

#include <algorithm>
#include <cmath>
#include <cstddef>

namespace cutout::fracture {

using geometry::Point;

namespace {

// Of the edges, each weighted with its length. Relative to the first point.
void centroid_of_edges(geometry::RingView ring, double& x, double& y) {
    double length_sum = 0.0;
    double sum_x = 0.0;
    double sum_y = 0.0;
    const auto ox = static_cast<double>(ring[0].x);
    const auto oy = static_cast<double>(ring[0].y);
    for (std::size_t i = 0; i < ring.size(); ++i) {
        const Point a = ring[i];
        const Point b = ring[i + 1 == ring.size() ? 0 : i + 1];
        const double ax = static_cast<double>(a.x) - ox;
        const double ay = static_cast<double>(a.y) - oy;
        const double bx = static_cast<double>(b.x) - ox;
        const double by = static_cast<double>(b.y) - oy;
        const double length = std::sqrt((bx - ax) * (bx - ax) + (by - ay) * (by - ay));
        length_sum += length;
        sum_x += length * 0.5 * (ax + bx);
        sum_y += length * 0.5 * (ay + by);
    }
    x = length_sum > 0.0 ? sum_x / length_sum : 0.0;
    y = length_sum > 0.0 ? sum_y / length_sum : 0.0;
}

} // namespace

Measure RingMeasure::result(geometry::RingView ring) const {
    double x = 0.0;
    double y = 0.0;
    double area = std::abs(twice_);
    if (area <= thin_ring * (high_[0] - low_[0]) * (high_[1] - low_[1])) {
        area = std::abs(geometry::exact_twice_area(ring));
        centroid_of_edges(ring, x, y);
    } else {
        x = moment_[0] / (3.0 * twice_);
        y = moment_[1] / (3.0 * twice_);
    }
    return {.area = 0.5 * area,
            .centroid = {static_cast<float>(origin_[0] + std::clamp(x, low_[0], high_[0])),
                         static_cast<float>(origin_[1] + std::clamp(y, low_[1], high_[1]))}};
}

Measure measure(geometry::RingView ring) {
    if (ring.empty()) return {};
    RingMeasure measured(ring[0]);
    for (const Point point : ring.subspan(1)) {
        measured.add(point);
    }
    return measured.result(ring);
}

void end_fragment(const FragmentEnd& end, Fragments& out) {
    out.offsets.push_back(static_cast<std::uint32_t>(out.points.size()));
    const Measure measured = measure(out.ring(out.size() - 1));
    out.cells.push_back(end.cell);
    out.labels.push_back(end.label);
    out.areas.push_back(measured.area);
    out.centroids.push_back(measured.centroid);
    out.on_boundary.push_back(end.on_boundary ? 1 : 0);
}

} // namespace cutout::fracture
