#include "fracture/sites.h"

#include <utility>

namespace cutout::fracture {

geometry::Failure choose_sites(const geometry::SimplePolygon& polygon, const VoronoiParams& params,
                               const Control& control, std::vector<geometry::Point>& out) {
    switch (params.pattern) {
    case VoronoiPattern::random:
        return random_sites(polygon, params, control, out);
    case VoronoiPattern::poisson:
        return poisson_sites(polygon, params, control, out);
    case VoronoiPattern::impact:
        return impact_sites(polygon, params, control, out);
    case VoronoiPattern::grid:
        out = grid_sites(polygon, params);
        break;
    case VoronoiPattern::radial:
        out = radial_sites(polygon, params);
        break;
    case VoronoiPattern::spiderweb:
        out = spiderweb_sites(polygon, params);
        break;
    case VoronoiPattern::sites:
        out.assign(params.sites.points().begin(), params.sites.points().end());
        break;
    }
    return {};
}

} // namespace cutout::fracture
