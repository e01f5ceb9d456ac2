// The sure way is for adversaries: polygons of games and the catalogue's patterns do without it.
#include "fracture/fracture.h"
#include "fracture/workspace.h"

#include "support/shapes.h"

#include <cmath>
#include <gtest/gtest.h>
#include <numbers>
#include <string>
#include <vector>

namespace {

using namespace cutout;
using fracture::Params;
using fracture::SliceParams;
using fracture::SlicePattern;
using fracture::VoronoiParams;
using fracture::VoronoiPattern;
using geometry::Point;
using test::Rings;
using test::TestRandom;

std::vector<Point> disc(int points, double radius, bool whole) {
    std::vector<Point> ring;
    for (int i = 0; i < points; ++i) {
        const double angle = 2.0 * std::numbers::pi * i / points;
        const double x = radius * std::cos(angle);
        const double y = radius * std::sin(angle);
        const Point p{static_cast<float>(whole ? std::round(x) : x),
                      static_cast<float>(whole ? std::round(y) : y)};
        if (ring.empty() || (p != ring.back() && p != ring.front())) ring.push_back(p);
    }
    return ring;
}

std::vector<Rings> plain_polygons(TestRandom& random) {
    std::vector<Rings> polygons;
    for (int k = 0; k < 8; ++k) {
        polygons.push_back({test::rectangle(0, 0, static_cast<float>(8 + k), static_cast<float>(16 - k))});
        polygons.push_back({test::star(random, 16 + 8 * k, 100.0, 20.0)});
        polygons.push_back(test::holed_star(random, 64, 2));
        polygons.push_back({disc(8 + 4 * k, 50.0, false)});
        polygons.push_back({disc(8 + 4 * k, 40.0, true)});
    }
    return polygons;
}

std::vector<Params> random_patterns(int seed) {
    std::vector<Params> all;
    for (const VoronoiPattern pattern :
         {VoronoiPattern::random, VoronoiPattern::grid, VoronoiPattern::radial, VoronoiPattern::spiderweb,
          VoronoiPattern::poisson, VoronoiPattern::impact}) {
        VoronoiParams params{.seed = seed, .pattern = pattern};
        params.edge_padding = 0.0F;
        all.emplace_back(params);
    }
    all.emplace_back(SliceParams{.seed = seed, .mode = fracture::SliceMode::pattern});
    return all;
}

// Without chance in them: borders and lines pass through vertices and along edges.
std::vector<Params> regular_patterns(int count) {
    std::vector<Params> all;
    VoronoiParams grid{.pattern = VoronoiPattern::grid, .grid_rows = count, .grid_cols = count};
    grid.grid_jitter = 0.0F;
    all.emplace_back(grid);
    SliceParams slices{.mode = fracture::SliceMode::pattern, .slice_count = count};
    for (const SlicePattern pattern : {SlicePattern::parallel, SlicePattern::grid}) {
        slices.pattern = pattern;
        slices.h_slices = count;
        slices.v_slices = count;
        for (const float angle : {0.0F, 45.0F, 90.0F}) {
            slices.parallel_angle = angle;
            all.emplace_back(slices);
        }
    }
    return all;
}

struct Census {
    int fractured = 0;
    int fell_back = 0;

    void add(const Rings& rings, const Params& params) {
        const auto views = test::views(rings);
        if (!fracture::fracture({views}, params, {.workspace = &workspace}, fragments).ok()) return;
        ++fractured;
        fell_back += fragments.fell_back ? 1 : 0;
    }

    fracture::Workspace workspace;
    fracture::Fragments fragments;
};

TEST(Fallback, NeverOnPlainPolygons) {
    TestRandom random(51);
    Census census;
    for (const Rings& polygon : plain_polygons(random)) {
        for (int k = 0; k < 5; ++k) {
            for (const Params& params : random_patterns(k)) {
                census.add(polygon, params);
            }
            for (const Params& params : regular_patterns(2 + k)) {
                census.add(polygon, params);
            }
        }
    }
    RecordProperty("fractured", census.fractured);
    EXPECT_GT(census.fractured, 2000);
    EXPECT_EQ(census.fell_back, 0);
}

TEST(Fallback, SeldomOnPixels) {
    TestRandom random(52);
    Census chance;
    Census regular;
    for (int round = 0; round < 40; ++round) {
        const Rings polygon{test::skyline(random, random.integer(4, 24))};
        for (int k = 0; k < 5; ++k) {
            for (const Params& params : random_patterns(k)) {
                chance.add(polygon, params);
            }
            for (const Params& params : regular_patterns(2 + k)) {
                regular.add(polygon, params);
            }
        }
    }
    EXPECT_GT(chance.fractured, 1000);
    EXPECT_EQ(chance.fell_back, 0);
    // A piece that comes to one point twice has no fast answer.
    EXPECT_GT(regular.fractured, 1000);
    EXPECT_LT(regular.fell_back, regular.fractured / 100);
    RecordProperty("regular_fell_back", regular.fell_back);
    RecordProperty("regular_fractured", regular.fractured);
}

} // namespace
