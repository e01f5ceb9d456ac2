// The Voronoi diagram of a set of sites, ready to be walked through: each cell's neighbours in order, the
// bisectors, and the vertices, rounded once.
//
//     VoronoiCells cells; // keep it: its buffers are reused
//     if (!cells.build(sites, low, high)) { /* degenerate: fewer than three sites, collinear, equal ... */ }
//     for (std::int32_t s = cells.begin(cell); s < cells.end(cell); ++s) { cells.bisector(s).at(x, y); }
//
// A *slot* is one cell's side of one border: slots of a cell are numbered counter-clockwise, and between a
// slot and the next lies a Voronoi vertex (none where the cell is open to infinity).
//
// Coordinates here are doubles relative to origin(). A bisector's function is off by at most `bound` for any
// point of the bounds that build() was given: where its magnitude is greater, its sign is exact.
//
// Thread rule: one object, one thread.
#pragma once

#include "geometry/delaunay.h"
#include "geometry/symbolic.h"
#include "geometry/types.h"

#include <cstdint>
#include <span>
#include <vector>

namespace cutout::fracture {

struct Position {
    double x = 0.0;
    double y = 0.0;
};

// f(x, y) = a x + b y + c: positive nearer to the own site, negative nearer to the other.
struct Bisector {
    double a = 0.0;
    double b = 0.0;
    double c = 0.0;
    double bound = 0.0;

    [[nodiscard]] double at(double x, double y) const { return a * x + b * y + c; }
};

struct Slot {
    std::int32_t neighbour = 0; // the cell beyond
    std::int32_t twin = 0;      // the neighbour's slot for the same border
    std::int32_t vertex = 0;    // the Voronoi vertex between this slot and the next; < 0: none
};

class VoronoiCells {
public:
    // low and high: the bounds of all that will be asked about, the sites included.
    [[nodiscard]] bool build(std::span<const geometry::Point> sites, geometry::Point low,
                             geometry::Point high);

    [[nodiscard]] std::int32_t count() const { return static_cast<std::int32_t>(site_.size()); }
    [[nodiscard]] std::int32_t begin(std::int32_t cell) const { return start_[at(cell)]; }
    [[nodiscard]] std::int32_t end(std::int32_t cell) const { return start_[at(cell) + 1]; }
    [[nodiscard]] const Slot& slot(std::int32_t s) const { return slot_[at(s)]; }
    [[nodiscard]] const Bisector& bisector(std::int32_t s) const { return bisector_[at(s)]; }
    [[nodiscard]] std::int32_t vertex_count() const { return static_cast<std::int32_t>(vertex_.size()); }

    [[nodiscard]] Position local(geometry::Point p) const {
        return {static_cast<double>(p.x) - origin_.x, static_cast<double>(p.y) - origin_.y};
    }
    // Greatest distance from origin() along an axis, and greatest coordinate, of the bounds.
    [[nodiscard]] double extent() const { return extent_; }

    // The float nearest to a position that is off by at most error_x and error_y (0 = exact). False: the
    // bounds leave two floats possible.
    [[nodiscard]] bool round(Position p, double error_x, double error_y, geometry::Point& out) const;

    // A Voronoi vertex's exact position, rounded to the nearest floats.
    [[nodiscard]] geometry::Point vertex(std::int32_t v);
    // Where the bisector of slot s, a slot of `cell`, meets the line through a and b; exact and rounded
    // alike.
    [[nodiscard]] geometry::Point exact_crossing(std::int32_t cell, std::int32_t s, geometry::Point a,
                                                 geometry::Point b);

private:
    template <typename T> [[nodiscard]] static std::size_t at(T i) { return static_cast<std::size_t>(i); }

    [[nodiscard]] bool link_slots();
    void fill_bisectors();
    [[nodiscard]] bool circumcentre(std::int32_t v, geometry::Point& out) const;
    [[nodiscard]] geometry::Point exact_circumcentre(std::int32_t v);

    std::span<const geometry::Point> sites_;
    geometry::Delaunay delaunay_;
    std::vector<Position> site_;
    std::vector<std::int32_t> start_; // first slot of each cell, and the end
    std::vector<Slot> slot_;
    std::vector<Bisector> bisector_;
    std::vector<std::int32_t> slot_of_edge_;
    std::vector<std::int32_t> first_edge_;
    std::vector<geometry::Point> vertex_;
    std::vector<std::uint8_t> vertex_known_;
    Position origin_;
    double extent_ = 0.0;
    double magnitude_ = 0.0;
    geometry::Lines lines_; // for what doubles cannot round
};

} // namespace cutout::fracture
