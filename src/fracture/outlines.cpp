#include "fracture/outlines.h"

#include "fracture/measure.h"
#include "geometry/predicates.h"

#include <algorithm>
#include <numeric>

namespace cutout::fracture {

using geometry::orientation;
using geometry::Point;

Outlines::Outlines(const Fragments& fragments, std::span<const std::uint32_t> group_of_fragment)
    : fragments_(fragments) {
    match_.build(fragments_);
    if (fragments_.size() > 0) sense_ = geometry::winding(fragments_.ring(0));
    find_parts(group_of_fragment);
    depth_of_.assign(match_.point_count(), 0);
    visited_.assign(fragments_.points.size(), 0);
}

void Outlines::find_parts(std::span<const std::uint32_t> group) {
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
        if (group[a] != group[b]) continue;
        const std::uint32_t root_a = find(a);
        const std::uint32_t root_b = find(b);
        part_[std::max(root_a, root_b)] = std::min(root_a, root_b);
    }
    for (std::uint32_t f = 0; f < part_.size(); ++f) {
        part_[f] = part_[part_[f]]; // parents are lower, and have been through here
    }
    order_.resize(fragments_.size());
    std::iota(order_.begin(), order_.end(), 0U);
    std::sort(order_.begin(), order_.end(), [&](std::uint32_t a, std::uint32_t b) {
        return part_[a] != part_[b] ? part_[a] < part_[b] : a < b;
    });
    for (std::size_t begin = 0, end = 0; begin < order_.size(); begin = end) {
        end = begin + 1;
        while (end < order_.size() && part_[order_[end]] == part_[order_[begin]]) {
            ++end;
        }
        parts_.emplace_back(order_.data() + begin, end - begin);
    }
}

bool Outlines::trace(std::span<const std::uint32_t> part) {
    loop_edges_.clear();
    loop_ends_.clear();
    for (const std::uint32_t f : part) {
        for (std::uint32_t e = fragments_.offsets[f]; e < fragments_.offsets[f + 1]; ++e) {
            if (visited_[e] == 0 && is_outline(e) && !walk(e)) return false;
        }
    }
    return !loop_ends_.empty();
}

// Once along the part's outline, and apart wherever it comes to a point again: so every loop is simple.
// Where outlines touch, the way goes on with the edge that keeps the same fragment's inside beside it.
bool Outlines::walk(std::uint32_t start) {
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

void Outlines::end_loop(std::size_t begin) {
    for (std::size_t i = begin; i < walk_.size(); ++i) {
        depth_of_[match_.number(walk_[i])] = 0;
        loop_edges_.push_back(walk_[i]);
    }
    walk_.resize(begin);
    loop_ends_.push_back(static_cast<std::uint32_t>(loop_edges_.size()));
}

std::uint32_t Outlines::edge_after(std::uint32_t edge) const {
    const std::uint32_t corner = match_.next(edge); // leaves the point that `edge` comes to
    std::uint32_t best = EdgeMatch::none;
    for (std::uint32_t e = match_.first_leaving(match_.number(corner)); e != EdgeMatch::none;
         e = match_.next_leaving(e)) {
        if (part_of(e) != part_of(edge) || !is_outline(e)) continue;
        if (best == EdgeMatch::none || comes_first(point(edge), point(corner), e, best)) best = e;
    }
    return best;
}

// Of two edges that leave v: which one is met first when turning from v -> u towards the inside, clockwise
// where fragments are wound counter-clockwise?
bool Outlines::comes_first(Point u, Point v, std::uint32_t e, std::uint32_t other) const {
    const Point p = point(match_.next(e));
    const Point q = point(match_.next(other));
    const int side_p = sense_ * orientation(v, u, p);
    const int side_q = sense_ * orientation(v, u, q);
    if (side_p != side_q) return side_p < side_q;
    return sense_ * orientation(v, p, q) < 0;
}

} // namespace cutout::fracture
