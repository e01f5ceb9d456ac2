// Which edge of which fragment lies on the other side of each edge: from the fragments alone, by matching
// edges that run through the same two points the opposite way.
//
//     EdgeMatch match;
//     match.build(fragments);
//     if (match.partner(i) == EdgeMatch::none) { /* the polygon's boundary */ }
//
// Edge i leaves points[i] of the fragments, for the next point of the same ring. Fragments of one result
// match edge for edge, bit for bit, so nothing is missed. Linear.
//
// Thread rule: one object, one thread.
#pragma once

#include "fracture/fracture.h"
#include "fracture/plane_graph.h"

#include <cstdint>
#include <limits>
#include <vector>

namespace cutout::fracture {

class EdgeMatch {
public:
    static constexpr std::uint32_t none = std::numeric_limits<std::uint32_t>::max();

    void build(const Fragments& fragments);

    [[nodiscard]] std::uint32_t partner(std::uint32_t edge) const { return partner_[edge]; }
    [[nodiscard]] std::uint32_t fragment_of(std::uint32_t edge) const { return fragment_of_[edge]; }
    // The edge after this one in its ring.
    [[nodiscard]] std::uint32_t next(std::uint32_t edge) const { return next_[edge]; }
    // Equal points have one number.
    [[nodiscard]] std::uint32_t number(std::uint32_t edge) const { return number_[edge]; }
    [[nodiscard]] std::size_t point_count() const { return numbers_.points().size(); }
    // The edges that leave the point with this number: the first, and after each the next one, or none.
    [[nodiscard]] std::uint32_t first_leaving(std::uint32_t point) const { return first_leaving_[point]; }
    [[nodiscard]] std::uint32_t next_leaving(std::uint32_t edge) const { return next_leaving_[edge]; }

private:
    PointNumbers numbers_;
    std::vector<std::uint32_t> number_;
    std::vector<std::uint32_t> next_;
    std::vector<std::uint32_t> fragment_of_;
    std::vector<std::uint32_t> first_leaving_;
    std::vector<std::uint32_t> next_leaving_;
    std::vector<std::uint32_t> partner_;
};

} // namespace cutout::fracture
