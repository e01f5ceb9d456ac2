#include "fracture/measure.h"

#include "fracture/tuning.h"
#include "geometry/predicates.h"
#include "geometry/two_doubles.h"

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

Measure measure(geometry::RingView ring, const geometry::PointBounds& bounds) {
    using geometry::both;
    using Both = geometry::TwoDoubles; // coordinates
    const Both origin = both(ring[0]);
    double twice = 0.0;
    Both moment = {0.0, 0.0};
    Both before = {0.0, 0.0};
    const auto add = [&](Point point) {
        const Both q = both(point) - origin;
        const Both products = before * Both{q[1], q[0]};
        const double cross = products[0] - products[1];
        twice += cross;
        moment += cross * (before + q);
        before = q;
    };
    std::size_t i = 1;
    for (; i + 4 <= ring.size(); i += 4) {
        add(ring[i]);
        add(ring[i + 1]);
        add(ring[i + 2]);
        add(ring[i + 3]);
    }
    for (; i < ring.size(); ++i) {
        add(ring[i]);
    }
    const Both low = both(bounds.low) - origin;
    const Both high = both(bounds.high) - origin;
    Both centroid = moment / (3.0 * twice);
    double area = std::abs(twice);
    const Both size = high - low;
    if (area <= thin_ring * size[0] * size[1]) {
        twice = geometry::exact_twice_area(ring);
        area = std::abs(twice);
        double x = 0.0;
        double y = 0.0;
        centroid_of_edges(ring, x, y);
        centroid = Both{x, y};
    }
    centroid = centroid < low ? low : centroid;
    centroid = high < centroid ? high : centroid;
    centroid += origin;
    return {.area = 0.5 * area,
            .centroid = {static_cast<float>(centroid[0]), static_cast<float>(centroid[1])},
            .turns_left = twice > 0.0};
}

Measure measure(geometry::RingView ring) {
    return ring.empty() ? Measure{} : measure(ring, geometry::bounds_of(ring));
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
