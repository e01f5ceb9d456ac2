// The Voronoi diagram of a set of sites, ready to be walked through: each cell's neighbours in order, the
// bisectors, and the vertices, rounded once.
//
//     VoronoiCells cells; // keep it: its buffers are reused
//     if (!cells.build(sites, low, high)) { /* the sites are beyond the triangulation, see there */ }
//     cells.open(cell);
//     for (std::int32_t s = cells.begin(cell); s < cells.end(cell); ++s) { cells.bisector(s).at(x, y); }
//
// A *slot* is one cell's side of one border: slots of an opened cell are numbered counter-clockwise, and
// between a slot and the next lies a Voronoi vertex (none where the cell is open to infinity). Only the cells
// that a ring enters are opened, so the work for the others is that of their vertices.
//
// Ties. Every decision here is that of the diagram in which site k is nearer by an infinitesimal that falls
// steeply with k (simulation of simplicity: H. Edelsbrunner and E. Muecke, 1990). So a point on a bisector
// belongs to the site with the lower number, and of sites on one circle the triangulation is the one that
// fits (delaunay.h): there are no ties left, and the decisions never contradict one another. The points that
// come out are those of the plain diagram: a border without length has one point for both its ends. The
// vertices of the polygon are moved, too, by infinitesimals that are larger than all of these:
// keeps_vertex().
//
// Cells are numbered like the sites, as long as these are three or more, different and not on one line; else
// the first of equal sites counts, and three far ones are added, whose cells do not reach the bounds.
// site_numbers() then has the cells' sites.
//
// Coordinates here are doubles relative to origin(). A bisector's function is off by at most `bound` for any
// point of the bounds that build() was given: where its magnitude is greater, its sign is exact.
//
// Thread rule: one object, one thread.
#pragma once

#include "fracture/border_line.h"
#include "geometry/delaunay.h"
#include "geometry/limits.h"
#include "geometry/symbolic.h"
#include "geometry/types.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <cstdint>
#include <limits>
#include <span>
#include <vector>

namespace cutout::fracture {

// Positive nearer to the own site, negative nearer to the other.
using Bisector = BorderLine;

struct Slot {
    std::int32_t neighbour = 0; // the cell beyond
    std::int32_t vertex = 0;    // the Voronoi vertex between this slot and the next; < 0: none
    std::int32_t edge = 0;      // the half-edge of the triangulation
};

// An edge of a ring, as it is and relative to origin().
struct WalkEdge {
    geometry::Point from;
    geometry::Point to;
    Position a;
    Position b;
};

class VoronoiCells {
public:
    // low and high: the bounds of all that will be asked about, the sites included. False: no triangulation.
    [[nodiscard]] bool build(std::span<const geometry::Point> sites, geometry::Point low,
                             geometry::Point high);

    [[nodiscard]] std::int32_t count() const { return static_cast<std::int32_t>(site_.size()); }
    [[nodiscard]] std::span<const std::uint32_t> site_numbers() const { return number_; }

    [[nodiscard]] bool opened(std::int32_t cell) const { return range_[at(cell)].end != 0; }
    void open(std::int32_t cell);
    [[nodiscard]] std::int32_t begin(std::int32_t cell) const { return range_[at(cell)].begin; }
    [[nodiscard]] std::int32_t end(std::int32_t cell) const { return range_[at(cell)].end; }
    [[nodiscard]] const Slot& slot(std::int32_t s) const { return slot_[at(s)]; }
    [[nodiscard]] Bisector bisector(std::int32_t s) const { return bisector_[at(s)]; }
    [[nodiscard]] const BorderLines& bisectors() const { return bisector_; }
    // The bisectors of an opened cell.
    [[nodiscard]] BorderLines::Range borders(std::int32_t cell) const {
        return bisector_.range(at(begin(cell)), at(end(cell)));
    }
    // A bit for each slot of the cell, from begin(cell) on: is the point not surely on the own side, or no
    // farther from the border than the proof's margin (border_proof.h)? Of a cell with more slots than bits:
    // not zero.
    [[nodiscard]] static std::uint64_t near(const BorderLines::Range& borders, Position p) {
        return borders.size() <= BorderLines::most_at_once ? borders.near(p) : ~std::uint64_t{0};
    }
    // Calls visit(slot) for those that near() told, in order.
    template <typename Visit>
    void visit_near(std::int32_t cell, std::uint64_t near, const Visit& visit) const {
        const std::int32_t first = begin(cell);
        if (at(end(cell) - first) > BorderLines::most_at_once) {
            for (std::int32_t s = first; s < end(cell); ++s) {
                visit(s);
            }
            return;
        }
        for (; near != 0; near &= near - 1) {
            visit(first + std::countr_zero(near));
        }
    }
    // The neighbour's slot for the same border. The neighbour must be open.
    [[nodiscard]] std::int32_t twin(std::int32_t s) const;

