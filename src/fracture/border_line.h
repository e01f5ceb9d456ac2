// A border of a cell as a function, relative to an origin that the cells share.
//
//     if (line.at({x, y}) > line.bound) { /* surely on the own side */ }
//
// Thread rule: values.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <vector>

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
};

// Many of them, by coefficients: so several are looked at together.
class BorderLines {
public:
    // Room for so many, whose values are not set yet.
    void make_room(std::size_t count) {
        if (a_.size() >= count) return;
        for (std::vector<double>* values : {&a_, &b_, &c_, &bound_}) {
            values->resize(count);
        }
    }
    void set(std::size_t i, const BorderLine& line) {
        a_[i] = line.a;
        b_[i] = line.b;
        c_[i] = line.c;
        bound_[i] = line.bound;
    }
    [[nodiscard]] BorderLine operator[](std::size_t i) const { return {a_[i], b_[i], c_[i], bound_[i]}; }

    // Is the point surely on the positive side of all lines in [begin, end)? False if there are fewer than
    // two.
    [[nodiscard]] bool surely_inside(std::size_t begin, std::size_t end, Position p) const {
        if (begin + lanes > end) return false;
        Bits inside = below_bound(begin, p);
        for (std::size_t i = begin + lanes; i + lanes < end; i += lanes) {
            inside &= below_bound(i, p);
        }
        inside &= below_bound(end - lanes, p); // the last two, be there an odd number or not
        return ((inside[0] & inside[1]) >> 63U) != 0;
    }

private:
    static constexpr std::size_t lanes = 2;
    // (Vectors of the compiler: they work on every machine. Two doubles are what all have.)
    using Doubles [[gnu::vector_size(lanes * sizeof(double))]] = double;
    using Bits [[gnu::vector_size(lanes * sizeof(double))]] = std::uint64_t;

    [[nodiscard]] static Doubles load(const std::vector<double>& values, std::size_t i) {
        Doubles result;
        std::memcpy(&result, values.data() + i, sizeof result);
        return result;
    }
    // The sign bits are set where the function is greater than its bound.
    [[nodiscard]] Bits below_bound(std::size_t i, Position p) const {
        const Doubles value = load(a_, i) * p.x + load(b_, i) * p.y + load(c_, i);
        const Doubles below = load(bound_, i) - value;
        Bits result;
        std::memcpy(&result, &below, sizeof result);
        return result;
    }

    std::vector<double> a_;
    std::vector<double> b_;
    std::vector<double> c_;
    std::vector<double> bound_;
};

} // namespace cutout::fracture
