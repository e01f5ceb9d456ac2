#include "geometry/segment_grid.h"

#include "geometry/limits.h"

#include <algorithm>
#include <cmath>

namespace cutout::geometry {

bool SegmentGrid::build(std::span<const Point> points, std::span<const Segment> segments) {
    measure(points, segments);
    const std::size_t budget = grid_entries_per_segment * segments.size() + cell_count();
    entries_.clear();
    for (std::uint32_t i = 0; i < segments.size(); ++i) {
        add(points[segments[i].a], points[segments[i].b], i);
        if (entries_.size() > budget) return false;
    }
    offsets_.assign(cell_count() + 1, 0);
    for (const Entry& entry : entries_) {
        ++offsets_[entry.cell + 1];
    }
    for (std::size_t cell = 0; cell < cell_count(); ++cell) {
        offsets_[cell + 1] += offsets_[cell];
    }
    sorted_.resize(entries_.size());
    std::vector<std::uint32_t> next(offsets_.begin(), offsets_.end() - 1);
    for (const Entry& entry : entries_) {
        sorted_[next[entry.cell]++] = entry.segment;
    }
    return true;
}

std::size_t SegmentGrid::pair_count() const {
    std::size_t pairs = 0;
    for (std::size_t i = 0; i < cell_count(); ++i) {
        const std::size_t listed = offsets_[i + 1] - offsets_[i];
        pairs += listed * listed / 2;
    }
    return pairs;
}

void SegmentGrid::measure(std::span<const Point> points, std::span<const Segment> segments) {
    double max_x = 0.0;
    double max_y = 0.0;
    double sum_x = 0.0;
    double sum_y = 0.0;
    bool first = true;
    for (const Segment& segment : segments) {
        const auto ax = static_cast<double>(points[segment.a].x);
        const auto ay = static_cast<double>(points[segment.a].y);
        const auto bx = static_cast<double>(points[segment.b].x);
        const auto by = static_cast<double>(points[segment.b].y);
        if (first) {
            origin_x_ = max_x = ax;
            origin_y_ = max_y = ay;
            first = false;
        }
        origin_x_ = std::min({origin_x_, ax, bx});
        origin_y_ = std::min({origin_y_, ay, by});
        max_x = std::max({max_x, ax, bx});
        max_y = std::max({max_y, ay, by});
        sum_x += std::abs(ax - bx);
        sum_y += std::abs(ay - by);
    }
    constexpr double least = 1e-300; // a grid of no width still needs a step
    const double width = std::max(max_x - origin_x_, least);
    const double height = std::max(max_y - origin_y_, least);
    const auto count = static_cast<double>(std::max<std::size_t>(segments.size(), 1));
    // A cell about as wide and as high as a segment; at most about two cells a segment.
    double columns = std::clamp(width * count / std::max(sum_x, width), 1.0, count);
    double rows = std::clamp(height * count / std::max(sum_y, height), 1.0, count);
    const double excess = columns * rows / (2.0 * count);
    if (excess > 1.0) {
        const double shrink = std::sqrt(excess);
        columns = std::min(std::max(columns / shrink, 1.0), 2.0 * count / std::max(rows / shrink, 1.0));
        rows = std::min(std::max(rows / shrink, 1.0), 2.0 * count / columns);
    }
    columns_ = static_cast<std::size_t>(columns);
    rows_ = static_cast<std::size_t>(rows);
    step_x_ = width / static_cast<double>(columns_);
    step_y_ = height / static_cast<double>(rows_);
}

std::size_t SegmentGrid::index(double offset, double step, std::size_t count) {
    const double i = offset / step;
    if (!(i > 0.0)) return 0;
    if (i >= static_cast<double>(count)) return count - 1;
    return static_cast<std::size_t>(i);
}

void SegmentGrid::add(Point a, Point b, std::uint32_t segment) {
    // A hair wider than the segment, so that rounding cannot lose a cell it passes through.
    constexpr double hair = 1e-6;
    const double ax = static_cast<double>(a.x) - origin_x_;
    const double ay = static_cast<double>(a.y) - origin_y_;
    const double bx = static_cast<double>(b.x) - origin_x_;
    const double by = static_cast<double>(b.y) - origin_y_;
    const double low_y = std::min(ay, by);
    const double high_y = std::max(ay, by);
    const std::size_t row0 = index(low_y - hair * step_y_, step_y_, rows_);
    const std::size_t row1 = index(high_y + hair * step_y_, step_y_, rows_);
    const std::size_t column0 = index(std::min(ax, bx) - hair * step_x_, step_x_, columns_);
    const std::size_t column1 = index(std::max(ax, bx) + hair * step_x_, step_x_, columns_);
    for (std::size_t row = row0; row <= row1; ++row) {
        std::size_t c0 = column0;
        std::size_t c1 = column1;
        if (low_y < high_y && row0 != row1 && column0 != column1) {
            // The part of the segment in this row.
            const double bottom = (static_cast<double>(row) - hair) * step_y_;
            const double top = (static_cast<double>(row + 1) + hair) * step_y_;
            const double x0 = ax + (bx - ax) * ((std::clamp(bottom, low_y, high_y) - ay) / (by - ay));
            const double x1 = ax + (bx - ax) * ((std::clamp(top, low_y, high_y) - ay) / (by - ay));
            c0 = std::max(column0, index(std::min(x0, x1) - hair * step_x_, step_x_, columns_));
            c1 = std::min(column1, index(std::max(x0, x1) + hair * step_x_, step_x_, columns_));
        }
        for (std::size_t column = c0; column <= c1; ++column) {
            entries_.push_back({static_cast<std::uint32_t>(row * columns_ + column), segment});
        }
    }
}

} // namespace cutout::geometry
