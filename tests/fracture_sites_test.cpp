#include "fracture/fracture.h"
#include "fracture/sites.h"
#include "geometry/predicates.h"

#include "support/fracture_checker.h"
#include "support/shapes.h"

#include <algorithm>
#include <cmath>
#include <gtest/gtest.h>
#include <limits>
#include <set>
#include <vector>

namespace {

using namespace cutout;
using fracture::VoronoiParams;
using geometry::Location;
using geometry::Point;
using test::Rings;
using test::TestRandom;

std::vector<Point> sites_of(const Rings& rings, const VoronoiParams& params) {
    const auto views = test::views(rings);
    geometry::SimplePolygon simple;
    EXPECT_TRUE(geometry::validate({views}, nullptr, simple).ok());
    std::vector<Point> sites;
    EXPECT_TRUE(fracture::random_sites(simple, params, {}, sites).ok());
    return sites;
}

double distance(Point a, Point b) {
    return std::hypot(double{a.x} - double{b.x}, double{a.y} - double{b.y});
}

double distance_to_boundary(const Rings& rings, Point p) {
    double nearest = std::numeric_limits<double>::infinity();
    for (const auto& ring : rings) {
        for (std::size_t i = 0; i < ring.size(); ++i) {
            const Point a = ring[i];
            const Point b = ring[(i + 1) % ring.size()];
            const double dx = double{b.x} - double{a.x};
            const double dy = double{b.y} - double{a.y};
            const double t = std::clamp(
                ((double{p.x} - double{a.x}) * dx + (double{p.y} - double{a.y}) * dy) / (dx * dx + dy * dy),
                0.0, 1.0);
            nearest = std::min(
                nearest, std::hypot(double{p.x} - double{a.x} - t * dx, double{p.y} - double{a.y} - t * dy));
        }
    }
    return nearest;
}

void expect_inside(const Rings& rings, const std::vector<Point>& sites) {
    std::set<std::pair<float, float>> distinct;
    for (const Point p : sites) {
        EXPECT_EQ(geometry::locate(rings[0], p), Location::inside);
        for (std::size_t hole = 1; hole < rings.size(); ++hole) {
            EXPECT_EQ(geometry::locate(rings[hole], p), Location::outside);
        }
        EXPECT_TRUE(distinct.insert({p.x, p.y}).second);
    }
}

TEST(Sites, KeepBothDistancesWhereThereIsRoom) {
    TestRandom random(1);
    for (int seed = 0; seed < 20; ++seed) {
        const Rings rings = test::holed_star(random, 64, 3);
        const std::vector<Point> sites = sites_of(
            rings, {.seed = seed, .fragment_count = 10, .min_cell_distance = 0.1F, .edge_padding = 5.0F});
        ASSERT_EQ(sites.size(), 10U);
        expect_inside(rings, sites);
        Point low = rings[0][0];
        Point high = low;
        for (const Point p : rings[0]) {
            low = {std::min(low.x, p.x), std::min(low.y, p.y)};
            high = {std::max(high.x, p.x), std::max(high.y, p.y)};
        }
        const double shorter = std::min(double{high.x} - double{low.x}, double{high.y} - double{low.y});
        for (std::size_t i = 0; i < sites.size(); ++i) {
            EXPECT_GE(distance_to_boundary(rings, sites[i]), 5.0 - 1e-4);
            for (std::size_t j = 0; j < i; ++j) {
                EXPECT_GE(distance(sites[i], sites[j]), 0.1 * shorter - 1e-4);
            }
        }
    }
}

TEST(Sites, TheCountIsKeptWhereTheDistancesCannotBe) {
    const Rings square{test::rectangle(0, 0, 100, 100)};
    for (const int count : {1, 2, 200, 5000}) {
        for (const float min_distance : {0.0F, 0.1F, 1.0F}) {
            for (const float padding : {0.0F, 5.0F, 1e30F}) {
                const std::vector<Point> sites = sites_of(square, {.seed = 3,
                                                                   .fragment_count = count,
                                                                   .min_cell_distance = min_distance,
                                                                   .edge_padding = padding});
                ASSERT_EQ(sites.size(), static_cast<std::size_t>(count)) << min_distance << " " << padding;
                expect_inside(square, sites);
            }
        }
    }
}

TEST(Sites, ThinAndSlantedPolygons) {
    TestRandom random(2);
    for (int round = 0; round < test::cases(100); ++round) {
        const Rings rings{test::sliver(random, 1000.0, std::pow(10.0, random.range(-3.0, 1.0)))};
        const std::vector<Point> sites = sites_of(rings, {.seed = round, .fragment_count = 30});
        ASSERT_EQ(sites.size(), 30U);
        expect_inside(rings, sites);
    }
}

TEST(Sites, ThinnerThanFloatsAreApart) {
    // No float lies inside: one piece, no hang, no failure.
    const float up = std::nextafter(1.0F, 2.0F);
    const Rings needle{{{0.0F, 0.0F}, {1.0F, 1.0F}, {1.0F, up}}};
    const std::vector<Point> sites = sites_of(needle, {.fragment_count = 50});
    EXPECT_GE(sites.size(), 1U);
    const auto views = test::views(needle);
    fracture::Fragments out;
    const geometry::Failure failure =
        fracture::fracture({views}, VoronoiParams{.fragment_count = 50}, {}, out);
    ASSERT_TRUE(failure.ok()) << failure.message;
    EXPECT_GE(out.size(), 1U);
    // A square of sixteen floats has nine inside.
    const Rings box{test::rectangle(1e7F, 1e7F, 1e7F + 4, 1e7F + 4)};
    const std::vector<Point> crowded = sites_of(box, {.fragment_count = 50});
    EXPECT_EQ(crowded.size(), 9U);
    expect_inside(box, crowded);
}

TEST(Sites, CombsAndSpirals) {
    for (const Rings& rings : {Rings{test::comb(40, 100, 60)}, Rings{test::spiral(6, 24, 3.0)}}) {
        const std::vector<Point> sites = sites_of(rings, {.seed = 1, .fragment_count = 100});
        ASSERT_EQ(sites.size(), 100U);
        expect_inside(rings, sites);
    }
}

TEST(Sites, AHundredThousand) {
    const int count = test::cases(100'000);
    const Rings square{test::rectangle(0, 0, 1000, 1000)};
    const std::vector<Point> sites = sites_of(square, {.seed = 7, .fragment_count = count});
    ASSERT_EQ(sites.size(), static_cast<std::size_t>(count));
    expect_inside(square, sites);
    // And they are fractured in seconds, not minutes.
    const auto views = test::views(square);
    fracture::Fragments out;
    ASSERT_TRUE(fracture::fracture({views}, VoronoiParams{.seed = 7, .fragment_count = count}, {}, out).ok());
    EXPECT_EQ(out.size(), static_cast<std::size_t>(count));
}

TEST(Sites, MovedAndScaledPolygonsGetTheSamePattern) {
    TestRandom random(4);
    for (int round = 0; round < test::cases(50); ++round) {
        Rings rings{test::star(random, 40, 100.0, 30.0)};
        const VoronoiParams params{.seed = round, .fragment_count = 20, .edge_padding = 4.0F};
        const std::vector<Point> before = sites_of(rings, params);
        // By a power of two everything scales without rounding, so the same bits come out.
        test::transform(rings, 4.0, 0.0, 0.0);
        const std::vector<Point> scaled =
            sites_of(rings, {.seed = round, .fragment_count = 20, .edge_padding = 16.0F});
        ASSERT_EQ(scaled.size(), before.size());
        for (std::size_t i = 0; i < before.size(); ++i) {
            ASSERT_EQ(scaled[i], (Point{4.0F * before[i].x, 4.0F * before[i].y}));
        }
    }
    // Moved: the same places in the bounds, up to rounding (a rectangle, so that no dart falls near an edge's
    // other side).
    const std::vector<Point> here =
        sites_of({test::rectangle(0, 0, 64, 64)}, {.seed = 1, .edge_padding = 0.0F});
    const std::vector<Point> there =
        sites_of({test::rectangle(1024, -512, 1088, -448)}, {.seed = 1, .edge_padding = 0.0F});
    for (std::size_t i = 0; i < here.size(); ++i) {
        EXPECT_NEAR(there[i].x - 1024.0F, here[i].x, 1e-3);
        EXPECT_NEAR(there[i].y + 512.0F, here[i].y, 1e-3);
    }
}

} // namespace
