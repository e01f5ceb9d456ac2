// Fragments in the making: rings point by point, cell by cell in any order, then sorted, measured and handed
// out.
//
//     drafts.begin(cell_count);
//     drafts.start(); drafts.add(p, along_cut); ...
//     if (drafts.finish(cell, on_boundary) && !drafts.prove_last(proof)) { /* edges meet */ }
//     if (!drafts.emit(polygon, number_of_cell, fragments)) { /* a winding or the area is wrong */ }
//
// Rings are counter-clockwise while they are drafts. No memory is asked for a fragment: all are in one array.
//
// Thread rule: one object, one thread.
#pragma once

#include "fracture/fracture.h"
#include "fracture/ring_proof.h"
#include "geometry/open_holes.h"
#include "geometry/point_pairs.h"
#include "geometry/validate.h"

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace cutout::fracture {

class FragmentDrafts {
public:
    void begin(std::size_t cells);

    // One ring. along_cut: the edge that leaves the point is not an edge of the polygon.
    void start() {
        first_ = size_;
        bounds_ = geometry::GrowingBounds();
        repeats_ = 0;
    }
    void add(geometry::Point p, bool along_cut) {
        make_room(1);
        note(p);
        points_[size_] = p;
        along_cut_[size_++] = static_cast<std::uint8_t>(along_cut);
        bounds_.add(geometry::same_point_twice(p));
    }
    // A stretch of the polygon's boundary; then_cut: the edge that leaves its last point is along a cut. Two
    // points or more.
    void add_chain(std::span<const geometry::Point> chain, bool then_cut);
    // Points that repeat the one before are dropped. False: a ring of two points or one, which is dropped,
    // too; it has no area, and its edges cancel out. on_boundary: has it edges of the polygon? (Those that
    // rounding left no length do not count; that is seen here.)
    [[nodiscard]] bool finish(std::size_t cell, bool on_boundary);
    // Rounding laid a stretch of the polygon's boundary on a cut, and what lay between them is gone: whoever
    // lies beyond the cut is on the boundary now and does not know it.
    [[nodiscard]] bool boundary_moved() const { return boundary_moved_; }
    [[nodiscard]] std::span<const geometry::Point> last() const {
        return {points_.data() + first_, size_ - first_};
    }
    [[nodiscard]] geometry::PointBounds last_bounds() const { return bounds_.result(); }
    // Is the last ring simple, if the polygon's boundary is known to be? No edge along a cut meets another
    // edge.
    [[nodiscard]] bool prove_last(RingProof& proof) const;
    // Where cells are known by other numbers in the end: number[c] instead of c, less than `cells`.
    void number_cells(std::span<const std::uint32_t> number, std::size_t cells);

    // The last ring, which is not a draft yet, is a hole in one of the cell's drafts, made or still to come.
    [[nodiscard]] bool finish_hole(std::size_t cell);
    // Once all drafts are made: those with holes are split through them (geometry/open_holes.h). False: a
    // hole is not inside one draft, or lies in another, or meets an edge along a cut; or `cancel` (may be
    // null) was set.
    [[nodiscard]] bool open_holes(RingProof& proof, const std::atomic<bool>* cancel);

    // Is every edge along a cut there in both directions, equally often? That is what makes simple fragments
    // tile (ring_proof.h). By a checksum of 64 bits. False says nothing.
    [[nodiscard]] bool cuts_cancel() const;

    // By cell, then by position, wound like the input. number_of_cell[cell] is what the fragment gets; empty:
    // the cell itself. False: a ring is wound the wrong way, or the areas do not add up.
    [[nodiscard]] bool emit(const geometry::SimplePolygon& polygon,
                            std::span<const std::uint32_t> number_of_cell, Fragments& out);

private:
    static constexpr std::int32_t none = -1;
    struct Draft {
        std::uint32_t begin = 0; // in points_
        std::uint32_t end = 0;
        std::uint32_t lowest = 0; // known when it is handed out
        geometry::PointBounds bounds;
        std::uint32_t cell = 0;
        std::int32_t next_in_cell = none;
        bool on_boundary = false;
        bool opened = false; // its pieces stand for it
    };
    struct Hole {
        std::uint32_t begin = 0;
        std::uint32_t end = 0;
        std::size_t cell = 0;
        std::int32_t draft = none;
    };

    // Points before the first draft, and behind what is written: they are read and written past their ends.
    static constexpr std::uint32_t slack = 8;

    void make_room(std::size_t count) {
        if (size_ + count + slack > points_.size()) grow(count);
    }
    void grow(std::size_t count);
    // Does a point repeat the one before it? Before the first there is one that is not in the ring.
    void note(geometry::Point p) {
        repeats_ |= static_cast<int>(points_[size_ - 1] == p) & static_cast<int>(size_ > first_);
    }
    void drop_repeats(bool& on_boundary);
    [[nodiscard]] std::int32_t draft_round(const Hole& hole) const;
    [[nodiscard]] bool open(std::span<const Hole> holes, RingProof& proof, const std::atomic<bool>* cancel);
    [[nodiscard]] std::span<const geometry::Point> ring_of(std::uint32_t begin, std::uint32_t end) const {
        return {points_.data() + begin, end - begin};
    }
    [[nodiscard]] bool ring_before(const Draft& x, const Draft& y, int winding) const;
    void find_lowest(Draft& draft) const;
    // Points are written from `begin` on, and what belongs to the fragment at number `fragment`.
    [[nodiscard]] bool emit_one(const Draft& draft, int winding, std::uint32_t begin, std::size_t fragment,
                                Fragments& out) const;

    std::vector<geometry::Point> points_; // those from `slack` to size_ count
    std::vector<std::uint8_t> along_cut_;
    std::uint32_t size_ = 0;
    // Of the ring that is being made. (Noted on the way: what was just written cannot be read by twos at
    // once.)
    std::uint32_t first_ = 0;
    geometry::GrowingBounds bounds_;
    int repeats_ = 0;
    bool boundary_moved_ = false;
    std::vector<Draft> draft_;
    std::vector<std::int32_t> first_in_cell_;
    std::vector<std::int32_t> order_;
    std::vector<Hole> hole_;
    geometry::HoleOpener opener_;
    std::vector<geometry::Point> opened_points_; // of the draft whose holes are opened, holes included
    std::vector<std::uint8_t> opened_along_cut_;
    std::vector<std::uint32_t> opened_next_; // of each point in its ring
    std::vector<std::uint32_t> opened_ends_;
};

} // namespace cutout::fracture
