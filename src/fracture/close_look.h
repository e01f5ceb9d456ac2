// Looks closely at a result for which the quick proof is not enough - cells that were told apart by ties
// alone, or a stretch of boundary that rounding laid on a cut: do its fragments, as they are, tile?
//
//     if (!tiles(fragments, winding, cancel)) { /* withhold it */ }
//
// Checked exactly, on the rounded points: no two edges of the whole result cross, overlap or touch but in
// shared ends; no ring touches itself; every edge has at most one fragment on each side, and the labels round
// every point fit together. Sets on_boundary from the edges that have a fragment on one side only.
// Near-linear in the number of points.
//
// Thread rule: reentrant.
#pragma once

#include "fracture/fracture.h"

#include <atomic>

namespace cutout::fracture {

// winding: of all rings, 1 or -1. False also when cancelled (may be null).
[[nodiscard]] bool tiles(Fragments& fragments, int winding, const std::atomic<bool>* cancel);

} // namespace cutout::fracture
