// Steps 3 and 4 of voronoi_walk.h: from chains to fragments, and the proof.
#include "fracture/voronoi_walk.h"

#include "fracture/measure.h"
#include "fracture/tuning.h"
#include "geometry/predicates.h"

#include <algorithm>
#include <cmath>

namespace cutout::fracture {

using geometry::Point;

namespace {

// Up to so many ends of chains round a cell are sorted by insertion. (ends)
constexpr std::size_t insertion_sort_events = 24;

// A cell has three corners round each Voronoi vertex.
constexpr std::uint8_t cells_at_vertex = 3;

} // namespace

// Links each way out of the cell to the next way in, counter-clockwise round its border.
WalkEnd VoronoiWalk::link_cell(std::int32_t cell) {
    const std::int32_t first = cell_state_[at(cell)].chain;
    Chain& only = chain_[at(first)];
    if (only.next_in_cell < 0) {
        only.follow = first;
        return WalkEnd::done;
    }
    event_.clear();
    for (std::int32_t c = first; c >= 0; c = chain_[at(c)].next_in_cell) {
        const Chain& chain = chain_[at(c)];
        event_.push_back({.passage = chain.in, .chain = c, .in = true});
        event_.push_back({.passage = chain.out, .chain = c, .in = false});
    }
    return link_events(cell);
}

// -1: x comes first counter-clockwise round the cell; 0: they meet.
int VoronoiWalk::compare_exactly(std::int32_t cell, const Event& x, const Event& y) const {
    const WalkEdge edge_x = edge_of(x.passage.edge);
    const WalkEdge edge_y = edge_of(y.passage.edge);
    int next = 0;
    if (edge_x.to == edge_y.from) next = 1;
    if (edge_y.to == edge_x.from) next = -1;
    return cells_.compare_passages(cell, x.passage.slot, {edge_x, x.in}, {edge_y, y.in}, next);
}

WalkEnd VoronoiWalk::link_events(std::int32_t cell) {
    bool meet = false;
    const auto before = [&](const Event& x, const Event& y) {
        if (x.passage.slot != y.passage.slot) return x.passage.slot < y.passage.slot;
        const double ahead = y.passage.along - x.passage.along;
        if (std::abs(ahead) > x.passage.error + y.passage.error) return ahead > 0.0;
        if (x.chain == y.chain && x.in == y.in) return false;
        const int order = compare_exactly(cell, x, y);
        meet |= order == 0;
        return order < 0;
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
    if (meet) return WalkEnd::not_simple;
    for (std::size_t i = 0; i < event_.size(); ++i) {
        const Event& x = event_[i];
        const Event& y = event_[i + 1 == event_.size() ? 0 : i + 1];
        if (x.in == y.in) return WalkEnd::not_alternating;
        if (!x.in) chain_[at(x.chain)].follow = y.chain;
    }
    return WalkEnd::done;
}

// A vertex is inside: the cells round it that no ring enters are whole fragments.
void VoronoiWalk::take_vertex(std::int32_t v) {
    if (taken_[at(v)]++ != 0) return;
    const std::int32_t* corner = cells_.corners(v);
    for (int i = 0; i < 3; ++i) {
        Cell& state = cell_state_[at(corner[i])];
        if (state.chain >= 0 || state.done) continue;
        state.done = true;
        queue_.push_back(corner[i]);
    }
}

// The border of the cell from the way out of one chain to the way in of the next, ends not included.
WalkEnd VoronoiWalk::follow_border(std::int32_t cell, const Chain& from, const Chain& to) {
    std::int32_t s = from.out.slot;
    if (s == to.in.slot && &from != &to) {
        const double ahead = to.in.along - from.out.along;
        if (std::abs(ahead) <= to.in.error + from.out.error
                ? compare_exactly(cell, {from.out, 0, false}, {to.in, 0, true}) < 0
                : ahead > 0.0) {
            return WalkEnd::done;
        }
    } else if (s == to.in.slot) {
        // One chain, in and out through one border: the interior is the short way round or the long one.
        const double ahead = to.in.along - from.out.along;
        const int order = std::abs(ahead) <= to.in.error + from.out.error
                              ? -compare_exactly(cell, {from.out, 0, false}, {to.in, 0, true})
                              : (ahead > 0.0 ? 1 : -1);
        if (order == 0) return WalkEnd::not_simple;
        if (order > 0) return WalkEnd::done;
    }
    do {
        const std::int32_t v = cells_.slot(s).vertex;
        if (v < 0) return WalkEnd::not_alternating; // the interior does not reach infinity
        take_vertex(v);
        const Point p = cells_.vertex(v);
        // Cocircular sites share their vertex, and rounding may join two.
        if (p != draft_points_.back()) add_to_draft(p, true);
        if (++s == cells_.end(cell)) s = cells_.begin(cell);
    } while (s != to.in.slot);
    return WalkEnd::done;
}

void VoronoiWalk::add_to_draft(Point p, bool along_border) {
    draft_points_.push_back(p);
    along_border_.push_back(static_cast<std::uint8_t>(along_border));
}

// False: a ring of two points or one is dropped. It has no area, and its edges cancel out.
bool VoronoiWalk::end_draft(std::int32_t cell, std::uint32_t begin, bool on_boundary) {
    while (draft_points_.size() > begin + 1 && draft_points_.back() == draft_points_[begin]) {
        draft_points_.pop_back();
        along_border_.pop_back();
    }
    const auto end = static_cast<std::uint32_t>(draft_points_.size());
    if (end - begin < 3) {
        draft_points_.resize(begin);
        along_border_.resize(begin);
        return false;
    }
    std::uint32_t lowest = begin;
    for (std::uint32_t i = begin + 1; i < end; ++i) {
        if (geometry::lexicographic_less(draft_points_[i], draft_points_[lowest])) lowest = i;
    }
    Cell& state = cell_state_[at(cell)];
    draft_.push_back({.begin = begin,
                      .end = end,
                      .lowest = lowest,
                      .next_in_cell = state.draft,
                      .on_boundary = on_boundary});
    state.draft = static_cast<std::int32_t>(draft_.size()) - 1;
    return true;
}

WalkEnd VoronoiWalk::trace_cell(std::int32_t cell) {
    for (std::int32_t c = cell_state_[at(cell)].chain; c >= 0; c = chain_[at(c)].next_in_cell) {
        if (chain_[at(c)].follow < 0) continue;
        const auto begin = static_cast<std::uint32_t>(draft_points_.size());
        bool on_boundary = false;
        std::int32_t k = c;
        do {
            Chain& chain = chain_[at(k)];
            const std::int32_t follow = chain.follow;
            if (follow < 0) return WalkEnd::not_alternating;
            chain.follow = -1;
            if (draft_points_.size() == begin || draft_points_.back() != pool_[at(chain.first)])
                add_to_draft(pool_[at(chain.first)], false);
            const std::size_t before = draft_points_.size();
            along_border_.back() = 0;
            for (std::int32_t i = chain.first + 1; i <= chain.last; ++i) {
                if (draft_points_.back() != pool_[at(i)]) add_to_draft(pool_[at(i)], false);
            }
            along_border_.back() = 1; // from here on
            on_boundary |= draft_points_.size() > before;
            const WalkEnd end = follow_border(cell, chain, chain_[at(follow)]);
            if (end != WalkEnd::done) return end;
            k = follow;
        } while (k != c);
        if (end_draft(cell, begin, on_boundary) && !prove_draft(draft_.back(), chain_[at(c)]))
            return WalkEnd::not_simple;
    }
    return WalkEnd::done;
}

// The boundary is proven already: what is left is that no edge along the cell's border meets an edge of its
// own fragment.
bool VoronoiWalk::prove_draft(const Draft& draft, const Chain& chain) {
    const std::size_t count = draft.end - draft.begin;
    const std::span<const Point> ring(draft_points_.data() + draft.begin, count);
    if (proof_.star_shaped(ring, 1)) return true;
    if (proof_.monotone(ring, pool_[at(chain.first)], pool_[at(chain.last)])) return true;
    proof_.reset();
    proof_.add(ring);
    return proof_.marked_apart({along_border_.data() + draft.begin, count});
}

// A cell that no ring enters.
WalkEnd VoronoiWalk::whole_cell(std::int32_t cell) {
    const auto begin = static_cast<std::uint32_t>(draft_points_.size());
    bool closed = true;
    cells_.visit_vertices(cell, [&](std::int32_t v) {
        closed = v >= 0;
        if (!closed) return false;
        take_vertex(v);
        const Point p = cells_.vertex(v);
        if (draft_points_.size() == begin || draft_points_.back() != p) add_to_draft(p, true);
        return true;
    });
    if (!closed) return WalkEnd::not_alternating;
    if (!end_draft(cell, begin, false)) return WalkEnd::not_simple; // a site has some area round it
    const std::span<const Point> ring(draft_points_.data() + begin, draft_points_.size() - begin);
    return RingProof::left_turning(ring) ? WalkEnd::done : WalkEnd::not_simple;
}

WalkEnd VoronoiWalk::stitch_all(const Control& control) {
    draft_.clear();
    draft_points_.clear();
    along_border_.clear();
    taken_.assign(at(cells_.vertex_count()), 0);
    queue_.clear();
    for (std::int32_t cell = 0; cell < cells_.count(); ++cell) {
        if (static_cast<std::uint32_t>(cell) % cells_per_check == 0) {
            if (control.cancelled()) return WalkEnd::cancelled;
            control.report(cutting_share * static_cast<float>(cell) / static_cast<float>(cells_.count()));
        }
        if (cell_state_[at(cell)].chain < 0) continue;
        if (const WalkEnd end = link_cell(cell); end != WalkEnd::done) return end;
        if (const WalkEnd end = trace_cell(cell); end != WalkEnd::done) return end;
    }
    for (std::size_t i = 0; i < queue_.size(); ++i) {
        if (const WalkEnd end = whole_cell(queue_[i]); end != WalkEnd::done) return end;
    }
    const bool agreed = std::all_of(taken_.begin(), taken_.end(), [](std::uint8_t cells) {
        return cells == 0 || cells == cells_at_vertex;
    });
    return agreed ? WalkEnd::done : WalkEnd::not_alternating;
}

// Begins at the lowest point; wound like the input. False: the winding or the area is wrong.
bool VoronoiWalk::emit_draft(const Draft& draft, std::uint32_t cell, Fragments& out) const {
    const std::size_t size = out.points.size();
    const auto begin = draft_points_.begin() + draft.begin;
    const auto lowest = draft_points_.begin() + draft.lowest;
    const auto end = draft_points_.begin() + draft.end;
    out.points.insert(out.points.end(), lowest, end);
    out.points.insert(out.points.end(), begin, lowest);
    if (polygon_->outer_winding < 0) {
        std::reverse(out.points.begin() + static_cast<std::ptrdiff_t>(size) + 1, out.points.end());
    }
    const std::span<const Point> ring(out.points.data() + size, draft.end - draft.begin);
    // A simple ring turns at its lowest point as it winds.
    if (geometry::orientation(ring.back(), ring[0], ring[1]) != polygon_->outer_winding) return false;
    end_fragment({.cell = cell, .label = cell, .on_boundary = draft.on_boundary}, out);
    return true;
}

// By cell, then by position.
WalkEnd VoronoiWalk::emit(Fragments& out) {
    out.reserve(draft_points_.size(), draft_.size());
    const auto ring_before = [&](std::int32_t x, std::int32_t y) {
        return geometry::lexicographic_less(draft_points_[draft_[at(x)].lowest],
                                            draft_points_[draft_[at(y)].lowest]);
    };
    for (std::int32_t cell = 0; cell < cells_.count(); ++cell) {
        std::int32_t first = cell_state_[at(cell)].draft;
        if (first < 0) continue;
        const std::uint32_t site = cells_.input_site(cell);
        if (draft_[at(first)].next_in_cell < 0) {
            if (!emit_draft(draft_[at(first)], site, out)) return WalkEnd::wrong_area;
            continue;
        }
        queue_.clear();
        for (std::int32_t d = first; d >= 0; d = draft_[at(d)].next_in_cell) {
            queue_.push_back(d);
        }
        std::sort(queue_.begin(), queue_.end(), ring_before);
        for (const std::int32_t d : queue_) {
            if (!emit_draft(draft_[at(d)], site, out)) return WalkEnd::wrong_area;
        }
    }
    double sum = 0.0;
    for (const double area : out.areas) {
        sum += area;
    }
    const double area = 0.5 * polygon_->twice_area;
    return std::abs(sum - area) <= max_area_error * area ? WalkEnd::done : WalkEnd::wrong_area;
}

} // namespace cutout::fracture
