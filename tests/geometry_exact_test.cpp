#include "geometry/exact.h"

#include "support/shapes.h"

#include <cmath>
#include <cstdint>
#include <gtest/gtest.h>
#include <limits>

namespace {

using cutout::geometry::ExactReal;
using cutout::test::TestRandom;

__extension__ using Wide = __int128;

int sign(Wide value) {
    return value > 0 ? 1 : (value < 0 ? -1 : 0);
}

TEST(Exact, AgreesWithIntegers) {
    TestRandom random(1);
    for (int i = 0; i < cutout::test::cases(200'000); ++i) {
        const auto a = static_cast<std::int64_t>(random.integer(-1'000'000, 1'000'000));
        const auto b = static_cast<std::int64_t>(random.integer(-1'000'000, 1'000'000));
        const auto c = static_cast<std::int64_t>(random.integer(-1'000'000, 1'000'000));
        const auto d = static_cast<std::int64_t>(random.integer(-50, 50));
        const auto real = [](std::int64_t value) { return ExactReal(static_cast<double>(value)); };
        const Wide wide = (Wide{a} * b - Wide{c} * d) * (Wide{b} + c) * d - Wide{a} * a * d;
        const ExactReal exact = (real(a) * real(b) - real(c) * real(d)) * (real(b) + real(c)) * real(d) -
                                real(a) * real(a) * real(d);
        ASSERT_EQ(exact.sign(), sign(wide)) << a << " " << b << " " << c << " " << d;
        ASSERT_NEAR(exact.approximate(), static_cast<double>(wide),
                    1e-15 * std::abs(static_cast<double>(wide)));
    }
}

TEST(Exact, KeepsWhatDoublesLose) {
    const double huge = 1.0e9;
    const auto tiny = static_cast<double>(std::numeric_limits<float>::denorm_min());
    const ExactReal sum = ExactReal(huge) + ExactReal(tiny);
    EXPECT_EQ((sum - ExactReal(huge)).approximate(), tiny);
    // Degree four, over the whole range of coordinates.
    const ExactReal fourth = sum * sum * sum * sum;
    EXPECT_EQ((fourth - ExactReal(huge) * sum * sum * sum).sign(), 1);
    EXPECT_EQ((fourth - fourth).sign(), 0);
    const ExactReal product = (sum - ExactReal(huge)) * (sum - ExactReal(huge)) * (sum - ExactReal(huge));
    EXPECT_EQ(product.sign(), 1);
    EXPECT_EQ((-product).sign(), -1);
}

TEST(Exact, RingLaws) {
    TestRandom random(2);
    const auto number = [&] {
        return ExactReal(std::ldexp(random.range(-1.0, 1.0), random.integer(-149, 30)));
    };
    for (int i = 0; i < cutout::test::cases(20'000); ++i) {
        const ExactReal a = number();
        const ExactReal b = number();
        const ExactReal c = number();
        ASSERT_EQ((a * (b + c) - (a * b + a * c)).sign(), 0);
        ASSERT_EQ((a + b - b - a).sign(), 0);
        ASSERT_EQ(((a + b) * (a - b) - (a * a - b * b)).sign(), 0);
        ASSERT_EQ((a * b).sign(), a.sign() * b.sign());
    }
}

TEST(Exact, Zero) {
    const ExactReal zero(0.0);
    EXPECT_EQ(zero.sign(), 0);
    EXPECT_EQ(ExactReal(0.0).sign(), 0);
    EXPECT_EQ(ExactReal(-0.0).sign(), 0);
    EXPECT_EQ((zero * ExactReal(3.0)).sign(), 0);
    EXPECT_EQ((zero + ExactReal(-3.0)).sign(), -1);
    EXPECT_EQ(zero.approximate(), 0.0);
}

} // namespace
