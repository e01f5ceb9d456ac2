#include "geometry/simple_rings.h"

#include "geometry/box_levels.h"
#include "geometry/predicates.h"

#include <cstddef>
#include <vector>

namespace cutout::geometry {

bool surely_apart(Point a, Point b, Point c, Point d) {
    return orientation(a, b, c) * orientation(a, b, d) > 0 || orientation(c, d, a) * orientation(c, d, b) > 0;
}

bool unfolded(Point p, Point q, Point r) {
    if (orientation(p, q, r) != 0) return true;
    return (q.x - p.x > 0.0F) == (r.x - q.x > 0.0F) && (q.x - p.x < 0.0F) == (r.x - q.x < 0.0F) &&
           (q.y - p.y > 0.0F) == (r.y - q.y > 0.0F) && (q.y - p.y < 0.0F) == (r.y - q.y < 0.0F);
}

bool surely_simple(std::span<const Point> points, std::span<const std::uint32_t> ends) {
    std::vector<std::uint32_t> after(points.size());
    std::uint32_t begin = 0;
    for (const std::uint32_t end : ends) {
        for (std::uint32_t i = begin; i < end; ++i) {
            after[i] = i + 1 == end ? begin : i + 1;
        }
        begin = end;
    }
    const auto apart = [&](std::size_t i, std::size_t j) {
        if (after[i] == j || after[j] == i) return true; // their corner is looked at below
        return surely_apart(points[i], points[after[i]], points[j], points[after[j]]);
    };
    for (std::size_t i = 0; i < points.size(); ++i) {
        if (!unfolded(points[i], points[after[i]], points[after[after[i]]])) return false;
    }
    // Neighbours are no corner where one ring ends and the next begins.
    for (const std::uint32_t end : ends.first(ends.size() - 1)) {
        if (!apart(end - 1, end)) return false;
    }
    BoxLevels boxes;
    boxes.build(points, after, ends, 0.0F);
    return boxes.visit_pairs(apart) == PairsEnd::all_visited;
}

} // namespace cutout::geometry
