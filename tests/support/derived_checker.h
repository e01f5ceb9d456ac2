// Checks what is worked out from fragments, with no code of the kernel: triangles, convex parts, neighbours.
//
//     std::vector<std::string> faults = check_derived(fragments);
//
// Triangles turn left and cover their fragment exactly: each side is used once in either direction, or once
// and is an edge of the ring, and every edge of the ring is used. Convex parts turn left at every corner,
// have at most 8 corners, which are the fragment's own points, and their areas add up. Neighbours are those
// that share an edge bit for bit, with the length of all such edges.
#pragma once

#include "fracture/fracture.h"

#include <string>
#include <vector>

namespace cutout::test {

[[nodiscard]] std::vector<std::string> check_derived(const fracture::Fragments& fragments);

} // namespace cutout::test
