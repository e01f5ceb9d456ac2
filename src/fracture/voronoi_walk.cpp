#include "fracture/voronoi_walk.h"

#include "fracture/close_look.h"
#include "geometry/limits.h"
#include "geometry/point_pairs.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace cutout::fracture {

using geometry::Point;
using geometry::unit_roundoff;

namespace {

// Of so many cells or less the one that a point is in is looked for by distance. (cells)
constexpr std::int32_t most_cells_to_compare = 64;

// After so many vertices that were not near a border, so many are looked at together: an outline of many
// points stays in a cell for long. (vertices)
constexpr std::uint32_t calm_vertices = 8;
constexpr std::uint32_t vertices_at_once = 8;

} // namespace

bool VoronoiWalk::run(const geometry::SimplePolygon& polygon, std::span<const Point> sites,
                      const Control& control, Fragments& out) {
    out.clear();
    end_ = build_cells(polygon, sites);
    if (end_ == WalkEnd::done) end_ = follow_rings();
    if (end_ == WalkEnd::done) end_ = stitch(control);
    if (end_ == WalkEnd::done) end_ = hand_out(control, out);
    if (end_ != WalkEnd::done) out.clear();
    return end_ == WalkEnd::done;
}

WalkEnd VoronoiWalk::hand_out(const Control& control, Fragments& out) {
    if (!drafts_.emit(*polygon_, cells_.site_numbers(), out)) return WalkEnd::wrong_area;
    // Where ties tell the cells apart, two of them might list what happens along their border otherwise.
    const bool close = drafts_.boundary_moved() || (cells_.ties() > 0 && !drafts_.cuts_cancel());
    if (!close || tiles(out, polygon_->outer_winding, control.cancel)) return WalkEnd::done;
    return control.cancelled() ? WalkEnd::cancelled : WalkEnd::not_simple;
}

WalkEnd VoronoiWalk::build_cells(const geometry::SimplePolygon& polygon, std::span<const Point> sites) {
    if (sites.empty()) return WalkEnd::degenerate_sites;
    polygon_ = &polygon;
    geometry::GrowingBounds growing(sites[0]);
    growing.add(sites);
    growing.add(polygon.points);
    const auto [low, high] = growing.result();
    return cells_.build(sites, low, high) ? WalkEnd::done : WalkEnd::degenerate_sites;
}

WalkEnd VoronoiWalk::follow_rings() {
    proof_.begin(cells_.magnitude());
    border_proof_.begin({.largest = cells_.magnitude(),
                         .extent = cells_.extent(),
                         .origin_x = cells_.origin().x,
                         .origin_y = cells_.origin().y});
    pool_.clear();
    chain_.clear();
    lone_.clear();
    cell_state_.assign(at(cells_.count()), {});
    waiting_.assign(at(cells_.count()), 1);
    cell_ = 0;
    std::uint32_t begin = 0;
    for (const std::uint32_t end : polygon_->ends) {
        if (const WalkEnd result = walk_ring(begin, end); result != WalkEnd::done) return result;
        begin = end;
    }
    return WalkEnd::done;
}

WalkEdge VoronoiWalk::edge_of(std::uint32_t number) const {
    std::uint32_t next = number + 1;
    const auto& ends = polygon_->ends;
    const auto end = std::upper_bound(ends.begin(), ends.end(), number);
    if (next == *end) next = end == ends.begin() ? 0 : *(end - 1);
    const Point from = polygon_->points[number];
    const Point to = polygon_->points[next];
    return {.from = from, .to = to, .a = cells_.local(from), .b = cells_.local(to)};
}

// Downhill from cell to cell: each step goes to a nearer site. False: it goes on for ever, which it does not.
bool VoronoiWalk::locate(Point p, std::int32_t& cell) {
    const Position here = cells_.local(p);
    if (cells_.count() <= most_cells_to_compare) cell = cells_.nearest(here);
    for (std::int32_t step = 0; step <= cells_.count(); ++step) {
        cells_.open(cell);
        if (VoronoiCells::near(cells_.borders(cell), here) == 0) return true;
        std::int32_t nearer = -1;
        double lowest = std::numeric_limits<double>::infinity();
        for (std::int32_t s = cells_.begin(cell); s < cells_.end(cell); ++s) {
            const double value = cells_.bisector(s).at(here);
            if (value < lowest && !cells_.on_own_side(cell, s, p, value)) {
                lowest = value;
                nearer = cells_.slot(s).neighbour;
            }
        }
        if (nearer < 0) return true;
        cell = nearer;
    }
    return false;
}

