// Delaunay triangulation of a set of points.
//
//     Delaunay delaunay; // keep it: its buffers are reused
//     if (delaunay.triangulate(points)) { use(delaunay.origins(), delaunay.twins()); }
//
// Sweep-circle: points are added in order of distance from the centre of a seed triangle, joined to the part
// of the hull that they see, and edges are flipped until every circumcircle is empty (D. Sinclair, S-hull: a
// fast radial sweep-hull routine for Delaunay triangulation, 2010). Orientation and in-circle decisions are
// exact. Of points on one circle the triangulation is that of points which are moved by infinitesimals that
// fall steeply with the point's number (as if it had that much weight in a power diagram): one rule, so that
// those who walk through the diagram can follow it.
//
// The order by rounded distances cannot promise that the next point lies outside the hull. That is checked
// exactly, and where it does not hold triangulate() answers false; so it does for fewer than three points,
// equal points and collinear points.
//
// Thread rule: one object, one thread.
#pragma once

#include "geometry/rank.h"
#include "geometry/types.h"

#include <cstdint>
#include <span>
#include <vector>

namespace cutout::geometry {

class Delaunay {
public:
    static constexpr std::int32_t none = -1;

    [[nodiscard]] bool triangulate(std::span<const Point> points);

    // Half-edge e belongs to triangle e / 3 and leaves the point origins()[e]; triangles turn left.
    [[nodiscard]] std::span<const std::int32_t> origins() const { return {origin_.data(), size_}; }
    // twins()[e]: the same edge seen from the neighbouring triangle; none on the hull.
    [[nodiscard]] std::span<const std::int32_t> twins() const { return {twin_.data(), size_}; }

    // Calls visit(point, edge) for each point of the hull and the half-edge along it that leaves the point.
    template <typename Visit> void visit_hull(const Visit& visit) const {
        std::int32_t p = hull_start_;
        do {
            visit(p, hull_edge_[at(p)]);
            p = hull_next_[at(p)];
        } while (p != hull_start_);
    }

    [[nodiscard]] static std::int32_t next(std::int32_t e) { return e % 3 == 2 ? e - 2 : e + 1; }
    [[nodiscard]] static std::int32_t previous(std::int32_t e) { return e % 3 == 0 ? e + 2 : e - 1; }
    [[nodiscard]] static std::int32_t triangle(std::int32_t e) { return e / 3; }
    [[nodiscard]] static std::int32_t first_edge(std::int32_t triangle) { return 3 * triangle; }

private:
    struct Seed {
        std::int32_t a = none;
        std::int32_t b = none;
        std::int32_t c = none;
    };

    struct Place {
        double x = 0.0;
        double y = 0.0;
    };
    struct Ranked {
        double distance = 0.0; // squared, from the centre
        std::int32_t point = 0;

        friend bool operator<(const Ranked& a, const Ranked& b) {
            return a.distance != b.distance ? a.distance < b.distance : a.point < b.point;
        }
    };

    [[nodiscard]] Seed find_seed() const;
    void find_centre(const Seed& seed);
    void sort_by_distance(const Seed& seed);
    void insertion_sort();
    [[nodiscard]] double squared_distance(std::int32_t point, double x, double y) const;
    void start_hull(const Seed& seed);
    [[nodiscard]] bool add(std::int32_t point);
    std::int32_t add_triangle(std::int32_t a, std::int32_t b, std::int32_t c, std::int32_t twin_a,
                              std::int32_t twin_b, std::int32_t twin_c);
    void link(std::int32_t e, std::int32_t twin);
    std::int32_t legalize(std::int32_t e);
    [[nodiscard]] bool inside_circle(std::int32_t a, std::int32_t b, std::int32_t c, std::int32_t d) const;
    [[nodiscard]] bool inside_circle_unsure(std::int32_t a, std::int32_t b, std::int32_t c,
                                            std::int32_t d) const;
    void replace_hull_edge(std::int32_t old_edge, std::int32_t new_edge);
    [[nodiscard]] bool sees(std::int32_t point, std::int32_t from, std::int32_t to) const;
    void find_buckets();
    [[nodiscard]] std::size_t bucket(std::int32_t point) const { return bucket_of_[at(point)]; }

    template <typename T> [[nodiscard]] static std::size_t at(T i) { return static_cast<std::size_t>(i); }

    std::span<const Point> points_;
    std::vector<Place> at_;            // the points
    std::vector<std::int32_t> origin_; // 6 n long; the first size_ count
    std::vector<std::int32_t> twin_;
    std::size_t size_ = 0;

    // The hull, counter-clockwise. hull_next_[p] == p: p has left the hull.
    std::vector<std::int32_t> hull_next_;
    std::vector<std::int32_t> hull_previous_;
    std::vector<std::int32_t> hull_edge_; // the half-edge that leaves the point along the hull
    std::int32_t hull_start_ = 0;
    std::vector<std::uint32_t> bucket_of_; // of each point
    std::vector<std::int32_t> buckets_;    // hull points by direction from the centre: where to start looking

    static constexpr std::size_t most_to_rank = 32; // points: more are sorted otherwise
    RankSpace<most_to_rank> rank_;
    std::vector<Ranked> order_;
    std::vector<Ranked> sorted_;
    std::vector<std::uint32_t> bins_;
    std::vector<std::int32_t> stack_;
    double centre_x_ = 0.0;
    double centre_y_ = 0.0;
};

} // namespace cutout::geometry
