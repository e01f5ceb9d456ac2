#include "geometry/predicates.h"

#include "support/fracture_checker.h"
#include "support/shapes.h"

#include <cmath>
#include <gtest/gtest.h>
#include <limits>
#include <vector>

namespace {

using namespace cutout;
using geometry::Location;
using geometry::Point;
using test::TestRandom;

Point nudge(Point p, int steps_x, int steps_y) {
    const auto step = [](float value, int steps) {
        for (; steps > 0; --steps) {
            value = std::nextafter(value, std::numeric_limits<float>::infinity());
        }
        for (; steps < 0; ++steps) {
            value = std::nextafter(value, -std::numeric_limits<float>::infinity());
        }
        return value;
    };
    return {step(p.x, steps_x), step(p.y, steps_y)};
}

TEST(Orientation, NearlyCollinear) {
    TestRandom random(1);
    for (int i = 0; i < test::cases(200'000); ++i) {
        const double scale = std::ldexp(1.0, random.integer(-60, 28));
        const double ax = random.range(-scale, scale);
        const double ay = random.range(-1.0, 1.0) * std::ldexp(1.0, random.integer(-60, 28));
        const double dx = random.range(-scale, scale);
        const double dy = random.range(-1.0, 1.0) * std::ldexp(1.0, random.integer(-60, 28));
        const double t = random.range(-2.0, 3.0);
        const Point a{static_cast<float>(ax), static_cast<float>(ay)};
        const Point b{static_cast<float>(ax + dx), static_cast<float>(ay + dy)};
        const Point c = nudge({static_cast<float>(ax + t * dx), static_cast<float>(ay + t * dy)},
                              random.integer(-2, 2), random.integer(-2, 2));
        ASSERT_EQ(geometry::orientation(a, b, c), test::exact_orientation(a, b, c));
    }
}

TEST(Orientation, Lattice) {
    TestRandom random(2);
    int zeros = 0;
    for (int i = 0; i < test::cases(100'000); ++i) {
        const auto point = [&] {
            return Point{static_cast<float>(random.integer(-6, 6)),
                         static_cast<float>(random.integer(-6, 6))};
        };
        const Point a = point();
        const Point b = point();
        const Point c = point();
        const int turn = geometry::orientation(a, b, c);
        ASSERT_EQ(turn, test::exact_orientation(a, b, c));
        ASSERT_EQ(turn, geometry::orientation(b, c, a));
        ASSERT_EQ(turn, -geometry::orientation(b, a, c));
        zeros += turn == 0 ? 1 : 0;
    }
    EXPECT_GT(zeros, test::cases(100'000) / 100);
}

TEST(Orientation, SmallestFloats) {
    const float tiny = std::numeric_limits<float>::denorm_min();
    EXPECT_EQ(geometry::orientation({0, 0}, {tiny, 0}, {0, tiny}), 1);
    EXPECT_EQ(geometry::orientation({0, 0}, {1e9F, 1e9F}, {tiny, 2 * tiny}), 1);
    EXPECT_EQ(geometry::orientation({0, 0}, {1e9F, 1e9F}, {tiny, tiny}), 0);
    EXPECT_EQ(geometry::orientation({1e9F, 1e9F}, {-1e9F, -1e9F}, {tiny, 0}), 1);
}

TEST(Locate, SquareAndItsBoundary) {
    const std::vector<Point> square = test::rectangle(0, 0, 4, 4);
    EXPECT_EQ(geometry::locate(square, {2, 2}), Location::inside);
    EXPECT_EQ(geometry::locate(square, {5, 2}), Location::outside);
    EXPECT_EQ(geometry::locate(square, {-1, 0}), Location::outside);
    EXPECT_EQ(geometry::locate(square, {-1, 4}), Location::outside);
    for (const Point p : {Point{0, 0}, Point{4, 4}, Point{2, 0}, Point{4, 1}, Point{2, 4}, Point{0, 3}}) {
        EXPECT_EQ(geometry::locate(square, p), Location::boundary) << p.x << " " << p.y;
    }
}

TEST(Locate, AgreesWithSamplesOfAStar) {
    TestRandom random(3);
    const std::vector<Point> ring = test::star(random, 24, 10.0, 6.0);
    for (int i = 0; i < test::cases(20'000); ++i) {
        const Point p{static_cast<float>(random.range(-16, 16)), static_cast<float>(random.range(-16, 16))};
        // A star is the sum of its triangles from the centre.
        bool inside = false;
        for (std::size_t k = 0; k < ring.size(); ++k) {
            const Point a = ring[k];
            const Point b = ring[(k + 1) % ring.size()];
            inside |= test::exact_orientation({0, 0}, a, p) >= 0 && test::exact_orientation(a, b, p) > 0 &&
                      test::exact_orientation(b, {0, 0}, p) >= 0;
        }
        ASSERT_EQ(geometry::locate(ring, p) == Location::inside, inside);
    }
}

TEST(Winding, BothWays) {
    std::vector<Point> ring = test::rectangle(0, 0, 3, 2);
    EXPECT_EQ(geometry::winding(ring), 1);
    EXPECT_EQ(geometry::twice_area(ring), 12.0);
    EXPECT_EQ(geometry::exact_twice_area(ring), 12.0);
    std::reverse(ring.begin(), ring.end());
    EXPECT_EQ(geometry::winding(ring), -1);
    EXPECT_EQ(geometry::twice_area(ring), -12.0);
}

TEST(Area, OfARingThatDoublesLose) {
    // The third point is one step off the line through the others.
    const std::vector<Point> ring{{0.0F, 0.0F}, {1.0F, 1.0F}, nudge({0.3F, 0.3F}, 0, 1)};
    const double step = static_cast<double>(nudge({0.3F, 0.3F}, 0, 1).y) - static_cast<double>(0.3F);
    EXPECT_EQ(geometry::winding(ring), 1);
    EXPECT_DOUBLE_EQ(geometry::exact_twice_area(ring), step);
}

} // namespace
