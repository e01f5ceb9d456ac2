#include "fracture/untangle.h"

#include "fracture/plane_graph.h"
#include "fracture/repair.h"
#include "fracture/soup.h"
#include "geometry/predicates.h"

#include <algorithm>
#include <cstddef>
#include <utility>
#include <vector>

namespace cutout::fracture {

using geometry::Failure;
using geometry::Point;
using geometry::Status;

namespace {

// The outer ring has the label 0, hole i the label i + 1.
Label inside_outer_less_holes(std::span<const Winding> windings) {
    return windings.size() == 1 && windings.front().first == 0 ? 0 : no_label;
}

} // namespace

Failure untangle(const geometry::PolygonView& view, const std::atomic<bool>* cancel,
                 geometry::SimplePolygon& out) {
    geometry::SimplePolygon read;
    if (Failure failure = geometry::read(view, read); !failure.ok()) return failure;
    Soup soup;
    soup.points = read.points;
    soup.keys.assign(soup.points.size(), boundary_key);
    soup.ends = read.ends;
    for (std::uint32_t ring = 0; ring < read.ends.size(); ++ring) {
        soup.labels.push_back(ring);
    }
    PlaneGraph graph;
    const bool built = graph.build(soup);
    const RepairResult result = built ? repair(graph, cancel, inside_outer_less_holes) : RepairResult::failed;
    if (result == RepairResult::cancelled) return {.status = Status::cancelled, .message = "cancelled"};
    std::vector<Loop> loops;
    if (result == RepairResult::failed || !graph.trace(loops)) {
        return {.status = Status::internal_error,
                .message = "the polygon's crossings could not be mended; the result was withheld. Please "
                           "report the polygon"};
    }
    out.points.clear();
    out.ends.clear();
    out.edges.clear();
    out.vertices.clear();
    out.twice_area = 0.0;
    out.outer_winding = geometry::twice_area(view.rings[0]) < 0.0 ? -1 : 1;
    const std::span<const Point> points = graph.numbers.points();
    for (const Loop& loop : loops) {
        const auto begin = static_cast<std::uint32_t>(out.points.size());
        for (const std::uint32_t number : loop.points) {
            out.points.push_back(points[number]);
            out.vertices.push_back(static_cast<std::uint32_t>(out.points.size()) - 1 - begin);
        }
        const auto end = static_cast<std::uint32_t>(out.points.size());
        for (std::uint32_t i = begin; i < end; ++i) {
            out.edges.push_back({i, i + 1 == end ? begin : i + 1});
        }
        out.ends.push_back(end);
        out.twice_area += geometry::twice_area({out.points.data() + begin, end - begin});
    }
    if (loops.empty() || !(out.twice_area > 0.0)) {
        return {.status = Status::zero_area,
                .ring = 0,
                .where = view.rings[0][0],
                .message = "the polygon encloses nothing: its outer ring folds back onto itself, or its "
                           "holes cover it"};
    }
    return {};
}

} // namespace cutout::fracture
