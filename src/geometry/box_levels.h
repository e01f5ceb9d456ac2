// The boxes of edges, in the order of their rings, and the boxes of four of them, and so on: which ones meet?
//
//     BoxLevels boxes; // keep it: its buffers are reused
//     boxes.build(from, after, reach);
//     switch (boxes.visit_pairs([&](std::size_t i, std::size_t j) { return edges_apart(i, j); })) {
//     case PairsEnd::all_visited: ...
//
// Edges that are near each other are mostly near in their ring, too. So on every level each box is compared
// with the ones that are 2 to 7 places ahead, four at once and without looking down from above. Boxes that
// are farther ahead than that have parents that are 2 places apart at least; and what is nearer are the
// same parent's and the next one's children, up to 7 places apart. So no pair is missed but those of
// neighbours, which are left to the caller. Where long edges lie side by side and aslant, all boxes meet all:
// the visit ends when that gets too much.
//
// Thread rule: one object, one thread.
#pragma once

#include "geometry/four_floats.h"
#include "geometry/limits.h"
#include "geometry/types.h"

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace cutout::geometry {

// How a visit ended.
enum class PairsEnd : std::uint8_t {
    all_visited,
    stopped,  // visit answered false
    too_many, // boxes that meet: about box_looks_per_edge for each edge
};

class BoxLevels {
public:
    // Edge i goes from from[i] to from[after[i]], which is the next but at the ends of rings. Boxes meet when
    // they are no farther apart than `reach`.
    void build(std::span<const Point> from, std::span<const std::uint32_t> after,
               std::span<const std::uint32_t> ends, float reach);

    // Calls visit(i, j), at least once for each pair of edges whose boxes meet, i + 2 <= j; perhaps twice.
    // Stops when it answers false.
    template <typename Visit> [[nodiscard]] PairsEnd visit_pairs(const Visit& visit) {
        looks_left_ = static_cast<std::int64_t>(box_looks_per_edge * level_[0].count);
        for (std::size_t level = 0; level < levels_; ++level) {
            if (!visit_level(level, visit)) return looks_left_ < 0 ? PairsEnd::too_many : PairsEnd::stopped;
        }
        return PairsEnd::all_visited;
    }
    // Calls visit(j) for each edge whose box meets that of edge i, which is one of them.
    template <typename Visit> [[nodiscard]] bool visit_near(std::size_t i, const Visit& visit) const {
        const Boxes box = enlarged(0, i);
        for (std::size_t group = 0; group * lanes < level_[levels_ - 1].count; ++group) {
            if (!visit_below(levels_ - 1, group, box, visit)) return false;
        }
        return true;
    }

private:
    void build_edges(std::span<const Point> from, std::span<const std::uint32_t> after);

    // Boxes that are looked at together; and children of each box.
    static constexpr std::size_t lanes = four;
    static constexpr std::size_t nearest = 2; // places ahead
    static constexpr std::size_t window = 7;
    static constexpr std::size_t most_levels = 12; // 4^12 edges are more than there can be
    using Floats = FourFloats;
    struct Boxes {
        Floats low_x;
        Floats low_y;
        Floats high_x;
        Floats high_y;
    };
    struct Level { // by coordinates, with boxes behind the last that meet nothing
        std::size_t count = 0;
        std::vector<float> low_x;
        std::vector<float> low_y;
        std::vector<float> high_x;
        std::vector<float> high_y;

        void start(std::size_t boxes);
        void set_edge(std::size_t i, Point a, Point b);
    };
    struct Meeting { // of the boxes from `first` on
        std::size_t first = 0;
        std::uint32_t mask = 0; // a bit for each and each of those ahead that it is compared with
    };

    // `lanes` boxes from i on.
    [[nodiscard]] Boxes boxes(std::size_t level, std::size_t i) const {
        const Level& l = level_[level];
        return {.low_x = load_four(l.low_x, i),
                .low_y = load_four(l.low_y, i),
                .high_x = load_four(l.high_x, i),
                .high_y = load_four(l.high_y, i)};
    }
    // One box in all lanes, a little larger.
    [[nodiscard]] Boxes enlarged(std::size_t level, std::size_t i) const {
        const Level& l = level_[level];
        return {.low_x = all_four(l.low_x[i] - reach_),
                .low_y = all_four(l.low_y[i] - reach_),
                .high_x = all_four(l.high_x[i] + reach_),
                .high_y = all_four(l.high_y[i] + reach_)};
    }
    // One bit for each lane in which the boxes meet.
    [[nodiscard]] static unsigned meeting(const Boxes& x, const Boxes& y) {
        return bits_of((x.low_x <= y.high_x) & (x.high_x >= y.low_x) & (x.low_y <= y.high_y) &
                       (x.high_y >= y.low_y));
    }

    // Fills meeting_ without a branch that hangs on what meets. Returns how many entries there are.
    [[nodiscard]] std::size_t find_meetings(std::size_t level);

    template <typename Visit> [[nodiscard]] bool visit_level(std::size_t level, const Visit& visit) {
        const std::size_t found = find_meetings(level);
        for (std::size_t k = 0; k < found; ++k) {
            for (std::uint32_t mask = meeting_[k].mask; mask != 0; mask &= mask - 1) {
                const auto bit = static_cast<std::size_t>(std::countr_zero(mask));
                const std::size_t first = meeting_[k].first + bit % lanes;
                const std::size_t second = first + nearest + bit / lanes;
                if (--looks_left_ < 0) return false;
                if (level > 0 ? !visit_children(level - 1, first, second, visit) : !visit(first, second))
                    return false;
            }
        }
        return true;
    }
    // The children of two boxes of the level above.
    template <typename Visit>
    [[nodiscard]] bool visit_children(std::size_t level, std::size_t first, std::size_t second,
                                      const Visit& visit) {
        const Boxes others = boxes(level, second * lanes);
        for (std::size_t i = first * lanes; i < (first + 1) * lanes; ++i) {
            for (unsigned mask = meeting(enlarged(level, i), others); mask != 0; mask &= mask - 1) {
                const std::size_t j = second * lanes + static_cast<std::size_t>(std::countr_zero(mask));
                if (--looks_left_ < 0) return false;
                if (level > 0 ? !visit_children(level - 1, i, j, visit) : !visit(i, j)) return false;
            }
        }
        return true;
    }
    template <typename Visit>
    [[nodiscard]] bool visit_below(std::size_t level, std::size_t group, const Boxes& box,
                                   const Visit& visit) const {
        for (unsigned mask = meeting(boxes(level, group * lanes), box); mask != 0; mask &= mask - 1) {
            const std::size_t j = group * lanes + static_cast<std::size_t>(std::countr_zero(mask));
            if (level > 0 ? !visit_below(level - 1, j, box, visit) : !visit(j)) return false;
        }
        return true;
    }

    float reach_ = 0.0F;
    std::size_t levels_ = 0;
    std::int64_t looks_left_ = 0; // at pairs of boxes that meet
    std::array<Level, most_levels> level_;
    std::vector<Meeting> meeting_;
};

} // namespace cutout::geometry
