#include "fracture/soup.h"

#include <algorithm>
#include <cstddef>

namespace cutout::fracture {

namespace {

using geometry::Point;

struct KeyedPoint {
    EdgeKey key;
    Point point;
};

// Order along a line of this key: by x, and where rounding made x equal, by y as the line rises or falls.
bool before(EdgeKey key, Point a, Point b) {
    if (a.x != b.x) return a.x < b.x;
    return (key & 1U) != 0 ? a.y > b.y : a.y < b.y;
}

// The points of the lines that have more than two, sorted by key and then along the line.
std::vector<KeyedPoint> busy_lines(const Soup& soup) {
    std::vector<KeyedPoint> found;
    found.reserve(2 * soup.points.size());
    for (std::size_t ring = 0; ring < soup.ends.size(); ++ring) {
        const std::uint32_t end = soup.ends[ring];
        for (std::uint32_t i = soup.ring_begin(ring); i < end; ++i) {
            if (soup.keys[i] == boundary_key) continue;
            found.push_back({soup.keys[i], soup.points[i]});
            found.push_back({soup.keys[i], soup.points[i + 1 == end ? soup.ring_begin(ring) : i + 1]});
        }
    }
    std::sort(found.begin(), found.end(), [](const KeyedPoint& a, const KeyedPoint& b) {
        return a.key != b.key ? a.key < b.key : before(a.key, a.point, b.point);
    });
    found.erase(std::unique(found.begin(), found.end(),
                            [](const KeyedPoint& a, const KeyedPoint& b) {
                                return a.key == b.key && a.point == b.point;
                            }),
                found.end());
    std::size_t kept = 0;
    for (std::size_t i = 0; i < found.size();) {
        std::size_t j = i;
        while (j < found.size() && found[j].key == found[i].key) {
            ++j;
        }
        if (j - i > 2) {
            for (; i < j; ++i) {
                found[kept++] = found[i];
            }
        }
        i = j;
    }
    found.resize(kept);
    return found;
}

} // namespace

void stitch(Soup& soup) {
    const std::vector<KeyedPoint> busy = busy_lines(soup);
    Soup result;
    result.points.reserve(soup.points.size());
    result.keys.reserve(soup.points.size());
    const auto add = [&](Point p, EdgeKey key, std::size_t begin) {
        // A point equal to the one before it: the edge between them has no length, the later key counts.
        if (result.points.size() > begin && result.points.back() == p) {
            result.keys.back() = key;
            return;
        }
        result.points.push_back(p);
        result.keys.push_back(key);
    };
    for (std::size_t ring = 0; ring < soup.ends.size(); ++ring) {
        const std::size_t begin = result.points.size();
        const std::uint32_t first = soup.ring_begin(ring);
        const std::uint32_t end = soup.ends[ring];
        for (std::uint32_t i = first; i < end; ++i) {
            const EdgeKey key = soup.keys[i];
            const Point from = soup.points[i];
            add(from, key, begin);
            if (key == boundary_key || busy.empty()) continue;
            const Point to = soup.points[i + 1 == end ? first : i + 1];
            const bool forward = before(key, from, to);
            const KeyedPoint low{key, forward ? from : to};
            const KeyedPoint high{key, forward ? to : from};
            const auto less = [](const KeyedPoint& a, const KeyedPoint& b) {
                return a.key != b.key ? a.key < b.key : before(a.key, a.point, b.point);
            };
            const auto after_low = std::upper_bound(busy.begin(), busy.end(), low, less);
            const auto at_high = std::lower_bound(after_low, busy.end(), high, less);
            const std::ptrdiff_t count = at_high - after_low;
            for (std::ptrdiff_t k = 0; k < count; ++k) {
                add((forward ? after_low + k : at_high - 1 - k)->point, key, begin);
            }
        }
        while (result.points.size() > begin + 1 && result.points.back() == result.points[begin]) {
            result.points.pop_back();
            result.keys.pop_back();
        }
        // (A ring of two points goes there and back. It stays: its edges still pair with its neighbours'.)
        if (result.points.size() < begin + 2) {
            result.points.resize(begin);
            result.keys.resize(begin);
            continue;
        }
        result.end_ring(soup.labels[ring]);
    }
    soup = std::move(result);
}

} // namespace cutout::fracture
