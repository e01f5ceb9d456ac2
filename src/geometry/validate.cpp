#include "geometry/validate.h"

#include "geometry/limits.h"
#include "geometry/point_pairs.h"
#include "geometry/predicates.h"
#include "geometry/scan_index.h"
#include "geometry/simple_rings.h"
#include "geometry/text.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <numeric>
#include <string>
#include <utility>

namespace cutout::geometry {

namespace {

std::string ring_name(std::size_t ring) {
    return ring == 0 ? std::string("the outer ring") : concat("hole ", to_text(ring - 1));
}

std::string vertex_name(std::size_t ring, std::uint32_t vertex, Point where) {
    return concat("vertex ", to_text(vertex), " of ", ring_name(ring), " at ", to_text(where));
}

Failure fail(Status status, std::size_t ring, std::uint32_t vertex, Point where, std::string message) {
    return {.status = status,
            .ring = static_cast<std::int32_t>(ring),
            .vertex = static_cast<std::int32_t>(vertex),
            .where = where,
            .message = std::move(message)};
}

// Copies a ring in which nothing repeats and nothing is wrong, as nearly all are. False: nothing was copied.
bool copy_plain(RingView ring, SimplePolygon& out) {
    if (ring.size() < 3) return false;
    const std::size_t begin = out.points.size();
    out.points.resize(begin + ring.size());
    Point* const points = out.points.data() + begin;
    const FourFloats most = all_four(max_coordinate);
    const auto within = [&](FourFloats p) { return (p <= most) & (p >= -most); }; // not for NaN
    FourMasks all_within = within(same_point_twice(ring.back()));
    std::size_t i = 0;
    for (; i + 2 <= ring.size(); i += 2) {
        const FourFloats two = load_two_points(ring.data() + i) + all_four(0.0F); // -0 becomes 0
        store_two_points(points + i, two);
        all_within &= within(two);
    }
    if (i < ring.size()) points[i] = {ring[i].x + 0.0F, ring[i].y + 0.0F};
    constexpr unsigned all = (1U << four) - 1;
    if (bits_of(all_within) != all || repeats_a_point(ring) || ring.front() == ring.back()) {
        out.points.resize(begin);
        return false;
    }
    out.vertices.resize(begin + ring.size());
    std::iota(out.vertices.begin() + static_cast<std::ptrdiff_t>(begin), out.vertices.end(), 0U);
    return true;
}

Failure copy_with_care(RingView ring, std::size_t number, SimplePolygon& out) {
    const std::size_t begin = out.points.size();
    for (std::size_t i = 0; i < ring.size(); ++i) {
        const Point p{ring[i].x + 0.0F, ring[i].y + 0.0F}; // -0 becomes 0
        const auto vertex = static_cast<std::uint32_t>(i);
        if (!std::isfinite(p.x) || !std::isfinite(p.y)) {
            return fail(Status::not_finite, number, vertex, p,
                        concat(vertex_name(number, vertex, p), " is not finite; give finite coordinates"));
        }
        if (std::abs(p.x) > max_coordinate || std::abs(p.y) > max_coordinate) {
            return fail(Status::too_large, number, vertex, p,
                        concat(vertex_name(number, vertex, p), " is too far out; keep coordinates within ",
                               to_text(max_coordinate), " of the origin"));
        }
        if (out.points.size() > begin && out.points.back() == p) continue;
        out.points.push_back(p);
        out.vertices.push_back(vertex);
    }
    while (out.points.size() > begin + 1 && out.points.back() == out.points[begin]) {
        out.points.pop_back();
        out.vertices.pop_back();
    }
    return {};
}

// Copies a ring without repeated points, and checks what can be seen in one pass.
Failure read_ring(RingView ring, std::size_t number, SimplePolygon& out) {
    const std::size_t begin = out.points.size();
    if (!copy_plain(ring, out)) {
        if (Failure failure = copy_with_care(ring, number, out); !failure.ok()) return failure;
    }
    const std::span<const Point> points(out.points.data() + begin, out.points.size() - begin);
    std::size_t second = 1;
    while (second < points.size() && points[second] == points[0]) {
        ++second;
    }
    std::size_t third = second + 1;
    while (third < points.size() && (points[third] == points[0] || points[third] == points[second])) {
        ++third;
    }
    if (third >= points.size()) {
        return fail(
            Status::too_few_points, number, 0, points.empty() ? Point{} : points[0],
            concat(ring_name(number), " has fewer than three distinct points; a ring needs at least three"));
    }
    const bool flat = std::all_of(points.begin(), points.end(),
                                  [&](Point p) { return orientation(points[0], points[second], p) == 0; });
    if (flat) {
        return fail(Status::zero_area, number, out.vertices[begin], points[0],
                    concat("all points of ", ring_name(number), " lie on one line; it has no area"));
    }
    out.ends.push_back(static_cast<std::uint32_t>(out.points.size()));
    return {};
}

// For each point the lowest index of an equal point: equal points get equal numbers.
std::vector<std::uint32_t> number_points(std::span<const Point> points) {
    std::vector<std::uint32_t> order(points.size());
    std::iota(order.begin(), order.end(), 0U);
    std::sort(order.begin(), order.end(), [&](std::uint32_t a, std::uint32_t b) {
        if (points[a] == points[b]) return a < b;
        return lexicographic_less(points[a], points[b]);
    });
    std::vector<std::uint32_t> number(points.size());
    for (std::size_t i = 0; i < order.size(); ++i) {
        number[order[i]] =
            i > 0 && points[order[i]] == points[order[i - 1]] ? number[order[i - 1]] : order[i];
    }
    return number;
}

bool cross_properly(std::span<const Point> points, Segment s, Segment t) {
    return orientation(points[s.a], points[s.b], points[t.a]) *
                   orientation(points[s.a], points[s.b], points[t.b]) <
               0 &&
           orientation(points[t.a], points[t.b], points[s.a]) *
                   orientation(points[t.a], points[t.b], points[s.b]) <
               0;
}

// Where two edges that cross do so, rounded.
Point crossing(std::span<const Point> points, Segment s, Segment t) {
    const auto ax = static_cast<double>(points[s.a].x);
    const auto ay = static_cast<double>(points[s.a].y);
    const double dx = static_cast<double>(points[s.b].x) - ax;
    const double dy = static_cast<double>(points[s.b].y) - ay;
    const auto cx = static_cast<double>(points[t.a].x);
    const auto cy = static_cast<double>(points[t.a].y);
    const double ex = static_cast<double>(points[t.b].x) - cx;
    const double ey = static_cast<double>(points[t.b].y) - cy;
    const double det = dx * ey - dy * ex;
    const double along = det == 0.0 ? 0.0 : std::clamp(((cx - ax) * ey - (cy - ay) * ex) / det, 0.0, 1.0);
    return {static_cast<float>(ax + along * dx), static_cast<float>(ay + along * dy)};
}

// Which end of one of the two touches the other.
Point touching(std::span<const Point> points, Segment s, Segment t) {
    const auto on = [&](Segment segment, std::uint32_t p) {
        return orientation(points[segment.a], points[segment.b], points[p]) == 0 &&
               strictly_between_collinear(points[segment.a], points[segment.b], points[p]);
    };
    for (const std::uint32_t end : {t.a, t.b}) {
        if (on(s, end)) return points[end];
    }
    return on(t, s.a) ? points[s.a] : points[s.b];
}

bool is_set(const std::atomic<bool>* cancel) {
    return cancel != nullptr && cancel->load(std::memory_order_relaxed);
}

Failure cancelled() {
    return {.status = Status::cancelled, .message = "cancelled"};
}

class Checker {
public:
    explicit Checker(const SimplePolygon& polygon) : polygon_(polygon) {
        for (std::uint32_t ring = 0; ring < polygon.ends.size(); ++ring) {
            rings_.resize(polygon.ends[ring], ring);
        }
    }

