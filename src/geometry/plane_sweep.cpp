#include "geometry/plane_sweep.h"

#include "geometry/predicates.h"

#include <algorithm>
#include <set>
#include <utility>

namespace cutout::geometry {

namespace {

// Segments with their ends in lexicographic order: a vertical one goes upwards.
class Sweep {
public:
    Sweep(std::span<const Point> points, std::span<const Segment> segments)
        : points_(points), segments_(segments), order_(Above{this}) {
        left_.reserve(segments.size());
        right_.reserve(segments.size());
        for (const Segment& segment : segments) {
            const bool forward = lexicographic_less(points[segment.a], points[segment.b]);
            left_.push_back(forward ? segment.a : segment.b);
            right_.push_back(forward ? segment.b : segment.a);
        }
    }

    std::vector<Conflict> run(const std::atomic<bool>* cancel) {
        struct Event {
            std::uint32_t point;
            std::uint32_t segment;
            bool start;
        };
        std::vector<Event> events;
        events.reserve(2 * segments_.size());
        for (std::uint32_t i = 0; i < segments_.size(); ++i) {
            events.push_back({left_[i], i, true});
            events.push_back({right_[i], i, false});
        }
        // At one point, segments that end there leave before others begin.
        std::sort(events.begin(), events.end(), [&](const Event& a, const Event& b) {
            if (a.point != b.point) return lexicographic_less(points_[a.point], points_[b.point]);
            if (a.start != b.start) return b.start;
            return a.segment < b.segment;
        });
        where_.assign(segments_.size(), order_.end());
        std::size_t steps = 0;
        for (const Event& event : events) {
            if (++steps % 8192 == 0 && cancel != nullptr && cancel->load(std::memory_order_relaxed)) break;
            if (event.start) {
                enter(event.segment);
            } else {
                leave(event.segment);
            }
        }
        return std::move(found_);
    }

private:
    struct Above {
        const Sweep* sweep;
        bool operator()(std::uint32_t s, std::uint32_t t) const { return sweep->compare(s, t) < 0; }
    };
    using Order = std::set<std::uint32_t, Above>;

    // A segment in conflict with one that is there already is left out.
    void enter(std::uint32_t segment) {
        const auto [at, added] = order_.insert(segment);
        if (!added) { // equal: they overlap
            add_conflict(*at, segment);
            return;
        }
        bool alone = true;
        if (at != order_.begin() && meet(*std::prev(at), segment)) {
            add_conflict(*std::prev(at), segment);
            alone = false;
        }
        if (std::next(at) != order_.end() && meet(*std::next(at), segment)) {
            add_conflict(*std::next(at), segment);
            alone = false;
        }
        if (alone) {
            where_[segment] = at;
        } else {
            order_.erase(at);
        }
    }
    // Its neighbours become each other's; where these are in conflict, the upper one leaves, too.
    void leave(std::uint32_t segment) {
        auto at = where_[segment];
        if (at == order_.end()) return;
        while (true) {
            where_[*at] = order_.end();
            at = order_.erase(at);
            if (at == order_.begin() || at == order_.end() || !meet(*std::prev(at), *at)) return;
            add_conflict(*std::prev(at), *at);
        }
    }

    // Which of two segments that the sweep line meets does it meet first: -1 when s is below t.
    [[nodiscard]] int compare(std::uint32_t s, std::uint32_t t) const {
        if (s == t) return 0;
        const Point sl = points_[left_[s]];
        const Point sr = points_[right_[s]];
        const Point tl = points_[left_[t]];
        const Point tr = points_[right_[t]];
        if (left_[s] == left_[t]) return -orientation(sl, sr, tr);
        if (lexicographic_less(sl, tl)) return side_of(sl, sr, tl, tr);
        return -side_of(tl, tr, sl, sr);
    }

    // t begins later than s: -1 when it is above s.
    [[nodiscard]] static int side_of(Point sl, Point sr, Point tl, Point tr) {
        const int turn = orientation(sl, sr, tl);
        if (turn != 0) return -turn;
        // It begins on s, which is a conflict; any consistent answer will do until it is found.
        return -orientation(sl, sr, tr);
    }

    [[nodiscard]] bool meet(std::uint32_t s, std::uint32_t t) const {
        return in_conflict(points_, segments_[s], segments_[t]);
    }

    void add_conflict(std::uint32_t s, std::uint32_t t) {
        found_.push_back({std::min(s, t), std::max(s, t)});
    }

    std::span<const Point> points_;
    std::span<const Segment> segments_;
    std::vector<std::uint32_t> left_;
    std::vector<std::uint32_t> right_;
    Order order_;
    std::vector<Order::iterator> where_; // its end: not there
    std::vector<Conflict> found_;
};

} // namespace

std::vector<Conflict> sweep_for_conflicts(std::span<const Point> points, std::span<const Segment> segments,
                                          const std::atomic<bool>* cancel) {
    Sweep sweep(points, segments);
    return sweep.run(cancel);
}

} // namespace cutout::geometry
