// The buffers of a fracture, to be used again by the next: after the first few, a fracture asks for no memory
// but that of its result.
//
//     Workspace workspace; // one for each thread that fractures
//     fracture(polygon, params, {.workspace = &workspace}, fragments);
//
// Thread rule: one object, one thread.
#pragma once

#include "fracture/fracture.h"
#include "fracture/line_walk.h"
#include "fracture/voronoi_walk.h"
#include "geometry/types.h"
#include "geometry/validate.h"

#include <vector>

namespace cutout::fracture {

struct Workspace {
    geometry::SimplePolygon polygon;
    std::vector<geometry::Point> sites;
    VoronoiWalk voronoi;
    LineWalk lines;
    Fragments result; // for a caller that only wants to look at it

    // A fracture threw: the buffers hold anything, and the next one begins with new ones.
    bool is_spoiled = false;

    // New buffers in the place of these; the result stays.
    void renew() {
        is_spoiled = false;
        polygon = {};
        sites = {};
        voronoi = {};
        lines = {};
    }
};

} // namespace cutout::fracture
