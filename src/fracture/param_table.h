// The parameter table: for each key what values it takes, and how it is set and read. See params.h.
//
// Thread rule: constant data.
#pragma once

#include "fracture/params.h"

#include <limits>
#include <span>

namespace cutout::fracture {

inline constexpr double unlimited = std::numeric_limits<double>::infinity();

// The seed's range is every 64-bit integer; as doubles its ends are -2^63 and 2^63.
inline constexpr double seed_minimum = -0x1.0p63;
inline constexpr double seed_maximum = 0x1.0p63;

struct TableEntry {
    Field field;
    void (*set)(Params&, const FieldValue&); // takes a value of the field's own type, a choice as its index
    FieldValue (*get)(const Params&);        // gives a choice as its word
};

// The entries of the operation in `params`.
[[nodiscard]] std::span<const TableEntry> table_of(const Params& params);

} // namespace cutout::fracture
