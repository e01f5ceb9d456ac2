#include "gdextension/fragment_arrays.h"

#include <cstring>
#include <vector>

namespace cutout::engine {

namespace {

// Both sides are plain bytes of the same size: std::uint32_t becomes std::int32_t (there are fewer points
// than 2^31), a point becomes a Vector2.
template <class Packed, class T> Packed pack(std::span<const T> values) {
    Packed packed(static_cast<std::int64_t>(values.size()));
    const auto places = packed.write();
    static_assert(sizeof(places[0]) == sizeof(T));
    if (!values.empty()) std::memcpy(static_cast<void*>(places.data()), values.data(), values.size_bytes());
    return packed;
}

template <class Packed, class T> Packed pack(const std::vector<T>& values) {
    return pack<Packed>(std::span<const T>(values));
}

} // namespace

std::span<const binding::Vector2> FlatArrays::ring(std::size_t i) const {
    const auto ends = offsets.read();
    const auto begin = static_cast<std::size_t>(ends[i]);
    return points.read().subspan(begin, static_cast<std::size_t>(ends[i + 1]) - begin);
}

FlatArrays to_flat(const fracture::Fragments& fragments) {
    return {.points = pack<binding::PackedVector2Array>(fragments.points),
            .offsets = pack<binding::PackedInt32Array>(fragments.offsets),
            .cells = pack<binding::PackedInt32Array>(fragments.cells),
            .labels = pack<binding::PackedInt32Array>(fragments.labels),
            .areas = pack<binding::PackedFloat64Array>(fragments.areas),
            .centroids = pack<binding::PackedVector2Array>(fragments.centroids),
            .on_boundary = pack<binding::PackedByteArray>(fragments.on_boundary)};
}

FragmentArray to_arrays(const fracture::Fragments& fragments) {
    FragmentArray list(static_cast<std::int64_t>(fragments.size()));
    for (std::size_t i = 0; i < fragments.size(); ++i) {
        list.put(static_cast<std::int64_t>(i), pack<binding::PackedVector2Array>(fragments.ring(i)));
    }
    return list;
}

FragmentArray to_arrays(const FlatArrays& flat) {
    const std::size_t count = flat.count();
    FragmentArray list(static_cast<std::int64_t>(count));
    for (std::size_t i = 0; i < count; ++i) {
        list.put(static_cast<std::int64_t>(i), binding::PackedVector2Array(flat.ring(i)));
    }
    return list;
}

} // namespace cutout::engine
