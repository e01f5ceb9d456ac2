// Constrained Delaunay triangulation of a polygon with holes: its triangles' corners are the polygon's own.
//
//     Triangulation triangulation; // keep it: its buffers are reused
//     if (triangulation.triangulate(points, ends)) { use(triangulation.origins()); }
//
// Rings are given one after the other; ends[r] is the end of ring r in `points`. Each is simple; two may
// touch in a vertex; points along a straight edge are welcome. The holes' winding is opposite to that of the
// rings round them. Inside is where the rings wind once; so several polygons may be given at once.
//
// No point of the polygon lies inside the circle through a triangle's corners, unless an edge of the polygon
// stands between (D. T. Lee and A. K. Lin, Generalized Delaunay triangulation for planar graphs, Discrete &
// Computational Geometry 1, 1986). Of four points on one circle the first by x, then y, gets the diagonal. So
// the triangles depend on the polygon alone, not on where its rings begin. Decisions are exact.
//
// How: short rings by cutting ears, others by way of a triangulation of all points (constrain.h). Then edges
// are flipped until every one is Delaunay (mesh.h).
//
// False: the rings cross, overlap, do not enclose anything or are wound otherwise, as far as was noticed (a
// single short ring that crosses itself may pass), or `cancel` was set. Valid input never fails.
//
// Thread rule: one object, one thread. `cancel` may be set from any.
#pragma once

#include "geometry/constrain.h"
#include "geometry/mesh.h"
#include "geometry/types.h"

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace cutout::geometry {

enum class TriangleKind : std::uint8_t {
    delaunay, // as above
    any,      // of these points, filling the polygon exactly; no more is said of them, nor of twins. Faster
};

class Triangulation {
public:
    static constexpr std::int32_t none = Mesh::none;

    [[nodiscard]] bool triangulate(std::span<const Point> points, std::span<const std::uint32_t> ends,
                                   const std::atomic<bool>* cancel = nullptr,
                                   TriangleKind kind = TriangleKind::delaunay);
    // A single ring.
    [[nodiscard]] bool triangulate(RingView ring, TriangleKind kind = TriangleKind::delaunay);

    [[nodiscard]] std::size_t triangle_count() const { return mesh_.origin.size() / 3; }
    // Three corners a triangle, counter-clockwise whatever the rings' winding: indices into the points that
    // were given. A point that was given more than once goes by its first index.
    [[nodiscard]] std::span<const std::int32_t> origins() const { return mesh_.origin; }
    // twins()[e]: the edge that leaves corner e, seen from the neighbouring triangle; none on the rings.
    [[nodiscard]] std::span<const std::int32_t> twins() const { return mesh_.twin; }
    [[nodiscard]] const Mesh& mesh() const { return mesh_; }

private:
    struct Corner { // of the ring while ears are cut off
        Point place;
        std::int32_t point = 0;
        std::int32_t previous = 0;
        std::int32_t next = 0;
        std::int32_t beyond = Mesh::none; // the half-edge on the other side of the edge to `next`
        std::int32_t turn = 0;
    };

    // linked: twins are wanted, too.
    [[nodiscard]] bool cut_ears(RingView ring, bool linked);
    [[nodiscard]] bool fan(bool linked);
    [[nodiscard]] bool is_ear(std::int32_t corner) const;
    void cut(std::int32_t corner, bool linked);
    [[nodiscard]] int turn_at(const Corner& corner) const;

    Mesh mesh_;
    Constrainer constrainer_;
    std::vector<Corner> corners_;
    std::vector<std::int32_t> dents_; // corners that do not turn left, or did not once
    std::vector<std::int32_t> stack_;
};

} // namespace cutout::geometry
