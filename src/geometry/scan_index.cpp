#include "geometry/scan_index.h"

#include "geometry/predicates.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace cutout::geometry {

namespace {

// Up to so many are not sorted into bands. (segments)
constexpr std::size_t most_without_bands = 128;

} // namespace

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
    if (!segments.empty() && segments.size() <= most_without_bands) {
        take_few();
        return;
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

void ScanIndex::take_few() {
    const std::size_t count = (segments_.size() + four - 1) / four * four;
    constexpr float nothing = std::numeric_limits<float>::quiet_NaN();
    for (std::vector<float>* values : {&left_, &right_, &from_y_, &to_y_}) {
        values->assign(count, nothing);
    }
    for (std::size_t i = 0; i < segments_.size(); ++i) {
        const Point a = points_[segments_[i].a];
        const Point b = points_[segments_[i].b];
        left_[i] = std::min(a.x, b.x);
        right_[i] = std::max(a.x, b.x);
        from_y_[i] = a.y;
        to_y_[i] = b.y;
    }
    offsets_ = {0, static_cast<std::uint32_t>(segments_.size())};
    listed_.resize(segments_.size());
    std::iota(listed_.begin(), listed_.end(), 0U);
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
    if (!left_.empty()) return inside_few(p);
    bool inside = false;
    for (const std::uint32_t i : band(y)) {
        const Point a = points_[segments_[i].a];
        const Point b = points_[segments_[i].b];
        if (a == p || b == p) return false;
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

bool ScanIndex::inside_few(Point p) const {
    const FourFloats x = all_four(p.x);
    const FourFloats y = all_four(p.y);
    FourMasks beyond = {0, 0, 0, 0}; // an odd number of crossings to the right
    bool inside = false;
    for (std::size_t i = 0; i < left_.size(); i += four) {
        const FourFloats from = load_four(from_y_, i);
        const FourFloats to = load_four(to_y_, i);
        const FourMasks passes = (from <= y) ^ (to <= y);
        const FourMasks right = load_four(left_, i) > x;
        beyond ^= passes & right;
        const FourMasks touches = (from == y) | (to == y);
        const FourMasks close = (passes | touches) & ~(right | (load_four(right_, i) < x));
        for (unsigned mask = bits_of(close); mask != 0; mask &= mask - 1) {
            const Segment segment = segments_[i + static_cast<std::size_t>(std::countr_zero(mask))];
            const Point a = points_[segment.a];
            const Point b = points_[segment.b];
            const int turn = orientation(a, b, p);
            if (turn == 0) return false; // its bounds hold p
            const bool crosses = (a.y <= p.y) != (b.y <= p.y);
            if (crosses && (turn > 0) == (b.y > a.y)) inside = !inside;
        }
    }
    return inside != ((std::popcount(bits_of(beyond)) & 1) != 0);
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
