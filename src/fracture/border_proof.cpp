#include "fracture/border_proof.h"

#include <bit>
#include <cmath>

namespace cutout::fracture {

using geometry::Point;

// Comparisons are made by sign bits: so they stay in vector registers on every machine.
bool BorderProof::clear(std::span<const Point> ring, const BorderLines& lines) {
    using Bits [[gnu::vector_size(lanes * sizeof(double))]] = std::uint64_t;
    constexpr std::uint64_t magnitude = ~std::uint64_t{0} >> 1U;
    const Bits magnitudes = {magnitude, magnitude};
    const auto absolute = [&](Doubles value) {
        return std::bit_cast<Doubles>(std::bit_cast<Bits>(value) & magnitudes);
    };
    const std::size_t pairs = ring.size() / lanes;
    const bool odd = ring.size() % lanes != 0;
    if (place_.size() < pairs) place_.resize(pairs);
    const Doubles origin_x = {bounds_.origin_x, bounds_.origin_x};
    const Doubles origin_y = {bounds_.origin_y, bounds_.origin_y};
    const Doubles most = {bounds_.extent, bounds_.extent};
    Bits outside = {0, 0};
    for (std::size_t i = 0; i < pairs; ++i) {
        const Point p = ring[lanes * i];
        const Point q = ring[lanes * i + 1];
        const Doubles x = Doubles{static_cast<double>(p.x), static_cast<double>(q.x)} - origin_x;
        const Doubles y = Doubles{static_cast<double>(p.y), static_cast<double>(q.y)} - origin_y;
        outside |= std::bit_cast<Bits>(most - absolute(x)) | std::bit_cast<Bits>(most - absolute(y));
        place_[i] = {.x = x, .y = y};
    }
    const double last_x = static_cast<double>(ring.back().x) - bounds_.origin_x;
    const double last_y = static_cast<double>(ring.back().y) - bounds_.origin_y;
    if (((outside[0] | outside[1]) & ~magnitude) != 0 || std::abs(last_x) > bounds_.extent ||
        std::abs(last_y) > bounds_.extent) {
        return false;
    }
    for (const std::int32_t number : edge_) {
        const BorderLine edge = lines[static_cast<std::size_t>(number)];
        const double reach = margin_ * (std::abs(edge.a) + std::abs(edge.b)) + edge.bound;
        const Doubles reaches = {reach, reach};
        Bits far = {0, 0};
        for (std::size_t i = 0; i < pairs; ++i) {
            const Doubles value = edge.a * place_[i].x + edge.b * place_[i].y + edge.c;
            far += std::bit_cast<Bits>(reaches - absolute(value)) >> 63U;
        }
        std::size_t others = far[0] + far[1];
        if (odd)
            others += static_cast<std::size_t>(std::abs(edge.a * last_x + edge.b * last_y + edge.c) > reach);
        // Both ends of each edge along this border are all that may be near it.
        std::size_t ends = 0;
        for (const std::int32_t other : edge_) {
            ends += other == number ? 2U : 0U;
        }
        if (others + ends != ring.size()) return false;
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
