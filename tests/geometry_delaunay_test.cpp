// The triangulation's promise, checked with exact predicates that are not the kernel's.
#include "geometry/delaunay.h"
#include "geometry/predicates.h"

#include "support/fracture_checker.h"
#include "support/shapes.h"

#include <algorithm>
#include <gtest/gtest.h>
#include <set>
#include <vector>

namespace {

using namespace cutout;
using geometry::Delaunay;
using geometry::Point;
using test::TestRandom;

// For coordinates that are multiples of 2^-10 below 2^10: at most 4 * 22 bits and a few for the sums.
constexpr double lattice = 1024.0;
__extension__ using Wide = __int128;

int exact_in_circle(Point a, Point b, Point c, Point d) {
    const auto from_d = [&](Point p) {
        const auto whole = [](float value) {
            return static_cast<Wide>(static_cast<double>(value) * lattice);
        };
        return std::pair<Wide, Wide>{whole(p.x) - whole(d.x), whole(p.y) - whole(d.y)};
    };
    const auto [ax, ay] = from_d(a);
    const auto [bx, by] = from_d(b);
    const auto [cx, cy] = from_d(c);
    const Wide det = (ax * ax + ay * ay) * (bx * cy - by * cx) + (bx * bx + by * by) * (cx * ay - cy * ax) +
                     (cx * cx + cy * cy) * (ax * by - ay * bx);
    return det > 0 ? 1 : (det < 0 ? -1 : 0);
}

void expect_delaunay(const Delaunay& delaunay, const std::vector<Point>& points) {
    const auto origins = delaunay.origins();
    const auto twins = delaunay.twins();
    std::set<std::int32_t> used;
    std::size_t hull = 0;
    for (std::int32_t e = 0; e < static_cast<std::int32_t>(origins.size()); ++e) {
        const auto at = [&](std::int32_t h) {
            return points[static_cast<std::size_t>(origins[static_cast<std::size_t>(h)])];
        };
        const std::int32_t next = Delaunay::next(e);
        const std::int32_t last = Delaunay::previous(e);
        used.insert(origins[static_cast<std::size_t>(e)]);
        ASSERT_EQ(test::exact_orientation(at(e), at(next), at(last)), 1);
        const std::int32_t twin = twins[static_cast<std::size_t>(e)];
        if (twin == Delaunay::none) {
            ++hull;
            continue;
        }
        ASSERT_EQ(twins[static_cast<std::size_t>(twin)], e);
        ASSERT_EQ(origins[static_cast<std::size_t>(twin)], origins[static_cast<std::size_t>(next)]);
        // Locally Delaunay everywhere is Delaunay.
        ASSERT_LE(exact_in_circle(at(e), at(next), at(last), at(Delaunay::previous(twin))), 0);
    }
    EXPECT_EQ(used.size(), points.size());
    EXPECT_EQ(origins.size() / 3, 2 * points.size() - 2 - hull); // Euler: the hull has no gap and no dent
}

TEST(Delaunay, RandomPoints) {
    TestRandom random(1);
    Delaunay delaunay;
    for (int round = 0; round < test::cases(300); ++round) {
        std::vector<Point> points(static_cast<std::size_t>(random.integer(3, 120)));
        for (Point& p : points) {
            p = {static_cast<float>(random.integer(-100'000, 100'000) / lattice),
                 static_cast<float>(random.integer(-100'000, 100'000) / lattice)};
        }
        ASSERT_TRUE(delaunay.triangulate(points));
        expect_delaunay(delaunay, points);
    }
}

TEST(Delaunay, LatticePointsCocircularAndCollinear) {
    TestRandom random(2);
    Delaunay delaunay;
    int done = 0;
    for (int round = 0; round < test::cases(300); ++round) {
        std::set<std::pair<int, int>> cells;
        const int size = random.integer(2, 9);
        const int count = random.integer(3, size * size);
        for (int i = 0; i < count; ++i) {
            cells.insert({random.integer(1, size), random.integer(1, size)});
        }
        std::vector<Point> points;
        for (const auto& [x, y] : cells) {
            points.push_back({static_cast<float>(x), static_cast<float>(y)});
        }
        if (!delaunay.triangulate(points)) continue; // allowed: the caller has another way
        ++done;
        expect_delaunay(delaunay, points);
    }
    EXPECT_GT(done, test::cases(300) / 2);
}

TEST(Delaunay, AnswersFalseWithoutATriangle) {
    Delaunay delaunay;
    const std::vector<std::vector<Point>> sets{
        {},
        {{1, 1}},
        {{1, 1}, {2, 2}},
        {{1, 1}, {1, 1}, {1, 1}},
        {{0, 0}, {1, 1}, {2, 2}, {5, 5}},
        {{0, 0}, {0, 1}, {1, 0}, {0, 1}},
    };
    for (const std::vector<Point>& points : sets) {
        EXPECT_FALSE(delaunay.triangulate(points)) << points.size();
    }
}

TEST(Delaunay, InCircleIsExact) {
    TestRandom random(3);
    for (int round = 0; round < test::cases(20000); ++round) {
        // Small figures far out: four on a circle, or nearly, are common, and doubles round.
        const int size = random.integer(1, 40);
        const double x = random.integer(-900, 900);
        Point p[4];
        for (Point& q : p) {
            q = {static_cast<float>(x + random.integer(-size, size) / lattice),
                 static_cast<float>(random.integer(-size, size) / lattice)};
        }
        EXPECT_EQ(geometry::in_circle(p[0], p[1], p[2], p[3]), exact_in_circle(p[0], p[1], p[2], p[3]));
    }
}

} // namespace
