// Draws fractures to be tried: from a random sequence (property tests, soaking) or from a fuzzer's bytes.
//
//     RandomDraw draw(seed);
//     FractureCase fracture_case = draw_case(draw);
//
// The parameters are drawn from the table behind fracture::fields(), so a key that is added there is drawn
// from then on. Some cases are wrong on purpose (polygons that are not simple, values out of range): those
// must be refused.
#pragma once

#include "support/fracture_case.h"
#include "support/shapes.h"

#include <cstddef>
#include <cstdint>
#include <span>

namespace cutout::test {

// A source of choices.
class Draw {
public:
    Draw() = default;
    Draw(const Draw&) = delete;
    Draw& operator=(const Draw&) = delete;
    virtual ~Draw() = default;

    // Only polygons made without sines and cosines, which differ between C libraries: the same bits
    // everywhere.
    bool portable = false;

    // So many random bytes (1 to 4) as a number.
    virtual std::uint32_t bytes(int count) = 0;

    // low .. high, both included
    int integer(int low, int high) {
        const auto range = static_cast<std::uint32_t>(high - low) + 1;
        return low + static_cast<int>(bytes(range <= 256 ? 1 : 3) % range);
    }
    bool one_in(int n) { return integer(1, n) == n; }
    double unit() { return bytes(2) * 0x1.0p-16; }
    double range(double low, double high) { return low + (high - low) * unit(); }
};

class RandomDraw final : public Draw {
public:
    explicit RandomDraw(std::uint64_t seed) : random_(seed) {}
    std::uint32_t bytes(int count) override {
        std::uint32_t result = 0;
        for (int i = 0; i < count; ++i) {
            result = result << 8U | static_cast<std::uint32_t>(random_.integer(0, 255));
        }
        return result;
    }

private:
    TestRandom random_;
};

// A fuzzer's bytes; zeros after their end.
class ByteDraw final : public Draw {
public:
    explicit ByteDraw(std::span<const std::uint8_t> data) : data_(data) {}
    std::uint32_t bytes(int count) override {
        std::uint32_t result = 0;
        for (int i = 0; i < count; ++i) {
            result = result << 8U | (at_ < data_.size() ? data_[at_++] : 0U);
        }
        return result;
    }

private:
    std::span<const std::uint8_t> data_;
    std::size_t at_ = 0;
};

[[nodiscard]] FractureCase draw_case(Draw& draw);

// Parts of it.
[[nodiscard]] Rings draw_rings(Draw& draw);
[[nodiscard]] std::vector<Setting> draw_settings(Draw& draw, const fracture::Params& params,
                                                 const Rings& rings);

} // namespace cutout::test
