// The triangles inside a set of rings, found by way of a triangulation of all their points: the second half
// of triangulate.h.
//
// 1. Points by value, in order of x, then y. A Delaunay triangulation (delaunay.h); should it have no answer,
//    a sweep in that order, in which every point lies outside the hull of those before it.
// 2. Each edge of a ring that is not there yet: the triangles that it crosses are taken out, which leaves a
//    cavity on either side of it, and each cavity is filled by one scan along its rim: every point of the rim
//    sees the edge (G. T. Toussaint and D. Avis, On a convex hull algorithm for polygons and its application
//    to triangulation problems, Pattern Recognition 15, 1982).
// 3. Winding numbers from the hull inwards: crossing a ring's edge from its left to its right takes one off.
//
// Thread rule: one object, one thread.
#pragma once

#include "geometry/delaunay.h"
#include "geometry/mesh.h"
#include "geometry/types.h"

#include <atomic>
#include <cstdint>
#include <span>
#include <vector>

namespace cutout::geometry {

class Constrainer {
public:
    // The triangles go to `out`; corners are indices into `points`, of equal points the first. False: the
    // rings cross, overlap, or wind round a place more than once or not all in one sense; or `cancel` (may be
    // null) was set.
    [[nodiscard]] bool run(std::span<const Point> points, std::span<const std::uint32_t> ends,
                           const std::atomic<bool>* cancel, Mesh& out);

    // Any triangulation of the convex hull of points that are sorted by x, then y, and distinct. False: they
    // are all collinear.
    [[nodiscard]] bool sweep(std::span<const Point> sorted, Mesh& out);

private:
    struct RimEdge {
        std::int32_t origin = 0;
        std::int32_t half_edge = 0;        // inside the cavity: the old one, then the new one
        std::int32_t twin = Mesh::none;    // outside
        std::int32_t partner = Mesh::none; // in rim_: both sides of the edge are in the cavity
        std::int8_t ring = 0;
    };
    struct ScanEdge {
        std::int32_t origin = 0;
        std::int32_t beyond = 0; // a new half-edge, or where it is on the rim, -1 - its place there
    };

    void number_points(std::span<const Point> points);
    [[nodiscard]] bool start_mesh();
    [[nodiscard]] bool insert(std::int32_t from, std::int32_t to);
    [[nodiscard]] std::int32_t find_edge(std::int32_t from, std::int32_t to, bool& forward) const;
    [[nodiscard]] bool find_way(std::int32_t from, std::int32_t to, std::int32_t& e) const;
    [[nodiscard]] bool open_cavity(std::int32_t from, std::int32_t to, std::int32_t e);
    [[nodiscard]] bool fill_cavity(std::int32_t from, std::int32_t to);
    [[nodiscard]] std::int32_t scan_rim(std::size_t begin, std::size_t end, std::int32_t last);
    [[nodiscard]] bool mark(std::int32_t e, bool forward);
    template <typename Visit> void around(std::int32_t number, const Visit& visit) const;
    [[nodiscard]] bool wind();
    void keep_inside(Mesh& out);

    [[nodiscard]] Point point(std::int32_t number) const { return distinct_[Mesh::at(number)]; }

    const std::atomic<bool>* cancel_ = nullptr;
    Delaunay delaunay_;
    Mesh mesh_;
    std::vector<std::int32_t> order_;
    std::vector<Point> distinct_;
    std::vector<std::int32_t> first_;   // of each distinct point, where it was given first
    std::vector<std::int32_t> number_;  // of each point given
    std::vector<std::int32_t> leaving_; // of each distinct point, some half-edge that leaves it
    std::vector<std::int8_t> ring_;     // of each half-edge: 1 a ring runs along it, -1 against it, 0 none
    std::vector<std::int8_t> winding_;  // of each triangle
    std::vector<std::int32_t> stack_;   // of triangles or half-edges, and new numbers of triangles
    // The cavity: its rim, first from `from` to `to` along the right side, then back along the left one.
    std::vector<RimEdge> rim_;
    std::vector<std::int32_t> free_;   // triangles taken out
    std::vector<std::int32_t> rim_of_; // of each half-edge its place in rim_, or none
    std::vector<ScanEdge> scan_;
    std::vector<std::int32_t> hull_next_; // sweep()
    std::vector<std::int32_t> hull_previous_;
    std::vector<std::int32_t> hull_edge_;
};

} // namespace cutout::geometry
