// The fast way of Voronoi fracture against the one that never fails: wherever it answers at all, the bits are
// the same. And where it must not answer, it does not.
#include "fracture/voronoi.h"
#include "fracture/voronoi_walk.h"
#include "geometry/predicates.h"
#include "geometry/validate.h"

#include "support/fracture_checker.h"
#include "support/shapes.h"
#include "support/workloads.h"

#include <algorithm>
#include <gtest/gtest.h>
#include <vector>

namespace {

using namespace cutout;
using fracture::Fragments;
using fracture::VoronoiWalk;
using fracture::WalkEnd;
using geometry::Point;
using test::Rings;
using test::TestRandom;

geometry::SimplePolygon validated(const Rings& rings) {
    geometry::SimplePolygon polygon;
    const auto views = test::views(rings);
    EXPECT_TRUE(geometry::validate({views}, nullptr, polygon).ok());
    return polygon;
}

std::vector<Point> random_sites(TestRandom& random, const Rings& rings, int count) {
    Point low = rings[0][0];
    Point high = low;
    for (const Point p : rings[0]) {
        low = {std::min(low.x, p.x), std::min(low.y, p.y)};
        high = {std::max(high.x, p.x), std::max(high.y, p.y)};
    }
    std::vector<Point> sites(static_cast<std::size_t>(count));
    for (Point& p : sites) {
        p = {static_cast<float>(random.range(low.x, high.x)),
             static_cast<float>(random.range(low.y, high.y))};
    }
    return sites;
}

class Walk : public testing::Test {
protected:
    // True: the walk answered, and both ways agree bit for bit.
    bool run(const geometry::SimplePolygon& polygon, const std::vector<Point>& sites) {
        if (!walk.run(polygon, sites, {}, fast)) {
            EXPECT_EQ(fast.size(), 0U);
            return false;
        }
        EXPECT_TRUE(fracture::fracture_voronoi_slowly(polygon, sites, {}, slow).ok());
        EXPECT_EQ(fast.points, slow.points);
        EXPECT_EQ(fast.offsets, slow.offsets);
        EXPECT_EQ(fast.cells, slow.cells);
        EXPECT_EQ(fast.labels, slow.labels);
        EXPECT_EQ(fast.areas, slow.areas);
        EXPECT_EQ(fast.centroids, slow.centroids);
        EXPECT_EQ(fast.on_boundary, slow.on_boundary);
        return true;
    }

