// Steps 3 and 4 of voronoi_walk.h: from chains to fragments, and the proof.
#include "fracture/voronoi_walk.h"

#include "fracture/measure.h"
#include "fracture/tuning.h"
#include "geometry/predicates.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace cutout::fracture {

using geometry::orientation;
using geometry::Point;

namespace {

// Segments whose boxes share one box around them all. (segments)
constexpr std::size_t block_size = 8;

// Up to so many ends of chains round a cell are sorted by insertion. (ends)
constexpr std::size_t insertion_sort_events = 24;

constexpr float infinity = std::numeric_limits<float>::infinity();

// Two segments without a shared end: do they keep apart? False also when an end lies on the other's line
// and they may touch.
bool apart(Point a, Point b, Point c, Point d) {
    return orientation(a, b, c) * orientation(a, b, d) > 0 || orientation(c, d, a) * orientation(c, d, b) > 0;
}

// Two segments p q and q r: do they meet in q only? Not if r folds back onto p q.
bool unfolded(Point p, Point q, Point r) {
    if (orientation(p, q, r) != 0) return true;
    return (q.x - p.x > 0.0F) == (r.x - q.x > 0.0F) && (q.x - p.x < 0.0F) == (r.x - q.x < 0.0F) &&
           (q.y - p.y > 0.0F) == (r.y - q.y > 0.0F) && (q.y - p.y < 0.0F) == (r.y - q.y < 0.0F);
}

} // namespace

void VoronoiWalk::group_chains() {
    first_chain_.assign(at(cells_.count()), -1);
    for (std::size_t i = chain_.size(); i-- > 0;) {
        std::int32_t& first = first_chain_[at(chain_[i].cell)];
        chain_[i].next_in_cell = first;
        first = static_cast<std::int32_t>(i);
    }
}

// Sorts the ends of the cell's chains round its border and links each way out to the next way in.
WalkEnd VoronoiWalk::link_cell(std::int32_t cell) {
    event_.clear();
    for (std::int32_t c = first_chain_[at(cell)]; c >= 0; c = chain_[at(c)].next_in_cell) {
        const Chain& chain = chain_[at(c)];
        event_.push_back({chain.slot_in, c, chain.along_in, chain.error_in, true});
        event_.push_back({chain.slot_out, c, chain.along_out, chain.error_out, false});
    }
    const auto before = [](const Event& x, const Event& y) {
        return x.slot != y.slot ? x.slot < y.slot : x.along < y.along;
    };
    if (event_.size() > insertion_sort_events) {
        std::sort(event_.begin(), event_.end(), before);
    } else {
        for (std::size_t i = 1; i < event_.size(); ++i) {
            const Event event = event_[i];
            std::size_t j = i;
            for (; j > 0 && before(event, event_[j - 1]); --j) {
                event_[j] = event_[j - 1];
            }
            event_[j] = event;
        }
    }
    for (std::size_t i = 0; i < event_.size(); ++i) {
        const Event& x = event_[i];
        const Event& y = event_[i + 1 == event_.size() ? 0 : i + 1];
        if (x.in == y.in) return WalkEnd::not_alternating;
        if (i + 1 < event_.size() && x.slot == y.slot && !(y.along - x.along > x.error + y.error)) {
            return WalkEnd::tie;
        }
        if (!x.in) chain_[at(x.chain)].follow = y.chain;
    }
    return WalkEnd::done;
}

void VoronoiWalk::add_segment(const Segment& segment) {
    const Point a = segment.a;
    const Point b = segment.b;
    const Box box{std::min(a.x, b.x), std::min(a.y, b.y), std::max(a.x, b.x), std::max(a.y, b.y)};
    if (segment_.size() % block_size == 0) block_.push_back({infinity, infinity, -infinity, -infinity});
    Box& block = block_.back();
    block = {std::min(block.low_x, box.low_x), std::min(block.low_y, box.low_y),
             std::max(block.high_x, box.high_x), std::max(block.high_y, box.high_y)};
    segment_.push_back(segment);
    box_.push_back(box);
}

