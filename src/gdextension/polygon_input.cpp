#include "gdextension/polygon_input.h"

#include <utility>

namespace cutout::engine {

using binding::Array;
using binding::PackedVector2Array;
using binding::Variant;
using geometry::Failure;
using geometry::Status;

namespace {

constexpr std::size_t least_points = 3;

std::string ring_name(std::int32_t ring) {
    return ring == 0 ? "the outer ring" : "hole " + std::to_string(ring - 1);
}

Failure add_ring(const Variant& value, std::int32_t index, Rings& out) {
    auto points = value.get<PackedVector2Array>();
    if (!points) {
        Failure failure = bad_argument("polygon: ring " + std::to_string(index) + " is " + value.type_name() +
                                       "; each ring must be a PackedVector2Array");
        failure.ring = index;
        return failure;
    }
    const std::int64_t count = points->size();
    if (count < static_cast<std::int64_t>(least_points)) {
        return {.status = Status::too_few_points,
                .ring = index,
                .message = "polygon: " + ring_name(index) + " has " + std::to_string(count) +
                           (count == 1 ? " point" : " points") + "; at least 3 are needed"};
    }
    out.add(std::move(*points));
    return {};
}

} // namespace

void Rings::add(PackedVector2Array ring) {
    // A view names the points' memory, not the handle: the handle may move, the points stay.
    if (outer_view_.empty()) {
        outer_ = std::move(ring);
        outer_view_ = view_of(outer_);
        return;
    }
    if (views_.empty()) views_.push_back(outer_view_);
    holes_.push_back(std::move(ring));
    views_.push_back(view_of(holes_.back()));
}

void Rings::add_all(const Rings& others) {
    if (others.outer_view_.empty()) return;
    add(others.outer_);
    for (const PackedVector2Array& hole : others.holes_) {
        add(hole);
    }
}

std::span<const geometry::Point> view_of(const PackedVector2Array& points) {
    static_assert(sizeof(geometry::Point) == sizeof(binding::Vector2));
    const auto read = points.read();
    return {reinterpret_cast<const geometry::Point*>(read.data()), read.size()};
}

void Rings::clear() {
    views_.clear();
    holes_.clear();
    outer_view_ = {};
    outer_ = {};
}

Failure bad_argument(std::string message) {
    return {.status = Status::bad_argument, .message = std::move(message)};
}

Failure read_polygon(const Variant& value, Rings& out) {
    out.clear();
    if (value.type() == GDEXTENSION_VARIANT_TYPE_PACKED_VECTOR2_ARRAY) return add_ring(value, 0, out);
    const auto list = value.get<Array>();
    if (!list) {
        return bad_argument(
            "polygon is " + value.type_name() +
            "; it must be a PackedVector2Array, or an Array of them (outer ring, then holes)");
    }
    const std::int64_t count = list->size();
    if (count == 0) {
        return {.status = Status::too_few_points, .message = "polygon has no ring: the Array is empty"};
    }
    for (std::int64_t i = 0; i < count; ++i) {
        if (Failure failure = add_ring(list->at(i), static_cast<std::int32_t>(i), out); !failure.ok()) {
            out.clear();
            return failure;
        }
    }
    return {};
}

} // namespace cutout::engine
