// A map of the plane: turning, scaling, skewing, flipping, moving. The engine's Transform2D, without the
// engine.
//
//     const Point world = map.apply(local);
//     if (const auto back = map.inverse()) { ... }
//
// Thread rule: a value.
#pragma once

#include "geometry/types.h"

#include <cmath>
#include <optional>

namespace cutout::debris {

using geometry::Point;

inline Point operator+(Point a, Point b) {
    return {a.x + b.x, a.y + b.y};
}
inline Point operator-(Point a, Point b) {
    return {a.x - b.x, a.y - b.y};
}
inline Point operator*(Point a, float factor) {
    return {a.x * factor, a.y * factor};
}
inline float length(Point a) {
    return std::sqrt((a.x * a.x) + (a.y * a.y));
}

struct Affine {
    Point x{1.0F, 0.0F}; // where the axes and the origin go
    Point y{0.0F, 1.0F};
    Point origin{};

    friend bool operator==(const Affine&, const Affine&) = default;

    // Without the origin: what becomes of a direction.
    [[nodiscard]] Point turn(Point p) const { return {(x.x * p.x) + (y.x * p.y), (x.y * p.x) + (y.y * p.y)}; }
    [[nodiscard]] Point apply(Point p) const { return turn(p) + origin; }
    // Negative where it mirrors.
    [[nodiscard]] double area_factor() const {
        return (static_cast<double>(x.x) * y.y) - (static_cast<double>(x.y) * y.x);
    }
    [[nodiscard]] bool finite() const {
        return std::isfinite(x.x) && std::isfinite(x.y) && std::isfinite(y.x) && std::isfinite(y.y) &&
               std::isfinite(origin.x) && std::isfinite(origin.y);
    }
    // First `inner`, then this.
    [[nodiscard]] Affine after(const Affine& inner) const {
        return {turn(inner.x), turn(inner.y), apply(inner.origin)};
    }
    // None where everything falls onto a line or a point.
    [[nodiscard]] std::optional<Affine> inverse() const {
        const double area = area_factor();
        if (!finite() || area == 0.0 || !std::isfinite(1.0 / area)) return std::nullopt;
        Affine back;
        back.x = {static_cast<float>(y.y / area), static_cast<float>(-x.y / area)};
        back.y = {static_cast<float>(-y.x / area), static_cast<float>(x.x / area)};
        back.origin = back.turn(origin) * -1.0F;
        if (!back.finite()) return std::nullopt;
        return back;
    }
};

} // namespace cutout::debris
