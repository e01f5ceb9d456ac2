// The hull of points: it holds them all, is convex, and turns left everywhere.
#include "debris/hull.h"

#include "support/shapes.h"

#include <algorithm>
#include <gtest/gtest.h>
#include <set>
#include <utility>
#include <vector>

namespace {

using namespace cutout;
using geometry::Point;
using test::TestRandom;

double turn(Point a, Point b, Point c) {
    return ((double{b.x} - a.x) * (double{c.y} - a.y)) - ((double{b.y} - a.y) * (double{c.x} - a.x));
}

std::vector<Point> hull_of(std::vector<Point> points) {
    std::vector<Point> hull;
    debris::append_hull(points, hull);
    return hull;
}

void expect_hull(const std::vector<Point>& points, const std::vector<Point>& hull) {
    std::set<std::pair<float, float>> given;
    for (const Point p : points) {
        given.insert({p.x, p.y});
    }
    for (std::size_t i = 0; i < hull.size(); ++i) {
        const Point a = hull[i];
        const Point b = hull[(i + 1) % hull.size()];
        ASSERT_TRUE(given.contains({a.x, a.y})) << "a corner that is none of the points";
        ASSERT_GT(turn(a, b, hull[(i + 2) % hull.size()]), 0.0) << "corner " << i;
        for (const Point p : points) {
            ASSERT_GE(turn(a, b, p), 0.0) << "a point outside of edge " << i;
        }
    }
}

// On a lattice the turns are exact, and three in a line and doubles are common.
TEST(Hull, OfLatticePoints) {
    TestRandom random(1);
    int flat = 0;
    for (int round = 0; round < test::cases(4000); ++round) {
        std::vector<Point> points(static_cast<std::size_t>(random.integer(1, 30)));
        const int side = random.integer(1, 12);
        for (Point& p : points) {
            p = {static_cast<float>(random.integer(-side, side)),
                 static_cast<float>(random.integer(-side, side))};
        }
        const std::vector<Point> hull = hull_of(points);
        const bool in_line = std::ranges::all_of(points, [&](Point p) {
            return std::ranges::all_of(points, [&](Point q) { return turn(points[0], p, q) == 0.0; });
        });
        flat += in_line ? 1 : 0;
        ASSERT_EQ(hull.size() < 3, in_line);
        if (!in_line) expect_hull(points, hull);
    }
    EXPECT_GT(flat, 0);
}

TEST(Hull, OfStarsIsWhateverTheirOrder) {
    TestRandom random(2);
    for (int round = 0; round < test::cases(500); ++round) {
        std::vector<Point> points = test::star(random, random.integer(3, 40), 90.0, 60.0);
        const std::vector<Point> hull = hull_of(points);
        expect_hull(points, hull);
        std::ranges::reverse(points);
        ASSERT_EQ(hull_of(points), hull);
        ASSERT_EQ(hull_of(hull), hull); // the hull of a hull
    }
}

// What stands in the list stays, and is no part of the new hull.
TEST(Hull, IsAppended) {
    std::vector<Point> list{{50.0F, 50.0F}, {-9.0F, 3.0F}};
    std::vector<Point> square{{0.0F, 0.0F}, {1.0F, 1.0F}, {0.0F, 1.0F}, {1.0F, 0.0F}, {0.5F, 0.5F}};
    debris::append_hull(square, list);
    const std::vector<Point> expected{{50.0F, 50.0F}, {-9.0F, 3.0F}, {0.0F, 0.0F},
                                      {1.0F, 0.0F},   {1.0F, 1.0F},  {0.0F, 1.0F}};
    EXPECT_EQ(list, expected);
    debris::append_hull({}, list);
    EXPECT_EQ(list, expected);
}

} // namespace
