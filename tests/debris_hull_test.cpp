// The hull of points: it holds them all, is convex, and turns left everywhere.
#include "debris/hull.h"

#include "support/shapes.h"

#include <algorithm>
#include <cmath>
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

// Convex rings as they are, others like any points; wherever the ring begins, and also where it runs
// clockwise.
TEST(Hull, OfRingsIsThatOfTheirPoints) {
    TestRandom random(3);
    int convex = 0;
    const int rounds = test::cases(4000);
    for (int round = 0; round < rounds; ++round) {
        std::vector<Point> ring;
        if (round % 2 == 0) {
            ring = test::star(random, random.integer(3, 12), 90.0, random.integer(0, 3) * 20.0);
        } else { // the hull of lattice points, perhaps with a point in an edge
            for (int i = random.integer(3, 30); i > 0; --i) {
                ring.push_back(
                    {static_cast<float>(random.integer(-9, 9)), static_cast<float>(random.integer(-9, 9))});
            }
            ring = hull_of(ring);
            if (ring.size() < 3) continue;
            if (random.integer(0, 1) == 1)
                ring.push_back(
                    {0.5F * (ring.front().x + ring.back().x), 0.5F * (ring.front().y + ring.back().y)});
        }
        std::ranges::rotate(ring, ring.begin() + random.integer(0, static_cast<int>(ring.size()) - 1));
        if (random.integer(0, 3) == 0) std::ranges::reverse(ring);
        const std::vector<Point> given = ring;
        std::vector<Point> hull{{1.0F, 2.0F}};
        debris::append_hull_of_ring(ring, hull);
        convex += hull.size() == ring.size() + 1 ? 1 : 0;
        ASSERT_EQ(hull.front(), (Point{1.0F, 2.0F})); // what stood there
        hull.erase(hull.begin());
        expect_hull(given, hull);
        ASSERT_EQ(hull.size(), hull_of(given).size());
    }
    EXPECT_GT(convex, rounds / 4);
}

// A ring that turns left everywhere but goes round twice is not convex.
TEST(Hull, OfAPentagram) {
    std::vector<Point> star;
    for (int i = 0; i < 5; ++i) {
        const double angle = 0.3 + (i * 2 * 2.0 * 3.141592653589793 / 5);
        star.push_back(
            {static_cast<float>(9.0 * std::cos(angle)), static_cast<float>(9.0 * std::sin(angle))});
    }
    const std::vector<Point> given = star;
    std::vector<Point> hull;
    debris::append_hull_of_ring(star, hull);
    EXPECT_EQ(hull.size(), 5U);
    expect_hull(given, hull);
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
