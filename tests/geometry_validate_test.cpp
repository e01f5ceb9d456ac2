#include "geometry/validate.h"

#include "support/shapes.h"

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cmath>
#include <gtest/gtest.h>
#include <limits>
#include <numbers>
#include <vector>

namespace {

using namespace cutout;
using geometry::Failure;
using geometry::Point;
using geometry::SimplePolygon;
using geometry::Status;
using test::Rings;
using test::TestRandom;

Failure check(const Rings& rings, SimplePolygon* out = nullptr) {
    const auto views = test::views(rings);
    SimplePolygon simple;
    Failure failure = geometry::validate({views}, nullptr, simple);
    EXPECT_EQ(failure.ok(), failure.message.empty());
    if (out != nullptr) *out = std::move(simple);
    return failure;
}

void expect_failure(const Rings& rings, Status status, int ring, int vertex) {
    const Failure failure = check(rings);
    EXPECT_EQ(failure.status, status) << failure.message;
    EXPECT_EQ(failure.ring, ring) << failure.message;
    EXPECT_EQ(failure.vertex, vertex) << failure.message;
}

const std::vector<Point> square = test::rectangle(0, 0, 10, 10);

TEST(Validate, AcceptsBothWindings) {
    std::vector<Point> turned = square;
    std::reverse(turned.begin(), turned.end());
    std::vector<Point> hole = test::rectangle(2, 2, 4, 4);
    for (const auto& outer : {square, turned}) {
        for (int i = 0; i < 2; ++i) {
            SimplePolygon simple;
            ASSERT_TRUE(check({outer, hole}, &simple).ok());
            EXPECT_EQ(simple.outer_winding, outer == square ? 1 : -1);
            EXPECT_EQ(simple.twice_area, 2.0 * 96.0);
            std::reverse(hole.begin(), hole.end());
        }
    }
}

TEST(Validate, DropsRepeatedPoints) {
    const std::vector<Point> ring{{0, 0},   {0, 0},  {10, 0}, {10, 10}, {10, 10},
                                  {10, 10}, {0, 10}, {0, 0},  {0, 0}};
    SimplePolygon simple;
    ASSERT_TRUE(check({ring}, &simple).ok());
    EXPECT_EQ(simple.points, square);
    EXPECT_EQ(simple.vertices, (std::vector<std::uint32_t>{0, 2, 3, 6}));
}

TEST(Validate, KeepsStraightVertices) {
    const std::vector<Point> ring{{0, 0}, {5, 0}, {10, 0}, {10, 10}, {0, 10}};
    SimplePolygon simple;
    ASSERT_TRUE(check({ring}, &simple).ok());
    EXPECT_EQ(simple.points, ring);
}

TEST(Validate, TooFewPoints) {
    EXPECT_EQ(check({}).status, Status::too_few_points);
    expect_failure({{}}, Status::too_few_points, 0, 0);
    expect_failure({{{1, 1}}}, Status::too_few_points, 0, 0);
    expect_failure({{{1, 1}, {2, 2}}}, Status::too_few_points, 0, 0);
    expect_failure({{{1, 1}, {2, 2}, {1, 1}, {2, 2}, {1, 1}}}, Status::too_few_points, 0, 0);
    expect_failure({square, {{1, 1}, {2, 1}}}, Status::too_few_points, 1, 0);
}

TEST(Validate, NotFinite) {
    const float nan = std::numeric_limits<float>::quiet_NaN();
    const float infinity = std::numeric_limits<float>::infinity();
    expect_failure({{{0, 0}, {10, nan}, {10, 10}}}, Status::not_finite, 0, 1);
    expect_failure({{{0, 0}, {10, 0}, {-infinity, 10}}}, Status::not_finite, 0, 2);
    expect_failure({square, {{2, 2}, {3, 2}, {3, infinity}}}, Status::not_finite, 1, 2);
}

TEST(Validate, TooLarge) {
    expect_failure({{{0, 0}, {10, 0}, {10, 1.1e9F}}}, Status::too_large, 0, 2);
    EXPECT_TRUE(check({{{-1e9F, -1e9F}, {1e9F, -1e9F}, {1e9F, 1e9F}}}).ok());
}

TEST(Validate, ZeroArea) {
    expect_failure({{{0, 0}, {1, 1}, {2, 2}}}, Status::zero_area, 0, 0);
    expect_failure({{{0, 0}, {3, 3}, {1, 1}, {2, 2}}}, Status::zero_area, 0, 0);
    expect_failure({square, {{2, 2}, {4, 2}, {3, 2}}}, Status::zero_area, 1, 0);
    // One step of a float above the line is an area.
    EXPECT_TRUE(check({{{0, 0}, {1, 1}, {2, std::nextafter(2.0F, 3.0F)}}}).ok());
}

TEST(Validate, SelfIntersectionWithItsPlace) {
    const Failure bow = check({{{0, 0}, {10, 10}, {10, 0}, {0, 10}}});
    EXPECT_EQ(bow.status, Status::self_intersection);
    EXPECT_EQ(bow.ring, 0);
    EXPECT_EQ(bow.vertex, 0);
    EXPECT_EQ(bow.where, (Point{5, 5}));
    EXPECT_NE(bow.message.find("(5, 5)"), std::string::npos) << bow.message;
    // Indices are those of the input, repeated points counted.
    expect_failure({{{0, 0}, {0, 0}, {0, 0}, {4, 0}, {10, 10}, {10, 0}, {0, 10}}}, Status::self_intersection,
                   0, 3);
    expect_failure({square, {{2, 2}, {4, 4}, {4, 2}, {2, 4}}}, Status::self_intersection, 1, 0);
}

TEST(Validate, SelfTouching) {
    // A vertex on an edge, a vertex on a vertex, a spike, an edge along an edge.
    EXPECT_EQ(check({{{0, 0}, {10, 0}, {10, 10}, {5, 0}, {0, 10}}}).status, Status::self_touching);
    EXPECT_EQ(check({{{0, 0}, {4, 4}, {8, 0}, {8, 8}, {4, 4}, {0, 8}}}).status, Status::self_touching);
    EXPECT_EQ(check({{{0, 0}, {10, 0}, {10, 10}, {10, 15}, {10, 10}, {0, 10}}}).status,
              Status::self_touching);
    EXPECT_EQ(check({{{0, 0}, {10, 0}, {10, 10}, {10, 5}, {20, 5}, {20, 20}, {0, 20}}}).status,
              Status::self_touching);
    EXPECT_EQ(check({{{0, 0}, {10, 0}, {10, 10}, {5, 0}, {0, 10}}}).where, (Point{5, 0}));
}

TEST(Validate, RingsOfOnePolygon) {
    EXPECT_EQ(check({square, test::rectangle(8, 8, 12, 12)}).status, Status::rings_cross);
    EXPECT_EQ(check({square, test::rectangle(0, 2, 2, 4)}).status, Status::rings_touch);
    EXPECT_EQ(check({square, {{0, 5}, {2, 4}, {2, 6}}}).status, Status::rings_touch);
    EXPECT_EQ(check({square, {{0, 0}, {2, 1}, {1, 2}}}).status, Status::rings_touch);
    EXPECT_EQ(check({square, square}).status, Status::rings_touch);
    EXPECT_EQ(check({square, test::rectangle(2, 2, 4, 4), test::rectangle(3, 3, 5, 5)}).status,
              Status::rings_cross);
    EXPECT_EQ(check({square, test::rectangle(2, 2, 4, 4), test::rectangle(4, 4, 5, 5)}).status,
              Status::rings_touch);
    EXPECT_TRUE(check({square, test::rectangle(2, 2, 4, 4), test::rectangle(5, 5, 6, 6)}).ok());
}

TEST(Validate, HolesInTheWrongPlace) {
    expect_failure({square, test::rectangle(12, 2, 14, 4)}, Status::hole_outside, 1, 0);
    expect_failure({square, test::rectangle(-5, -5, 15, 15)}, Status::hole_outside, 1, 0);
    const std::vector<Point> hole = test::rectangle(2, 2, 8, 8);
    expect_failure({square, hole, test::rectangle(3, 3, 4, 4)}, Status::hole_outside, 2, 0);
    expect_failure({square, test::rectangle(3, 3, 4, 4), hole}, Status::hole_outside, 1, 0);
    // Three deep: the middle one is in an odd number of holes.
    EXPECT_EQ(check({square, test::rectangle(4, 4, 5, 5), hole, test::rectangle(3, 3, 6, 6)}).status,
              Status::hole_outside);
}

TEST(Validate, Cancelled) {
    TestRandom random(1);
    const Rings rings{test::star(random, 20'000, 1000.0, 0.1)};
    const auto views = test::views(rings);
    SimplePolygon simple;
    const std::atomic<bool> cancel{true};
    EXPECT_EQ(geometry::validate({views}, &cancel, simple).status, Status::cancelled);
}

// Times are not asserted (machines differ); a quadratic check of these would take minutes and be noticed.
TEST(Validate, HugeRings) {
    const int count = test::cases(1'000'000);
    std::vector<Point> circle;
    for (int i = 0; i < count; ++i) {
        const double angle = 2.0 * std::numbers::pi * i / count;
        const double radius = 1e6 + 1e3 * std::sin(40.0 * angle);
        circle.push_back(
            {static_cast<float>(radius * std::cos(angle)), static_cast<float>(radius * std::sin(angle))});
    }
    const Failure round = check({circle});
    EXPECT_TRUE(round.ok() || round.status == Status::self_touching ||
                round.status == Status::self_intersection)
        << round.message;
    // Upright teeth, and teeth at a slant: the worst for a grid.
    Rings teeth{test::comb(count / 4, 1e6F, 1e6F)};
    EXPECT_TRUE(check(teeth).ok());
    for (Point& p : teeth[0]) {
        p = {p.x + p.y, p.y - p.x};
    }
    const Failure slanted = check(teeth);
    EXPECT_TRUE(slanted.ok() || slanted.status == Status::self_intersection ||
                slanted.status == Status::self_touching)
        << slanted.message;
}

TEST(Validate, ManyHoles) {
    const int side = static_cast<int>(std::sqrt(static_cast<double>(test::cases(40'000))));
    Rings rings{test::rectangle(0, 0, static_cast<float>(3 * side), static_cast<float>(3 * side))};
    for (int i = 0; i < side * side; ++i) {
        const auto x = static_cast<float>(3 * (i % side) + 1);
        const auto y = static_cast<float>(3 * (i / side) + 1);
        rings.push_back(test::rectangle(x, y, x + 1, y + 1));
    }
    EXPECT_TRUE(check(rings).ok());
    rings.push_back(test::rectangle(1.25F, 1.25F, 1.75F, 1.75F));
    EXPECT_EQ(check(rings).status, Status::hole_outside);
}

} // namespace
