#include "fracture/box_levels.h"

#include <algorithm>
#include <limits>

namespace cutout::fracture {

using geometry::Point;

void BoxLevels::Level::start(std::size_t boxes) {
    constexpr float infinity = std::numeric_limits<float>::infinity();
    count = boxes;
    const std::size_t size = boxes + 2 * lanes + window;
    for (std::vector<float>* side : {&low_x, &low_y, &high_x, &high_y}) {
        if (side->size() < size) side->resize(size);
        const bool low = side == &low_x || side == &low_y;
        std::fill(side->begin() + static_cast<std::ptrdiff_t>(boxes),
                  side->begin() + static_cast<std::ptrdiff_t>(size), low ? infinity : -infinity);
    }
}

void BoxLevels::build(std::span<const Point> from, std::span<const std::uint32_t> after, float reach) {
    reach_ = reach;
    Level& edges = level_[0];
    edges.start(from.size());
    for (std::size_t i = 0; i < from.size(); ++i) {
        const Point a = from[i];
        const Point b = from[after[i]];
        edges.low_x[i] = std::min(a.x, b.x);
        edges.low_y[i] = std::min(a.y, b.y);
        edges.high_x[i] = std::max(a.x, b.x);
        edges.high_y[i] = std::max(a.y, b.y);
    }
    levels_ = 1;
    // Of up to window + 1 boxes, all are near each other.
    while (level_[levels_ - 1].count > window + 1) {
        const Level& below = level_[levels_ - 1];
        Level& level = level_[levels_++];
        level.start((below.count + lanes - 1) / lanes);
        for (std::size_t i = 0; i < level.count; ++i) {
            const auto least = [&](const std::vector<float>& v) {
                const float* p = v.data() + i * lanes;
                return std::min(std::min(p[0], p[1]), std::min(p[2], p[3]));
            };
            const auto most = [&](const std::vector<float>& v) {
                const float* p = v.data() + i * lanes;
                return std::max(std::max(p[0], p[1]), std::max(p[2], p[3]));
            };
            level.low_x[i] = least(below.low_x);
            level.low_y[i] = least(below.low_y);
            level.high_x[i] = most(below.high_x);
            level.high_y[i] = most(below.high_y);
        }
    }
}

} // namespace cutout::fracture
