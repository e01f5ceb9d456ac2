#include "gdextension/fragment_arrays.h"

#include <cstring>

namespace cutout::engine {

FragmentArray to_arrays(const fracture::Fragments& fragments) {
    FragmentArray list(static_cast<std::int64_t>(fragments.size()));
    for (std::size_t i = 0; i < fragments.size(); ++i) {
        const geometry::RingView ring = fragments.ring(i);
        binding::PackedVector2Array points(static_cast<std::int64_t>(ring.size()));
        static_assert(sizeof(geometry::Point) == sizeof(binding::Vector2));
        std::memcpy(static_cast<void*>(points.write().data()), ring.data(), ring.size_bytes());
        list.put(static_cast<std::int64_t>(i), std::move(points));
    }
    return list;
}

} // namespace cutout::engine
