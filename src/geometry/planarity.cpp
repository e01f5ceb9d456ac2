#include "geometry/planarity.h"

#include "geometry/limits.h"
#include "geometry/plane_sweep.h"
#include "geometry/predicates.h"
#include "geometry/segment_grid.h"

#include <algorithm>

namespace cutout::geometry {

namespace {

struct Box {
    float min_x, min_y, max_x, max_y;
};

Box box_of(Point a, Point b) {
    return {std::min(a.x, b.x), std::min(a.y, b.y), std::max(a.x, b.x), std::max(a.y, b.y)};
}

bool apart(const Box& s, const Box& t) {
    return s.max_x < t.min_x || t.max_x < s.min_x || s.max_y < t.min_y || t.max_y < s.min_y;
}

bool is_cancelled(const std::atomic<bool>* cancel) {
    return cancel != nullptr && cancel->load(std::memory_order_relaxed);
}

// Two segments from one point: do they leave it in the same direction?
bool same_direction(Point from, Point a, Point b) {
    const double ax = static_cast<double>(a.x) - static_cast<double>(from.x);
    const double ay = static_cast<double>(a.y) - static_cast<double>(from.y);
    const double bx = static_cast<double>(b.x) - static_cast<double>(from.x);
    const double by = static_cast<double>(b.y) - static_cast<double>(from.y);
    // Collinear vectors point the same way exactly when no component's signs differ.
    if (ax * bx < 0.0 || ay * by < 0.0) return false;
    return orientation(from, a, b) == 0;
}

} // namespace

bool in_conflict(std::span<const Point> points, Segment s, Segment t) {
    const Point a = points[s.a];
    const Point b = points[s.b];
    const Point c = points[t.a];
    const Point d = points[t.b];
    if (s.a == t.a) return s.b == t.b || same_direction(a, b, d);
    if (s.a == t.b) return s.b == t.a || same_direction(a, b, c);
    if (s.b == t.a) return same_direction(b, a, d);
    if (s.b == t.b) return same_direction(b, a, c);
    if (apart(box_of(a, b), box_of(c, d))) return false;
    const int abc = orientation(a, b, c);
    const int abd = orientation(a, b, d);
    if (abc * abd > 0) return false;
    const int cda = orientation(c, d, a);
    const int cdb = orientation(c, d, b);
    if (cda * cdb > 0) return false;
    if (abc != 0 || abd != 0) return true; // they cross, or an end of one is on the other
    return strictly_between_collinear(a, b, c) || strictly_between_collinear(a, b, d) ||
           strictly_between_collinear(c, d, a);
}

bool find_conflicts(std::span<const Point> points, std::span<const Segment> segments,
                    const std::atomic<bool>* cancel, std::vector<Conflict>& out) {
    out.clear();
    const auto count = static_cast<std::uint32_t>(segments.size());
    std::vector<Box> boxes(count);
    for (std::uint32_t i = 0; i < count; ++i) {
        boxes[i] = box_of(points[segments[i].a], points[segments[i].b]);
    }
    const auto test = [&](std::uint32_t i, std::uint32_t j) {
        if (!apart(boxes[i], boxes[j]) && in_conflict(points, segments[i], segments[j])) {
            out.push_back({std::min(i, j), std::max(i, j)});
        }
    };
    const auto test_all = [&] {
        for (std::uint32_t i = 0; i < count; ++i) {
            if (i % 256 == 255 && is_cancelled(cancel)) {
                out.clear();
                return false;
            }
            for (std::uint32_t j = i + 1; j < count; ++j) {
                test(i, j);
            }
        }
        return true;
    };
    const auto sort_out = [&] {
        std::sort(out.begin(), out.end());
        out.erase(std::unique(out.begin(), out.end()), out.end());
    };
    if (count <= brute_force_segments) return test_all();
    SegmentGrid grid;
    if (!grid.build(points, segments) || grid.pair_count() > grid_pairs_per_segment * segments.size()) {
        out = sweep_for_conflicts(points, segments, cancel);
        if (is_cancelled(cancel)) {
            out.clear();
            return false;
        }
        if (!out.empty() && count <= all_pairs_segments) {
            out.clear();
            return test_all();
        }
        sort_out();
        return true;
    }
    for (std::size_t cell = 0; cell < grid.cell_count(); ++cell) {
        if (cell % 4096 == 0 && is_cancelled(cancel)) {
            out.clear();
            return false;
        }
        const std::span<const std::uint32_t> listed = grid.cell(cell);
        for (std::size_t i = 0; i < listed.size(); ++i) {
            for (std::size_t j = i + 1; j < listed.size(); ++j) {
                test(listed[i], listed[j]);
            }
        }
    }
    sort_out();
    return true;
}

} // namespace cutout::geometry
