// Splits a fragment that has holes into pieces that have none, at no loss of area.
//
// A line goes through the middle of a hole, across the longer side of the fragment's bounds. It cuts from the
// hole outwards, through whatever holes lie on the way, as far as the outer ring on both sides, and nowhere
// else: one hole costs one more piece, and so does a row of holes. Repeated until no piece has a hole.
//
// Thread rule: one object, one thread.
#pragma once

#include "fracture/plane_graph.h"
#include "fracture/soup.h"
#include "geometry/half_plane_split.h"
#include "geometry/symbolic.h"

#include <atomic>
#include <cstdint>
#include <span>
#include <vector>

namespace cutout::fracture {

class HoleOpener {
public:
    // The first ring is the outer one, counter-clockwise; the others are holes in it, clockwise. They may
    // touch in points. keys[r][i] is the key of the edge that leaves rings[r][i]. The pieces go to `out`, the
    // first with the label `label`, the others with the next ones; `cut_number` is the number of the next cut
    // line for their keys. Both are counted up. False: an invariant did not hold, or `cancel`
    // (may be null) was set.
    [[nodiscard]] bool open(std::span<const std::vector<geometry::Point>> rings,
                            std::span<const std::vector<EdgeKey>> keys, std::uint32_t& label,
                            std::uint64_t& cut_number, const std::atomic<bool>* cancel, Soup& out);

private:
    [[nodiscard]] bool split_once(geometry::Region& region, std::uint64_t& cut_number);
    void emit(const geometry::Region& region, std::uint32_t label, Soup& out) const;

    geometry::Lines lines_;
    std::vector<EdgeKey> key_of_line_;
    geometry::HalfPlaneSplit split_;
    std::vector<geometry::Region> pending_;
};

} // namespace cutout::fracture
