// Polygons and sites for tests: plain, awkward and nasty, all from a seed.
#pragma once

#include "geometry/types.h"
#include "support/fracture_checker.h"

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace cutout::test {

// xorshift64, warmed up; its own generator, so that tests do not share faults with the kernel's.
class TestRandom {
public:
    explicit TestRandom(std::uint64_t seed) : state_(0x9E3779B97F4A7C15ULL * (seed + 1)) {
        for (int i = 0; i < 8; ++i) {
            step();
        }
    }
    // [0, 1)
    double unit() {
        step();
        return static_cast<double>(state_ >> 40U) * 0x1.0p-24;
    }
    double range(double low, double high) { return low + (high - low) * unit(); }
    // low .. high, both included
    int integer(int low, int high) {
        step();
        return low + static_cast<int>((state_ >> 33U) % static_cast<std::uint64_t>(high - low + 1));
    }

private:
    void step() {
        state_ ^= state_ << 13U;
        state_ ^= state_ >> 7U;
        state_ ^= state_ << 17U;
    }
    std::uint64_t state_;
};

[[nodiscard]] std::vector<geometry::RingView> views(const Rings& rings);

[[nodiscard]] std::vector<geometry::Point> rectangle(float x0, float y0, float x1, float y1);
// Points round a centre at equal angles, radius `radius` give or take `spread`.
[[nodiscard]] std::vector<geometry::Point> star(TestRandom& random, int points, double radius, double spread,
                                                double x = 0.0, double y = 0.0);
// A star with `holes` smaller stars in it, clockwise.
[[nodiscard]] Rings holed_star(TestRandom& random, int points, int holes);
// A bar with teeth; 4 points a tooth.
[[nodiscard]] std::vector<geometry::Point> comb(int teeth, float width, float height);
// Long teeth aslant, side by side, on a bar: all their edges' boxes meet.
[[nodiscard]] std::vector<geometry::Point> slanted_comb(int teeth);
[[nodiscard]] std::vector<geometry::Point> spiral(int turns, int points_per_turn, double width);
// A polygon on the integer lattice: a rectangle with lattice notches and lattice holes.
[[nodiscard]] Rings lattice_polygon(TestRandom& random, int size);
// The outlines of a random set of lattice cells, with all points along their straight edges: outer rings
// counter-clockwise, holes clockwise. Rings touch one another in points, no ring touches itself.
[[nodiscard]] Rings cell_rings(TestRandom& random, int columns, int rows, double share);
// Columns one wide, their tops and bottoms at whole heights: 0 to 3, and 5 to 8.
[[nodiscard]] std::vector<geometry::Point> skyline(TestRandom& random, int columns);
// Long and thin, slanted.
[[nodiscard]] std::vector<geometry::Point> sliver(TestRandom& random, double length, double width);
// Some simple polygon: one of the above, moved and scaled.
[[nodiscard]] Rings random_polygon(TestRandom& random);

void transform(Rings& rings, double scale, double x, double y);

// Sites anywhere in the bounds, a few on vertices and on the middles of edges, a few twice.
[[nodiscard]] std::vector<geometry::Point> awkward_sites(TestRandom& random, const Rings& rings, int count);

// The number of cases of a property test: as given, or a fraction of it in a build with sanitizers or with
// CUTOUT_TEST_SCALE (a factor) in the environment.
[[nodiscard]] int cases(int normal);

struct PolygonFile {
    std::string name;
    Rings rings;
};
// The polygons of the folder `earcut` of CUTOUT_TEST_POLYGONS, sorted by name. Empty: there is no such
// folder.
[[nodiscard]] std::vector<PolygonFile> polygon_files();

} // namespace cutout::test
