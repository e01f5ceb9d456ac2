#include "geometry/scan_index.h"

#include "geometry/predicates.h"

#include <algorithm>
#include <cmath>

namespace cutout::geometry {

ScanIndex::ScanIndex(std::span<const Point> points, std::span<const Segment> segments)
    : points_(points), segments_(segments) {
    double sum = 0.0;
    if (!segments.empty()) bottom_ = top_ = static_cast<double>(points[segments[0].a].y);
    for (const Segment& s : segments) {
        const auto a = static_cast<double>(points[s.a].y);
        const auto b = static_cast<double>(points[s.b].y);
        bottom_ = std::min({bottom_, a, b});
        top_ = std::max({top_, a, b});
        sum += std::abs(a - b);
    }
    const double height = std::max(top_ - bottom_, 1e-300);
    const auto count = static_cast<double>(segments.size());
    bands_ = static_cast<std::size_t>(
        std::clamp(3.0 * count * height / std::max(sum, height), 1.0, std::max(count, 1.0)));
    bands_per_unit_ = static_cast<double>(bands_) / height;

    // band_of() is monotone, so an edge's bands are those from its lower to its upper end.
    struct Range {
        std::uint32_t first;
        std::uint32_t last;
    };
    std::vector<Range> ranges(segments.size());
    offsets_.assign(bands_ + 2, 0);
    for (std::size_t i = 0; i < segments.size(); ++i) {
        const float a = points[segments[i].a].y;
        const float b = points[segments[i].b].y;
        ranges[i] = {static_cast<std::uint32_t>(band_of(static_cast<double>(std::min(a, b)))),
                     static_cast<std::uint32_t>(band_of(static_cast<double>(std::max(a, b))))};
        for (std::uint32_t band = ranges[i].first; band <= ranges[i].last; ++band) {
            ++offsets_[band + 2];
        }
    }
    for (std::size_t band = 2; band < offsets_.size(); ++band) {
        offsets_[band] += offsets_[band - 1];
    }
    // Filling moves each band's start, one place before its own, to its end: where the next one starts.
    listed_.resize(offsets_.back());
    for (std::uint32_t i = 0; i < segments.size(); ++i) {
        for (std::uint32_t band = ranges[i].first; band <= ranges[i].last; ++band) {
            listed_[offsets_[band + 1]++] = i;
        }
    }
    offsets_.pop_back();
}

std::size_t ScanIndex::band_of(double y) const {
    const double i = (y - bottom_) * bands_per_unit_;
    if (!(i > 0.0)) return 0;
    if (i >= static_cast<double>(bands_)) return bands_ - 1;
    return static_cast<std::size_t>(i);
}

std::span<const std::uint32_t> ScanIndex::bands(double low, double high) const {
    const std::uint32_t begin = offsets_[band_of(low)];
    return {listed_.data() + begin, offsets_[band_of(high) + 1] - begin};
}

bool ScanIndex::inside(Point p) const {
    const auto y = static_cast<double>(p.y);
    if (y < bottom_ || y > top_) return false;
    bool inside = false;
    for (const std::uint32_t i : band(y)) {
        const Point a = points_[segments_[i].a];
        const Point b = points_[segments_[i].b];
        if ((a.y <= p.y) == (b.y <= p.y)) {
            if (a.y == p.y && b.y == p.y && std::min(a.x, b.x) <= p.x && p.x <= std::max(a.x, b.x))
                return false;
            continue;
        }
        if (a.x < p.x && b.x < p.x) continue;
        if (a.x > p.x && b.x > p.x) {
            inside = !inside;
            continue;
        }
        const int turn = orientation(a, b, p);
        if (turn == 0) return false;
        if ((turn > 0) == (b.y > a.y)) inside = !inside;
    }
    return inside;
}

void ScanIndex::crossings(double y, std::vector<double>& out) const {
    out.clear();
    for (const std::uint32_t i : band(y)) {
        const Point a = points_[segments_[i].a];
        const Point b = points_[segments_[i].b];
        const auto ay = static_cast<double>(a.y);
        const auto by = static_cast<double>(b.y);
        if ((ay <= y) == (by <= y)) continue;
        const auto ax = static_cast<double>(a.x);
        out.push_back(ax + (static_cast<double>(b.x) - ax) * ((y - ay) / (by - ay)));
    }
    std::sort(out.begin(), out.end());
}

} // namespace cutout::geometry
