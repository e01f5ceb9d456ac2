// A uniform grid over segments: each is listed in every cell it passes through (and perhaps in one beside).
//
//     SegmentGrid grid;
//     if (grid.build(points, segments)) { for (std::uint32_t s : grid.cell(grid.cell_at(x, y))) ... }
//
// Cells are about as wide and as high as the segments, at most about two for each segment. build() is false
// when the lists would be long all the same (many long slanted slivers); then the grid is of no use.
//
// Two segments that meet are listed together in the cell where they do.
//
// Thread rule: queries are const and may run at once.
#pragma once

#include "geometry/planarity.h"
#include "geometry/types.h"

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace cutout::geometry {

class SegmentGrid {
public:
    [[nodiscard]] bool build(std::span<const Point> points, std::span<const Segment> segments);

    [[nodiscard]] std::size_t columns() const { return columns_; }
    [[nodiscard]] std::size_t rows() const { return rows_; }
    [[nodiscard]] std::size_t cell_count() const { return columns_ * rows_; }
    // The segments listed in cell `row * columns() + column`.
    [[nodiscard]] std::span<const std::uint32_t> cell(std::size_t i) const {
        return {sorted_.data() + offsets_[i], offsets_[i + 1] - offsets_[i]};
    }
    // The column or row of a coordinate; outside the grid the nearest one.
    [[nodiscard]] std::size_t column_of(double x) const { return index(x - origin_x_, step_x_, columns_); }
    [[nodiscard]] std::size_t row_of(double y) const { return index(y - origin_y_, step_y_, rows_); }

    // Pairs of segments that share a cell, counted once for each cell.
    [[nodiscard]] std::size_t pair_count() const;

private:
    struct Entry {
        std::uint32_t cell;
        std::uint32_t segment;
    };

    void measure(std::span<const Point> points, std::span<const Segment> segments);
    void add(Point a, Point b, std::uint32_t segment);
    [[nodiscard]] static std::size_t index(double offset, double step, std::size_t count);

    double origin_x_ = 0.0;
    double origin_y_ = 0.0;
    double step_x_ = 1.0;
    double step_y_ = 1.0;
    std::size_t columns_ = 1;
    std::size_t rows_ = 1;
    std::vector<Entry> entries_;
    std::vector<std::uint32_t> offsets_;
    std::vector<std::uint32_t> sorted_;
};

} // namespace cutout::geometry
