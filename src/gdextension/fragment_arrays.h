// Fragments as scripts get them: an Array[PackedVector2Array], one ring each.
#pragma once

#include "fracture/fracture.h"
#include "gdextension/binding/variant.h"

namespace cutout::engine {

using FragmentArray = binding::TypedArray<binding::PackedVector2Array>;

// On any thread. Throws std::bad_alloc.
[[nodiscard]] FragmentArray to_arrays(const fracture::Fragments& fragments);

} // namespace cutout::engine
