#include "debris/hull.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>

namespace cutout::debris {

namespace {
bool turns_left(Point a, Point b, Point c) {
    const double abx = static_cast<double>(b.x) - a.x;
    const double aby = static_cast<double>(b.y) - a.y;
    const double acx = static_cast<double>(c.x) - a.x;
    const double acy = static_cast<double>(c.y) - a.y;
    return abx * acy - aby * acx > 0.0;
}

enum class Shape : std::uint8_t { convex, crossing, dented };

// convex: it turns left everywhere, and goes round once; crossing: more than once.
Shape shape_of(std::span<const Point> ring) {
    if (ring.size() < 3) return Shape::crossing;
    int rounds = 0; // how often it begins to go to the right
    Point a = ring[ring.size() - 2];
    Point b = ring.back();
    for (const Point c : ring) {
        if (!turns_left(a, b, c)) return Shape::dented;
        rounds += b.x <= a.x && c.x > b.x ? 1 : 0;
        a = b;
        b = c;
    }
    return rounds == 1 ? Shape::convex : Shape::crossing;
}

// Melkman's way, for simple rings. False: it cannot tell, and nothing was appended.
bool append_hull_along(std::span<const Point> ring, std::vector<Point>& out) {
    constexpr std::size_t most = 64; // points: longer rings are rare, and sorted instead
    if (ring.size() > most) return false;
    // Counter-clockwise from `low` to `high`, where the point that came last stands at both ends.
    std::array<Point, 2 * most + 1> chain; // NOLINT(*-member-init): what is read was written
    std::size_t low = most - 1;
    std::size_t high = low + 3;
    const bool left = turns_left(ring[0], ring[1], ring[2]);
    if (!left && !turns_left(ring[1], ring[0], ring[2])) return false;
    chain[low] = chain[high] = ring[2];
    chain[low + 1] = ring[left ? 0 : 1];
    chain[low + 2] = ring[left ? 1 : 0];
    for (const Point p : ring.subspan(3)) {
        if (turns_left(chain[low], chain[low + 1], p) && turns_left(chain[high - 1], chain[high], p))
            continue;
        while (low + 1 < high && !turns_left(chain[low], chain[low + 1], p)) {
            ++low;
        }
        while (low + 1 < high && !turns_left(chain[high - 1], chain[high], p)) {
            --high;
        }
        chain[--low] = p;
        chain[++high] = p;
    }
    const std::span<const Point> hull(chain.data() + low, high - low);
    if (shape_of(hull) != Shape::convex) return false;
    out.insert(out.end(), hull.begin(), hull.end());
    return true;
}
} // namespace

void append_hull_of_ring(std::span<Point> ring, std::vector<Point>& out) {
    const Shape shape = shape_of(ring);
    if (shape == Shape::convex) {
        out.insert(out.end(), ring.begin(), ring.end());
    } else if (shape == Shape::crossing || !append_hull_along(ring, out)) {
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
