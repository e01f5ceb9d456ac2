#include "fracture/slice_lines.h"

#include "fracture/extent.h"
#include "fracture/sampling.h"
#include "geometry/limits.h"
#include "geometry/random.h"
#include "geometry/turns.h"

#include <algorithm>
#include <cstddef>
#include <limits>
#include <optional>

namespace cutout::fracture {

using geometry::Direction;
using geometry::Point;

namespace {

constexpr double full_turn = 360.0;   // degrees
constexpr double widest_tilt = 0.125; // turns: 45 degrees

Point point_at(double x, double y) {
    return {static_cast<float>(x), static_cast<float>(y)};
}

// A line through a place in a direction; its two points lie `half` away from it on either side. On a polygon
// that is smaller than the floats are apart they may be one, and there is nothing to cut along.
void add_line(LinePattern& pattern, double x, double y, const Direction& direction, double half,
              std::uint32_t weight) {
    // Farther out the points would leave the range that exact arithmetic is made for.
    half = std::min(half, 0.25 * static_cast<double>(geometry::max_coordinate));
    const Point from = point_at(x - half * direction.x, y - half * direction.y);
    const Point to = point_at(x + half * direction.x, y + half * direction.y);
    if (from == to) return;
    pattern.lines.emplace_back(from, to);
    pattern.weights.push_back(weight);
}

// Up to the share of 45 degrees either way, in turns.
double tilt(geometry::Random& random, float share) {
    return 2.0 * widest_tilt * static_cast<double>(share) * (random.unit() - 0.5);
}

} // namespace

LinePattern chaotic_lines(const geometry::SimplePolygon& polygon, const SliceParams& params) {
    const InteriorSampler sampler(polygon);
    geometry::Random random(static_cast<std::uint64_t>(params.seed));
    const double size = bounds_of(polygon).longer();
    LinePattern pattern;
    for (std::int32_t i = 0; i < params.slice_count; ++i) {
        const std::optional<Point> through = sampler.draw(random);
        // A random direction without trigonometry: a point of the unit disc.
        double dx = 0.0;
        double dy = 0.0;
        double squared = 0.0;
        do {
            dx = random.range(-1.0, 1.0);
            dy = random.range(-1.0, 1.0);
            squared = dx * dx + dy * dy;
        } while (squared > 1.0 || squared < 0.01);
        // Thinner than the floats are apart: there is no point inside to cut through.
        if (!through) continue;
        const Point other = point_at(static_cast<double>(through->x) + size * dx,
                                     static_cast<double>(through->y) + size * dy);
        if (!(other == *through)) pattern.lines.emplace_back(*through, other);
    }
    return pattern;
}

LinePattern parallel_lines(const geometry::SimplePolygon& polygon, const SliceParams& params) {
    geometry::Random random(static_cast<std::uint64_t>(params.seed));
    const Bounds bounds = bounds_of(polygon);
    const double turns = static_cast<double>(params.parallel_angle) / full_turn;
    const Direction along = geometry::direction(turns);
    // The polygon's extent along the lines and across them, measured from the middle of its bounds.
    double low_along = std::numeric_limits<double>::infinity();
    double high_along = -low_along;
    double low_across = low_along;
    double high_across = -low_along;
    for (const Point p : polygon.points) {
        const double x = static_cast<double>(p.x) - bounds.middle_x();
        const double y = static_cast<double>(p.y) - bounds.middle_y();
        const double a = x * along.x + y * along.y;
        const double b = y * along.x - x * along.y;
        low_along = std::min(low_along, a);
        high_along = std::max(high_along, a);
        low_across = std::min(low_across, b);
        high_across = std::max(high_across, b);
    }
    const double middle = 0.5 * (low_along + high_along);
    LinePattern pattern;
    for (std::int32_t i = 0; i < params.slice_count; ++i) {
        const double share = (i + 1.0) / (params.slice_count + 1.0);
        const double across = low_across + (high_across - low_across) * share;
        const double tilted = tilt(random, params.parallel_angle_rand);
        add_line(pattern, bounds.middle_x() + middle * along.x - across * along.y,
                 bounds.middle_y() + middle * along.y + across * along.x, geometry::direction(turns + tilted),
                 0.5 * (high_along - low_along), 1);
    }
    return pattern;
}

LinePattern grid_lines(const geometry::SimplePolygon& polygon, const SliceParams& params) {
    geometry::Random random(static_cast<std::uint64_t>(params.seed));
    const Bounds bounds = bounds_of(polygon);
    // Of line i of n: where it lies between the sides.
    const auto share = [&random](std::int32_t i, std::int32_t count, float moved) {
        const double move = static_cast<double>(moved) * (random.unit() - 0.5);
        return (i + 1.0 + move) / (count + 1.0);
    };
    LinePattern pattern;
    for (std::int32_t i = 0; i < params.h_slices; ++i) {
        const double x = bounds.low_x + bounds.width() * share(i, params.h_slices, params.h_random);
        // Downwards, so that the higher x is on its left.
        add_line(pattern, x, bounds.middle_y(), geometry::direction(0.75 + tilt(random, params.h_angle_rand)),
                 0.5 * bounds.height(), 1);
    }
    const auto row = static_cast<std::uint32_t>(params.h_slices) + 1;
    for (std::int32_t i = 0; i < params.v_slices; ++i) {
        const double y = bounds.low_y + bounds.height() * share(i, params.v_slices, params.v_random);
        add_line(pattern, bounds.middle_x(), y, geometry::direction(tilt(random, params.v_angle_rand)),
                 0.5 * bounds.width(), row);
    }
    return pattern;
}

std::vector<Point> ray_tips(const geometry::SimplePolygon& polygon, Point origin, const SliceParams& params) {
    geometry::Random random(static_cast<std::uint64_t>(params.seed));
    const double reach = std::min(reach_from(polygon, origin), static_cast<double>(geometry::max_coordinate));
    std::vector<Point> tips;
    tips.reserve(static_cast<std::size_t>(params.slice_count));
    for (std::int32_t i = 0; i < params.slice_count; ++i) {
        const double moved = static_cast<double>(params.radial_randomness) * (random.unit() - 0.5);
        const Direction direction =
            geometry::direction((i + moved) / static_cast<double>(params.slice_count));
        tips.push_back(point_at(static_cast<double>(origin.x) + reach * direction.x,
                                static_cast<double>(origin.y) + reach * direction.y));
    }
    return tips;
}

} // namespace cutout::fracture
