#include "geometry/small_exact.h"

#include "geometry/exact.h"
#include "geometry/predicates.h"
#include "geometry/symbolic.h"
#include "support/shapes.h"

#include <array>
#include <bit>
#include <cmath>
#include <cstdint>
#include <gtest/gtest.h>
#include <limits>

namespace {

using namespace cutout;
using geometry::ExactReal;
using geometry::Int128;
using geometry::Point;
using test::TestRandom;

ExactReal real(float value) {
    return ExactReal(static_cast<double>(value));
}

// Is the float nearest to x / w, ties to even? By the midpoints to its neighbours.
bool is_nearest(float value, const ExactReal& x, const ExactReal& w) {
    constexpr float infinity = std::numeric_limits<float>::infinity();
    const bool even = (std::bit_cast<std::uint32_t>(value) & 1U) == 0;
    const auto side = [&](float other) { // 1: x / w lies above the midpoint
        const double middle = 0.5 * (static_cast<double>(value) + static_cast<double>(other));
        return (x - ExactReal(middle) * w).sign() * w.sign();
    };
    const int above = side(std::nextafter(value, infinity));
    const int below = side(std::nextafter(value, -infinity));
    return (above < 0 || (above == 0 && even)) && (below > 0 || (below == 0 && even));
}

ExactReal power_of_two(int exponent) {
    return ExactReal(std::ldexp(1.0, exponent));
}

TEST(SmallExact, NearestFloat) {
    TestRandom random(41);
    for (int round = 0; round < test::cases(20'000); ++round) {
        const auto number = [&](int bits) {
            const double all = std::ldexp(random.range(-1.0, 1.0), bits);
            return static_cast<std::int64_t>(all);
        };
        const std::int64_t high = number(random.integer(1, 52));
        const std::int64_t low = number(random.integer(1, 52));
        std::int64_t w = number(random.integer(1, 52));
        if (w == 0) w = 3;
        // Half of them are ties, or nearly.
        const bool tie = random.integer(0, 1) == 0;
        const Int128 n = tie ? Int128{low | 1} * w + random.integer(-1, 1) : (Int128{high} << 52U) + low;
        const ExactReal exact =
            tie ? ExactReal(static_cast<double>(low | 1)) * ExactReal(static_cast<double>(w)) +
                      ExactReal(static_cast<double>(static_cast<std::int64_t>(n - Int128{low | 1} * w)))
                : ExactReal(static_cast<double>(high)) * power_of_two(52) +
                      ExactReal(static_cast<double>(low));
        const int exponent = random.integer(-140, 10);
        const float found = geometry::nearest_float(n, w, exponent);
        ASSERT_TRUE(is_nearest(found, exact * power_of_two(exponent), ExactReal(static_cast<double>(w))))
            << "round " << round;
    }
    EXPECT_EQ(geometry::nearest_float(0, -7, 5), 0.0F);
    EXPECT_EQ(geometry::nearest_float(1, 1, -200), 0.0F);
}

TEST(SmallExact, AsIntegers) {
    std::array<std::int64_t, 3> out{};
    int exponent = 0;
    ASSERT_TRUE(geometry::as_integers<3>({0.75, -6.0, 0.0}, 10, out, exponent));
    EXPECT_EQ(exponent, -2);
    EXPECT_EQ(out, (std::array<std::int64_t, 3>{3, -24, 0}));
    ASSERT_TRUE(geometry::as_integers<3>({0.0, 0.0, -0.0}, 10, out, exponent));
    EXPECT_EQ(out, (std::array<std::int64_t, 3>{0, 0, 0}));
    ASSERT_TRUE(geometry::as_integers<3>({1024.0, 1.0, 0.0}, 10, out, exponent));
    EXPECT_FALSE(geometry::as_integers<3>({1025.0, 1.0, 0.0}, 10, out, exponent));
    EXPECT_FALSE(geometry::as_integers<3>({1.0e9, 1.0e-9, 0.0}, 52, out, exponent));
    const double smallest = std::numeric_limits<float>::denorm_min();
    ASSERT_TRUE(geometry::as_integers<3>({smallest, 5.0 * smallest, -0.5 * smallest}, 52, out, exponent));
    EXPECT_EQ(exponent, -150);
    EXPECT_EQ(out, (std::array<std::int64_t, 3>{2, 10, -1}));
}

// Points of a lattice, near or far, fine or coarse: many are collinear or on one circle.
Point lattice_point(TestRandom& random, double step, double shift) {
    return {static_cast<float>(shift + step * random.integer(-4, 4)),
            static_cast<float>(shift + step * random.integer(-4, 4))};
}

TEST(SmallExact, SignsOnLattices) {
    TestRandom random(42);
    int lines = 0;
    int circles = 0;
    for (int round = 0; round < test::cases(20'000); ++round) {
        const double step = std::ldexp(random.integer(0, 1) == 0 ? 1.0 : 0.1, random.integer(-40, 20));
        const double shift = random.integer(0, 2) == 0 ? 1000.3 * step : 0.0;
        const auto draw = [&] { return lattice_point(random, step, shift); };
        const Point a = draw();
        const Point b = draw();
        const Point c = draw();
        const Point d = draw();
        const auto cross = [](const ExactReal& ux, const ExactReal& uy, const ExactReal& vx,
                              const ExactReal& vy) { return ux * vy - uy * vx; };
        const int turn =
            cross(real(b.x) - real(a.x), real(b.y) - real(a.y), real(c.x) - real(a.x), real(c.y) - real(a.y))
                .sign();
        ASSERT_EQ(geometry::orientation_unsure(a, b, c), turn) << "round " << round;
        lines += turn == 0 ? 1 : 0;
        const auto lift = [&](Point p) {
            const ExactReal x = real(p.x) - real(d.x);
            const ExactReal y = real(p.y) - real(d.y);
            return x * x + y * y;
        };
        const auto minor = [&](Point p, Point q) {
            return cross(real(p.x) - real(d.x), real(p.y) - real(d.y), real(q.x) - real(d.x),
                         real(q.y) - real(d.y));
        };
        const int side = (lift(a) * minor(b, c) + lift(b) * minor(c, a) + lift(c) * minor(a, b)).sign();
        ASSERT_EQ(geometry::in_circle_unsure(a, b, c, d), side) << "round " << round;
        circles += side == 0 ? 1 : 0;
    }
    EXPECT_GT(lines, test::cases(1000));
    EXPECT_GT(circles, test::cases(1000));
}

// Where two lines of lattice points cross, midway between two floats as often as not.
TEST(SmallExact, CrossingsAreRoundedToTheNearestFloats) {
    TestRandom random(43);
    int seen = 0;
    for (int round = 0; round < test::cases(20'000); ++round) {
        const double step = std::ldexp(random.integer(0, 1) == 0 ? 1.0 : 0.1, random.integer(-30, 20));
        const double shift = random.integer(0, 1) == 0 ? 12345.678 * step : 0.0;
        geometry::Lines lines;
        std::array<std::array<ExactReal, 3>, 2> exact;
        bool fine = true;
        for (auto& line : exact) {
            const Point p = lattice_point(random, step, shift);
            const Point q = lattice_point(random, step, shift);
            fine = fine && p != q;
            if (!fine) break;
            const ExactReal dx = real(q.x) - real(p.x);
            const ExactReal dy = real(q.y) - real(p.y);
            if (random.integer(0, 1) == 0) {
                lines.add_through(p, q);
                line = {-dy, dx, dy * real(p.x) - dx * real(p.y)};
            } else {
                lines.add_bisector(p, q);
                const ExactReal half(0.5);
                line = {dx, dy,
                        half * (real(p.x) * real(p.x) + real(p.y) * real(p.y) - real(q.x) * real(q.x) -
                                real(q.y) * real(q.y))};
            }
        }
        if (!fine || lines.turn(0, 1) == 0) continue;
        const auto& [l, m] = exact;
        const ExactReal w = l[0] * m[1] - m[0] * l[1];
        const Point found = lines.rounded(lines.intersect(0, 1));
        ASSERT_TRUE(is_nearest(found.x, l[1] * m[2] - m[1] * l[2], w)) << "round " << round;
        ASSERT_TRUE(is_nearest(found.y, l[2] * m[0] - m[2] * l[0], w)) << "round " << round;
        ++seen;
    }
    EXPECT_GT(seen, test::cases(5000));
}

} // namespace
