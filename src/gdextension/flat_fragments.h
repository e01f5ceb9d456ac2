// CutoutFragments: the fragments of one fracture as flat data, shared and not copied.
//
//     binding::Ref<FlatFragments> result = binding::make<FlatFragments>();
//     result->fill(std::move(arrays), {}, nullptr); // before anybody else knows it
//
// The script's side of it is in doc_classes/CutoutFragments.xml.
//
// Guarantees: the flat arrays never change after fill(); handing one out costs a reference.
//
// Thread rule: fill() before the object is shared; everything else from any thread, also from several at
// once.
#pragma once

#include "gdextension/binding/instance.h"
#include "gdextension/fragment_arrays.h"

#include <cstdint>
#include <mutex>
#include <optional>

namespace cutout::engine {

class FlatFragments final : public binding::Instance {
public:
    static constexpr const char* class_name = "CutoutFragments";
    static void register_class();

    // `list`, if not null, is what to_array() hands out; it and what `derived` lacks is made when it is asked
    // for.
    void fill(FlatArrays flat, DerivedArrays derived, const FragmentArray* list);

    std::int64_t get_count() const;
    binding::PackedVector2Array get_points() const;
    binding::PackedInt32Array get_offsets() const;
    binding::PackedInt32Array get_cells() const;
    binding::PackedInt32Array get_labels() const;
    binding::PackedFloat64Array get_areas() const;
    binding::PackedVector2Array get_centroids() const;
    binding::PackedByteArray get_boundary_flags() const;

    binding::PackedVector2Array get_fragment(std::int64_t index) const;
    FragmentArray to_array();
    binding::Dictionary get_remains() const;

    // For CutoutDebrisField. The sheet is null where the job was not asked for it.
    [[nodiscard]] const FlatArrays& flat() const { return flat_; }
    [[nodiscard]] const SheetArrays* sheet() const { return derived_.sheet ? &*derived_.sheet : nullptr; }

    binding::PackedInt32Array get_triangles();
    binding::PackedInt32Array get_triangle_offsets();
    binding::PackedInt32Array get_neighbours();
    binding::PackedInt32Array get_neighbour_offsets();
    binding::PackedFloat64Array get_neighbour_lengths();
    binding::PackedVector2Array get_convex_parts();
    binding::PackedInt32Array get_convex_part_offsets();
    binding::PackedInt32Array get_convex_part_owners();

private:
    // Copies share the memory. Empty, and an engine error, for what cannot be derived.
    TriangleArrays triangles();
    NeighbourArrays neighbours();
    PartArrays parts();

    FlatArrays flat_;

    std::mutex mutex_; // guards what follows, made when it is asked for
    std::optional<FragmentArray> list_;
    DerivedArrays derived_;
};

} // namespace cutout::engine
