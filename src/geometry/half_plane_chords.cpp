// HalfPlaneSplit::split_chords: cutting along some of the chords that a line makes, not along all.
//
// Both sides are built as for a whole cut. Then every chord has two half-edges, one for each side; taking
// both out and joining what they joined makes the two sides one again in that place.
#include "geometry/half_plane_split.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace cutout::geometry {

void HalfPlaneSplit::collect_points(const Lines& lines, LineId line, const Region& in) {
    struct Entry {
        Vertex vertex;
        std::uint32_t ring;
    };
    std::vector<Entry> entries;
    for (const ChainEnd& end : all_ends_) {
        entries.push_back({end.vertex, end.ring});
    }
    for (std::uint32_t ring = 0; ring < in.ends.size(); ++ring) {
        for (std::uint32_t i = in.ring_begin(ring); i < in.ends[ring]; ++i) {
            if (sides_[i] == 0) entries.push_back({in.vertices[i], ring});
        }
    }
    std::stable_sort(entries.begin(), entries.end(), [&](const Entry& a, const Entry& b) {
        return lines.compare_along(line, a.vertex, b.vertex) < 0;
    });
    points_.clear();
    for (const Entry& entry : entries) {
        if (points_.empty() || lines.compare_along(line, points_.back().vertex, entry.vertex) != 0) {
            points_.push_back({.vertex = entry.vertex, .rings = {}});
        }
        std::vector<std::uint32_t>& rings = points_.back().rings;
        if (std::find(rings.begin(), rings.end(), entry.ring) == rings.end()) rings.push_back(entry.ring);
    }
}

std::uint32_t HalfPlaneSplit::rank_of(const Lines& lines, LineId line, const Vertex& v) const {
    const auto found =
        std::lower_bound(points_.begin(), points_.end(), v, [&](const LinePoint& point, const Vertex& value) {
            return lines.compare_along(line, point.vertex, value) < 0;
        });
    return static_cast<std::uint32_t>(found - points_.begin());
}

// Breaks every half-edge along the line at every point of the line, and lists the pieces in links_.
void HalfPlaneSplit::subdivide_links(const Lines& lines, LineId line) {
    links_.clear();
    const auto count = static_cast<std::int32_t>(half_edges_.size());
    for (std::int32_t i = 0; i < count; ++i) {
        if (half_edge(i).line != line) continue;
        std::uint32_t from = rank_of(lines, line, half_edge(i).origin);
        const std::uint32_t to = rank_of(lines, line, half_edge(half_edge(i).next).origin);
        const std::int32_t after = half_edge(i).next;
        std::int32_t at = i;
        while (true) {
            const std::uint32_t step = from < to ? from + 1 : from - 1;
            links_.push_back({.half_edge = at, .from = from, .to = step});
            if (step == to) break;
            const auto added = static_cast<std::int32_t>(half_edges_.size());
            half_edges_.push_back({.origin = points_[step].vertex, .line = line});
            half_edge(at).next = added;
            at = added;
            from = step;
        }
        half_edge(at).next = after;
    }
    for (std::size_t i = 0; i < half_edges_.size(); ++i) {
        half_edge(half_edges_[i].next).previous = static_cast<std::int32_t>(i);
    }
}

// Takes out the two half-edges of a chord.
void HalfPlaneSplit::join(std::int32_t first, std::int32_t second) {
    const auto connect = [&](std::int32_t from, std::int32_t to) {
        half_edge(from).next = to;
        half_edge(to).previous = from;
    };
    const std::int32_t before_first = half_edge(first).previous;
    const std::int32_t after_first = half_edge(first).next;
    const std::int32_t before_second = half_edge(second).previous;
    const std::int32_t after_second = half_edge(second).next;
    connect(before_first, after_second);
    connect(before_second, after_first);
    half_edge(first).next = -1;
    half_edge(second).next = -1;
}

std::vector<std::uint32_t> HalfPlaneSplit::ring_numbers() const {
    constexpr std::uint32_t none = std::numeric_limits<std::uint32_t>::max();
    std::vector<std::uint32_t> numbers(half_edges_.size(), none);
    std::uint32_t count = 0;
    for (std::size_t first = 0; first < half_edges_.size(); ++first) {
        if (numbers[first] != none || half_edges_[first].next < 0) continue;
        for (std::size_t at = first; numbers[at] == none;
             at = static_cast<std::size_t>(half_edges_[at].next)) {
            numbers[at] = count;
        }
        ++count;
    }
    return numbers;
}

// Where a chord was joined again, its end is a vertex in the middle of an edge of the input: it goes.
void HalfPlaneSplit::drop_straight_vertices(LineId line) {
    for (HalfEdge& edge : half_edges_) {
        if (edge.next < 0 || edge.origin.is_input() || edge.origin.second != line) continue;
        HalfEdge& before = half_edge(edge.previous);
        if (before.line != edge.line) continue;
        before.next = edge.next;
        half_edge(edge.next).previous = edge.previous;
        edge.next = -1;
    }
}

