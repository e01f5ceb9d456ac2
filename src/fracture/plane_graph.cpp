#include "fracture/plane_graph.h"

#include "geometry/predicates.h"

#include <algorithm>
#include <bit>
#include <cstddef>

namespace cutout::fracture {

using geometry::Point;

void PointNumbers::clear() {
    points_.clear();
    std::fill(table_.begin(), table_.end(), 0U);
}

void PointNumbers::reserve(std::size_t points) {
    if (2 * points > table_.size()) grow(std::bit_ceil(2 * points));
}

void PointNumbers::grow(std::size_t capacity) {
    table_.assign(capacity, 0U);
    for (std::size_t i = 0; i < points_.size(); ++i) {
        table_[slot_of(points_[i])] = static_cast<std::uint32_t>(i + 1);
    }
}

// Where p is, or where it would go.
std::size_t PointNumbers::slot_of(Point p) const {
    std::uint64_t hash =
        (std::uint64_t{std::bit_cast<std::uint32_t>(p.x)} << 32U) | std::bit_cast<std::uint32_t>(p.y);
    hash = (hash ^ (hash >> 30U)) * 0xBF58476D1CE4E5B9ULL;
    hash = (hash ^ (hash >> 27U)) * 0x94D049BB133111EBULL;
    hash ^= hash >> 31U;
    const std::size_t mask = table_.size() - 1;
    std::size_t slot = static_cast<std::size_t>(hash) & mask;
    while (table_[slot] != 0 && !(points_[table_[slot] - 1] == p)) {
        slot = (slot + 1) & mask;
    }
    return slot;
}

std::uint32_t PointNumbers::number(Point p) {
    if (2 * (points_.size() + 1) > table_.size()) grow(std::max<std::size_t>(64, 2 * table_.size()));
    const std::size_t slot = slot_of(p);
    if (table_[slot] == 0) {
        points_.push_back(p);
        table_[slot] = static_cast<std::uint32_t>(points_.size());
    }
    return table_[slot] - 1;
}

bool PlaneGraph::build(const Soup& soup) {
    struct Use {
        std::uint32_t a;
        std::uint32_t b;
        Label label;
        std::int8_t direction;
        bool cut; // along a cut: something lies on the other side
    };
    numbers.clear();
    numbers.reserve(soup.points.size());
    edges.clear();
    uses.clear();
    plain_ = true;
    single_ = true;

    std::vector<Use> all;
    all.reserve(soup.points.size());
    std::vector<std::uint32_t> last_label; // per point: the label that used it last, + 1
    std::vector<std::uint32_t> order(soup.ends.size());
    for (std::uint32_t i = 0; i < order.size(); ++i) {
        order[i] = i;
    }
    std::stable_sort(order.begin(), order.end(),
                     [&](std::uint32_t x, std::uint32_t y) { return soup.labels[x] < soup.labels[y]; });
    for (const std::uint32_t ring : order) {
        const std::uint32_t begin = soup.ring_begin(ring);
        const std::uint32_t end = soup.ends[ring];
        const std::uint32_t label = soup.labels[ring];
        std::uint32_t from = numbers.number(soup.points[end - 1]);
        for (std::uint32_t i = begin; i < end; ++i) {
            const std::uint32_t to = numbers.number(soup.points[i]);
            last_label.resize(numbers.points().size(), 0U);
            if (last_label[to] == label + 1) plain_ = false;
            last_label[to] = label + 1;
            const EdgeKey key = soup.keys[i == begin ? end - 1 : i - 1];
            all.push_back({std::min(from, to), std::max(from, to), static_cast<Label>(label),
                           static_cast<std::int8_t>(from < to ? 1 : -1), key != boundary_key});
            from = to;
        }
    }
    std::sort(all.begin(), all.end(), [](const Use& x, const Use& y) {
        if (x.a != y.a) return x.a < y.a;
        if (x.b != y.b) return x.b < y.b;
        return x.label < y.label;
    });
    for (std::size_t i = 0; i < all.size();) {
        std::size_t j = i;
        int balance = 0;
        GraphEdge edge{.a = all[i].a, .b = all[i].b};
        bool one_each = true;
        for (; j < all.size() && all[j].a == all[i].a && all[j].b == all[i].b; ++j) {
            const Use& use = all[j];
            if (use.cut) balance += use.direction;
            if (!uses.empty() && j > i && uses.back().a == use.a && uses.back().b == use.b &&
                uses.back().label == use.label) {
                uses.back().count += use.direction;
                plain_ = false;
                if (uses.back().count == 0) uses.pop_back();
            } else {
                uses.push_back({use.a, use.b, use.label, use.direction});
            }
        }
        if (balance != 0) return false;
        std::size_t first = uses.size();
        while (first > 0 && uses[first - 1].a == edge.a && uses[first - 1].b == edge.b) {
            --first;
        }
        for (std::size_t k = first; k < uses.size(); ++k) {
            Label& side = uses[k].count > 0 ? edge.left : edge.right;
            if (side != no_label || std::abs(uses[k].count) > 1) one_each = false;
            side = uses[k].label;
        }
        if (!one_each) single_ = false;
        if (uses.size() > first) edges.push_back(edge);
        i = j;
    }
    plain_ = plain_ && single_;
    return true;
}

namespace {

struct DirectedEdge {
    Label label;
    std::uint32_t from;
    std::uint32_t to;
};

// From the points u -> v comes the boundary. Of two edges that leave v, which comes first when turning
// clockwise from v -> u? The one that comes first keeps the interior beside u -> v on its left.
bool clockwise_before(std::span<const Point> points, std::uint32_t u, std::uint32_t v, std::uint32_t w1,
                      std::uint32_t w2) {
    const auto half = [&](std::uint32_t w) { return geometry::orientation(points[v], points[u], points[w]); };
    const int h1 = half(w1);
    const int h2 = half(w2);
    if (h1 != h2) return h1 < h2; // right of v -> u, straight on, left of it
    return geometry::orientation(points[v], points[w1], points[w2]) < 0;
}

// Edges that leave v, each in a direction of its own.
template <typename Spokes>
void sort_counter_clockwise(std::span<const Point> points, std::uint32_t v, Spokes around) {
    const Point center = points[v];
    const auto lower_half = [&](Point p) { return p.y < center.y || (p.y == center.y && p.x < center.x); };
    std::sort(around.begin(), around.end(), [&](const auto& s, const auto& t) {
        const Point p = points[s.to];
        const Point q = points[t.to];
        const bool low_p = lower_half(p);
        const bool low_q = lower_half(q);
        if (low_p != low_q) return low_q;
        return geometry::orientation(center, p, q) > 0;
    });
}

// Cuts a closed walk at every point it visits more than once.
void split_at_repeated_points(const std::vector<std::uint32_t>& walk, Label label,
                              std::vector<std::uint32_t>& depth_of, std::vector<Loop>& out) {
    std::vector<std::uint32_t> stack;
    for (const std::uint32_t point : walk) {
        if (depth_of[point] != 0) {
            const std::size_t depth = depth_of[point];
            Loop loop{.points = {stack.begin() + static_cast<std::ptrdiff_t>(depth - 1), stack.end()},
                      .label = label};
            for (std::size_t i = depth; i < stack.size(); ++i) {
                depth_of[stack[i]] = 0;
            }
            stack.resize(depth);
            out.push_back(std::move(loop));
            continue;
        }
        stack.push_back(point);
        depth_of[point] = static_cast<std::uint32_t>(stack.size());
    }
    for (const std::uint32_t point : stack) {
        depth_of[point] = 0;
    }
    out.push_back({.points = std::move(stack), .label = label});
}

} // namespace

bool PlaneGraph::consistent() const {
    const std::span<const Point> points = numbers.points();
    std::vector<std::uint32_t> offsets(points.size() + 1, 0);
    for (const GraphEdge& edge : edges) {
        ++offsets[edge.a + 1];
        ++offsets[edge.b + 1];
    }
    for (std::size_t i = 0; i < points.size(); ++i) {
        offsets[i + 1] += offsets[i];
    }
    struct Spoke {
        std::uint32_t to;
        Label left;
        Label right;
    };
    std::vector<Spoke> spokes(offsets.back());
    std::vector<std::uint32_t> next(offsets.begin(), offsets.end() - 1);
    for (const GraphEdge& edge : edges) {
        spokes[next[edge.a]++] = {edge.b, edge.left, edge.right};
        spokes[next[edge.b]++] = {edge.a, edge.right, edge.left};
    }
    for (std::uint32_t v = 0; v < points.size(); ++v) {
        const std::span<Spoke> around(spokes.data() + offsets[v], offsets[v + 1] - offsets[v]);
        if (around.size() < 3) continue; // two labels at most: they cannot disagree
        sort_counter_clockwise(points, v, around);
        for (std::size_t i = 0; i < around.size(); ++i) {
            if (around[i].left != around[(i + 1) % around.size()].right) return false;
        }
    }
    return true;
}

bool PlaneGraph::trace(std::vector<Loop>& out) const {
    out.clear();
    std::vector<DirectedEdge> directed;
    directed.reserve(2 * edges.size());
    for (const GraphEdge& edge : edges) {
        if (edge.left == edge.right) continue;
        if (edge.left != no_label) directed.push_back({edge.left, edge.a, edge.b});
        if (edge.right != no_label) directed.push_back({edge.right, edge.b, edge.a});
    }
    const auto less = [](const DirectedEdge& x, const DirectedEdge& y) {
        if (x.label != y.label) return x.label < y.label;
        if (x.from != y.from) return x.from < y.from;
        return x.to < y.to;
    };
    std::sort(directed.begin(), directed.end(), less);
    const std::span<const Point> points = numbers.points();
    std::vector<std::uint8_t> used(directed.size(), 0);
    std::vector<std::uint32_t> depth_of(points.size(), 0);
    std::vector<std::uint32_t> walk;
    for (std::size_t first = 0; first < directed.size(); ++first) {
        if (used[first] != 0) continue;
        walk.clear();
        std::size_t at = first;
        while (used[at] == 0) {
            used[at] = 1;
            const auto [label, from, to] = directed[at];
            walk.push_back(from);
            auto next = std::lower_bound(directed.begin(), directed.end(), DirectedEdge{label, to, 0}, less);
            auto best = next;
            for (; next != directed.end() && next->label == label && next->from == to; ++next) {
                if (next != best && clockwise_before(points, from, to, next->to, best->to)) best = next;
            }
            if (best == directed.end() || best->label != label || best->from != to) return false;
            at = static_cast<std::size_t>(best - directed.begin());
        }
        if (at != first) return false;
        split_at_repeated_points(walk, directed[first].label, depth_of, out);
    }
    return true;
}

} // namespace cutout::fracture
