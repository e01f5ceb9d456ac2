#include "fracture/voronoi_cells.h"

#include "geometry/limits.h"

#include <algorithm>
#include <cmath>
#include <cstddef>

namespace cutout::fracture {

using geometry::Delaunay;
using geometry::Point;
using geometry::unit_roundoff;

bool VoronoiCells::build(std::span<const Point> sites, Point low, Point high) {
    sites_ = sites;
    if (!delaunay_.triangulate(sites)) return false;
    origin_ = {static_cast<double>(0.5F * low.x + 0.5F * high.x),
               static_cast<double>(0.5F * low.y + 0.5F * high.y)};
    const Position l = local(low);
    const Position h = local(high);
    extent_ = std::max({std::abs(l.x), std::abs(l.y), std::abs(h.x), std::abs(h.y)});
    magnitude_ = extent_ + std::max(std::abs(origin_.x), std::abs(origin_.y));
    site_.resize(sites.size());
    for (std::size_t i = 0; i < sites.size(); ++i) {
        site_[i] = local(sites[i]);
    }
    if (!link_slots()) return false;
    fill_bisectors();
    vertex_.resize(delaunay_.origins().size() / 3);
    vertex_known_.assign(vertex_.size(), 0);
    return true;
}

// False: some site has no triangle.
bool VoronoiCells::link_slots() {
    const std::span<const std::int32_t> origins = delaunay_.origins();
    const std::span<const std::int32_t> twins = delaunay_.twins();
    const auto edges = static_cast<std::int32_t>(origins.size());
    const std::size_t count = site_.size();
    start_.assign(count + 1, 0);
    first_edge_.assign(count, Delaunay::none);
    for (std::int32_t e = 0; e < edges; ++e) {
        const std::int32_t from = origins[at(e)];
        ++start_[at(from) + 1];
        if (twins[at(e)] == Delaunay::none) {
            ++start_[at(origins[at(Delaunay::next(e))]) + 1];
            first_edge_[at(from)] = e; // on the hull the slots begin here
        } else if (first_edge_[at(from)] == Delaunay::none) {
            first_edge_[at(from)] = e;
        }
    }
    for (std::size_t i = 0; i < count; ++i) {
        start_[i + 1] += start_[i];
    }
    slot_.resize(at(start_[count]));
    slot_of_edge_.resize(at(edges));
    for (std::size_t i = 0; i < count; ++i) {
        const std::int32_t first = first_edge_[i];
        if (first == Delaunay::none) return false;
        std::int32_t s = start_[i];
        std::int32_t e = first;
        do {
            if (s == start_[i + 1]) return false;
            slot_[at(s)] = {.neighbour = origins[at(Delaunay::next(e))], .twin = -1, .vertex = e / 3};
            slot_of_edge_[at(e)] = s++;
            const std::int32_t incoming = Delaunay::previous(e);
            e = twins[at(incoming)];
            if (e ==
                Delaunay::none) { // the hull: its edge arrives here, so the last slot has none of its own
                if (s == start_[i + 1]) return false;
                slot_[at(s++)] = {.neighbour = origins[at(incoming)], .twin = -2 - incoming, .vertex = -1};
                break;
            }
        } while (e != first);
        if (s != start_[i + 1]) return false;
    }
    for (std::int32_t e = 0; e < edges; ++e) {
        if (twins[at(e)] != Delaunay::none)
            slot_[at(slot_of_edge_[at(e)])].twin = slot_of_edge_[at(twins[at(e)])];
    }
    for (std::size_t s = 0; s < slot_.size(); ++s) {
        if (slot_[s].twin >= -1) continue;
        const std::int32_t twin = slot_of_edge_[at(-2 - slot_[s].twin)];
        slot_[s].twin = twin;
        slot_[at(twin)].twin = static_cast<std::int32_t>(s);
    }
    return true;
}

void VoronoiCells::fill_bisectors() {
    bisector_.resize(slot_.size());
    for (std::size_t i = 0; i < site_.size(); ++i) {
        const Position p = site_[i];
        for (std::int32_t s = start_[i]; s < start_[i + 1]; ++s) {
            const Position q = site_[at(slot_[at(s)].neighbour)];
            const double dx = p.x - q.x;
            const double dy = p.y - q.y;
            // |p|^2 - |q|^2 as products of sums: small where the sites are close. Each of a, b, c and the
            // position itself carries a rounding or two; 16 covers all of them with room.
            bisector_[at(s)] = {.a = 2.0 * dx,
                                .b = 2.0 * dy,
                                .c = -(dx * (p.x + q.x) + dy * (p.y + q.y)),
                                .bound = 32.0 * unit_roundoff * (std::abs(dx) + std::abs(dy)) * extent_};
        }
    }
}

bool VoronoiCells::round(Position p, double error_x, double error_y, Point& out) const {
    const double x = p.x + origin_.x;
    const double y = p.y + origin_.y;
    if (error_x > 0.0) error_x += 2.0 * unit_roundoff * magnitude_;
    if (error_y > 0.0) error_y += 2.0 * unit_roundoff * magnitude_;
    out = {static_cast<float>(x - error_x) + 0.0F, static_cast<float>(y - error_y) + 0.0F}; // -0 becomes 0
    return out.x == static_cast<float>(x + error_x) && out.y == static_cast<float>(y + error_y);
}

bool VoronoiCells::circumcentre(std::int32_t v, Point& out) const {
    constexpr double u = unit_roundoff;
    const std::span<const std::int32_t> origins = delaunay_.origins();
    const Position a = site_[at(origins[at(3 * v)])];
    const Position b = site_[at(origins[at(3 * v + 1)])];
    const Position c = site_[at(origins[at(3 * v + 2)])];
    const double bx = b.x - a.x;
    const double by = b.y - a.y;
    const double cx = c.x - a.x;
    const double cy = c.y - a.y;
    const double bl = bx * bx + by * by;
    const double cl = cx * cx + cy * cy;
    const double d1 = bx * cy;
    const double d2 = by * cx;
    const double det = 2.0 * (d1 - d2);
    // local() and the differences may each round: an error of 2 u extent in bx, by, cx, cy.
    const double shift = 4.0 * u * extent_;
    const double size = std::abs(bx) + std::abs(by) + std::abs(cx) + std::abs(cy);
    const double det_error = 10.0 * u * (std::abs(d1) + std::abs(d2)) + 4.0 * shift * size;
    if (!(std::abs(det) > 4.0 * det_error)) return false;
    const double n1 = cy * bl;
    const double n2 = by * cl;
    const double n3 = bx * cl;
    const double n4 = cx * bl;
    const double x = (n1 - n2) / det;
    const double y = (n3 - n4) / det;
    const double scale = 1.5 / std::abs(det);
    const double common = 6.0 * shift * size * size;
    const double error_x =
        (8.0 * u * (std::abs(n1) + std::abs(n2)) + common + std::abs(x) * det_error) * scale +
        4.0 * u * (std::abs(x) + std::abs(a.x)) + shift;
    const double error_y =
        (8.0 * u * (std::abs(n3) + std::abs(n4)) + common + std::abs(y) * det_error) * scale +
        4.0 * u * (std::abs(y) + std::abs(a.y)) + shift;
    return round({a.x + x, a.y + y}, error_x, error_y, out);
}

Point VoronoiCells::exact_circumcentre(std::int32_t v) {
    const std::span<const std::int32_t> origins = delaunay_.origins();
    const Point a = sites_[at(origins[at(3 * v)])];
    const Point b = sites_[at(origins[at(3 * v + 1)])];
    const Point c = sites_[at(origins[at(3 * v + 2)])];
    lines_.clear();
    const geometry::LineId ab = lines_.add_bisector(a, b);
    const geometry::LineId ac = lines_.add_bisector(a, c);
    return lines_.rounded(lines_.intersect(ab, ac));
}

Point VoronoiCells::vertex(std::int32_t v) {
    if (vertex_known_[at(v)] == 0) {
        vertex_known_[at(v)] = 1;
        if (!circumcentre(v, vertex_[at(v)])) vertex_[at(v)] = exact_circumcentre(v);
    }
    return vertex_[at(v)];
}

Point VoronoiCells::exact_crossing(std::int32_t cell, std::int32_t s, Point a, Point b) {
    lines_.clear();
    const geometry::LineId edge = lines_.add_through(a, b);
    const geometry::LineId border = lines_.add_bisector(sites_[at(cell)], sites_[at(slot_[at(s)].neighbour)]);
    return lines_.rounded(lines_.intersect(edge, border));
}

} // namespace cutout::fracture
