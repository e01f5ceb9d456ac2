#include "geometry/symbolic.h"

#include "support/shapes.h"

#include <cmath>
#include <cstdint>
#include <gtest/gtest.h>
#include <limits>
#include <vector>

namespace {

using namespace cutout;
using geometry::LineId;
using geometry::Lines;
using geometry::Point;
using geometry::Vertex;
using test::TestRandom;

__extension__ using Wide = __int128;

int sign(Wide value) {
    return value > 0 ? 1 : (value < 0 ? -1 : 0);
}

// Lines and points in integers, as an oracle.
struct WideLine {
    Wide a, b, c;
};
struct WidePoint {
    Wide x, y, w;
};

WideLine through(Point p, Point q) {
    const Wide px = static_cast<std::int64_t>(p.x), py = static_cast<std::int64_t>(p.y);
    const Wide qx = static_cast<std::int64_t>(q.x), qy = static_cast<std::int64_t>(q.y);
    return {py - qy, qx - px, px * qy - qx * py};
}
WideLine bisector(Point p, Point q) {
    const Wide px = static_cast<std::int64_t>(p.x), py = static_cast<std::int64_t>(p.y);
    const Wide qx = static_cast<std::int64_t>(q.x), qy = static_cast<std::int64_t>(q.y);
    return {2 * (qx - px), 2 * (qy - py), px * px + py * py - qx * qx - qy * qy};
}
WidePoint meet(const WideLine& l, const WideLine& m) {
    return {l.b * m.c - m.b * l.c, l.c * m.a - m.c * l.a, l.a * m.b - m.a * l.b};
}
int side(const WideLine& l, const WidePoint& p) {
    return sign(l.a * p.x + l.b * p.y + l.c * p.w) * sign(p.w);
}

class Arrangement {
public:
    Arrangement(TestRandom& random, int range, int count) {
        while (static_cast<int>(wide.size()) < count) {
            const auto point = [&] {
                return Point{static_cast<float>(random.integer(-range, range)),
                             static_cast<float>(random.integer(-range, range))};
            };
            const Point p = point();
            const Point q = point();
            if (p == q) continue;
            const bool bisects = random.integer(0, 1) == 0;
            ids.push_back(bisects ? lines.add_bisector(p, q) : lines.add_through(p, q));
            wide.push_back(bisects ? bisector(p, q) : through(p, q));
        }
    }
    Lines lines;
    std::vector<LineId> ids;
    std::vector<WideLine> wide;
};

TEST(Symbolic, SidesAndTurnsAreExact) {
    TestRandom random(1);
    int zeros = 0;
    for (int round = 0; round < test::cases(4000); ++round) {
        // Small ranges are full of coincidences, large ones of near misses.
        Arrangement a(random, round % 2 == 0 ? 3 : 10'000, 6);
        for (std::size_t i = 0; i < a.ids.size(); ++i) {
            for (std::size_t j = 0; j < a.ids.size(); ++j) {
                const Wide cross = a.wide[i].a * a.wide[j].b - a.wide[i].b * a.wide[j].a;
                ASSERT_EQ(a.lines.turn(a.ids[i], a.ids[j]), sign(cross));
                if (cross == 0) continue;
                const Vertex v = a.lines.intersect(a.ids[i], a.ids[j]);
                const WidePoint p = meet(a.wide[i], a.wide[j]);
                ASSERT_NEAR(v.x, static_cast<double>(p.x) / static_cast<double>(p.w),
                            v.error + 1e-12 * std::abs(v.x));
                ASSERT_NEAR(v.y, static_cast<double>(p.y) / static_cast<double>(p.w),
                            v.error + 1e-12 * std::abs(v.y));
                for (std::size_t k = 0; k < a.ids.size(); ++k) {
                    const int expected = side(a.wide[k], p);
                    ASSERT_EQ(a.lines.side(a.ids[k], v), expected);
                    zeros += expected == 0 && k != i && k != j ? 1 : 0;
                }
            }
        }
    }
    EXPECT_GT(zeros, test::cases(4000) / 4); // three lines through one point
}

TEST(Symbolic, OrderAlongALineIsExact) {
    TestRandom random(2);
    int ties = 0;
    for (int round = 0; round < test::cases(4000); ++round) {
        Arrangement a(random, round % 2 == 0 ? 3 : 10'000, 5);
        const WideLine& l = a.wide[0];
        for (std::size_t i = 1; i < a.ids.size(); ++i) {
            for (std::size_t j = 1; j < a.ids.size(); ++j) {
                const WidePoint p = meet(l, a.wide[i]);
                const WidePoint q = meet(l, a.wide[j]);
                if (p.w == 0 || q.w == 0) continue;
                // (p - q) along the direction (b, -a)
                const Wide along = (p.x * q.w - q.x * p.w) * l.b - (p.y * q.w - q.y * p.w) * l.a;
                const int expected = sign(along) * sign(p.w) * sign(q.w);
                const Vertex u = a.lines.intersect(a.ids[0], a.ids[i]);
                const Vertex v = a.lines.intersect(a.ids[j], a.ids[0]);
                ASSERT_EQ(a.lines.compare_along(a.ids[0], u, v), expected);
                ties += expected == 0 && i != j ? 1 : 0;
            }
        }
    }
    EXPECT_GT(ties, test::cases(4000) / 40);
}

TEST(Symbolic, OnePointHasOneRounding) {
    // Many lines through one rational point, in pairs: all intersections round to the same bits.
    TestRandom random(3);
    for (int round = 0; round < test::cases(2000); ++round) {
        Lines lines;
        const int cx = random.integer(-1000, 1000);
        const int cy = random.integer(-1000, 1000);
        std::vector<LineId> ids;
        while (ids.size() < 6) {
            // Points opposite each other, at two distances: their lines pass through (cx, cy).
            const int dx = random.integer(-300, 300);
            const int dy = random.integer(-300, 300);
            if (dx == 0 && dy == 0) continue;
            ids.push_back(
                lines.add_through({static_cast<float>(cx - dx), static_cast<float>(cy - dy)},
                                  {static_cast<float>(cx + 2 * dx), static_cast<float>(cy + 2 * dy)}));
        }
        for (const LineId l : ids) {
            for (const LineId m : ids) {
                if (lines.turn(l, m) == 0) continue;
                const Point p = lines.rounded(lines.intersect(l, m));
                ASSERT_EQ(p.x, static_cast<float>(cx));
                ASSERT_EQ(p.y, static_cast<float>(cy));
            }
        }
    }
}

TEST(Symbolic, RoundsToTheNearestFloat) {
    TestRandom random(4);
    for (int round = 0; round < test::cases(20'000); ++round) {
        Arrangement a(random, 30'000, 2);
        if (a.lines.turn(a.ids[0], a.ids[1]) == 0) continue;
        const WidePoint exact = meet(a.wide[0], a.wide[1]);
        const Point p = a.lines.rounded(a.lines.intersect(a.ids[0], a.ids[1]));
        const long double x = static_cast<long double>(exact.x) / static_cast<long double>(exact.w);
        const auto distance = [&](float value) { return std::abs(static_cast<long double>(value) - x); };
        const float up = std::nextafter(p.x, std::numeric_limits<float>::infinity());
        const float down = std::nextafter(p.x, -std::numeric_limits<float>::infinity());
        // Long doubles have 11 bits more than needed to tell; nearer by that much would be an error.
        ASSERT_LE(distance(p.x), distance(up) * (1.0L + 1e-15L));
        ASSERT_LE(distance(p.x), distance(down) * (1.0L + 1e-15L));
    }
}

TEST(Symbolic, TiesRoundToEven) {
    // x = 2^24 + 1, halfway between two floats; from both sides of the tie.
    Lines lines;
    const auto big = static_cast<float>(1 << 24);
    const LineId level = lines.add_horizontal(0.0);
    const LineId slanted = lines.add_through({big, -1.0F}, {big + 2.0F, 1.0F});
    EXPECT_EQ(lines.rounded(lines.intersect(level, slanted)).x, big);
    const LineId next = lines.add_through({big + 2.0F, -1.0F}, {big + 4.0F, 1.0F});
    EXPECT_EQ(lines.rounded(lines.intersect(next, level)).x, big + 4.0F);
}

TEST(Symbolic, ZeroHasNoSign) {
    Lines lines;
    const LineId l = lines.add_through({-1.0F, -1.0F}, {3.0F, 3.0F});
    const LineId m = lines.add_through({-1.0F, 1.0F}, {3.0F, -3.0F});
    const Point p = lines.rounded(lines.intersect(l, m));
    EXPECT_EQ(p.x, 0.0F);
    EXPECT_FALSE(std::signbit(p.x));
    EXPECT_FALSE(std::signbit(p.y));
    EXPECT_FALSE(std::signbit(lines.rounded(geometry::input_vertex({-0.0F, -0.0F})).x));
}

TEST(Symbolic, NearlyParallelLines) {
    // They meet far away, at a very acute angle: no float on the way decides the sign.
    Lines lines;
    const LineId l = lines.add_through({0.0F, 0.0F}, {1.0F, std::numeric_limits<float>::denorm_min()});
    const LineId m = lines.add_through({0.0F, 0.0F}, {1.0F, 0.0F});
    EXPECT_EQ(lines.turn(m, l), 1);
    const LineId n = lines.add_through({5.0F, -1.0F}, {5.0F, 1.0F});
    EXPECT_EQ(lines.side(m, lines.intersect(l, n)), 1);
    EXPECT_EQ(lines.side(l, lines.intersect(m, n)), -1);
    EXPECT_EQ(lines.compare_along(n, lines.intersect(m, n), lines.intersect(l, n)), -1);
}

} // namespace
