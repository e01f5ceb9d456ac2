// The same bits on every machine, with every compiler, at every optimisation level: hashes of results.
//
// The polygons are made with IEEE operations only (no sine, no cosine: those differ between libraries). A
// hash that changes means that the same seed now gives other pieces: a break for whoever relies on it.
#include "fracture/fracture.h"
#include "fracture/slices.h"
#include "fracture/voronoi.h"

#include "support/fracture_checker.h"
#include "support/shapes.h"

#include <algorithm>
#include <gtest/gtest.h>
#include <vector>

namespace {

using namespace cutout;
using fracture::Fragments;
using fracture::SliceParams;
using fracture::VoronoiParams;
using geometry::Point;
using test::Rings;

// Points of a circle by the rational parametrisation, with dents.
std::vector<Point> gear(int points, double radius) {
    std::vector<Point> ring;
    const int quarter = points / 4;
    for (int i = 0; i < 4 * quarter; ++i) {
        const double t = static_cast<double>(i % quarter) / quarter;
        const double r = i % 2 == 0 ? radius : 0.75 * radius;
        double x = r * (1.0 - t * t) / (1.0 + t * t);
        double y = r * 2.0 * t / (1.0 + t * t);
        for (int turn = 0; turn < i / quarter; ++turn) {
            const double old = x;
            x = -y;
            y = old;
        }
        ring.push_back({static_cast<float>(x), static_cast<float>(y)});
    }
    return ring;
}

std::uint64_t hash_of(const Rings& rings, const fracture::Params& params) {
    const auto views = test::views(rings);
    Fragments out;
    const geometry::Failure failure = fracture::fracture({views}, params, {}, out);
    EXPECT_TRUE(failure.ok()) << failure.message;
    return test::hash_fragments(out);
}

std::uint64_t combined(const std::vector<std::uint64_t>& hashes) {
    std::uint64_t result = 0;
    for (const std::uint64_t hash : hashes) {
        result = (result ^ hash) * 0x100000001B3ULL;
        result ^= result >> 31U;
    }
    return result;
}

TEST(Golden, RandomVoronoi) {
    std::vector<std::uint64_t> hashes;
    for (int seed = 0; seed < 20; ++seed) {
        hashes.push_back(hash_of({gear(64, 100.0)}, VoronoiParams{.seed = seed, .fragment_count = 16}));
    }
    EXPECT_EQ(combined(hashes), 0xCFAFB8EE79945675ULL);
}

// One hash for each pattern: a star with a hole, twenty seeds.
TEST(Golden, SitePatterns) {
    using fracture::VoronoiPattern;
    const auto hash = [](VoronoiParams params) {
        std::vector<std::uint64_t> hashes;
        params.fragment_count = 24;
        params.ring_size = 30.0F;
        params.sites = std::vector<Point>{{0, 0}, {50, 10}, {-60, 30}, {-60, 30}, {10, -90}, {200, 0}};
        for (params.seed = 0; params.seed < 20; ++params.seed) {
            hashes.push_back(hash_of({gear(64, 100.0), gear(12, 30.0)}, params));
        }
        return combined(hashes);
    };
    EXPECT_EQ(hash({.pattern = VoronoiPattern::grid}), 0x000981EA267C47F6ULL);
    EXPECT_EQ(hash({.pattern = VoronoiPattern::radial}), 0x5F8178C2A49517FBULL);
    EXPECT_EQ(hash({.pattern = VoronoiPattern::spiderweb, .origin = Point{40, 0}}), 0xFDBAE3CBC55AFCE3ULL);
    EXPECT_EQ(hash({.pattern = VoronoiPattern::poisson}), 0x75ED7855BAAD2BBCULL);
    EXPECT_EQ(hash({.pattern = VoronoiPattern::impact, .origin = Point{-80, 20}}), 0xE335ED63B999DEC2ULL);
    EXPECT_EQ(hash({.pattern = VoronoiPattern::sites}), 0x1B059CBD973C2F8AULL);
}

TEST(Golden, SlicePatterns) {
    using fracture::SliceMode;
    using fracture::SlicePattern;
    const auto hash = [](SliceParams params) {
        std::vector<std::uint64_t> hashes;
        params.slice_count = 7;
        for (params.seed = 0; params.seed < 20; ++params.seed) {
            hashes.push_back(hash_of({gear(64, 100.0), gear(12, 30.0)}, params));
        }
        return combined(hashes);
    };
    EXPECT_EQ(hash({.mode = SliceMode::pattern, .pattern = SlicePattern::radial, .radial_randomness = 0.7F}),
              0x97F4C9E72106FF78ULL);
    EXPECT_EQ(hash({.mode = SliceMode::pattern,
                    .pattern = SlicePattern::parallel,
                    .parallel_angle = 30.0F,
                    .parallel_angle_rand = 0.3F}),
              0x33E52623E8458B03ULL);
    EXPECT_EQ(hash({.mode = SliceMode::pattern,
                    .pattern = SlicePattern::grid,
                    .h_random = 0.5F,
                    .v_angle_rand = 0.5F}),
              0x2FC56F00247EF8DCULL);
    EXPECT_EQ(
        hash({.mode = SliceMode::manual,
              .segments = std::vector<Point>{{-200, 10}, {200, 30}, {20, 40}, {-30, 300}, {0, 0}, {0, 90}}}),
        0x556AF350A1F14468ULL);
}

TEST(Golden, HolesAndLattices) {
    test::TestRandom random(7);
    std::vector<std::uint64_t> hashes;
    for (int seed = 0; seed < 20; ++seed) {
        Rings rings = test::lattice_polygon(random, 12);
        test::transform(rings, 3.7, -20.0, 11.0);
        hashes.push_back(
            hash_of(rings, VoronoiParams{.seed = seed, .fragment_count = 1 + seed, .edge_padding = 1.0F}));
    }
    EXPECT_EQ(combined(hashes), 0xD8D684B1B0AB15F0ULL);
}

TEST(Golden, ChaoticSlices) {
    std::vector<std::uint64_t> hashes;
    for (int seed = 0; seed < 20; ++seed) {
        hashes.push_back(
            hash_of({gear(64, 100.0), gear(12, 30.0)},
                    SliceParams{.seed = seed, .mode = fracture::SliceMode::pattern, .slice_count = 8}));
    }
    EXPECT_EQ(combined(hashes), 0xDD7FDCD739387C57ULL);
}

TEST(Golden, CoarseFloats) {
    std::vector<std::uint64_t> hashes;
    for (int seed = 0; seed < 20; ++seed) {
        Rings rings{gear(40, 50.0), gear(8, 10.0)};
        test::transform(rings, 2.0, 1e7, -3e6);
        hashes.push_back(hash_of(rings, VoronoiParams{.seed = seed, .fragment_count = 40}));
    }
    EXPECT_EQ(combined(hashes), 0x184E55A01DACF6DBULL);
}

} // namespace
