// min_fragment_area, cluster_count and crater as parameters of a whole fracture. (What merging itself
// promises: fracture_merge_test.cpp.)
#include "fracture/extent.h"
#include "fracture/fracture.h"
#include "fracture/sites.h"

#include "support/fracture_checker.h"
#include "support/shapes.h"

#include <algorithm>
#include <cmath>
#include <gtest/gtest.h>
#include <numeric>
#include <set>
#include <string>
#include <vector>

namespace {

using namespace cutout;
using fracture::Fragments;
using fracture::SliceMode;
using fracture::SliceParams;
using fracture::SlicePattern;
using fracture::VoronoiParams;
using fracture::VoronoiPattern;
using geometry::Point;
using test::Rings;
using test::TestRandom;

Fragments run(const Rings& rings, const fracture::Params& params) {
    const auto views = test::views(rings);
    Fragments out;
    const geometry::Failure failure = fracture::fracture({views}, params, {}, out);
    EXPECT_TRUE(failure.ok()) << failure.message;
    const std::vector<std::string> faults = test::check_fragments(rings, out, {});
    EXPECT_TRUE(faults.empty()) << faults.front();
    return out;
}

std::set<std::uint32_t> labels(const Fragments& out) {
    return {out.labels.begin(), out.labels.end()};
}

const Rings square{test::rectangle(0, 0, 100, 100)};

TEST(MergeParams, SmallPiecesGo) {
    for (int seed = 0; seed < 20; ++seed) {
        SliceParams params{.seed = seed, .mode = SliceMode::pattern, .slice_count = 12};
        const Fragments before = run(square, params);
        params.min_fragment_area = 150.0F;
        const Fragments after = run(square, params);
        EXPECT_LT(*std::min_element(before.areas.begin(), before.areas.end()), 150.0);
        EXPECT_GE(*std::min_element(after.areas.begin(), after.areas.end()), 150.0);
        EXPECT_LT(after.size(), before.size());
        EXPECT_NEAR(std::accumulate(after.areas.begin(), after.areas.end(), 0.0), 10000.0, 0.01);
    }
    // All of it: one piece is left.
    EXPECT_EQ(run(square, VoronoiParams{.min_fragment_area = 1e9F}).size(), 1U);
    // Nothing to merge with.
    EXPECT_EQ(run(square, VoronoiParams{.min_fragment_area = 1e9F, .fragment_count = 1}).size(), 1U);
}

TEST(MergeParams, ClustersAreAsManyAsWanted) {
    for (int seed = 0; seed < 20; ++seed) {
        const VoronoiParams params{
            .seed = seed, .cluster_count = 7, .pattern = VoronoiPattern::poisson, .fragment_count = 80};
        const Fragments out = run(square, params);
        EXPECT_EQ(labels(out).size(), 7U);
        EXPECT_LE(out.size(), 10U); // a chunk with a hole is opened
        EXPECT_GE(*std::max_element(out.cells.begin(), out.cells.end()), 6U);
    }
    // No more than there are; 0 is off.
    EXPECT_EQ(run(square, VoronoiParams{.cluster_count = 500}).size(), 10U);
    EXPECT_EQ(run(square, VoronoiParams{.cluster_count = 0}).size(), 10U);
    EXPECT_EQ(run(square, VoronoiParams{.cluster_count = 1}).size(), 1U);
    // Of slices, too.
    EXPECT_EQ(labels(run(square, SliceParams{.cluster_count = 3,
                                             .mode = SliceMode::pattern,
                                             .pattern = SlicePattern::parallel,
                                             .slice_count = 9}))
                  .size(),
              3U);
    const SliceParams manual{.cluster_count = 2,
                             .mode = SliceMode::manual,
                             .segments = std::vector<Point>{{-1, 50}, {101, 50}, {50, -1}, {50, 101}}};
    EXPECT_EQ(run(square, manual).size(), 2U);
}

TEST(MergeParams, ClustersHangOnTheSeed) {
    VoronoiParams params{.cluster_count = 4, .pattern = VoronoiPattern::grid, .grid_jitter = 0.0F};
    params.grid_rows = params.grid_cols = 8;
    std::set<std::uint64_t> hashes;
    for (params.seed = 0; params.seed < 10; ++params.seed) {
        hashes.insert(test::hash_fragments(run(square, params))); // the same grid, other chunks
    }
    EXPECT_EQ(hashes.size(), 10U);
}

TEST(MergeParams, OnlyTheCraterBreaksOff) {
    for (int seed = 0; seed < 20; ++seed) {
        VoronoiParams params{.seed = seed,
                             .pattern = VoronoiPattern::impact,
                             .fragment_count = 60,
                             .edge_padding = 0.0F,
                             .origin = Point{40, 45},
                             .impact_radius = 15.0F,
                             .crater = true};
        std::vector<Point> sites;
        const auto views = test::views(square);
        geometry::SimplePolygon simple;
        ASSERT_TRUE(geometry::validate({views}, nullptr, simple).ok());
        ASSERT_TRUE(fracture::choose_sites(simple, params, {}, sites).ok());
        const auto near = [&](std::uint32_t cell) {
            return std::hypot(double{sites[cell].x} - 40.0, double{sites[cell].y} - 45.0) <= 15.0;
        };
        const Fragments out = run(square, params);
        std::size_t inside = 0;
        for (std::size_t i = 0; i < out.size(); ++i) {
            inside += near(out.labels[i]) ? 1 : 0;
        }
        const auto expected = std::count_if(sites.begin(), sites.end(), [&](const Point& p) {
            return near(static_cast<std::uint32_t>(&p - sites.data()));
        });
        EXPECT_EQ(inside, static_cast<std::size_t>(expected)); // a convex polygon: a piece for each site
        EXPECT_GT(inside, 5U);
        const std::size_t rest = out.size() - inside;
        EXPECT_GE(rest, 2U); // it has a hole, which is opened
        EXPECT_LE(rest, 4U);
        params.crater = false;
        EXPECT_EQ(run(square, params).size(), 60U);
        params.crater = true;
        params.pattern = VoronoiPattern::random;
        params.fragment_count = 30;
        EXPECT_EQ(run(square, params).size(), 30U) << "of the pattern impact alone";
    }
}

TEST(MergeParams, ACraterAtACornerAndOutside) {
    VoronoiParams params{.pattern = VoronoiPattern::impact,
                         .fragment_count = 80,
                         .edge_padding = 0.0F,
                         .origin = Point{0, 0},
                         .impact_radius = 30.0F,
                         .crater = true};
    const Fragments corner = run(square, params);
    EXPECT_EQ(labels(corner).size(), corner.size()); // the rest has no hole
    params.origin = Point{-500, -500};
    EXPECT_EQ(run(square, params).size(), 1U); // nothing is near enough
    params.impact_radius = 1e6F;
    EXPECT_EQ(run(square, params).size(), 80U); // everything is
}

TEST(MergeParams, AllThreeTogetherOnAnything) {
    TestRandom random(9);
    int fractures = 0;
    for (int round = 0; round < test::cases(600); ++round) {
        SCOPED_TRACE("round " + std::to_string(round));
        const Rings rings = test::random_polygon(random);
        const auto views = test::views(rings);
        geometry::SimplePolygon simple;
        if (!geometry::validate({views}, nullptr, simple).ok()) continue;
        const double area = 0.5 * simple.twice_area;
        const float least = static_cast<float>(area * random.range(0.0, 0.1));
        const std::int32_t clusters = random.integer(0, 12);
        fracture::Params params =
            SliceParams{.seed = round,
                        .min_fragment_area = least,
                        .cluster_count = clusters,
                        .mode = random.integer(0, 1) == 0 ? SliceMode::pattern : SliceMode::manual,
                        .pattern = static_cast<SlicePattern>(random.integer(0, 3)),
                        .slice_count = 8,
                        .segments = std::vector<Point>{{-60, 3}, {90, 20}, {10, -70}, {-20, 90}}};
        if (random.integer(0, 2) > 0) {
            params = VoronoiParams{.seed = round,
                                   .min_fragment_area = least,
                                   .cluster_count = clusters,
                                   .pattern = static_cast<VoronoiPattern>(random.integer(0, 5)),
                                   .fragment_count = 40,
                                   .crater = random.integer(0, 1) == 0};
        }
        Fragments out;
        const geometry::Failure failure = fracture::fracture({views}, params, {}, out);
        ASSERT_TRUE(failure.ok()) << failure.message;
        std::vector<std::string> faults = test::check_fragments(rings, out, {.extra_area = 0.05});
        if (!faults.empty() && faults.front().find("breaks off") != std::string::npos) {
            faults = test::check_fragments(rings, out, {.trace_boundary = false, .extra_area = 0.05});
        }
        ASSERT_TRUE(faults.empty()) << faults.front();
        ++fractures;
    }
    EXPECT_GT(fractures, test::cases(600) / 2);
}

} // namespace
