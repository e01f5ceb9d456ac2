#include "fracture/slices.h"

#include "fracture/extent.h"
#include "fracture/finish.h"

#include <array>
#include <utility>

namespace cutout::fracture {

using geometry::Failure;
using geometry::Point;

namespace {

Failure cut(const geometry::SimplePolygon& polygon, const LinePattern& pattern, const Control& control,
            Soup& out, std::vector<std::uint32_t>& cell_of_label) {
    return cut_lines(polygon, pattern.lines, pattern.weights, control, out, cell_of_label);
}

Failure cut_pattern(const geometry::SimplePolygon& polygon, const SliceParams& params, const Control& control,
                    Soup& out, std::vector<std::uint32_t>& cell_of_label) {
    switch (params.pattern) {
    case SlicePattern::radial: {
        const Point origin = origin_of(polygon, params.origin);
        const std::vector<Point> tips = ray_tips(polygon, origin, params);
        return cut_rays(polygon, origin, tips, control, out, cell_of_label);
    }
    case SlicePattern::parallel:
        return cut(polygon, parallel_lines(polygon, params), control, out, cell_of_label);
    case SlicePattern::grid:
        return cut(polygon, grid_lines(polygon, params), control, out, cell_of_label);
    case SlicePattern::chaotic:
        break;
    }
    return cut(polygon, chaotic_lines(polygon, params), control, out, cell_of_label);
}

} // namespace

Failure fracture_lines(const geometry::SimplePolygon& polygon, const std::vector<CutLine>& cuts,
                       const Control& control, Fragments& out) {
    out.clear();
    Soup soup;
    std::vector<std::uint32_t> cell_of_label;
    if (Failure failure = cut_lines(polygon, cuts, {}, control, soup, cell_of_label); !failure.ok()) {
        return failure;
    }
    Finisher finisher;
    return finisher.run(soup, std::move(cell_of_label), polygon, control, out);
}

Failure fracture_slices(const geometry::SimplePolygon& polygon, const SliceParams& params,
                        const Control& control, Fragments& out) {
    out.clear();
    Soup soup;
    std::vector<std::uint32_t> cell_of_label;
    Failure failure;
    switch (params.mode) {
    case SliceMode::single: {
        const std::array<Point, 2> segment{params.line_start, params.line_end};
        failure = cut_segments(polygon, segment, params.extend, control, soup, cell_of_label);
        break;
    }
    case SliceMode::manual:
        failure =
            cut_segments(polygon, params.segments.points(), params.extend, control, soup, cell_of_label);
        break;
    case SliceMode::pattern:
        failure = cut_pattern(polygon, params, control, soup, cell_of_label);
        break;
    }
    if (!failure.ok()) return failure;
    Finisher finisher;
    return finisher.run(soup, std::move(cell_of_label), polygon, control, out);
}

} // namespace cutout::fracture
