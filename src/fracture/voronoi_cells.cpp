#include "fracture/voronoi_cells.h"

#include "fracture/tuning.h"
#include "fracture/vertex_side.h"
#include "geometry/exact.h"
#include "geometry/limits.h"
#include "geometry/point_pairs.h"
#include "geometry/predicates.h"
#include "geometry/two_doubles.h"

#include <algorithm>
#include <bit>
#include <cstddef>
#include <numeric>
#include <utility>

namespace cutout::fracture {

using geometry::Delaunay;
using geometry::ExactReal;
using geometry::Point;
using geometry::unit_roundoff;

bool VoronoiCells::build(std::span<const Point> sites, Point low, Point high) {
    origin_ = {static_cast<double>(0.5F * low.x + 0.5F * high.x),
               static_cast<double>(0.5F * low.y + 0.5F * high.y)};
    const Position l = local(low);
    const Position h = local(high);
    extent_ = std::max({std::abs(l.x), std::abs(l.y), std::abs(h.x), std::abs(h.y)});
    magnitude_ = extent_ + std::max(std::abs(origin_.x), std::abs(origin_.y));
    if (!triangulate(sites, low, high)) return false;
    origin_of_ = delaunay_.origins();
    twin_of_ = delaunay_.twins();
    const std::size_t count = sites_.size();
    site_.resize(count);
    for (std::size_t i = 0; i < count; ++i) {
        site_[i] = local(sites_[i]);
    }
    first_edge_.assign(count, Delaunay::none);
    const auto edges = static_cast<std::int32_t>(origin_of_.size());
    for (std::int32_t e = edges; e-- > 0;) {
        first_edge_[at(origin_of_[at(e)])] = e;
    }
    // On the hull the slots begin with the edge along it.
    delaunay_.visit_hull([&](std::int32_t site, std::int32_t edge) { first_edge_[at(site)] = edge; });
    if (std::find(first_edge_.begin(), first_edge_.end(), Delaunay::none) != first_edge_.end()) return false;
    range_.assign(count, {});
    ties_ = 0;
    slots_ = 0;
    const std::size_t most_slots = 2 * at(edges) + count; // with one in each cell that may not be in use
    if (slot_.size() < most_slots) slot_.resize(most_slots);
    bisector_.make_room(most_slots);
    // Each of a bisector's coefficients and the position itself carries a rounding or two; 16 covers all of
    // them with room. Only the far sites lie beyond the extent, and then by less than 17 times.
    const double size = number_.empty() ? extent_ : 17.0 * extent_;
    bound_scale_ = 32.0 * unit_roundoff * size;
    reach_scale_ = 2.0 * magnitude_ * proof_margin + bound_scale_;
    slot_of_edge_.resize(2 * at(edges));
    find_vertices();
    return true;
}

bool VoronoiCells::triangulate(std::span<const Point> sites, Point low, Point high) {
    number_.clear();
    sites_ = sites;
    if (delaunay_.triangulate(sites)) return true;
    if (sites.empty()) return false;
    number_.resize(sites.size());
    std::iota(number_.begin(), number_.end(), 0U);
    std::sort(number_.begin(), number_.end(), [&](std::uint32_t a, std::uint32_t b) {
        if (sites[a] == sites[b]) return a < b;
        return geometry::lexicographic_less(sites[a], sites[b]);
    });
    number_.erase(std::unique(number_.begin(), number_.end(),
                              [&](std::uint32_t a, std::uint32_t b) { return sites[a] == sites[b]; }),
                  number_.end());
    std::sort(number_.begin(), number_.end());
    added_sites_.clear();
    for (const std::uint32_t i : number_) {
        added_sites_.push_back(sites[i]);
    }
    // Every point of the bounds is nearer to every site than to any of these: no cell of theirs gets there.
    const auto reach = static_cast<float>(16.0 * extent_);
    const Point middle{0.5F * low.x + 0.5F * high.x, 0.5F * low.y + 0.5F * high.y};
    added_sites_.push_back({middle.x, middle.y + reach});
    added_sites_.push_back({middle.x - reach, middle.y - 0.75F * reach});
    added_sites_.push_back({middle.x + reach, middle.y - 0.875F * reach});
    number_.resize(number_.size() + 3, number_.front()); // their cells are not entered
    sites_ = added_sites_;
    return delaunay_.triangulate(sites_);
}

void VoronoiCells::add_slot(std::int32_t cell, std::int32_t neighbour, std::int32_t vertex,
                            std::int32_t edge) {
    slot_of_edge_[at(edge)] = static_cast<std::int32_t>(slots_);
    slot_[slots_] = {.neighbour = neighbour, .vertex = vertex, .edge = edge};
    const Position p = site_[at(cell)];
    const Position q = site_[at(neighbour)];
    // (Not of the positions: where these are rounded, sites may be nearer to each other than that.)
    const Point own = sites_[at(cell)];
    const Point other = sites_[at(neighbour)];
    const double dx = static_cast<double>(own.x) - static_cast<double>(other.x);
    const double dy = static_cast<double>(own.y) - static_cast<double>(other.y);
    const double distance = std::abs(dx) + std::abs(dy);
    // |p|^2 - |q|^2 as products of sums: small where the sites are close.
    const Bisector bisector{.a = 2.0 * dx,
                            .b = 2.0 * dy,
                            .c = -(dx * (p.x + q.x) + dy * (p.y + q.y)),
                            .bound = bound_scale_ * distance};
    bisector_.set(slots_++, bisector, reach_scale_ * distance);
}

void VoronoiCells::open(std::int32_t cell) {
    Range& range = range_[at(cell)];
    if (range.end != 0) return;
    range.begin = static_cast<std::int32_t>(slots_);
    const std::int32_t first = first_edge_[at(cell)];
    std::int32_t e = first;
    do {
        add_slot(cell, origin_of_[at(Delaunay::next(e))], Delaunay::triangle(e), e);
        const std::int32_t incoming = Delaunay::previous(e);
        e = twin_of_[at(incoming)];
        if (e == Delaunay::none) { // the hull: its edge arrives here, so the last slot has none of its own
            add_slot(cell, origin_of_[at(incoming)], -1,
                     incoming + static_cast<std::int32_t>(origin_of_.size()));
            break;
        }
    } while (e != first);
    range.end = static_cast<std::int32_t>(slots_);
    slots_ += slots_ % 2;
}

std::int32_t VoronoiCells::twin(std::int32_t s) const {
    const auto edges = static_cast<std::int32_t>(origin_of_.size());
    const std::int32_t e = slot_[at(s)].edge;
    if (e >= edges) return slot_of_edge_[at(e - edges)];
    const std::int32_t twin = twin_of_[at(e)];
    return slot_of_edge_[at(twin == Delaunay::none ? e + edges : twin)];
}

// All of them, two at a time: nearly every one is asked for in the end. Those that need more are left open.
void VoronoiCells::find_vertices() {
    using geometry::absolute;
    using Both = geometry::TwoDoubles; // of two vertices
    using Bits = geometry::TwoMasks;
    using geometry::FourFloats;
    const auto in_floats = [](Both x, Both y) {
        return FourFloats{static_cast<float>(x[0]), static_cast<float>(x[1]), static_cast<float>(y[0]),
                          static_cast<float>(y[1])};
    };
    constexpr double u = unit_roundoff;
    const std::int32_t count = vertex_count();
    vertex_.resize(at(count) + 1); // room for the second of the last two
    for (std::int32_t v = 0; v < count; v += 2) {
        const std::int32_t other = std::min(v + 1, count - 1);
        const auto one = corners(v);
        const auto two = corners(other);
        const auto both = [&](std::size_t corner) {
            const Position p = site_[at(one[corner])];
            const Position q = site_[at(two[corner])];
            return std::pair<Both, Both>{Both{p.x, q.x}, Both{p.y, q.y}};
        };
        const auto [ax, ay] = both(0);
        const auto [px, py] = both(1);
        const auto [qx, qy] = both(2);
        const Both bx = px - ax;
        const Both by = py - ay;
        const Both cx = qx - ax;
        const Both cy = qy - ay;
        const Both bl = bx * bx + by * by;
        const Both cl = cx * cx + cy * cy;
        const Both d1 = bx * cy;
        const Both d2 = by * cx;
        const Both det = 2.0 * (d1 - d2);
        // local() and the differences may each round: an error of 2 u extent in bx, by, cx, cy.
        const double shift = 4.0 * u * extent_;
        const Both size = absolute(bx) + absolute(by) + absolute(cx) + absolute(cy);
        const Both det_error = 10.0 * u * (absolute(d1) + absolute(d2)) + 4.0 * shift * size;
        const Bits sure = absolute(det) > 4.0 * det_error;
        const Both inverse = 1.0 / det;
        const Both n1 = cy * bl;
        const Both n2 = by * cl;
        const Both n3 = bx * cl;
        const Both n4 = cx * bl;
        const Both x = (n1 - n2) * inverse;
        const Both y = (n3 - n4) * inverse;
        const Both scale = 1.5 * absolute(inverse);
        const Both common = 6.0 * shift * size * size;
        const Both error_x =
            (8.0 * u * (absolute(n1) + absolute(n2)) + common + absolute(x) * det_error) * scale +
            6.0 * u * (absolute(x) + absolute(ax)) + shift;
        const Both error_y =
            (8.0 * u * (absolute(n3) + absolute(n4)) + common + absolute(y) * det_error) * scale +
            6.0 * u * (absolute(y) + absolute(ay)) + shift;
        // As round() does. Where the bounds leave two floats possible, or nothing is sure, x is unknown.
        const double far = 2.0 * u * magnitude_;
        const Both place_x = ax + x + origin_.x;
        const Both place_y = ay + y + origin_.y;
        const FourFloats low = in_floats(place_x - (error_x + far), place_y - (error_y + far));
        const FourFloats high = in_floats(place_x + (error_x + far), place_y + (error_y + far));
        const auto known = static_cast<int>(geometry::bits_of(low == high)); // of x and x, y and y
        const FourFloats points = __builtin_shufflevector(low, low, 0, 2, 1, 3) + geometry::all_four(0.0F);
        geometry::store_two_points(vertex_.data() + v, points);
        if (known == 15 && (sure[0] & sure[1]) != 0) continue;
        if (sure[0] == 0 || (known & 5) != 5) vertex_[at(v)].x = unknown;
        if (sure[1] == 0 || (known & 10) != 10) vertex_[at(other)].x = unknown;
    }
}

Point VoronoiCells::exact_circumcentre(std::int32_t v) const {
    const std::array<std::int32_t, 3> corner = corners(v);
    geometry::Lines lines;
    const geometry::LineId ab = lines.add_bisector(sites_[at(corner[0])], sites_[at(corner[1])]);
    const geometry::LineId ac = lines.add_bisector(sites_[at(corner[0])], sites_[at(corner[2])]);
    return lines.rounded(lines.intersect(ab, ac));
}

Point VoronoiCells::exact_crossing(std::int32_t cell, std::int32_t s, const WalkEdge& edge) const {
    geometry::Lines lines;
    const geometry::LineId line = lines.add_through(edge.from, edge.to);
    const geometry::LineId border = lines.add_bisector(sites_[at(cell)], sites_[at(slot_[at(s)].neighbour)]);
    // (Where the edge is parallel, the boundary folds back; the proof will say so.)
    return lines.turn(line, border) == 0 ? edge.to : lines.rounded(lines.intersect(line, border));
}

// --- Exact decisions, ties resolved
// ------------------------------------------------------------------------

// Positive on the cell's side.
geometry::LineId VoronoiCells::add_border(geometry::Lines& lines, std::int32_t cell, std::int32_t s) const {
    return lines.add_bisector(sites_[at(slot_[at(s)].neighbour)], sites_[at(cell)]);
}

int VoronoiCells::exact_side(std::int32_t cell, std::int32_t s, Point p) {
    geometry::Lines lines;
    const int side = lines.side(add_border(lines, cell, s), geometry::input_vertex(p));
    if (side == 0) ++ties_;
    return side;
}

bool VoronoiCells::keeps_vertex(std::int32_t cell, std::int32_t s, Point before, Point vertex,
                                Point after) const {
    geometry::Lines lines;
    return side_of_vertex_on(lines, add_border(lines, cell, s), before, vertex, after) > 0;
}

namespace {

// Twice the bisector's function, exactly: positive nearer to `own`.
ExactReal exact_value(Point own, Point other, Point p) {
    const auto squared = [&](Point q) {
        const ExactReal dx = ExactReal(static_cast<double>(p.x)) - ExactReal(static_cast<double>(q.x));
        const ExactReal dy = ExactReal(static_cast<double>(p.y)) - ExactReal(static_cast<double>(q.y));
        return dx * dx + dy * dy;
    };
    return squared(other) - squared(own);
}

// How the value grows to the left of the way from one point to the other, by the length of that way.
ExactReal growth_to_the_left(Point own, Point other, Point from, Point to) {
    const auto difference = [](float a, float b) {
        return ExactReal(static_cast<double>(a)) - ExactReal(static_cast<double>(b));
    };
    return ExactReal(2.0) * (difference(to.x, from.x) * difference(own.y, other.y) -
                             difference(to.y, from.y) * difference(own.x, other.x));
}

} // namespace

// The edge passes a bisector at t = f(a) / (f(a) - f(b)). Where both are equal, the polygon's vertices are
// moved as vertex_side.h has it: along the edge that leaves them (away from it where they are reflex), and by
// an infinitesimal of that along the other edge, or to the left where the boundary goes straight on. What
// moves an end along this edge changes nothing, so of the first order only the move of the second end is
// left. At last each bisector moves by its own infinitesimal, over f(a) - f(b).
bool VoronoiCells::passes_first(std::int32_t cell, std::int32_t s, std::int32_t other, const WalkEdge& edge,
                                Point before, Point after) const {
    const std::int32_t j = slot_[at(s)].neighbour;
    const std::int32_t k = slot_[at(other)].neighbour;
    const Point own = sites_[at(cell)];
    const auto value_s = [&](Point p) { return exact_value(own, sites_[at(j)], p); };
    const auto value_o = [&](Point p) { return exact_value(own, sites_[at(k)], p); };
    const ExactReal from_s = value_s(edge.from);
    const ExactReal to_s = value_s(edge.to);
    const ExactReal from_o = value_o(edge.from);
    const ExactReal to_o = value_o(edge.to);
    const int order = (from_o * to_s - from_s * to_o).sign();
    if (order != 0) return order < 0;
    const int turn_from = geometry::orientation(before, edge.from, edge.to);
    const int turn_to = geometry::orientation(edge.from, edge.to, after);
    const int moved = turn_to * (from_o * value_s(after) - from_s * value_o(after)).sign();
    if (moved != 0) return moved < 0;
    const auto left_s = [&](Point p, Point q) { return growth_to_the_left(own, sites_[at(j)], p, q); };
    const auto left_o = [&](Point p, Point q) { return growth_to_the_left(own, sites_[at(k)], p, q); };
    ExactReal second = turn_from != 0 ? value_o(before) * to_s - value_s(before) * to_o
                                      : left_o(edge.from, edge.to) * to_s - left_s(edge.from, edge.to) * to_o;
    if (turn_from < 0) second = -second;
    if (turn_to == 0) second = second + from_o * left_s(edge.to, after) - from_s * left_o(edge.to, after);
    if (second.sign() != 0) return second.sign() < 0;
    if (cell < j && cell < k) {
        const int drops = ((from_s - to_s) - (from_o - to_o)).sign();
        if (drops != 0) return drops > 0;
    }
    return j < k;
}

// Both pass at one point only when that point is the vertex that the two edges share, and it belongs to the
// other side of the border: the polygon is on both sides of it.
int VoronoiCells::compare_passages(std::int32_t cell, std::int32_t s, const Passage& first,
                                   const Passage& second, int next) const {
    geometry::Lines lines;
    const geometry::LineId border = add_border(lines, cell, s);
    const geometry::LineId one = lines.add_through(first.edge.from, first.edge.to);
    const geometry::LineId two = lines.add_through(second.edge.from, second.edge.to);
    if (lines.turn(border, one) == 0 || lines.turn(border, two) == 0) return 0;
    const int order = lines.compare_along(border, lines.intersect(border, one), lines.intersect(border, two));
    if (order != 0 || next == 0) return order;
    return first.in ? -1 : 1;
}

} // namespace cutout::fracture