    // Calls visit(vertex) counter-clockwise for the vertices of a cell, opened or not; vertex < 0: the cell
    // is open to infinity there. Stops when visit returns false.
    template <typename Visit> void visit_vertices(std::int32_t cell, const Visit& visit) const {
        const std::int32_t first = first_edge_[at(cell)];
        std::int32_t e = first;
        do {
            if (!visit(geometry::Delaunay::triangle(e))) return;
            e = twin_of_[at(geometry::Delaunay::previous(e))];
            if (e == geometry::Delaunay::none) {
                visit(-1);
                return;
            }
        } while (e != first);
    }
    // The three cells round a vertex.
    [[nodiscard]] std::array<std::int32_t, 3> corners(std::int32_t v) const {
        const std::int32_t* const first = origin_of_.data() + geometry::Delaunay::first_edge(v);
        return {first[0], first[1], first[2]};
    }
    [[nodiscard]] std::int32_t vertex_count() const {
        return static_cast<std::int32_t>(origin_of_.size() / 3);
    }

    [[nodiscard]] Position local(geometry::Point p) const {
        return {static_cast<double>(p.x) - origin_.x, static_cast<double>(p.y) - origin_.y};
    }
    // The cell whose site is nearest, or another whose site is as near but for rounding.
    [[nodiscard]] std::int32_t nearest(Position p) const {
        std::size_t cell = 0;
        double least = std::numeric_limits<double>::infinity();
        for (std::size_t i = 0; i < site_.size(); ++i) {
            const double dx = site_[i].x - p.x;
            const double dy = site_[i].y - p.y;
            const double distance = dx * dx + dy * dy;
            cell = distance < least ? i : cell;
            least = std::min(least, distance);
        }
        return static_cast<std::int32_t>(cell);
    }
    // Greatest distance from origin() along an axis, and greatest coordinate, of the bounds.
    [[nodiscard]] double extent() const { return extent_; }
    [[nodiscard]] double magnitude() const { return magnitude_; }
    [[nodiscard]] Position origin() const { return origin_; }

    // Is the point on the own side of the slot, a slot of `cell`? Exact, ties resolved.
    [[nodiscard]] bool on_own_side(std::int32_t cell, std::int32_t s, geometry::Point p, double value) {
        const int side = side_of(cell, s, p, value);
        return side != 0 ? side > 0 : cell < slot_[at(s)].neighbour;
    }
    // The same with ties left open: 1 on the own side, -1 on the other, 0 on the bisector.
    [[nodiscard]] int side_of(std::int32_t cell, std::int32_t s, geometry::Point p, double value) {
        if (std::abs(value) > bisector_[at(s)].bound) return value > 0.0 ? 1 : -1;
        return exact_side(cell, s, p);
    }
    // A vertex of a polygon on the bisector of slot s: does it belong to the cell? As the boundary wants it
    // (vertex_side.h), whatever wins ties elsewhere.
    [[nodiscard]] bool keeps_vertex(std::int32_t cell, std::int32_t s, geometry::Point before,
                                    geometry::Point vertex, geometry::Point after) const;
    // How many of the points that were asked about lie on the bisector.
    [[nodiscard]] std::size_t ties() const { return ties_; }
    // An edge comes from the own side of both slots and ends beyond both: does it pass through s first?
    // before and after: the polygon's vertices next to it.
    [[nodiscard]] bool passes_first(std::int32_t cell, std::int32_t s, std::int32_t other,
                                    const WalkEdge& edge, geometry::Point before,
                                    geometry::Point after) const;
    // Two edges that pass through slot s of `cell`: which comes first counter-clockwise round the cell? -1:
    // the first; 0: they meet there. `in`: it enters the cell. `next`: +1 when the second edge follows the
    // first in its ring, -1 when the first follows the second, else 0.
    struct Passage {
        const WalkEdge& edge;
        bool in;
    };
    [[nodiscard]] int compare_passages(std::int32_t cell, std::int32_t s, const Passage& first,
                                       const Passage& second, int next) const;

