// Steps 3 and 4 of voronoi_walk.h: from chains to fragments, and the proof.
#include "fracture/voronoi_walk.h"

#include "fracture/tuning.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>

namespace cutout::fracture {

using geometry::Point;

namespace {

// Up to so many ends of chains round a cell are sorted by insertion. (ends)
constexpr std::size_t insertion_sort_events = 24;

// And so many without a branch that cannot be foreseen. (ends)
constexpr std::size_t most_to_rank = 12;

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
        Event& in = event_.emplace_back();
        in.passage = chain.in;
        in.chain = c;
        in.in = true;
        Event& out = event_.emplace_back();
        out.passage = chain.out;
        out.chain = c;
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

// By comparing all with all: no branch hangs on the outcome of a comparison. False: there are too many, or
// two are too close to tell.
bool VoronoiWalk::rank_events() {
    const std::size_t count = event_.size();
    if (count > most_to_rank) return false;
    std::array<std::uint32_t, most_to_rank> rank{};
    unsigned close = 0;
    for (std::size_t i = 1; i < count; ++i) {
        const Passage x = event_[i].passage;
        std::uint32_t before = 0; // of those that came before it in the list
        for (std::size_t j = 0; j < i; ++j) {
            const Passage& y = event_[j].passage;
            const double ahead = x.along - y.along;
            const auto same = static_cast<unsigned>(x.slot == y.slot);
            const unsigned after =
                static_cast<unsigned>(x.slot > y.slot) | (same & static_cast<unsigned>(ahead > 0.0));
            close |= same & static_cast<unsigned>(!(std::abs(ahead) > x.error + y.error));
            before += after;
            rank[j] += 1 - after;
        }
        rank[i] = before;
    }
    if (close != 0) return false;
    order_.resize(count);
    for (std::size_t i = 0; i < count; ++i) {
        order_[rank[i]] = static_cast<std::uint32_t>(i);
    }
    return true;
}

// False: two of them meet.
bool VoronoiWalk::sort_events(std::int32_t cell) {
    if (rank_events()) return true;
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
    order_.resize(event_.size());
    std::iota(order_.begin(), order_.end(), 0U);
    return !meet;
}

WalkEnd VoronoiWalk::link_events(std::int32_t cell) {
    if (!sort_events(cell)) return WalkEnd::not_simple;
    for (std::size_t i = 0; i < event_.size(); ++i) {
        const Event& x = event_[order_[i]];
        const Event& y = event_[order_[i + 1 == event_.size() ? 0 : i + 1]];
        if (x.in == y.in) return WalkEnd::not_alternating;
        if (!x.in) chain_[at(x.chain)].follow = y.chain;
    }
    return WalkEnd::done;
}

// A vertex is inside: the cells round it that no ring enters are whole fragments.
void VoronoiWalk::take_vertex(std::int32_t v) {
    ++taken_[at(v)];
    const auto [a, b, c] = cells_.corners(v);
    std::uint8_t* const waiting = waiting_.data();
    if ((waiting[a] | waiting[b] | waiting[c]) == 0) return; // as most often
    for (const std::int32_t cell : {a, b, c}) {
        queue_[queued_] = cell;
        queued_ += waiting[cell];
        waiting[cell] = 0;
    }
}

// The border of the cell from the way out of one chain to the way in of the next, ends not included.
WalkEnd VoronoiWalk::follow_border(std::int32_t cell, const Chain& from, const Chain& to) {
    std::int32_t s = from.out.slot;
    border_proof_.add_edge(s);
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
        drafts_.add(p, true);
        border_proof_.add_end(p);
        if (++s == cells_.end(cell)) s = cells_.begin(cell);
        border_proof_.add_edge(s);
    } while (s != to.in.slot);
    return WalkEnd::done;
}

// Is the last fragment about within the bounds of all? One that goes round the wrong way may come to Voronoi
// vertices that are beyond all floats.
bool VoronoiWalk::is_inside() const {
    const geometry::PointBounds bounds = drafts_.last_bounds();
    const float most =
        std::max(std::max(-bounds.low.x, -bounds.low.y), std::max(bounds.high.x, bounds.high.y));
    return static_cast<double>(most) <= 2.0 * cells_.magnitude();
}

// B of border_proof.h, where the chain is one edge from border to border.
bool VoronoiWalk::cuts_no_corner(std::int32_t cell, const Chain& chain) {
    if (chain.first + 1 != chain.last) return true;
    const std::int32_t s = chain.out.slot;
    if (s == chain.in.slot) return false;
    if (chain.in.slot != (s + 1 == cells_.end(cell) ? cells_.begin(cell) : s + 1)) return true;
    const std::int32_t v = cells_.slot(s).vertex;
    if (v < 0) return true;
    const Point corner = cells_.vertex(v);
    return border_proof_.corner_clear(pool_[at(chain.first)], pool_[at(chain.last)],
                                      {static_cast<double>(corner.x), static_cast<double>(corner.y)});
}

WalkEnd VoronoiWalk::trace_cell(std::int32_t cell) {
    for (std::int32_t c = cell_state_[at(cell)].chain; c >= 0; c = chain_[at(c)].next_in_cell) {
        if (chain_[at(c)].follow < 0) continue;
        drafts_.start();
        border_proof_.start();
        bool clear = true;
        bool straight = true; // all its chains
        std::size_t count = 0;
        std::size_t stretches = 0;
        std::int32_t k = c;
        do {
            Chain& chain = chain_[at(k)];
            const std::int32_t follow = chain.follow;
            if (follow < 0) return WalkEnd::not_alternating;
            chain.follow = -1;
            straight = straight && chain.first + 1 == chain.last;
            clear = clear && cuts_no_corner(cell, chain);
            count += at(chain.last - chain.first) + 1;
            border_proof_.add_end(pool_[at(chain.first)]);
            border_proof_.add_end(pool_[at(chain.last)]);
            drafts_.add_chain({pool_.data() + chain.first, at(chain.last - chain.first) + 1}, true);
            const WalkEnd end = follow_border(cell, chain, chain_[at(follow)]);
            if (end != WalkEnd::done) return end;
            ++stretches;
            k = follow;
        } while (k != c);
        if (!drafts_.finish(at(cell), true)) continue;
        if (!is_inside()) return WalkEnd::not_alternating;
        // Where all chains are straight, it was convex before rounding, and nearly always is.
        if (straight && RingProof::left_turning(drafts_.last())) continue;
        // Corners are added once for each edge but the last of a stretch of border.
        count += border_proof_.edges() - stretches;
        // What the walk has found to be far from all borders need not be looked at again.
        const std::span<const Point> points =
            cell_state_[at(cell)].has_near ? drafts_.last() : border_proof_.ends();
        clear = clear && !proof_.points_joined() && drafts_.last().size() == count &&
                border_proof_.clear(points, cells_.bisectors());
        if (!clear && !drafts_.prove_last(proof_)) return WalkEnd::not_simple;
    }
    return WalkEnd::done;
}

// A cell that no ring enters.
WalkEnd VoronoiWalk::whole_cell(std::int32_t cell) {
    drafts_.start();
    bool closed = true;
    cells_.visit_vertices(cell, [&](std::int32_t v) {
        closed = v >= 0;
        if (!closed) return false;
        take_vertex(v);
        drafts_.add(cells_.vertex(v), true); // cocircular sites share their vertex: it is added once
        return true;
    });
    if (!closed) return WalkEnd::not_alternating;
    // A site has some area round it.
    if (!drafts_.finish(at(cell), false)) return WalkEnd::not_simple;
    if (!is_inside()) return WalkEnd::not_alternating;
    if (RingProof::left_turning(drafts_.last())) return WalkEnd::done;
    // Rounding may bend an edge that is a few floats long: simple is enough then. It counts as a close call.
    proof_.reset();
    proof_.add(drafts_.last());
    if (!proof_.apart()) return WalkEnd::not_simple;
    return WalkEnd::done;
}

// Rings within one cell: the outer one is a fragment, holes are holes in one. A cell that has nothing but
// holes in it is a whole cell, and among the fragments already if it is inside.
WalkEnd VoronoiWalk::add_lone_rings(const Control& control) {
    for (const LoneRing& ring : lone_) {
        drafts_.start();
        for (std::uint32_t i = ring.begin; i < ring.end; ++i) {
            drafts_.add(polygon_->points[i], false);
        }
        const bool added =
            ring.begin == 0 ? drafts_.finish(at(ring.cell), true) : drafts_.finish_hole(at(ring.cell));
        if (!added) return WalkEnd::not_simple;
    }
    if (drafts_.open_holes(proof_, control.cancel)) return WalkEnd::done;
    return control.cancelled() ? WalkEnd::cancelled : WalkEnd::hole;
}

WalkEnd VoronoiWalk::stitch(const Control& control) {
    if (!proof_.apart(control.cancel)) return control.cancelled() ? WalkEnd::cancelled : WalkEnd::not_simple;
    drafts_.begin(at(cells_.count()));
    taken_.assign(at(cells_.vertex_count()), 0);
    queue_.resize(at(cells_.count()) + 1);
    queued_ = 0;
    for (std::int32_t cell = 0; cell < cells_.count(); ++cell) {
        if (static_cast<std::uint32_t>(cell) % cells_per_check == 0) {
            if (control.cancelled()) return WalkEnd::cancelled;
            control.report(cutting_share * static_cast<float>(cell) / static_cast<float>(cells_.count()));
        }
        if (cell_state_[at(cell)].chain < 0) continue;
        if (const WalkEnd end = link_cell(cell); end != WalkEnd::done) return end;
        if (const WalkEnd end = trace_cell(cell); end != WalkEnd::done) return end;
    }
    for (std::size_t i = 0; i < queued_; ++i) {
        if (const WalkEnd end = whole_cell(queue_[i]); end != WalkEnd::done) return end;
    }
    const bool agreed = std::all_of(taken_.begin(), taken_.end(), [](std::uint8_t cells) {
        return cells == 0 || cells == cells_at_vertex;
    });
    if (!agreed) return WalkEnd::not_alternating;
    return lone_.empty() ? WalkEnd::done : add_lone_rings(control);
}

} // namespace cutout::fracture
