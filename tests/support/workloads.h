// The fixed workloads of the kernel: seven kinds of fracture that tests check and benchmarks time.
//
//     for (const Workload& workload : workloads()) {
//         for (const WorkloadCase& variant : workload.variants) { ... }
//     }
//
// Each variant is made from TestRandom (the sequence "RNG(k)" is TestRandom(k - 1)), computed in doubles and
// stored as floats. Sines and cosines come from the C library, so the last bits of the points may differ
// between machines: nothing here belongs in a golden hash.
//
//     name  variants  RNG     polygon                                        cut by
//     W1    32        1000+k  a square of 100                                16 sites
//     W2    32        2000+k  star(64, 100, 25)                              16 sites
//     W3    32        3000+k  star(64, 100, 20), two holes star(12, 18, 5)   24 sites
//     W4    8         4000+k  a coast of 1000 vertices, swirled              64 sites
//     W5    8         5000+k  star(64, 100, 25)                              1000 sites
//     S1    32        6000+k  star(64, 100, 25)                              8 lines at random
//     S2    4         7000+k  a coast                                        a grid of 10 + 10 lines
#pragma once

#include "geometry/types.h"
#include "support/shapes.h"

#include <string>
#include <utility>
#include <vector>

namespace cutout::test {

using CutLines = std::vector<std::pair<geometry::Point, geometry::Point>>;

struct WorkloadCase {
    Rings rings;
    std::vector<geometry::Point> sites; // W1 to W5
    CutLines lines;                     // S1 and S2
};

struct Workload {
    std::string name;
    std::string what;
    std::vector<WorkloadCase> variants;
};

[[nodiscard]] std::vector<Workload> workloads();

// A coast: a simple ring of `vertices` points with bays of every size, swirled.
[[nodiscard]] std::vector<geometry::Point> coast(TestRandom& random, int vertices);

// Uniform in the bounds of the outer ring, drawn again while outside it.
[[nodiscard]] std::vector<geometry::Point> sites_inside(TestRandom& random,
                                                        const std::vector<geometry::Point>& outer, int count);

} // namespace cutout::test
