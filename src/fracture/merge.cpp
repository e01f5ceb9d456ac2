// merge_groups: the outlines of joined fragments. Who joins whom is decided in merge_choice.cpp.
#include "fracture/merge.h"

#include "fracture/measure.h"
#include "fracture/outlines.h"
#include "fracture/tuning.h"
#include "geometry/open_holes.h"
#include "geometry/predicates.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <numeric>
#include <utility>

namespace cutout::fracture {

using geometry::Failure;
using geometry::Point;
using geometry::Status;

namespace {

class Merger {
public:
    Merger(std::span<const std::uint32_t> group_of_fragment, const Control& control, Fragments& fragments)
        : group_(group_of_fragment), control_(control), fragments_(fragments),
          outlines_(fragments, group_of_fragment), match_(outlines_.match()), sense_(outlines_.sense()) {}

    Failure run() {
        find_labels();
        for (const std::span<const std::uint32_t> members : outlines_.parts()) {
            if (control_.cancelled()) return {.status = Status::cancelled, .message = "cancelled"};
            if (!(members.size() == 1 ? keep(members.front()) : join(members))) return failed();
        }
        return emit();
    }

private:
    struct Entry {
        std::uint32_t cell = 0;
        std::uint32_t label = 0;
        bool on_boundary = false;
        std::uint32_t begin = 0; // in rings_, first the lowest point
        std::uint32_t end = 0;
    };

    [[nodiscard]] Failure failed() const {
        if (control_.cancelled()) return {.status = Status::cancelled, .message = "cancelled"};
        return {.status = Status::internal_error,
                .message =
                    "fragments could not be merged; the result was withheld. Please report the polygon "
                    "and parameters"};
    }

    // Of each fragment: the lowest label in its group.
    void find_labels() {
        order_.resize(fragments_.size());
        std::iota(order_.begin(), order_.end(), 0U);
        std::sort(order_.begin(), order_.end(), [&](std::uint32_t a, std::uint32_t b) {
            return group_[a] != group_[b] ? group_[a] < group_[b] : a < b;
        });
        label_.resize(fragments_.size());
        for (std::size_t begin = 0, end = 0; begin < order_.size(); begin = end) {
            std::uint32_t lowest = fragments_.labels[order_[begin]];
            for (end = begin; end < order_.size() && group_[order_[end]] == group_[order_[begin]]; ++end) {
                lowest = std::min(lowest, fragments_.labels[order_[end]]);
            }
            for (std::size_t i = begin; i < end; ++i) {
                label_[order_[i]] = lowest;
            }
        }
    }

    [[nodiscard]] Point point(std::uint32_t edge) const { return fragments_.points[edge]; }

    bool keep(std::uint32_t fragment) {
        const std::span<const Point> ring = fragments_.ring(fragment);
        const auto begin = static_cast<std::uint32_t>(rings_.size());
        rings_.insert(rings_.end(), ring.begin(), ring.end());
        entries_.push_back({fragments_.cells[fragment], label_[fragment],
                            fragments_.on_boundary[fragment] != 0, begin,
                            static_cast<std::uint32_t>(rings_.size())});
        return true;
    }

    bool join(std::span<const std::uint32_t> members) {
        if (!outlines_.trace(members)) return false;
        const std::vector<std::uint32_t>& edges = outlines_.loop_edges();
        const std::vector<std::uint32_t>& ends = outlines_.loop_ends();
        const std::uint32_t cell = fragments_.cells[members.front()]; // fragments are in order of cells
        const std::uint32_t label = label_[members.front()];
        ring_.clear();
        if (ends.size() == 1) {
            ring_ = edges;
            add(cell, label);
            return true;
        }
        loop_points_.clear();
        for (const std::uint32_t e : edges) {
            loop_points_.push_back(point(e));
        }
        if (!opener_.open(loop_points_, ends, control_.cancel)) return false;
        for (std::size_t i = 0; i < opener_.count(); ++i) {
            const std::span<const std::uint32_t> ring = opener_.ring(i);
            ring_.clear();
            for (const std::uint32_t corner : ring) {
                ring_.push_back(edges[corner]);
            }
            if (sense_ < 0) std::reverse(ring_.begin(), ring_.end());
            add(cell, label);
        }
        return true;
    }

