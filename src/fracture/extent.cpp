#include "fracture/extent.h"

#include "geometry/limits.h"

#include <algorithm>
#include <cmath>

namespace cutout::fracture {

using geometry::Point;

Bounds bounds_of(const geometry::SimplePolygon& polygon) {
    Point low = polygon.points[0];
    Point high = low;
    for (const Point p : polygon.points) {
        low = {std::min(low.x, p.x), std::min(low.y, p.y)};
        high = {std::max(high.x, p.x), std::max(high.y, p.y)};
    }
    return {.low_x = static_cast<double>(low.x),
            .low_y = static_cast<double>(low.y),
            .high_x = static_cast<double>(high.x),
            .high_y = static_cast<double>(high.y)};
}

Point centroid_of(const geometry::SimplePolygon& polygon) {
    const Bounds bounds = bounds_of(polygon);
    // From the middle of the bounds, so that a polygon far from (0, 0) loses no digits.
    const double x0 = bounds.middle_x();
    const double y0 = bounds.middle_y();
    double twice = 0.0;
    double x = 0.0;
    double y = 0.0;
    for (const geometry::Segment& edge : polygon.edges) {
        const double ax = static_cast<double>(polygon.points[edge.a].x) - x0;
        const double ay = static_cast<double>(polygon.points[edge.a].y) - y0;
        const double bx = static_cast<double>(polygon.points[edge.b].x) - x0;
        const double by = static_cast<double>(polygon.points[edge.b].y) - y0;
        const double cross = ax * by - ay * bx;
        twice += cross;
        x += (ax + bx) * cross;
        y += (ay + by) * cross;
    }
    // Of a sliver that is lost in rounding the middle is as good.
    if (!(twice > 0.0)) return to_point(x0, y0);
    return to_point(std::clamp(x0 + x / (3.0 * twice), bounds.low_x, bounds.high_x),
                    std::clamp(y0 + y / (3.0 * twice), bounds.low_y, bounds.high_y));
}

Point origin_of(const geometry::SimplePolygon& polygon, const Origin& origin) {
    return origin ? *origin : centroid_of(polygon);
}

double reach_from(const geometry::SimplePolygon& polygon, Point origin) {
    double squared = 0.0;
    for (const Point p : polygon.points) {
        const double dx = static_cast<double>(p.x) - static_cast<double>(origin.x);
        const double dy = static_cast<double>(p.y) - static_cast<double>(origin.y);
        squared = std::max(squared, dx * dx + dy * dy);
    }
    return std::sqrt(squared);
}

Point to_point(double x, double y) {
    constexpr double most = static_cast<double>(geometry::max_coordinate);
    return {static_cast<float>(std::clamp(x, -most, most)), static_cast<float>(std::clamp(y, -most, most))};
}

} // namespace cutout::fracture
