#include "fracture/close_look.h"

#include "fracture/plane_graph.h"
#include "fracture/soup.h"
#include "geometry/planarity.h"

#include <algorithm>
#include <vector>

namespace cutout::fracture {

bool tiles(Fragments& fragments, int winding, const std::atomic<bool>* cancel) {
    Soup soup;
    for (std::uint32_t i = 0; i < fragments.size(); ++i) {
        const auto ring = fragments.ring(i);
        if (winding > 0) {
            soup.points.insert(soup.points.end(), ring.begin(), ring.end());
        } else {
            soup.points.insert(soup.points.end(), ring.rbegin(), ring.rend());
        }
        soup.keys.resize(soup.points.size(), boundary_key);
        soup.end_ring(i);
    }
    PlaneGraph graph;
    if (!graph.build(soup) || !graph.plain()) return false;
    std::vector<geometry::Segment> segments(graph.edges.size());
    std::transform(graph.edges.begin(), graph.edges.end(), segments.begin(), [](const GraphEdge& edge) {
        return geometry::Segment{edge.a, edge.b};
    });
    std::vector<geometry::Conflict> conflicts;
    if (!geometry::find_conflicts(graph.numbers.points(), segments, cancel, conflicts)) return false;
    if (!conflicts.empty() || !graph.consistent()) return false;
    std::fill(fragments.on_boundary.begin(), fragments.on_boundary.end(), std::uint8_t{0});
    for (const GraphEdge& edge : graph.edges) {
        if (edge.left == no_label) fragments.on_boundary[static_cast<std::size_t>(edge.right)] = 1;
        if (edge.right == no_label) fragments.on_boundary[static_cast<std::size_t>(edge.left)] = 1;
    }
    return true;
}

} // namespace cutout::fracture
