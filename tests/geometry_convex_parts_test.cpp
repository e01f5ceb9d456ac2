// Convex parts: strictly convex, small, apart from each other, and together the ring.
#include "geometry/convex_parts.h"
#include "geometry/exact.h"
#include "geometry/validate.h"

#include "support/fracture_checker.h"
#include "support/shapes.h"

#include <algorithm>
#include <cmath>
#include <gtest/gtest.h>
#include <limits>
#include <vector>

namespace {

using namespace cutout;
using geometry::ConvexParts;
using geometry::ExactReal;
using geometry::Point;
using test::exact_orientation;
using test::Rings;
using test::TestRandom;

ExactReal twice_area(const std::vector<Point>& ring) {
    ExactReal sum;
    for (std::size_t i = 0; i < ring.size(); ++i) {
        const Point a = ring[i];
        const Point b = ring[(i + 1) % ring.size()];
        sum = sum + ExactReal(double{a.x}) * ExactReal(double{b.y}) -
              ExactReal(double{a.y}) * ExactReal(double{b.x});
    }
    return sum;
}

// Does an edge of the one have all of the other on its right?
bool has_parting_edge(const std::vector<Point>& part, const std::vector<Point>& other) {
    for (std::size_t i = 0; i < part.size(); ++i) {
        const Point a = part[i];
        const Point b = part[(i + 1) % part.size()];
        if (std::all_of(other.begin(), other.end(),
                        [&](Point p) { return exact_orientation(a, b, p) <= 0; })) {
            return true;
        }
    }
    return false;
}

void expect_sound(const ConvexParts& parts, const std::vector<Point>& ring, std::uint32_t max_corners) {
    ExactReal area = twice_area(ring);
    if (area.sign() < 0) area = -area;
    std::vector<std::vector<Point>> all;
    for (std::size_t i = 0; i < parts.count(); ++i) {
        std::vector<Point> part;
        for (const std::uint32_t corner : parts.part(i)) {
            ASSERT_LT(corner, ring.size());
            part.push_back(ring[corner]);
        }
        ASSERT_GE(part.size(), 3U);
        ASSERT_LE(part.size(), max_corners);
        const std::size_t n = part.size();
        int rising = 0; // convex: left turns only, once round
        for (std::size_t k = 0; k < n; ++k) {
            const Point a = part[k];
            const Point b = part[(k + 1) % n];
            const Point c = part[(k + 2) % n];
            ASSERT_EQ(exact_orientation(a, b, c), 1);
            const bool first = a.x != b.x ? a.x < b.x : a.y < b.y;
            const bool second = b.x != c.x ? b.x < c.x : b.y < c.y;
            rising += first != second ? 1 : 0;
        }
        ASSERT_EQ(rising, 2);
        area = area - twice_area(part);
        for (const auto& other : all) {
            ASSERT_TRUE(has_parting_edge(part, other) || has_parting_edge(other, part));
        }
        all.push_back(std::move(part));
    }
    EXPECT_EQ(area.sign(), 0);
}

bool valid_ring(std::vector<Point>& ring) {
    const Rings rings{ring};
    const auto views = test::views(rings);
    geometry::SimplePolygon polygon;
    if (!geometry::validate({views}, nullptr, polygon).ok()) return false;
    ring.assign(polygon.points.begin(), polygon.points.end());
    return true;
}

TEST(ConvexParts, EveryShape) {
    TestRandom random(51);
    ConvexParts parts;
    int done = 0;
    for (int round = 0; round < test::cases(2000); ++round) {
        Rings rings = test::random_polygon(random);
        if (random.integer(0, 2) == 0) {
            test::transform(rings, random.range(0.01, 20.0), random.range(-1e5, 1e5),
                            random.range(-1e5, 1e5));
        }
        std::vector<Point> ring = rings[0];
        if (!valid_ring(ring)) continue;
        ++done;
        if (random.integer(0, 1) == 0) std::reverse(ring.begin(), ring.end());
        const auto max_corners = static_cast<std::uint32_t>(random.integer(3, 12));
        ASSERT_TRUE(parts.split(ring, max_corners));
        expect_sound(parts, ring, max_corners);
        if (max_corners == 3) {
            EXPECT_GE(parts.count(), 1U);
        }
        if (HasFailure()) FAIL() << "round " << round;
    }
    EXPECT_GT(done, test::cases(2000) / 2);
}

TEST(ConvexParts, RingsOfCellsFullOfStraightPoints) {
    TestRandom random(52);
    ConvexParts parts;
    for (int round = 0; round < test::cases(1000); ++round) {
        for (const auto& ring :
             test::cell_rings(random, random.integer(1, 9), random.integer(1, 9), random.range(0.4, 0.95))) {
            const auto max_corners = static_cast<std::uint32_t>(random.integer(3, 8));
            ASSERT_TRUE(parts.split(ring, max_corners));
            expect_sound(parts, ring, max_corners);
            if (HasFailure()) FAIL() << "round " << round;
        }
    }
}

TEST(ConvexParts, AConvexRingIsOnePart) {
    ConvexParts parts;
    // With points along its edges, either winding.
    std::vector<Point> ring{{0, 0}, {1, 0}, {3, 0}, {4, 0}, {4, 2}, {4, 4}, {0, 4}, {0, 1}};
    for (int turn = 0; turn < 2; ++turn) {
        ASSERT_TRUE(parts.split(ring, 4));
        ASSERT_EQ(parts.count(), 1U);
        EXPECT_EQ(parts.part(0).size(), 4U);
        expect_sound(parts, ring, 4);
        std::reverse(ring.begin(), ring.end());
    }
    ASSERT_TRUE(parts.split(ring, 3));
    EXPECT_GE(parts.count(), 2U);
    expect_sound(parts, ring, 3);
}

TEST(ConvexParts, FewParts) {
    ConvexParts parts;
    // An L and a plus have a known least number of parts, and the bound of the method is four times that.
    const std::vector<Point> l{{0, 0}, {4, 0}, {4, 1}, {1, 1}, {1, 4}, {0, 4}};
    ASSERT_TRUE(parts.split(l, 8));
    EXPECT_EQ(parts.count(), 2U);
    const std::vector<Point> plus{{1, 0}, {2, 0}, {2, 1}, {3, 1}, {3, 2}, {2, 2},
                                  {2, 3}, {1, 3}, {1, 2}, {0, 2}, {0, 1}, {1, 1}};
    ASSERT_TRUE(parts.split(plus, 8));
    EXPECT_LE(parts.count(), 5U);
    expect_sound(parts, plus, 8);
    TestRandom random(53);
    const std::vector<Point> round = test::star(random, 40, 100.0, 0.0);
    ASSERT_TRUE(parts.split(round, 8));
    EXPECT_LE(parts.count(), 12U); // (40 - 2) / (8 - 2) = 6.3 at best
    expect_sound(parts, round, 8);
}

TEST(ConvexParts, BadRingsGetFalse) {
    ConvexParts parts;
    EXPECT_FALSE(parts.split({}, 8));
    const std::vector<Point> line{{0, 0}, {1, 1}, {2, 2}, {3, 3}};
    EXPECT_FALSE(parts.split(line, 8));
    const std::vector<Point> bow{{0, 0}, {4, 4}, {4, 0}, {0, 4}};
    EXPECT_FALSE(parts.split(bow, 8));
    const std::vector<Point> square{{0, 0}, {4, 0}, {4, 4}, {0, 4}};
    EXPECT_FALSE(parts.split(square, 2));
    EXPECT_EQ(parts.count(), 0U);
    EXPECT_TRUE(parts.split(square, 3));
    EXPECT_EQ(parts.count(), 2U);
}

TEST(ConvexParts, Width) {
    EXPECT_EQ(geometry::width(std::vector<Point>{{0, 0}, {10, 0}, {10, 2}, {0, 2}}), 2.0);
    EXPECT_NEAR(geometry::width(std::vector<Point>{{0, 0}, {4, 0}, {0, 3}}), 12.0 / 5.0, 1e-12);
}

} // namespace
