// The outlines of joined fragments: the fragments of a group that touch along an edge are one *part*, and its
// rings run where another part or nothing lies on the other side.
//
//     Outlines outlines(fragments, group_of_fragment);
//     for (std::span<const std::uint32_t> part : outlines.parts()) { // fragments, rising
//         if (!outlines.trace(part)) { /* an error of ours */ }
//         // outlines.loop_edges(), outlines.loop_ends()
//     }
//
// Every ring is simple: where an outline comes to a point again it is taken apart there. The area lies beside
// the edges as it does in the fragments. n log n.
//
// Thread rule: one object, one thread. It keeps a view of the fragments.
#pragma once

#include "fracture/edge_match.h"
#include "fracture/fracture.h"

#include <cstdint>
#include <span>
#include <vector>

namespace cutout::fracture {

class Outlines {
public:
    // One number for each fragment; any numbers will do.
    Outlines(const Fragments& fragments, std::span<const std::uint32_t> group_of_fragment);

    [[nodiscard]] const std::vector<std::span<const std::uint32_t>>& parts() const { return parts_; }
    [[nodiscard]] const EdgeMatch& match() const { return match_; }
    // The fragments' winding.
    [[nodiscard]] int sense() const { return sense_; }

    // False: the fragments do not fit together.
    [[nodiscard]] bool trace(std::span<const std::uint32_t> part);
    // Of the part that was traced last: edges, as EdgeMatch numbers them, for their first points; ring after
    // ring, each up to its end.
    [[nodiscard]] const std::vector<std::uint32_t>& loop_edges() const { return loop_edges_; }
    [[nodiscard]] const std::vector<std::uint32_t>& loop_ends() const { return loop_ends_; }

private:
    void find_parts(std::span<const std::uint32_t> group);
    [[nodiscard]] std::uint32_t part_of(std::uint32_t edge) const { return part_[match_.fragment_of(edge)]; }
    // Does the part end here?
    [[nodiscard]] bool is_outline(std::uint32_t edge) const {
        const std::uint32_t partner = match_.partner(edge);
        return partner == EdgeMatch::none || part_of(partner) != part_of(edge);
    }
    [[nodiscard]] geometry::Point point(std::uint32_t edge) const { return fragments_.points[edge]; }
    [[nodiscard]] bool walk(std::uint32_t start);
    void end_loop(std::size_t begin);
    [[nodiscard]] std::uint32_t edge_after(std::uint32_t edge) const;
    [[nodiscard]] bool comes_first(geometry::Point u, geometry::Point v, std::uint32_t e,
                                   std::uint32_t other) const;

    const Fragments& fragments_;
    EdgeMatch match_;
    int sense_ = 1;
    std::vector<std::uint32_t> part_; // of each fragment the first one of its part
    std::vector<std::uint32_t> order_;
    std::vector<std::span<const std::uint32_t>> parts_; // in order_
    std::vector<std::uint8_t> visited_;                 // of each edge
    std::vector<std::uint32_t> depth_of_;               // of each point, in walk_, + 1
    std::vector<std::uint32_t> walk_;                   // edges
    std::vector<std::uint32_t> loop_edges_;
    std::vector<std::uint32_t> loop_ends_;
};

} // namespace cutout::fracture