void VoronoiWalk::box_segments(std::int32_t cell) {
    segment_.clear();
    box_.clear();
    block_.clear();
    for (std::int32_t c = first_chain_[at(cell)]; c >= 0; c = chain_[at(c)].next_in_cell) {
        const Chain& chain = chain_[at(c)];
        for (std::int32_t i = chain.first; i < chain.last; ++i) {
            add_segment({pool_[at(i)], pool_[at(i + 1)], i + 1 < chain.last});
        }
    }
}

// False as soon as fails(segment) is true for a segment, from number `from` on, whose box meets the given
// one.
template <typename Visit>
bool VoronoiWalk::no_overlap(const Box& box, std::size_t from, const Visit& fails) const {
    const auto meets = [&](const Box& other) {
        // Not short-circuited: four comparisons cost less than a branch that cannot be foreseen.
        return (static_cast<int>(other.low_x <= box.high_x) & static_cast<int>(other.high_x >= box.low_x) &
                static_cast<int>(other.low_y <= box.high_y) & static_cast<int>(other.high_y >= box.low_y)) !=
               0;
    };
    for (std::size_t k = from / block_size; k < block_.size(); ++k) {
        if (!meets(block_[k])) continue;
        const std::size_t end = std::min(segment_.size(), (k + 1) * block_size);
        for (std::size_t i = std::max(from, k * block_size); i < end; ++i) {
            if (meets(box_[i]) && fails(segment_[i])) return false;
        }
    }
    return true;
}

bool VoronoiWalk::chains_apart() const {
    for (std::size_t i = 0; i < segment_.size(); ++i) {
        const Point a = segment_[i].a;
        const Point b = segment_[i].b;
        const bool goes_on = segment_[i].goes_on;
        if (a == b || (goes_on && !unfolded(a, b, segment_[i + 1].b))) return false;
        if (!no_overlap(box_[i], i + (goes_on ? 2 : 1),
                        [&](const Segment& other) { return !apart(a, b, other.a, other.b); })) {
            return false;
        }
    }
    return true;
}

// An edge of the border joins the segments of its cell. False: it meets one elsewhere than in a shared end.
bool VoronoiWalk::add_border(Point a, Point b) {
    if (a == b) return false;
    const Box box{std::min(a.x, b.x), std::min(a.y, b.y), std::max(a.x, b.x), std::max(a.y, b.y)};
    const bool fine = no_overlap(box, 0, [&](const Segment& other) {
        const Point c = other.a;
        const Point d = other.b;
        if (c == a) return d == b || !unfolded(d, a, b);
        if (c == b) return d == a || !unfolded(d, b, a);
        if (d == a) return !unfolded(c, a, b);
        if (d == b) return !unfolded(c, b, a);
        return !apart(a, b, c, d);
    });
    if (fine) add_segment({a, b, false});
    return fine;
}

// The border of the cell from the way out of one chain to the way in of the next, ends not included.
WalkEnd VoronoiWalk::follow_border(std::int32_t cell, const Chain& from, const Chain& to) {
    Point last = pool_[at(from.last)];
    const std::size_t begin = draft_points_.size();
    std::int32_t s = from.slot_out;
    if (s != to.slot_in || from.along_out >= to.along_in) {
        do {
            const std::int32_t v = cells_.slot(s).vertex;
            if (v < 0) return WalkEnd::not_alternating; // the interior does not reach infinity
            const Point p = cells_.vertex(v);
            taken_by_[at(v)] = cell;
            // Cocircular sites share their vertex, and rounding may join two.
            if (p != last || draft_points_.size() == begin) {
                if (!add_border(last, p)) return WalkEnd::not_simple;
                draft_points_.push_back(p);
                last = p;
            }
            if (++s == cells_.end(cell)) s = cells_.begin(cell);
        } while (s != to.slot_in);
    }
    return add_border(last, pool_[at(to.first)]) ? WalkEnd::done : WalkEnd::not_simple;
}

