#include "geometry/mesh.h"

#include "geometry/limits.h"
#include "geometry/predicates.h"

namespace cutout::geometry {

// They end: every flip lowers the surface over the paraboloid, or, where four points lie on
// one circle, that surface with its corners pulled down, the first the farthest.
bool make_delaunay(std::span<const Point> points, const std::atomic<bool>* cancel, Mesh& mesh,
                   std::vector<std::int32_t>& stack) {
    stack.clear();
    for (std::int32_t e = 0; e < mesh.size(); ++e) {
        if (mesh.twin[Mesh::at(e)] > e) stack.push_back(e);
    }
    for (std::size_t steps = 1; !stack.empty(); ++steps) {
        if (steps % flips_per_check == 0 && cancel != nullptr && cancel->load(std::memory_order_relaxed)) {
            return false;
        }
        const std::int32_t e = stack.back();
        stack.pop_back();
        const std::int32_t t = mesh.twin[Mesh::at(e)];
        if (t == Mesh::none) continue;
        const Point a = points[Mesh::at(mesh.origin[Mesh::at(e)])];
        const Point b = points[Mesh::at(mesh.target(e))];
        const Point c = points[Mesh::at(mesh.apex(e))];
        const Point d = points[Mesh::at(mesh.apex(t))];
        const int side = in_circle(a, b, c, d);
        if (side < 0) continue;
        if (side == 0) {
            const Point end = lexicographic_less(a, b) ? a : b;
            const Point apex = lexicographic_less(c, d) ? c : d;
            if (lexicographic_less(end, apex)) continue;
        }
        mesh.flip(e);
        stack.insert(stack.end(), {e, t, Mesh::next(e), Mesh::next(t)});
    }
    return true;
}

} // namespace cutout::geometry
