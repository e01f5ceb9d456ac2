#include "fracture/repair.h"

#include "fracture/tuning.h"
#include "geometry/predicates.h"
#include "geometry/symbolic.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <limits>

namespace cutout::fracture {

namespace {

using geometry::Conflict;
using geometry::Point;
using geometry::Segment;

struct Split {
    std::uint32_t segment;
    std::uint32_t point;
};

bool inside_segment(std::span<const Point> points, Segment s, std::uint32_t p) {
    return p != s.a && p != s.b && geometry::orientation(points[s.a], points[s.b], points[p]) == 0 &&
           geometry::strictly_between_collinear(points[s.a], points[s.b], points[p]);
}

// The crossing of two segments, rounded to the nearest floats.
Point crossing(std::span<const Point> points, Segment s, Segment t) {
    geometry::Lines lines;
    const geometry::LineId first = lines.add_through(points[s.a], points[s.b]);
    const geometry::LineId second = lines.add_through(points[t.a], points[t.b]);
    return lines.rounded(lines.intersect(first, second));
}

// The end of s or t that is no further than `tolerance` from p in x and in y, and nearest; or p's own number.
std::uint32_t snap(PlaneGraph& graph, Segment s, Segment t, Point p, double tolerance) {
    std::uint32_t best = 0;
    double least = tolerance;
    bool found = false;
    for (const std::uint32_t end : {s.a, s.b, t.a, t.b}) {
        const Point q = graph.numbers.points()[end];
        const double distance = std::max(std::abs(static_cast<double>(q.x) - static_cast<double>(p.x)),
                                         std::abs(static_cast<double>(q.y) - static_cast<double>(p.y)));
        if (distance > least || (found && distance == least)) continue;
        least = distance;
        best = end;
        found = true;
    }
    return found ? best : graph.numbers.number(p);
}

void find_splits(PlaneGraph& graph, std::span<const Segment> segments, std::span<const Conflict> conflicts,
                 double tolerance, std::vector<Split>& out) {
    out.clear();
    for (const Conflict& conflict : conflicts) {
        const Segment s = segments[conflict.first];
        const Segment t = segments[conflict.second];
        const std::size_t before = out.size();
        for (const std::uint32_t p : {t.a, t.b}) {
            if (inside_segment(graph.numbers.points(), s, p)) out.push_back({conflict.first, p});
        }
        for (const std::uint32_t p : {s.a, s.b}) {
            if (inside_segment(graph.numbers.points(), t, p)) out.push_back({conflict.second, p});
        }
        if (out.size() > before) continue;
        const std::uint32_t p = snap(graph, s, t, crossing(graph.numbers.points(), s, t), tolerance);
        if (p != s.a && p != s.b) out.push_back({conflict.first, p});
        if (p != t.a && p != t.b) out.push_back({conflict.second, p});
    }
}

// The step between floats at the largest coordinate.
double coarsest_step(std::span<const Point> points) {
    float largest = 0.0F;
    for (const Point p : points) {
        largest = std::max({largest, std::abs(p.x), std::abs(p.y)});
    }
    return static_cast<double>(std::nextafter(largest, std::numeric_limits<float>::infinity())) -
           static_cast<double>(largest);
}

// Position along a segment, for sorting the points that split it.
double along(std::span<const Point> points, Segment s, std::uint32_t p) {
    const auto ax = static_cast<double>(points[s.a].x);
    const auto ay = static_cast<double>(points[s.a].y);
    return (static_cast<double>(points[s.b].x) - ax) * (static_cast<double>(points[p].x) - ax) +
           (static_cast<double>(points[s.b].y) - ay) * (static_cast<double>(points[p].y) - ay);
}

bool edge_less(const EdgeUse& x, const EdgeUse& y) {
    if (x.a != y.a) return x.a < y.a;
    if (x.b != y.b) return x.b < y.b;
    return x.label < y.label;
}

// Sorts uses, adds up those of one label on one edge, and drops what cancels.
void merge(std::vector<EdgeUse>& uses) {
    std::sort(uses.begin(), uses.end(), edge_less);
    std::size_t kept = 0;
    for (std::size_t i = 0; i < uses.size();) {
        EdgeUse sum = uses[i];
        for (++i; i < uses.size() && uses[i].a == sum.a && uses[i].b == sum.b && uses[i].label == sum.label;
             ++i) {
            sum.count += uses[i].count;
        }
        if (sum.count != 0) uses[kept++] = sum;
    }
    uses.resize(kept);
}

// Replaces every segment by the chain through its splitting points, in all its uses.
void apply(PlaneGraph& graph, std::span<const Segment> segments, std::vector<Split>& splits) {
    const std::span<const Point> points = graph.numbers.points();
    std::sort(splits.begin(), splits.end(), [&](const Split& x, const Split& y) {
        if (x.segment != y.segment) return x.segment < y.segment;
        const double at_x = along(points, segments[x.segment], x.point);
        const double at_y = along(points, segments[y.segment], y.point);
        return at_x != at_y ? at_x < at_y : x.point < y.point;
    });
    std::vector<EdgeUse> result;
    result.reserve(graph.uses.size() + 2 * splits.size());
    const auto add = [&](std::uint32_t from, std::uint32_t to, Label label, std::int32_t count) {
        if (from == to) return;
        if (from < to) {
            result.push_back({from, to, label, count});
        } else {
            result.push_back({to, from, label, -count});
        }
    };
    std::size_t use = 0;
    std::size_t split = 0;
    for (std::uint32_t i = 0; i < segments.size(); ++i) {
        std::size_t split_end = split;
        while (split_end < splits.size() && splits[split_end].segment == i) {
            ++split_end;
        }
        for (; use < graph.uses.size() && graph.uses[use].a == segments[i].a &&
               graph.uses[use].b == segments[i].b;
             ++use) {
            const EdgeUse& old = graph.uses[use];
            std::uint32_t at = old.a;
            for (std::size_t k = split; k < split_end; ++k) {
                add(at, splits[k].point, old.label, old.count);
                at = splits[k].point;
            }
            add(at, old.b, old.label, old.count);
        }
        split = split_end;
    }
    graph.uses = std::move(result);
    merge(graph.uses);
}

std::vector<Segment> distinct_edges(std::span<const EdgeUse> uses) {
    std::vector<Segment> segments;
    for (const EdgeUse& use : uses) {
        if (segments.empty() || segments.back().a != use.a || segments.back().b != use.b) {
            segments.push_back({use.a, use.b});
        }
    }
    return segments;
}

} // namespace

RepairResult repair(PlaneGraph& graph, const std::atomic<bool>* cancel, FaceRule rule) {
    merge(graph.uses);
    std::vector<Conflict> conflicts;
    std::vector<Split> splits;
    // The grid of floats is finer near the axes than where the edges' other ends were rounded, so snapping to
    // it alone can go on by ever smaller steps. Ends within a step of the coarsest part of the grid count as
    // the crossing itself; the more rounds it takes, the more steps.
    double tolerance = 0.5 * coarsest_step(graph.numbers.points());
    for (std::size_t round = 0; round < max_snap_rounds; ++round) {
        const std::vector<Segment> segments = distinct_edges(graph.uses);
        if (!geometry::find_conflicts(graph.numbers.points(), segments, cancel, conflicts)) {
            return RepairResult::cancelled;
        }
        if (conflicts.empty()) {
            relabel(graph, rule);
            return RepairResult::done;
        }
        find_splits(graph, segments, conflicts, tolerance, splits);
        apply(graph, segments, splits);
        if (round % snap_rounds_before_doubling == snap_rounds_before_doubling - 1) tolerance *= 2.0;
    }
    return RepairResult::failed;
}

} // namespace cutout::fracture