void VoronoiWalk::end_draft(std::int32_t cell, std::size_t begin) {
    const auto first = draft_points_.begin() + static_cast<std::ptrdiff_t>(begin);
    std::rotate(first, std::min_element(first, draft_points_.end(), geometry::lexicographic_less),
                draft_points_.end());
    draft_.push_back({static_cast<std::uint32_t>(cell), static_cast<std::uint32_t>(begin),
                      static_cast<std::uint32_t>(draft_points_.size())});
}

WalkEnd VoronoiWalk::trace_cell(std::int32_t cell) {
    for (std::int32_t c = first_chain_[at(cell)]; c >= 0; c = chain_[at(c)].next_in_cell) {
        if (chain_[at(c)].follow < 0) continue;
        const std::size_t begin = draft_points_.size();
        std::int32_t k = c;
        do {
            Chain& chain = chain_[at(k)];
            const std::int32_t follow = chain.follow;
            if (follow < 0) return WalkEnd::not_alternating;
            chain.follow = -1;
            draft_points_.insert(draft_points_.end(), pool_.begin() + chain.first,
                                 pool_.begin() + chain.last + 1);
            if (const WalkEnd end = follow_border(cell, chain, chain_[at(follow)]); end != WalkEnd::done)
                return end;
            k = follow;
        } while (k != c);
        if (draft_points_.size() - begin < 3) return WalkEnd::not_simple;
        end_draft(cell, begin);
    }
    return WalkEnd::done;
}

// A cell that no ring enters.
WalkEnd VoronoiWalk::whole_cell(std::int32_t cell) {
    const std::size_t begin = draft_points_.size();
    for (std::int32_t s = cells_.begin(cell); s < cells_.end(cell); ++s) {
        const std::int32_t v = cells_.slot(s).vertex;
        if (v < 0) return WalkEnd::not_alternating;
        taken_by_[at(v)] = cell;
        const Point p = cells_.vertex(v);
        if (draft_points_.size() == begin || draft_points_.back() != p) draft_points_.push_back(p);
    }
    while (draft_points_.size() > begin + 1 && draft_points_.back() == draft_points_[begin]) {
        draft_points_.pop_back();
    }
    const std::size_t count = draft_points_.size() - begin;
    if (count < 3) return WalkEnd::not_simple;
    // Left turns only, and the edges' directions change between right and left twice: convex.
    const Point* points = draft_points_.data() + begin;
    Point a = points[count - 2];
    Point b = points[count - 1];
    int changes = 0;
    bool rightwards = geometry::lexicographic_less(a, b);
    for (std::size_t i = 0; i < count; ++i) {
        if (orientation(a, b, points[i]) <= 0) return WalkEnd::not_simple;
        a = b;
        b = points[i];
        changes += static_cast<int>(geometry::lexicographic_less(a, b) != rightwards);
        rightwards = geometry::lexicographic_less(a, b);
    }
    if (changes != 2) return WalkEnd::not_simple;
    end_draft(cell, begin);
    return WalkEnd::done;
}

// All cells round a Voronoi vertex must agree whether it is inside.
WalkEnd VoronoiWalk::mark_vertices(std::int32_t cell) {
    for (std::int32_t s = cells_.begin(cell); s < cells_.end(cell); ++s) {
        const std::int32_t v = cells_.slot(s).vertex;
        if (v < 0) continue;
        const Mark mark = taken_by_[at(v)] == cell ? inside : outside;
        if (vertex_mark_[at(v)] == unknown) {
            vertex_mark_[at(v)] = mark;
        } else if (vertex_mark_[at(v)] != mark) {
            return WalkEnd::not_alternating;
        }
    }
    return WalkEnd::done;
}

