// Proves that a face keeps apart where it lies along straight borders, in one pass without branches.
//
//     BorderProof proof; // keep it: its buffers are reused
//     proof.begin({.largest = ..., .extent = ..., .origin_x = ..., .origin_y = ...});
//     proof.start();                   // a face
//     proof.add_edge(line_number); ... // each of its edges along a border
//     proof.add_end(p); ...            // and the ends of these
//     if (!proof.clear(ring, lines)) { /* nothing is known: ask RingProof */ }
//
// Where all other vertices are known to be far from the borders, proof.ends() will do for the ring.
//
// The face is part of a convex cell, cut out of it by the polygon's boundary. Its edges lie either along the
// cell's borders or along the boundary, which is known to keep apart as a whole, with the points at which it
// crosses the borders among its vertices. Then it is enough that
//   A  every vertex of the face that does not lie on a border line of the face is farther from it than the
//      margin;
//   B  where an edge of the boundary passes from a border straight to the next one, the corner between them
//      is farther from it than the margin (corner_clear()).
// For every pair of a vertex and an edge that does not end there is looked at:
// - an edge along border L and a vertex off L: A. A vertex on L: if both it and the edge's end are crossings,
//   the boundary keeps them apart, and they are not one point; else one of them is a
//   corner, so it lies on another border M of the face, and the other does not: A for M.
// - a boundary edge and a vertex of the boundary: known. A corner of borders L and M: if no end of the edge
//   lies on L, both are farther from L than the margin, and so is all between them, by A; likewise for M.
//   Else one end lies on L and the other on M: B.
//
// Thread rule: one object, one thread.
#pragma once

#include "fracture/border_line.h"
#include "fracture/tuning.h"
#include "geometry/two_doubles.h"
#include "geometry/types.h"

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace cutout::fracture {

class BorderProof {
public:
    struct Bounds {
        double largest = 0.0; // of all coordinates' magnitudes
        double extent = 0.0; // largest distance from the origin along an axis at which the lines' bounds hold
        double origin_x = 0.0; // that of all lines
        double origin_y = 0.0;
    };
    void begin(const Bounds& bounds) {
        bounds_ = bounds;
        margin_ = bounds.largest * proof_margin;
    }

    [[nodiscard]] double margin() const { return margin_; }

    void start() {
        edge_.clear();
        end_.clear();
    }
    // One edge along the border; a border may have several.
    void add_edge(std::int32_t line) { edge_.push_back(line); }
    [[nodiscard]] std::size_t edges() const { return edge_.size(); }
    void add_end(geometry::Point p) { end_.push_back(p); }
    [[nodiscard]] std::span<const geometry::Point> ends() const { return end_; }
    // A for the face that has these vertices, and perhaps others that are known to keep A. Every vertex that
    // lies on a border is the end of one edge there, and no two vertices are the same point. A false says
    // nothing.
    [[nodiscard]] bool clear(std::span<const geometry::Point> points, const BorderLines& lines);
    // B: is the corner, whose position is off by at most `error`, farther from the edge's line than the
    // margin? (The position is absolute.)
    [[nodiscard]] bool corner_clear(geometry::Point from, geometry::Point to, Position corner,
                                    double error = 0.0) const;

private:
    static constexpr std::size_t lanes = 2;
    static constexpr std::size_t pairs_at_once = 4;
    using Doubles = geometry::TwoDoubles;
    struct Places {
        Doubles x;
        Doubles y;
    };

    double margin_ = 0.0; // a distance
    Bounds bounds_;
    std::vector<std::int32_t> edge_;   // which line each is part of
    std::vector<geometry::Point> end_; // of these edges
    std::vector<Places> place_;        // of the points
};

} // namespace cutout::fracture
