// A border of a cell as a function, relative to an origin that the cells share.
//
//     if (line.at({x, y}) > line.bound) { /* surely on the own side */ }
//
// Thread rule: values.
#pragma once

#include "geometry/two_doubles.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <vector>

#ifdef __SSE2__
#include <emmintrin.h>
#endif

namespace cutout::fracture {

struct Position {
    double x = 0.0;
    double y = 0.0;
};

// f(x, y) = a x + b y + c is zero on the line, and off by at most `bound`.
struct BorderLine {
    double a = 0.0;
    double b = 0.0;
    double c = 0.0;
    double bound = 0.0;

    [[nodiscard]] double at(Position p) const { return a * p.x + b * p.y + c; }
    // Where the function's magnitude is greater, the point is farther from the line than `margin`.
    [[nodiscard]] double reach(double margin) const { return margin * (std::abs(a) + std::abs(b)) + bound; }
};

// Many of them, each with its reach, see above. They lie in pairs, coefficient by coefficient: so two are
// looked at together.
class BorderLines {
    static constexpr std::size_t lanes = 2;
    using Doubles = geometry::TwoDoubles;
    struct Pair {
        Doubles a;
        Doubles b;
        Doubles c;
        Doubles reach;
        Doubles bound;
    };

public:
    static constexpr std::size_t most_at_once = 64;

    // Room for so many, whose values are not set yet.
    void make_room(std::size_t count) {
        const std::size_t pairs = (count + 1) / lanes;
        if (pair_.size() < pairs) pair_.resize(pairs);
    }
    void set(std::size_t i, const BorderLine& line, double reach) {
        Pair& pair = pair_[i / lanes];
        const std::size_t lane = i % lanes;
        pair.a[lane] = line.a;
        pair.b[lane] = line.b;
        pair.c[lane] = line.c;
        pair.reach[lane] = std::max(reach, std::numeric_limits<double>::min()); // a line may be all zeros
        pair.bound[lane] = line.bound;
    }
    [[nodiscard]] BorderLine operator[](std::size_t i) const {
        const Pair& pair = pair_[i / lanes];
        const std::size_t lane = i % lanes;
        return {pair.a[lane], pair.b[lane], pair.c[lane], pair.bound[lane]};
    }
    [[nodiscard]] double reach(std::size_t i) const { return pair_[i / lanes].reach[i % lanes]; }

    // Some of them that follow one another. Valid until there is more room.
    class Range {
    public:
        Range() = default;
        [[nodiscard]] std::size_t size() const { return size_; }
        // A bit for each of the lines, most_at_once of them or less: is the point not surely on its positive
        // side and at its reach or beyond?
        [[nodiscard]] std::uint64_t near(Position p) const {
            std::uint64_t mask = 0;
            for (const Pair* pair = last_; pair != first_;) {
                --pair;
                mask = mask << lanes | near_two(*pair, p);
            }
            return mask & mask_;
        }
        // Would near() be zero for every point of this box? False: it may be, or not.
        [[nodiscard]] bool far(Position low, Position high) const {
            const double middle_x = 0.5 * (low.x + high.x);
            const double middle_y = 0.5 * (low.y + high.y);
            const double half_x = 0.5 * (high.x - low.x);
            const double half_y = 0.5 * (high.y - low.y);
            geometry::TwoMasks inside = {-1, -1};
            for (const Pair* pair = first_; pair != last_; ++pair) {
                const Doubles middle = pair->a * middle_x + pair->b * middle_y + pair->c;
                const Doubles half =
                    geometry::absolute(pair->a) * half_x + geometry::absolute(pair->b) * half_y;
                // (The middle and the half round, too: not by more than a function does.)
                inside &= middle - half > pair->reach + pair->bound;
            }
            return (inside[0] & inside[1]) != 0; // what comes behind the last may spoil it
        }

    private:
        friend class BorderLines;
        Range(const Pair* first, std::size_t size)
            : first_(first), last_(first + (size + 1) / lanes), size_(size),
              mask_(size >= most_at_once ? ~std::uint64_t{0} : (std::uint64_t{1} << size) - 1) {}
        const Pair* first_ = nullptr;
        const Pair* last_ = nullptr;
        std::size_t size_ = 0;
        std::uint64_t mask_ = 0;
    };
    // `begin` is even.
    [[nodiscard]] Range range(std::size_t begin, std::size_t end) const {
        return {pair_.data() + begin / lanes, end - begin};
    }

private:
    [[nodiscard]] static unsigned near_two(const Pair& pair, Position p) {
        // The sign bits are set where it is less.
        const Doubles beyond = pair.a * p.x + pair.b * p.y + pair.c - pair.reach;
#ifdef __SSE2__
        return static_cast<unsigned>(_mm_movemask_pd(std::bit_cast<__m128d>(beyond)));
#else
        const auto bits = std::bit_cast<std::array<std::uint64_t, 2>>(beyond);
        return static_cast<unsigned>(bits[0] >> 63U | (bits[1] >> 63U) << 1U);
#endif
    }

    std::vector<Pair> pair_;
};

} // namespace cutout::fracture
