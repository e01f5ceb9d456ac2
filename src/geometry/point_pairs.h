// What is asked of every point of a ring, two points at a time: bounds, repeated points, the lowest one.
//
//     const PointBounds bounds = bounds_of(ring);               // one point or more
//     const std::size_t lowest = lowest_point(ring, bounds.low.x);
//     if (repeats_a_point(ring)) { ... }                        // two in a row, the last and first not
//     counted
//
// Coordinates are finite numbers. No branch hangs on their values.
//
// Thread rule: pure functions.
#pragma once

#include "geometry/four_floats.h"
#include "geometry/types.h"

#include <algorithm>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <span>

namespace cutout::geometry {

struct PointBounds {
    Point low;
    Point high;
};

// x and y of one point, then of the next.
[[nodiscard]] inline FourFloats load_two_points(const Point* points) {
    FourFloats result;
    std::memcpy(&result, points, sizeof result);
    return result;
}

inline void store_two_points(Point* points, FourFloats value) {
    std::memcpy(static_cast<void*>(points), &value, sizeof value);
}

// Copies points, few mostly; returns where the copies end.
inline Point* copy_points(const Point* from, const Point* end, Point* to) {
    for (; end - from >= 2; from += 2, to += 2) {
        store_two_points(to, load_two_points(from));
    }
    if (from != end) *to++ = *from;
    return to;
}

[[nodiscard]] inline FourFloats same_point_twice(Point p) {
    return FourFloats{p.x, p.y, p.x, p.y};
}

[[nodiscard]] inline FourFloats lesser(FourFloats a, FourFloats b) {
    return a < b ? a : b;
}
[[nodiscard]] inline FourFloats greater(FourFloats a, FourFloats b) {
    return a < b ? b : a;
}

// In each lane the other coordinate's: both are set where a comparison holds for both.
[[nodiscard]] inline FourMasks other_coordinates(FourMasks masks) {
    return __builtin_shufflevector(masks, masks, 1, 0, 3, 2);
}

// Bounds that grow two points at a time.
class GrowingBounds {
public:
    explicit GrowingBounds(Point first) : low_(same_point_twice(first)), high_(low_) {}
    void add(FourFloats two_points) {
        low_ = lesser(low_, two_points);
        high_ = greater(high_, two_points);
    }
    void add(std::span<const Point> points) {
        const Point* p = points.data();
        const Point* const end = p + points.size();
        for (; end - p >= 4; p += 4) {
            add(load_two_points(p));
            add(load_two_points(p + 2));
        }
        for (; p != end; ++p) {
            add(same_point_twice(*p));
        }
    }
    [[nodiscard]] PointBounds result() const {
        const FourFloats low = lesser(low_, __builtin_shufflevector(low_, low_, 2, 3, 0, 1));
        const FourFloats high = greater(high_, __builtin_shufflevector(high_, high_, 2, 3, 0, 1));
        return {.low = {low[0], low[1]}, .high = {high[0], high[1]}};
    }

private:
    FourFloats low_;
    FourFloats high_;
};

[[nodiscard]] inline PointBounds bounds_of(std::span<const Point> points) {
    GrowingBounds bounds(points[0]);
    bounds.add(points);
    return bounds.result();
}

[[nodiscard]] inline bool repeats_a_point(std::span<const Point> points) {
    if (points.size() < 2) return false;
    FourMasks repeats = {0, 0, 0, 0};
    std::size_t i = 0;
    for (; i + 3 <= points.size(); i += 2) {
        const FourMasks same = load_two_points(points.data() + i) == load_two_points(points.data() + i + 1);
        repeats |= same & other_coordinates(same);
    }
    const bool last = i + 2 == points.size() && points[i] == points[i + 1];
    return last || bits_of(repeats) != 0;
}

// The first of the points that have this x, the lowest there is, and of these the lowest y.
[[nodiscard]] inline std::size_t lowest_point(std::span<const Point> points, float low_x) {
    const FourFloats low = all_four(low_x);
    std::size_t lowest = points.size();
    std::size_t begin = 0;
    while (begin < points.size()) {
        std::uint64_t mask = 0; // a bit for each
        std::size_t i = begin;
        for (unsigned bit = 0; bit < 64 && i + four <= points.size(); bit += four, i += four) {
            const FourFloats one = load_two_points(points.data() + i);
            const FourFloats two = load_two_points(points.data() + i + 2);
            mask |= std::uint64_t{bits_of(__builtin_shufflevector(one, two, 0, 2, 4, 6) == low)} << bit;
        }
        if (i == begin) {
            for (; i < points.size(); ++i) {
                mask |= std::uint64_t{points[i].x == low_x} << (i - begin);
            }
        }
        for (; mask != 0; mask &= mask - 1) {
            const std::size_t found = begin + static_cast<std::size_t>(std::countr_zero(mask));
            if (lowest == points.size() || points[found].y < points[lowest].y) lowest = found;
        }
        begin = i;
    }
    return lowest;
}

} // namespace cutout::geometry
