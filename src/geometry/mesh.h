// Triangles as half-edges, the form in which this room builds and changes triangulations.
//
// Half-edge e belongs to triangle e / 3, leaves the point origin[e], and has the triangle on its left.
// twin[e] is the same edge seen from the neighbouring triangle; none where there is no neighbour.
//
// Thread rule: a value.
#pragma once

#include "geometry/types.h"

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace cutout::geometry {

struct Mesh {
    static constexpr std::int32_t none = -1;

    std::vector<std::int32_t> origin;
    std::vector<std::int32_t> twin;

    [[nodiscard]] static std::int32_t next(std::int32_t e) { return e % 3 == 2 ? e - 2 : e + 1; }
    [[nodiscard]] static std::int32_t previous(std::int32_t e) { return e % 3 == 0 ? e + 2 : e - 1; }
    template <typename T> [[nodiscard]] static std::size_t at(T i) { return static_cast<std::size_t>(i); }

    [[nodiscard]] std::int32_t size() const { return static_cast<std::int32_t>(origin.size()); }
    [[nodiscard]] std::int32_t target(std::int32_t e) const { return origin[at(next(e))]; }
    [[nodiscard]] std::int32_t apex(std::int32_t e) const { return origin[at(previous(e))]; }

    void clear() {
        origin.clear();
        twin.clear();
    }
    void link(std::int32_t e, std::int32_t other) {
        twin[at(e)] = other;
        if (other != none) twin[at(other)] = e;
    }
    // Returns the first half-edge, a -> b; the others follow.
    std::int32_t add(std::int32_t a, std::int32_t b, std::int32_t c) {
        const std::int32_t e = size();
        origin.insert(origin.end(), {a, b, c});
        twin.insert(twin.end(), {none, none, none});
        return e;
    }
    // One that nobody asks for its neighbours.
    void add_alone(std::int32_t a, std::int32_t b, std::int32_t c) { origin.insert(origin.end(), {a, b, c}); }
    // Replaces the edge of e by the other diagonal of the two triangles beside it, which then runs from apex
    // to apex: as previous(e) and its twin. Half-edge e takes the place of previous(twin), and twin that of
    // previous(e); the other two sides keep their numbers.
    void flip(std::int32_t e) {
        const std::int32_t t = twin[at(e)];
        const std::int32_t p = previous(e);
        const std::int32_t q = previous(t);
        origin[at(e)] = origin[at(q)];
        origin[at(t)] = origin[at(p)];
        const std::int32_t beyond_q = twin[at(q)];
        const std::int32_t beyond_p = twin[at(p)];
        link(e, beyond_q);
        link(t, beyond_p);
        link(p, q);
    }
};

// Flips edges until no point lies inside the circle of a triangle beside it (C. L. Lawson, Software for C1
// surface interpolation, Mathematical Software III, 1977). Of four points on one circle the first by x, then
// y, gets the diagonal, so the result does not depend on the triangulation it began with. `stack` is working
// memory. False: `cancel` (may be null) was set.
[[nodiscard]] bool make_delaunay(std::span<const Point> points, const std::atomic<bool>* cancel, Mesh& mesh,
                                 std::vector<std::int32_t>& stack);

} // namespace cutout::geometry
