// The boxes of edges, in the order of their rings, and the boxes of four of them, and so on: which ones meet?
//
//     BoxLevels boxes; // keep it: its buffers are reused
//     boxes.build(from, after, reach);
//     bool apart = boxes.visit_pairs([&](std::size_t i, std::size_t j) { return edges_apart(i, j); });
//
// Edges that are near each other are mostly near in their ring, too. So on every level each box is compared
// with the ones that are 2 to 7 places ahead, four at once and without looking down from above. Boxes that
// are farther ahead than that have parents that are 2 places apart at least; and what is nearer are the
// same parent's and the next one's children, up to 7 places apart. So no pair is missed but those of
// neighbours, which are left to the caller.
//
// Thread rule: one object, one thread.
#pragma once

#include "geometry/four_floats.h"
#include "geometry/types.h"

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace cutout::fracture {

class BoxLevels {
public:
    // Edge i goes from from[i] to from[after[i]], which is the next but at the ends of rings. Boxes meet when
    // they are no farther apart than `reach`.
    void build(std::span<const geometry::Point> from, std::span<const std::uint32_t> after,
               std::span<const std::size_t> ends, float reach);

    // Calls visit(i, j), at least once for each pair of edges whose boxes meet, i + 2 <= j; perhaps twice.
    // Ends when it answers false, which is the result then.
    template <typename Visit> [[nodiscard]] bool visit_pairs(const Visit& visit) {
        for (std::size_t level = 0; level < levels_; ++level) {
            if (!visit_level(level, visit)) return false;
        }
        return true;
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
    void build_edges(std::span<const geometry::Point> from, std::span<const std::uint32_t> after);

    // Boxes that are looked at together; and children of each box.
    static constexpr std::size_t lanes = geometry::four;
    static constexpr std::size_t nearest = 2; // places ahead
    static constexpr std::size_t window = 7;
    static constexpr std::size_t most_levels = 12; // 4^12 edges are more than there can be
    using Floats = geometry::FourFloats;
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
        void set_edge(std::size_t i, geometry::Point a, geometry::Point b);
    };
    struct Meeting { // of the boxes from `first` on
        std::size_t first = 0;
        std::uint32_t mask = 0; // a bit for each and each of those ahead that it is compared with
    };

    // `lanes` boxes from i on.
    [[nodiscard]] Boxes boxes(std::size_t level, std::size_t i) const {
        const Level& l = level_[level];
        return {.low_x = geometry::load_four(l.low_x, i),
                .low_y = geometry::load_four(l.low_y, i),
                .high_x = geometry::load_four(l.high_x, i),
                .high_y = geometry::load_four(l.high_y, i)};
    }
    // One box in all lanes, a little larger.
    [[nodiscard]] Boxes enlarged(std::size_t level, std::size_t i) const {
        const Level& l = level_[level];
        return {.low_x = geometry::all_four(l.low_x[i] - reach_),
                .low_y = geometry::all_four(l.low_y[i] - reach_),
                .high_x = geometry::all_four(l.high_x[i] + reach_),
                .high_y = geometry::all_four(l.high_y[i] + reach_)};
    }
    // One bit for each lane in which the boxes meet.
    [[nodiscard]] static unsigned meeting(const Boxes& x, const Boxes& y) {
        return geometry::bits_of((x.low_x <= y.high_x) & (x.high_x >= y.low_x) & (x.low_y <= y.high_y) &
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
                if (level > 0 ? !visit_children(level - 1, first, second, visit) : !visit(first, second))
                    return false;
            }
        }
        return true;
    }
    // The children of two boxes of the level above.
    template <typename Visit>
    [[nodiscard]] bool visit_children(std::size_t level, std::size_t first, std::size_t second,
                                      const Visit& visit) const {
        const Boxes others = boxes(level, second * lanes);
        for (std::size_t i = first * lanes; i < (first + 1) * lanes; ++i) {
            for (unsigned mask = meeting(enlarged(level, i), others); mask != 0; mask &= mask - 1) {
                const std::size_t j = second * lanes + static_cast<std::size_t>(std::countr_zero(mask));
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
    std::array<Level, most_levels> level_;
    std::vector<Meeting> meeting_;
};

} // namespace cutout::fracture
