// Points that a parameter holds: kept alive by shared ownership, never copied.
//
//     PointList sites(std::vector<Point>{{1, 2}, {3, 4}});      // its own
//     PointList lent({data, count}, array);                     // somebody else's; `array` keeps them there
//
// Copies share the points. The points are not read before the fracture runs.
//
// Thread rule: like std::shared_ptr: one object, one thread; copies on different threads are fine. The owner
// is freed by the last copy, on whatever thread that is.
#pragma once

#include "geometry/types.h"

#include <memory>
#include <span>
#include <utility>
#include <vector>

namespace cutout::fracture {

class PointList {
public:
    PointList() = default;
    // NOLINTNEXTLINE(*-explicit-*): a list of points is what it says
    PointList(std::vector<geometry::Point> points) {
        auto own = std::make_shared<const std::vector<geometry::Point>>(std::move(points));
        points_ = *own;
        owner_ = std::move(own);
    }
    PointList(std::span<const geometry::Point> points, std::shared_ptr<const void> owner)
        : owner_(std::move(owner)), points_(points) {}

    [[nodiscard]] std::span<const geometry::Point> points() const { return points_; }
    [[nodiscard]] std::size_t size() const { return points_.size(); }

private:
    std::shared_ptr<const void> owner_;
    std::span<const geometry::Point> points_;
};

} // namespace cutout::fracture
