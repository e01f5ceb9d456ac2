#include "geometry/planarity.h"
#include "geometry/plane_sweep.h"

#include "support/shapes.h"

#include <algorithm>
#include <atomic>
#include <cmath>
#include <gtest/gtest.h>
#include <map>
#include <set>
#include <vector>

namespace {

using namespace cutout;
using geometry::Conflict;
using geometry::Point;
using geometry::Segment;
using test::TestRandom;

// Points by value, segments between them.
class Builder {
public:
    void add(Point a, Point b) {
        if (a == b) return;
        segments.push_back({number(a), number(b)});
    }
    std::vector<Point> points;
    std::vector<Segment> segments;

private:
    std::uint32_t number(Point p) {
        const auto [at, added] = numbers_.try_emplace({p.x, p.y}, static_cast<std::uint32_t>(points.size()));
        if (added) points.push_back(p);
        return at->second;
    }
    std::map<std::pair<float, float>, std::uint32_t> numbers_;
};

// Straight from the definition, with the test's own predicate.
bool meet(const Builder& b, Segment s, Segment t) {
    const Point p = b.points[s.a];
    const Point q = b.points[s.b];
    const Point u = b.points[t.a];
    const Point v = b.points[t.b];
    const auto inside = [](Point a, Point c, Point x) { // strictly inside, collinear
        return test::exact_orientation(a, c, x) == 0 && !(x == a) && !(x == c) && std::min(a.x, c.x) <= x.x &&
               x.x <= std::max(a.x, c.x) && std::min(a.y, c.y) <= x.y && x.y <= std::max(a.y, c.y);
    };
    if (inside(p, q, u) || inside(p, q, v) || inside(u, v, p) || inside(u, v, q)) return true;
    if ((p == u && q == v) || (p == v && q == u)) return true;
    return test::exact_orientation(p, q, u) * test::exact_orientation(p, q, v) < 0 &&
           test::exact_orientation(u, v, p) * test::exact_orientation(u, v, q) < 0;
}

std::vector<Conflict> all_pairs(const Builder& b) {
    std::vector<Conflict> result;
    for (std::uint32_t i = 0; i < b.segments.size(); ++i) {
        for (std::uint32_t j = i + 1; j < b.segments.size(); ++j) {
            if (meet(b, b.segments[i], b.segments[j])) result.push_back({i, j});
        }
    }
    return result;
}

// Few and short enough that about half the sets have no conflict.
Builder random_segments(TestRandom& random, int count, double length, bool lattice) {
    Builder builder;
    for (int i = 0; i < count; ++i) {
        Point a{static_cast<float>(random.range(0, 100)), static_cast<float>(random.range(0, 100))};
        Point b{static_cast<float>(static_cast<double>(a.x) + random.range(-length, length)),
                static_cast<float>(static_cast<double>(a.y) + random.range(-length, length))};
        if (lattice) {
            a = {std::round(a.x), std::round(a.y)};
            b = {std::round(b.x), std::round(b.y)};
        }
        builder.add(a, b);
    }
    return builder;
}

TEST(Planarity, FindsAllConflicts) {
    TestRandom random(1);
    int without = 0;
    int with = 0;
    for (int round = 0; round < test::cases(500); ++round) {
        const int count = random.integer(2, 200);
        const Builder b = random_segments(random, count, random.range(0.5, 6.0), random.integer(0, 1) == 0);
        const std::vector<Conflict> expected = all_pairs(b);
        std::vector<Conflict> found;
        ASSERT_TRUE(geometry::find_conflicts(b.points, b.segments, nullptr, found));
        ASSERT_EQ(found, expected) << "round " << round;
        // The sweep finds conflicts only, and such that the segments in none of them keep apart.
        std::set<std::uint32_t> taken;
        for (const Conflict& swept : geometry::sweep_for_conflicts(b.points, b.segments, nullptr)) {
            ASSERT_TRUE(std::binary_search(expected.begin(), expected.end(), swept)) << "round " << round;
            taken.insert({swept.first, swept.second});
        }
        ASSERT_TRUE(std::all_of(expected.begin(), expected.end(),
                                [&](const Conflict& conflict) {
                                    return taken.count(conflict.first) + taken.count(conflict.second) > 0;
                                }))
            << "round " << round;
        (expected.empty() ? without : with)++;
    }
    EXPECT_GT(without, 10);
    EXPECT_GT(with, 10);
}

TEST(Planarity, LevelSegmentsOnTheBordersOfRows) {
    // Rows of the grid begin exactly at the heights of these segments.
    Builder b;
    for (int row = 0; row <= 12; ++row) {
        for (int column = 0; column < 12; ++column) {
            b.add({static_cast<float>(column), static_cast<float>(row)},
                  {static_cast<float>(column) + 0.5F, static_cast<float>(row)});
        }
    }
    std::vector<Conflict> found;
    ASSERT_TRUE(geometry::find_conflicts(b.points, b.segments, nullptr, found));
    EXPECT_TRUE(found.empty());
    b.add({3.25F, 7.0F}, {3.75F, 7.0F});
    ASSERT_TRUE(geometry::find_conflicts(b.points, b.segments, nullptr, found));
    EXPECT_EQ(found.size(), 1U);
}

TEST(Planarity, SlantedNeedlesAreNoQuadraticTrap) {
    // Every needle's box overlaps every other's; a grid would list each in as many cells as there are rows.
    Builder b;
    const int count = test::cases(200'000);
    for (int i = 0; i < count; ++i) {
        const auto shift = static_cast<float>(i) * 0.5F;
        b.add({shift, 0.0F}, {shift + 100'000.0F, 100'000.0F});
    }
    std::vector<Conflict> found;
    ASSERT_TRUE(geometry::find_conflicts(b.points, b.segments, nullptr, found));
    EXPECT_TRUE(found.empty());
    b.add({10.0F, 1.0F}, {20.0F, 1.0F});
    ASSERT_TRUE(geometry::find_conflicts(b.points, b.segments, nullptr, found));
    EXPECT_FALSE(found.empty());
}

TEST(Planarity, ManyConflictsOfManyNeedlesAreFoundAtOnce) {
    // Who mends them one round after another would be long about it.
    Builder b;
    const int count = 20'000; // too many for all pairs
    for (int i = 0; i < count; ++i) {
        const float shift = static_cast<float>(i) * 4.0F;
        const float lean = i % 100 == 0 ? 5.0F : 0.0F; // across the next one
        b.add({shift, 0.0F}, {shift + 100'000.0F + lean, 100'000.0F});
    }
    std::vector<Conflict> found;
    ASSERT_TRUE(geometry::find_conflicts(b.points, b.segments, nullptr, found));
    ASSERT_EQ(found.size(), std::size_t{count / 100});
    for (std::uint32_t k = 0; k < found.size(); ++k) {
        EXPECT_EQ(found[k], (Conflict{100 * k, 100 * k + 1}));
    }
}

TEST(Planarity, FindsAllConflictsOfNeedles) {
    // Where a grid would be quadratic, and several meet.
    Builder b;
    for (int i = 0; i < 600; ++i) {
        const float shift = static_cast<float>(i) * 0.5F;
        const float lean = i % 50 == 0 ? 3.0F : 0.0F;
        b.add({shift, 0.0F}, {shift + 100'000.0F + lean, 100'000.0F});
    }
    const std::vector<Conflict> expected = all_pairs(b);
    EXPECT_GT(expected.size(), 40U);
    std::vector<Conflict> found;
    ASSERT_TRUE(geometry::find_conflicts(b.points, b.segments, nullptr, found));
    EXPECT_EQ(found, expected);
}

TEST(Planarity, CanBeCancelled) {
    TestRandom random(3);
    const Builder b = random_segments(random, 5000, 1.0, false);
    const std::atomic<bool> cancel{true};
    std::vector<Conflict> found;
    EXPECT_FALSE(geometry::find_conflicts(b.points, b.segments, &cancel, found));
    EXPECT_TRUE(found.empty());
}

} // namespace
