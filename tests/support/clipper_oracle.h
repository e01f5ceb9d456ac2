// An independent judge of what a fracture made: areas of unions, differences and cells by Clipper2, a library
// that shares nothing with the kernel.
//
//     ClipperOracle oracle(rings);
//     for (ring of every piece) oracle.add(ring, label);
//     EXPECT_LE(oracle.gap(), oracle.boundary_tolerance());
//
// Clipper2 works on integers: coordinates are moved to the polygon's bounds and scaled so that its extent is
// 2^40 units. So the judge's own rounding is 2^-40 of the extent, far below a float's.
#pragma once

#include "support/fracture_checker.h"

#include <clipper2/clipper.h>

#include <cstdint>
#include <map>
#include <span>
#include <utility>
#include <vector>

namespace cutout::test {

class ClipperOracle {
public:
    // A polygon that crosses itself is what the outer ring winds round, less what any hole winds round.
    explicit ClipperOracle(const Rings& polygon);

    // A piece; pieces of one label are one cell.
    void add(std::span<const geometry::Point> ring, std::uint32_t label);

    [[nodiscard]] double area() const { return true_area(polygon_); }
    // Area of the exclusive or of the pieces' union and the polygon.
    [[nodiscard]] double gap() const;
    // How much the areas of the pieces sum to beyond the area of their union.
    [[nodiscard]] double overlap() const;
    // Area of the exclusive or of a label's pieces and the part of the polygon that is nearer to sites[label]
    // than to any other site. Of equal sites the first has the cell.
    [[nodiscard]] double cell_error(std::span<const geometry::Point> sites, std::uint32_t label) const;
    // Area of the exclusive or of the part of the polygon on the left of the line, and the pieces there.
    // Where a piece lies is said by its farthest vertex.
    [[nodiscard]] double side_error(geometry::Point from, geometry::Point to) const;

    // What the rounding of each new vertex to the nearest floats may cost: along the polygon's boundary, and
    // along all edges.
    [[nodiscard]] double boundary_tolerance() const { return boundary_tolerance_; }
    [[nodiscard]] double edge_tolerance() const;
    // What the judge's own rounding may cost.
    [[nodiscard]] double own_tolerance() const;

private:
    struct Position {
        double x = 0.0;
        double y = 0.0;
    };

    [[nodiscard]] Position local(geometry::Point p) const;
    [[nodiscard]] Clipper2Lib::Path64 path(std::span<const geometry::Point> ring) const;
    [[nodiscard]] Clipper2Lib::Path64 path(const std::vector<Position>& ring) const;
    [[nodiscard]] double true_area(const Clipper2Lib::Paths64& paths) const;
    [[nodiscard]] static std::vector<Position> half(std::vector<Position> ring, double a, double b, double c);

    double low_x_ = 0.0;
    double low_y_ = 0.0;
    double extent_ = 0.0; // of the longer side
    double units_ = 0.0;  // of Clipper2 in one of the polygon
    double step_ = 0.0;
    double boundary_tolerance_ = 0.0;
    double length_ = 0.0; // of all edges of the pieces
    Clipper2Lib::Paths64 polygon_;
    Clipper2Lib::Paths64 pieces_;
    std::map<std::uint32_t, Clipper2Lib::Paths64> by_label_;
};

} // namespace cutout::test
