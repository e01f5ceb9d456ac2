// Makes a failing case as small as it goes: drops rings, points, sites, lines, settings, craters and
// anchors, then rounds coordinates, as long as it still fails.
//
//     FractureCase small = shrink(found, [](const FractureCase& c) { return !check_case(c,
//     {}).faults.empty(); });
//
// Greedy, from big steps to small ones; `budget` is the most times that it asks.
#pragma once

#include "support/fracture_case.h"

#include <functional>

namespace cutout::test {

[[nodiscard]] FractureCase shrink(FractureCase fracture_case,
                                  const std::function<bool(const FractureCase&)>& fails, int budget = 4000);

} // namespace cutout::test