bool HalfPlaneSplit::split_chords(const Lines& lines, LineId line, const Region& in,
                                  const ChooseChords& choose, Region& out) {
    classify(lines, line, in);
    out.clear();
    if (!has_positive_ || !has_negative_) {
        out = in;
        return true;
    }
    half_edges_.clear();
    if (!build_side(lines, line, -1, in)) return false;
    all_ends_ = chain_ends_;
    if (!build_side(lines, line, 1, in)) return false;
    all_ends_.insert(all_ends_.end(), chain_ends_.begin(), chain_ends_.end());
    collect_points(lines, line, in);
    subdivide_links(lines, line);

    // A chord is where the line has the interior on both sides.
    std::vector<std::int32_t> forward(points_.size(), -1); // on the positive side
    std::vector<std::int32_t> backward(points_.size(), -1);
    for (const Link& link : links_) {
        (link.from < link.to ? forward[link.from] : backward[link.to]) = link.half_edge;
    }
    std::vector<Chord> chords;
    for (std::uint32_t i = 0; i < points_.size(); ++i) {
        if ((forward[i] < 0) != (backward[i] < 0)) return false;
        if (forward[i] >= 0) chords.push_back({.from = i});
    }
    choose(points_, chords);
    for (const Chord& chord : chords) {
        if (!chord.cut) join(forward[chord.from], backward[chord.from]);
    }
    // A chord with the same ring on both sides joins two rings of one component and separates nothing: by
    // the Jordan curve theorem a chord between two points of one ring splits that ring.
    const std::vector<std::uint32_t> numbers = ring_numbers();
    const auto number = [&](std::int32_t edge) { return numbers[static_cast<std::size_t>(edge)]; };
    for (const Chord& chord : chords) {
        if (chord.cut && number(forward[chord.from]) == number(backward[chord.from])) {
            join(forward[chord.from], backward[chord.from]);
        }
    }
    drop_straight_vertices(line);
    trace(out);
    return true;
}

namespace {

double twice_area(const Region& region, std::size_t ring) {
    const std::uint32_t begin = region.ring_begin(ring);
    const Vertex& o = region.vertices[begin];
    double sum = 0.0;
    for (std::uint32_t i = begin + 1; i + 1 < region.ends[ring]; ++i) {
        const Vertex& a = region.vertices[i];
        const Vertex& b = region.vertices[i + 1];
        sum += (a.x - o.x) * (b.y - o.y) - (a.y - o.y) * (b.x - o.x);
    }
    return sum;
}

// Is the input vertex v inside the ring? It is not on it.
bool ring_contains(Lines& lines, const Region& region, std::size_t ring, const Vertex& v) {
    const std::size_t count = lines.size();
    const LineId level = lines.add_horizontal(v.y);
    bool inside = false;
    const std::uint32_t end = region.ends[ring];
    for (std::uint32_t i = region.ring_begin(ring), before = end - 1; i < end; before = i++) {
        const bool above_before = lines.side(level, region.vertices[before]) > 0;
        const bool above = lines.side(level, region.vertices[i]) > 0;
        if (above == above_before) continue;
        // Left of the edge's line when that points upwards: the crossing is to the right of v.
        const LineId edge = region.edges[before];
        const int upwards = lines.direction_y(edge) > 0.0 ? 1 : -1;
        if (lines.side(edge, v) * upwards > 0) inside = !inside;
    }
    lines.truncate(count);
    return inside;
}

bool has_vertex(const Region& region, std::size_t ring, const Vertex& v) {
    for (std::uint32_t i = region.ring_begin(ring); i < region.ends[ring]; ++i) {
        const Vertex& other = region.vertices[i];
        if (other.is_input() && other.x == v.x && other.y == v.y) return true;
    }
    return false;
}

} // namespace

std::vector<std::uint32_t> component_of_ring(Lines& lines, const Region& region) {
    const std::size_t count = region.ends.size();
    constexpr std::uint32_t none = std::numeric_limits<std::uint32_t>::max();
    std::vector<std::uint32_t> component(count, none);
    std::vector<double> areas(count);
    std::uint32_t components = 0;
    for (std::size_t ring = 0; ring < count; ++ring) {
        areas[ring] = twice_area(region, ring);
        if (areas[ring] > 0.0) component[ring] = components++;
    }
    for (std::size_t hole = 0; hole < count; ++hole) {
        if (areas[hole] > 0.0) continue;
        double smallest = std::numeric_limits<double>::infinity();
        for (std::size_t outer = 0; outer < count; ++outer) {
            if (areas[outer] <= 0.0 || areas[outer] >= smallest || areas[outer] < -areas[hole]) continue;
            // Any input vertex of the hole that the outer ring does not share will do; a hole has one.
            for (std::uint32_t i = region.ring_begin(hole); i < region.ends[hole]; ++i) {
                const Vertex& v = region.vertices[i];
                if (!v.is_input() || has_vertex(region, outer, v)) continue;
                if (ring_contains(lines, region, outer, v)) {
                    smallest = areas[outer];
                    component[hole] = component[outer];
                }
                break;
            }
        }
        // A ring so thin that its area is lost in rounding: a component of its own.
        if (component[hole] == none) component[hole] = components++;
    }
    return component;
}

} // namespace cutout::geometry
