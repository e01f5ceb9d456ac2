// Voronoi fracture whose work grows with what comes out, not with sites times points.
//
//     VoronoiWalk walk; // keep it: its buffers are reused
//     if (walk.run(polygon, sites, fragments)) { /* done, and proven */ }
//     else { /* nothing is known: take cut_voronoi() */ }
//
// 1. The Voronoi diagram of the sites (voronoi_cells.h).
// 2. Walk each ring once through the cells. Where an edge leaves a cell, the crossing is found once, and both
//    cells share it. A *chain* is a stretch of ring within one cell.
// 3. In each cell, sort the ends of its chains round the cell's border and link each way out to the next way
//    in; between the two the fragment follows the border and takes the Voronoi vertices that it passes.
// 4. Cells that no ring enters are whole fragments where their vertices lie inside.
//
// The result is proven before it is handed out, on the rounded points themselves:
// - ways out and in alternate round every cell, so the interior is one side of every chain;
// - in every cell no two edges meet, neither chain and chain nor chain and border, and the border itself
// turns
//   left everywhere. So every fragment is a simple ring, and so is the polygon;
// - every Voronoi vertex is inside for all its cells or for none.
// Then every piece of a border belongs to two fragments, once in each direction, the fragments' windings add
// up to the polygon's, which is 0 or 1 everywhere, and so they tile it. The sum of areas is compared all the
// same. Where any decision hangs on a tie or on a last bit - a vertex on a bisector, a ring that fits in one
// cell, rounding that folds a sliver over - the answer is false.
//
// The bits are those of cut_voronoi() and Finisher: each point is the exact one, rounded to nearest.
//
// Thread rule: one object, one thread.
#pragma once

#include "fracture/fracture.h"
#include "fracture/voronoi_cells.h"
#include "geometry/validate.h"

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace cutout::fracture {

// Why a walk ended without a result.
enum class WalkEnd : std::uint8_t {
    done,
    degenerate_sites, // fewer than three, equal, collinear
    tie,              // a point on a bisector, or two crossings in one place, or too close to tell
    one_cell,         // a ring lies within one cell
    not_alternating,  // ways out and in do not alternate
    not_simple,       // rounded edges meet, or the polygon's own do
    wrong_area,
    cancelled,
};

class VoronoiWalk {
public:
    // The polygon need not be known to be simple, but it has the rings of a SimplePolygon: oriented, without
    // repeated points, within the supported range. On false `out` is empty.
    [[nodiscard]] bool run(const geometry::SimplePolygon& polygon, std::span<const geometry::Point> sites,
                           const Control& control, Fragments& out);

    [[nodiscard]] WalkEnd end() const { return end_; }

private:
    struct Chain {
        std::int32_t cell = -1; // -1: no chain
        std::int32_t first = 0; // its points in pool_, the crossings at both ends included
        std::int32_t last = 0;
        std::int32_t slot_in = 0;
        std::int32_t slot_out = 0;
        std::int32_t next_in_cell = -1;
        std::int32_t follow = -1; // the chain that the fragment goes on with
        double along_in = 0.0;    // position along the slot, counter-clockwise round the cell
        double along_out = 0.0;
        double error_in = 0.0; // bounds of their errors
        double error_out = 0.0;
    };
    struct Crossing {
        std::int32_t slot = -1;
        double t = 0.0; // along the edge, 0 to 1, and its error
        double t_error = 0.0;
    };
    struct Event {
        std::int32_t slot = 0;
        std::int32_t chain = 0;
        double along = 0.0;
        double error = 0.0;
        bool in = false;
    };
    struct Box {
        float low_x = 0.0F;
        float low_y = 0.0F;
        float high_x = 0.0F;
        float high_y = 0.0F;
    };
    struct Segment {
        geometry::Point a;
        geometry::Point b;
        bool goes_on = false; // the next one of its chain follows
    };
    struct Draft {
        std::uint32_t cell = 0;
        std::uint32_t begin = 0; // in draft_points_, first the lowest point
        std::uint32_t end = 0;
    };

    template <typename T> [[nodiscard]] static std::size_t at(T i) { return static_cast<std::size_t>(i); }

    [[nodiscard]] WalkEnd walk_all(const geometry::SimplePolygon& polygon,
                                   std::span<const geometry::Point> sites, const Control& control);
    // voronoi_walk.cpp: steps 1 and 2
    [[nodiscard]] WalkEnd walk_ring(geometry::RingView ring);
    [[nodiscard]] WalkEnd locate(Position p, std::int32_t& cell) const;
    [[nodiscard]] WalkEnd way_out(std::int32_t cell, Position a, Position b, double t_in,
                                  Crossing& out) const;
    void leave(const Crossing& crossing, Position a, Position b, geometry::Point from, geometry::Point to);
    // voronoi_stitch.cpp: steps 3 and 4
    [[nodiscard]] WalkEnd stitch_all(const Control& control);
    void group_chains();
    [[nodiscard]] WalkEnd link_cell(std::int32_t cell);
    void box_segments(std::int32_t cell);
    [[nodiscard]] bool chains_apart() const;
    void add_segment(const Segment& segment);
    [[nodiscard]] bool add_border(geometry::Point a, geometry::Point b);
    template <typename Visit>
    [[nodiscard]] bool no_overlap(const Box& box, std::size_t from, const Visit& fails) const;
    [[nodiscard]] WalkEnd trace_cell(std::int32_t cell);
    [[nodiscard]] WalkEnd follow_border(std::int32_t cell, const Chain& from, const Chain& to);
    [[nodiscard]] WalkEnd whole_cell(std::int32_t cell);
    [[nodiscard]] WalkEnd mark_vertices(std::int32_t cell);
    void end_draft(std::int32_t cell, std::size_t begin);
    [[nodiscard]] WalkEnd emit(const geometry::SimplePolygon& polygon, Fragments& out);

    VoronoiCells cells_;
    WalkEnd end_ = WalkEnd::done;
    std::int32_t cell_ = 0;             // where the walk is
    std::int32_t chain_at_ = -1;        // the chain it is in; -1: still in the ring's head
    Chain head_;                        // the ring's first points, up to the first crossing
    std::vector<geometry::Point> pool_; // points of the walked rings, crossings included
    std::vector<Chain> chain_;
    std::vector<std::int32_t> first_chain_; // of each cell
    std::vector<Event> event_;
    std::vector<Segment> segment_; // of the cell at hand: of its chains, then of its borders
    std::vector<Box> box_;         // of each segment
    std::vector<Box> block_;       // of each block of segments
    enum Mark : std::uint8_t { unknown = 0, inside = 1, outside = 2 };
    std::vector<std::uint8_t> vertex_mark_;
    std::vector<std::int32_t> taken_by_; // the last cell whose fragments took the Voronoi vertex
    std::vector<std::uint8_t> cell_known_;
    std::vector<std::int32_t> queue_;
    std::vector<geometry::Point> draft_points_;
    std::vector<Draft> draft_;
};

} // namespace cutout::fracture
