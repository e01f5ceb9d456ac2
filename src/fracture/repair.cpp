#include "fracture/repair.h"

#include "fracture/tuning.h"
#include "geometry/predicates.h"
#include "geometry/symbolic.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdlib>
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

void add_use(std::uint32_t from, std::uint32_t to, Label label, std::int32_t count,
             std::vector<EdgeUse>& uses) {
    if (from == to) return;
    if (from < to) {
        uses.push_back({from, to, label, count});
    } else {
        uses.push_back({to, from, label, -count});
    }
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
                add_use(at, splits[k].point, old.label, old.count, result);
                at = splits[k].point;
            }
            add_use(at, old.b, old.label, old.count, result);
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

// One grid for the whole graph: every square of it that holds an end or a crossing of segments is hot, and
// every segment goes through the middles of all hot squares that it meets. So nothing crosses any more
// (Hobby's theorem), as far as all crossings are known.
class OneGrid {
public:
    OneGrid(PlaneGraph& graph, double step) : graph_(graph), step_(step) {}

    // False: cancelled.
    bool snap(const std::atomic<bool>* cancel) {
        segments_ = distinct_edges(graph_.uses);
        points_.assign(graph_.numbers.points().begin(), graph_.numbers.points().end());
        std::vector<Conflict> conflicts;
        if (!geometry::find_conflicts(points_, segments_, cancel, conflicts)) return false;
        find_hot_squares(conflicts);
        std::vector<EdgeUse> result;
        std::size_t use = 0;
        for (std::size_t i = 0; i < segments_.size(); ++i) {
            if (i % 256 == 0 && cancel != nullptr && cancel->load(std::memory_order_relaxed)) return false;
            const Segment segment = segments_[i];
            find_way(segment);
            for (; use < graph_.uses.size() && graph_.uses[use].a == segment.a &&
                   graph_.uses[use].b == segment.b;
                 ++use) {
                const EdgeUse& old = graph_.uses[use];
                std::uint32_t at = graph_.numbers.number(middle_of(segment.a));
                for (const auto& [position, next] : way_) {
                    add_use(at, next, old.label, old.count, result);
                    at = next;
                }
                add_use(at, graph_.numbers.number(middle_of(segment.b)), old.label, old.count, result);
            }
        }
        graph_.uses = std::move(result);
        merge(graph_.uses);
        return true;
    }

private:
    // Of the square that holds the place. (The step is a power of two, and not finer than the floats there.)
    [[nodiscard]] Point middle(double x, double y) const {
        return {static_cast<float>(std::nearbyint(x / step_) * step_) + 0.0F,
                static_cast<float>(std::nearbyint(y / step_) * step_) + 0.0F};
    }
    [[nodiscard]] Point middle_of(std::uint32_t p) const {
        return middle(static_cast<double>(points_[p].x), static_cast<double>(points_[p].y));
    }

    void find_hot_squares(std::span<const Conflict> conflicts) {
        hot_.clear();
        for (const Segment segment : segments_) {
            hot_.push_back(middle_of(segment.a));
            hot_.push_back(middle_of(segment.b));
        }
        for (const Conflict& conflict : conflicts) {
            geometry::Lines lines;
            const Segment s = segments_[conflict.first];
            const Segment t = segments_[conflict.second];
            const geometry::LineId first = lines.add_through(points_[s.a], points_[s.b]);
            const geometry::LineId second = lines.add_through(points_[t.a], points_[t.b]);
            if (lines.turn(first, second) == 0) continue; // they overlap, and ends are hot
            const geometry::Vertex v = lines.intersect(first, second);
            hot_.push_back(middle(v.x, v.y));
        }
        std::sort(hot_.begin(), hot_.end(), geometry::lexicographic_less);
        hot_.erase(std::unique(hot_.begin(), hot_.end()), hot_.end());
        number_.resize(hot_.size());
        std::transform(hot_.begin(), hot_.end(), number_.begin(),
                       [&](Point p) { return graph_.numbers.number(p); });
    }