    // The float nearest to a position that is off by at most error_x and error_y (0 = exact). False: the
    // bounds leave two floats possible.
    [[nodiscard]] bool round(Position p, double error_x, double error_y, geometry::Point& out) const {
        const double x = p.x + origin_.x;
        const double y = p.y + origin_.y;
        if (error_x > 0.0) error_x += 2.0 * geometry::unit_roundoff * magnitude_;
        if (error_y > 0.0) error_y += 2.0 * geometry::unit_roundoff * magnitude_;
        const geometry::Point low{static_cast<float>(x - error_x), static_cast<float>(y - error_y)};
        const geometry::Point high{static_cast<float>(x + error_x), static_cast<float>(y + error_y)};
        out = {low.x + 0.0F, low.y + 0.0F}; // -0 becomes 0
        return low == high;
    }

    // A Voronoi vertex's exact position, rounded to the nearest floats.
    [[nodiscard]] geometry::Point vertex(std::int32_t v) {
        geometry::Point& vertex = vertex_[at(v)];
        if (std::isnan(vertex.x)) vertex = exact_circumcentre(v);
        return vertex;
    }
    // Where the bisector of slot s, a slot of `cell`, meets the line of the edge; exact and rounded alike.
    [[nodiscard]] geometry::Point exact_crossing(std::int32_t cell, std::int32_t s,
                                                 const WalkEdge& edge) const;

private:
    struct Range {
        std::int32_t begin = 0;
        std::int32_t end = 0;
    };

    template <typename T> [[nodiscard]] static std::size_t at(T i) { return static_cast<std::size_t>(i); }
    static constexpr float unknown = std::numeric_limits<float>::quiet_NaN(); // of a vertex, where x is

    [[nodiscard]] bool triangulate(std::span<const geometry::Point> sites, geometry::Point low,
                                   geometry::Point high);
    void add_slot(std::int32_t cell, std::int32_t neighbour, std::int32_t vertex, std::int32_t edge);
    void find_vertices();
    [[nodiscard]] geometry::Point exact_circumcentre(std::int32_t v) const;
    [[nodiscard]] int exact_side(std::int32_t cell, std::int32_t s, geometry::Point p);
    [[nodiscard]] geometry::LineId add_border(geometry::Lines& lines, std::int32_t cell,
                                              std::int32_t s) const;

    std::span<const geometry::Point> sites_;
    std::vector<geometry::Point> added_sites_; // the different ones and the far ones, where these are needed
    std::vector<std::uint32_t> number_;        // their numbers in the input; empty: as they are
    geometry::Delaunay delaunay_;
    std::span<const std::int32_t> origin_of_; // of each half-edge
    std::span<const std::int32_t> twin_of_;
    std::vector<Position> site_;
    std::vector<Range> range_; // the slots of each opened cell: from an even number on
    std::vector<Slot> slot_;   // the first slots_ are in use
    BorderLines bisector_;
    std::size_t slots_ = 0;
    std::vector<std::int32_t> slot_of_edge_; // hull edges have a second place for the side without triangle
    std::vector<std::int32_t> first_edge_;
    std::vector<geometry::Point> vertex_;
    Position origin_;
    double extent_ = 0.0;
    double magnitude_ = 0.0;
    // Of a bisector: its error's bound and its reach, over the sites' distance along both axes.
    double bound_scale_ = 0.0;
    double reach_scale_ = 0.0;
    std::size_t ties_ = 0;
};

} // namespace cutout::fracture