// Is the vertex, which is hardly beyond the slot's bisector or not at all, on the own side?
bool VoronoiWalk::stays(std::int32_t cell, std::int32_t s, std::uint32_t vertex, double value) {
    const std::vector<Point>& points = polygon_->points;
    const int side = cells_.side_of(cell, s, points[vertex], value);
    if (side != 0) return side > 0;
    return cells_.keeps_vertex(cell, s, points[polygon_->previous(vertex)], points[vertex],
                               points[polygon_->next(vertex)]);
}

// From the cell in which the vertex was found to the one to which it belongs: that is one of those that meet
// in it.
bool VoronoiWalk::go_to_owner(std::uint32_t vertex) {
    const Position here = cells_.local(polygon_->points[vertex]);
    for (std::int32_t steps = 0; steps < cells_.count(); ++steps) {
        std::int32_t owner = cell_;
        cells_.visit_near(cell_, VoronoiCells::near(cells_.borders(cell_), here), [&](std::int32_t s) {
            if (!stays(cell_, s, vertex, cells_.bisector(s).at(here))) owner = cells_.slot(s).neighbour;
        });
        if (owner == cell_) return true;
        cell_ = owner;
        cells_.open(cell_);
    }
    return false;
}

// Where the edge, which is in the cell, leaves it; slot < 0 if it ends inside. The earliest passage through
// the bisectors that the end lies beyond. near: of the end, see VoronoiCells.
VoronoiWalk::Crossing VoronoiWalk::way_out(std::int32_t cell, const WalkEdge& edge, std::uint32_t number,
                                           std::uint64_t near) {
    Crossing out;
    cells_.visit_near(cell, near, [&](std::int32_t s) {
        const Bisector bisector = cells_.bisector(s);
        const double at_b = bisector.at(edge.b);
        if (at_b > bisector.bound) return;
        if (!(at_b < -bisector.bound) && stays(cell, s, polygon_->next(number), at_b)) return;
        const double drop = bisector.at(edge.a) - at_b;
        Crossing crossing{.slot = s, .t = 1.0, .t_error = std::numeric_limits<double>::infinity()};
        if (drop > 4.0 * bisector.bound) {
            crossing.t = 1.0 + at_b / drop;
            crossing.t_error = 4.0 * bisector.bound / drop + 4.0 * unit_roundoff;
        }
        const double error = crossing.t_error + out.t_error;
        const bool first =
            out.slot < 0 || crossing.t + error < out.t ||
            (!(crossing.t - error > out.t) &&
             cells_.passes_first(cell, s, out.slot, edge, polygon_->points[polygon_->previous(number)],
                                 polygon_->points[polygon_->next(polygon_->next(number))]));
        if (first) out = crossing;
    });
    return out;
}

