// Value types of the whole house: points, and read-only views of rings and polygons.
//
// A *ring* is a closed chain of points; the last point joins the first and is not repeated. A *polygon* is
// one outer ring and any number of holes. Winding of the input does not matter. Coordinates are 32-bit
// floats, because the engine's are: a view can lie directly on the engine's memory and nothing is copied.
//
// Thread rule: views own nothing. Whoever makes one keeps the points alive and unchanged while it is used.
#pragma once

#include <cstddef>
#include <span>

namespace cutout::geometry {

struct Point {
    float x = 0.0F;
    float y = 0.0F;

    friend bool operator==(const Point&, const Point&) = default;
};
static_assert(sizeof(Point) == 2 * sizeof(float), "must lie exactly on the engine's Vector2");

using RingView = std::span<const Point>;

struct PolygonView {
    std::span<const RingView> rings; // [0] is the outer ring, the others are holes

    [[nodiscard]] std::size_t point_count() const {
        std::size_t count = 0;
        for (const RingView& ring : rings) {
            count += ring.size();
        }
        return count;
    }
};

} // namespace cutout::geometry
