#include "geometry/exact.h"

#include <bit>
#include <cassert>
#include <cmath>
#include <utility>

namespace cutout::geometry {

namespace {

__extension__ using Wide = unsigned __int128;

constexpr unsigned limb_bits = 64;

} // namespace

ExactReal::ExactReal(double value) {
    if (value == 0.0) return;
    assert(std::isfinite(value));
    const auto bits = std::bit_cast<std::uint64_t>(value);
    constexpr unsigned mantissa_bits = 52;
    const auto biased = static_cast<int>((bits >> mantissa_bits) & 0x7FFU);
    std::uint64_t mantissa = bits & ((std::uint64_t{1} << mantissa_bits) - 1);
    if (biased != 0) mantissa |= std::uint64_t{1} << mantissa_bits;
    // Short mantissas keep the products short: drop the zeros at the low end.
    const int zeros = std::countr_zero(mantissa);
    sign_ = (bits >> (limb_bits - 1)) != 0 ? -1 : 1;
    exponent_ = (biased == 0 ? 1 : biased) - 1075 + zeros;
    size_ = 1;
    limbs_[0] = mantissa >> static_cast<unsigned>(zeros);
}

void ExactReal::trim() {
    while (size_ > 0 && limbs_[size_ - 1] == 0) {
        --size_;
    }
    if (size_ == 0) sign_ = 0;
}

void ExactReal::lower_exponent(int bits) {
    const auto words = static_cast<std::size_t>(bits) / limb_bits;
    const auto shift = static_cast<unsigned>(bits) % limb_bits;
    assert(size_ + words + 1 <= capacity);
    if (words > 0) {
        for (std::size_t i = size_; i-- > 0;) {
            limbs_[i + words] = limbs_[i];
        }
        for (std::size_t i = 0; i < words; ++i) {
            limbs_[i] = 0;
        }
        size_ += static_cast<std::uint32_t>(words);
    }
    if (shift > 0) {
        std::uint64_t carry = 0;
        for (std::size_t i = words; i < size_; ++i) {
            const std::uint64_t limb = limbs_[i];
            limbs_[i] = (limb << shift) | carry;
            carry = limb >> (limb_bits - shift);
        }
        if (carry != 0) limbs_[size_++] = carry;
    }
    exponent_ -= bits;
}

double ExactReal::approximate() const {
    if (sign_ == 0) return 0.0;
    // The top 64 significant bits, the rest cut off.
    const auto shift = static_cast<unsigned>(std::countl_zero(limbs_[size_ - 1]));
    std::uint64_t top = limbs_[size_ - 1] << shift;
    if (shift > 0 && size_ > 1) top |= limbs_[size_ - 2] >> (limb_bits - shift);
    const int exponent = exponent_ + static_cast<int>(limb_bits * (size_ - 1)) - static_cast<int>(shift);
    const double magnitude = std::ldexp(static_cast<double>(top), exponent);
    return sign_ < 0 ? -magnitude : magnitude;
}

ExactReal operator+(const ExactReal& a, const ExactReal& b) {
    if (a.sign_ == 0) return b;
    if (b.sign_ == 0) return a;
    ExactReal x = a;
    ExactReal y = b;
    if (x.exponent_ > y.exponent_) x.lower_exponent(x.exponent_ - y.exponent_);
    if (y.exponent_ > x.exponent_) y.lower_exponent(y.exponent_ - x.exponent_);
    if (x.sign_ == y.sign_) {
        if (x.size_ < y.size_) std::swap(x, y);
        std::uint64_t carry = 0;
        for (std::size_t i = 0; i < x.size_; ++i) {
            const Wide sum = Wide{x.limbs_[i]} + (i < y.size_ ? y.limbs_[i] : 0) + carry;
            x.limbs_[i] = static_cast<std::uint64_t>(sum);
            carry = static_cast<std::uint64_t>(sum >> limb_bits);
        }
        if (carry != 0) {
            assert(x.size_ < ExactReal::capacity);
            x.limbs_[x.size_++] = carry;
        }
        return x;
    }
    // Opposite signs: the smaller magnitude from the larger.
    bool swap = x.size_ < y.size_;
    if (x.size_ == y.size_) {
        for (std::size_t i = x.size_; i-- > 0;) {
            if (x.limbs_[i] != y.limbs_[i]) {
                swap = x.limbs_[i] < y.limbs_[i];
                break;
            }
        }
    }
    if (swap) std::swap(x, y);
    std::uint64_t borrow = 0;
    for (std::size_t i = 0; i < x.size_; ++i) {
        const Wide difference = Wide{x.limbs_[i]} - (i < y.size_ ? y.limbs_[i] : 0) - borrow;
        x.limbs_[i] = static_cast<std::uint64_t>(difference);
        borrow = static_cast<std::uint64_t>(difference >> limb_bits) & 1U;
    }
    x.trim();
    return x;
}

ExactReal operator*(const ExactReal& a, const ExactReal& b) {
    ExactReal result;
    if (a.sign_ == 0 || b.sign_ == 0) return result;
    assert(a.size_ + b.size_ <= ExactReal::capacity);
    result.sign_ = a.sign_ * b.sign_;
    result.exponent_ = a.exponent_ + b.exponent_;
    result.size_ = a.size_ + b.size_;
    for (std::size_t i = 0; i < result.size_; ++i) {
        result.limbs_[i] = 0;
    }
    for (std::size_t i = 0; i < a.size_; ++i) {
        std::uint64_t carry = 0;
        for (std::size_t j = 0; j < b.size_; ++j) {
            const Wide sum = Wide{a.limbs_[i]} * b.limbs_[j] + result.limbs_[i + j] + carry;
            result.limbs_[i + j] = static_cast<std::uint64_t>(sum);
            carry = static_cast<std::uint64_t>(sum >> limb_bits);
        }
        result.limbs_[i + b.size_] = carry;
    }
    result.trim();
    return result;
}

} // namespace cutout::geometry
