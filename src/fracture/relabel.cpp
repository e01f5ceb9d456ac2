// The second step of repair.h: which label has each face of a plane graph.
#include "fracture/repair.h"
#include "geometry/predicates.h"

#include <algorithm>
#include <cstddef>
#include <limits>

namespace cutout::fracture {

namespace {

using geometry::Point;

constexpr std::uint32_t none = std::numeric_limits<std::uint32_t>::max();

// How often each label winds round a place; sorted by label, no zeros.
using Windings = std::vector<Winding>;

void add_winding(Windings& windings, Label label, std::int32_t count) {
    const auto at = std::lower_bound(windings.begin(), windings.end(), label,
                                     [](const auto& entry, Label value) { return entry.first < value; });
    if (at == windings.end() || at->first != label) {
        windings.insert(at, {label, count});
    } else if ((at->second += count) == 0) {
        windings.erase(at);
    }
}

// Half-edge 2 e goes from a to b of edge e, 2 e + 1 back.
class Faces {
public:
    Faces(PlaneGraph& graph, FaceRule rule) : graph_(graph), rule_(rule), points_(graph.numbers.points()) {}

    void run() {
        collect_edges();
        sort_around_vertices();
        link();
        for (std::uint32_t face = 0; face < face_start_.size(); ++face) {
            if (!known_[face]) spread_from_component_of(face);
        }
        assign();
    }

private:
    struct UseRange {
        std::size_t begin;
        std::size_t end;
    };

    [[nodiscard]] std::uint32_t origin(std::uint32_t h) const {
        const GraphEdge& edge = graph_.edges[h / 2];
        return h % 2 == 0 ? edge.a : edge.b;
    }
    [[nodiscard]] std::uint32_t target(std::uint32_t h) const { return origin(h ^ 1U); }

    void collect_edges() {
        graph_.edges.clear();
        for (std::size_t i = 0; i < graph_.uses.size();) {
            const EdgeUse& use = graph_.uses[i];
            graph_.edges.push_back({.a = use.a, .b = use.b});
            std::size_t j = i;
            while (j < graph_.uses.size() && graph_.uses[j].a == use.a && graph_.uses[j].b == use.b) {
                ++j;
            }
            ranges_.push_back({i, j});
            i = j;
        }
    }

    // Counter-clockwise, beginning with the direction of growing x.
    void sort_around_vertices() {
        around_.resize(2 * graph_.edges.size());
        for (std::uint32_t h = 0; h < around_.size(); ++h) {
            around_[h] = h;
        }
        const auto lower_half = [&](Point v, Point w) { return w.y < v.y || (w.y == v.y && w.x < v.x); };
        std::sort(around_.begin(), around_.end(), [&](std::uint32_t g, std::uint32_t h) {
            if (origin(g) != origin(h)) return origin(g) < origin(h);
            if (g == h) return false;
            const Point v = points_[origin(g)];
            const Point p = points_[target(g)];
            const Point q = points_[target(h)];
            const bool low_p = lower_half(v, p);
            const bool low_q = lower_half(v, q);
            if (low_p != low_q) return low_q;
            return geometry::orientation(v, p, q) > 0;
        });
    }

    // Each half-edge's successor on the face to its left, and the faces.
    void link() {
        std::vector<std::uint32_t> place(around_.size());
        for (std::uint32_t i = 0; i < around_.size(); ++i) {
            place[around_[i]] = i;
        }
        std::vector<std::uint32_t> first(points_.size(), none);
        std::vector<std::uint32_t> last(points_.size(), none);
        for (std::uint32_t i = 0; i < around_.size(); ++i) {
            const std::uint32_t v = origin(around_[i]);
            if (first[v] == none) first[v] = i;
            last[v] = i;
        }
        face_of_.assign(around_.size(), none);
        next_.resize(around_.size());
        for (std::uint32_t h = 0; h < around_.size(); ++h) {
            const std::uint32_t at = place[h ^ 1U];
            const std::uint32_t v = target(h);
            next_[h] = around_[at == first[v] ? last[v] : at - 1];
        }
        for (std::uint32_t h = 0; h < around_.size(); ++h) {
            if (face_of_[h] != none) continue;
            const auto face = static_cast<std::uint32_t>(face_start_.size());
            face_start_.push_back(h);
            for (std::uint32_t at = h; face_of_[at] == none; at = next_[at]) {
                face_of_[at] = face;
            }
        }
        windings_.resize(face_start_.size());
        known_.assign(face_start_.size(), false);
    }

