// What an object's pieces are drawn with: indices, texture coordinates, colours, hulls.
#include "debris/sheet.h"

#include "fracture/fracture.h"
#include "support/shapes.h"

#include <algorithm>
#include <atomic>
#include <cmath>
#include <gtest/gtest.h>
#include <vector>

namespace {

using namespace cutout;
using debris::Affine;
using debris::Cover;
using debris::Sheet;
using fracture::Fragments;
using geometry::Point;
using geometry::Status;
using test::Rings;
using test::TestRandom;

double twice_area(std::span<const Point> ring) {
    double sum = 0.0;
    for (std::size_t i = 1; i + 1 < ring.size(); ++i) {
        sum += (double{ring[i].x} - ring[0].x) * (double{ring[i + 1].y} - ring[0].y) -
               (double{ring[i].y} - ring[0].y) * (double{ring[i + 1].x} - ring[0].x);
    }
    return std::abs(sum);
}

bool cut(const Rings& rings, int count, std::int64_t seed, Fragments& out) {
    const auto views = test::views(rings);
    fracture::VoronoiParams params;
    params.fragment_count = count;
    params.edge_padding = 0.0F;
    params.seed = seed;
    return fracture::fracture({views}, params, {}, out).ok();
}

std::vector<Point> all_points(const Rings& rings) {
    std::vector<Point> points;
    for (const auto& ring : rings) {
        points.insert(points.end(), ring.begin(), ring.end());
    }
    return points;
}

geometry::Failure make(const Rings& rings, const Fragments& fragments, const Cover& cover, Sheet& sheet) {
    const auto views = test::views(rings);
    return debris::make_sheet({views}, fragments, cover, {}, sheet);
}

Affine random_map(TestRandom& random) {
    const auto number = [&](double most) { return static_cast<float>(random.range(-most, most)); };
    return {{number(0.02), number(0.02)}, {number(0.02), number(0.02)}, {number(1.0), number(1.0)}};
}

template <class Index> void expect_areas(const Fragments& fragments, const std::vector<Index>& corners) {
    std::vector<double> sums(fragments.size());
    for (std::size_t t = 0; t + 2 < corners.size(); t += 3) {
        const auto owner = static_cast<std::size_t>(std::ranges::upper_bound(fragments.offsets, corners[t]) -
                                                    fragments.offsets.begin() - 1);
        ASSERT_LT(owner, fragments.size());
        for (std::size_t k = 0; k < 3; ++k) {
            ASSERT_GE(corners[t + k], fragments.offsets[owner]);
            ASSERT_LT(corners[t + k], fragments.offsets[owner + 1]);
        }
        const std::vector<Point> triangle{fragments.points[corners[t]], fragments.points[corners[t + 1]],
                                          fragments.points[corners[t + 2]]};
        sums[owner] += twice_area(triangle);
    }
    for (std::size_t f = 0; f < fragments.size(); ++f) {
        ASSERT_NEAR(0.5 * sums[f], fragments.areas[f], 1e-4 * std::max(1.0, fragments.areas[f]));
    }
}

TEST(Sheet, IndicesCoverEachFragment) {
    TestRandom random(21);
    int made = 0;
    for (int round = 0; round < test::cases(200); ++round) {
        const Rings rings = test::holed_star(random, random.integer(12, 60), random.integer(0, 3));
        Fragments fragments;
        if (!cut(rings, random.integer(1, 40), round, fragments)) continue;
        Sheet sheet;
        ASSERT_TRUE(make(rings, fragments, {}, sheet).ok());
        ++made;
        ASSERT_TRUE(sheet.long_indices.empty());
        ASSERT_EQ(sheet.attributes.size(), fragments.points.size());
        ASSERT_EQ(sheet.short_indices.size(), 3 * (fragments.points.size() - 2 * fragments.size()));
        expect_areas(fragments, sheet.short_indices);
        ASSERT_EQ(sheet.hull_offsets.size(), fragments.size() + 1);
        for (std::size_t f = 0; f < fragments.size(); ++f) {
            const std::span<const Point> hull(sheet.hulls.data() + sheet.hull_offsets[f],
                                              sheet.hull_offsets[f + 1] - sheet.hull_offsets[f]);
            // Round the centroid, which a hull always holds.
            for (std::size_t i = 0; i < hull.size(); ++i) {
                const Point a = hull[i];
                const Point b = hull[(i + 1) % hull.size()];
                ASSERT_GT((double{a.x} * b.y) - (double{a.y} * b.x), 0.0);
            }
            ASSERT_GE(0.5 * twice_area(hull), fragments.areas[f] * (1.0 - 1e-4));
        }
    }
    EXPECT_GE(made, test::cases(200) / 2);
}

TEST(Sheet, TextureCoordinatesFollowTheMap) {
    TestRandom random(22);
    for (int round = 0; round < test::cases(100); ++round) {
        const Rings rings = test::holed_star(random, 30, 2);
        Fragments fragments;
        if (!cut(rings, 20, round, fragments)) continue;
        Cover cover;
        cover.uv = random_map(random);
        Sheet sheet;
        ASSERT_TRUE(make(rings, fragments, cover, sheet).ok());
        for (std::size_t i = 0; i < fragments.points.size(); ++i) {
            ASSERT_EQ(sheet.attributes[i].uv, cover.uv.apply(fragments.points[i])); // bit for bit
            ASSERT_EQ(sheet.attributes[i].r, 255);
            ASSERT_EQ(sheet.attributes[i].a, 255);
        }
    }
}

// Own coordinates that are a straight map of the points count as one: everywhere the map, holes or not.
TEST(Sheet, StraightTextureCoordinatesAreFound) {
    TestRandom random(23);
    for (int round = 0; round < test::cases(100); ++round) {
        const Rings rings = test::holed_star(random, 30, 2);
        Fragments fragments;
        if (!cut(rings, 20, round, fragments)) continue;
        const Affine map = random_map(random);
        Cover cover;
        cover.uv = random_map(random);
        for (const Point p : all_points(rings)) {
            cover.uvs.push_back(map.apply(p));
        }
        Sheet sheet;
        ASSERT_TRUE(make(rings, fragments, cover, sheet).ok());
        for (std::size_t i = 0; i < fragments.points.size(); ++i) {
            const Point expected = cover.uv.apply(map.apply(fragments.points[i]));
            ASSERT_NEAR(sheet.attributes[i].uv.x, expected.x, 1e-5);
            ASSERT_NEAR(sheet.attributes[i].uv.y, expected.y, 1e-5);
        }
    }
}

// Any others: the polygon's points keep theirs, edges are linear, and inside it is between.
TEST(Sheet, OtherTextureCoordinatesAndColoursLieBetween) {
    TestRandom random(24);
    const Rings rings{test::rectangle(0.0F, 0.0F, 64.0F, 32.0F)};
    Fragments fragments;
    ASSERT_TRUE(cut(rings, 20, 3, fragments));
    Cover cover;
    cover.uvs = {{0.0F, 0.0F}, {1.0F, 0.0F}, {0.25F, 1.0F}, {0.0F, 1.0F}}; // not straight
    cover.colors = {{1.0F, 0.0F, 0.0F, 1.0F},
                    {0.0F, 1.0F, 0.0F, 1.0F},
                    {0.0F, 0.0F, 1.0F, 0.5F},
                    {2.0F, -1.0F, NAN, 0.0F}};
    Sheet sheet;
    ASSERT_TRUE(make(rings, fragments, cover, sheet).ok());
    int corners = 0;
    int below = 0;
    int within = 0;
    for (std::size_t i = 0; i < fragments.points.size(); ++i) {
        const Point p = fragments.points[i];
        const debris::Attribute& got = sheet.attributes[i];
        ASSERT_GE(got.uv.x, -1e-6F);
        ASSERT_LE(got.uv.x, 1.0F + 1e-6F);
        for (std::size_t k = 0; k < 4; ++k) {
            if (p != rings[0][k]) continue;
            ++corners;
            EXPECT_EQ(got.uv, cover.uvs[k]);
        }
        if (p == rings[0][1]) {
            EXPECT_EQ(got.g, 255);
        }
        if (p == rings[0][2]) {
            EXPECT_EQ(got.a, 128);
        }
        if (p == rings[0][3]) { // out of range and no number: clamped
            EXPECT_EQ(got.r, 255);
            EXPECT_EQ(got.g, 0);
            EXPECT_EQ(got.b, 0);
        }
        if (p.y == 0.0F && p.x > 0.0F && p.x < 64.0F) {
            ++below;
            EXPECT_NEAR(got.uv.x, p.x / 64.0F, 1e-5);
            EXPECT_EQ(got.uv.y, 0.0F);
            EXPECT_NEAR(got.r, 255.0F * (1.0F - (p.x / 64.0F)), 1.0);
            EXPECT_NEAR(got.g, 255.0F * p.x / 64.0F, 1.0);
        }
        if (p.x > 0.0F && p.x < 64.0F && p.y > 0.0F && p.y < 32.0F) {
            ++within;
            EXPECT_GT(got.uv.y, 0.0F);
            EXPECT_LT(got.uv.y, 1.0F);
        }
    }
    EXPECT_GE(corners, 4);
    EXPECT_GE(below, 2);
    EXPECT_GE(within, 4);
}

// Pieces that share a point show the same there: no seam.
TEST(Sheet, SharedPointsAreAlike) {
    TestRandom random(25);
    for (int round = 0; round < test::cases(30); ++round) {
        const Rings rings = test::holed_star(random, 24, 2);
        Fragments fragments;
        if (!cut(rings, 25, round, fragments)) continue;
        Cover cover;
        for ([[maybe_unused]] const Point p : all_points(rings)) {
            cover.uvs.push_back({static_cast<float>(random.unit()), static_cast<float>(random.unit())});
            cover.colors.push_back({static_cast<float>(random.unit()), 1.0F, 1.0F, 1.0F});
        }
        Sheet sheet;
        ASSERT_TRUE(make(rings, fragments, cover, sheet).ok());
        for (std::size_t i = 0; i < fragments.points.size(); ++i) {
            for (std::size_t k = 0; k < i; ++k) {
                if (fragments.points[i] != fragments.points[k]) continue;
                ASSERT_EQ(sheet.attributes[i].uv, sheet.attributes[k].uv);
                ASSERT_EQ(sheet.attributes[i].r, sheet.attributes[k].r);
            }
        }
    }
}

TEST(Sheet, WrongCountsAreRefused) {
    const Rings rings{test::rectangle(0.0F, 0.0F, 64.0F, 32.0F)};
    Fragments fragments;
    ASSERT_TRUE(cut(rings, 5, 3, fragments));
    Sheet sheet;
    Cover cover;
    for (const std::size_t count : {1U, 3U, 5U}) {
        ASSERT_TRUE(make(rings, fragments, {}, sheet).ok());
        cover.uvs.assign(count, {});
        cover.colors.clear();
        const geometry::Failure failure = make(rings, fragments, cover, sheet);
        EXPECT_EQ(failure.status, Status::bad_argument);
        EXPECT_NE(failure.message.find(std::to_string(count) + " texture coordinates"), std::string::npos);
        EXPECT_TRUE(sheet.attributes.empty() && sheet.short_indices.empty() && sheet.hulls.empty());
        cover.uvs.clear();
        cover.colors.assign(count, {});
        EXPECT_EQ(make(rings, fragments, cover, sheet).status, Status::bad_argument);
    }
}

TEST(Sheet, IsCancelled) {
    const Rings rings{test::rectangle(0.0F, 0.0F, 64.0F, 32.0F)};
    const auto views = test::views(rings);
    Fragments fragments;
    ASSERT_TRUE(cut(rings, 5, 3, fragments));
    std::atomic<bool> cancelled{true};
    fracture::Control control;
    control.cancel = &cancelled;
    Sheet sheet;
    EXPECT_EQ(debris::make_sheet({views}, fragments, {}, control, sheet).status, Status::cancelled);
    EXPECT_TRUE(sheet.attributes.empty() && sheet.hulls.empty());
}

// Fragments made by hand: as many squares as it takes.
Fragments squares(std::size_t count) {
    Fragments fragments;
    for (std::size_t i = 0; i < count; ++i) {
        const auto x = static_cast<float>(2 * (i % 256));
        const auto y = static_cast<float>(2 * (i / 256));
        for (const Point p : test::rectangle(x, y, x + 1.0F, y + 1.0F)) {
            fragments.points.push_back(p);
        }
        fragments.offsets.push_back(static_cast<std::uint32_t>(fragments.points.size()));
        fragments.cells.push_back(static_cast<std::uint32_t>(i));
        fragments.labels.push_back(static_cast<std::uint32_t>(i));
        fragments.areas.push_back(1.0);
        fragments.centroids.push_back({x + 0.5F, y + 0.5F});
        fragments.on_boundary.push_back(1);
    }
    return fragments;
}

TEST(Sheet, ManyVerticesTakeLongIndices) {
    const Rings rings{test::rectangle(0.0F, 0.0F, 512.0F, 512.0F)};
    for (const std::size_t count : {16'383U, 16'384U, 16'385U}) { // of four points each: 65,536 in the middle
        const Fragments fragments = squares(count);
        Sheet sheet;
        ASSERT_TRUE(make(rings, fragments, {}, sheet).ok());
        const bool is_long = fragments.points.size() > debris::short_index_vertices;
        EXPECT_EQ(is_long, count == 16'385U);
        EXPECT_EQ(sheet.short_indices.empty(), is_long);
        EXPECT_EQ(sheet.long_indices.size(), is_long ? 6 * count : 0);
        if (is_long) {
            expect_areas(fragments, sheet.long_indices);
        } else {
            expect_areas(fragments, sheet.short_indices);
        }
    }
}

} // namespace
