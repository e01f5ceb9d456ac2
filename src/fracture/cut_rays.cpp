// slices.h: cutting along rays.
//
// Rays cannot be cut one after the other: a ray ends inside, and separates nothing by itself. So: the line of
// the first ray divides the polygon into two halves, and within a half the line of any other ray runs along
// that ray alone. Each half is divided by its middle ray, each part again by its middle one, and so on: work
// grows with the points times the logarithm of the rays.
//
// The first line runs on behind the origin, where it is no ray. The wedge that lies across it there is cut
// out of the whole polygon instead, by its own two rays; or where it is wider than half a turn, its two parts
// get one label, and the border between them goes when pieces are made.
#include "fracture/slice_region.h"
#include "fracture/slices.h"
#include "geometry/predicates.h"

#include <algorithm>
#include <cstddef>

namespace cutout::fracture {

using geometry::Failure;
using geometry::HalfPlaneSplit;
using geometry::LineId;
using geometry::Lines;
using geometry::Point;
using geometry::Region;

namespace {

bool same_direction(Point origin, Point a, Point b) {
    if (geometry::orientation(origin, a, b) != 0) return false;
    const bool opposite = (a.x < origin.x && b.x > origin.x) || (a.x > origin.x && b.x < origin.x) ||
                          (a.y < origin.y && b.y > origin.y) || (a.y > origin.y && b.y < origin.y);
    return !opposite;
}

// By angle from the x axis, each direction once.
std::vector<Point> sorted_tips(Point origin, std::span<const Point> tips) {
    std::vector<Point> sorted;
    std::copy_if(tips.begin(), tips.end(), std::back_inserter(sorted),
                 [origin](Point tip) { return !(tip == origin); });
    const auto second_half = [origin](Point tip) {
        return tip.y < origin.y || (tip.y == origin.y && tip.x < origin.x);
    };
    std::stable_sort(sorted.begin(), sorted.end(), [&](Point a, Point b) {
        if (second_half(a) != second_half(b)) return second_half(b);
        return geometry::orientation(origin, a, b) > 0;
    });
    sorted.erase(std::unique(sorted.begin(), sorted.end(),
                             [origin](Point a, Point b) { return same_direction(origin, a, b); }),
                 sorted.end());
    return sorted;
}

class Wedges {
public:
    Wedges(const geometry::SimplePolygon& polygon, const Control& control, Soup& out)
        : control_(control), whole_(region_of(polygon, lines_)), fixed_lines_(lines_.size()), out_(out) {}

    // At least two rays.
    Failure run(Point origin, std::span<const Point> tips) {
        for (const Point tip : tips) {
            rays_.push_back(lines_.add_through(origin, tip));
        }
        const std::size_t count = rays_.size();
        // The rays 1 to behind - 1 lie within half a turn from ray 0.
        const auto side = [&](std::size_t ray) { return geometry::orientation(origin, tips[0], tips[ray]); };
        std::size_t behind = 1;
        while (behind < count && side(behind) > 0) {
            ++behind;
        }
        Region left;
        Region right;
        if (!split_.split(lines_, rays_[0], whole_, right, left)) return broken_cut();
        // The wedge across the line behind the origin, if no ray runs there.
        const std::size_t across = behind - 1;
        if (behind < count && side(behind) == 0) {
            divide(left, 0, behind, count);
            divide(right, behind, count, count);
        } else if (lines_.turn(rays_[across], rays_[behind % count]) >= 0) {
            divide(left, 0, behind, across);
            divide(right, across, count, across);
            Region half;
            Region wedge;
            if (!split_.keep(lines_, rays_[across], 1, whole_, half) ||
                !split_.keep(lines_, rays_[behind % count], -1, half, wedge)) {
                return broken_cut();
            }
            emit(wedge, across);
        } else {
            divide(left, 0, behind, count);
            divide(right, across, count, count);
        }
        return failure_;
    }

private:
    // A region that holds the wedges first to last - 1 and lies within half a turn; of those, `left_out` is
    // not emitted.
    void divide(const Region& region, std::size_t first, std::size_t last, std::size_t left_out) {
        if (!failure_.ok() || region.empty()) return;
        if (control_.cancelled()) {
            failure_ = cancelled_cut();
            return;
        }
        if (last - first == 1) {
            if (first != left_out) emit(region, first);
            return;
        }
        const std::size_t middle = first + (last - first) / 2;
        Region before;
        Region after;
        if (!split_.split(lines_, rays_[middle], region, before, after)) {
            failure_ = broken_cut();
            return;
        }
        divide(before, first, middle, left_out);
        divide(after, middle, last, left_out);
    }

    void emit(const Region& region, std::size_t wedge) {
        emit_rings(region, lines_, fixed_lines_, static_cast<std::uint32_t>(wedge), out_);
    }

    const Control& control_;
    Lines lines_;
    Region whole_;
    std::size_t fixed_lines_;
    std::vector<LineId> rays_;
    HalfPlaneSplit split_;
    Failure failure_;
    Soup& out_;
};

} // namespace

Failure cut_rays(const geometry::SimplePolygon& polygon, Point origin, std::span<const Point> tips,
                 const Control& control, Soup& out, std::vector<std::uint32_t>& cell_of_label) {
    out.clear();
    const std::vector<Point> rays = sorted_tips(origin, tips);
    if (rays.size() < 2) return cut_segments(polygon, {}, false, control, out, cell_of_label);
    cell_of_label.resize(rays.size());
    for (std::uint32_t i = 0; i < cell_of_label.size(); ++i) {
        cell_of_label[i] = i;
    }
    return Wedges(polygon, control, out).run(origin, rays);
}

} // namespace cutout::fracture
