#include "fracture/border_proof.h"

#include <bit>
#include <cmath>
#include <cstdint>

namespace cutout::fracture {

using geometry::Point;

namespace {

// A place that is far from every line: one coordinate outweighs the other, whatever their coefficients,
// unless its own is zero.
constexpr double far_x = 1.0e150;
constexpr double far_y = 1.0e75;

} // namespace

bool BorderProof::clear(std::span<const Point> points, const BorderLines& lines) {
    using geometry::absolute;
    using geometry::both;
    using Bits = geometry::TwoMasks;
    // Rounds of eight points, the last filled up with one that is far from every line: most faces take one or
    // two, so that where they end is no branch that cannot be foreseen.
    const std::size_t pairs = (points.size() + 1) / lanes;
    const std::size_t rounds = (pairs + pairs_at_once - 1) / pairs_at_once;
    if (place_.size() < rounds * pairs_at_once) place_.resize(rounds * pairs_at_once);
    const Places far{.x = Doubles{far_x, far_x}, .y = Doubles{far_y, far_y}};
    for (std::size_t k = rounds * pairs_at_once - pairs_at_once; k < rounds * pairs_at_once; ++k) {
        place_[k] = far;
    }
    const Doubles origin = {bounds_.origin_x, bounds_.origin_y};
    const Doubles most = {bounds_.extent, bounds_.extent};
    Bits outside = {0, 0};
    for (std::size_t k = 0; k < points.size() / lanes; ++k) {
        // (Point by point: they were written so a moment ago.)
        const Doubles one = both(points[lanes * k]) - origin;
        const Doubles two = both(points[lanes * k + 1]) - origin;
        outside |= (absolute(one) > most) | (absolute(two) > most);
        place_[k].x = Doubles{one[0], two[0]};
        place_[k].y = Doubles{one[1], two[1]};
    }
    if (points.size() % lanes != 0) {
        const Doubles last = both(points.back()) - origin;
        outside |= absolute(last) > most;
        place_[pairs - 1].x = Doubles{last[0], far_x};
        place_[pairs - 1].y = Doubles{last[1], far_y};
    }
    if ((outside[0] | outside[1]) != 0) return false;
    for (const std::int32_t number : edge_) {
        const BorderLine edge = lines[static_cast<std::size_t>(number)];
        const double reach = lines.reach(static_cast<std::size_t>(number));
        const Doubles reaches = {reach, reach};
        Bits near = {0, 0};
        for (std::size_t round = 0; round < rounds; ++round) {
            for (std::size_t k = 0; k < pairs_at_once; ++k) {
                const Places at = place_[round * pairs_at_once + k];
                const Doubles value = edge.a * at.x + edge.b * at.y + edge.c;
                near -= absolute(value) < reaches;
            }
        }
        const auto count = static_cast<std::size_t>(near[0] + near[1]);
        // Both ends of each edge along this border are all that may be near it. They are always near, for the
        // margin is greater than what rounding moves them by: so where two are, there is one edge only.
        if (count == 2) continue;
        std::size_t ends = 0;
        for (const std::int32_t other : edge_) {
            ends += other == number ? 2U : 0U;
        }
        if (count != ends) return false;
    }
    return true;
}

bool BorderProof::corner_clear(Point from, Point to, Position corner, double error) const {
    const double ux = static_cast<double>(to.x) - static_cast<double>(from.x);
    const double uy = static_cast<double>(to.y) - static_cast<double>(from.y);
    const double vx = corner.x - static_cast<double>(from.x);
    const double vy = corner.y - static_cast<double>(from.y);
    return std::abs(ux * vy - uy * vx) > (margin_ + error) * (std::abs(ux) + std::abs(uy));
}

} // namespace cutout::fracture
