// A hit, as scripts say it, and what it leaves, as they get it. See fracture/crater.h.
//
// Thread rule: read_crater() on the thread of the script; the rest on any.
#pragma once

#include "debris/sheet.h"
#include "fracture/crater.h"
#include "gdextension/binding/variant.h"
#include "geometry/status.h"

#include <memory>

namespace cutout::engine {

// `disc`: the unit circle becomes the crater. `anchors` are PackedVector2Arrays.
[[nodiscard]] geometry::Failure read_crater(const binding::Transform2D& disc, const binding::Array& anchors,
                                            std::unique_ptr<fracture::Crater>& out);

// fracture::Remains.
struct RemainsArrays {
    bool hit = false;
    double area = 0.0;
    double lost = 0.0;                            // of what broke off
    binding::TypedArray<binding::Array> polygons; // an Array of rings each: the outer one, then holes
    binding::PackedVector2Array points;           // all rings', one after the other
    binding::TypedArray<binding::PackedVector2Array> pieces;  // the same without holes
    binding::TypedArray<binding::PackedInt32Array> triangles; // the same: indices into the points
    binding::PackedVector2Array uvs; // of the points, as the cover has them; or empty
    binding::PackedColorArray colors;

    [[nodiscard]] binding::Dictionary to_dictionary() const;
};

// `polygon` is what was hit: the rings of all islands.
[[nodiscard]] geometry::Failure to_arrays(const geometry::PolygonView& polygon,
                                          const fracture::Fragments& debris, const fracture::Remains& remains,
                                          const debris::Cover& cover, const fracture::Control& control,
                                          RemainsArrays& out);

} // namespace cutout::engine
