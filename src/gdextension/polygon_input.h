// A polygon as a script hands it over: a PackedVector2Array, or an Array of them (outer ring, then holes).
//
//     Rings rings;
//     geometry::Failure failure = read_polygon(value, rings);
//     if (failure.ok()) use(rings.view());
//
// Cost: one step for each ring, none for a point. The rings share the memory of the script's arrays; if the
// script writes to its array later, the engine gives the script a copy and these stay as they were.
//
// Thread rule: read_polygon() on the thread that owns the value; a Rings may then move to another thread.
#pragma once

#include "gdextension/binding/variant.h"
#include "geometry/status.h"
#include "geometry/types.h"

#include <cstddef>
#include <span>
#include <string>
#include <vector>

namespace cutout::engine {

class Rings {
public:
    void add(binding::PackedVector2Array ring);
    void add_all(const Rings& others);
    void clear();
    // Valid until the next change of these rings.
    [[nodiscard]] geometry::PolygonView view() const {
        if (!views_.empty()) return {views_};
        return {{&outer_view_, outer_view_.empty() ? std::size_t{0} : std::size_t{1}}};
    }

private:
    // What keeps the points alive, and where they lie. Most polygons have no hole and need no memory here.
    binding::PackedVector2Array outer_;
    geometry::RingView outer_view_;
    std::vector<binding::PackedVector2Array> holes_;
    std::vector<geometry::RingView> views_; // of all rings, if there is a hole
};

// The points where they lie; valid as long as the array, or another handle that shares its memory, lives.
[[nodiscard]] std::span<const geometry::Point> view_of(const binding::PackedVector2Array& points);

// Checks what can be told without looking at a point: the types, and that each ring has three points.
[[nodiscard]] geometry::Failure read_polygon(const binding::Variant& value, Rings& out);

// A failure of the call itself.
[[nodiscard]] geometry::Failure bad_argument(std::string message);

} // namespace cutout::engine
