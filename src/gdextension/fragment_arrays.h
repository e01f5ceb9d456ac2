// Fragments as scripts get them: flat packed arrays, or an Array[PackedVector2Array], one ring each.
//
//     const FlatArrays flat = to_flat(fragments); // one copy of the points, on the worker
//     PackedVector2Array points = flat.points;    // no copy: shares the memory
//
// Thread rule: on any thread. All throw std::bad_alloc.
#pragma once

#include "fracture/fracture.h"
#include "gdextension/binding/variant.h"

#include <cstddef>
#include <cstdint>
#include <span>

namespace cutout::engine {

using FragmentArray = binding::TypedArray<binding::PackedVector2Array>;

// What fracture::Fragments holds, as the engine's arrays, in the same order and with the same meaning.
struct FlatArrays {
    binding::PackedVector2Array points;
    binding::PackedInt32Array offsets;
    binding::PackedInt32Array cells;
    binding::PackedInt32Array labels;
    binding::PackedFloat64Array areas;
    binding::PackedVector2Array centroids;
    binding::PackedByteArray on_boundary;

    // Offsets may be missing altogether: no fragments then.
    [[nodiscard]] std::size_t count() const {
        const std::size_t ends = offsets.read().size();
        return ends == 0 ? 0 : ends - 1;
    }
    // `i` is in [0, count()).
    [[nodiscard]] std::span<const binding::Vector2> ring(std::size_t i) const;
};

[[nodiscard]] FlatArrays to_flat(const fracture::Fragments& fragments);

[[nodiscard]] FragmentArray to_arrays(const fracture::Fragments& fragments);
[[nodiscard]] FragmentArray to_arrays(const FlatArrays& flat);

} // namespace cutout::engine
