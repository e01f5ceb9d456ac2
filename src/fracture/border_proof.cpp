#include "fracture/border_proof.h"

#include <algorithm>
#include <bit>
#include <cmath>

namespace cutout::fracture {

using geometry::Point;

// Comparisons are made by sign bits: so they stay in vector registers on every machine.
bool BorderProof::clear(std::span<const Point> points, const BorderLines& lines) {
    using Bits [[gnu::vector_size(lanes * sizeof(double))]] = std::uint64_t;
    constexpr std::uint64_t magnitude = ~std::uint64_t{0} >> 1U;
    const Bits magnitudes = {magnitude, magnitude};
    const auto absolute = [&](Doubles value) {
        return std::bit_cast<Doubles>(std::bit_cast<Bits>(value) & magnitudes);
    };
    // Rounds of eight points, the last repeated where they are fewer: most faces take one or two, so that
    // where they end is no branch that cannot be foreseen.
    const std::size_t last = points.size() - 1;
    const std::size_t rounds = last / (lanes * pairs_at_once) + 1;
    const std::size_t padding = rounds * lanes * pairs_at_once - points.size();
    if (place_.size() < rounds * pairs_at_once) place_.resize(rounds * pairs_at_once);
    const Doubles origin_x = {bounds_.origin_x, bounds_.origin_x};
    const Doubles origin_y = {bounds_.origin_y, bounds_.origin_y};
    const Doubles most = {bounds_.extent, bounds_.extent};
    Bits outside = {0, 0};
    for (std::size_t round = 0; round < rounds; ++round) {
        for (std::size_t k = 0; k < pairs_at_once; ++k) {
            const std::size_t i = round * pairs_at_once + k;
            const Point p = points[std::min(lanes * i, last)];
            const Point q = points[std::min(lanes * i + 1, last)];
            const Doubles x = Doubles{static_cast<double>(p.x), static_cast<double>(q.x)} - origin_x;
            const Doubles y = Doubles{static_cast<double>(p.y), static_cast<double>(q.y)} - origin_y;
            outside |= std::bit_cast<Bits>(most - absolute(x)) | std::bit_cast<Bits>(most - absolute(y));
            place_[i] = {.x = x, .y = y};
        }
    }
    if (((outside[0] | outside[1]) & ~magnitude) != 0) return false;
    const double last_x = static_cast<double>(points.back().x) - bounds_.origin_x;
    const double last_y = static_cast<double>(points.back().y) - bounds_.origin_y;
    for (const std::int32_t number : edge_) {
        const BorderLine edge = lines[static_cast<std::size_t>(number)];
        const double reach = edge.reach(margin_);
        const Doubles reaches = {reach, reach};
        Bits far = {0, 0};
        for (std::size_t round = 0; round < rounds; ++round) {
            for (std::size_t k = 0; k < pairs_at_once; ++k) {
                const Places place = place_[round * pairs_at_once + k];
                const Doubles value = edge.a * place.x + edge.b * place.y + edge.c;
                far += std::bit_cast<Bits>(reaches - absolute(value)) >> 63U;
            }
        }
        const bool last_far = std::abs(edge.a * last_x + edge.b * last_y + edge.c) > reach;
        const std::size_t near = points.size() + (last_far ? padding : 0) - (far[0] + far[1]);
        // Both ends of each edge along this border are all that may be near it. They are always near, for the
        // margin is greater than what rounding moves them by: so where two are, there is one edge only.
        if (near == 2) continue;
        std::size_t ends = 0;
        for (const std::int32_t other : edge_) {
            ends += other == number ? 2U : 0U;
        }
        if (near != ends) return false;
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
