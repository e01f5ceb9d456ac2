// The order of a few numbers, found by comparing all with all: no branch hangs on the outcome of a
// comparison.
//
//     RankSpace<40> space;
//     std::copy(keys.begin(), keys.end(), space.values.begin());
//     if (distinct_ranks(space, keys.size())) { sorted[space.ranks[i]] = keys[i]; ... }
//
// False: two are equal, or one is NaN; then the ranks mean nothing.
//
// Thread rule: values.
#pragma once

#include "geometry/two_doubles.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <limits>

namespace cutout::geometry {

template <std::size_t most> struct RankSpace {
    static_assert(most % 2 == 0 && most < 64);
    std::array<double, most> values;
    std::array<std::uint32_t, most> ranks; // how many values are less
};

// Of the first `count` values.
template <std::size_t most>
[[nodiscard]] inline bool distinct_ranks(RankSpace<most>& space, std::size_t count) {
    using Doubles = TwoDoubles;
    using Counts = TwoMasks; // a comparison's true is -1
    std::array<Doubles, most / 2> pairs;
    const std::size_t rounds = (count + 1) / 2;
    if (count % 2 != 0) space.values[count] = std::numeric_limits<double>::infinity();
    for (std::size_t k = 0; k < rounds; ++k) {
        pairs[k] = Doubles{space.values[2 * k], space.values[2 * k + 1]};
    }
    std::uint64_t taken = 0; // a bit for each rank
    for (std::size_t i = 0; i < count; ++i) {
        const Doubles value = {space.values[i], space.values[i]};
        Counts not_greater = {0, 0}; // negative: a comparison's true is -1
        for (std::size_t k = 0; k < rounds; ++k) {
            not_greater += pairs[k] <= value;
        }
        const auto rank = static_cast<std::uint64_t>(-(not_greater[0] + not_greater[1])) - 1;
        space.ranks[i] = static_cast<std::uint32_t>(rank);
        taken |= std::uint64_t{1} << (rank & 63U);
    }
    return taken == (std::uint64_t{1} << count) - 1; // so each is there once
}

} // namespace cutout::geometry
