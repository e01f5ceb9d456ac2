// Fragments as scripts get them: flat packed arrays, or an Array[PackedVector2Array], one ring each.
//
//     const FlatArrays flat = to_flat(fragments); // one copy of the points, on the worker
//     PackedVector2Array points = flat.points;    // no copy: shares the memory
//
// Thread rule: on any thread. All throw std::bad_alloc.
#pragma once

#include "debris/sheet.h"
#include "fracture/fracture.h"
#include "gdextension/binding/variant.h"
#include "gdextension/crater_input.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

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
// The way back, as far as what is derived from fragments needs it: points and offsets.
[[nodiscard]] fracture::Fragments rings_of(const FlatArrays& flat);

// fracture::Triangles, Neighbours and FragmentParts.
struct TriangleArrays {
    binding::PackedInt32Array corners;
    binding::PackedInt32Array offsets;
};
struct NeighbourArrays {
    binding::PackedInt32Array others;
    binding::PackedInt32Array offsets;
    binding::PackedFloat64Array lengths;
};
struct PartArrays {
    binding::PackedVector2Array points;
    binding::PackedInt32Array offsets;
    binding::PackedInt32Array part_of;
};
// debris::Sheet, with the points as its first vertices. The byte arrays are the renderer's own format, padded
// with zeros to `capacity` vertices and three times as many indices: triangles without an area.
struct SheetArrays {
    std::size_t capacity = 0;
    binding::PackedByteArray vertices;
    binding::PackedByteArray attributes;
    binding::PackedByteArray indices;
    std::vector<float> radii;
    // Of each fragment a PackedVector2Array, as physics takes it; nil where rounding has left no area.
    std::vector<binding::Variant> hulls;
};
// What there is of it.
struct DerivedArrays {
    std::optional<TriangleArrays> triangles;
    std::optional<NeighbourArrays> neighbours;
    std::optional<PartArrays> parts;
    std::optional<SheetArrays> sheet;
    std::optional<RemainsArrays> remains; // where a hit was asked for
};

// Points of a convex part at most: as many as physics engines take that have a limit.
inline constexpr std::uint32_t max_part_corners = 8;

// Fill in one of them each.
[[nodiscard]] geometry::Failure derive_triangles(const fracture::Fragments& fragments,
                                                 const fracture::Control& control, DerivedArrays& out);
[[nodiscard]] geometry::Failure derive_neighbours(const fracture::Fragments& fragments,
                                                  const fracture::Control& control, DerivedArrays& out);
[[nodiscard]] geometry::Failure derive_parts(const fracture::Fragments& fragments,
                                             const fracture::Control& control, DerivedArrays& out);

// `polygon` is what was cut.
[[nodiscard]] geometry::Failure derive_sheet(const geometry::PolygonView& polygon,
                                             const fracture::Fragments& fragments, const debris::Cover& cover,
                                             const fracture::Control& control, DerivedArrays& out);

[[nodiscard]] FragmentArray to_arrays(const fracture::Fragments& fragments);
[[nodiscard]] FragmentArray to_arrays(const FlatArrays& flat);

} // namespace cutout::engine