    Failure check_edges(const std::atomic<bool>* cancel) const {
        if (is_set(cancel)) return cancelled();
        if (surely_simple(polygon_.points, polygon_.ends)) return {};
        const std::vector<std::uint32_t> number = number_points(polygon_.points);
        std::vector<Segment> segments(polygon_.edges.size());
        std::transform(polygon_.edges.begin(), polygon_.edges.end(), segments.begin(), [&](Segment edge) {
            return Segment{number[edge.a], number[edge.b]};
        });
        std::vector<Conflict> conflicts;
        if (is_set(cancel) || !find_conflicts(polygon_.points, segments, cancel, conflicts))
            return cancelled();
        for (const Conflict& conflict : conflicts) {
            if (cross_properly(polygon_.points, segments[conflict.first], segments[conflict.second])) {
                return crossing_failure(conflict);
            }
        }
        if (!conflicts.empty()) {
            const Conflict& c = conflicts.front();
            return touching_failure(c.first, c.second,
                                    touching(polygon_.points, segments[c.first], segments[c.second]));
        }
        for (std::uint32_t i = 0; i < number.size(); ++i) {
            if (number[i] != i) return touching_failure(number[i], i, polygon_.points[i]);
        }
        return {};
    }

    Failure check_holes(const std::atomic<bool>* cancel) const {
        if (polygon_.ends.size() < 2) return {};
        const ScanIndex index(polygon_.points, polygon_.edges);
        for (std::size_t hole = 1; hole < polygon_.ends.size(); ++hole) {
            if (is_set(cancel)) return cancelled();
            const std::uint32_t first = polygon_.ends[hole - 1];
            const Point p = polygon_.points[first];
            bool in_outer = false;
            bool in_hole = false; // an odd number of the other holes
            for (const std::uint32_t edge : index.band(static_cast<double>(p.y))) {
                if (rings_[edge] == hole || !passes_right_of(edge, p)) continue;
                bool& inside = rings_[edge] == 0 ? in_outer : in_hole;
                inside = !inside;
            }
            // Of holes nested in one another, one is in an odd number of others.
            if (!in_outer || in_hole) {
                return fail(Status::hole_outside, hole, polygon_.vertices[first], p,
                            concat(ring_name(hole), " lies ",
                                   in_outer ? "inside another hole" : "outside the outer ring", ", see ",
                                   vertex_name(hole, polygon_.vertices[first], p),
                                   "; holes must be inside the outer ring and beside one another"));
            }
        }
        return {};
    }

private:
    [[nodiscard]] bool passes_right_of(std::uint32_t edge, Point p) const {
        const Point a = polygon_.points[polygon_.edges[edge].a];
        const Point b = polygon_.points[polygon_.edges[edge].b];
        if ((a.y <= p.y) == (b.y <= p.y)) return false;
        return (orientation(a, b, p) > 0) == (b.y > a.y);
    }

