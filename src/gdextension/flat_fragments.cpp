#include "gdextension/flat_fragments.h"

#include "gdextension/binding/class_builder.h"

#include <string>
#include <utility>

namespace cutout::engine {

using binding::PackedByteArray;
using binding::PackedFloat64Array;
using binding::PackedInt32Array;
using binding::PackedVector2Array;

namespace {

void report(const char* method, const std::string& message) {
    binding::report_error(std::string(FlatFragments::class_name) + "." + method + "(): " + message, method,
                          __FILE__, __LINE__);
}

using Derive = geometry::Failure (*)(const fracture::Fragments&, const fracture::Control&, DerivedArrays&);

// `wanted` is a part of `derived`.
template <class Arrays>
Arrays derive_once(const std::optional<Arrays>& wanted, const char* method, Derive derive,
                   const FlatArrays& flat, DerivedArrays& derived) {
    if (!wanted) {
        const geometry::Failure failure = derive(rings_of(flat), {}, derived);
        if (!failure.ok()) report(method, failure.message);
    }
    return wanted.value_or(Arrays());
}

} // namespace

void FlatFragments::fill(FlatArrays flat, DerivedArrays derived, const FragmentArray* list) {
    flat_ = std::move(flat);
    derived_ = std::move(derived);
    if (list != nullptr) list_ = *list;
}

std::int64_t FlatFragments::get_count() const {
    return static_cast<std::int64_t>(flat_.count());
}

PackedVector2Array FlatFragments::get_points() const {
    return flat_.points;
}

PackedInt32Array FlatFragments::get_offsets() const {
    // Also the offsets of nothing end somewhere.
    if (flat_.offsets.size() > 0) return flat_.offsets;
    static constexpr std::int32_t end = 0;
    return PackedInt32Array(std::span(&end, 1));
}

PackedInt32Array FlatFragments::get_cells() const {
    return flat_.cells;
}

PackedInt32Array FlatFragments::get_labels() const {
    return flat_.labels;
}

PackedFloat64Array FlatFragments::get_areas() const {
    return flat_.areas;
}

PackedVector2Array FlatFragments::get_centroids() const {
    return flat_.centroids;
}

PackedByteArray FlatFragments::get_boundary_flags() const {
    return flat_.on_boundary;
}

PackedVector2Array FlatFragments::get_fragment(std::int64_t index) const {
    const std::int64_t count = get_count();
    if (index >= 0 && index < count) return PackedVector2Array(flat_.ring(static_cast<std::size_t>(index)));
    report("get_fragment",
           "there is no fragment " + std::to_string(index) + "; " +
               (count == 0 ? "there are none" : "the index must be 0 to " + std::to_string(count - 1)));
    return {};
}

binding::Dictionary FlatFragments::get_remains() const {
    return derived_.remains ? derived_.remains->to_dictionary() : binding::Dictionary();
}

FragmentArray FlatFragments::to_array() {
    const std::lock_guard lock(mutex_);
    if (!list_) list_ = to_arrays(flat_);
    return *list_;
}

TriangleArrays FlatFragments::triangles() {
    const std::lock_guard lock(mutex_);
    return derive_once(derived_.triangles, "get_triangles", &derive_triangles, flat_, derived_);
}

NeighbourArrays FlatFragments::neighbours() {
    const std::lock_guard lock(mutex_);
    return derive_once(derived_.neighbours, "get_neighbours", &derive_neighbours, flat_, derived_);
}

PartArrays FlatFragments::parts() {
    const std::lock_guard lock(mutex_);
    return derive_once(derived_.parts, "get_convex_parts", &derive_parts, flat_, derived_);
}

PackedInt32Array FlatFragments::get_triangles() {
    return triangles().corners;
}

PackedInt32Array FlatFragments::get_triangle_offsets() {
    return triangles().offsets;
}

PackedInt32Array FlatFragments::get_neighbours() {
    return neighbours().others;
}

PackedInt32Array FlatFragments::get_neighbour_offsets() {
    return neighbours().offsets;
}

PackedFloat64Array FlatFragments::get_neighbour_lengths() {
    return neighbours().lengths;
}

PackedVector2Array FlatFragments::get_convex_parts() {
    return parts().points;
}

PackedInt32Array FlatFragments::get_convex_part_offsets() {
    return parts().offsets;
}

PackedInt32Array FlatFragments::get_convex_part_owners() {
    return parts().part_of;
}

void FlatFragments::register_class() {
    binding::ClassBuilder<FlatFragments>(class_name, "RefCounted")
        .method("get_count", &FlatFragments::get_count)
        .method("get_points", &FlatFragments::get_points)
        .method("get_offsets", &FlatFragments::get_offsets)
        .method("get_cells", &FlatFragments::get_cells)
        .method("get_labels", &FlatFragments::get_labels)
        .method("get_areas", &FlatFragments::get_areas)
        .method("get_centroids", &FlatFragments::get_centroids)
        .method("get_boundary_flags", &FlatFragments::get_boundary_flags)
        .method("get_fragment", &FlatFragments::get_fragment, "index")
        .method("to_array", &FlatFragments::to_array)
        .method("get_remains", &FlatFragments::get_remains)
        .method("get_triangles", &FlatFragments::get_triangles)
        .method("get_triangle_offsets", &FlatFragments::get_triangle_offsets)
        .method("get_neighbours", &FlatFragments::get_neighbours)
        .method("get_neighbour_offsets", &FlatFragments::get_neighbour_offsets)
        .method("get_neighbour_lengths", &FlatFragments::get_neighbour_lengths)
        .method("get_convex_parts", &FlatFragments::get_convex_parts)
        .method("get_convex_part_offsets", &FlatFragments::get_convex_part_offsets)
        .method("get_convex_part_owners", &FlatFragments::get_convex_part_owners);
}

} // namespace cutout::engine
