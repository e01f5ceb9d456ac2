#include "fracture/open_holes.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <limits>

namespace cutout::fracture {

using geometry::HalfPlaneSplit;
using geometry::LineId;
using geometry::Point;
using geometry::Region;

namespace {

struct Extent {
    double low = std::numeric_limits<double>::infinity();
    double high = -std::numeric_limits<double>::infinity();

    void add(double value) {
        low = std::min(low, value);
        high = std::max(high, value);
    }
    [[nodiscard]] double middle() const { return 0.5 * (low + high); }
    [[nodiscard]] double size() const { return high - low; }
};

Extent extent(const Region& region, std::size_t ring, bool of_x) {
    Extent result;
    for (std::uint32_t i = region.ring_begin(ring); i < region.ends[ring]; ++i) {
        result.add(of_x ? region.vertices[i].x : region.vertices[i].y);
    }
    return result;
}

// Chooses the chords from the hole outwards in one direction (step 1 or -1 along the points of the line).
void choose_outwards(std::span<const HalfPlaneSplit::LinePoint> points,
                     std::span<HalfPlaneSplit::Chord> chords, std::uint32_t hole, int step) {
    const auto on = [&](std::size_t point, std::uint32_t ring) {
        const std::vector<std::uint32_t>& rings = points[point].rings;
        return std::find(rings.begin(), rings.end(), ring) != rings.end();
    };
    // The last point of a ring in this direction.
    const auto last_of = [&](std::uint32_t ring) {
        std::size_t last = points.size();
        for (std::size_t i = 0; i < points.size(); ++i) {
            if (on(i, ring) && (step > 0 || last == points.size())) last = i;
        }
        return last;
    };
    std::size_t at = last_of(hole);
    while (at < points.size() && !on(at, 0)) {
        const std::size_t from = step > 0 ? at : at - 1; // wraps where there is none: not found below
        const auto chord = std::lower_bound(
            chords.begin(), chords.end(), from,
            [](const HalfPlaneSplit::Chord& c, std::size_t value) { return c.from < value; });
        if (chord == chords.end() || chord->from != from) return;
        chord->cut = true;
        const std::size_t next = step > 0 ? at + 1 : at - 1;
        if (on(next, 0)) return;
        at = last_of(points[next].rings.front());
    }
}

Region take_rings(const Region& region, const std::vector<std::uint32_t>& component, std::uint32_t number) {
    Region result;
    const auto copy = [&](std::size_t ring) {
        const auto begin = static_cast<std::ptrdiff_t>(region.ring_begin(ring));
        const auto end = static_cast<std::ptrdiff_t>(region.ends[ring]);
        result.vertices.insert(result.vertices.end(), region.vertices.begin() + begin,
                               region.vertices.begin() + end);
        result.edges.insert(result.edges.end(), region.edges.begin() + begin, region.edges.begin() + end);
        result.ends.push_back(static_cast<std::uint32_t>(result.vertices.size()));
    };
    // The outer ring is the one with the widest bounds.
    std::size_t outer = region.ends.size();
    double widest = -1.0;
    for (std::size_t ring = 0; ring < region.ends.size(); ++ring) {
        if (component[ring] != number) continue;
        const double size = extent(region, ring, true).size() + extent(region, ring, false).size();
        if (size > widest) {
            widest = size;
            outer = ring;
        }
    }
    copy(outer);
    for (std::size_t ring = 0; ring < region.ends.size(); ++ring) {
        if (component[ring] == number && ring != outer) copy(ring);
    }
    return result;
}

} // namespace

bool HoleOpener::open(std::span<const std::vector<Point>> rings, std::span<const std::vector<EdgeKey>> keys,
                      std::uint32_t& label, std::uint64_t& cut_number, const std::atomic<bool>* cancel,
                      Soup& out) {
    lines_.clear();
    key_of_line_.clear();
    pending_.clear();
    Region whole;
    for (std::size_t r = 0; r < rings.size(); ++r) {
        for (std::size_t i = 0; i < rings[r].size(); ++i) {
            whole.vertices.push_back(geometry::input_vertex(rings[r][i]));
            whole.edges.push_back(lines_.add_through(rings[r][i], rings[r][(i + 1) % rings[r].size()]));
            key_of_line_.push_back(keys[r][i]);
        }
        whole.ends.push_back(static_cast<std::uint32_t>(whole.vertices.size()));
    }
    // Every split takes at least one hole away, so at most one for each hole there was.
    std::size_t splits_left = rings.size();
    pending_.push_back(std::move(whole));
    while (!pending_.empty()) {
        if (cancel != nullptr && cancel->load(std::memory_order_relaxed)) return false;
        Region region = std::move(pending_.back());
        pending_.pop_back();
        if (region.ends.size() == 1) {
            emit(region, label++, out);
            continue;
        }
        if (splits_left-- == 0 || !split_once(region, cut_number)) return false;
    }
    return true;
}

bool HoleOpener::split_once(Region& region, std::uint64_t& cut_number) {
    const Extent width = extent(region, 0, true);
    const Extent height = extent(region, 0, false);
    const bool vertical = width.size() >= height.size();
    const Extent& across = vertical ? width : height;
    // The hole nearest to the middle: halves have fewer holes left than slices off the end. Of several the
    // lowest, so that the order of the holes does not matter.
    std::uint32_t hole = 1;
    double place = 0.0;
    std::array<double, 3> least{};
    for (std::uint32_t ring = 1; ring < region.ends.size(); ++ring) {
        const double middle = extent(region, ring, vertical).middle();
        const std::array rank{std::abs(middle - across.middle()), middle,
                              extent(region, ring, !vertical).middle()};
        if (ring == 1 || rank < least) {
            least = rank;
            hole = ring;
            place = middle;
        }
    }
    const LineId line = vertical ? lines_.add_vertical(place) : lines_.add_horizontal(place);
    key_of_line_.push_back(edge_key(cut_number++, lines_.direction_x(line), lines_.direction_y(line)));
    Region pieces;
    const auto choose = [&](std::span<const HalfPlaneSplit::LinePoint> points,
                            std::span<HalfPlaneSplit::Chord> chords) {
        choose_outwards(points, chords, hole, 1);
        choose_outwards(points, chords, hole, -1);
    };
    if (!split_.split_chords(lines_, line, region, choose, pieces)) return false;
    const std::vector<std::uint32_t> component = component_of_ring(lines_, pieces);
    const std::uint32_t count = *std::max_element(component.begin(), component.end()) + 1;
    for (std::uint32_t number = count; number-- > 0;) {
        pending_.push_back(take_rings(pieces, component, number));
    }
    return true;
}

void HoleOpener::emit(const Region& region, std::uint32_t label, Soup& out) const {
    for (std::size_t i = 0; i < region.vertices.size(); ++i) {
        out.points.push_back(lines_.rounded(region.vertices[i]));
        out.keys.push_back(key_of_line_[static_cast<std::size_t>(region.edges[i])]);
    }
    out.end_ring(label);
}

} // namespace cutout::fracture
