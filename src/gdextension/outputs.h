// What a job leaves behind, as scripts ask for it: bits that may be combined.
#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>

namespace cutout::engine {

class Outputs {
public:
    static constexpr std::int64_t arrays = 1; // an Array[PackedVector2Array]
    static constexpr std::int64_t flat = 2;   // a CutoutFragments
    // One with what is derived from the fragments, too; each implies `flat`.
    static constexpr std::int64_t triangles = 4;
    static constexpr std::int64_t neighbours = 8;
    static constexpr std::int64_t convex_parts = 16;
    static constexpr std::int64_t sheet = 32; // what a CutoutDebrisField draws and gives bodies
    static constexpr std::int64_t all = arrays | flat | triangles | neighbours | convex_parts | sheet;

    // `bits` as a script gave them. Check valid() before anything else.
    explicit Outputs(std::int64_t bits) : bits_(bits) {}

    [[nodiscard]] bool valid() const { return bits_ > 0 && (bits_ & ~all) == 0; }
    [[nodiscard]] bool has(std::int64_t bit) const { return (bits_ & bit) != 0; }

    [[nodiscard]] bool wants_flat() const { return (bits_ & ~arrays) != 0; }
    // How many kinds.
    [[nodiscard]] std::size_t count() const {
        return static_cast<std::size_t>(std::popcount(static_cast<std::uint64_t>(bits_)));
    }

private:
    std::int64_t bits_;
};

} // namespace cutout::engine