    VoronoiWalk walk;
    Fragments fast;
    Fragments slow;
};

TEST_F(Walk, SameBitsAsTheSlowWayOnPlainPolygons) {
    TestRandom random(11);
    int answered = 0;
    const int rounds = test::cases(1500);
    for (int round = 0; round < rounds; ++round) {
        Rings rings{test::star(random, random.integer(5, 90), 100.0, 30.0)};
        if (random.integer(0, 3) == 0) rings = test::holed_star(random, 64, random.integer(1, 4));
        if (random.integer(0, 1) == 0) std::reverse(rings[0].begin(), rings[0].end());
        const auto views = test::views(rings);
        geometry::SimplePolygon polygon;
        if (!geometry::validate({views}, nullptr, polygon).ok()) continue;
        const std::vector<Point> sites = random_sites(random, rings, random.integer(3, 60));
        answered += static_cast<int>(run(polygon, sites));
        if (HasFailure()) return;
    }
    EXPECT_GT(answered, rounds / 2);
}

// Outlines that stay in a cell for long, near its border and far from it, and cells with more sides than are
// looked at together.
TEST_F(Walk, SameBitsAsTheSlowWayOnDenseOutlines) {
    TestRandom random(13);
    int answered = 0;
    const int rounds = test::cases(300);
    for (int round = 0; round < rounds; ++round) {
        const int vertices = random.integer(20, 600);
        Rings rings{random.integer(0, 1) == 0 ? test::coast(random, vertices)
                                              : test::star(random, vertices, 100.0, random.range(0.0, 4.0))};
        const bool turned = random.integer(0, 1) == 0;
        const float away = random.integer(0, 3) == 0 ? 50000.0F : 0.0F;
        for (Point& p : rings[0]) {
            p = {p.x + away, p.y - away};
        }
        if (turned) std::reverse(rings[0].begin(), rings[0].end());
        const auto views = test::views(rings);
        geometry::SimplePolygon polygon;
        if (!geometry::validate({views}, nullptr, polygon).ok()) continue;
        std::vector<Point> sites = random_sites(random, rings, random.integer(1, 40));
        if (random.integer(0, 2) == 0) { // one cell with a neighbour in every direction
            const Point middle{away, -away};
            const int sides = random.integer(30, 150);
            sites = {middle};
            for (const Point p : test::star(random, sides, random.range(20.0, 150.0), 0.5)) {
                sites.push_back({p.x + away, p.y - away});
            }
        }
        answered += static_cast<int>(run(polygon, sites));
        if (HasFailure()) return;
    }
    EXPECT_GT(answered, rounds / 2);
}

TEST_F(Walk, SameBitsAsTheSlowWayOnNastyPolygons) {
    TestRandom random(12);
    int answered = 0;
    for (int round = 0; round < test::cases(3000); ++round) {
        const Rings rings = test::random_polygon(random);
        const auto views = test::views(rings);
        geometry::SimplePolygon polygon;
        if (!geometry::validate({views}, nullptr, polygon).ok()) continue;
        const int count = random.integer(1, 25);
        const std::vector<Point> sites = random.integer(0, 1) == 0 ? test::awkward_sites(random, rings, count)
                                                                   : random_sites(random, rings, count);
        answered += static_cast<int>(run(polygon, sites));
        if (HasFailure()) return;
    }
    EXPECT_GT(answered, test::cases(3000) / 20);
}

// What has no triangulation of its own, or hangs on ties, has an answer all the same.
TEST_F(Walk, FewSitesAndSitesOnALine) {
    const geometry::SimplePolygon square = validated({test::rectangle(0, 0, 4, 4.5F)});
    EXPECT_TRUE(run(square, {{1, 1}, {3, 1}}));
    EXPECT_EQ(fast.size(), 2U);
    EXPECT_TRUE(run(square, {{1, 1}, {2, 2}, {3, 3}}));
    EXPECT_EQ(fast.size(), 3U);
    EXPECT_TRUE(run(square, {{1, 1}, {3, 1}, {1, 3}, {1, 1}}));
    EXPECT_EQ(fast.size(), 3U);
    EXPECT_TRUE(run(square, {{1, 1}, {1, 1}, {3, 1}, {1, 1}}));
    EXPECT_EQ(fast.size(), 2U);
    EXPECT_EQ(fast.cells, (std::vector<std::uint32_t>{0, 2}));
    EXPECT_FALSE(run(square, {}));
    EXPECT_EQ(walk.end(), WalkEnd::degenerate_sites);
}

TEST_F(Walk, RingsWithinOneCell) {
    const Rings holes{test::rectangle(0, 0, 20, 20.5F), test::rectangle(2, 2, 3, 3),
                      test::rectangle(4, 2, 5, 3)};
    EXPECT_TRUE(
        run(validated(holes), {{5, 5}, {5, 18}, {18, 5}})); // both in one cell, which is cut up elsewhere
    EXPECT_EQ(std::count(fast.cells.begin(), fast.cells.end(), 0U), 2);
    EXPECT_TRUE(run(validated(holes), {{100, 1}, {102, 3}, {1, 2}})); // all rings in one
    EXPECT_EQ(fast.size(), 2U);
    EXPECT_TRUE(run(validated(holes), {{7, 7}})); // and there is no other
    EXPECT_EQ(fast.size(), 2U);
}

TEST_F(Walk, VerticesOnBisectors) {
    const geometry::SimplePolygon square = validated({test::rectangle(0, 0, 4, 4)});
    // The bisector of the first two passes through two corners.
    EXPECT_TRUE(run(square, {{-1, 1}, {1, -1}, {3, 3}}));
    EXPECT_TRUE(run(square, {{1, 1}, {3, 1}, {1, 3}, {3, 3}})); // four on a circle, corners on bisectors
    EXPECT_EQ(fast.size(), 4U);
    std::vector<Point> lattice;
    for (int y = 0; y < 5; ++y) {
        for (int x = 0; x < 5; ++x) {
            lattice.push_back({static_cast<float>(x), static_cast<float>(y)});
        }
    }
    EXPECT_TRUE(run(square, lattice));
    EXPECT_EQ(fast.size(), 25U);
}

TEST_F(Walk, ARingTouchesABorder) {
    const std::vector<Point> notched{{0, 0}, {8, 0}, {8, 8}, {5, 8}, {4, 4}, {3, 8}, {0, 8}};
    const std::vector<Point> flat{{0, 0}, {8, 0}, {8, 8}, {5, 8}, {5, 4}, {4, 4}, {3, 4}, {3, 8}, {0, 8}};
    for (const bool swapped : {false, true}) {
        const std::vector<Point> sites =
            swapped ? std::vector<Point>{{4, 6}, {4, 2}} : std::vector<Point>{{4, 2}, {4, 6}};
        EXPECT_TRUE(run(validated({notched}), sites)); // the notch's tip cuts the upper part in two
        ASSERT_EQ(fast.size(), 3U);
        EXPECT_EQ(fast.points.size(), 4U + 4U + 5U); // the lower part has the tip among its vertices
        EXPECT_TRUE(run(validated({flat}), sites));
        ASSERT_EQ(fast.size(), 3U);
        EXPECT_EQ(fast.points.size(), 4U + 4U + 7U);
        // Beginning at the tip.
        std::vector<Point> turned = notched;
        std::rotate(turned.begin(), turned.begin() + 4, turned.end());
        EXPECT_TRUE(run(validated({turned}), sites));
        EXPECT_EQ(fast.size(), 3U);
        // A spike up to the border from below, and another across it.
        EXPECT_TRUE(run(validated({{{0, 0}, {8, 0}, {8, 8}, {6, 1}, {3, 4}, {2, 1}, {0, 1}}}), sites));
        EXPECT_EQ(fast.size(), 2U);
    }
    // A hole touches the border: the part beside it comes to the same point twice.
    EXPECT_FALSE(run(validated({test::rectangle(0, 0, 8, 8), {{4, 4}, {5, 2}, {3, 2}}}), {{4, 2}, {4, 6}}));
    EXPECT_EQ(walk.end(), WalkEnd::not_simple);
}

// Outlines of pixels and sites on a lattice: vertices and edges on borders everywhere.
TEST_F(Walk, SameBitsOnPixels) {
    TestRandom random(17);
    int answered = 0;
    const int rounds = test::cases(1500);
    for (int round = 0; round < rounds; ++round) {
        const int columns = random.integer(2, 12);
        std::vector<Point> ring = test::skyline(random, columns);
        std::vector<Point> sites;
        const auto step = static_cast<float>(random.integer(1, 4));
        const Point shift{static_cast<float>(random.integer(0, 3)) * 0.5F,
                          static_cast<float>(random.integer(0, 3)) * 0.5F};
        for (float y = shift.y; y < 8.0F; y += step) {
            for (float x = shift.x; x < static_cast<float>(columns); x += step) {
                if (random.integer(0, 5) != 0) sites.push_back({x, y});
            }
        }
        if (sites.empty()) continue;
        if (random.integer(0, 1) == 0) { // turned by 45 degrees
            for (std::vector<Point>* points : {&ring, &sites}) {
                for (Point& p : *points) {
                    p = {p.x - p.y, p.x + p.y};
                }
            }
        }
        std::rotate(ring.begin(), ring.begin() + random.integer(0, 2 * columns), ring.end());
        answered += static_cast<int>(run(validated({ring}), sites));
        if (HasFailure()) FAIL() << "round " << round;
    }
    EXPECT_GT(answered, rounds / 2);
}

TEST_F(Walk, FourCocircularSitesShareTheirVertex) {
    const geometry::SimplePolygon square = validated({test::rectangle(0, 0, 5, 4.5F)});
    EXPECT_TRUE(run(square, {{1, 1}, {3, 1}, {1, 3}, {3, 3}}));
    EXPECT_EQ(fast.size(), 4U);
}

TEST_F(Walk, CancelledInTheMiddle) {
    TestRandom random(13);
    const Rings rings{test::star(random, 64, 100.0, 20.0)};
    const std::atomic<bool> cancel{true};
    const std::vector<Point> sites = random_sites(random, rings, 30);
    EXPECT_FALSE(walk.run(validated(rings), sites, {.cancel = &cancel}, fast));
    EXPECT_EQ(walk.end(), WalkEnd::cancelled);
}

// The proof covers the polygon itself: rings that cross, holes outside or in holes never get an answer.
TEST_F(Walk, NoAnswerForPolygonsThatAreNotSimple) {
    TestRandom random(14);
    int tried = 0;
    for (int round = 0; round < test::cases(2000); ++round) {
        Rings rings{test::star(random, random.integer(4, 40), 100.0, 20.0)};
        switch (random.integer(0, 3)) {
        case 0: // two points trade places
            std::swap(rings[0][static_cast<std::size_t>(random.integer(0, 1))],
                      rings[0][static_cast<std::size_t>(random.integer(2, 3))]);
            break;
        case 1: // a hole that crosses the outer ring or lies outside it
            rings.push_back(
                test::star(random, 9, 30.0, 5.0, random.range(85.0, 180.0), random.range(-40.0, 40.0)));
            break;
        case 2: // a hole in a hole
            rings.push_back(test::star(random, 12, 60.0, 5.0));
            rings.push_back(test::star(random, 12, 20.0, 5.0));
            break;
        default: // two holes that cross
            rings.push_back(test::star(random, 12, 30.0, 5.0, 10.0));
            rings.push_back(test::star(random, 12, 30.0, 5.0, -10.0));
            break;
        }
        const auto views = test::views(rings);
        geometry::SimplePolygon refused;
        if (geometry::validate({views}, nullptr, refused).ok()) continue;
        ++tried;
        // As if it had passed: oriented rings.
        geometry::SimplePolygon polygon;
        for (std::size_t r = 0; r < rings.size(); ++r) {
            std::vector<Point> ring = rings[r];
            const bool left = test::polygon_area({ring}) > 0.0 && geometry::twice_area(ring) > 0.0;
            if (left != (r == 0)) std::reverse(ring.begin(), ring.end());
            polygon.points.insert(polygon.points.end(), ring.begin(), ring.end());
            polygon.ends.push_back(static_cast<std::uint32_t>(polygon.points.size()));
            polygon.twice_area += geometry::twice_area(ring);
        }
        const std::vector<Point> sites = random_sites(random, {rings[0]}, random.integer(3, 40));
        EXPECT_FALSE(walk.run(polygon, sites, {}, fast)) << "round " << round;
    }
    EXPECT_GT(tried, test::cases(2000) / 2);
}

} // namespace