    // Finds the windings of all faces of one connected part of the graph.
    void spread_from_component_of(std::uint32_t start) {
        std::vector<std::uint32_t> members{start};
        std::vector<bool>& seen = known_; // marks them now, their windings follow
        seen[start] = true;
        std::uint32_t leftmost = face_start_[start];
        for (std::size_t i = 0; i < members.size(); ++i) {
            const std::uint32_t begin = face_start_[members[i]];
            std::uint32_t h = begin;
            do {
                if (geometry::lexicographic_less(points_[origin(h)], points_[origin(leftmost)])) leftmost = h;
                const std::uint32_t other = face_of_[h ^ 1U];
                if (!seen[other]) {
                    seen[other] = true;
                    members.push_back(other);
                }
                h = next_[h];
            } while (h != begin);
        }
        const std::uint32_t v = origin(leftmost);
        const std::uint32_t outer = face_of_[steepest_from(v, leftmost)];
        windings_[outer] = windings_left_of(points_[v]);

        std::vector<bool> done(face_start_.size(), false);
        std::vector<std::uint32_t> queue{outer};
        done[outer] = true;
        for (std::size_t i = 0; i < queue.size(); ++i) {
            const std::uint32_t begin = face_start_[queue[i]];
            std::uint32_t h = begin;
            do {
                const std::uint32_t other = face_of_[h ^ 1U];
                if (!done[other]) {
                    done[other] = true;
                    windings_[other] = windings_[queue[i]];
                    // Left of a -> b every use counts once more than right of it.
                    const int sign = h % 2 == 0 ? -1 : 1;
                    for (std::size_t k = ranges_[h / 2].begin; k < ranges_[h / 2].end; ++k) {
                        add_winding(windings_[other], graph_.uses[k].label, sign * graph_.uses[k].count);
                    }
                    queue.push_back(other);
                }
                h = next_[h];
            } while (h != begin);
        }
    }

    // The edge from the leftmost point v with the outside on its left: all others leave to its right.
    [[nodiscard]] std::uint32_t steepest_from(std::uint32_t v, std::uint32_t any) const {
        std::uint32_t best = any;
        for (std::uint32_t h = next_[any ^ 1U]; h != any; h = next_[h ^ 1U]) {
            if (geometry::orientation(points_[v], points_[target(best)], points_[target(h)]) > 0) best = h;
        }
        return best;
    }

    // Just left of (and a hair above) v: what the edges further left wind round.
    [[nodiscard]] Windings windings_left_of(Point v) const {
        Windings windings;
        for (std::size_t e = 0; e < graph_.edges.size(); ++e) {
            const Point a = points_[graph_.edges[e].a];
            const Point b = points_[graph_.edges[e].b];
            if ((a.y <= v.y) == (b.y <= v.y)) continue;
            const bool upwards = b.y > a.y;
            const int turn = geometry::orientation(a, b, v);
            if (turn == 0 || (turn > 0) == upwards) continue; // v is on it or left of it
            for (std::size_t k = ranges_[e].begin; k < ranges_[e].end; ++k) {
                add_winding(windings, graph_.uses[k].label, (upwards ? -1 : 1) * graph_.uses[k].count);
            }
        }
        return windings;
    }

    void assign() {
        std::vector<Label> labels(face_start_.size());
        for (std::size_t face = 0; face < labels.size(); ++face) {
            labels[face] = rule_(windings_[face]);
        }
        std::size_t kept = 0;
        for (std::uint32_t e = 0; e < graph_.edges.size(); ++e) {
            GraphEdge edge = graph_.edges[e];
            const std::size_t half = 2 * std::size_t{e};
            edge.left = labels[face_of_[half]];
            edge.right = labels[face_of_[half + 1]];
            if (edge.left != edge.right) graph_.edges[kept++] = edge;
        }
        graph_.edges.resize(kept);
    }

    PlaneGraph& graph_;
    FaceRule rule_;
    std::span<const Point> points_;
    std::vector<UseRange> ranges_; // of each edge in graph.uses
    std::vector<std::uint32_t> around_;
    std::vector<std::uint32_t> next_;
    std::vector<std::uint32_t> face_of_;
    std::vector<std::uint32_t> face_start_;
    std::vector<Windings> windings_;
    std::vector<bool> known_;
};

} // namespace

Label most_wound(std::span<const Winding> windings) {
    std::int32_t sum = 0;
    std::int32_t most = 0;
    Label label = no_label;
    for (const auto& [candidate, count] : windings) {
        sum += count;
        if (count > most) {
            most = count;
            label = candidate;
        }
    }
    return sum > 0 ? label : no_label; // the sum is the winding of the polygon itself
}

void relabel(PlaneGraph& graph, FaceRule rule) {
    Faces(graph, rule).run();
}

} // namespace cutout::fracture
