// Triangles and convex parts of whole results.
#include "fracture/derived.h"
#include "fracture/fracture.h"

#include "support/fracture_checker.h"
#include "support/shapes.h"

#include <algorithm>
#include <array>
#include <atomic>
#include <gtest/gtest.h>
#include <span>
#include <vector>

namespace {

using namespace cutout;
using fracture::FragmentParts;
using fracture::Fragments;
using fracture::Triangles;
using geometry::Point;
using geometry::Status;
using test::Rings;
using test::TestRandom;

double area(std::span<const Point> ring) {
    double sum = 0.0;
    for (std::size_t i = 1; i + 1 < ring.size(); ++i) {
        sum += (double{ring[i].x} - double{ring[0].x}) * (double{ring[i + 1].y} - double{ring[0].y}) -
               (double{ring[i].y} - double{ring[0].y}) * (double{ring[i + 1].x} - double{ring[0].x});
    }
    return 0.5 * sum;
}

bool some_fragments(TestRandom& random, Fragments& out) {
    Rings rings = test::random_polygon(random);
    if (random.integer(0, 1) == 0) std::reverse(rings[0].begin(), rings[0].end());
    const auto views = test::views(rings);
    const auto sites = test::awkward_sites(random, rings, random.integer(1, 30));
    return fracture::fracture_at_sites({views}, sites, {}, out).ok();
}

TEST(Derived, TrianglesOfEveryFragment) {
    TestRandom random(61);
    Fragments fragments;
    Triangles triangles;
    for (int round = 0; round < test::cases(500); ++round) {
        if (!some_fragments(random, fragments)) continue;
        ASSERT_TRUE(fracture::find_triangles(fragments, {}, triangles).ok());
        ASSERT_EQ(triangles.offsets.size(), fragments.size() + 1);
        ASSERT_EQ(3 * std::size_t{triangles.offsets.back()}, triangles.corners.size());
        for (std::size_t f = 0; f < fragments.size(); ++f) {
            // A ring of n points has n - 2 triangles.
            ASSERT_EQ(triangles.offsets[f + 1] - triangles.offsets[f], fragments.ring(f).size() - 2);
            double sum = 0.0;
            for (std::uint32_t t = triangles.offsets[f]; t < triangles.offsets[f + 1]; ++t) {
                std::array<Point, 3> corners{};
                for (std::size_t k = 0; k < 3; ++k) {
                    const std::uint32_t corner = triangles.corners[3 * t + k];
                    ASSERT_GE(corner, fragments.offsets[f]);
                    ASSERT_LT(corner, fragments.offsets[f + 1]);
                    corners[k] = fragments.points[corner];
                }
                ASSERT_EQ(test::exact_orientation(corners[0], corners[1], corners[2]), 1);
                sum += area(corners);
            }
            ASSERT_NEAR(sum, fragments.areas[f], 1e-9 * fragments.areas[f] + 1e-9);
        }
    }
}

TEST(Derived, ConvexPartsOfEveryFragment) {
    TestRandom random(62);
    Fragments fragments;
    FragmentParts parts;
    for (int round = 0; round < test::cases(500); ++round) {
        if (!some_fragments(random, fragments)) continue;
        ASSERT_TRUE(fracture::find_convex_parts(fragments, 8, 0.0, {}, parts).ok());
        ASSERT_EQ(parts.offsets.size(), parts.size() + 1);
        ASSERT_EQ(parts.offsets.back(), parts.points.size());
        ASSERT_TRUE(std::is_sorted(parts.part_of.begin(), parts.part_of.end()));
        std::vector<double> areas(fragments.size(), 0.0);
        for (std::size_t k = 0; k < parts.size(); ++k) {
            const std::span<const Point> part(parts.points.data() + parts.offsets[k],
                                              parts.offsets[k + 1] - parts.offsets[k]);
            ASSERT_GE(part.size(), 3U);
            ASSERT_LE(part.size(), 8U);
            for (std::size_t i = 0; i < part.size(); ++i) {
                ASSERT_EQ(test::exact_orientation(part[i], part[(i + 1) % part.size()],
                                                  part[(i + 2) % part.size()]),
                          1);
            }
            areas[parts.part_of[k]] += area(part);
        }
        for (std::size_t f = 0; f < fragments.size(); ++f) {
            ASSERT_NEAR(areas[f], fragments.areas[f], 1e-9 * fragments.areas[f] + 1e-9);
        }
        const std::size_t all = parts.size();
        ASSERT_TRUE(fracture::find_convex_parts(fragments, 8, 1e9, {}, parts).ok());
        ASSERT_EQ(parts.size(), 0U);
        ASSERT_TRUE(fracture::find_convex_parts(fragments, 3, 0.0, {}, parts).ok());
        ASSERT_GE(parts.size(), all);
    }
}

TEST(Derived, SliversCanBeLeftOut) {
    Fragments fragments;
    const Rings rings{test::rectangle(0, 0, 10, 10)};
    const auto views = test::views(rings);
    const std::vector<fracture::CutLine> lines{{{0, 0.25F}, {1, 0.25F}}};
    ASSERT_TRUE(fracture::fracture_along_lines({views}, lines, {}, fragments).ok());
    ASSERT_EQ(fragments.size(), 2U);
    FragmentParts parts;
    ASSERT_TRUE(fracture::find_convex_parts(fragments, 8, 0.25, {}, parts).ok());
    EXPECT_EQ(parts.size(), 2U);
    ASSERT_TRUE(fracture::find_convex_parts(fragments, 8, 0.26, {}, parts).ok());
    ASSERT_EQ(parts.size(), 1U);
    EXPECT_GT(fragments.areas[parts.part_of[0]], 90.0);
}

TEST(Derived, BadArgumentsAndTheCancelFlag) {
    Fragments fragments;
    const Rings rings{test::rectangle(0, 0, 10, 10)};
    const auto views = test::views(rings);
    ASSERT_TRUE(fracture::fracture({views}, fracture::VoronoiParams{}, {}, fragments).ok());
    FragmentParts parts;
    Triangles triangles;
    EXPECT_EQ(fracture::find_convex_parts(fragments, 2, 0.0, {}, parts).status, Status::bad_argument);
    const std::atomic<bool> cancel{true};
    EXPECT_EQ(fracture::find_convex_parts(fragments, 8, 0.0, {.cancel = &cancel}, parts).status,
              Status::cancelled);
    EXPECT_EQ(parts.size(), 0U);
    EXPECT_EQ(fracture::find_triangles(fragments, {.cancel = &cancel}, triangles).status, Status::cancelled);
    EXPECT_TRUE(triangles.corners.empty());
    // A ring that crosses itself is an error, not a crash.
    Fragments broken;
    broken.points = {{0, 0}, {4, 4}, {4, 0}, {0, 4}};
    broken.offsets.push_back(4);
    EXPECT_EQ(fracture::find_triangles(broken, {}, triangles).status, Status::internal_error);
    EXPECT_EQ(fracture::find_convex_parts(broken, 8, 0.0, {}, parts).status, Status::internal_error);
    // No fragments: nothing.
    EXPECT_TRUE(fracture::find_triangles({}, {}, triangles).ok());
    EXPECT_EQ(triangles.offsets, std::vector<std::uint32_t>{0});
}

} // namespace
