// Step 3 of line_walk.h: from chains and cuts to fragments, and the proof.
#include "fracture/line_walk.h"

#include "fracture/tuning.h"

#include <algorithm>

namespace cutout::fracture {

using geometry::Point;

// B of border_proof.h, where the chain is one edge from line to line.
bool LineWalk::cuts_no_corner(const Crossing& from, const Crossing& to) const {
    if (from.first + 1 != from.last) return true;
    if (from.cut == to.cut) return false;
    if (lines_.turn(from.cut, to.cut) == 0) return true;
    const geometry::Vertex v = lines_.intersect(from.cut, to.cut);
    return border_proof_.corner_clear(from.rounded, to.rounded, {v.x, v.y}, v.error);
}

// Along the ring from one crossing to the next, where the cut goes on.
bool LineWalk::follow_chain(Piece& piece, Cut& cut) {
    Crossing& from = crossing_[at(cut.crossing)];
    if (from.traced) return false;
    from.traced = true;
    cut.crossing = from.next;
    const Crossing& to = crossing_[at(from.next)];
    cut.event = to.event;
    cut.direction = to.rising ? -1 : 1;
    if (meets_vertices_) {
        // (The piece may come to such a vertex again, from its other side.)
        piece.clear = piece.clear && !from.in_vertex() && !to.in_vertex();
        if (from.first == from.last) { // the ring touches the line: a vertex of the cut
            piece.straight = false;
            drafts_.add(pool_[at(from.first)], true);
            ++piece.count;
            return true;
        }
    }
    piece.straight = piece.straight && from.first + 1 == from.last;
    piece.clear = piece.clear && cuts_no_corner(from, to);
    piece.count += from.last - from.first + 1;
    border_proof_.add_end(pool_[at(from.first)]);
    border_proof_.add_end(pool_[at(from.last)]);
    piece.on_boundary = true;
    drafts_.add_chain({pool_.data() + from.first, from.last - from.first + 1}, true);
    return true;
}

// Along the cut to the next event: a crossing, or a corner and there to the left.
bool LineWalk::follow_cut(Piece& piece, Cut& cut) {
    Event& from = event_[at(cut.event)];
    std::int16_t& traced = cut.direction > 0 ? from.traced_ahead : from.traced_back;
    if (traced != 0) return false;
    traced = 1;
    border_proof_.add_edge(from.cut);
    if (!piece.placed) {
        piece.placed = true;
        const std::size_t size = piece_place_.size();
        piece_place_.resize(size + words_);
        std::copy_n(place(event_place_, at(cut.direction > 0 ? cut.event : cut.event - 1)), words_,
                    piece_place_.data() + size);
        if (cut.direction > 0) set_side(piece_place_.data() + size, from.cut, true);
    }
    cut.event += cut.direction;
    const Event& to = event_[at(cut.event)];
    cut.crossing = to.crossing;
    if (cut.crossing != none) return true;
    const Corner& corner = corner_[at(to.corner)];
    drafts_.add(corner.rounded, true);
    border_proof_.add_end(corner.rounded);
    ++piece.count;
    const bool on_second = corner.event[1] == cut.event;
    cut.event = corner.event[on_second ? 0 : 1];
    cut.direction *= on_second ? -corner.turn : corner.turn;
    return true;
}

// The piece on the left of the chain that begins at the crossing; or, where there is none, on the left of the
// cut.
LineWalkEnd LineWalk::trace(const Cut& start) {
    drafts_.start();
    border_proof_.start();
    Piece piece;
    Cut cut = start;
    do {
        if (cut.crossing != none && !follow_chain(piece, cut)) return LineWalkEnd::not_alternating;
        if (!follow_cut(piece, cut)) return LineWalkEnd::not_alternating;
    } while (cut.crossing != start.crossing ||
             (cut.crossing == none && (cut.event != start.event || cut.direction != start.direction)));
    // Its number is known when all places are.
    if (!drafts_.finish(pieces_++, piece.on_boundary)) return LineWalkEnd::done;
    // Where all chains are straight, it was convex before rounding, and nearly always is.
    if (piece.straight && RingProof::left_turning(drafts_.last())) return LineWalkEnd::done;
    // What is known to be far from all lines need not be looked at again.
    const std::span<const Point> points = has_near_ ? drafts_.last() : border_proof_.ends();
    const bool clear = piece.clear && !proof_.points_joined() && drafts_.last().size() == piece.count &&
                       border_proof_.clear(points, line_);
    return clear || drafts_.prove_last(proof_) ? LineWalkEnd::done : LineWalkEnd::not_simple;
}

// The outer one is a piece; a hole is one in the piece that has its place.
LineWalkEnd LineWalk::add_lone_rings() {
    for (const LoneRing& ring : lone_) {
        const std::span<const Point> points(polygon_->points.data() + ring.begin, ring.end - ring.begin);
        const std::size_t size = piece_place_.size();
        piece_place_.resize(size + words_, 0);
        find_place(ring.begin, piece_place_.data() + size);
        drafts_.start();
        for (const Point p : points) {
            drafts_.add(p, false);
        }
        const bool added = ring.begin == 0 ? drafts_.finish(pieces_, true) : drafts_.finish_hole(pieces_);
        if (!added) return LineWalkEnd::not_simple;
        ++pieces_;
    }
    return LineWalkEnd::done;
}

// Numbers the cells as cutting them line by line would: of a cell that a line cuts, the part on its right
// keeps the number, and that on its left gets a new one. Returns their number; 0: cancelled.
std::size_t LineWalk::number_places(const Control& control) {
    number_.assign(pieces_, 0);
    if (!weights_.empty()) {
        std::uint32_t most = 0;
        for (std::size_t i = 0; i < pieces_; ++i) {
            number_[i] = static_cast<std::uint32_t>(piece_place_[i]);
            most = std::max(most, number_[i]);
        }
        return std::size_t{most} + 1;
    }
    std::uint32_t count = 1;
    sides_.resize(pieces_ + 1);
    next_number_.resize(2 * pieces_ + 2);
    std::uint32_t* const number = number_.data();
    std::uint32_t* const sides = sides_.data();
    std::uint32_t* const next = next_number_.data();
    for (std::size_t cut = 0; cut < cuts_.size(); ++cut) {
        if (cut % cells_per_check == 0 && control.cancelled()) return 0;
        if (first_crossing_[cut] == first_crossing_[cut + 1]) continue; // all are on one side
        const std::uint64_t* const word = piece_place_.data() + cut / 64;
        const std::size_t words = words_;
        const auto left = [=](std::size_t i) {
            return static_cast<std::uint32_t>(word[i * words] >> cut % 64) & 1U;
        };
        std::fill(sides, sides + count, 0U);
        for (std::size_t i = 0; i < pieces_; ++i) {
            sides[number[i]] |= 1U << left(i);
        }
        const std::uint32_t before = count;
        for (std::size_t n = 0; n < before; ++n) {
            const auto cut_up = static_cast<std::uint32_t>(sides[n] == 3);
            const auto right = static_cast<std::uint32_t>(n);
            next[2 * n] = right;
            next[2 * n + 1] = right + cut_up * (count - right);
            count += cut_up;
        }
        if (count == before) continue;
        for (std::size_t i = 0; i < pieces_; ++i) {
            number[i] = next[2 * std::size_t{number[i]} + left(i)];
        }
    }
    return count;
}

LineWalkEnd LineWalk::trace_all(const Control& control) {
    drafts_.begin(0);
    pieces_ = 0;
    piece_place_.clear();
    std::uint32_t checked = 0;
    const auto all = [&](const Cut& start) {
        if (++checked % (8 * cells_per_check) == 0 && control.cancelled()) return LineWalkEnd::cancelled;
        return trace(start);
    };
    for (std::int32_t c = 0; c < static_cast<std::int32_t>(crossing_.size()); ++c) {
        if (crossing_[at(c)].traced) continue;
        if (const LineWalkEnd end = all({.crossing = c}); end != LineWalkEnd::done) return end;
    }
    for (const Corner& corner : corner_) {
        if (corner.inside == 0) continue;
        for (const std::int32_t event : corner.event) {
            for (const int direction : {1, -1}) {
                const Event& from = event_[at(event)];
                if ((direction > 0 ? from.traced_ahead : from.traced_back) != 0) continue;
                const LineWalkEnd end = all({.event = event, .direction = direction});
                if (end != LineWalkEnd::done) return end;
            }
        }
    }
    control.report(cutting_share);
    if (const LineWalkEnd end = add_lone_rings(); end != LineWalkEnd::done) return end;
    const std::size_t cells = number_places(control);
    if (cells == 0) return LineWalkEnd::cancelled;
    drafts_.number_cells(number_, cells);
    if (drafts_.open_holes(proof_, control.cancel)) return LineWalkEnd::done;
    return control.cancelled() ? LineWalkEnd::cancelled : LineWalkEnd::hole;
}

} // namespace cutout::fracture
