// Slicing along whole lines whose work grows with what each line passes through.
//
//     LineWalk walk; // keep it: its buffers are reused
//     if (walk.run(polygon, lines, weights, control, fragments)) { /* done, and proven */ }
//     else { /* nothing is known: take cut_lines() */ }
//
// Line by line, each cell that the line passes: find the side of every corner, intersect the edges that
// change sides, sort the crossings along the line, pair them, and link each side's chains over the pairs.
// Corners are named by the two lines that they lie on (geometry/symbolic.h), decided exactly and rounded
// once, so that the cells on both sides of a cut have the same bits.
//
// The result is proven on the rounded points before it is handed out: the polygon's edges keep apart, the
// crossings along every line alternate between in and out, and no edge of a cut meets an edge of its piece
// (ring_proof.h); areas are compared. Where a corner lies on a line, crossings are too close to tell apart,
// or rounding joins what was apart, the answer is false.
//
// The bits are those of cut_lines() and Finisher.
//
// Thread rule: one object, one thread.
#pragma once

#include "fracture/fracture.h"
#include "fracture/fragment_drafts.h"
#include "fracture/ring_proof.h"
#include "fracture/slices.h"
#include "geometry/symbolic.h"
#include "geometry/validate.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <span>
#include <vector>

namespace cutout::fracture {

// Why a walk ended without a result.
enum class LineWalkEnd : std::uint8_t {
    done,
    tie,             // a corner on a line, or two crossings too close to tell
    not_alternating, // the polygon is not simple
    hole,            // a hole in a piece could not be opened
    not_simple,      // rounded edges meet, or the polygon's own do
    wrong_area,
    cancelled,
};

class LineWalk {
public:
    // The polygon need not be known to be simple, see VoronoiWalk. On false `out` is empty.
    [[nodiscard]] bool run(const geometry::SimplePolygon& polygon, std::span<const CutLine> cuts,
                           std::span<const std::uint32_t> weights, const Control& control, Fragments& out);

    [[nodiscard]] LineWalkEnd end() const { return end_; }
    [[nodiscard]] bool polygon_is_simple() const { return !proof_.close_call(); }

private:
    struct Corner {
        geometry::Vertex vertex;
        geometry::Point rounded;
        std::uint32_t edge = 0; // that leaves it: an edge of the polygon, or behind those, a cut
    };
    struct Box { // of the corners' positions, which may be off by worst_error_
        double low_x = 0.0;
        double low_y = 0.0;
        double high_x = 0.0;
        double high_y = 0.0;

        void start() {
            low_x = low_y = std::numeric_limits<double>::infinity();
            high_x = high_y = -std::numeric_limits<double>::infinity();
        }
        void grow(const geometry::Vertex& v) {
            low_x = std::min(low_x, v.x);
            low_y = std::min(low_y, v.y);
            high_x = std::max(high_x, v.x);
            high_y = std::max(high_y, v.y);
        }
    };
    struct Ring {
        std::uint32_t begin = 0; // in corner_
        std::uint32_t end = 0;
    };
    struct Cell {
        std::uint32_t begin = 0; // in ring_
        std::uint32_t end = 0;
        std::uint32_t number = 0;
        Box box;
    };
    struct Crossing {
        double along = 0.0; // position along the line, and a bound of its error
        double error = 0.0;
        std::uint32_t corner = 0; // among the cell's: the edge that crosses leaves it
        std::uint32_t ring = 0;   // which ring it is of
        std::uint32_t first = 0;  // and that ring's first corner among the cell's
        std::uint32_t at = 0;     // in crossing_corner_
        bool rising = false;      // from the negative side to the positive one
    };

    [[nodiscard]] LineWalkEnd walk(const geometry::SimplePolygon& polygon, std::span<const CutLine> cuts,
                                   std::span<const std::uint32_t> weights, const Control& control);
    void start(const geometry::SimplePolygon& polygon);
    [[nodiscard]] int side_of(const Box& box) const;
    [[nodiscard]] LineWalkEnd cut(std::uint32_t index, std::uint32_t weight);
    [[nodiscard]] geometry::LineId line_of(std::uint32_t edge);
    [[nodiscard]] bool find_sides(const Cell& cell, bool& negative, bool& positive);
    [[nodiscard]] bool find_crossings(const Cell& cell);
    [[nodiscard]] Cell link_side(const Cell& cell, std::int8_t side);
    void copy(std::uint32_t begin, std::uint32_t end, Box& box);
    void compact();
    [[nodiscard]] LineWalkEnd draft_all(const Control& control);

    geometry::Lines lines_;
    RingProof proof_;
    FragmentDrafts drafts_;
    LineWalkEnd end_ = LineWalkEnd::done;
    const geometry::SimplePolygon* polygon_ = nullptr; // of this run
    std::vector<geometry::LineId> line_of_edge_;       // of the polygon's edges that were cut, else none
    std::vector<geometry::LineId> line_of_cut_;
    double slack_ = 0.0;       // rounding error of a position
    double worst_error_ = 0.0; // of all corners' positions

    // The line at hand: a x + b y + c.
    std::uint32_t cut_ = 0; // its number as an edge
    geometry::LineId line_ = 0;
    double a_ = 0.0;
    double b_ = 0.0;
    double c_ = 0.0;
    double c_error_ = 0.0;

    std::vector<Cell> cell_;
    std::vector<Ring> ring_;
    std::vector<Corner> corner_; // of all rings, and of rings that were cut up since
    std::size_t live_corners_ = 0;
    std::vector<std::int8_t> side_; // of the corners of the cell at hand
    std::vector<Crossing> crossing_;
    std::vector<Corner> crossing_corner_;
    std::vector<std::uint32_t> crossing_of_; // of the cell's corners: index in crossing_ + 1, or 0
    std::vector<Corner> corner_spare_;
    std::vector<Ring> ring_spare_;
};

} // namespace cutout::fracture
