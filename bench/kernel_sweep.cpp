// How the time of one fracture grows: with the points of the polygon, with sites, with pieces.
//
//     kernel_sweep <file.csv> [seconds for each point]
//
// Four series, each over half decades:
//     vertices   a coast of n points, 64 sites
//     sites      a sprite of 64 points, n sites
//     pieces     a sprite, cut by a grid of lines into about n pieces
//     both       a coast of n points, n / 10 sites
// Columns: series, n, pieces, microseconds (least of all runs), and microseconds / (n log2 n) times 1000,
// which stays level where the time grows as n log n.
#include "fracture/fracture.h"
#include "fracture/workspace.h"
#include "support/workloads.h"

#include <malloc.h>

#include <chrono>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <functional>
#include <limits>
#include <string>

namespace {

using namespace cutout;
using geometry::Point;
using test::Rings;
using test::TestRandom;
using Clock = std::chrono::steady_clock;

struct Measured {
    double microseconds = std::numeric_limits<double>::infinity();
    std::size_t pieces = 0;
    bool fell_back = false;
};

// Least time of as many runs as fit, three at least.
Measured
measure(double seconds,
        const std::function<geometry::Failure(const fracture::Control&, fracture::Fragments&)>& run) {
    fracture::Workspace workspace;
    fracture::Fragments fragments;
    Measured result;
    const auto begin = Clock::now();
    for (int runs = 0; runs < 3 || Clock::now() - begin < std::chrono::duration<double>(seconds); ++runs) {
        const auto start = Clock::now();
        const geometry::Failure failure = run({.workspace = &workspace}, fragments);
        const std::chrono::duration<double, std::micro> took = Clock::now() - start;
        if (!failure.ok()) {
            std::fprintf(stderr, "error: %s\n", failure.message.c_str());
            std::exit(1);
        }
        result.microseconds = std::min(result.microseconds, took.count());
    }
    result.pieces = fragments.size();
    result.fell_back = fragments.fell_back;
    return result;
}

Measured measure_sites(double seconds, const Rings& rings, int count) {
    TestRandom random(static_cast<std::uint64_t>(count));
    const std::vector<Point> sites = test::sites_inside(random, rings[0], count);
    const auto views = test::views(rings);
    return measure(seconds, [&](const fracture::Control& control, fracture::Fragments& out) {
        return fracture::fracture_at_sites({views}, sites, control, out);
    });
}

Measured measure_grid(double seconds, const Rings& rings, int lines) {
    const fracture::SliceParams params{.mode = fracture::SliceMode::pattern,
                                       .pattern = fracture::SlicePattern::grid,
                                       .h_slices = lines,
                                       .v_slices = lines};
    const auto views = test::views(rings);
    return measure(seconds, [&](const fracture::Control& control, fracture::Fragments& out) {
        return fracture::fracture({views}, params, control, out);
    });
}

class Table {
public:
    explicit Table(const char* path) : out_(path) {
        out_ << "series,n,pieces,us,us_per_1000_nlogn,fell_back\n";
    }
    void add(const char* series, int n, const Measured& m) {
        char line[160];
        std::snprintf(line, sizeof line, "%s,%d,%zu,%.2f,%.3f,%d\n", series, n, m.pieces, m.microseconds,
                      1000.0 * m.microseconds / (n * std::log2(n)), m.fell_back ? 1 : 0);
        out_ << line;
        std::printf("%s", line);
        std::fflush(stdout);
    }
    [[nodiscard]] bool good() { return out_.flush().good(); }

private:
    std::ofstream out_;
};

} // namespace

int main(int argc, char** argv) {
    if (argc < 2) {
        std::fprintf(stderr, "usage: kernel_sweep <file.csv> [seconds for each point]\n");
        return 2;
    }
    // Memory once got is kept: else each run of a large one is mostly the system's handing out of pages.
    mallopt(M_MMAP_MAX, 0);
    mallopt(M_TRIM_THRESHOLD, std::numeric_limits<int>::max());
    const double seconds = argc > 2 ? std::atof(argv[2]) : 1.0;
    Table table(argv[1]);
    TestRandom random(8000);
    const Rings sprite{test::star(random, 64, 100.0, 25.0)};
    for (const int n : {100, 316, 1000, 3162, 10'000, 31'623, 100'000}) {
        table.add("vertices", n, measure_sites(seconds, {test::coast(random, n)}, 64));
    }
    for (const int n : {10, 32, 100, 316, 1000, 3162, 10'000, 31'623, 100'000}) {
        table.add("sites", n, measure_sites(seconds, sprite, n));
    }
    for (const int n : {10, 32, 100, 316, 1000, 3162, 10'000, 31'623, 100'000}) {
        // A star fills about three quarters of its bounds.
        const Measured m = measure_grid(seconds, sprite, static_cast<int>(std::sqrt(n / 0.75)) - 1);
        table.add("pieces", static_cast<int>(m.pieces), m);
    }
    for (const int n : {100, 316, 1000, 3162, 10'000, 31'623, 100'000}) {
        table.add("both", n, measure_sites(seconds, {test::coast(random, n)}, n / 10));
    }
    if (table.good()) return 0;
    std::fprintf(stderr, "error: cannot write %s\n", argv[1]);
    return 1;
}
