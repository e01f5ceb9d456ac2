// sites.h, pattern "random".
#include "fracture/extent.h"
#include "fracture/place_sites.h"
#include "fracture/sampling.h"
#include "fracture/sites.h"
#include "geometry/random.h"

#include <algorithm>
#include <utility>

namespace cutout::fracture {

using geometry::Point;

geometry::Failure random_sites(const geometry::SimplePolygon& polygon, const VoronoiParams& params,
                               const Control& control, std::vector<Point>& out) {
    const InteriorSampler sampler(polygon);
    const BoundaryDistance boundary(polygon, sampler.index());
    geometry::Random random(static_cast<std::uint64_t>(params.seed));
    const double shorter = bounds_of(polygon).shorter();
    const double distance = static_cast<double>(params.min_cell_distance) * shorter;
    // No point inside is further than this from the boundary.
    const double padding = std::min(static_cast<double>(params.edge_padding), shorter);
    const auto count = static_cast<std::size_t>(params.fragment_count);

    ChosenSites chosen(sampler.low(), sampler.high(), count);
    geometry::Failure failure = place_sites(
        count, [&] { return sampler.draw(random); }, [&](Point) { return distance; }, distance, padding,
        boundary, control, chosen);
    if (!failure.ok()) return failure;
    out = std::move(chosen.sites());
    if (out.empty()) out.push_back(polygon.points[0]);
    return {};
}

} // namespace cutout::fracture
