// sites.h, pattern "impact".
#include "fracture/extent.h"
#include "fracture/place_sites.h"
#include "fracture/sampling.h"
#include "fracture/sites.h"
#include "geometry/random.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <optional>
#include <utility>

namespace cutout::fracture {

using geometry::Point;

namespace {

struct Hit {
    double x;
    double y;
    double radius;
    double falloff;

    [[nodiscard]] double distance(Point p) const {
        const double dx = static_cast<double>(p.x) - x;
        const double dy = static_cast<double>(p.y) - y;
        return std::sqrt(dx * dx + dy * dy);
    }
    // How much sparser sites are so far away, as a length: 1 inside the radius, growing.
    [[nodiscard]] double thinning(double away) const {
        const double u = std::max(0.0, away - radius) / radius;
        return 1.0 + falloff * u * u;
    }
    [[nodiscard]] double density(double away) const {
        const double thin = thinning(away);
        return 1.0 / (thin * thin);
    }
};

// Draws points of the polygon with the density of a hit.
//
// Squares round the hit, each twice as large as the one inside it, clipped by the bounds; a point is drawn in
// one of them, thrown away when it lies in the next smaller square, and else kept as often as its density is
// to the largest outside that square. So a tiny radius in a large polygon costs no more than a wide one.
class HitSampler {
public:
    HitSampler(const InteriorSampler& sampler, const Bounds& bounds, const Hit& hit)
        : sampler_(sampler), hit_(hit) {
        const double away_x = std::max({bounds.low_x - hit.x, hit.x - bounds.high_x, 0.0});
        const double away_y = std::max({bounds.low_y - hit.y, hit.y - bounds.high_y, 0.0});
        const double nearest = std::sqrt(away_x * away_x + away_y * away_y);
        double inner = 0.0;
        double area_inside = 0.0;
        for (double half = hit.radius;; half *= 2.0) {
            Square square{.low_x = std::max(hit.x - half, bounds.low_x),
                          .low_y = std::max(hit.y - half, bounds.low_y),
                          .high_x = std::min(hit.x + half, bounds.high_x),
                          .high_y = std::min(hit.y + half, bounds.high_y),
                          .inner = inner,
                          .density = hit.density(std::max(inner, nearest))};
            const double width = square.high_x - square.low_x;
            const double height = square.high_y - square.low_y;
            const double area = width > 0.0 && height > 0.0 ? width * height : 0.0;
            if (area > area_inside) {
                square.weight_sum = total_ += area * square.density;
                squares_.push_back(square);
            }
            area_inside = area;
            inner = half;
            if (width >= bounds.width() && height >= bounds.height()) break;
        }
    }

    [[nodiscard]] std::optional<Point> draw(geometry::Random& random) const {
        for (int attempt = 0; attempt < draws_near_impact; ++attempt) {
            const double pick = total_ * random.unit();
            const auto square = std::find_if(squares_.begin(), squares_.end(), [&](const Square& candidate) {
                return pick < candidate.weight_sum;
            });
            if (square == squares_.end()) continue;
            const double x = random.range(square->low_x, square->high_x);
            const double y = random.range(square->low_y, square->high_y);
            const double keep = random.unit();
            if (std::max(std::abs(x - hit_.x), std::abs(y - hit_.y)) < square->inner) continue;
            const Point p{static_cast<float>(x), static_cast<float>(y)};
            if (keep * square->density < hit_.density(hit_.distance(p)) && sampler_.inside(p)) return p;
        }
        return draw_from_few(random);
    }

private:
    struct Square {
        double low_x;
        double low_y;
        double high_x;
        double high_y;
        double inner;   // half the side of the next smaller one
        double density; // the most outside that one
        double weight_sum = 0.0;
    };

    // The polygon is a small part of its bounds: one of a few points of it, by their densities.
    [[nodiscard]] std::optional<Point> draw_from_few(geometry::Random& random) const {
        std::array<std::pair<Point, double>, 8> few; // with the sums of the densities
        std::size_t count = 0;
        double sum = 0.0;
        for (std::size_t i = 0; i < few.size(); ++i) {
            const std::optional<Point> p = sampler_.draw(random);
            if (!p) continue;
            sum += hit_.density(hit_.distance(*p));
            few[count++] = {*p, sum};
        }
        const double pick = sum * random.unit();
        for (std::size_t i = 0; i < count; ++i) {
            if (pick < few[i].second) return few[i].first;
        }
        if (count == 0) return std::nullopt;
        return few[count - 1].first;
    }

    const InteriorSampler& sampler_;
    Hit hit_;
    std::vector<Square> squares_;
    double total_ = 0.0;
};

} // namespace

double impact_radius_of(const geometry::SimplePolygon& polygon, const VoronoiParams& params) {
    return params.impact_radius > 0.0F ? static_cast<double>(params.impact_radius)
                                       : 0.125 * bounds_of(polygon).shorter();
}

geometry::Failure impact_sites(const geometry::SimplePolygon& polygon, const VoronoiParams& params,
                               const Control& control, std::vector<Point>& out) {
    const InteriorSampler sampler(polygon);
    const BoundaryDistance boundary(polygon, sampler.index());
    geometry::Random random(static_cast<std::uint64_t>(params.seed));
    const Bounds bounds = bounds_of(polygon);
    const Point origin = origin_of(polygon, params.origin);
    const Hit hit{.x = static_cast<double>(origin.x),
                  .y = static_cast<double>(origin.y),
                  .radius = impact_radius_of(polygon, params),
                  .falloff = static_cast<double>(params.impact_falloff)};
    const HitSampler hit_sampler(sampler, bounds, hit);
    const auto share = static_cast<double>(params.min_cell_distance);
    const double longest = share * bounds.shorter();
    const double padding = std::min(static_cast<double>(params.edge_padding), bounds.shorter());
    const auto count = static_cast<std::size_t>(params.fragment_count);

    ChosenSites chosen(sampler.low(), sampler.high(), count);
    const auto wanted = [&](Point p) {
        return std::min(longest, share * hit.radius * hit.thinning(hit.distance(p)));
    };
    geometry::Failure failure = place_sites(
        count, [&] { return hit_sampler.draw(random); }, wanted, longest, padding, boundary, control, chosen);
    if (failure.ok() && chosen.sites().size() < count) {
        // The radius holds no more floats: the others go anywhere.
        failure = place_sites(
            count, [&] { return sampler.draw(random); }, [](Point) { return 0.0; }, 0.0, 0.0, boundary,
            control, chosen);
    }
    if (!failure.ok()) return failure;
    out = std::move(chosen.sites());
    if (out.empty()) out.push_back(polygon.points[0]);
    return {};
}

} // namespace cutout::fracture
