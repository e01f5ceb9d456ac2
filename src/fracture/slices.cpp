#include "fracture/slices.h"

#include "fracture/finish.h"
#include "fracture/sampling.h"
#include "fracture/tuning.h"
#include "geometry/half_plane_split.h"
#include "geometry/random.h"
#include "geometry/symbolic.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <limits>
#include <optional>

namespace cutout::fracture {

using geometry::Failure;
using geometry::HalfPlaneSplit;
using geometry::LineId;
using geometry::Point;
using geometry::Region;
using geometry::Status;
using geometry::Vertex;

namespace {

Failure broken_cut() {
    return {.status = Status::internal_error,
            .message =
                "the crossings along a cut do not alternate; the result was withheld. Please report the "
                "polygon and parameters"};
}

Region region_of(const geometry::SimplePolygon& polygon, geometry::Lines& lines) {
    Region region;
    for (const geometry::Segment& edge : polygon.edges) {
        region.vertices.push_back(geometry::input_vertex(polygon.points[edge.a]));
        region.edges.push_back(lines.add_through(polygon.points[edge.a], polygon.points[edge.b]));
    }
    region.ends = polygon.ends;
    return region;
}

void emit_ring(const Region& region, std::size_t ring, const geometry::Lines& lines, std::size_t fixed_lines,
               std::uint32_t label, Soup& out) {
    for (std::uint32_t i = region.ring_begin(ring); i < region.ends[ring]; ++i) {
        const LineId edge = region.edges[i];
        out.points.push_back(lines.rounded(region.vertices[i]));
        out.keys.push_back(static_cast<std::size_t>(edge) < fixed_lines
                               ? boundary_key
                               : edge_key(static_cast<std::uint64_t>(edge), lines.direction_x(edge),
                                          lines.direction_y(edge)));
    }
    out.end_ring(label);
}

// A region with bounds that hold it for certain.
struct Cell {
    Region region;
    double low_x = 0.0;
    double low_y = 0.0;
    double high_x = 0.0;
    double high_y = 0.0;

    void measure() {
        low_x = low_y = std::numeric_limits<double>::infinity();
        high_x = high_y = -std::numeric_limits<double>::infinity();
        for (const Vertex& v : region.vertices) {
            const double margin = 2.0 * v.error;
            low_x = std::min(low_x, v.x - margin);
            low_y = std::min(low_y, v.y - margin);
            high_x = std::max(high_x, v.x + margin);
            high_y = std::max(high_y, v.y + margin);
        }
    }

