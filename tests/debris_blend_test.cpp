// Mean value coordinates: what they must be at points, on edges, inside, with holes.
#include "debris/blend.h"

#include "support/shapes.h"

#include <algorithm>
#include <cmath>
#include <gtest/gtest.h>
#include <numeric>
#include <vector>

namespace {

using namespace cutout;
using geometry::Point;
using test::Rings;
using test::TestRandom;

std::vector<Point> all_points(const Rings& rings) {
    std::vector<Point> points;
    for (const auto& ring : rings) {
        points.insert(points.end(), ring.begin(), ring.end());
    }
    return points;
}

bool inside(const Rings& rings, Point p) {
    bool is_inside = false;
    for (const auto& ring : rings) {
        for (std::size_t i = 0; i < ring.size(); ++i) {
            const Point a = ring[i];
            const Point b = ring[(i + 1) % ring.size()];
            if ((a.y > p.y) == (b.y > p.y)) continue;
            if (p.x < a.x + (double{b.x} - a.x) * (double{p.y} - a.y) / (double{b.y} - a.y)) {
                is_inside = !is_inside;
            }
        }
    }
    return is_inside;
}

struct Sums {
    double one = 0.0;
    double x = 0.0;
    double y = 0.0;
};

Sums sums(std::span<const double> weights, const std::vector<Point>& points) {
    Sums sums;
    for (std::size_t i = 0; i < points.size(); ++i) {
        sums.one += weights[i];
        sums.x += weights[i] * points[i].x;
        sums.y += weights[i] * points[i].y;
    }
    return sums;
}

// Weights of a point inside: their sum is 1, and they give the point itself, so whatever is linear over the
// polygon comes out as it is.
TEST(Blend, IsLinearlyPrecise) {
    TestRandom random(11);
    int looked_at = 0;
    for (int round = 0; round < test::cases(600); ++round) {
        const Rings rings = random.integer(0, 1) == 0 ? test::holed_star(random, random.integer(12, 40), 2)
                                                      : Rings{test::star(random, 17, 80.0, 50.0)};
        const auto views = test::views(rings);
        const std::vector<Point> points = all_points(rings);
        debris::Blend blend({views});
        for (int i = 0; i < 20; ++i) {
            const Point p{static_cast<float>(random.range(-100.0, 100.0)),
                          static_cast<float>(random.range(-100.0, 100.0))};
            if (!inside(rings, p)) continue;
            ++looked_at;
            ASSERT_TRUE(blend.weigh(p));
            const Sums got = sums(blend.weights(), points);
            ASSERT_NEAR(got.one, 1.0, 1e-9);
            ASSERT_NEAR(got.x, p.x, 1e-3);
            ASSERT_NEAR(got.y, p.y, 1e-3);
        }
    }
    EXPECT_GT(looked_at, 100);
}

// In a convex polygon no weight is negative: colours stay between those that are given.
TEST(Blend, IsNeverNegativeInConvexPolygons) {
    TestRandom random(12);
    for (int round = 0; round < test::cases(300); ++round) {
        const Rings rings{test::star(random, random.integer(3, 12), 80.0, 0.0)};
        const auto views = test::views(rings);
        debris::Blend blend({views});
        for (int i = 0; i < 20; ++i) {
            const Point p{static_cast<float>(random.range(-80.0, 80.0)),
                          static_cast<float>(random.range(-80.0, 80.0))};
            if (!inside(rings, p)) continue;
            ASSERT_TRUE(blend.weigh(p));
            for (const double weight : blend.weights()) {
                ASSERT_GE(weight, -1e-9);
            }
        }
    }
}

TEST(Blend, IsExactAtPointsAndLinearOnEdges) {
    TestRandom random(13);
    for (int round = 0; round < test::cases(300); ++round) {
        const Rings rings = test::holed_star(random, random.integer(12, 40), 3);
        const auto views = test::views(rings);
        debris::Blend blend({views});
        std::size_t first = 0;
        for (const auto& ring : rings) {
            for (std::size_t i = 0; i < ring.size(); ++i) {
                const std::size_t next = (i + 1) % ring.size();
                ASSERT_TRUE(blend.weigh(ring[i]));
                for (std::size_t k = 0; k < blend.weights().size(); ++k) {
                    ASSERT_EQ(blend.weights()[k], k == first + i ? 1.0 : 0.0);
                }
                const double share = random.range(0.05, 0.95);
                const Point p{static_cast<float>(ring[i].x + share * (double{ring[next].x} - ring[i].x)),
                              static_cast<float>(ring[i].y + share * (double{ring[next].y} - ring[i].y))};
                ASSERT_TRUE(blend.weigh(p));
                for (std::size_t k = 0; k < blend.weights().size(); ++k) {
                    const double expected = k == first + i ? 1.0 - share : k == first + next ? share : 0.0;
                    ASSERT_NEAR(blend.weights()[k], expected, 1e-4);
                }
            }
            first += ring.size();
        }
    }
}

// Next to an edge the weights are almost those on it: no step where the exact case begins.
TEST(Blend, HasNoStepAtEdges) {
    const Rings rings{test::rectangle(0.0F, 0.0F, 100.0F, 60.0F)};
    const auto views = test::views(rings);
    debris::Blend blend({views});
    ASSERT_TRUE(blend.weigh({30.0F, 0.0F}));
    const std::vector<double> on(blend.weights().begin(), blend.weights().end());
    for (const float beside : {1e-6F, 1e-5F, 1e-4F, 1e-3F, 1e-2F}) {
        ASSERT_TRUE(blend.weigh({30.0F, beside}));
        for (std::size_t k = 0; k < on.size(); ++k) {
            EXPECT_NEAR(blend.weights()[k], on[k], 1e-2) << beside;
        }
    }
}

// Polygons of all sizes, turned both ways round.
TEST(Blend, TakesAnyScaleAndWinding) {
    TestRandom random(14);
    for (const double scale : {1e-3, 1.0, 1e4}) {
        Rings rings = test::holed_star(random, 24, 2);
        if (scale > 1.0) {
            for (auto& ring : rings) {
                std::ranges::reverse(ring);
            }
        }
        test::transform(rings, scale, 0.0, 0.0);
        const auto views = test::views(rings);
        const std::vector<Point> points = all_points(rings);
        debris::Blend blend({views});
        for (int i = 0; i < 200; ++i) {
            const Point p{static_cast<float>(random.range(-100.0, 100.0) * scale),
                          static_cast<float>(random.range(-100.0, 100.0) * scale)};
            if (!inside(rings, p)) continue;
            ASSERT_TRUE(blend.weigh(p));
            const Sums got = sums(blend.weights(), points);
            ASSERT_NEAR(got.one, 1.0, 1e-9);
            ASSERT_NEAR(got.x, p.x, 1e-4 * scale * 100.0);
            ASSERT_NEAR(got.y, p.y, 1e-4 * scale * 100.0);
        }
    }
}

} // namespace
