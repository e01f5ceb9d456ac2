// Do segments meet anywhere but in shared end points? Exact, and near-linear in their number.
//
//     std::vector<Conflict> conflicts;
//     if (!find_conflicts(points, segments, cancel, conflicts)) { return cancelled; }
//     if (conflicts.empty()) { /* the segments form a plane graph */ }
//
// A conflict is a pair of segments that cross, overlap, or touch (an end of one inside the other). Points are
// named by index: equal coordinates must have equal indices. Segments are not degenerate.
//
// Order: conflicts come sorted by (first, second), without repetition. Either all of them are there, or - on
// large inputs that would make the grid quadratic, such as millions of long parallel slivers - those that a
// plane sweep meets (plane_sweep.h): one at least, and the segments that are in none keep apart.
//
// Thread rule: pure function. `cancel` may be set from any thread; then the result is false and `out` empty.
#pragma once

#include "geometry/types.h"

#include <atomic>
#include <cstdint>
#include <span>
#include <vector>

namespace cutout::geometry {

struct Segment {
    std::uint32_t a = 0;
    std::uint32_t b = 0;
};

struct Conflict {
    std::uint32_t first = 0; // indices of segments, first < second
    std::uint32_t second = 0;

    friend bool operator==(const Conflict&, const Conflict&) = default;
    friend bool operator<(const Conflict& a, const Conflict& b) {
        return a.first != b.first ? a.first < b.first : a.second < b.second;
    }
};

// One pair of distinct segments.
[[nodiscard]] bool in_conflict(std::span<const Point> points, Segment s, Segment t);

[[nodiscard]] bool find_conflicts(std::span<const Point> points, std::span<const Segment> segments,
                                  const std::atomic<bool>* cancel, std::vector<Conflict>& out);

} // namespace cutout::geometry
