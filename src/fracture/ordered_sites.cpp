// sites.h, the patterns with an order: grid, radial, spiderweb.
#include "fracture/extent.h"
#include "fracture/sites.h"
#include "geometry/random.h"
#include "geometry/turns.h"

#include <cstddef>

namespace cutout::fracture {

using geometry::Direction;
using geometry::Point;

namespace {

Point at(Point origin, const Direction& direction, double radius) {
    return to_point(static_cast<double>(origin.x) + radius * direction.x,
                    static_cast<double>(origin.y) + radius * direction.y);
}

} // namespace

std::vector<Point> grid_sites(const geometry::SimplePolygon& polygon, const VoronoiParams& params) {
    geometry::Random random(static_cast<std::uint64_t>(params.seed));
    const Bounds bounds = bounds_of(polygon);
    const auto jitter = static_cast<double>(params.grid_jitter);
    std::vector<Point> sites;
    sites.reserve(static_cast<std::size_t>(params.grid_rows) * static_cast<std::size_t>(params.grid_cols));
    for (std::int32_t row = 0; row < params.grid_rows; ++row) {
        for (std::int32_t column = 0; column < params.grid_cols; ++column) {
            const double right = 0.5 + jitter * (random.unit() - 0.5);
            const double up = 0.5 + jitter * (random.unit() - 0.5);
            sites.push_back(to_point(
                bounds.low_x + bounds.width() * ((column + right) / static_cast<double>(params.grid_cols)),
                bounds.low_y + bounds.height() * ((row + up) / static_cast<double>(params.grid_rows))));
        }
    }
    return sites;
}

std::vector<Point> radial_sites(const geometry::SimplePolygon& polygon, const VoronoiParams& params) {
    geometry::Random random(static_cast<std::uint64_t>(params.seed));
    const Point origin = origin_of(polygon, params.origin);
    const auto variation = static_cast<double>(params.radial_variation);
    const double size = params.ring_size > 0.0F
                            ? static_cast<double>(params.ring_size)
                            : reach_from(polygon, origin) / static_cast<double>(params.ring_count);
    std::vector<Point> sites;
    for (std::int32_t ring = 0; ring < params.ring_count; ++ring) {
        const double turned = ring % 2 == 0 ? 0.0 : 0.5;
        for (std::int32_t i = 0; i < params.points_per_ring; ++i) {
            const double along = turned + variation * (random.unit() - 0.5);
            const double across = 0.5 + variation * (random.unit() - 0.5);
            sites.push_back(at(origin,
                               geometry::direction((i + along) / static_cast<double>(params.points_per_ring)),
                               size * (ring + across)));
        }
    }
    return sites;
}

std::vector<Point> spiderweb_sites(const geometry::SimplePolygon& polygon, const VoronoiParams& params) {
    geometry::Random random(static_cast<std::uint64_t>(params.seed));
    const Point origin = origin_of(polygon, params.origin);
    const auto variation = static_cast<double>(params.radial_variation);
    const double size = params.ring_size > 0.0F
                            ? static_cast<double>(params.ring_size)
                            : reach_from(polygon, origin) / (static_cast<double>(params.ring_count) + 0.5);
    std::vector<Direction> spokes;
    for (std::int32_t i = 0; i < params.points_per_ring; ++i) {
        const double along = variation * (random.unit() - 0.5);
        spokes.push_back(geometry::direction((i + along) / static_cast<double>(params.points_per_ring)));
    }
    std::vector<Point> sites{origin};
    for (std::int32_t ring = 1; ring <= params.ring_count; ++ring) {
        const double across = variation * (random.unit() - 0.5);
        for (const Direction& spoke : spokes) {
            sites.push_back(at(origin, spoke, size * (ring + across)));
        }
    }
    return sites;
}

} // namespace cutout::fracture
