// Where a polygon lies: bounds, centroid, reach.
//
// Thread rule: pure functions.
#pragma once

#include "fracture/params.h"
#include "geometry/validate.h"

namespace cutout::fracture {

struct Bounds {
    double low_x = 0.0;
    double low_y = 0.0;
    double high_x = 0.0;
    double high_y = 0.0;

    [[nodiscard]] double width() const { return high_x - low_x; }
    [[nodiscard]] double height() const { return high_y - low_y; }
    [[nodiscard]] double shorter() const { return width() < height() ? width() : height(); }
    [[nodiscard]] double longer() const { return width() < height() ? height() : width(); }
    [[nodiscard]] double middle_x() const { return 0.5 * (low_x + high_x); }
    [[nodiscard]] double middle_y() const { return 0.5 * (low_y + high_y); }
};

[[nodiscard]] Bounds bounds_of(const geometry::SimplePolygon& polygon);

// Outer ring less holes. It may lie in a hole, or beside a concave polygon; within the bounds always.
[[nodiscard]] geometry::Point centroid_of(const geometry::SimplePolygon& polygon);

// The point itself, or the centroid.
[[nodiscard]] geometry::Point origin_of(const geometry::SimplePolygon& polygon, const Origin& origin);

// Distance of the farthest vertex.
[[nodiscard]] double reach_from(const geometry::SimplePolygon& polygon, geometry::Point origin);

// As a float, within max_coordinate.
[[nodiscard]] geometry::Point to_point(double x, double y);

} // namespace cutout::fracture
