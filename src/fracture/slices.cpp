#include "fracture/slices.h"

#include "fracture/extent.h"
#include "fracture/finish.h"

#include <array>
#include <utility>

namespace cutout::fracture {

using geometry::Failure;
using geometry::Point;

bool is_line_pattern(const SliceParams& params) {
    return params.mode == SliceMode::pattern && params.pattern != SlicePattern::radial;
}

LinePattern lines_of(const geometry::SimplePolygon& polygon, const SliceParams& params) {
    if (params.pattern == SlicePattern::parallel) return parallel_lines(polygon, params);
    if (params.pattern == SlicePattern::grid) return grid_lines(polygon, params);
    return chaotic_lines(polygon, params);
}

Failure fracture_lines(const geometry::SimplePolygon& polygon, const std::vector<CutLine>& cuts,
                       const Control& control, Fragments& out) {
    out.clear();
    return fracture_pattern_slowly(polygon, {.lines = cuts, .weights = {}}, control, out);
}

Failure fracture_pattern_slowly(const geometry::SimplePolygon& polygon, const LinePattern& pattern,
                                const Control& control, Fragments& out) {
    out.clear();
    Soup soup;
    std::vector<std::uint32_t> cell_of_label;
    if (Failure failure = cut_lines(polygon, pattern.lines, pattern.weights, control, soup, cell_of_label);
        !failure.ok()) {
        return failure;
    }
    Finisher finisher;
    return finisher.run(soup, cell_of_label, polygon, control, out);
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
    case SliceMode::pattern: {
        if (is_line_pattern(params)) {
            return fracture_pattern_slowly(polygon, lines_of(polygon, params), control, out);
        }
        const Point origin = origin_of(polygon, params.origin);
        const std::vector<Point> tips = ray_tips(polygon, origin, params);
        failure = cut_rays(polygon, origin, tips, control, soup, cell_of_label);
        break;
    }
    }
    if (!failure.ok()) return failure;
    Finisher finisher;
    return finisher.run(soup, cell_of_label, polygon, control, out);
}

} // namespace cutout::fracture
