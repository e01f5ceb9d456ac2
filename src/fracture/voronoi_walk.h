// Voronoi fracture whose work grows with what comes out, not with sites times points.
//
//     VoronoiWalk walk; // keep it: its buffers are reused
//     if (walk.run(polygon, sites, control, fragments)) { /* done, and proven */ }
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
// - no two edges of the boundary meet (ring_proof.h), and no edge along a cell's border meets an edge of its
//   fragment (border_proof.h). So every fragment is a simple ring, and so is the polygon;
// - every Voronoi vertex is inside for all its three cells or for none.
// Then every piece of a border belongs to two fragments, once in each direction, the fragments' windings add
// up to the polygon's, which is 0 or 1 everywhere, and so they tile it. The sum of areas is compared all the
// same. Ties (a point on a bisector, sites on one circle) are resolved by rules, see voronoi_cells.h.
// Where rounding folds a sliver over, or joins what was apart, the answer is false.
//
// The bits are those of cut_voronoi() and Finisher: each point is the exact one, rounded to nearest.
//
// Thread rule: one object, one thread.
#pragma once

#include "fracture/border_proof.h"
#include "fracture/fracture.h"
#include "fracture/fragment_drafts.h"
#include "fracture/ring_proof.h"
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
    degenerate_sites, // none, or beyond the triangulation
    lost,             // the walk or the links round a cell went wrong: the polygon is not simple
    hole,             // a hole within one cell could not be opened
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

    // What run() does, step by step, for those who time the steps. Each may be called when the one before
    // answered `done`.
    [[nodiscard]] WalkEnd build_cells(const geometry::SimplePolygon& polygon,
                                      std::span<const geometry::Point> sites);
    [[nodiscard]] WalkEnd follow_rings();
    [[nodiscard]] WalkEnd stitch(const Control& control);
    [[nodiscard]] WalkEnd hand_out(const Control& control, Fragments& out);

    [[nodiscard]] WalkEnd end() const { return end_; }
    // After a run that went well: is it proven that the polygon is simple? False: some of its edges are so
    // close that only the rounded ones are known to keep apart.
    [[nodiscard]] bool polygon_is_simple() const { return !proof_.close_call(); }

private:
    struct Passage { // where a chain begins or ends
        std::int32_t slot = 0;
        std::uint32_t edge = 0; // of the polygon: its first point
        double along = 0.0;     // position along the slot, counter-clockwise round the cell
        double error = 0.0;
    };
    struct Chain {
        std::int32_t cell = -1;
        std::int32_t first = 0; // its points in pool_, the crossings at both ends included
        std::int32_t last = 0;
        std::int32_t next_in_cell = -1;
        std::int32_t follow = -1; // the chain that the fragment goes on with
        Passage in;
        Passage out;
    };
    struct Crossing {
        std::int32_t slot = -1;
        double t = 0.0; // along the edge, 0 to 1, and its error
        double t_error = 0.0;
    };
    struct Event {
        Passage passage;
        std::int32_t chain = 0;
        bool in = false;
    };
    struct LoneRing {            // within one cell
        std::uint32_t begin = 0; // in the polygon's points
        std::uint32_t end = 0;
        std::int32_t cell = 0;
    };
    struct Cell {
        std::int32_t chain = -1; // its first
        bool has_near = false;   // a vertex of a ring in it is near its border
    };

    template <typename T> [[nodiscard]] static std::size_t at(T i) { return static_cast<std::size_t>(i); }

    // voronoi_walk.cpp: steps 1 and 2
    [[nodiscard]] WalkEnd walk_ring(std::uint32_t begin, std::uint32_t end);
    [[nodiscard]] bool locate(geometry::Point p, std::int32_t& cell);
    [[nodiscard]] bool stays(std::int32_t cell, std::int32_t s, std::uint32_t vertex, double value);
    [[nodiscard]] bool go_to_owner(std::uint32_t vertex);
    [[nodiscard]] Crossing way_out(std::int32_t cell, const WalkEdge& edge, std::uint32_t number,
                                   std::uint64_t near);
    // (Apart, so that the way along the edges that stay in their cell keeps its registers.)
    [[gnu::noinline]] void leave(const Crossing& crossing, const WalkEdge& edge, std::uint32_t number);
    [[nodiscard]] WalkEdge edge_of(std::uint32_t number) const;
    // voronoi_stitch.cpp: steps 3 and 4
    [[nodiscard]] WalkEnd link_cell(std::int32_t cell);
    [[nodiscard]] WalkEnd link_events(std::int32_t cell);
    [[nodiscard]] bool sort_events(std::int32_t cell);
    [[nodiscard]] bool rank_events();
    [[nodiscard]] int compare_exactly(std::int32_t cell, const Event& x, const Event& y) const;
    [[nodiscard]] WalkEnd trace_cell(std::int32_t cell);
    [[nodiscard]] bool is_inside() const;
    [[nodiscard]] bool cuts_no_corner(std::int32_t cell, const Chain& chain);
    [[nodiscard]] WalkEnd follow_border(std::int32_t cell, const Chain& from, const Chain& to);
    [[nodiscard]] WalkEnd whole_cell(std::int32_t cell);
    [[nodiscard]] WalkEnd add_lone_rings(const Control& control);
    void take_vertex(std::int32_t v);

    VoronoiCells cells_;
    RingProof proof_;
    BorderProof border_proof_;
    const geometry::SimplePolygon* polygon_ = nullptr; // of this run
    WalkEnd end_ = WalkEnd::done;
    std::int32_t cell_ = 0;             // where the walk is
    std::int32_t chain_at_ = -1;        // the chain it is in; -1: still in the ring's head
    Chain head_;                        // the ring's first points, up to the first crossing
    std::vector<geometry::Point> pool_; // points of the walked rings, crossings included
    std::vector<Chain> chain_;
    std::vector<Cell> cell_state_;
    std::vector<LoneRing> lone_;
    std::vector<Event> event_;
    std::vector<std::uint32_t> order_;  // of the events, round the cell
    std::vector<std::uint8_t> taken_;   // of each Voronoi vertex: by how many cells
    std::vector<std::uint8_t> waiting_; // of each cell: no ring enters it, and it is not in the queue
    std::vector<std::int32_t> queue_;   // cells that are whole fragments; the first queued_, and a place more
    std::size_t queued_ = 0;
    FragmentDrafts drafts_;
};

} // namespace cutout::fracture