    // A fragment from ring_, a list of edges for their first points.
    void add(std::uint32_t cell, std::uint32_t label) {
        const auto lowest =
            std::min_element(ring_.begin(), ring_.end(), [&](std::uint32_t a, std::uint32_t b) {
                return geometry::lexicographic_less(point(a), point(b));
            });
        std::rotate(ring_.begin(), lowest, ring_.end());
        Entry entry{.cell = cell, .label = label, .begin = static_cast<std::uint32_t>(rings_.size())};
        for (std::size_t i = 0; i < ring_.size(); ++i) {
            rings_.push_back(point(ring_[i]));
            entry.on_boundary |= is_boundary(ring_[i], ring_[i + 1 == ring_.size() ? 0 : i + 1]);
        }
        entry.end = static_cast<std::uint32_t>(rings_.size());
        entries_.push_back(entry);
    }

    // Is there an edge without partner from the one's point to the other's? (A cut through a hole is no
    // edge.)
    [[nodiscard]] bool is_boundary(std::uint32_t from, std::uint32_t to) const {
        for (std::uint32_t e = match_.first_leaving(match_.number(from)); e != EdgeMatch::none;
             e = match_.next_leaving(e)) {
            if (match_.number(match_.next(e)) == match_.number(to))
                return match_.partner(e) == EdgeMatch::none;
        }
        return false;
    }

    Failure emit() {
        const auto ring_of = [&](const Entry& entry) {
            return std::span<const Point>(rings_.data() + entry.begin, entry.end - entry.begin);
        };
        std::sort(entries_.begin(), entries_.end(), [&](const Entry& x, const Entry& y) {
            if (x.cell != y.cell) return x.cell < y.cell;
            const std::span<const Point> p = ring_of(x);
            const std::span<const Point> q = ring_of(y);
            return std::lexicographical_compare(p.begin(), p.end(), q.begin(), q.end(),
                                                geometry::lexicographic_less);
        });
        Fragments merged;
        merged.fell_back = fragments_.fell_back;
        merged.reserve(rings_.size(), entries_.size());
        for (const Entry& entry : entries_) {
            const std::span<const Point> ring = ring_of(entry);
            if (geometry::winding(ring) != sense_) return failed();
            merged.points.insert(merged.points.end(), ring.begin(), ring.end());
            end_fragment({entry.cell, entry.label, entry.on_boundary}, merged);
        }
        const double before = std::accumulate(fragments_.areas.begin(), fragments_.areas.end(), 0.0);
        const double after = std::accumulate(merged.areas.begin(), merged.areas.end(), 0.0);
        if (!(std::abs(after - before) <= max_area_error * before)) return failed();
        fragments_ = std::move(merged);
        return {};
    }

    std::span<const std::uint32_t> group_;
    const Control& control_;
    Fragments& fragments_;
    Outlines outlines_;
    const EdgeMatch& match_;
    int sense_ = 1; // the fragments' winding
    geometry::HoleOpener opener_;
    std::vector<std::uint32_t> label_; // of each fragment
    std::vector<std::uint32_t> order_;
    std::vector<Point> loop_points_;
    std::vector<std::uint32_t> ring_;
    std::vector<Point> rings_;
    std::vector<Entry> entries_;
};

} // namespace

Failure merge_groups(std::span<const std::uint32_t> group_of_fragment, const Control& control,
                     Fragments& fragments) {
    if (group_of_fragment.size() != fragments.size()) {
        fragments.clear();
        return {.status = Status::bad_argument, .message = "merging takes one group for each fragment"};
    }
    if (fragments.size() < 2) return {};
    Failure failure = Merger(group_of_fragment, control, fragments).run();
    if (!failure.ok()) fragments.clear();
    return failure;
}

} // namespace cutout::fracture
