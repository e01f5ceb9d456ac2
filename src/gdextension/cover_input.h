// How an object is painted, as scripts say it: [Transform2D uv, PackedVector2Array uvs, PackedColorArray
// colors], or an empty Array. See debris::Cover.
//
// Thread rule: read_cover() on the thread of the script; the arrays' content, which is shared and never
// copied there, on any thread.
#pragma once

#include "debris/sheet.h"
#include "gdextension/binding/variant.h"
#include "geometry/status.h"

#include <memory>

namespace cutout::engine {

struct CoverArrays {
    binding::Transform2D uv;
    binding::PackedVector2Array uvs;
    binding::PackedColorArray colors;

    // Copies the points: for a worker.
    [[nodiscard]] debris::Cover read() const;
};

// Null for an empty Array.
[[nodiscard]] geometry::Failure read_cover(const binding::Array& list, std::unique_ptr<CoverArrays>& out);

[[nodiscard]] debris::Affine to_affine(const binding::Transform2D& transform);
[[nodiscard]] binding::Transform2D to_transform(const debris::Affine& map);

} // namespace cutout::engine
