#include "geometry/box_levels.h"

#include "geometry/point_pairs.h"

#include <algorithm>
#include <limits>

namespace cutout::geometry {

void BoxLevels::Level::start(std::size_t boxes) {
    constexpr float infinity = std::numeric_limits<float>::infinity();
    count = boxes;
    const std::size_t size = boxes + lanes * lanes + window;
    for (std::vector<float>* side : {&low_x, &low_y, &high_x, &high_y}) {
        if (side->size() < size) side->resize(size);
        const bool low = side == &low_x || side == &low_y;
        std::fill(side->begin() + static_cast<std::ptrdiff_t>(boxes),
                  side->begin() + static_cast<std::ptrdiff_t>(size), low ? infinity : -infinity);
    }
}

void BoxLevels::Level::set_edge(std::size_t i, Point a, Point b) {
    low_x[i] = std::min(a.x, b.x);
    low_y[i] = std::min(a.y, b.y);
    high_x[i] = std::max(a.x, b.x);
    high_y[i] = std::max(a.y, b.y);
}

// As if each edge went to the next point; those at the ends of rings are set right afterwards.
void BoxLevels::build_edges(std::span<const Point> from, std::span<const std::uint32_t> after) {
    Level& edges = level_[0];
    edges.start(from.size());
    std::size_t i = 0;
    for (; i + lanes < from.size(); i += lanes) {
        const Point* const p = from.data() + i;
        const Floats a = load_two_points(p);
        const Floats b = load_two_points(p + 1);
        const Floats c = load_two_points(p + 2);
        const Floats d = load_two_points(p + 3);
        const Floats low_one = lesser(a, b);
        const Floats low_two = lesser(c, d);
        const Floats high_one = greater(a, b);
        const Floats high_two = greater(c, d);
        store_four(edges.low_x, i, __builtin_shufflevector(low_one, low_two, 0, 2, 4, 6));
        store_four(edges.low_y, i, __builtin_shufflevector(low_one, low_two, 1, 3, 5, 7));
        store_four(edges.high_x, i, __builtin_shufflevector(high_one, high_two, 0, 2, 4, 6));
        store_four(edges.high_y, i, __builtin_shufflevector(high_one, high_two, 1, 3, 5, 7));
    }
    for (; i < from.size(); ++i) {
        edges.set_edge(i, from[i], from[after[i]]);
    }
}

namespace {

// What is the least, or the greatest, in each of four times four numbers.
template <typename Pick>
FourFloats pick_in_fours(const std::vector<float>& values, std::size_t i, const Pick& pick) {
    using Floats = FourFloats;
    const Floats a = load_four(values, i);
    const Floats b = load_four(values, i + 4);
    const Floats c = load_four(values, i + 8);
    const Floats d = load_four(values, i + 12);
    const Floats ab =
        pick(__builtin_shufflevector(a, b, 0, 4, 1, 5), __builtin_shufflevector(a, b, 2, 6, 3, 7));
    const Floats cd =
        pick(__builtin_shufflevector(c, d, 0, 4, 1, 5), __builtin_shufflevector(c, d, 2, 6, 3, 7));
    return pick(__builtin_shufflevector(ab, cd, 0, 1, 4, 5), __builtin_shufflevector(ab, cd, 2, 3, 6, 7));
}

} // namespace

void BoxLevels::build(std::span<const Point> from, std::span<const std::uint32_t> after,
                      std::span<const std::uint32_t> ends, float reach) {
    reach_ = reach;
    build_edges(from, after);
    for (const std::uint32_t end : ends) {
        level_[0].set_edge(end - 1, from[end - 1], from[after[end - 1]]);
    }
    levels_ = 1;
    // Of up to window + 1 boxes, all are near each other.
    while (level_[levels_ - 1].count > window + 1) {
        const Level& below = level_[levels_ - 1];
        Level& level = level_[levels_++];
        level.start((below.count + lanes - 1) / lanes);
        const auto least = [](Floats a, Floats b) { return lesser(a, b); };
        const auto most = [](Floats a, Floats b) { return greater(a, b); };
        // (Behind the last there are boxes that hold nothing, and so there will be here.)
        for (std::size_t i = 0; i < level.count; i += lanes) {
            store_four(level.low_x, i, pick_in_fours(below.low_x, i * lanes, least));
            store_four(level.low_y, i, pick_in_fours(below.low_y, i * lanes, least));
            store_four(level.high_x, i, pick_in_fours(below.high_x, i * lanes, most));
            store_four(level.high_y, i, pick_in_fours(below.high_y, i * lanes, most));
        }
    }
}

std::size_t BoxLevels::find_meetings(std::size_t level) {
    const std::size_t count = level_[level].count;
    if (meeting_.size() < count / lanes + 1) meeting_.resize(count / lanes + 1);
    const Floats reach = all_four(reach_);
    std::size_t found = 0;
    for (std::size_t i = 0; i + nearest < count; i += lanes) {
        Boxes own = boxes(level, i);
        own.low_x -= reach;
        own.low_y -= reach;
        own.high_x += reach;
        own.high_y += reach;
        std::uint32_t mask = 0;
        for (std::size_t ahead = nearest; ahead <= window; ++ahead) {
            mask |= meeting(own, boxes(level, i + ahead)) << (ahead - nearest) * lanes;
        }
        meeting_[found] = {.first = i, .mask = mask};
        found += static_cast<std::size_t>(mask != 0);
    }
    return found;
}

} // namespace cutout::geometry
