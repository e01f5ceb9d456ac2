#include "support/polygon_judge.h"

#include <algorithm>
#include <cmath>

namespace cutout::test {

using geometry::Point;
using geometry::Status;

namespace {

constexpr float largest_coordinate = 1.0e9F;

struct Edge {
    Point a;
    Point b;
    std::size_t ring = 0;
};

// Without points repeated in a row, and without -0.
std::vector<Point> without_repetition(const std::vector<Point>& ring) {
    std::vector<Point> result;
    for (const Point p : ring) {
        const Point plain{p.x + 0.0F, p.y + 0.0F};
        if (result.empty() || !(result.back() == plain)) result.push_back(plain);
    }
    while (result.size() > 1 && result.back() == result.front()) {
        result.pop_back();
    }
    return result;
}

bool within(Point p, Point a, Point b) { // p is on the line of a and b
    return std::min(a.x, b.x) <= p.x && p.x <= std::max(a.x, b.x) && std::min(a.y, b.y) <= p.y &&
           p.y <= std::max(a.y, b.y);
}

bool on_edge(Point p, const Edge& edge) { // ends included
    return exact_orientation(edge.a, edge.b, p) == 0 && within(p, edge.a, edge.b);
}

bool apart(const Edge& s, const Edge& t) {
    return std::max(s.a.x, s.b.x) < std::min(t.a.x, t.b.x) ||
           std::max(t.a.x, t.b.x) < std::min(s.a.x, s.b.x) ||
           std::max(s.a.y, s.b.y) < std::min(t.a.y, t.b.y) || std::max(t.a.y, t.b.y) < std::min(s.a.y, s.b.y);
}

bool cross(const Edge& s, const Edge& t) {
    return exact_orientation(s.a, s.b, t.a) * exact_orientation(s.a, s.b, t.b) < 0 &&
           exact_orientation(t.a, t.b, s.a) * exact_orientation(t.a, t.b, s.b) < 0;
}

// Do they meet anywhere but where one ends and the next of its ring begins?
bool touch(const Edge& s, const Edge& t, bool s_before_t, bool t_before_s) {
    if (s_before_t && t_before_s) return true; // a ring of two edges
    const auto shared = [&](Point p) { return (s_before_t && p == s.b) || (t_before_s && p == s.a); };
    return (on_edge(t.a, s) && !shared(t.a)) || (on_edge(t.b, s) && !shared(t.b)) ||
           (on_edge(s.a, t) && !shared(s.a)) || (on_edge(s.b, t) && !shared(s.b));
}

bool inside(Point p, const std::vector<Point>& ring) {
    bool odd = false;
    for (std::size_t i = 0; i < ring.size(); ++i) {
        const Point a = ring[i];
        const Point b = ring[(i + 1) % ring.size()];
        if ((a.y > p.y) == (b.y > p.y)) continue;
        if ((exact_orientation(a, b, p) > 0) == (b.y > a.y)) odd = !odd;
    }
    return odd;
}

// What can be seen of one ring alone without its edges.
void check_points(const std::vector<Point>& ring, std::set<Status>& faults) {
    for (const Point p : ring) {
        if (!std::isfinite(p.x) || !std::isfinite(p.y)) {
            faults.insert(Status::not_finite);
        } else if (std::abs(p.x) > largest_coordinate || std::abs(p.y) > largest_coordinate) {
            faults.insert(Status::too_large);
        }
    }
    std::vector<Point> distinct = ring;
    std::sort(distinct.begin(), distinct.end(),
              [](Point a, Point b) { return a.x != b.x ? a.x < b.x : a.y < b.y; });
    distinct.erase(std::unique(distinct.begin(), distinct.end()), distinct.end());
    if (distinct.size() < 3) {
        faults.insert(Status::too_few_points);
        return;
    }
    if (faults.count(Status::not_finite) != 0 || faults.count(Status::too_large) != 0) return;
    if (std::all_of(distinct.begin(), distinct.end(),
                    [&](Point p) { return exact_orientation(distinct[0], distinct[1], p) == 0; })) {
        faults.insert(Status::zero_area);
    }
}

void check_edges(const Rings& rings, std::set<Status>& faults) {
    std::vector<Edge> edges;
    std::vector<std::size_t> next; // edge of the same ring
    for (std::size_t r = 0; r < rings.size(); ++r) {
        const std::size_t begin = edges.size();
        for (std::size_t i = 0; i < rings[r].size(); ++i) {
            edges.push_back({rings[r][i], rings[r][(i + 1) % rings[r].size()], r});
            next.push_back(begin + (i + 1) % rings[r].size());
        }
    }
    for (std::size_t i = 0; i < edges.size(); ++i) {
        for (std::size_t j = i + 1; j < edges.size(); ++j) {
            if (apart(edges[i], edges[j])) continue;
            const bool same = edges[i].ring == edges[j].ring;
            if (cross(edges[i], edges[j])) {
                faults.insert(same ? Status::self_intersection : Status::rings_cross);
            } else if (touch(edges[i], edges[j], next[i] == j, next[j] == i)) {
                faults.insert(same ? Status::self_touching : Status::rings_touch);
            }
        }
    }
}

} // namespace

std::set<Status> polygon_faults(const Rings& input) {
    std::set<Status> faults;
    if (input.empty()) return {Status::too_few_points};
    Rings rings;
    for (const auto& ring : input) {
        check_points(ring, faults);
        rings.push_back(without_repetition(ring));
    }
    if (!faults.empty()) return faults;
    check_edges(rings, faults);
    if (!faults.empty()) return faults;
    for (std::size_t hole = 1; hole < rings.size(); ++hole) {
        if (!inside(rings[hole][0], rings[0])) faults.insert(Status::hole_outside);
        for (std::size_t other = 1; other < rings.size(); ++other) {
            if (other != hole && inside(rings[hole][0], rings[other])) faults.insert(Status::hole_outside);
        }
    }
    return faults;
}

bool can_be_repaired(Status status) {
    return status == Status::self_intersection || status == Status::self_touching ||
           status == Status::rings_cross || status == Status::rings_touch || status == Status::hole_outside;
}

Rings without_repetition(const Rings& rings) {
    Rings result;
    for (const auto& ring : rings) {
        result.push_back(without_repetition(ring));
    }
    return result;
}

bool have_common_point(const Rings& rings, const std::vector<Point>& other) {
    bool odd = false;
    for (const auto& ring : rings) {
        odd ^= inside(other[0], ring);
        if (inside(ring[0], other)) return true;
        for (std::size_t i = 0; i < ring.size(); ++i) {
            for (std::size_t k = 0; k < other.size(); ++k) {
                const Edge s{ring[i], ring[(i + 1) % ring.size()]};
                const Edge t{other[k], other[(k + 1) % other.size()]};
                if (!apart(s, t) && (cross(s, t) || touch(s, t, false, false))) return true;
            }
        }
    }
    return odd;
}

double rounding_area(const Rings& rings) {
    double length = 0.0;
    for (const auto& ring : rings) {
        for (std::size_t i = 0; i < ring.size(); ++i) {
            const Point a = ring[i];
            const Point b = ring[(i + 1) % ring.size()];
            length += std::abs(double{a.x} - double{b.x}) + std::abs(double{a.y} - double{b.y});
        }
    }
    return 2.0 * length * rounding_step(rings);
}

bool may_be_too_small(const Rings& rings) {
    if (rounding_area(rings) > 1e-3 * polygon_area(rings)) return true;
    const double small = 64.0 * rounding_step(rings);
    return std::any_of(rings.begin() + 1, rings.end(), [&](const std::vector<Point>& hole) {
        const auto [left, right] =
            std::minmax_element(hole.begin(), hole.end(), [](Point a, Point b) { return a.x < b.x; });
        const auto [low, high] =
            std::minmax_element(hole.begin(), hole.end(), [](Point a, Point b) { return a.y < b.y; });
        return std::min(double{right->x} - double{left->x}, double{high->y} - double{low->y}) <= small;
    });
}

} // namespace cutout::test
