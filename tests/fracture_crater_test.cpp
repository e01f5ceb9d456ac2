// Partial damage: what breaks off and what stays are together the polygon, however often it is hit.
#include "fracture/crater.h"

#include "support/fracture_checker.h"
#include "support/polygon_judge.h"
#include "support/shapes.h"

#include <algorithm>
#include <atomic>
#include <bit>
#include <cmath>
#include <cstdint>
#include <gtest/gtest.h>
#include <limits>
#include <numeric>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace {

using namespace cutout;
using fracture::Crater;
using fracture::Fragments;
using fracture::Remains;
using geometry::Failure;
using geometry::Point;
using geometry::Status;
using test::Rings;
using test::TestRandom;

using Key = std::pair<float, float>;

Key key(Point p) {
    return {p.x, p.y};
}

Crater circle(Point centre, float radius, int count = 10, std::int64_t seed = 1) {
    return {.centre = centre,
            .axis_x = {radius, 0.0F},
            .axis_y = {0.0F, radius},
            .fragment_count = count,
            .seed = seed,
            .anchors = {}};
}

Failure damage(const Rings& rings, const Crater& crater, Fragments& debris, Remains& rest) {
    const auto views = test::views(rings);
    return fracture::damage({views}, crater, {}, debris, rest);
}

std::vector<Rings> islands(const Remains& rest) {
    std::vector<Rings> result;
    std::uint32_t ring = 0;
    for (const std::uint32_t end : rest.island_ends) {
        Rings& island = result.emplace_back();
        for (; ring < end; ++ring) {
            const std::uint32_t begin = ring == 0 ? 0 : rest.ring_ends[ring - 1];
            island.emplace_back(rest.points.begin() + begin, rest.points.begin() + rest.ring_ends[ring]);
        }
    }
    return result;
}

double sum(const std::vector<double>& values) {
    return std::accumulate(values.begin(), values.end(), 0.0);
}

std::set<Key> keys(const Rings& rings) {
    std::set<Key> result;
    for (const auto& ring : rings) {
        for (const Point p : ring) {
            result.insert(key(p));
        }
    }
    return result;
}

// All that must hold of one hit.
void check(const Rings& rings, const Crater& crater, const Fragments& debris, const Remains& rest) {
    const double whole = test::polygon_area(rings);
    const double slack = (1e-6 * whole) + test::rounding_area(rings);
    ASSERT_NEAR(sum(debris.areas) + sum(rest.areas), whole, slack);
    std::set<Key> known = keys(rings);
    for (const Point p : debris.points) {
        known.insert(key(p));
    }
    double area = 0.0;
    for (const Rings& island : islands(rest)) {
        area += test::polygon_area(island);
        for (const auto& ring : island) {
            ASSERT_GE(ring.size(), 3U);
            for (const Point p : ring) {
                // The rim is the debris' too, bit for bit; all else is the polygon's own.
                ASSERT_TRUE(known.contains(key(p))) << p.x << ", " << p.y;
            }
        }
        for (const Status status : test::polygon_faults(island)) {
            ASSERT_TRUE(status == Status::self_touching || status == Status::rings_touch)
                << static_cast<int>(status);
        }
    }
    ASSERT_NEAR(area, sum(rest.areas), slack);
    if (crater.anchors.empty()) {
        ASSERT_LE(rest.island_ends.size(), 1U);
    }
}

TEST(Crater, InTheMiddleLeavesAHole) {
    const Rings rings{test::rectangle(0.0F, 0.0F, 100.0F, 100.0F)};
    Fragments debris;
    Remains rest;
    ASSERT_TRUE(damage(rings, circle({50.0F, 50.0F}, 20.0F), debris, rest).ok());
    ASSERT_TRUE(rest.hit);
    EXPECT_EQ(debris.size(), 10U);
    ASSERT_EQ(islands(rest).size(), 1U);
    const Rings island = islands(rest)[0];
    ASSERT_EQ(island.size(), 2U);
    EXPECT_EQ(island[0].size(), 4U) << "the outline is as it was";
    for (const Point p : island[1]) {
        const double distance = std::hypot(p.x - 50.0, p.y - 50.0);
        EXPECT_GT(distance, 12.0);
        EXPECT_LT(distance, 32.0);
    }
    check(rings, circle({50.0F, 50.0F}, 20.0F), debris, rest);
}

