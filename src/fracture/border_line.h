// A border of a cell as a function, relative to an origin that the cells share.
//
//     if (line.at({x, y}) > line.bound) { /* surely on the own side */ }
//
// Thread rule: values.
#pragma once

#include <array>
#include <bit>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <cstring>
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

// Many of them, by coefficients: so several are looked at together. Each with its reach, see above.
class BorderLines {
public:
    // Room for so many, whose values are not set yet.
    void make_room(std::size_t count) {
        if (a_.size() >= count) return;
        for (std::vector<double>* values : {&a_, &b_, &c_, &bound_, &reach_}) {
            values->resize(count);
        }
    }
    void set(std::size_t i, const BorderLine& line, double reach) {
        a_[i] = line.a;
        b_[i] = line.b;
        c_[i] = line.c;
        bound_[i] = line.bound;
        reach_[i] = reach;
    }
    [[nodiscard]] BorderLine operator[](std::size_t i) const { return {a_[i], b_[i], c_[i], bound_[i]}; }

    static constexpr std::size_t most_at_once = 64;
    // A bit for each of the lines in [begin, end), most_at_once of them or less: is the point not surely on
    // its positive side and beyond its reach?
    [[nodiscard]] std::uint64_t near(std::size_t begin, std::size_t end, Position p) const {
        std::uint64_t mask = 0;
        std::size_t i = begin;
        for (; i + lanes <= end; i += lanes) {
            mask |= std::uint64_t{near_two(i, p)} << (i - begin);
        }
        if (i < end && !((*this)[i].at(p) > reach_[i])) mask |= std::uint64_t{1} << (i - begin);
        return mask;
    }

private:
    static constexpr std::size_t lanes = 2;
    // (Vectors of the compiler: they work on every machine. Two doubles are what all have.)
    using Doubles [[gnu::vector_size(lanes * sizeof(double))]] = double;

    [[nodiscard]] static Doubles load(const std::vector<double>& values, std::size_t i) {
        Doubles result;
        std::memcpy(&result, values.data() + i, sizeof result);
        return result;
    }
    [[nodiscard]] unsigned near_two(std::size_t i, Position p) const {
        const Doubles value = load(a_, i) * p.x + load(b_, i) * p.y + load(c_, i);
        // The sign bits are set where the function is greater.
        const Doubles below = load(reach_, i) - value;
#ifdef __SSE2__
        return static_cast<unsigned>(_mm_movemask_pd(std::bit_cast<__m128d>(below))) ^ 3U;
#else
        const auto bits = std::bit_cast<std::array<std::uint64_t, 2>>(below);
        return static_cast<unsigned>(bits[0] >> 63U | (bits[1] >> 63U) << 1U) ^ 3U;
#endif
    }

    std::vector<double> a_;
    std::vector<double> b_;
    std::vector<double> c_;
    std::vector<double> bound_;
    std::vector<double> reach_;
};

} // namespace cutout::fracture