WalkEnd VoronoiWalk::stitch_all(const Control& control) {
    group_chains();
    draft_.clear();
    draft_points_.clear();
    vertex_mark_.assign(at(cells_.vertex_count()), unknown);
    taken_by_.assign(at(cells_.vertex_count()), -1);
    cell_known_.assign(at(cells_.count()), 0);
    queue_.clear();
    for (std::int32_t cell = 0; cell < cells_.count(); ++cell) {
        if (static_cast<std::uint32_t>(cell) % cells_per_check == 0) {
            if (control.cancelled()) return WalkEnd::cancelled;
            control.report(cutting_share * static_cast<float>(cell) / static_cast<float>(cells_.count()));
        }
        if (first_chain_[at(cell)] < 0) continue;
        if (const WalkEnd end = link_cell(cell); end != WalkEnd::done) return end;
        box_segments(cell);
        if (!chains_apart()) return WalkEnd::not_simple;
        if (const WalkEnd end = trace_cell(cell); end != WalkEnd::done) return end;
        if (const WalkEnd end = mark_vertices(cell); end != WalkEnd::done) return end;
        cell_known_[at(cell)] = 1;
        queue_.push_back(cell);
    }
    // From the entered cells inwards: a cell with a vertex inside is inside.
    for (std::size_t i = 0; i < queue_.size(); ++i) {
        const std::int32_t cell = queue_[i];
        std::int32_t previous = cells_.slot(cells_.end(cell) - 1).vertex;
        for (std::int32_t s = cells_.begin(cell); s < cells_.end(cell); ++s) {
            const std::int32_t v = cells_.slot(s).vertex;
            const std::int32_t neighbour = cells_.slot(s).neighbour;
            const bool is_inside = (v >= 0 && vertex_mark_[at(v)] == inside) ||
                                   (previous >= 0 && vertex_mark_[at(previous)] == inside);
            previous = v;
            if (!is_inside || cell_known_[at(neighbour)] != 0) continue;
            cell_known_[at(neighbour)] = 1;
            if (const WalkEnd end = whole_cell(neighbour); end != WalkEnd::done) return end;
            if (const WalkEnd end = mark_vertices(neighbour); end != WalkEnd::done) return end;
            queue_.push_back(neighbour);
        }
    }
    return WalkEnd::done;
}

// By cell, then by position; wound like the input.
WalkEnd VoronoiWalk::emit(const geometry::SimplePolygon& polygon, Fragments& out) {
    const auto ring_of = [&](const Draft& draft) {
        return std::span<const Point>(draft_points_.data() + draft.begin, draft.end - draft.begin);
    };
    if (polygon.outer_winding < 0) {
        for (const Draft& draft : draft_) {
            std::reverse(draft_points_.begin() + draft.begin + 1, draft_points_.begin() + draft.end);
        }
    }
    std::sort(draft_.begin(), draft_.end(), [&](const Draft& x, const Draft& y) {
        if (x.cell != y.cell) return x.cell < y.cell;
        const std::span<const Point> p = ring_of(x);
        const std::span<const Point> q = ring_of(y);
        return std::lexicographical_compare(p.begin(), p.end(), q.begin(), q.end(),
                                            geometry::lexicographic_less);
    });
    out.reserve(draft_points_.size(), draft_.size());
    double sum = 0.0;
    for (const Draft& draft : draft_) {
        const std::span<const Point> ring = ring_of(draft);
        if (geometry::winding(ring) != polygon.outer_winding) return WalkEnd::wrong_area;
        out.points.insert(out.points.end(), ring.begin(), ring.end());
        const bool entered = first_chain_[at(draft.cell)] >= 0; // a whole cell touches no ring
        end_fragment({.cell = draft.cell, .label = draft.cell, .on_boundary = entered}, out);
        sum += out.areas.back();
    }
    const double area = 0.5 * polygon.twice_area;
    return std::abs(sum - area) <= max_area_error * area ? WalkEnd::done : WalkEnd::wrong_area;
}

} // namespace cutout::fracture
