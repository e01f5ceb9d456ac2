// Makes a polygon that can be cut from one that crosses or touches itself.
//
//     SimplePolygon polygon;
//     Failure failure = untangle(view, cancel, polygon);   // then the ways that never fail
//
// What is inside: the places that the outer ring winds round any number of times but not zero (the non-zero
// rule), less those that any hole winds round. Crossings become vertices, rounded to the nearest floats; so
// do vertices that lie on edges.
//
// Unlike a polygon that validate() passed, the result may have several outer rings, and its rings may touch
// in vertices: the fast ways do not take it.
//
// Thread rule: reentrant.
#pragma once

#include "geometry/status.h"
#include "geometry/validate.h"

#include <atomic>

namespace cutout::fracture {

// The view must have passed geometry::read().
[[nodiscard]] geometry::Failure untangle(const geometry::PolygonView& view, const std::atomic<bool>* cancel,
                                         geometry::SimplePolygon& out);

} // namespace cutout::fracture
