#include "debris/hull.h"

#include <algorithm>
#include <cstddef>

namespace cutout::debris {

namespace {
bool turns_left(Point a, Point b, Point c) {
    const double abx = static_cast<double>(b.x) - a.x;
    const double aby = static_cast<double>(b.y) - a.y;
    const double acx = static_cast<double>(c.x) - a.x;
    const double acy = static_cast<double>(c.y) - a.y;
    return abx * acy - aby * acx > 0.0;
}

// Turns left everywhere, and goes round once.
bool convex(std::span<const Point> ring) {
    if (ring.size() < 3) return false;
    int rounds = 0; // how often it begins to go to the right
    Point a = ring[ring.size() - 2];
    Point b = ring.back();
    for (const Point c : ring) {
        if (!turns_left(a, b, c)) return false;
        rounds += b.x <= a.x && c.x > b.x ? 1 : 0;
        a = b;
        b = c;
    }
    return rounds == 1;
}
} // namespace

void append_hull_of_ring(std::span<Point> ring, std::vector<Point>& out) {
    if (convex(ring)) {
        out.insert(out.end(), ring.begin(), ring.end());
    } else {
        append_hull(ring, out);
    }
}

void append_hull(std::span<Point> points, std::vector<Point>& out) {
    std::ranges::sort(points, [](Point a, Point b) { return a.x != b.x ? a.x < b.x : a.y < b.y; });
    const auto end = std::unique(points.begin(), points.end()); // not of std::ranges: clang 14 refuses it
    const std::span<Point> sorted(points.begin(), end);
    const std::size_t begin = out.size();
    // The lower chain from left to right, then the upper one back.
    const auto add = [&out](Point p, std::size_t chain) {
        while (out.size() >= chain + 2 && !turns_left(out[out.size() - 2], out.back(), p)) {
            out.pop_back();
        }
        out.push_back(p);
    };
    for (const Point p : sorted) {
        add(p, begin);
    }
    if (sorted.size() < 2) return;
    const std::size_t upper = out.size() - 1;
    for (std::size_t i = sorted.size() - 1; i-- > 0;) {
        add(sorted[i], upper);
    }
    out.pop_back(); // the first point again
}

} // namespace cutout::debris
