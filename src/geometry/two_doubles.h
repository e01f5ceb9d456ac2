// Two doubles that are looked at together: both coordinates of a point, or the same of two points.
//
//     const TwoDoubles edge = both(q) - both(p);
//
// (Vectors of the compiler: they work on every machine, and two doubles are what all have.)
//
// Thread rule: values.
#pragma once

#include "geometry/types.h"

#include <bit>
#include <cstdint>

namespace cutout::geometry {

using TwoDoubles [[gnu::vector_size(2 * sizeof(double))]] = double;
// What a comparison gives: in each lane all bits, or none.
using TwoMasks [[gnu::vector_size(2 * sizeof(std::int64_t))]] = std::int64_t;

[[nodiscard]] inline TwoDoubles both(Point p) {
    return TwoDoubles{static_cast<double>(p.x), static_cast<double>(p.y)};
}

[[nodiscard]] inline TwoDoubles absolute(TwoDoubles values) {
    return std::bit_cast<TwoDoubles>(std::bit_cast<TwoMasks>(values) & TwoMasks{INT64_MAX, INT64_MAX});
}

} // namespace cutout::geometry