    [[nodiscard]] bool beside(const geometry::Lines& lines, LineId line) const {
        const std::array<Vertex, 4> corners{Vertex{.x = low_x, .y = low_y}, Vertex{.x = high_x, .y = low_y},
                                            Vertex{.x = high_x, .y = high_y},
                                            Vertex{.x = low_x, .y = high_y}};
        const int first = lines.side(line, corners[0]);
        return first != 0 && std::all_of(corners.begin() + 1, corners.end(), [&](const Vertex& corner) {
                   return lines.side(line, corner) == first;
               });
    }
};

} // namespace

std::vector<CutLine> chaotic_lines(const geometry::SimplePolygon& polygon, const SliceParams& params) {
    const InteriorSampler sampler(polygon);
    geometry::Random random(static_cast<std::uint64_t>(params.seed));
    const double size =
        std::max(static_cast<double>(sampler.high().x) - static_cast<double>(sampler.low().x),
                 static_cast<double>(sampler.high().y) - static_cast<double>(sampler.low().y));
    std::vector<CutLine> cuts;
    for (std::int32_t i = 0; i < params.slice_count; ++i) {
        const std::optional<Point> through = sampler.draw(random);
        // A random direction without trigonometry: a point of the unit disc.
        double dx = 0.0;
        double dy = 0.0;
        double squared = 0.0;
        do {
            dx = random.range(-1.0, 1.0);
            dy = random.range(-1.0, 1.0);
            squared = dx * dx + dy * dy;
        } while (squared > 1.0 || squared < 0.01);
        // Thinner than the floats are apart: there is no point inside to cut through.
        if (!through) continue;
        const Point other{static_cast<float>(static_cast<double>(through->x) + size * dx),
                          static_cast<float>(static_cast<double>(through->y) + size * dy)};
        if (!(other == *through)) cuts.emplace_back(*through, other);
    }
    return cuts;
}

Failure cut_lines(const geometry::SimplePolygon& polygon, const std::vector<CutLine>& cuts,
                  const Control& control, Soup& out, std::vector<std::uint32_t>& cell_of_label) {
    out.clear();
    cell_of_label.clear();
    geometry::Lines lines;
    HalfPlaneSplit split;
    std::vector<Cell> cells(1);
    cells[0].region = region_of(polygon, lines);
    cells[0].measure();
    const std::size_t fixed_lines = lines.size();
    Region negative;
    Region positive;
    std::uint32_t checked = 0;
    for (std::size_t c = 0; c < cuts.size(); ++c) {
        control.report(cutting_share * static_cast<float>(c) / static_cast<float>(cuts.size()));
        const LineId line = lines.add_through(cuts[c].first, cuts[c].second);
        const std::size_t count = cells.size();
        for (std::size_t i = 0; i < count; ++i) {
            if (cells[i].beside(lines, line)) continue;
            if (++checked % cells_per_check == 0 && control.cancelled()) {
                return {.status = Status::cancelled, .message = "cancelled"};
            }
            if (!split.split(lines, line, cells[i].region, negative, positive)) return broken_cut();
            if (negative.empty() || positive.empty()) continue;
            cells[i].region = negative;
            cells[i].measure();
            cells.emplace_back();
            cells.back().region = positive;
            cells.back().measure();
        }
    }
    for (const Cell& cell : cells) {
        const auto label = static_cast<std::uint32_t>(cell_of_label.size());
        for (std::size_t ring = 0; ring < cell.region.ends.size(); ++ring) {
            emit_ring(cell.region, ring, lines, fixed_lines, label, out);
        }
        cell_of_label.push_back(label);
    }
    return {};
}

Failure cut_segment(const geometry::SimplePolygon& polygon, Point start, Point end, bool extend, Soup& out,
                    std::vector<std::uint32_t>& cell_of_label) {
    out.clear();
    geometry::Lines lines;
    HalfPlaneSplit split;
    const Region whole = region_of(polygon, lines);
    const std::size_t fixed_lines = lines.size();
    const LineId line = lines.add_through(start, end);
    const Vertex first = geometry::input_vertex(start);
    const Vertex last = geometry::input_vertex(end);
    const auto choose = [&](std::span<const HalfPlaneSplit::LinePoint> points,
                            std::span<HalfPlaneSplit::Chord> chords) {
        for (HalfPlaneSplit::Chord& chord : chords) {
            chord.cut = extend || (lines.compare_along(line, first, points[chord.from].vertex) <= 0 &&
                                   lines.compare_along(line, points[chord.from + 1].vertex, last) <= 0);
        }
    };
    Region pieces;
    if (!split.split_chords(lines, line, whole, choose, pieces)) return broken_cut();
    const std::vector<std::uint32_t> component = component_of_ring(lines, pieces);
    for (std::size_t ring = 0; ring < pieces.ends.size(); ++ring) {
        emit_ring(pieces, ring, lines, fixed_lines, component[ring], out);
    }
    cell_of_label.assign(pieces.ends.size(), 0);
    return {};
}

Failure fracture_lines(const geometry::SimplePolygon& polygon, const std::vector<CutLine>& cuts,
                       const Control& control, Fragments& out) {
    out.clear();
    Soup soup;
    std::vector<std::uint32_t> cell_of_label;
    if (Failure failure = cut_lines(polygon, cuts, control, soup, cell_of_label); !failure.ok()) {
        return failure;
    }
    Finisher finisher;
    return finisher.run(soup, std::move(cell_of_label), polygon, control, out);
}

Failure fracture_slices(const geometry::SimplePolygon& polygon, const SliceParams& params,
                        const Control& control, Fragments& out) {
    if (params.mode == SliceMode::pattern) {
        return fracture_lines(polygon, chaotic_lines(polygon, params), control, out);
    }
    out.clear();
    Soup soup;
    std::vector<std::uint32_t> cell_of_label;
    if (Failure failure =
            cut_segment(polygon, params.line_start, params.line_end, params.extend, soup, cell_of_label);
        !failure.ok()) {
        return failure;
    }
    Finisher finisher;
    return finisher.run(soup, std::move(cell_of_label), polygon, control, out);
}

} // namespace cutout::fracture
