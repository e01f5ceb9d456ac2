#include "debris/blend.h"

#include <cmath>

namespace cutout::debris {

namespace {

struct Arm { // from the point to a corner of the polygon
    double x = 0.0;
    double y = 0.0;

    [[nodiscard]] double length() const { return std::sqrt((x * x) + (y * y)); }
};

Arm arm(Point from, Point to) {
    return {static_cast<double>(to.x) - from.x, static_cast<double>(to.y) - from.y};
}
double cross(const Arm& a, const Arm& b) {
    return (a.x * b.y) - (a.y * b.x);
}
double dot(const Arm& a, const Arm& b) {
    return (a.x * b.x) + (a.y * b.y);
}

// How far beside an edge a point still counts as on it, as a share of the edge's length: a few roundings.
constexpr double on_edge = 1e-6;

} // namespace

bool Blend::weigh_border(Point point) {
    std::size_t first = 0;
    for (const geometry::RingView& ring : polygon_.rings) {
        for (std::size_t i = 0; i < ring.size(); ++i) {
            const std::size_t next = i + 1 < ring.size() ? i + 1 : 0;
            const Arm a = arm(point, ring[i]);
            const Arm b = arm(point, ring[next]);
            const Arm edge = arm(ring[i], ring[next]);
            const double squared = dot(edge, edge);
            if (std::abs(cross(a, b)) > on_edge * squared) continue;
            const double share = -dot(a, edge) / squared;
            if (!(share >= 0.0 && share <= 1.0)) continue;
            weights_[first + i] = 1.0 - share;
            weights_[first + next] = share;
            return true;
        }
        first += ring.size();
    }
    return false;
}

bool Blend::weigh(Point point) {
    weights_.assign(polygon_.point_count(), 0.0);
    if (weigh_border(point)) return true;
    double sum = 0.0;
    std::size_t first = 0;
    for (const geometry::RingView& ring : polygon_.rings) {
        for (std::size_t i = 0; i < ring.size(); ++i) {
            const std::size_t next = i + 1 < ring.size() ? i + 1 : 0;
            const Arm a = arm(point, ring[i]);
            const Arm b = arm(point, ring[next]);
            // The tangent of half the angle between the arms.
            const double product = a.length() * b.length();
            const double turned = cross(a, b);
            const double tangent =
                dot(a, b) > 0.0 ? turned / (product + dot(a, b)) : (product - dot(a, b)) / turned;
            if (!std::isfinite(tangent)) continue;
            weights_[first + i] += tangent / a.length();
            weights_[first + next] += tangent / b.length();
            sum += (tangent / a.length()) + (tangent / b.length());
        }
        first += ring.size();
    }
    if (!std::isfinite(sum) || sum == 0.0) return false;
    for (double& weight : weights_) {
        weight /= sum;
    }
    return true;
}

} // namespace cutout::debris
