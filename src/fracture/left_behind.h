// Points that cuts left behind on a polygon's outline, where the cells on both sides were joined again.
//
//     if (drop_left_behind(may_go, ring)) { /* some are gone: */ edges.add(ring); }
//     if (edges.meet(cancel)) { /* an edge jumped over a point beside it: use the rings as they were */ }
//
// Thread rule: one object, one thread. `cancel` may be set from any.
#pragma once

#include "fracture/plane_graph.h"
#include "geometry/planarity.h"
#include "geometry/types.h"

#include <atomic>
#include <cstdint>
#include <span>
#include <utility>
#include <vector>

namespace cutout::fracture {

// Drops points that may go (1) where those that stay before and after them have them on their line, up to
// rounding: a corner that rounding moved, or made, stays. Were any dropped?
bool drop_left_behind(std::span<const std::uint8_t> may_go, std::vector<geometry::Point>& ring);

// Of several rings; an edge that two share is one.
class EdgeSet {
public:
    void add(std::span<const geometry::Point> ring);
    // Anywhere but in their ends? When cancelled: true.
    [[nodiscard]] bool meet(const std::atomic<bool>* cancel) const;

private:
    PointNumbers numbers_;
    std::vector<std::pair<std::uint32_t, std::uint32_t>> edges_;
};

} // namespace cutout::fracture
