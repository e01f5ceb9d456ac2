// merge_groups: the outlines of joined fragments. Who joins whom is decided in merge_choice.cpp.
#include "fracture/merge.h"

#include "fracture/edge_match.h"
#include "fracture/measure.h"
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
using geometry::orientation;
using geometry::Point;
using geometry::Status;

namespace {

class Merger {
public:
    Merger(std::span<const std::uint32_t> group_of_fragment, const Control& control, Fragments& fragments)
        : group_(group_of_fragment), control_(control), fragments_(fragments) {}

    Failure run() {
        match_.build(fragments_);
        find_labels();
        find_parts();
        sense_ = geometry::winding(fragments_.ring(0));
        depth_of_.assign(match_.point_count(), 0);
        visited_.assign(fragments_.points.size(), 0);
        for (std::size_t begin = 0; begin < order_.size();) {
            std::size_t end = begin + 1;
            while (end < order_.size() && part_[order_[end]] == part_[order_[begin]]) {
                ++end;
            }
            if (control_.cancelled()) return {.status = Status::cancelled, .message = "cancelled"};
            const std::span<const std::uint32_t> members(order_.data() + begin, end - begin);
            if (!(members.size() == 1 ? keep(members.front()) : join(members))) return failed();
            begin = end;
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

    // Of each fragment the first one of its connected part of the group; order_ by parts.
    void find_parts() {
        part_.resize(fragments_.size());
        std::iota(part_.begin(), part_.end(), 0U);
        const auto find = [&](std::uint32_t f) {
            while (part_[f] != f) {
                part_[f] = part_[part_[f]];
                f = part_[f];
            }
            return f;
        };
        for (std::uint32_t e = 0; e < fragments_.points.size(); ++e) {
            const std::uint32_t partner = match_.partner(e);
            if (partner == EdgeMatch::none) continue;
            const std::uint32_t a = match_.fragment_of(e);
            const std::uint32_t b = match_.fragment_of(partner);
            if (group_[a] != group_[b]) continue;
            const std::uint32_t root_a = find(a);
            const std::uint32_t root_b = find(b);
            part_[std::max(root_a, root_b)] = std::min(root_a, root_b);
        }
        for (std::uint32_t f = 0; f < part_.size(); ++f) {
            part_[f] = part_[part_[f]]; // parents are lower, and have been through here
        }
        std::iota(order_.begin(), order_.end(), 0U);
        std::sort(order_.begin(), order_.end(), [&](std::uint32_t a, std::uint32_t b) {
            return part_[a] != part_[b] ? part_[a] < part_[b] : a < b;
        });
    }

    [[nodiscard]] std::uint32_t part_of(std::uint32_t edge) const { return part_[match_.fragment_of(edge)]; }
    // Does the part end here?
    [[nodiscard]] bool is_outline(std::uint32_t edge) const {
        const std::uint32_t partner = match_.partner(edge);
        return partner == EdgeMatch::none || part_of(partner) != part_of(edge);
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
        loop_edges_.clear();
        loop_ends_.clear();
        for (const std::uint32_t f : members) {
            for (std::uint32_t e = fragments_.offsets[f]; e < fragments_.offsets[f + 1]; ++e) {
                if (visited_[e] == 0 && is_outline(e) && !walk(e)) return false;
            }
        }
        if (loop_ends_.empty()) return false;
        const std::uint32_t cell = fragments_.cells[members.front()]; // fragments are in order of cells
        const std::uint32_t label = label_[members.front()];
        ring_.clear();
        if (loop_ends_.size() == 1) {
            ring_ = loop_edges_;
            add(cell, label);
            return true;
        }
        loop_points_.clear();
        for (const std::uint32_t e : loop_edges_) {
            loop_points_.push_back(point(e));
        }
        if (!opener_.open(loop_points_, loop_ends_, control_.cancel)) return false;
        for (std::size_t i = 0; i < opener_.count(); ++i) {
            const std::span<const std::uint32_t> ring = opener_.ring(i);
            ring_.clear();
            for (const std::uint32_t corner : ring) {
                ring_.push_back(loop_edges_[corner]);
            }
            if (sense_ < 0) std::reverse(ring_.begin(), ring_.end());
            add(cell, label);
        }
        return true;
    }

    // Once along the part's outline, and apart wherever it comes to a point again: so every loop is simple.
    // Where outlines touch, the way goes on with the edge that keeps the same fragment's inside beside it.
    bool walk(std::uint32_t start) {
        walk_.clear();
        std::uint32_t e = start;
        do {
            visited_[e] = 1;
            std::uint32_t& depth = depth_of_[match_.number(e)];
            if (depth != 0) {
                end_loop(depth - 1);
            }
            walk_.push_back(e);
            depth_of_[match_.number(e)] = static_cast<std::uint32_t>(walk_.size());
            e = edge_after(e);
            if (e == EdgeMatch::none || (e != start && visited_[e] != 0)) return false;
        } while (e != start);
        end_loop(0);
        return true;
    }

    void end_loop(std::size_t begin) {
        for (std::size_t i = begin; i < walk_.size(); ++i) {
            depth_of_[match_.number(walk_[i])] = 0;
            loop_edges_.push_back(walk_[i]);
        }
        walk_.resize(begin);
        loop_ends_.push_back(static_cast<std::uint32_t>(loop_edges_.size()));
    }

    [[nodiscard]] std::uint32_t edge_after(std::uint32_t edge) const {
        const std::uint32_t corner = match_.next(edge); // leaves the point that `edge` comes to
        std::uint32_t best = EdgeMatch::none;
        for (std::uint32_t e = match_.first_leaving(match_.number(corner)); e != EdgeMatch::none;
             e = match_.next_leaving(e)) {
            if (part_of(e) != part_of(edge) || !is_outline(e)) continue;
            if (best == EdgeMatch::none || comes_first(point(edge), point(corner), e, best)) best = e;
        }
        return best;
    }

    // Of two edges that leave v: which one is met first when turning from v -> u towards the inside,
    // clockwise where fragments are wound counter-clockwise?
    [[nodiscard]] bool comes_first(Point u, Point v, std::uint32_t e, std::uint32_t other) const {
        const Point p = point(match_.next(e));
        const Point q = point(match_.next(other));
        const int side_p = sense_ * orientation(v, u, p);
        const int side_q = sense_ * orientation(v, u, q);
        if (side_p != side_q) return side_p < side_q;
        return sense_ * orientation(v, p, q) < 0;
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
    EdgeMatch match_;
    geometry::HoleOpener opener_;
    int sense_ = 1;                    // the fragments' winding
    std::vector<std::uint32_t> label_; // of each fragment
    std::vector<std::uint32_t> part_;
    std::vector<std::uint32_t> order_;
    std::vector<std::uint8_t> visited_;     // of each edge
    std::vector<std::uint32_t> depth_of_;   // of each point, in walk_, + 1
    std::vector<std::uint32_t> walk_;       // edges
    std::vector<std::uint32_t> loop_edges_; // of the part at hand
    std::vector<std::uint32_t> loop_ends_;
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
