// Splits a polygon with holes into pieces without holes, along diagonals: no new points, no rounding, no area
// lost, and nothing changes for whoever lies beyond the polygon's edges.
//
//     HoleOpener opener; // keep it: its buffers are reused
//     if (opener.open(points, ends)) { for (std::size_t i = 0; i < opener.count(); ++i) use(opener.ring(i));
//     }
//
// The triangles of the polygon (triangulate.h) are joined across their edges, the longest edge first, as long
// as the two pieces share this edge and no other point. So every piece stays a disc, a simple ring, and no
// edge that is left could be taken away; one hole leaves two pieces. Rings may touch one another in vertices,
// and several polygons may be given at once. The pieces hang on the polygon alone, not on where its rings
// begin.
//
// False: what was given is not a polygon (see triangulate.h), or `cancel` was set.
//
// Thread rule: one object, one thread. `cancel` may be set from any.
#pragma once

#include "geometry/triangulate.h"
#include "geometry/types.h"

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace cutout::geometry {

class HoleOpener {
public:
    [[nodiscard]] bool open(std::span<const Point> points, std::span<const std::uint32_t> ends,
                            const std::atomic<bool>* cancel = nullptr);

    // The pieces, counter-clockwise: indices into the points that were given, of equal points the first.
    [[nodiscard]] std::size_t count() const { return ends_.size(); }
    [[nodiscard]] std::span<const std::uint32_t> ring(std::size_t i) const {
        const std::uint32_t begin = i == 0 ? 0 : ends_[i - 1];
        return {corners_.data() + begin, ends_[i] - begin};
    }

private:
    struct Diagonal {
        double squared_length = 0.0;
        std::int32_t half_edge = 0; // from its first end by x, then y
    };
    // A node of a leftist heap: a half-edge between two pieces, the longest on top (C. A. Crane, Linear lists
    // and priority queues as balanced binary trees, 1972).
    struct Side {
        std::int32_t rank = 0; // by length
        std::int32_t left = Mesh::none;
        std::int32_t right = Mesh::none;
        std::int32_t depth = 1; // of the way down along the right
    };
    // A set of triangles that are joined, under the number of one of them.
    struct Piece {
        double area = 0.0; // twice
        std::int32_t parent = 0;
        std::int32_t rank = 0;    // of the longest side that any of its triangles has
        std::uint32_t points = 0; // how many
        std::int32_t first = 0;   // its points, as a list of corners
        std::int32_t last = 0;
        std::int32_t longest = Mesh::none; // of the sides that were not tried yet: the top of their heap
    };
    struct Waiting {
        double area = 0.0;
        std::int32_t rank = 0;
        std::int32_t piece = 0;

        // The top of a heap is the smallest.
        friend bool operator<(const Waiting& a, const Waiting& b) {
            return a.area != b.area ? a.area > b.area : a.rank > b.rank;
        }
    };

    void collect_diagonals(std::span<const Point> points);
    void start_pieces(std::span<const Point> points);
    void wait(std::int32_t piece);
    [[nodiscard]] std::int32_t piece_of(std::int32_t triangle);
    [[nodiscard]] std::int32_t meld(std::int32_t a, std::int32_t b);
    void join_with_a_neighbour(std::int32_t piece);
    [[nodiscard]] bool has_point(std::int32_t piece, std::int32_t point);
    [[nodiscard]] bool share_only(std::int32_t side, std::int32_t small, std::int32_t large);
    void join(std::int32_t side, std::int32_t small, std::int32_t large);
    void trace_pieces();

    Triangulation triangulation_;
    std::vector<Diagonal> diagonals_;
    std::vector<Side> sides_; // of each half-edge
    std::vector<Piece> pieces_;
    std::vector<Waiting> waiting_;            // a heap; pieces that have grown since stand there again
    std::vector<std::int32_t> next_corner_;   // of each corner the next one in its piece's list
    std::vector<std::int32_t> corners_at_;    // the corners, by their point
    std::vector<std::int32_t> corners_begin_; // of each point, in corners_at_; and the end
    std::vector<std::uint8_t> traced_;        // of each half-edge
    std::vector<std::uint32_t> corners_;
    std::vector<std::uint32_t> ends_;
};

} // namespace cutout::geometry
