// Which fragments share a border, and how long it is: from the fragments alone.
//
//     Neighbours neighbours;
//     find_neighbours(fragments, neighbours);
//     for (std::uint32_t k = neighbours.offsets[i]; k < neighbours.offsets[i + 1]; ++k) { ... }
//
// Two fragments are neighbours when an edge of one is, bit for bit, an edge of the other the other way round;
// a shared corner alone does not count. Fragments of one result match edge for edge, so nothing is missed.
//
// Thread rule: pure function.
#pragma once

#include "fracture/fracture.h"

#include <cstdint>
#include <vector>

namespace cutout::fracture {

// Fragment i has the neighbours others[offsets[i] .. offsets[i + 1]), rising; lengths[k] is the length of the
// border with others[k], in units of the input. Every pair stands there twice, once for each of the two.
struct Neighbours {
    std::vector<std::uint32_t> offsets{0};
    std::vector<std::uint32_t> others;
    std::vector<double> lengths;
};

void find_neighbours(const Fragments& fragments, Neighbours& out);

// The same for fragments whose edges are matched already.
class EdgeMatch; // edge_match.h
void find_neighbours(const Fragments& fragments, const EdgeMatch& match, Neighbours& out);

} // namespace cutout::fracture