TEST(Crater, ThatMissesChangesNothing) {
    const Rings rings{test::rectangle(0.0F, 0.0F, 100.0F, 100.0F)};
    Fragments debris;
    Remains rest;
    ASSERT_TRUE(damage(rings, circle({500.0F, 50.0F}, 20.0F), debris, rest).ok());
    EXPECT_FALSE(rest.hit);
    EXPECT_EQ(debris.size(), 0U);
    EXPECT_TRUE(rest.points.empty());
}

TEST(Crater, OverAllLeavesNothing) {
    const Rings rings{test::rectangle(0.0F, 0.0F, 10.0F, 10.0F)};
    Fragments debris;
    Remains rest;
    ASSERT_TRUE(damage(rings, circle({5.0F, 5.0F}, 100.0F), debris, rest).ok());
    EXPECT_TRUE(rest.hit);
    EXPECT_TRUE(rest.island_ends.empty());
    EXPECT_NEAR(sum(debris.areas), 100.0, 1e-4);
}

TEST(Crater, IslandsThatLoseTheirHoldFall) {
    // A bridge that is hit in the middle.
    const Rings rings{test::rectangle(0.0F, 0.0F, 100.0F, 10.0F)};
    Crater crater = circle({40.0F, 5.0F}, 15.0F);
    Fragments debris;
    Remains rest;
    ASSERT_TRUE(damage(rings, crater, debris, rest).ok());
    ASSERT_EQ(islands(rest).size(), 1U);
    EXPECT_GT(islands(rest)[0][0][0].x, 50.0F) << "the larger half stays";
    check(rings, crater, debris, rest);
    const double larger = rest.areas[0];

    crater.anchors = {{{0.0F, 5.0F}}}; // a point on the outline
    ASSERT_TRUE(damage(rings, crater, debris, rest).ok());
    ASSERT_EQ(islands(rest).size(), 1U);
    EXPECT_LT(rest.areas[0], larger) << "the half that is held stays";
    check(rings, crater, debris, rest);

    crater.anchors = {test::rectangle(-5.0F, -5.0F, 2.0F, 20.0F), test::rectangle(98.0F, 3.0F, 99.0F, 4.0F)};
    ASSERT_TRUE(damage(rings, crater, debris, rest).ok());
    EXPECT_EQ(islands(rest).size(), 2U) << "both";
    check(rings, crater, debris, rest);

    crater.anchors = {{{40.0F, 5.0F}}}; // what held it is gone
    ASSERT_TRUE(damage(rings, crater, debris, rest).ok());
    EXPECT_TRUE(rest.island_ends.empty()) << "all falls";
    EXPECT_NEAR(sum(debris.areas), 1000.0, 1e-3);
}

