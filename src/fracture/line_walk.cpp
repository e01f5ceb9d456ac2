#include "fracture/line_walk.h"

#include "fracture/close_look.h"
#include "fracture/tuning.h"
#include "geometry/limits.h"
#include "geometry/predicates.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

namespace cutout::fracture {

using geometry::LineId;
using geometry::unit_roundoff;

namespace {

constexpr std::uint32_t used = std::numeric_limits<std::uint32_t>::max();
constexpr geometry::LineId no_line = -1;

} // namespace

bool LineWalk::run(const geometry::SimplePolygon& polygon, std::span<const CutLine> cuts,
                   std::span<const std::uint32_t> weights, const Control& control, Fragments& out) {
    out.clear();
    end_ = walk(polygon, cuts, weights, control);
    if (end_ == LineWalkEnd::done && !drafts_.emit(polygon, {}, out)) end_ = LineWalkEnd::wrong_area;
    if (end_ == LineWalkEnd::done && proof_.close_call() &&
        !tiles(out, polygon.outer_winding, control.cancel)) {
        end_ = control.cancelled() ? LineWalkEnd::cancelled : LineWalkEnd::not_simple;
    }
    if (end_ != LineWalkEnd::done) out.clear();
    return end_ == LineWalkEnd::done;
}

void LineWalk::start(const geometry::SimplePolygon& polygon) {
    polygon_ = &polygon;
    lines_.clear();
    cell_.clear();
    ring_.clear();
    corner_.clear();
    corner_.reserve(2 * polygon.points.size());
    line_of_edge_.assign(polygon.points.size(), no_line);
    line_of_cut_.clear();
    Cell& whole = cell_.emplace_back();
    whole.box.start();
    std::uint32_t begin = 0;
    for (const std::uint32_t end : polygon.ends) {
        for (std::uint32_t i = begin; i < end; ++i) {
            const geometry::Vertex v = geometry::input_vertex(polygon.points[i]);
            corner_.push_back({.vertex = v, .rounded = polygon.points[i], .edge = i});
            whole.box.grow(v);
        }
        ring_.push_back({begin, end});
        begin = end;
    }
    whole.end = static_cast<std::uint32_t>(ring_.size());
    live_corners_ = corner_.size();
    const Box& box = whole.box;
    const double largest =
        std::max({std::abs(box.low_x), std::abs(box.low_y), std::abs(box.high_x), std::abs(box.high_y)});
    slack_ = 16.0 * unit_roundoff * largest;
    worst_error_ = 0.0;
    proof_.begin(largest);
}

// Most edges of a polygon are never cut: their lines are made when they are.
geometry::LineId LineWalk::line_of(std::uint32_t edge) {
    const std::size_t edges = line_of_edge_.size();
    if (edge >= edges) return line_of_cut_[edge - edges];
    LineId& line = line_of_edge_[edge];
    if (line == no_line) {
        const auto& ends = polygon_->ends;
        const auto end = std::upper_bound(ends.begin(), ends.end(), edge);
        const std::uint32_t first = end == ends.begin() ? 0 : *(end - 1);
        const std::uint32_t next = edge + 1 == *end ? first : edge + 1;
        line = lines_.add_through(polygon_->points[edge], polygon_->points[next]);
    }
    return line;
}

LineWalkEnd LineWalk::walk(const geometry::SimplePolygon& polygon, std::span<const CutLine> cuts,
                           std::span<const std::uint32_t> weights, const Control& control) {
    start(polygon);
    for (std::size_t ring = 0; ring < polygon.ends.size(); ++ring) {
        proof_.add(polygon.ring(ring), ring == 0 ? 1 : -1);
    }
    if (!proof_.apart()) return LineWalkEnd::not_simple;
    std::uint32_t checked = 0;
    for (std::size_t k = 0; k < cuts.size(); ++k) {
        control.report(cutting_share * static_cast<float>(k) / static_cast<float>(cuts.size()));
        line_ = lines_.add_through(cuts[k].first, cuts[k].second);
        line_of_cut_.push_back(line_);
        cut_ = static_cast<std::uint32_t>(polygon.points.size() + k);
        a_ = -lines_.direction_y(line_);
        b_ = lines_.direction_x(line_);
        const double ax = a_ * static_cast<double>(cuts[k].first.x);
        const double by = b_ * static_cast<double>(cuts[k].first.y);
        c_ = -(ax + by);
        // Of two large terms little may be left, and their rounding is not less for that.
        c_error_ = 4.0 * unit_roundoff * (std::abs(ax) + std::abs(by));
        const auto count = static_cast<std::uint32_t>(cell_.size());
        for (std::uint32_t i = 0; i < count; ++i) {
            const int side = side_of(cell_[i].box);
            if (side > 0 && !weights.empty()) cell_[i].number += weights[k];
            if (side != 0) continue;
            if (++checked % cells_per_check == 0 && control.cancelled()) return LineWalkEnd::cancelled;
            const LineWalkEnd end = cut(i, weights.empty() ? 0 : weights[k]);
            if (end != LineWalkEnd::done) return end;
        }
        if (corner_.size() > 4 * live_corners_ + 1024) compact();
    }
    if (weights.empty()) {
        for (std::uint32_t i = 0; i < cell_.size(); ++i) {
            cell_[i].number = i;
        }
    }
    return draft_all(control);
}

// On which side of the line the box is; 0: the line may pass through it. The function's rounding error is
// within the slack.
int LineWalk::side_of(const Box& box) const {
    const double x = 0.5 * (box.low_x + box.high_x);
    const double y = 0.5 * (box.low_y + box.high_y);
    const double reach =
        0.5 * (std::abs(a_) * (box.high_x - box.low_x) + std::abs(b_) * (box.high_y - box.low_y)) +
        (std::abs(a_) + std::abs(b_)) * (4.0 * slack_ + 2.0 * worst_error_) + c_error_;
    const double value = a_ * x + b_ * y + c_;
    return value > reach ? 1 : (value < -reach ? -1 : 0);
}

// False: a corner lies on the line.
bool LineWalk::find_sides(const Cell& cell, bool& negative, bool& positive) {
    side_.clear();
    // Of a x + b y + c at any corner: the position's error, and a rounding of each operation.
    const double bound = (std::abs(a_) + std::abs(b_)) * (1.01 * worst_error_ + slack_) + c_error_;
    for (std::uint32_t r = cell.begin; r < cell.end; ++r) {
        const std::size_t size = side_.size();
        const std::size_t count = ring_[r].end - ring_[r].begin;
        side_.resize(size + count);
        const Corner* corner = corner_.data() + ring_[r].begin;
        std::int8_t* side = side_.data() + size;
        int ups = 0;
        for (std::size_t i = 0; i < count; ++i) {
            const geometry::Vertex& v = corner[i].vertex;
            const double value = a_ * v.x + b_ * v.y + c_;
            int up = static_cast<int>(value > 0.0);
            if (!(std::abs(value) > bound)) {
                const int exact = lines_.side(line_, v);
                if (exact == 0) return false;
                up = static_cast<int>(exact > 0);
            }
            side[i] = static_cast<std::int8_t>(2 * up - 1);
            ups += up;
        }
        positive |= ups > 0;
        negative |= static_cast<std::size_t>(ups) < count;
    }
    return true;
}

// False: crossings are too close to tell, or do not alternate.
bool LineWalk::find_crossings(const Cell& cell) {
    crossing_.clear();
    crossing_corner_.clear();
    crossing_of_.assign(side_.size(), 0);
    const double dx = lines_.direction_x(line_);
    const double dy = lines_.direction_y(line_);
    std::uint32_t local = 0;
    for (std::uint32_t r = cell.begin; r < cell.end; ++r) {
        const std::uint32_t first = local;
        for (std::uint32_t i = ring_[r].begin; i < ring_[r].end; ++i, ++local) {
            const std::uint32_t next = i + 1 == ring_[r].end ? first : local + 1;
            if (side_[local] == side_[next]) continue;
            const geometry::Vertex v = lines_.intersect(line_of(corner_[i].edge), line_);
            worst_error_ = std::max(worst_error_, v.error);
            crossing_.push_back({.along = dx * v.x + dy * v.y,
                                 .error = (std::abs(dx) + std::abs(dy)) * 1.01 * (v.error + slack_),
                                 .corner = local,
                                 .ring = r,
                                 .first = first,
                                 .at = static_cast<std::uint32_t>(crossing_corner_.size()),
                                 .rising = side_[local] < 0});
            crossing_corner_.push_back({.vertex = v, .rounded = lines_.rounded(v), .edge = corner_[i].edge});
        }
    }
    const auto before = [](const Crossing& x, const Crossing& y) { return x.along < y.along; };
    std::sort(crossing_.begin(), crossing_.end(), before);
    for (std::size_t k = 0; k < crossing_.size(); ++k) {
        if (k > 0 &&
            !(crossing_[k].along - crossing_[k - 1].along > crossing_[k].error + crossing_[k - 1].error))
            return false;
        crossing_of_[crossing_[k].corner] = static_cast<std::uint32_t>(k) + 1;
    }
    return true;
}

// Appends corners of a ring.
void LineWalk::copy(std::uint32_t begin, std::uint32_t end, Box& box) {
    const std::size_t size = corner_.size();
    corner_.resize(size + (end - begin));
    std::copy(corner_.begin() + begin, corner_.begin() + end,
              corner_.begin() + static_cast<std::ptrdiff_t>(size));
    for (std::uint32_t i = begin; i < end; ++i) {
        box.grow(corner_[i].vertex);
    }
}

// Every crossing is the end of an interval of the line inside the cell. The interior is on the left of the
// rings: along the line an interval begins where a ring passes from the positive side to the negative one.
LineWalk::Cell LineWalk::link_side(const Cell& cell, std::int8_t side) {
    Cell half;
    half.begin = static_cast<std::uint32_t>(ring_.size());
    half.number = cell.number;
    half.box.start();
    if (cell.end - cell.begin > 1) {
        std::uint32_t first = 0; // the ring's first corner among the cell's
        for (std::uint32_t r = cell.begin; r < cell.end; ++r) {
            const Ring ring = ring_[r];
            const std::uint32_t count = ring.end - ring.begin;
            const auto sides = side_.begin() + first;
            if (std::all_of(sides, sides + count, [&](std::int8_t s) { return s == side; })) {
                ring_.push_back(ring);
                for (std::uint32_t i = ring.begin; i < ring.end; ++i) {
                    half.box.grow(corner_[i].vertex);
                }
                live_corners_ += count;
            }
            first += count;
        }
    }
    // Start at each crossing into this side that no ring has used yet, and follow.
    for (std::size_t start = 0; start < crossing_.size(); ++start) {
        const bool enters = crossing_[start].rising == (side > 0);
        if (!enters || crossing_[start].corner == used) continue;
        const auto begin = static_cast<std::uint32_t>(corner_.size());
        std::size_t k = start;
        do {
            const std::uint32_t from = std::exchange(crossing_[k].corner, used);
            const Corner& in = crossing_corner_[crossing_[k].at];
            corner_.push_back(in); // then along its edge
            half.box.grow(in.vertex);
            // The corners of its ring up to the next change of sides.
            const std::uint32_t first = crossing_[k].first;
            const Ring ring = ring_[crossing_[k].ring];
            const std::uint32_t count = ring.end - ring.begin;
            std::uint32_t i = from - first + 1;
            const std::uint32_t chain = i;
            while (i < count && crossing_of_[first + i] == 0) {
                ++i;
            }
            if (i < count) {
                copy(ring.begin + chain, ring.begin + i + 1, half.box);
            } else { // on to the ring's first corner
                copy(ring.begin + chain, ring.end, half.box);
                i = 0;
                while (crossing_of_[first + i] == 0) {
                    ++i;
                }
                copy(ring.begin, ring.begin + i + 1, half.box);
            }
            const std::size_t out = crossing_of_[first + i] - 1;
            corner_.push_back(crossing_corner_[crossing_[out].at]);
            corner_.back().edge = cut_; // then along the cut
            half.box.grow(corner_.back().vertex);
            k = out ^ 1U;
        } while (k != start);
        ring_.push_back({begin, static_cast<std::uint32_t>(corner_.size())});
        live_corners_ += corner_.size() - begin;
    }
    half.end = static_cast<std::uint32_t>(ring_.size());
    return half;
}

LineWalkEnd LineWalk::cut(std::uint32_t index, std::uint32_t weight) {
    bool negative = false;
    bool positive = false;
    if (!find_sides(cell_[index], negative, positive)) return LineWalkEnd::tie;
    if (positive && !negative) cell_[index].number += weight;
    if (!positive || !negative) return LineWalkEnd::done;
    if (!find_crossings(cell_[index])) return LineWalkEnd::tie;
    for (std::size_t k = 0; k < crossing_.size(); ++k) {
        if (crossing_[k].rising != (k % 2 != 0)) return LineWalkEnd::not_alternating;
    }
    const Cell whole = cell_[index];
    for (std::uint32_t r = whole.begin; r < whole.end; ++r) {
        live_corners_ -= ring_[r].end - ring_[r].begin;
    }
    cell_[index] = link_side(whole, -1);
    cell_.push_back(link_side(whole, 1));
    cell_.back().number += weight;
    return LineWalkEnd::done;
}

// Forgets the rings that were cut up.
void LineWalk::compact() {
    corner_spare_.clear();
    ring_spare_.clear();
    for (Cell& cell : cell_) {
        const auto begin = static_cast<std::uint32_t>(ring_spare_.size());
        for (std::uint32_t r = cell.begin; r < cell.end; ++r) {
            const auto first = static_cast<std::uint32_t>(corner_spare_.size());
            corner_spare_.insert(corner_spare_.end(), corner_.begin() + ring_[r].begin,
                                 corner_.begin() + ring_[r].end);
            ring_spare_.push_back({first, static_cast<std::uint32_t>(corner_spare_.size())});
        }
        cell.begin = begin;
        cell.end = static_cast<std::uint32_t>(ring_spare_.size());
    }
    corner_.swap(corner_spare_);
    ring_.swap(ring_spare_);
    live_corners_ = corner_.size();
}

LineWalkEnd LineWalk::draft_all(const Control& control) {
    std::uint32_t numbers = 0;
    for (const Cell& cell : cell_) {
        numbers = std::max(numbers, cell.number + 1);
    }
    drafts_.begin(numbers);
    for (const Cell& cell : cell_) {
        for (std::uint32_t r = cell.begin; r < cell.end; ++r) {
            const Ring ring = ring_[r];
            bool on_boundary = false;
            drafts_.start();
            for (std::uint32_t i = ring.begin; i < ring.end; ++i) {
                const Corner& corner = corner_[i];
                const bool along_cut = corner.edge >= polygon_->points.size();
                drafts_.add(corner.rounded, along_cut);
                on_boundary |=
                    !along_cut && corner_[i + 1 == ring.end ? ring.begin : i + 1].rounded != corner.rounded;
            }
            if (!drafts_.finish(cell.number, on_boundary)) continue;
            if (!drafts_.last_turns_left()) {
                drafts_.make_last_a_hole(cell.number);
                continue;
            }
            if (!drafts_.prove_last(proof_)) return LineWalkEnd::not_simple;
        }
    }
    if (drafts_.open_holes(proof_, control.cancel)) return LineWalkEnd::done;
    return control.cancelled() ? LineWalkEnd::cancelled : LineWalkEnd::hole;
}

} // namespace cutout::fracture
