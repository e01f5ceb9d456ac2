#include "fracture/voronoi_walk.h"

#include "geometry/limits.h"
#include "geometry/predicates.h"

#include <algorithm>
#include <cmath>

namespace cutout::fracture {

using geometry::Point;
using geometry::unit_roundoff;

bool VoronoiWalk::run(const geometry::SimplePolygon& polygon, std::span<const Point> sites,
                      const Control& control, Fragments& out) {
    out.clear();
    end_ = walk_all(polygon, sites, control);
    if (end_ == WalkEnd::done) end_ = emit(polygon, out);
    if (end_ != WalkEnd::done) out.clear();
    return end_ == WalkEnd::done;
}

WalkEnd VoronoiWalk::walk_all(const geometry::SimplePolygon& polygon, std::span<const Point> sites,
                              const Control& control) {
    if (sites.size() < 3) return WalkEnd::degenerate_sites;
    Point low = sites[0];
    Point high = low;
    const auto grow = [&](std::span<const Point> points) {
        for (const Point p : points) {
            low = {std::min(low.x, p.x), std::min(low.y, p.y)};
            high = {std::max(high.x, p.x), std::max(high.y, p.y)};
        }
    };
    grow(sites);
    grow(polygon.points);
    if (!cells_.build(sites, low, high)) return WalkEnd::degenerate_sites;
    pool_.clear();
    chain_.clear();
    cell_ = 0;
    for (std::size_t ring = 0; ring < polygon.ends.size(); ++ring) {
        if (const WalkEnd end = walk_ring(polygon.ring(ring)); end != WalkEnd::done) return end;
    }
    return stitch_all(control);
}

// Downhill from cell to cell: each step goes to a nearer site.
WalkEnd VoronoiWalk::locate(Position p, std::int32_t& cell) const {
    for (std::int32_t step = 0; step <= cells_.count(); ++step) {
        std::int32_t nearer = -1;
        double lowest = 0.0;
        bool unsure = false;
        for (std::int32_t s = cells_.begin(cell); s < cells_.end(cell); ++s) {
            const Bisector& bisector = cells_.bisector(s);
            const double f = bisector.at(p.x, p.y);
            unsure |= std::abs(f) <= bisector.bound;
            if (f < lowest) {
                lowest = f;
                nearer = cells_.slot(s).neighbour;
            }
        }
        if (nearer < 0) return unsure ? WalkEnd::tie : WalkEnd::done;
        cell = nearer;
    }
    return WalkEnd::tie;
}

// Where the edge a b, which is in the cell at t_in, leaves it; out.slot < 0 if it ends inside.
WalkEnd VoronoiWalk::way_out(std::int32_t cell, Position a, Position b, double t_in, Crossing& out) const {
    out.slot = -1;
    out.t = 2.0;
    out.t_error = 0.0;
    double second = 2.0; // the earliest that the runner-up can be
    bool unsure = false; // b may lie on a border
    const std::int32_t end = cells_.end(cell);
    for (std::int32_t s = cells_.begin(cell); s < end; ++s) {
        const Bisector& bisector = cells_.bisector(s);
        const double at_b = bisector.at(b.x, b.y);
        if (at_b > bisector.bound) continue;
        const double drop = bisector.at(a.x, a.y) - at_b;
        // An edge that does not come from the own side of a bisector cannot leave through it.
        if (!(drop > 4.0 * bisector.bound)) return WalkEnd::tie;
        const double t = 1.0 + at_b / drop;
        const double error = 4.0 * bisector.bound / drop + 4.0 * unit_roundoff;
        if (at_b >= -bisector.bound) {
            unsure = true;
            second = std::min(second, t - error);
        } else if (t < out.t) {
            second = std::min(second, out.t - out.t_error);
            out = {.slot = s, .t = t, .t_error = error};
        } else {
            second = std::min(second, t - error);
        }
    }
    if (out.slot < 0) return unsure ? WalkEnd::tie : WalkEnd::done;
    if (out.t + out.t_error >= second || out.t - out.t_error <= t_in) return WalkEnd::tie;
    return WalkEnd::done;
}

// The walk crosses the border into the next cell.
void VoronoiWalk::leave(const Crossing& crossing, Position a, Position b, Point from, Point to) {
    const double dx = b.x - a.x;
    const double dy = b.y - a.y;
    const Position p{a.x + crossing.t * dx, a.y + crossing.t * dy};
    const double slack = 4.0 * unit_roundoff * cells_.extent();
    const double error_x = crossing.t_error * std::abs(dx) + slack;
    const double error_y = crossing.t_error * std::abs(dy) + slack;
    Point rounded;
    // An edge along an axis keeps its coordinate exactly.
    if (!cells_.round({dx == 0.0 ? a.x : p.x, dy == 0.0 ? a.y : p.y}, dx == 0.0 ? 0.0 : error_x,
                      dy == 0.0 ? 0.0 : error_y, rounded)) {
        rounded = cells_.exact_crossing(cell_, crossing.slot, from, to);
    }
    const Bisector& bisector = cells_.bisector(crossing.slot);
    // The direction (b, -a) has the own side on its left: it runs counter-clockwise round the cell.
    const double along = p.x * bisector.b - p.y * bisector.a;
    const double error = 2.0 * (std::abs(bisector.b) * error_x + std::abs(bisector.a) * error_y);
    const auto here = static_cast<std::int32_t>(pool_.size());
    pool_.push_back(rounded);
    Chain& left = chain_at_ < 0 ? head_ : chain_[at(chain_at_)];
    left.last = here;
    left.slot_out = crossing.slot;
    left.along_out = along;
    left.error_out = error;
    chain_at_ = static_cast<std::int32_t>(chain_.size());
    const Slot& slot = cells_.slot(crossing.slot);
    cell_ = slot.neighbour;
    chain_.push_back(
        {.cell = cell_, .first = here, .slot_in = slot.twin, .along_in = -along, .error_in = error});
}

WalkEnd VoronoiWalk::walk_ring(geometry::RingView ring) {
    Position a = cells_.local(ring[0]);
    if (const WalkEnd end = locate(a, cell_); end != WalkEnd::done) return end;
    chain_at_ = -1;
    head_ = {.cell = cell_, .first = static_cast<std::int32_t>(pool_.size())};
    pool_.push_back(ring[0]);
    for (std::size_t i = 0; i < ring.size(); ++i) {
        const Point from = ring[i];
        const Point to = ring[i + 1 == ring.size() ? 0 : i + 1];
        const Position b = cells_.local(to);
        double t_in = -1.0;
        for (std::int32_t guard = 0;; ++guard) {
            if (guard > cells_.count()) return WalkEnd::tie;
            Crossing crossing;
            if (const WalkEnd end = way_out(cell_, a, b, t_in, crossing); end != WalkEnd::done) return end;
            if (crossing.slot < 0) break;
            t_in = crossing.t + crossing.t_error;
            leave(crossing, a, b, from, to);
        }
        if (i + 1 < ring.size()) pool_.push_back(to);
        a = b;
    }
    if (chain_at_ < 0) return WalkEnd::one_cell;
    // The last chain runs on into the head.
    for (std::int32_t i = head_.first; i <= head_.last; ++i) {
        const Point p = pool_[at(i)];
        pool_.push_back(p);
    }
    Chain& last = chain_[at(chain_at_)];
    last.last = static_cast<std::int32_t>(pool_.size()) - 1;
    last.slot_out = head_.slot_out;
    last.along_out = head_.along_out;
    last.error_out = head_.error_out;
    return WalkEnd::done;
}

} // namespace cutout::fracture