TEST(Crater, OfAnyShapeOfPolygon) {
    TestRandom random(7);
    int hit = 0;
    for (int i = 0; i < 1500; ++i) {
        SCOPED_TRACE(i);
        Rings rings;
        switch (i % 5) {
        case 0:
            rings = test::holed_star(random, random.integer(5, 40), random.integer(0, 3));
            break;
        case 1:
            rings = {test::comb(random.integer(2, 9), 10.0F, 60.0F)};
            break;
        case 2:
            rings = test::lattice_polygon(random, random.integer(4, 12));
            break;
        case 3:
            rings = {test::spiral(3, 12, 4.0)};
            break;
        default:
            rings = {test::star(random, random.integer(3, 60), 50.0, 30.0)};
            break;
        }
        Point low = rings[0][0];
        Point high = low;
        for (const Point p : rings[0]) {
            low = {std::min(low.x, p.x), std::min(low.y, p.y)};
            high = {std::max(high.x, p.x), std::max(high.y, p.y)};
        }
        const double size = std::max(high.x - low.x, high.y - low.y);
        Crater crater{.centre = {static_cast<float>(random.range(low.x, high.x)),
                                 static_cast<float>(random.range(low.y, high.y))},
                      .axis_x = {static_cast<float>(size * random.range(0.01, 0.4)),
                                 static_cast<float>(size * random.range(-0.1, 0.1))},
                      .axis_y = {static_cast<float>(size * random.range(-0.1, 0.1)),
                                 static_cast<float>(size * random.range(0.01, 0.4))},
                      .fragment_count = random.integer(1, 40),
                      .seed = i,
                      .anchors = {}};
        if (random.integer(0, 2) == 0) crater.anchors.push_back({rings[0][0]});
        Fragments debris;
        Remains rest;
        const Failure failure = damage(rings, crater, debris, rest);
        ASSERT_TRUE(failure.ok()) << failure.message;
        if (!rest.hit) continue;
        ++hit;
        check(rings, crater, debris, rest);
        if (HasFatalFailure()) return;
    }
    EXPECT_GT(hit, 700);
}

