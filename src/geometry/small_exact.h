// Exact numbers of few bits: integers, times one power of two, in 128 bits.
//
//     std::array<std::int64_t, 4> x{};
//     int exponent = 0;
//     if (as_integers<4>({a, b, c, d}, 36, x, exponent)) { /* a == x[0] * 2^exponent, and so on */ }
//
// Coordinates that are drawn on a lattice, in pixels or as a regular pattern are ties more often than others,
// and multiples of one power of two. What is polynomial in them fits a machine's integers and is told a
// hundred times faster than by ExactReal (exact.h), which takes what is left.
//
// Thread rule: pure functions.
#pragma once

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <cstddef>
#include <cstdint>

namespace cutout::geometry {

__extension__ using Int128 = __int128;

[[nodiscard]] inline int sign_of(Int128 value) {
    return value > 0 ? 1 : (value < 0 ? -1 : 0);
}

// values[i] == out[i] * 2^exponent, with magnitudes of out up to 2^bits. False: they are no such numbers.
// Values: zero, or of magnitudes from 2^-200 to 2^200. bits: 1 to 52.
template <std::size_t count>
[[nodiscard]] bool as_integers(const std::array<double, count>& values, int bits,
                               std::array<std::int64_t, count>& out, int& exponent) {
    constexpr int mantissa_bits = 52;
    constexpr std::uint64_t one = 1;
    constexpr int none = 2000;
    exponent = none;
    for (const double value : values) {
        const auto all = std::bit_cast<std::uint64_t>(value);
        const std::uint64_t mantissa = (all & ((one << mantissa_bits) - 1)) | one << mantissa_bits;
        const int lowest =
            static_cast<int>(all >> mantissa_bits & 0x7FFU) - 1075 + std::countr_zero(mantissa);
        exponent = value == 0.0 ? exponent : std::min(exponent, lowest);
    }
    if (exponent == none) exponent = 0;
    const auto scale = std::bit_cast<double>(static_cast<std::uint64_t>(1023 - exponent) << mantissa_bits);
    const auto most = static_cast<double>(one << static_cast<unsigned>(bits));
    for (std::size_t i = 0; i < count; ++i) {
        const double scaled = values[i] * scale;
        if (!(std::abs(scaled) <= most)) return false;
        out[i] = static_cast<std::int64_t>(scaled);
    }
    return true;
}

// The float nearest to numerator / denominator * 2^exponent, ties to even. denominator: not 0, and below 2^90
// in magnitude.
[[nodiscard]] float nearest_float(Int128 numerator, Int128 denominator, int exponent);

} // namespace cutout::geometry
