// Four floats that are looked at together.
//
//     const FourFloats x = load_four(values, i);      // values[i] to values[i + 3]
//     for (unsigned mask = bits_of(x <= all_four(high)); mask != 0; mask &= mask - 1) { ... }
//
// (Vectors of the compiler: they work on every machine, with one instruction where it has one.)
//
// Thread rule: values.
#pragma once

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <vector>

#ifdef __SSE__
#include <xmmintrin.h>
#endif

namespace cutout::geometry {

inline constexpr std::size_t four = 4;

using FourFloats [[gnu::vector_size(four * sizeof(float))]] = float;
// What a comparison gives: in each lane all bits, or none.
using FourMasks [[gnu::vector_size(four * sizeof(std::int32_t))]] = std::int32_t;

[[nodiscard]] inline FourFloats load_four(const std::vector<float>& values, std::size_t i) {
    FourFloats result;
    std::memcpy(&result, values.data() + i, sizeof result);
    return result;
}

inline void store_four(std::vector<float>& values, std::size_t i, FourFloats four_values) {
    std::memcpy(values.data() + i, &four_values, sizeof four_values);
}

[[nodiscard]] inline FourFloats all_four(float value) {
    return FourFloats{value, value, value, value};
}

// One bit for each lane that is set.
[[nodiscard]] inline unsigned bits_of(FourMasks masks) {
#ifdef __SSE__
    return static_cast<unsigned>(_mm_movemask_ps(std::bit_cast<__m128>(masks)));
#else
    const FourMasks bits = masks & FourMasks{1, 2, 4, 8};
    const auto halves = std::bit_cast<std::array<std::uint64_t, 2>>(bits);
    const std::uint64_t half = halves[0] | halves[1];
    return static_cast<unsigned>(half | half >> 32U) & 15U;
#endif
}

} // namespace cutout::geometry
