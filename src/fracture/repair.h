// Mends what rounding broke: edges that cross, touch or overlap after their ends moved to the nearest floats.
//
// 1. Snap. Where edges cross, both get a vertex at the crossing, rounded; where a vertex lies on an edge, the
//    edge gets it. Every fragment that uses an edge uses its new pieces, so the fragments stay matched edge
//    for edge. Repeat until nothing crosses: iterated snap rounding (J. D. Hobby, Practical segment
//    intersection with finite precision output, Computational Geometry 13, 1999; D. Halperin, E. Packer,
//    Iterated snap rounding, Computational Geometry 23, 2002).
//    Where edges nearly coincide that may go on and on. Then the whole graph is snapped to one grid, as
//    coarse as the floats at its largest coordinate, in one go.
// 2. Relabel. A vertex that jumped over an edge leaves slivers covered twice or not at all. The faces of the
//    snapped graph are found, each with the number of times every fragment winds round it, and each face goes
//    to the fragment that covers it most; a face outside the polygon goes to none. So the result is a
//    partition whatever happened before. Only slivers about as wide as a float's last place change hands.
//
// Thread rule: reentrant.
#pragma once

#include "fracture/plane_graph.h"
#include "geometry/planarity.h"

#include <atomic>
#include <cstdint>
#include <span>
#include <utility>
#include <vector>

namespace cutout::fracture {

enum class RepairResult { done, cancelled, failed };

// How often a label winds round a face. A face's windings are sorted by label, without zeros.
using Winding = std::pair<Label, std::int32_t>;
using FaceRule = Label (*)(std::span<const Winding>);

// The rule of step 2: the label that winds round the face most, if the polygon does at all.
[[nodiscard]] Label most_wound(std::span<const Winding> windings);

// Afterwards graph.edges do not cross, and graph.trace() is right.
[[nodiscard]] RepairResult repair(PlaneGraph& graph, const std::atomic<bool>* cancel,
                                  FaceRule rule = most_wound);

// The second step alone: gives every edge of a plane graph its labels from graph.uses.
void relabel(PlaneGraph& graph, FaceRule rule = most_wound);

} // namespace cutout::fracture
