// What is asked of every point of a ring, two points at a time: bounds, repeated points, the lowest one.
//
//     const PointBounds bounds = bounds_of(ring); // one point or more
//     const std::size_t lowest = lowest_point(ring, bounds.low.x);
//     if (repeats_a_point(ring)) { ... }          // two in a row; the last and the first are not
//
// Coordinates are finite numbers. Hardly a branch hangs on their values.
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
#include <limits>
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

// Rings that are written one behind the other have room round them. There, points are copied in rounds of
// four: most copies take one or two, so that where they end is no branch that cannot be foreseen. Up to three
// more than `count` are read and written.
inline void copy_in_rounds(const Point* from, std::size_t count, Point* to) {
    for (std::size_t i = 0; i < count; i += four) {
        store_two_points(to + i, load_two_points(from + i));
        store_two_points(to + i + 2, load_two_points(from + i + 2));
    }
}
// The same backwards, from the last one on: up to three before the first are read.
inline void copy_back_in_rounds(const Point* last, std::size_t count, Point* to) {
    const auto turned = [](FourFloats two) { return __builtin_shufflevector(two, two, 2, 3, 0, 1); };
    for (std::size_t i = 0; i < count; i += four) {
        store_two_points(to + i, turned(load_two_points(last - i - 1)));
        store_two_points(to + i + 2, turned(load_two_points(last - i - 3)));
    }
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
    // Of nothing.
    GrowingBounds()
        : low_(all_four(std::numeric_limits<float>::infinity())),
          high_(all_four(-std::numeric_limits<float>::infinity())) {}
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

// The first of the points that have this x, the lowest there is, and of these the lowest y. In rounds of four
// as above: up to three points more are read.
[[nodiscard]] inline std::size_t lowest_point_in_rounds(const Point* points, std::size_t count, float low_x) {
    constexpr std::size_t most_at_once = 64;
    const FourFloats low = all_four(low_x);
    std::size_t lowest = count;
    for (std::size_t begin = 0; begin < count; begin += most_at_once) {
        const std::size_t end = std::min(count, begin + most_at_once);
        std::uint64_t mask = 0; // a bit for each
        for (std::size_t i = begin; i < end; i += four) {
            const FourFloats one = load_two_points(points + i);
            const FourFloats two = load_two_points(points + i + 2);
            const FourMasks here = __builtin_shufflevector(one, two, 0, 2, 4, 6) == low;
            mask |= std::uint64_t{bits_of(here)} << (i - begin);
        }
        mask &= ~std::uint64_t{0} >> (most_at_once - (end - begin));
        for (; mask != 0; mask &= mask - 1) {
            const std::size_t found = begin + static_cast<std::size_t>(std::countr_zero(mask));
            if (lowest == count || points[found].y < points[lowest].y) lowest = found;
        }
    }
    return lowest;
}

// The same of points that have no room behind them.
[[nodiscard]] inline std::size_t lowest_point(std::span<const Point> points, float low_x) {
    const std::size_t in_rounds = points.size() / four * four;
    std::size_t lowest = lowest_point_in_rounds(points.data(), in_rounds, low_x);
    if (lowest == in_rounds) lowest = points.size(); // none
    for (std::size_t i = in_rounds; i < points.size(); ++i) {
        if (points[i].x == low_x && (lowest == points.size() || points[i].y < points[lowest].y)) lowest = i;
    }
    return lowest;
}

} // namespace cutout::geometry
