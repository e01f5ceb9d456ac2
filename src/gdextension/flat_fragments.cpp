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

} // namespace

void FlatFragments::fill(FlatArrays flat, const FragmentArray* list) {
    flat_ = std::move(flat);
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

FragmentArray FlatFragments::to_array() {
    const std::lock_guard lock(mutex_);
    if (!list_) list_ = to_arrays(flat_);
    return *list_;
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
        .method("to_array", &FlatFragments::to_array);
}

} // namespace cutout::engine
