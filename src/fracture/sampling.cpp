#include "fracture/sampling.h"

#include "fracture/tuning.h"

#include <algorithm>
#include <cstddef>
#include <vector>

namespace cutout::fracture {

using geometry::Point;

InteriorSampler::InteriorSampler(const geometry::SimplePolygon& polygon)
    : index_(polygon.points, polygon.edges), low_(polygon.points[0]), high_(polygon.points[0]) {
    for (const Point p : polygon.points) {
        low_ = {std::min(low_.x, p.x), std::min(low_.y, p.y)};
        high_ = {std::max(high_.x, p.x), std::max(high_.y, p.y)};
    }
}

std::optional<Point> InteriorSampler::draw(geometry::Random& random) const {
    for (int attempt = 0; attempt < draws_in_bounds; ++attempt) {
        const double x = random.range(static_cast<double>(low_.x), static_cast<double>(high_.x));
        const double y = random.range(static_cast<double>(low_.y), static_cast<double>(high_.y));
        const Point p{static_cast<float>(x), static_cast<float>(y)};
        if (index_.inside(p)) return p;
    }
    // The area is a small part of the bounds: pick a height, then a place in the interior there.
    std::vector<double> crossings;
    for (int attempt = 0; attempt < draws_on_lines; ++attempt) {
        const double y = random.range(index_.bottom(), index_.top());
        const auto level = static_cast<float>(y);
        index_.crossings(static_cast<double>(level), crossings);
        double length = 0.0;
        for (std::size_t i = 0; i + 1 < crossings.size(); i += 2) {
            length += crossings[i + 1] - crossings[i];
        }
        double rest = length * random.unit();
        for (std::size_t i = 0; i + 1 < crossings.size(); i += 2) {
            const double part = crossings[i + 1] - crossings[i];
            if (rest > part) {
                rest -= part;
                continue;
            }
            const Point p{static_cast<float>(crossings[i] + rest), level};
            if (index_.inside(p)) return p;
            break;
        }
    }
    return std::nullopt;
}

} // namespace cutout::fracture
