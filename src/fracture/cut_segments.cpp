// slices.h: cutting along segments.
#include "fracture/slice_region.h"
#include "fracture/slices.h"
#include "fracture/tuning.h"

#include <algorithm>

namespace cutout::fracture {

using geometry::Failure;
using geometry::HalfPlaneSplit;
using geometry::LineId;
using geometry::Point;
using geometry::Region;
using geometry::Vertex;

namespace {

// One segment, ready to cut.
struct Knife {
    LineId line;
    Vertex first;
    Vertex last;
    bool extend;

    [[nodiscard]] bool passes(const geometry::Lines& lines, const BoxedRegion& piece) const {
        if (!extend &&
            (std::max(first.x, last.x) < piece.low_x || std::min(first.x, last.x) > piece.high_x ||
             std::max(first.y, last.y) < piece.low_y || std::min(first.y, last.y) > piece.high_y)) {
            return true;
        }
        return piece.side_of(lines, line) != 0;
    }
    [[nodiscard]] bool cuts(const geometry::Lines& lines, const Vertex& from, const Vertex& to) const {
        return extend ||
               (lines.compare_along(line, first, from) <= 0 && lines.compare_along(line, to, last) <= 0);
    }
};

// The connected parts of a region, the first in place of the whole.
void take_apart(geometry::Lines& lines, const Region& parts, std::size_t whole,
                std::vector<BoxedRegion>& pieces) {
    const std::vector<std::uint32_t> component = geometry::component_of_ring(lines, parts);
    const std::uint32_t count = *std::max_element(component.begin(), component.end()) + 1;
    const std::size_t first_new = pieces.size();
    pieces[whole].region.clear();
    pieces.resize(first_new + count - 1);
    for (std::size_t ring = 0; ring < parts.ends.size(); ++ring) {
        Region& to = pieces[component[ring] == 0 ? whole : first_new + component[ring] - 1].region;
        for (std::uint32_t i = parts.ring_begin(ring); i < parts.ends[ring]; ++i) {
            to.vertices.push_back(parts.vertices[i]);
            to.edges.push_back(parts.edges[i]);
        }
        to.ends.push_back(static_cast<std::uint32_t>(to.vertices.size()));
    }
    pieces[whole].measure();
    for (std::size_t i = first_new; i < pieces.size(); ++i) {
        pieces[i].measure();
    }
}

} // namespace

Failure cut_segments(const geometry::SimplePolygon& polygon, std::span<const Point> segments, bool extend,
                     const Control& control, Soup& out, std::vector<std::uint32_t>& cell_of_label) {
    out.clear();
    geometry::Lines lines;
    HalfPlaneSplit split;
    std::vector<BoxedRegion> pieces(1);
    pieces[0].region = region_of(polygon, lines);
    pieces[0].measure();
    const std::size_t fixed_lines = lines.size();
    Region parts;
    std::uint32_t checked = 0;
    for (std::size_t s = 0; s + 1 < segments.size(); s += 2) {
        control.report(cutting_share * static_cast<float>(s) / static_cast<float>(segments.size()));
        const Knife knife{.line = lines.add_through(segments[s], segments[s + 1]),
                          .first = geometry::input_vertex(segments[s]),
                          .last = geometry::input_vertex(segments[s + 1]),
                          .extend = extend};
        const std::size_t count = pieces.size();
        for (std::size_t i = 0; i < count; ++i) {
            if (knife.passes(lines, pieces[i])) continue;
            if (++checked % cells_per_check == 0 && control.cancelled()) return cancelled_cut();
            bool cut = false;
            const auto choose = [&](std::span<const HalfPlaneSplit::LinePoint> points,
                                    std::span<HalfPlaneSplit::Chord> chords) {
                for (HalfPlaneSplit::Chord& chord : chords) {
                    chord.cut = knife.cuts(lines, points[chord.from].vertex, points[chord.from + 1].vertex);
                    cut = cut || chord.cut;
                }
            };
            if (!split.split_chords(lines, knife.line, pieces[i].region, choose, parts)) return broken_cut();
            if (cut) take_apart(lines, parts, i, pieces);
        }
    }
    for (std::size_t i = 0; i < pieces.size(); ++i) {
        emit_rings(pieces[i].region, lines, fixed_lines, static_cast<std::uint32_t>(i), out);
    }
    cell_of_label.assign(pieces.size(), 0);
    return {};
}

} // namespace cutout::fracture
