#include "gdextension/fragment_arrays.h"

#include "gdextension/debris_meshes.h"

#include "fracture/derived.h"
#include "fracture/neighbours.h"

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

// Padded with zeros to `count` values.
template <class T> binding::PackedByteArray bytes_of(std::vector<T>& values, std::size_t count) {
    values.resize(count);
    const auto* first = reinterpret_cast<const std::uint8_t*>(values.data());
    return binding::PackedByteArray(std::span(first, values.size() * sizeof(T)));
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

fracture::Fragments rings_of(const FlatArrays& flat) {
    fracture::Fragments fragments;
    const auto ends = flat.offsets.read();
    if (ends.empty()) return fragments;
    fragments.points.resize(flat.points.read().size());
    std::memcpy(static_cast<void*>(fragments.points.data()), flat.points.read().data(),
                flat.points.read().size_bytes());
    fragments.offsets.assign(ends.begin(), ends.end());
    return fragments;
}

geometry::Failure derive_triangles(const fracture::Fragments& fragments, const fracture::Control& control,
                                   DerivedArrays& out) {
    fracture::Triangles found;
    geometry::Failure failure = fracture::find_triangles(fragments, control, found);
    if (failure.ok()) {
        out.triangles = {.corners = pack<binding::PackedInt32Array>(found.corners),
                         .offsets = pack<binding::PackedInt32Array>(found.offsets)};
    }
    return failure;
}

geometry::Failure derive_neighbours(const fracture::Fragments& fragments, const fracture::Control& control,
                                    DerivedArrays& out) {
    if (control.cancelled()) return {.status = geometry::Status::cancelled, .message = "cancelled"};
    fracture::Neighbours found;
    fracture::find_neighbours(fragments, found);
    out.neighbours = {.others = pack<binding::PackedInt32Array>(found.others),
                      .offsets = pack<binding::PackedInt32Array>(found.offsets),
                      .lengths = pack<binding::PackedFloat64Array>(found.lengths)};
    return {};
}

geometry::Failure derive_parts(const fracture::Fragments& fragments, const fracture::Control& control,
                               DerivedArrays& out) {
    fracture::FragmentParts found;
    static constexpr double leave_none_out = 0.0;
    geometry::Failure failure =
        fracture::find_convex_parts(fragments, max_part_corners, leave_none_out, control, found);
    if (failure.ok()) {
        out.parts = {.points = pack<binding::PackedVector2Array>(found.points),
                     .offsets = pack<binding::PackedInt32Array>(found.offsets),
                     .part_of = pack<binding::PackedInt32Array>(found.part_of)};
    }
    return failure;
}

geometry::Failure derive_sheet(const geometry::PolygonView& polygon, const fracture::Fragments& fragments,
                               const debris::Cover& cover, const fracture::Control& control,
                               DerivedArrays& out) {
    debris::Sheet sheet;
    geometry::Failure failure = debris::make_sheet(polygon, fragments, cover, control, sheet);
    if (!failure.ok()) return failure;
    // Meshes of a size may only differ in their content: so is the width of their indices.
    const std::size_t capacity = mesh_capacity(fragments.points.size());
    if (sheet.long_indices.empty() && capacity > debris::short_index_vertices) {
        sheet.long_indices.assign(sheet.short_indices.begin(), sheet.short_indices.end());
    }
    std::vector<geometry::Point> vertices = fragments.points;
    out.sheet = {.capacity = capacity,
                 .vertices = bytes_of(vertices, capacity),
                 .attributes = bytes_of(sheet.attributes, capacity),
                 .indices = capacity > debris::short_index_vertices
                                ? bytes_of(sheet.long_indices, 3 * capacity)
                                : bytes_of(sheet.short_indices, 3 * capacity),
                 .radii = std::move(sheet.radii),
                 .hulls = {}};
    out.sheet->hulls.reserve(fragments.size());
    for (std::size_t i = 0; i < fragments.size(); ++i) {
        const std::span<const geometry::Point> hull(sheet.hulls.data() + sheet.hull_offsets[i],
                                                    sheet.hulls.data() + sheet.hull_offsets[i + 1]);
        out.sheet->hulls.push_back(hull.size() < 3
                                       ? binding::Variant()
                                       : binding::Variant::of(pack<binding::PackedVector2Array>(hull)));
    }
    return {};
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