    [[nodiscard]] std::string edge_name(std::uint32_t edge) const {
        return concat("the edge from ",
                      vertex_name(rings_[edge], polygon_.vertices[edge], polygon_.points[edge]));
    }

    [[nodiscard]] Failure crossing_failure(const Conflict& conflict) const {
        const bool same = rings_[conflict.first] == rings_[conflict.second];
        const Point where =
            crossing(polygon_.points, polygon_.edges[conflict.first], polygon_.edges[conflict.second]);
        return fail(same ? Status::self_intersection : Status::rings_cross, rings_[conflict.first],
                    polygon_.vertices[conflict.first], where,
                    concat(edge_name(conflict.first), " and ", edge_name(conflict.second), " cross at ",
                           to_text(where), "; edges of a polygon must not cross"));
    }

    [[nodiscard]] Failure touching_failure(std::uint32_t first, std::uint32_t second, Point where) const {
        const bool same = rings_[first] == rings_[second];
        return fail(same ? Status::self_touching : Status::rings_touch, rings_[first],
                    polygon_.vertices[first], where,
                    concat(edge_name(first), " and ", edge_name(second), " touch at ", to_text(where),
                           "; move them apart or join them"));
    }

    const SimplePolygon& polygon_;
    std::vector<std::uint32_t> rings_; // of each edge
};

void orient(SimplePolygon& polygon) {
    for (std::size_t ring = 0; ring < polygon.ends.size(); ++ring) {
        const std::ptrdiff_t begin = ring == 0 ? 0 : static_cast<std::ptrdiff_t>(polygon.ends[ring - 1]);
        const auto end = static_cast<std::ptrdiff_t>(polygon.ends[ring]);
        const int turn = winding(polygon.ring(ring));
        if (ring == 0) polygon.outer_winding = turn;
        if (turn == (ring == 0 ? 1 : -1)) continue;
        std::reverse(polygon.points.begin() + begin, polygon.points.begin() + end);
        std::reverse(polygon.vertices.begin() + begin, polygon.vertices.begin() + end);
    }
    for (std::size_t ring = 0; ring < polygon.ends.size(); ++ring) {
        polygon.twice_area += twice_area(polygon.ring(ring));
    }
}

} // namespace

namespace {

// As passed in: neither oriented nor checked.
Failure read_rings(const PolygonView& polygon, SimplePolygon& out) {
    out.points.clear();
    out.ends.clear();
    out.edges.clear();
    out.vertices.clear();
    out.outer_winding = 1;
    out.twice_area = 0.0;
    if (polygon.rings.empty()) {
        return {.status = Status::too_few_points,
                .message = "the polygon has no ring; give at least an outer ring of three points"};
    }
    const std::size_t count = polygon.point_count();
    if (count > max_points) {
        return {.status = Status::too_large,
                .message = concat("the polygon has ", to_text(count), " points; at most ",
                                  to_text(max_points), " are supported")};
    }
    out.points.reserve(count);
    out.vertices.reserve(count);
    for (std::size_t ring = 0; ring < polygon.rings.size(); ++ring) {
        Failure failure = read_ring(polygon.rings[ring], ring, out);
        if (!failure.ok()) return failure;
    }
    out.edges.resize(out.points.size());
    Segment* const edges = out.edges.data();
    std::uint32_t begin = 0;
    for (const std::uint32_t end : out.ends) {
        for (std::uint32_t i = begin; i < end; ++i) {
            edges[i] = {i, i + 1};
        }
        edges[end - 1].b = begin;
        begin = end;
    }
    return {};
}

} // namespace

Failure read(const PolygonView& polygon, SimplePolygon& out) {
    if (Failure failure = read_rings(polygon, out); !failure.ok()) return failure;
    orient(out);
    return {};
}

Failure validate(const PolygonView& polygon, const std::atomic<bool>* cancel, SimplePolygon& out) {
    if (Failure failure = read_rings(polygon, out); !failure.ok()) return failure;
    const Checker checker(out);
    if (Failure failure = checker.check_edges(cancel); !failure.ok()) return failure;
    if (Failure failure = checker.check_holes(cancel); !failure.ok()) return failure;
    orient(out);
    return {};
}

} // namespace cutout::geometry
