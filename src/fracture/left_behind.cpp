#include "fracture/left_behind.h"

#include "geometry/predicates.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <limits>

namespace cutout::fracture {

using geometry::Point;

namespace {

// Does the line run as near to the point as floats are apart there?
bool runs_beside(Point a, Point b, Point p) {
    const auto step = [](float x, float y, float z) {
        const float far = std::max({std::abs(x), std::abs(y), std::abs(z)});
        return std::nextafter(far, std::numeric_limits<float>::infinity()) - far;
    };
    const float x = step(a.x, b.x, p.x);
    const float y = step(a.y, b.y, p.y);
    int left = 0;
    int right = 0;
    for (const Point corner : {Point{p.x - x, p.y - y}, Point{p.x + x, p.y - y}, Point{p.x + x, p.y + y},
                               Point{p.x - x, p.y + y}}) {
        const int side = geometry::orientation(a, b, corner);
        left += side >= 0 ? 1 : 0;
        right += side <= 0 ? 1 : 0;
    }
    return left > 0 && right > 0;
}

} // namespace

bool drop_left_behind(std::span<const std::uint8_t> may_go, std::vector<Point>& ring) {
    const auto first = std::find(may_go.begin(), may_go.end(), 0);
    if (first == may_go.end()) return false;
    const std::size_t count = ring.size();
    const auto start = static_cast<std::size_t>(first - may_go.begin());
    std::vector<Point> kept;
    for (std::size_t begin = 0, end = 0; begin < count; begin = end) {
        for (end = begin + 1; end < count && may_go[(start + end) % count] != 0;) {
            ++end;
        }
        const Point from = ring[(start + begin) % count];
        const Point to = ring[(start + end) % count];
        kept.push_back(from);
        for (std::size_t i = begin + 1; i < end; ++i) {
            const Point p = ring[(start + i) % count];
            if (from == to || !runs_beside(from, to, p)) kept.push_back(p);
        }
    }
    if (kept.size() == count) return false;
    // About as thin as floats are apart, it may turn over.
    if (kept.size() >= 3 && geometry::winding(kept) != geometry::winding(ring)) return false;
    ring = std::move(kept);
    return true;
}

void EdgeSet::add(std::span<const Point> ring) {
    for (std::size_t i = 0, before = ring.size() - 1; i < ring.size(); before = i++) {
        const std::uint32_t a = numbers_.number(ring[before]);
        const std::uint32_t b = numbers_.number(ring[i]);
        edges_.emplace_back(std::min(a, b), std::max(a, b));
    }
}

bool EdgeSet::meet(const std::atomic<bool>* cancel) const {
    auto edges = edges_;
    std::sort(edges.begin(), edges.end());
    edges.erase(std::unique(edges.begin(), edges.end()), edges.end());
    std::vector<geometry::Segment> segments;
    segments.reserve(edges.size());
    for (const auto& [a, b] : edges) {
        segments.push_back({a, b});
    }
    std::vector<geometry::Conflict> conflicts;
    return !geometry::find_conflicts(numbers_.points(), segments, cancel, conflicts) || !conflicts.empty();
}

} // namespace cutout::fracture
