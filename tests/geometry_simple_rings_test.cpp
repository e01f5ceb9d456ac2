#include "geometry/simple_rings.h"

#include "geometry/planarity.h"
#include "geometry/predicates.h"
#include "geometry/validate.h"
#include "support/shapes.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <gtest/gtest.h>
#include <vector>

namespace {

using namespace cutout;
using geometry::Point;
using test::Rings;
using test::TestRandom;

struct Flat {
    std::vector<Point> points;
    std::vector<std::uint32_t> ends;
};

Flat flat(const Rings& rings) {
    Flat result;
    for (const auto& ring : rings) {
        result.points.insert(result.points.end(), ring.begin(), ring.end());
        result.ends.push_back(static_cast<std::uint32_t>(result.points.size()));
    }
    return result;
}

bool simple(const Rings& rings) {
    const Flat f = flat(rings);
    return geometry::surely_simple(f.points, f.ends);
}

// Every pair of edges, by the book.
bool simple_by_pairs(const Rings& rings) {
    Flat f = flat(rings);
    std::vector<geometry::Segment> segments;
    std::uint32_t begin = 0;
    for (const std::uint32_t end : f.ends) {
        for (std::uint32_t i = begin; i < end; ++i) {
            segments.push_back({i, i + 1 == end ? begin : i + 1});
        }
        begin = end;
    }
    std::vector<Point> sorted = f.points;
    std::sort(sorted.begin(), sorted.end(), geometry::lexicographic_less);
    if (std::adjacent_find(sorted.begin(), sorted.end()) != sorted.end()) return false;
    for (std::size_t i = 0; i < segments.size(); ++i) {
        for (std::size_t j = 0; j < i; ++j) {
            if (geometry::in_conflict(f.points, segments[i], segments[j])) return false;
        }
    }
    return true;
}

TEST(SimpleRings, NeverSaysSoOfOthers) {
    TestRandom random(31);
    int yes = 0;
    int no = 0;
    for (int round = 0; round < test::cases(3000); ++round) {
        // On a small lattice most touch or cross somewhere.
        Rings rings = test::lattice_polygon(random, random.integer(3, 12));
        if (random.integer(0, 2) == 0) {
            std::vector<Point> ring;
            for (int i = random.integer(3, 12); i > 0; --i) {
                const Point p{static_cast<float>(random.integer(0, 9)),
                              static_cast<float>(random.integer(0, 9))};
                if (ring.empty() || (p != ring.back() && p != ring.front())) ring.push_back(p);
            }
            if (ring.size() >= 3) rings.push_back(ring);
        }
        const bool found = simple(rings);
        ASSERT_TRUE(!found || simple_by_pairs(rings)) << "round " << round;
        ++(found ? yes : no);
    }
    EXPECT_GT(yes, test::cases(100));
    EXPECT_GT(no, test::cases(100));
}

TEST(SimpleRings, KnowsPlainPolygons) {
    TestRandom random(32);
    for (int round = 0; round < test::cases(500); ++round) {
        const Rings rings = test::holed_star(random, random.integer(3, 200), random.integer(0, 3));
        const auto views = test::views(rings);
        geometry::SimplePolygon polygon;
        if (!geometry::validate({views}, nullptr, polygon).ok()) continue;
        EXPECT_TRUE(simple(rings)) << "round " << round;
    }
}

TEST(SimpleRings, RingsThatTouchOrFoldBack) {
    const auto square = test::rectangle(0, 0, 10, 10);
    EXPECT_TRUE(simple({square}));
    EXPECT_TRUE(simple({square, test::rectangle(2, 2, 4, 4)}));
    EXPECT_FALSE(simple({square, test::rectangle(0, 2, 4, 4)}));   // along an edge
    EXPECT_FALSE(simple({square, {{10, 10}, {12, 9}, {12, 12}}})); // in a corner
    EXPECT_FALSE(simple({{{0, 0}, {10, 0}, {10, 5}, {10, 2}}}));   // back along its own edge
    EXPECT_TRUE(simple({{{0, 0}, {5, 0}, {10, 0}, {10, 5}}}));     // on along it
}

// All boxes meet all: it gives up in good time, and whoever asks goes on by another way.
TEST(SimpleRings, SlantedTeeth) {
    std::vector<Point> comb = test::slanted_comb(test::cases(20'000));
    const auto check = [&] {
        const Rings rings{comb};
        const auto views = test::views(rings);
        geometry::SimplePolygon polygon;
        return geometry::validate({views}, nullptr, polygon).status;
    };
    EXPECT_EQ(check(), geometry::Status::ok);
    comb[comb.size() / 2 | 1U].x = 0.0F;
    EXPECT_EQ(check(), geometry::Status::self_intersection);
}

} // namespace
