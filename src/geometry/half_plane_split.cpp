#include "geometry/half_plane_split.h"

#include <algorithm>

namespace cutout::geometry {

void HalfPlaneSplit::classify(const Lines& lines, LineId line, const Region& in) {
    has_negative_ = false;
    has_positive_ = false;
    sides_.resize(in.vertices.size());
    for (std::size_t i = 0; i < in.vertices.size(); ++i) {
        const int side = lines.side(line, in.vertices[i]);
        sides_[i] = static_cast<std::int8_t>(side);
        has_negative_ |= side < 0;
        has_positive_ |= side > 0;
    }
}

bool HalfPlaneSplit::keep(const Lines& lines, LineId line, int side, const Region& in, Region& out) {
    classify(lines, line, in);
    out.clear();
    const bool has_inside = side > 0 ? has_positive_ : has_negative_;
    const bool has_outside = side > 0 ? has_negative_ : has_positive_;
    if (!has_inside) return true;
    if (!has_outside) {
        out = in;
        return true;
    }
    half_edges_.clear();
    if (!build_side(lines, line, side, in)) return false;
    trace(out);
    return true;
}

bool HalfPlaneSplit::split(const Lines& lines, LineId line, const Region& in, Region& negative,
                           Region& positive) {
    classify(lines, line, in);
    negative.clear();
    positive.clear();
    if (!has_positive_ || !has_negative_) {
        (has_positive_ ? positive : negative) = in;
        return true;
    }
    half_edges_.clear();
    if (!build_side(lines, line, -1, in)) return false;
    trace(negative);
    half_edges_.clear();
    if (!build_side(lines, line, 1, in)) return false;
    trace(positive);
    return true;
}

// Appends the half-edges of one side to half_edges_, linked into rings.
bool HalfPlaneSplit::build_side(const Lines& lines, LineId line, int side, const Region& in) {
    chain_ends_.clear();
    line_edges_.clear();
    for (std::uint32_t ring = 0; ring < in.ends.size(); ++ring) {
        add_chains(lines, line, side, in, ring);
    }
    collect_line_edges(lines, line, side, in);
    return link_chains(lines, line, side);
}

void HalfPlaneSplit::add_chains(const Lines& lines, LineId line, int side, const Region& in,
                                std::uint32_t ring) {
    const std::uint32_t begin = in.ring_begin(ring);
    const std::uint32_t end = in.ends[ring];
    const auto inside = [&](std::uint32_t i) { return sides_[i] * side > 0; };
    const auto after = [&](std::uint32_t i) { return i + 1 == end ? begin : i + 1; };
    const auto add = [&](const Vertex& origin, LineId edge) {
        half_edges_.push_back({.origin = origin, .line = edge});
        return static_cast<std::int32_t>(half_edges_.size() - 1);
    };
    // Where the edge from `from` meets the line; `on` is whichever of its ends is not inside.
    const auto meet = [&](std::uint32_t from, std::uint32_t on) {
        return sides_[on] == 0 ? in.vertices[on] : lines.intersect(in.edges[from], line);
    };

    // A vertex that begins a chain: itself inside, the one before it not.
    std::uint32_t start = end;
    bool any_inside = false;
    for (std::uint32_t i = begin, before = end - 1; i < end; before = i++) {
        if (!inside(i)) continue;
        any_inside = true;
        if (!inside(before)) {
            start = i;
            break;
        }
    }
    if (!any_inside) return;
    if (start == end) { // wholly inside
        const auto first = static_cast<std::int32_t>(half_edges_.size());
        for (std::uint32_t i = begin; i < end; ++i) {
            const std::int32_t edge = add(in.vertices[i], in.edges[i]);
            half_edges_.back().next = i + 1 == end ? first : edge + 1;
        }
        return;
    }
    std::uint32_t i = start;
    std::uint32_t before = start == begin ? end - 1 : start - 1;
    do {
        if (!inside(i)) {
            before = i;
            i = after(i);
            continue;
        }
        const Vertex enter = meet(before, before);
        std::int32_t edge = add(enter, in.edges[before]);
        chain_ends_.push_back(
            {.vertex = enter, .edge = in.edges[before], .half_edge = edge, .ring = ring, .leaves = false});
        for (; inside(i); i = after(i)) {
            half_edges_[static_cast<std::size_t>(edge)].next = edge + 1;
            edge = add(in.vertices[i], in.edges[i]);
            before = i;
        }
        chain_ends_.push_back({.vertex = meet(before, i),
                               .edge = in.edges[before],
                               .half_edge = edge,
                               .ring = ring,
                               .leaves = true});
    } while (i != start);
}

// Edges of the region that run along the line with the kept side on their left bound the kept part too.
void HalfPlaneSplit::collect_line_edges(const Lines& lines, LineId line, int side, const Region& in) {
    for (std::uint32_t ring = 0; ring < in.ends.size(); ++ring) {
        const std::uint32_t end = in.ends[ring];
        for (std::uint32_t i = in.ring_begin(ring), before = end - 1; i < end; before = i++) {
            if (sides_[before] != 0 || sides_[i] != 0) continue;
            const Vertex& from = in.vertices[before];
            const Vertex& to = in.vertices[i];
            if (lines.compare_along(line, from, to) * side < 0) {
                line_edges_.push_back({.from = from, .to = to, .edge = in.edges[before]});
            }
        }
    }
}

bool HalfPlaneSplit::link_chains(const Lines& lines, LineId line, int side) {
    // Links run along the line with the kept side on their left: along its direction when that is the
    // positive side. Ends at one point come in the order in which their edges lie just beside the line.
    const auto into_kept_side = [&](LineId edge) { return lines.turn(line, edge) * side; };
    std::sort(chain_ends_.begin(), chain_ends_.end(), [&](const ChainEnd& a, const ChainEnd& b) {
        const int order = lines.compare_along(line, a.vertex, b.vertex) * side;
        if (order != 0) return order < 0;
        return lines.turn(a.edge, b.edge) * into_kept_side(a.edge) * into_kept_side(b.edge) < 0;
    });
    if (chain_ends_.size() % 2 != 0) return false;
    for (std::size_t i = 0; i < chain_ends_.size(); i += 2) {
        const ChainEnd& from = chain_ends_[i];
        const ChainEnd& to = chain_ends_[i + 1];
        if (!from.leaves || to.leaves) return false;
        link(lines, line, side, from, to);
    }
    return true;
}

void HalfPlaneSplit::link(const Lines& lines, LineId line, int side, const ChainEnd& from,
                          const ChainEnd& to) {
    std::int32_t last = from.half_edge;
    const auto go_on = [&](const Vertex& origin, LineId edge) {
        const auto added = static_cast<std::int32_t>(half_edges_.size());
        half_edges_[static_cast<std::size_t>(last)].next = added;
        half_edges_.push_back({.origin = origin, .line = edge});
        last = added;
    };
    const auto before = [&](const Vertex& a, const Vertex& b) {
        return lines.compare_along(line, a, b) * side < 0;
    };
    if (before(from.vertex, to.vertex)) {
        Vertex at = from.vertex;
        if (!line_edges_.empty()) {
            std::vector<LineEdge> inside;
            for (const LineEdge& edge : line_edges_) {
                if (!before(edge.from, from.vertex) && !before(to.vertex, edge.to)) inside.push_back(edge);
            }
            std::sort(inside.begin(), inside.end(),
                      [&](const LineEdge& a, const LineEdge& b) { return before(a.from, b.from); });
            for (const LineEdge& edge : inside) {
                if (before(at, edge.from)) go_on(at, line);
                go_on(edge.from, edge.edge);
                at = edge.to;
            }
        }
        if (before(at, to.vertex)) go_on(at, line);
    }
    half_edges_[static_cast<std::size_t>(last)].next = to.half_edge;
}

void HalfPlaneSplit::trace(Region& out) {
    visited_.assign(half_edges_.size(), 0);
    for (std::size_t first = 0; first < half_edges_.size(); ++first) {
        if (visited_[first] != 0 || half_edges_[first].next < 0) continue;
        std::size_t at = first;
        do {
            visited_[at] = 1;
            out.vertices.push_back(half_edges_[at].origin);
            out.edges.push_back(half_edges_[at].line);
            at = static_cast<std::size_t>(half_edges_[at].next);
        } while (at != first);
        out.ends.push_back(static_cast<std::uint32_t>(out.vertices.size()));
    }
}

} // namespace cutout::geometry
