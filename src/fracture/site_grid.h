// Points in a uniform grid, for walking outwards from a place.
//
// Thread rule: queries are const and may run at once.
#pragma once

#include "geometry/types.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace cutout::fracture {

class SiteGrid {
public:
    explicit SiteGrid(std::span<const geometry::Point> sites) {
        double max_x = 0.0;
        double max_y = 0.0;
        for (std::size_t i = 0; i < sites.size(); ++i) {
            const auto x = static_cast<double>(sites[i].x);
            const auto y = static_cast<double>(sites[i].y);
            origin_x_ = i == 0 ? x : std::min(origin_x_, x);
            origin_y_ = i == 0 ? y : std::min(origin_y_, y);
            max_x = i == 0 ? x : std::max(max_x, x);
            max_y = i == 0 ? y : std::max(max_y, y);
        }
        const double width = max_x - origin_x_;
        const double height = max_y - origin_y_;
        const auto count = static_cast<double>(std::max<std::size_t>(sites.size(), 1));
        // About two sites a cell; square cells, but at most `count` in a row when all sites lie on a line.
        step_ = std::max({std::sqrt(2.0 * width * height / count), width / count, height / count, 1e-300});
        columns_ = static_cast<std::int64_t>(width / step_) + 1;
        rows_ = static_cast<std::int64_t>(height / step_) + 1;
        offsets_.assign(static_cast<std::size_t>(columns_ * rows_) + 1, 0);
        for (const geometry::Point site : sites) {
            ++offsets_[cell_of(site) + 1];
        }
        for (std::size_t i = 0; i + 1 < offsets_.size(); ++i) {
            offsets_[i + 1] += offsets_[i];
        }
        listed_.resize(sites.size());
        std::vector<std::uint32_t> next(offsets_.begin(), offsets_.end() - 1);
        for (std::uint32_t i = 0; i < sites.size(); ++i) {
            listed_[next[cell_of(sites[i])]++] = i;
        }
    }

    // Calls visit(index) for the sites in the cells exactly `ring` cells away from the cell of p. False: that
    // ring lies wholly outside the grid.
    template <typename Visit> bool visit_ring(geometry::Point p, std::int64_t ring, Visit&& visit) const {
        const std::int64_t column = column_of(p);
        const std::int64_t row = row_of(p);
        if (ring > std::max(std::max(column, columns_ - 1 - column), std::max(row, rows_ - 1 - row)))
            return false;
        const std::int64_t low_row = std::max<std::int64_t>(row - ring, 0);
        const std::int64_t high_row = std::min(row + ring, rows_ - 1);
        for (std::int64_t r = low_row; r <= high_row; ++r) {
            const bool whole = r == row - ring || r == row + ring;
            const std::int64_t step = whole || ring == 0 ? 1 : 2 * ring;
            for (std::int64_t c = column - ring; c <= column + ring; c += step) {
                if (c < 0 || c >= columns_) continue;
                const auto cell = static_cast<std::size_t>(r * columns_ + c);
                for (std::uint32_t k = offsets_[cell]; k < offsets_[cell + 1]; ++k) {
                    visit(listed_[k]);
                }
            }
        }
        return true;
    }

    // Sites more than `ring` rings away are at least this far from p, a site.
    [[nodiscard]] double reach(std::int64_t ring) const {
        return static_cast<double>(ring) * step_ * 0.999999;
    }

private:
    [[nodiscard]] std::int64_t column_of(geometry::Point p) const {
        return std::clamp<std::int64_t>(
            static_cast<std::int64_t>((static_cast<double>(p.x) - origin_x_) / step_), 0, columns_ - 1);
    }
    [[nodiscard]] std::int64_t row_of(geometry::Point p) const {
        return std::clamp<std::int64_t>(
            static_cast<std::int64_t>((static_cast<double>(p.y) - origin_y_) / step_), 0, rows_ - 1);
    }
    [[nodiscard]] std::size_t cell_of(geometry::Point p) const {
        return static_cast<std::size_t>(row_of(p) * columns_ + column_of(p));
    }

    double origin_x_ = 0.0;
    double origin_y_ = 0.0;
    double step_ = 1.0;
    std::int64_t columns_ = 1;
    std::int64_t rows_ = 1;
    std::vector<std::uint32_t> offsets_;
    std::vector<std::uint32_t> listed_;
};

} // namespace cutout::fracture
