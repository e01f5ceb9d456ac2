#include "fracture/fracture.h"

#include "fracture/sites.h"
#include "fracture/slices.h"
#include "fracture/voronoi.h"
#include "geometry/validate.h"

#include <variant>
#include <vector>

namespace cutout::fracture {

namespace {

geometry::Failure run(const geometry::SimplePolygon& polygon, const Params& params, const Control& control,
                      Fragments& out) {
    if (const auto* slices = std::get_if<SliceParams>(&params)) {
        return fracture_slices(polygon, *slices, control, out);
    }
    std::vector<geometry::Point> sites;
    const auto& voronoi = std::get<VoronoiParams>(params);
    if (geometry::Failure failure = choose_sites(polygon, voronoi, control, sites); !failure.ok())
        return failure;
    return fracture_voronoi_sites(polygon, sites, control, out);
}

} // namespace

geometry::Failure fracture(const geometry::PolygonView& polygon, const Params& params, const Control& control,
                           Fragments& out) {
    out.clear();
    if (geometry::Failure failure = check_params(params); !failure.ok()) return failure;
    if (geometry::Failure failure = check_points(params); !failure.ok()) return failure;
    if (control.cancelled()) return {.status = geometry::Status::cancelled, .message = "cancelled"};
    geometry::SimplePolygon simple;
    if (geometry::Failure failure = geometry::validate(polygon, control.cancel, simple); !failure.ok()) {
        return failure;
    }
    geometry::Failure failure = run(simple, params, control, out);
    if (!failure.ok()) {
        out.clear();
        return failure;
    }
    control.report(1.0F);
    return failure;
}

} // namespace cutout::fracture