    // The hot squares between those of the segment's ends, in order.
    void find_way(Segment segment) {
        const Point a = points_[segment.a];
        const Point b = points_[segment.b];
        const Point begin = middle_of(segment.a);
        const Point end = middle_of(segment.b);
        const double half = 0.5 * step_;
        const double low_x = static_cast<double>(std::min(a.x, b.x)) - half;
        const double high_x = static_cast<double>(std::max(a.x, b.x)) + half;
        const double low_y = static_cast<double>(std::min(a.y, b.y)) - half;
        const double high_y = static_cast<double>(std::max(a.y, b.y)) + half;
        const double dx = static_cast<double>(b.x) - static_cast<double>(a.x);
        const double dy = static_cast<double>(b.y) - static_cast<double>(a.y);
        geometry::Lines lines;
        const geometry::LineId line = lines.add_through(a, b);
        way_.clear();
        const auto first = std::lower_bound(hot_.begin(), hot_.end(), low_x,
                                            [](Point p, double x) { return static_cast<double>(p.x) < x; });
        for (auto square = first; square != hot_.end(); ++square) {
            const auto x = static_cast<double>(square->x);
            const auto y = static_cast<double>(square->y);
            if (x > high_x) break;
            if (y < low_y || y > high_y || *square == begin || *square == end) continue;
            int sides = 0; // of the corners: 4 or -4 where the line passes the square by
            for (const double corner_x : {x - half, x + half}) {
                for (const double corner_y : {y - half, y + half}) {
                    sides += lines.side(line, {.x = corner_x, .y = corner_y});
                }
            }
            if (std::abs(sides) == 4) continue;
            way_.emplace_back((x - static_cast<double>(a.x)) * dx + (y - static_cast<double>(a.y)) * dy,
                              number_[static_cast<std::size_t>(square - hot_.begin())]);
        }
        std::sort(way_.begin(), way_.end());
    }

    PlaneGraph& graph_;
    double step_;
    std::vector<Segment> segments_;
    std::vector<Point> points_;
    std::vector<Point> hot_; // middles of squares, sorted
    std::vector<std::uint32_t> number_;
    std::vector<std::pair<double, std::uint32_t>> way_; // position along the segment, number of the middle
};

} // namespace

RepairResult repair(PlaneGraph& graph, const std::atomic<bool>* cancel, FaceRule rule) {
    merge(graph.uses);
    const std::vector<EdgeUse> original = graph.uses;
    std::vector<Conflict> conflicts;
    std::vector<Split> splits;
    // The grid of floats is finer near the axes than where the edges' other ends were rounded, so snapping to
    // it alone can go on by ever smaller steps. Ends within a step of the coarsest part of the grid count as
    // the crossing itself; the more rounds it takes, the more steps.
    const double step = coarsest_step(graph.numbers.points());
    double tolerance = 0.5 * step;
    std::size_t most_conflicts = least_conflicts_to_give_up;
    for (std::size_t round = 0; round < max_snap_rounds; ++round) {
        const std::vector<Segment> segments = distinct_edges(graph.uses);
        if (!geometry::find_conflicts(graph.numbers.points(), segments, cancel, conflicts)) {
            return RepairResult::cancelled;
        }
        if (conflicts.empty()) {
            relabel(graph, rule);
            return RepairResult::done;
        }
        // Edges that nearly coincide may cross again and again, each time in more places.
        if (round == 0) most_conflicts = std::max(most_conflicts, 4 * conflicts.size());
        if (conflicts.size() > most_conflicts) break;
        find_splits(graph, segments, conflicts, tolerance, splits);
        apply(graph, segments, splits);
        if (round % snap_rounds_before_doubling == snap_rounds_before_doubling - 1) tolerance *= 2.0;
    }
    graph.uses = original;
    double size = step;
    for (std::size_t round = 0; round < max_grid_rounds; ++round) {
        // A vertex may come to lie on an edge, which goes through it the next time.
        if (round > 0 && round % grid_rounds_before_doubling == 0) size *= 2.0;
        if (!OneGrid(graph, size).snap(cancel) ||
            !geometry::find_conflicts(graph.numbers.points(), distinct_edges(graph.uses), cancel,
                                      conflicts)) {
            return RepairResult::cancelled;
        }
        if (conflicts.empty()) {
            relabel(graph, rule);
            return RepairResult::done;
        }
    }
    return RepairResult::failed;
}

} // namespace cutout::fracture
