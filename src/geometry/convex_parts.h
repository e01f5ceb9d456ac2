// Splits a ring into convex parts, as physics wants them: few corners, no three in a line, nothing left out.
//
//     ConvexParts parts; // keep it: its buffers are reused
//     if (parts.split(ring, 8)) { for (std::size_t i = 0; i < parts.count(); ++i) use(parts.part(i)); }
//
// The ring's triangles (triangulate.h) are joined across the longest edges first, as long as the result is
// convex and has no more than the given number of corners (S. Hertel and K. Mehlhorn, Fast triangulation of
// simple polygons, FCT 1983). So the parts cover the ring exactly, and but for the number of corners no two
// of them that share an edge could be one. A ring that is convex and small enough is one part.
//
// Every corner of a part turns left, exactly: a point of the ring where a part goes straight on is not a
// corner of it. A sliver of the ring's own stays a sliver: a part may be as thin as the ring is there.
// width() tells.
//
// False: the ring is not simple, as far as was noticed, or max_corners is less than three.
//
// Thread rule: one object, one thread.
#pragma once

#include "geometry/triangulate.h"
#include "geometry/types.h"

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace cutout::geometry {

class ConvexParts {
public:
    [[nodiscard]] bool split(RingView ring, std::uint32_t max_corners);

    // The parts, counter-clockwise whatever the ring's winding: indices into the ring.
    [[nodiscard]] std::size_t count() const { return ends_.size(); }
    [[nodiscard]] std::span<const std::uint32_t> part(std::size_t i) const {
        const std::uint32_t begin = i == 0 ? 0 : ends_[i - 1];
        return {corners_.data() + begin, ends_[i] - begin};
    }

private:
    struct Diagonal {
        double squared_length = 0.0;
        std::int32_t half_edge = 0; // from its first end by x, then y
    };

    [[nodiscard]] bool is_one_part(RingView ring, std::uint32_t max_corners);
    void join_across(RingView ring, std::int32_t e, std::uint32_t max_corners);
    void trace(RingView ring);
    [[nodiscard]] std::int32_t part_of(std::int32_t triangle);

    Triangulation triangulation_;
    std::vector<Diagonal> diagonals_;
    std::vector<std::int32_t> next_; // of each half-edge that is left, round its part
    std::vector<std::int32_t> previous_;
    std::vector<std::int32_t> parent_;        // of each triangle: union-find
    std::vector<std::uint32_t> corner_count_; // of each part
    std::vector<std::uint8_t> done_;          // half-edges that were joined across, or traced
    std::vector<std::uint32_t> corners_;
    std::vector<std::uint32_t> ends_;
};

// The smallest distance between two parallel lines with the convex part between them, in doubles.
[[nodiscard]] double width(std::span<const Point> convex);

} // namespace cutout::geometry
