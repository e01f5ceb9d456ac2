// How an operation ended. Every value but `ok` comes with a message that names what is wrong, where, and
// what to do about it. The numbers are public (scripts see them) and never change their meaning.
#pragma once

#include "geometry/types.h"

#include <cstdint>
#include <string>

namespace cutout::geometry {

enum class Status : std::int32_t {
    ok = 0,
    cancelled = 1,

    // The polygon. `Failure::ring` and `Failure::vertex` say where.
    too_few_points = 10,    // a ring has fewer than three distinct points
    not_finite = 11,        // a coordinate is NaN or infinite
    too_large = 12,         // a coordinate's magnitude is beyond the supported range
    zero_area = 13,         // all points of a ring are collinear, or its area is zero
    self_intersection = 14, // two edges of one ring cross
    self_touching = 15,     // a ring touches itself: a vertex on another vertex or edge of the same ring
    rings_cross = 16,       // edges of two rings cross
    rings_touch = 17,       // two rings touch in a point or along an edge
    hole_outside = 18,      // a hole lies outside the outer ring, or inside another hole
    too_small = 19,         // a part of it is about as small as floats are apart in its place

    // The request.
    bad_parameter = 20, // unknown key, wrong type or value out of range
    bad_argument = 21,  // the call itself: a null or wrong type, lists of different lengths, ...
    queue_full = 22,    // the queue's bound is reached; nothing was queued

    // Us.
    out_of_memory = 30,
    internal_error = 31, // an invariant of ours did not hold; the result was withheld rather than be wrong
};

struct Failure {
    Status status = Status::ok;
    std::int32_t ring = -1;   // 0 = outer ring, k = hole k-1; -1 = no place
    std::int32_t vertex = -1; // index into that ring as it was passed in; -1 = no place
    Point where{};            // meaningful when ring >= 0
    std::string message{};    // one sentence in English, empty when ok

    [[nodiscard]] bool ok() const { return status == Status::ok; }
};

} // namespace cutout::geometry
