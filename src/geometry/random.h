// Portable random numbers: the same seed gives the same sequence on every machine and compiler.
//
//     Random random(seed);
//     double u = random.unit();          // [0, 1)
//
// xoshiro256** by D. Blackman and S. Vigna (2018), its state filled by splitmix64, so neighbouring seeds give
// unrelated sequences. Nothing here uses the standard library's distributions, which differ between
// libraries.
//
// Thread rule: one object, one thread.
#pragma once

#include <array>
#include <bit>
#include <cstdint>

namespace cutout::geometry {

class Random {
public:
    explicit Random(std::uint64_t seed) {
        for (std::uint64_t& word : state_) {
            seed += 0x9E3779B97F4A7C15ULL;
            std::uint64_t z = seed;
            z = (z ^ (z >> 30U)) * 0xBF58476D1CE4E5B9ULL;
            z = (z ^ (z >> 27U)) * 0x94D049BB133111EBULL;
            word = z ^ (z >> 31U);
        }
    }

    // 64 random bits.
    std::uint64_t next() {
        const std::uint64_t result = std::rotl(state_[1] * 5U, 7) * 9U;
        const std::uint64_t shifted = state_[1] << 17U;
        state_[2] ^= state_[0];
        state_[3] ^= state_[1];
        state_[1] ^= state_[2];
        state_[0] ^= state_[3];
        state_[2] ^= shifted;
        state_[3] = std::rotl(state_[3], 45);
        return result;
    }

    // Uniform in [0, 1), a multiple of 2^-53.
    double unit() { return static_cast<double>(next() >> 11U) * 0x1.0p-53; }

    // Uniform in [low, high); `low` when the range is empty.
    double range(double low, double high) { return low + (high - low) * unit(); }

private:
    std::array<std::uint64_t, 4> state_{};
};

} // namespace cutout::geometry
