#include "geometry/delaunay.h"

#include "geometry/limits.h"
#include "geometry/predicates.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <limits>

namespace cutout::geometry {

namespace {

// Bins are left for a general sort when one holds more. (points)
constexpr std::uint32_t most_in_a_bin = 24;

} // namespace

void Delaunay::link(std::int32_t e, std::int32_t twin) {
    twin_[at(e)] = twin;
    if (twin != none) twin_[at(twin)] = e;
}

std::int32_t Delaunay::add_triangle(std::int32_t a, std::int32_t b, std::int32_t c, std::int32_t twin_a,
                                    std::int32_t twin_b, std::int32_t twin_c) {
    const auto e = static_cast<std::int32_t>(size_);
    origin_[size_] = a;
    origin_[size_ + 1] = b;
    origin_[size_ + 2] = c;
    size_ += 3;
    link(e, twin_a);
    link(e + 1, twin_b);
    link(e + 2, twin_c);
    return e;
}

double Delaunay::squared_distance(std::int32_t point, double x, double y) const {
    const double dx = at_[at(point)].x - x;
    const double dy = at_[at(point)].y - y;
    return dx * dx + dy * dy;
}

// The filters of predicates.h, on coordinates that are doubles already.
bool Delaunay::sees(std::int32_t point, std::int32_t from, std::int32_t to) const {
    const Place a = at_[at(from)];
    const Place b = at_[at(to)];
    const Place c = at_[at(point)];
    const double left = (b.x - a.x) * (c.y - a.y);
    const double right = (b.y - a.y) * (c.x - a.x);
    const double det = left - right;
    const double bound = 4.0 * unit_roundoff * (std::abs(left) + std::abs(right));
    if (std::abs(det) > bound) return det < 0.0;
    return orientation_unsure(points_[at(from)], points_[at(to)], points_[at(point)]) < 0;
}

// By pseudo-angle: rising with the direction from the centre, 0 to the number of buckets.
void Delaunay::find_buckets() {
    const std::size_t count = at_.size();
    buckets_.assign(static_cast<std::size_t>(std::sqrt(static_cast<double>(count))) + 1, none);
    bucket_of_.resize(count);
    const auto buckets = static_cast<double>(buckets_.size());
    for (std::size_t i = 0; i < count; ++i) {
        const double dx = at_[i].x - centre_x_;
        const double dy = at_[i].y - centre_y_;
        const double length = std::abs(dx) + std::abs(dy);
        const double quarter = dx / std::max(length, std::numeric_limits<double>::min());
        const double turn = 0.25 * (2.0 + std::copysign(1.0 - quarter, dy));
        const double place = turn * buckets;
        bucket_of_[i] = place < buckets ? static_cast<std::uint32_t>(place) : 0; // 0 for NaN
    }
}

// A point near the middle, the one nearest to it, and the one that makes the smallest circle with both. The
// arithmetic may round: any triangle will do, a good one makes it fast.
Delaunay::Seed Delaunay::find_seed() const {
    const auto count = static_cast<std::int32_t>(points_.size());
    constexpr double infinity = std::numeric_limits<double>::infinity();
    Place low = at_[0];
    Place high = low;
    for (const Place p : at_) {
        low = {std::min(low.x, p.x), std::min(low.y, p.y)};
        high = {std::max(high.x, p.x), std::max(high.y, p.y)};
    }
    const double middle_x = 0.5 * (low.x + high.x);
    const double middle_y = 0.5 * (low.y + high.y);
    Seed seed;
    double best = infinity;
    for (std::int32_t i = 0; i < count; ++i) {
        const double distance = squared_distance(i, middle_x, middle_y);
        if (distance < best) {
            best = distance;
            seed.a = i;
        }
    }
    if (seed.a == none) return seed;
    const auto ax = at_[at(seed.a)].x;
    const auto ay = at_[at(seed.a)].y;
    best = infinity;
    for (std::int32_t i = 0; i < count; ++i) {
        const double distance = squared_distance(i, ax, ay);
        if (distance > 0.0 && distance < best) {
            best = distance;
            seed.b = i;
        }
    }
    if (seed.b == none) return seed;
    const double ex = at_[at(seed.b)].x - ax;
    const double ey = at_[at(seed.b)].y - ay;
    const double el = ex * ex + ey * ey;
    best = infinity;
    for (std::int32_t i = 0; i < count; ++i) {
        if (i == seed.a || i == seed.b) continue;
        const double fx = at_[at(i)].x - ax;
        const double fy = at_[at(i)].y - ay;
        const double cross = ex * fy - ey * fx;
        const double fl = fx * fx + fy * fy;
        const double x = fy * el - ey * fl;
        const double y = ex * fl - fx * el;
        const double squared_radius = (x * x + y * y) / (cross * cross);
        if (squared_radius < best) { // false for NaN
            best = squared_radius;
            seed.c = i;
        }
    }
    return seed;
}

void Delaunay::find_centre(const Seed& seed) {
    const Place a = at_[at(seed.a)];
    const double bx = at_[at(seed.b)].x - a.x;
    const double by = at_[at(seed.b)].y - a.y;
    const double cx = at_[at(seed.c)].x - a.x;
    const double cy = at_[at(seed.c)].y - a.y;
    const double bl = bx * bx + by * by;
    const double cl = cx * cx + cy * cy;
    const double scale = 0.5 / (bx * cy - by * cx);
    centre_x_ = a.x + (cy * bl - by * cl) * scale;
    centre_y_ = a.y + (bx * cl - cx * bl) * scale;
}

void Delaunay::insertion_sort() {
    for (std::size_t i = 1; i < order_.size(); ++i) {
        const Ranked entry = order_[i];
        std::size_t j = i;
        for (; j > 0 && entry < order_[j - 1]; --j) {
            order_[j] = order_[j - 1];
        }
        order_[j] = entry;
    }
}

// Points spread over an area have squared distances spread over a range: so many bins as points hold a few
// each, and what is left is to sort within the bins. Elsewhere a general sort does it.
void Delaunay::sort_by_distance(const Seed& seed) {
    const std::size_t count = at_.size();
    order_.resize(count);
    double farthest = 0.0;
    for (std::size_t i = 0; i < count; ++i) {
        const auto point = static_cast<std::int32_t>(i);
        order_[i] = {squared_distance(point, centre_x_, centre_y_), point};
        farthest = std::max(farthest, order_[i].distance);
    }
    if (count <= most_to_rank) {
        for (std::size_t i = 0; i < count; ++i) {
            rank_.values[i] = order_[i].distance;
        }
        // These are as far from the centre as one another, and are not added again: they come first.
        rank_.values[at(seed.a)] = -3.0;
        rank_.values[at(seed.b)] = -2.0;
        rank_.values[at(seed.c)] = -1.0;
        if (!distinct_ranks(rank_, count)) {
            insertion_sort();
            return;
        }
        for (std::size_t i = 0; i < count; ++i) {
            order_[rank_.ranks[i]] = {rank_.values[i], static_cast<std::int32_t>(i)};
        }
        return;
    }
    const double scale = static_cast<double>(count - 1) / farthest;
    if (!(scale > 0.0 && scale <= std::numeric_limits<double>::max())) {
        std::sort(order_.begin(), order_.end());
        return;
    }
    bins_.assign(count + 1, 0);
    const auto bin_of = [&](double distance) {
        return std::min(static_cast<std::size_t>(distance * scale), count - 1);
    };
    for (const Ranked& entry : order_) {
        ++bins_[bin_of(entry.distance) + 1];
    }
    if (*std::max_element(bins_.begin(), bins_.end()) > most_in_a_bin) {
        std::sort(order_.begin(), order_.end());
        return;
    }
    for (std::size_t i = 0; i < count; ++i) {
        bins_[i + 1] += bins_[i];
    }
    sorted_.resize(count);
    for (const Ranked& entry : order_) {
        sorted_[bins_[bin_of(entry.distance)]++] = entry;
    }
    order_.swap(sorted_);
    insertion_sort();
}

void Delaunay::start_hull(const Seed& seed) {
    const std::size_t count = points_.size();
    if (origin_.size() < 6 * count) {
        origin_.resize(6 * count);
        twin_.resize(6 * count);
    }
    if (hull_next_.size() < count) {
        hull_next_.resize(count);
        hull_previous_.resize(count);
        hull_edge_.resize(count);
    }
    find_buckets();
    size_ = 0;
    add_triangle(seed.a, seed.b, seed.c, none, none, none);
    const std::int32_t corners[] = {seed.a, seed.b, seed.c};
    for (std::int32_t i = 0; i < 3; ++i) {
        const std::int32_t p = corners[i];
        hull_next_[at(p)] = corners[(i + 1) % 3];
        hull_previous_[at(p)] = corners[(i + 2) % 3];
        hull_edge_[at(p)] = i;
        buckets_[bucket(p)] = p;
    }
    hull_start_ = seed.a;
}

void Delaunay::replace_hull_edge(std::int32_t old_edge, std::int32_t new_edge) {
    std::int32_t p = hull_start_;
    do {
        if (hull_edge_[at(p)] == old_edge) {
            hull_edge_[at(p)] = new_edge;
            return;
        }
        p = hull_previous_[at(p)];
    } while (p != hull_start_);
}

// Is d inside the circle through a, b, c? The filter of predicates.h; on the circle itself the lowest number
// decides: that point's height on the paraboloid is moved down by more than the others', and the sign is that
// of its cofactor.
bool Delaunay::inside_circle(std::int32_t a, std::int32_t b, std::int32_t c, std::int32_t d) const {
    const Place o = at_[at(d)];
    const double ax = at_[at(a)].x - o.x;
    const double ay = at_[at(a)].y - o.y;
    const double bx = at_[at(b)].x - o.x;
    const double by = at_[at(b)].y - o.y;
    const double cx = at_[at(c)].x - o.x;
    const double cy = at_[at(c)].y - o.y;
    const double bc1 = bx * cy;
    const double bc2 = by * cx;
    const double ca1 = cx * ay;
    const double ca2 = cy * ax;
    const double ab1 = ax * by;
    const double ab2 = ay * bx;
    const double al = ax * ax + ay * ay;
    const double bl = bx * bx + by * by;
    const double cl = cx * cx + cy * cy;
    const double det = al * (bc1 - bc2) + bl * (ca1 - ca2) + cl * (ab1 - ab2);
    const double bound = 16.0 * unit_roundoff *
                         (al * (std::abs(bc1) + std::abs(bc2)) + bl * (std::abs(ca1) + std::abs(ca2)) +
                          cl * (std::abs(ab1) + std::abs(ab2)));
    if (std::abs(det) > bound) return det > 0.0;
    return inside_circle_unsure(a, b, c, d);
}

bool Delaunay::inside_circle_unsure(std::int32_t a, std::int32_t b, std::int32_t c, std::int32_t d) const {
    const Point pa = points_[at(a)];
    const Point pb = points_[at(b)];
    const Point pc = points_[at(c)];
    const Point pd = points_[at(d)];
    const int side = in_circle_unsure(pa, pb, pc, pd);
    if (side != 0) return side > 0;
    const std::int32_t lowest = std::min(std::min(a, b), std::min(c, d));
    if (lowest == d) return true;
    if (lowest == a) return orientation(pd, pb, pc) < 0;
    if (lowest == b) return orientation(pd, pc, pa) < 0;
    return orientation(pd, pa, pb) < 0;
}

// Flips the half-edge's edge, and what that makes worth flipping, until all are Delaunay. Returns the
// half-edge that now stands where the one before `e` stood.
std::int32_t Delaunay::legalize(std::int32_t e) {
    stack_.clear();
    std::int32_t before = 0;
    std::int32_t a = e;
    while (true) {
        const std::int32_t b = twin_[at(a)];
        before = previous(a);
        bool flipped = false;
        if (b != none) {
            const std::int32_t opposite = previous(b);
            const std::int32_t p0 = origin_[at(before)];
            const std::int32_t p1 = origin_[at(opposite)];
            if (inside_circle(p0, origin_[at(a)], origin_[at(next(a))], p1)) {
                origin_[at(a)] = p1;
                origin_[at(b)] = p0;
                const std::int32_t outer = twin_[at(opposite)];
                if (outer == none) replace_hull_edge(opposite, a);
                link(a, outer);
                link(b, twin_[at(before)]);
                link(before, opposite);
                stack_.push_back(next(b));
                flipped = true;
            }
        }
        if (flipped) continue;
        if (stack_.empty()) return before;
        a = stack_.back();
        stack_.pop_back();
    }
}

// False: the point does not lie outside the hull.
bool Delaunay::add(std::int32_t point) {
    std::int32_t start = none;
    const std::size_t key = bucket(point);
    for (std::size_t j = 0; j < buckets_.size(); ++j) {
        const std::size_t k = key + j < buckets_.size() ? key + j : key + j - buckets_.size();
        start = buckets_[k];
        if (start != none && start != hull_next_[at(start)]) break;
        start = none;
    }
    if (start == none) return false;
    start = hull_previous_[at(start)];
    std::int32_t e = start;
    while (!sees(point, e, hull_next_[at(e)])) {
        e = hull_next_[at(e)];
        if (e == start) return false;
    }
    std::int32_t ahead = hull_next_[at(e)];
    std::int32_t t = add_triangle(e, point, ahead, none, none, hull_edge_[at(e)]);
    hull_edge_[at(point)] = legalize(t + 2);
    hull_edge_[at(e)] = t;
    // Forwards, then backwards, as far as the point sees.
    while (sees(point, ahead, hull_next_[at(ahead)])) {
        const std::int32_t beyond = hull_next_[at(ahead)];
        t = add_triangle(ahead, point, beyond, hull_edge_[at(point)], none, hull_edge_[at(ahead)]);
        hull_edge_[at(point)] = legalize(t + 2);
        hull_next_[at(ahead)] = ahead;
        ahead = beyond;
    }
    if (e == start) {
        while (sees(point, hull_previous_[at(e)], e)) {
            const std::int32_t beyond = hull_previous_[at(e)];
            t = add_triangle(beyond, point, e, none, hull_edge_[at(e)], hull_edge_[at(beyond)]);
            legalize(t + 2);
            hull_edge_[at(beyond)] = t;
            hull_next_[at(e)] = e;
            e = beyond;
        }
    }
    hull_start_ = e;
    hull_previous_[at(point)] = e;
    hull_next_[at(e)] = point;
    hull_previous_[at(ahead)] = point;
    hull_next_[at(point)] = ahead;
    buckets_[key] = point;
    buckets_[bucket(e)] = e;
    return true;
}

bool Delaunay::triangulate(std::span<const Point> points) {
    points_ = points;
    size_ = 0;
    at_.resize(points.size());
    for (std::size_t i = 0; i < points.size(); ++i) {
        at_[i] = {static_cast<double>(points[i].x), static_cast<double>(points[i].y)};
    }
    if (points.size() < 3 ||
        points.size() > static_cast<std::size_t>(std::numeric_limits<std::int32_t>::max() / 6)) {
        return false;
    }
    Seed seed = find_seed();
    if (seed.a == none || seed.b == none || seed.c == none) return false;
    const int turn = orientation(points[at(seed.a)], points[at(seed.b)], points[at(seed.c)]);
    if (turn == 0) return false;
    if (turn < 0) std::swap(seed.b, seed.c);
    find_centre(seed);
    sort_by_distance(seed);
    start_hull(seed);
    for (const auto& [distance, point] : order_) {
        if (point == seed.a || point == seed.b || point == seed.c) continue;
        if (!add(point)) return false;
    }
    return true;
}

} // namespace cutout::geometry