// The walk crosses the border into the next cell.
void VoronoiWalk::leave(const Crossing& crossing, const WalkEdge& edge, std::uint32_t number) {
    const double dx = edge.b.x - edge.a.x;
    const double dy = edge.b.y - edge.a.y;
    const Position p{edge.a.x + crossing.t * dx, edge.a.y + crossing.t * dy};
    const double slack = 4.0 * unit_roundoff * cells_.extent();
    const double error_x = crossing.t_error * std::abs(dx) + slack;
    const double error_y = crossing.t_error * std::abs(dy) + slack;
    // An edge along an axis keeps its coordinate exactly: the float itself, for its place relative to the
    // origin may be rounded.
    const bool upright = edge.from.x == edge.to.x;
    const bool level = edge.from.y == edge.to.y;
    Point rounded;
    if (!cells_.round(p, upright ? 0.0 : error_x, level ? 0.0 : error_y, rounded)) {
        rounded = cells_.exact_crossing(cell_, crossing.slot, edge);
    }
    if (upright) rounded.x = edge.from.x;
    if (level) rounded.y = edge.from.y;
    const Bisector bisector = cells_.bisector(crossing.slot);
    // The direction (b, -a) has the own side on its left: it runs counter-clockwise round the cell.
    const double along = p.x * bisector.b - p.y * bisector.a;
    const double error = 2.0 * (std::abs(bisector.b) * error_x + std::abs(bisector.a) * error_y);
    const auto here = static_cast<std::int32_t>(pool_.size());
    pool_.push_back(rounded);
    Chain& left = chain_at_ < 0 ? head_ : chain_[at(chain_at_)];
    left.last = here;
    left.out = {.slot = crossing.slot, .edge = number, .along = along, .error = error};
    chain_at_ = static_cast<std::int32_t>(chain_.size());
    const std::int32_t slot = crossing.slot;
    cell_ = cells_.slot(slot).neighbour;
    cells_.open(cell_);
    Cell& state = cell_state_[at(cell_)];
    Chain& entered = chain_.emplace_back();
    entered.cell = cell_;
    entered.first = here;
    entered.next_in_cell = state.chain;
    entered.in = {.slot = cells_.twin(slot), .edge = number, .along = -along, .error = error};
    state.chain = chain_at_;
    waiting_[at(cell_)] = 0;
}

WalkEnd VoronoiWalk::walk_ring(std::uint32_t begin, std::uint32_t end) {
    const std::vector<Point>& points = polygon_->points;
    if (!locate(points[begin], cell_)) return WalkEnd::lost;
    if (!go_to_owner(begin)) return WalkEnd::lost;
    chain_at_ = -1;
    head_ = {};
    head_.cell = cell_;
    head_.first = static_cast<std::int32_t>(pool_.size());
    pool_.push_back(points[begin]);
    WalkEdge edge{.from = {}, .to = points[begin], .a = {}, .b = cells_.local(points[begin])};
    BorderLines::Range borders = cells_.borders(cell_);
    std::uint32_t calm = 0; // vertices one after the other that were not near a border
    for (std::uint32_t i = begin; i < end; ++i) {
        if (calm == calm_vertices && end - i > vertices_at_once) {
            const std::span<const Point> run(points.data() + i + 1, vertices_at_once);
            const geometry::PointBounds bounds = geometry::bounds_of(run);
            if (borders.far(cells_.local(bounds.low), cells_.local(bounds.high))) {
                pool_.insert(pool_.end(), run.begin(), run.end());
                edge.to = run.back();
                edge.b = cells_.local(edge.to);
                i += vertices_at_once - 1;
                continue;
            }
            calm = 0;
        }
        edge.from = edge.to;
        edge.a = edge.b;
        edge.to = points[i + 1 == end ? begin : i + 1];
        edge.b = cells_.local(edge.to);
        for (std::int32_t guard = 0;; ++guard) {
            const std::uint64_t near = VoronoiCells::near(borders, edge.b);
            if (near == 0) { // in the cell, and not near its border
                ++calm;
                break;
            }
            calm = 0;
            const Crossing crossing = way_out(cell_, edge, i, near);
            if (crossing.slot < 0) {
                cell_state_[at(cell_)].has_near |= near != 0;
                break;
            }
            if (guard > cells_.count()) return WalkEnd::lost;
            leave(crossing, edge, i);
            borders = cells_.borders(cell_);
        }
        if (i + 1 < end) pool_.push_back(edge.to);
    }
    if (cell_ != head_.cell) return WalkEnd::lost;
    // The ring as it now is, its crossings included.
    const std::span<const Point> ring(pool_.data() + head_.first, pool_.size() - at(head_.first));
    if (!proof_.add_rounded(ring, begin == 0 ? 1 : -1)) return WalkEnd::not_simple;
    if (chain_at_ < 0) {
        lone_.push_back({.begin = begin, .end = end, .cell = cell_});
        return WalkEnd::done;
    }
    // The last chain runs on into the head.
    for (std::int32_t i = head_.first; i <= head_.last; ++i) {
        const Point p = pool_[at(i)];
        pool_.push_back(p);
    }
    Chain& last = chain_[at(chain_at_)];
    last.last = static_cast<std::int32_t>(pool_.size()) - 1;
    last.out = head_.out;
    return WalkEnd::done;
}

} // namespace cutout::fracture
