// Proves that rings are simple and keep apart, in about the time it takes to read them.
//
//     RingProof proof; // keep it: its buffers are reused
//     proof.begin(largest_coordinate);
//     proof.add(ring);
//     if (!proof.apart()) { /* edges meet */ }
//     if (proof.close_call()) { /* they do not meet, but those that they were rounded from may */ }
//
// The points are known to be roundings of exact ones. What keeps apart by more than a few units in the last
// place did so before rounding. A smaller distance is decided exactly for the rounded points, and remembered
// as a close call: it proves nothing of the exact ones.
//
// That is enough for fragments: where each is simple and winds counter-clockwise, and the boundary is simple,
// with holes that wind clockwise, they tile it. For their edges along cuts cancel out, so at every point the
// windings of all fragments, each 0 or 1, add up to that of the boundary, 0 or 1.
//
// Thread rule: one object, one thread.
#pragma once

#include "geometry/box_levels.h"
#include "geometry/point_pairs.h"
#include "geometry/types.h"

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace cutout::fracture {

class RingProof {
public:
    // largest: bound of all coordinates' magnitudes, from which the rounding errors follow.
    void begin(double largest);

    // Convex, counter-clockwise and without three points on a line, for the points as they are, near or not?
    // Then it is simple. A false says nothing.
    [[nodiscard]] static bool left_turning(std::span<const geometry::Point> ring);
    // Is every edge seen from the middle of the points, and all of them once round it? Then the ring is
    // simple and winds counter-clockwise (`turn` 1) or clockwise (-1). A false says nothing.
    [[nodiscard]] bool star_shaped(std::span<const geometry::Point> ring, int turn) const;
    // Does the ring, counter-clockwise, consist of a lower and an upper chain, both rising along the
    // direction, the one below the other? Then it is simple. A false says nothing.
    [[nodiscard]] bool monotone(std::span<const geometry::Point> ring, geometry::Point from,
                                geometry::Point to);

    // The rings to prove together: reset(), add() each, then one of the two questions. A ring has three
    // points or more, and no two equal ones in a row. `turn`: how it has to wind (1 or -1), where that
    // matters; a ring that is star-shaped is not looked at again then.
    void reset();
    void add(std::span<const geometry::Point> ring, int turn = 0);
    // The same for a ring whose neighbouring points rounding may have joined: these count once. False: less
    // than three points are left.
    [[nodiscard]] bool add_rounded(std::span<const geometry::Point> ring, int turn);
    // Does no edge meet another, but the one before and the one after in their shared point? And do the
    // rings wind as they have to? False also if `cancel` (may be null) was set.
    [[nodiscard]] bool apart(const std::atomic<bool>* cancel = nullptr);
    // The same for the edges that are marked, against all. marks[i]: of the edge from point i to the next.
    [[nodiscard]] bool marked_apart(std::span<const std::uint8_t> marks);

    [[nodiscard]] bool close_call() const { return close_call_; }
    // Since begin(): has add_rounded() dropped a point? Then what lies between a point and itself may be a
    // tip that rounding has closed, and what is on its other side touches itself there.
    [[nodiscard]] bool points_joined() const { return points_joined_; }

private:
    [[nodiscard]] bool rings_apart();
    void link();
    [[nodiscard]] bool corner(std::size_t i);
    [[nodiscard]] bool edges_apart(std::size_t i, std::size_t j);
    [[nodiscard]] bool corners_apart();
    [[nodiscard]] bool plane(const std::atomic<bool>* cancel);
    [[nodiscard]] bool windings_kept() const;

    double margin_ = 0.0; // a distance
    float reach_ = 0.0F;  // the same, for boxes
    bool close_call_ = false;
    bool points_joined_ = false;
    std::vector<geometry::Point> from_; // of each edge
    std::vector<std::uint32_t> after_;  // the edge that follows it in its ring
    std::vector<std::uint32_t> ends_;   // of the rings
    struct Ring {
        std::size_t begin = 0;
        std::size_t end = 0;
        int turn = 0;
        geometry::PointBounds bounds; // where there are several
    };
    std::vector<Ring> ring_;
    bool all_star_shaped_ = true;
    geometry::BoxLevels boxes_;
    std::vector<double> height_;
    std::vector<geometry::Point> distinct_;
};

} // namespace cutout::fracture
