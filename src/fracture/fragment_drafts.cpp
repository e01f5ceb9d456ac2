#include "fracture/fragment_drafts.h"

#include "fracture/measure.h"
#include "fracture/tuning.h"
#include "geometry/point_pairs.h"
#include "geometry/predicates.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstring>

namespace cutout::fracture {

using geometry::Point;

namespace {

// A ring with more points is hardly ever of a simple shape: it is compared edge by edge at once. (points)
constexpr std::size_t most_points_for_shapes = 24;

} // namespace

void FragmentDrafts::begin(std::size_t cells) {
    size_ = 0;
    make_room(slack);
    size_ = slack;
    draft_.clear();
    hole_.clear();
    first_in_cell_.assign(cells, none);
    first_ = size_;
    boundary_moved_ = false;
}

void FragmentDrafts::grow(std::size_t count) {
    const std::size_t size = 2 * points_.size() + count + 2 * std::size_t{slack};
    along_cut_.resize(size); // first: where memory runs out, there is not more room than points_ has
    points_.resize(size);
}

void FragmentDrafts::drop_repeats(bool& on_boundary) {
    bool edges = false; // of the polygon
    std::uint32_t kept = first_;
    for (std::uint32_t i = first_; i < size_; ++i) {
        const Point p = points_[i];
        edges = edges || (along_cut_[i] == 0 && p != points_[i + 1 == size_ ? first_ : i + 1]);
        if (kept > first_ && points_[kept - 1] == p) --kept;
        points_[kept] = p;
        along_cut_[kept++] = along_cut_[i];
    }
    while (kept > first_ + 1 && points_[kept - 1] == points_[first_]) {
        --kept;
    }
    size_ = kept;
    on_boundary = on_boundary && edges;
}

bool FragmentDrafts::finish(std::size_t cell, bool on_boundary) {
    if (repeats_ != 0 || size_ - first_ < 3 || points_[size_ - 1] == points_[first_]) {
        drop_repeats(on_boundary);
        if (size_ - first_ < 3) {
            boundary_moved_ |= size_ - first_ == 2 && along_cut_[first_] != along_cut_[first_ + 1];
            size_ = first_;
            return false;
        }
    }
    if (cell >= first_in_cell_.size()) first_in_cell_.resize(cell + 1, none);
    // (Field by field: what is written in small pieces cannot be copied in large ones at once.)
    Draft& draft = draft_.emplace_back();
    draft.begin = first_;
    draft.end = size_;
    draft.bounds = bounds_.result();
    draft.cell = static_cast<std::uint32_t>(cell);
    draft.next_in_cell = first_in_cell_[cell];
    draft.on_boundary = on_boundary;
    first_in_cell_[cell] = static_cast<std::int32_t>(draft_.size()) - 1;
    return true;
}

void FragmentDrafts::number_cells(std::span<const std::uint32_t> number, std::size_t cells) {
    first_in_cell_.assign(cells, none);
    for (std::size_t d = 0; d < draft_.size(); ++d) {
        Draft& draft = draft_[d];
        draft.cell = number[draft.cell];
        draft.next_in_cell = first_in_cell_[draft.cell];
        first_in_cell_[draft.cell] = static_cast<std::int32_t>(d);
    }
    for (Hole& hole : hole_) {
        hole.cell = number[hole.cell];
    }
}

void FragmentDrafts::add_chain(std::span<const Point> chain, bool then_cut) {
    make_room(chain.size());
    note(chain[0]);
    Point* const to = points_.data() + size_;
    geometry::FourMasks repeats = {0, 0, 0, 0};
    geometry::GrowingBounds bounds = bounds_;
    // Points by twos, the last two once more perhaps; each with those one further.
    std::size_t i = 0;
    for (; i + 2 < chain.size(); i += 2) {
        const geometry::FourFloats two = geometry::load_two_points(chain.data() + i);
        const geometry::FourMasks same = two == geometry::load_two_points(chain.data() + i + 1);
        repeats |= same & geometry::other_coordinates(same);
        bounds.add(two);
        geometry::store_two_points(to + i, two);
    }
    i = chain.size() - 2;
    const geometry::FourFloats two = geometry::load_two_points(chain.data() + i);
    const geometry::FourMasks same = two == __builtin_shufflevector(two, two, 2, 3, 0, 1);
    repeats |= same & geometry::other_coordinates(same);
    bounds.add(two);
    geometry::store_two_points(to + i, two);
    bounds_ = bounds;
    repeats_ |= static_cast<int>(geometry::bits_of(repeats));
    constexpr std::size_t at_once = sizeof(std::uint64_t);
    for (i = 0; i < chain.size(); i += at_once) {
        std::memset(along_cut_.data() + size_ + i, 0, at_once);
    }
    size_ += static_cast<std::uint32_t>(chain.size());
    along_cut_[size_ - 1] = static_cast<std::uint8_t>(then_cut);
}

bool FragmentDrafts::prove_last(RingProof& proof) const {
    const std::span<const Point> ring = last();
    const bool small = ring.size() <= most_points_for_shapes;
    if (small && proof.star_shaped(ring, 1)) return true;
    // A chain of the boundary and the cuts that close it: long in the direction from one end to the other.
    const std::span<const std::uint8_t> along_cut(along_cut_.data() + first_, ring.size());
    std::size_t begin = 0;
    while (begin + 1 < ring.size() && along_cut[begin] == 0) {
        ++begin;
    }
    std::size_t end = begin;
    while (end + 1 < ring.size() && along_cut[end] != 0) {
        ++end;
    }
    if (small && proof.monotone(ring, ring[begin], ring[end])) return true;
    proof.reset();
    proof.add(ring);
    return proof.marked_apart(along_cut);
}

bool FragmentDrafts::finish_hole(std::size_t cell) {
    if (size_ - first_ < 3) return false;
    hole_.push_back({.begin = first_, .end = size_, .cell = cell});
    return true;
}

std::int32_t FragmentDrafts::draft_round(const Hole& hole) const {
    for (std::int32_t d = first_in_cell_[hole.cell]; d != none;) {
        const Draft& draft = draft_[static_cast<std::size_t>(d)];
        if (geometry::locate(ring_of(draft.begin, draft.end), points_[hole.begin]) ==
            geometry::Location::inside) {
            return d;
        }
        d = draft.next_in_cell;
    }
    return none;
}

bool FragmentDrafts::open_holes(RingProof& proof, const std::atomic<bool>* cancel) {
    for (Hole& hole : hole_) {
        hole.draft = draft_round(hole);
        if (hole.draft == none) return false;
    }
    std::sort(hole_.begin(), hole_.end(), [](const Hole& x, const Hole& y) {
        return x.draft != y.draft ? x.draft < y.draft : x.begin < y.begin;
    });
    for (std::size_t begin = 0; begin < hole_.size();) {
        std::size_t end = begin + 1;
        while (end < hole_.size() && hole_[end].draft == hole_[begin].draft) {
            ++end;
        }
        if (!open({hole_.data() + begin, end - begin}, proof, cancel)) return false;
        begin = end;
    }
    return true;
}

// One draft with all its holes. That the boundary is simple is known: a polygon whose holes lie beside one
// another has n + 2 h - 2 triangles, and one with a hole in a hole has fewer.
bool FragmentDrafts::open(std::span<const Hole> holes, RingProof& proof, const std::atomic<bool>* cancel) {
    const Draft outer = draft_[static_cast<std::size_t>(holes.front().draft)];
    std::vector<Point>& points = opened_points_;
    std::vector<std::uint8_t>& along_cut = opened_along_cut_;
    std::vector<std::uint32_t>& next = opened_next_;
    std::vector<std::uint32_t>& ends = opened_ends_;
    points.clear();
    along_cut.clear();
    next.clear();
    ends.clear();
    proof.reset();
    const auto take = [&](std::uint32_t begin, std::uint32_t end) {
        const auto first = static_cast<std::uint32_t>(points.size());
        points.insert(points.end(), points_.begin() + begin, points_.begin() + end);
        along_cut.insert(along_cut.end(), along_cut_.begin() + begin, along_cut_.begin() + end);
        for (std::uint32_t i = begin; i < end; ++i) {
            next.push_back(i + 1 == end ? first : static_cast<std::uint32_t>(next.size()) + 1);
        }
        ends.push_back(static_cast<std::uint32_t>(points.size()));
        proof.add(ring_of(begin, end));
    };
    take(outer.begin, outer.end);
    for (const Hole& hole : holes) {
        take(hole.begin, hole.end);
    }
    if (!proof.marked_apart(along_cut) || !opener_.open(points, ends, cancel)) return false;
    std::size_t triangles = 0;
    for (std::size_t i = 0; i < opener_.count(); ++i) {
        const std::span<const std::uint32_t> ring = opener_.ring(i);
        triangles += ring.size() - 2;
        bool on_boundary = false;
        start();
        for (std::size_t k = 0; k < ring.size(); ++k) {
            const std::uint32_t to = ring[k + 1 == ring.size() ? 0 : k + 1];
            const bool cut = next[ring[k]] != to || along_cut[ring[k]] != 0;
            on_boundary |= !cut;
            add(points[ring[k]], cut);
        }
        if (!finish(holes.front().cell, on_boundary)) return false;
    }
    draft_[static_cast<std::size_t>(holes.front().draft)].opened = true;
    return triangles == points.size() + 2 * holes.size() - 2;
}

bool FragmentDrafts::cuts_cancel() const {
    const auto mix = [](std::uint64_t from, std::uint64_t to) {
        const std::uint64_t key = (from * 0x9E3779B97F4A7C15U) ^ std::rotl(to * 0xC2B2AE3D27D4EB4FU, 32);
        return (key ^ key >> 29U) * 0xD6E8FEB86659FD93U;
    };
    std::uint64_t sum = 0;
    for (const Draft& draft : draft_) {
        if (draft.opened) continue;
        std::uint32_t from = draft.end - 1;
        for (std::uint32_t to = draft.begin; to < draft.end; from = to++) {
            if (along_cut_[from] == 0) continue;
            const auto p = std::bit_cast<std::uint64_t>(points_[from]);
            const auto q = std::bit_cast<std::uint64_t>(points_[to]);
            sum += mix(p, q) - mix(q, p);
        }
    }
    return sum == 0;
}

// The order of the rings as they will be handed out: point by point from the lowest on.
bool FragmentDrafts::ring_before(const Draft& x, const Draft& y, int winding) const {
    const std::uint32_t count_x = x.end - x.begin;
    const std::uint32_t count_y = y.end - y.begin;
    const auto point = [&](const Draft& draft, std::uint32_t count, std::uint32_t k) {
        const std::uint32_t from = draft.lowest - draft.begin;
        return points_[draft.begin + (winding > 0 ? from + k : from + count - k) % count];
    };
    for (std::uint32_t k = 0; k < std::min(count_x, count_y); ++k) {
        const Point p = point(x, count_x, k);
        const Point q = point(y, count_y, k);
        if (p != q) return geometry::lexicographic_less(p, q);
    }
    return count_x < count_y;
}

// Begins at the lowest point.
bool FragmentDrafts::emit_one(const Draft& draft, int winding, std::uint32_t begin, std::size_t fragment,
                              Fragments& out) const {
    const std::uint32_t lowest = draft.lowest;
    const std::uint32_t count = draft.end - draft.begin;
    Point* const to = out.points.data() + begin;
    const Point* const points = points_.data();
    if (winding > 0) {
        geometry::copy_in_rounds(points + lowest, draft.end - lowest, to);
        geometry::copy_in_rounds(points + draft.begin, lowest - draft.begin, to + (draft.end - lowest));
    } else {
        const std::uint32_t down = lowest + 1 - draft.begin;
        geometry::copy_back_in_rounds(points + lowest, down, to);
        geometry::copy_back_in_rounds(points + draft.end - 1, count - down, to + down);
    }
    // The last point again up to a whole number of rounds: that has no area.
    std::fill_n(to + count, geometry::four - 1, to[count - 1]);
    const std::size_t rounds = (count - 1 + geometry::four - 1) / geometry::four;
    const Measure result = measure({to, 1 + rounds * geometry::four}, draft.bounds);
    if (result.turns_left != (winding > 0)) return false;
    out.offsets[fragment + 1] = begin + count;
    out.areas[fragment] = result.area;
    out.centroids[fragment] = result.centroid;
    out.on_boundary[fragment] = draft.on_boundary ? 1 : 0;
    return true;
}

bool FragmentDrafts::emit(const geometry::SimplePolygon& polygon,
                          std::span<const std::uint32_t> number_of_cell, Fragments& out) {
    out.clear();
    std::uint32_t points = 0;
    std::size_t fragments = 0;
    for (const Draft& draft : draft_) {
        points += draft.opened ? 0 : draft.end - draft.begin;
        fragments += draft.opened ? 0 : 1;
    }
    out.resize(points + slack, fragments);
    points = 0;
    fragments = 0;
    const auto draft = [&](std::int32_t d) -> Draft& { return draft_[static_cast<std::size_t>(d)]; };
    const auto emit_next = [&](const Draft& one, std::uint32_t cell) {
        const std::uint32_t number = number_of_cell.empty() ? cell : number_of_cell[cell];
        if (!emit_one(one, polygon.outer_winding, points, fragments, out)) return false;
        out.cells[fragments] = number;
        out.labels[fragments++] = number;
        points += one.end - one.begin;
        return true;
    };
    for (std::uint32_t cell = 0; cell < first_in_cell_.size(); ++cell) {
        const std::int32_t first = first_in_cell_[cell];
        if (first == none) continue;
        if (Draft& only = draft(first); only.next_in_cell == none && !only.opened) { // as most are
            find_lowest(only);
            if (!emit_next(only, cell)) return false;
            continue;
        }
        order_.clear();
        for (std::int32_t d = first; d != none; d = draft(d).next_in_cell) {
            if (draft(d).opened) continue;
            find_lowest(draft(d));
            order_.push_back(d);
        }
        std::sort(order_.begin(), order_.end(), [&](std::int32_t x, std::int32_t y) {
            return ring_before(draft(x), draft(y), polygon.outer_winding);
        });
        for (const std::int32_t d : order_) {
            if (!emit_next(draft(d), cell)) return false;
        }
    }
    out.points.resize(points);
    double sum = 0.0;
    for (const double area : out.areas) {
        sum += area;
    }
    const double area = 0.5 * polygon.twice_area;
    return std::abs(sum - area) <= max_area_error * area;
}

void FragmentDrafts::find_lowest(Draft& draft) const {
    const std::size_t lowest = geometry::lowest_point_in_rounds(points_.data() + draft.begin,
                                                                draft.end - draft.begin, draft.bounds.low.x);
    draft.lowest = draft.begin + static_cast<std::uint32_t>(lowest);
}

} // namespace cutout::fracture
