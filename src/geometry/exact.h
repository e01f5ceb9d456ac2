// Exact numbers: integers times powers of two, without rounding.
//
//     ExactReal det = ExactReal(a) * ExactReal(d) - ExactReal(b) * ExactReal(c);
//     int sign = det.sign();
//
// Every finite float and double is such a number, and so is every sum, difference and product of them: the
// sign of a polynomial is exact. The predicates of this room come here only when rounded arithmetic with an
// error bound cannot tell a sign.
//
// Capacity: 1024 bits, no heap. The polynomials of this house have degree four at most, in coordinates that
// are multiples of 2^-150 below 2^31 (see limits.h): at most 4 * 181 bits and a few for the sums.
//
// Thread rule: values, nothing shared.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

namespace cutout::geometry {

class ExactReal {
public:
    ExactReal() = default;
    explicit ExactReal(double value);

    [[nodiscard]] int sign() const { return sign_; }
    [[nodiscard]] ExactReal operator-() const {
        ExactReal result = *this;
        result.sign_ = -sign_;
        return result;
    }
    friend ExactReal operator+(const ExactReal& a, const ExactReal& b);
    friend ExactReal operator-(const ExactReal& a, const ExactReal& b) { return a + (-b); }
    friend ExactReal operator*(const ExactReal& a, const ExactReal& b);

    // The nearest double, or a neighbour of it: relative error at most 2^-52.
    [[nodiscard]] double approximate() const;

private:
    static constexpr std::size_t capacity = 16;

    // Value = sign_ * (limbs_ as an integer, least significant first) * 2^exponent_.
    int sign_ = 0;
    int exponent_ = 0;
    std::uint32_t size_ = 0; // limbs in use; the top one is not zero
    std::array<std::uint64_t, capacity> limbs_;

    // Multiplies the magnitude by 2^bits without changing the value.
    void lower_exponent(int bits);
    void trim();
};

} // namespace cutout::geometry
