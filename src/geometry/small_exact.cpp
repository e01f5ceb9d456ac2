#include "geometry/small_exact.h"

namespace cutout::geometry {

namespace {

__extension__ using Unsigned128 = unsigned __int128;

int bit_width(Unsigned128 value) {
    const auto high = static_cast<std::uint64_t>(value >> 64U);
    const auto low = static_cast<std::uint64_t>(value);
    return 128 - (high != 0 ? std::countl_zero(high) : 64 + std::countl_zero(low));
}

} // namespace

float nearest_float(Int128 numerator, Int128 denominator, int exponent) {
    if (numerator == 0) return 0.0F;
    const bool negative = (numerator < 0) != (denominator < 0);
    auto n = static_cast<Unsigned128>(numerator < 0 ? -numerator : numerator);
    auto d = static_cast<Unsigned128>(denominator < 0 ? -denominator : denominator);
    // A quotient of 28 bits or 29, and one that says whether anything is left: more than a float keeps.
    constexpr int quotient_bits = 29;
    const int shift = bit_width(d) + quotient_bits - 1 - bit_width(n);
    if (shift > 0) {
        n <<= static_cast<unsigned>(shift);
    } else {
        d <<= static_cast<unsigned>(-shift);
    }
    const auto quotient = static_cast<std::uint64_t>(n / d);
    const std::uint64_t rest = n % d != 0 ? 1 : 0;
    const double magnitude = std::ldexp(static_cast<double>(quotient << 1U | rest), exponent - shift - 1);
    return static_cast<float>(negative ? -magnitude : magnitude);
}

} // namespace cutout::geometry