// A wall that is dug away: all that ever fell and what is left are the wall.
TEST(Crater, ManyHitsOnOnePolygon) {
    for (const bool held : {false, true}) {
        TestRandom random(held ? 3 : 4);
        Rings rings{test::rectangle(0.0F, 0.0F, 400.0F, 300.0F)};
        std::vector<Rings> wall{rings};
        double fallen = 0.0;
        std::size_t most_points = 0;
        for (int i = 0; i < 400 && !wall.empty(); ++i) {
            SCOPED_TRACE(i);
            Crater crater = circle({static_cast<float>(random.range(-10.0, 410.0)),
                                    static_cast<float>(random.range(-10.0, 310.0))},
                                   static_cast<float>(random.range(3.0, 14.0)), random.integer(1, 20), i);
            if (held) crater.anchors = {test::rectangle(0.0F, 299.0F, 400.0F, 310.0F)};
            std::vector<Rings> left;
            for (const Rings& island : wall) {
                Fragments debris;
                Remains rest;
                const Failure failure = damage(island, crater, debris, rest);
                ASSERT_TRUE(failure.ok()) << failure.message;
                fallen += sum(debris.areas);
                if (!rest.hit) {
                    left.push_back(island);
                    continue;
                }
                check(island, crater, debris, rest);
                if (HasFatalFailure()) return;
                for (Rings& each : islands(rest)) {
                    left.push_back(std::move(each));
                }
            }
            wall = std::move(left);
            double area = fallen;
            std::size_t points = 0;
            for (const Rings& island : wall) {
                area += test::polygon_area(island);
                for (const auto& ring : island) {
                    points += ring.size();
                }
            }
            most_points = std::max(most_points, points);
            ASSERT_NEAR(area, 120'000.0, 0.5);
        }
        EXPECT_GT(fallen, 20'000.0);
        // Points that a hit leaves behind would be thousands.
        EXPECT_LT(most_points, 4000U);
    }
}

TEST(Crater, HitsInTheSamePlace) {
    std::vector<Rings> wall{{test::rectangle(0.0F, 0.0F, 100.0F, 100.0F)}};
    for (int i = 0; i < 30; ++i) {
        Fragments debris;
        Remains rest;
        ASSERT_TRUE(damage(wall[0], circle({50.0F, 50.0F}, 20.0F, 8, i), debris, rest).ok());
        if (!rest.hit) continue;
        check(wall[0], circle({50.0F, 50.0F}, 20.0F), debris, rest);
        wall = islands(rest);
        ASSERT_EQ(wall.size(), 1U);
    }
    EXPECT_EQ(wall[0].size(), 2U);
}

// Seen from a polygon that is scaled or skewed the circle is an ellipse, and is as round as any.
TEST(Crater, IsRoundInAnyFrame) {
    TestRandom random(11);
    const Rings rings{test::rectangle(-1000.0F, -1000.0F, 1000.0F, 1000.0F)};
    for (int i = 0; i < 400; ++i) {
        SCOPED_TRACE(i);
        const double stretch = std::exp(random.range(0.0, 1.6));
        const double turn = random.range(0.0, 6.28);
        const double lean = random.range(0.0, 6.28);
        const double wide = 200.0;
        const double narrow = wide / stretch;
        const double c = std::cos(turn);
        const double s = std::sin(turn);
        // A rotation, a stretch, and another rotation.
        const Crater crater{
            .centre = {static_cast<float>(random.range(-500.0, 500.0)),
                       static_cast<float>(random.range(-500.0, 500.0))},
            .axis_x = {static_cast<float>((c * wide * std::cos(lean)) - (s * narrow * std::sin(lean))),
                       static_cast<float>((s * wide * std::cos(lean)) + (c * narrow * std::sin(lean)))},
            .axis_y = {static_cast<float>((-c * wide * std::sin(lean)) - (s * narrow * std::cos(lean))),
                       static_cast<float>((-s * wide * std::sin(lean)) + (c * narrow * std::cos(lean)))},
            .fragment_count = random.integer(1, 30),
            .seed = i,
            .anchors = {}};
        const double det =
            (double{crater.axis_x.x} * crater.axis_y.y) - (double{crater.axis_x.y} * crater.axis_y.x);
        const auto distance = [&](Point p) {
            const double x = double{p.x} - crater.centre.x;
            const double y = double{p.y} - crater.centre.y;
            return std::hypot(((x * crater.axis_y.y) - (y * crater.axis_y.x)) / det,
                              ((y * crater.axis_x.x) - (x * crater.axis_x.y)) / det);
        };
        Fragments debris;
        Remains rest;
        ASSERT_TRUE(damage(rings, crater, debris, rest).ok());
        check(rings, crater, debris, rest);
        if (HasFatalFailure()) return;
        ASSERT_EQ(islands(rest).size(), 1U);
        const Rings island = islands(rest)[0];
        ASSERT_EQ(island.size(), 2U) << "one hole";
        // A piece may come apart where its sites share the rim with others.
        EXPECT_GE(debris.size(), static_cast<std::size_t>(crater.fragment_count));
        EXPECT_LE(debris.size(), static_cast<std::size_t>((2 * crater.fragment_count) + 8));
        double least = 10.0;
        double most = 0.0;
        for (const Point p : island[1]) {
            least = std::min(least, distance(p));
            most = std::max(most, distance(p));
        }
        EXPECT_GT(least, 0.6);
        EXPECT_LT(most, 1.7);
    }
}

// Where a polygon crosses itself the repair makes a corner of its own, which stays.
TEST(Crater, OfAPolygonThatCrossesItself) {
    const Rings rings{{{0.0F, 0.0F}, {100.0F, 100.0F}, {100.0F, 0.0F}, {0.0F, 100.0F}}};
    Crater crater = circle({85.0F, 50.0F}, 10.0F);
    crater.anchors = {{{10.0F, 50.0F}}, {{99.0F, 2.0F}}};
    Fragments debris;
    Remains rest;
    ASSERT_TRUE(damage(rings, crater, debris, rest).ok());
    ASSERT_EQ(rest.island_ends.size(), 2U);
    double area = sum(debris.areas);
    for (const Rings& island : islands(rest)) {
        EXPECT_TRUE(keys(island).contains({50.0F, 50.0F}));
        area += test::polygon_area(island);
    }
    EXPECT_NEAR(area, 5000.0, 0.01);
}

TEST(Crater, BadOnesAreRefused) {
    const Rings rings{test::rectangle(0.0F, 0.0F, 100.0F, 100.0F)};
    Fragments debris;
    Remains rest;
    const float nan = std::numeric_limits<float>::quiet_NaN();
    const float infinite = std::numeric_limits<float>::infinity();
    for (const Crater& crater :
         {circle({nan, 0.0F}, 10.0F), circle({0.0F, infinite}, 10.0F), circle({0.0F, 0.0F}, nan),
          circle({0.0F, 0.0F}, infinite), circle({0.0F, 0.0F}, 1e30F), circle({0.0F, 0.0F}, 0.0F),
          circle({0.0F, 0.0F}, 10.0F, 0), circle({0.0F, 0.0F}, 10.0F, -5),
          circle({0.0F, 0.0F}, 10.0F, 100'001)}) {
        const Failure failure = damage(rings, crater, debris, rest);
        EXPECT_EQ(failure.status, Status::bad_argument) << failure.message;
        EXPECT_EQ(debris.size(), 0U);
        EXPECT_FALSE(rest.hit);
    }
    Crater crater = circle({50.0F, 50.0F}, 10.0F);
    crater.anchors = {{}};
    EXPECT_EQ(damage(rings, crater, debris, rest).status, Status::bad_argument);
    crater.anchors = {{{1.0F, 1.0F}, {2.0F, 2.0F}}};
    EXPECT_EQ(damage(rings, crater, debris, rest).status, Status::bad_argument);
    crater.anchors = {{{nan, 1.0F}}};
    EXPECT_EQ(damage(rings, crater, debris, rest).status, Status::bad_argument);
    const Failure no_area = damage(rings, circle({50.0F, 50.0F}, 0.0F), debris, rest);
    EXPECT_NE(no_area.message.find("no area"), std::string::npos) << no_area.message;
    crater.anchors.clear();
    EXPECT_FALSE(damage({{{0.0F, 0.0F}, {1.0F, 1.0F}}}, crater, debris, rest).ok());
    std::atomic<bool> cancel{true};
    const auto views = test::views(rings);
    EXPECT_EQ(fracture::damage({views}, crater, {.cancel = &cancel}, debris, rest).status, Status::cancelled);
}

TEST(Crater, TinyOnes) {
    const Rings rings{test::rectangle(0.0F, 0.0F, 100.0F, 100.0F)};
    for (const float radius : {1e-3F, 1e-5F, 1e-7F, 1e-20F}) {
        Fragments debris;
        Remains rest;
        const Failure failure = damage(rings, circle({50.0F, 50.0F}, radius), debris, rest);
        ASSERT_TRUE(failure.ok()) << failure.message;
        if (rest.hit) check(rings, circle({50.0F, 50.0F}, radius), debris, rest);
    }
}

// The same bits everywhere.
TEST(Crater, GoldenHash) {
    std::uint64_t hash = 0xcbf29ce484222325ULL;
    const auto mix = [&](std::uint32_t value) { hash = (hash ^ value) * 0x100000001b3ULL; };
    Rings rings{test::rectangle(0.0F, 0.0F, 200.0F, 120.0F)};
    for (int i = 0; i < 40; ++i) {
        Fragments debris;
        Remains rest;
        const Crater crater =
            circle({static_cast<float>((i * 37) % 200), static_cast<float>((i * 53) % 120)}, 9.0F, 12, i);
        ASSERT_TRUE(damage(rings, crater, debris, rest).ok());
        for (const Point p : debris.points) {
            mix(std::bit_cast<std::uint32_t>(p.x));
            mix(std::bit_cast<std::uint32_t>(p.y));
        }
        for (const Point p : rest.points) {
            mix(std::bit_cast<std::uint32_t>(p.x));
            mix(std::bit_cast<std::uint32_t>(p.y));
        }
        if (rest.hit) rings = islands(rest).at(0);
    }
    EXPECT_EQ(hash, 2209145710947713123ULL);
}

} // namespace
