// slices.h: cutting along whole lines.
#include "fracture/slice_region.h"
#include "fracture/slices.h"
#include "fracture/tuning.h"

namespace cutout::fracture {

using geometry::Failure;
using geometry::LineId;
using geometry::Region;

namespace {

struct Cell {
    BoxedRegion area;
    std::uint32_t number = 0; // the weights of the lines on whose left it lies
};

} // namespace

Failure cut_lines(const geometry::SimplePolygon& polygon, std::span<const CutLine> cuts,
                  std::span<const std::uint32_t> weights, const Control& control, Soup& out,
                  std::vector<std::uint32_t>& cell_of_label) {
    out.clear();
    cell_of_label.clear();
    geometry::Lines lines;
    geometry::HalfPlaneSplit split;
    std::vector<Cell> cells(1);
    cells[0].area.region = region_of(polygon, lines);
    cells[0].area.measure();
    const std::size_t fixed_lines = lines.size();
    Region negative;
    Region positive;
    std::uint32_t checked = 0;
    for (std::size_t c = 0; c < cuts.size(); ++c) {
        control.report(cutting_share * static_cast<float>(c) / static_cast<float>(cuts.size()));
        const std::uint32_t weight = weights.empty() ? 0 : weights[c];
        const LineId line = lines.add_through(cuts[c].first, cuts[c].second);
        const std::size_t count = cells.size();
        for (std::size_t i = 0; i < count; ++i) {
            if (const int side = cells[i].area.side_of(lines, line); side != 0) {
                if (side > 0) cells[i].number += weight;
                continue;
            }
            if (++checked % cells_per_check == 0 && control.cancelled()) return cancelled_cut();
            if (!split.split(lines, line, cells[i].area.region, negative, positive)) return broken_cut();
            if (positive.empty()) continue;
            const std::uint32_t number = cells[i].number + weight;
            if (negative.empty()) {
                cells[i].number = number;
                continue;
            }
            cells[i].area.region = negative;
            cells[i].area.measure();
            cells.emplace_back();
            cells.back().area.region = positive;
            cells.back().area.measure();
            cells.back().number = number;
        }
    }
    for (const Cell& cell : cells) {
        const auto label = static_cast<std::uint32_t>(cell_of_label.size());
        emit_rings(cell.area.region, lines, fixed_lines, label, out);
        cell_of_label.push_back(weights.empty() ? label : cell.number);
    }
    return {};
}

} // namespace cutout::fracture
