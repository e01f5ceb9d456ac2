// What part of a fracture's time goes where, for the workloads of tests/support/workloads.h.
//
//     kernel_stages [seconds for each workload]
//
// Prints a table: read the polygon; triangulate the sites; follow the rings through the cells, or find where
// the lines cross them; stitch fragments together and prove them; measure, sort and hand out flat arrays; one
// array of points for each fragment. A reading of the clock lies between two steps, so on the smallest
// fractures everything looks alike a little.
#include "fracture/line_walk.h"
#include "fracture/voronoi_walk.h"
#include "geometry/validate.h"
#include "support/workloads.h"

#include <array>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <vector>

namespace {

using namespace cutout;
using Clock = std::chrono::steady_clock;

enum Stage : std::size_t { reading, cells, walk, stitching, output, arrays, stages };

struct Buffers {
    geometry::SimplePolygon polygon;
    fracture::VoronoiWalk voronoi;
    fracture::LineWalk lines;
    fracture::Fragments fragments;
    std::vector<std::vector<geometry::Point>> pieces;
};

void expect(bool good) {
    if (good) return;
    std::fputs("error: a workload is not done by the fast way\n", stderr);
    std::exit(1);
}

// Adds each step's seconds.
void run(const test::WorkloadCase& variant, Buffers& b, std::array<double, stages>& sum) {
    auto last = Clock::now();
    const auto lap = [&](Stage stage) {
        const auto now = Clock::now();
        sum[stage] += std::chrono::duration<double>(now - last).count();
        last = now;
    };
    const std::vector<geometry::RingView> views(variant.rings.begin(), variant.rings.end());
    expect(geometry::read({views}, b.polygon).ok());
    lap(reading);
    if (variant.lines.empty()) {
        using fracture::WalkEnd;
        expect(b.voronoi.build_cells(b.polygon, variant.sites) == WalkEnd::done);
        lap(cells);
        expect(b.voronoi.follow_rings() == WalkEnd::done);
        lap(walk);
        expect(b.voronoi.stitch({}) == WalkEnd::done);
        lap(stitching);
        expect(b.voronoi.hand_out({}, b.fragments) == WalkEnd::done);
        lap(output);
    } else {
        using fracture::LineWalkEnd;
        expect(b.lines.follow_rings(b.polygon, variant.lines, {}, {}) == LineWalkEnd::done);
        lap(walk);
        expect(b.lines.stitch({}) == LineWalkEnd::done);
        lap(stitching);
        expect(b.lines.hand_out({}, b.fragments) == LineWalkEnd::done);
        lap(output);
    }
    b.pieces.clear();
    for (std::size_t i = 0; i < b.fragments.size(); ++i) {
        const auto ring = b.fragments.ring(i);
        b.pieces.emplace_back(ring.begin(), ring.end());
    }
    lap(arrays);
}

} // namespace

int main(int argc, char** argv) {
    const double seconds = argc > 1 ? std::atof(argv[1]) : 1.0;
    std::puts("| share of the time, % | reading | Delaunay | walk | stitching + proof | output | arrays |");
    std::puts("|---|---|---|---|---|---|---|");
    for (const test::Workload& workload : test::workloads()) {
        Buffers buffers;
        std::array<double, stages> sum{};
        for (const test::WorkloadCase& variant : workload.variants) {
            run(variant, buffers, sum);
        }
        sum = {};
        const auto begin = Clock::now();
        while (std::chrono::duration<double>(Clock::now() - begin).count() < seconds) {
            for (const test::WorkloadCase& variant : workload.variants) {
                run(variant, buffers, sum);
            }
        }
        double all = 0.0;
        for (const double s : sum) {
            all += s;
        }
        std::printf("| %s |", workload.name.c_str());
        for (const double s : sum) {
            std::printf(" %.0f |", 100.0 * s / all);
        }
        std::puts("");
    }
    return 0;
}
