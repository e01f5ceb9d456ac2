#include "fracture/derived.h"

#include "fracture/tuning.h"
#include "geometry/convex_parts.h"
#include "geometry/text.h"
#include "geometry/triangulate.h"

#include <cstddef>

namespace cutout::fracture {

using geometry::Failure;
using geometry::Point;
using geometry::Status;

namespace {

Failure cancelled() {
    return {.status = Status::cancelled, .message = "cancelled"};
}

Failure not_simple(std::size_t fragment) {
    return {.status = Status::internal_error,
            .message = geometry::concat("fragment ", geometry::to_text(fragment),
                                        " could not be triangulated; the result was withheld. Please report "
                                        "the polygon and parameters")};
}

} // namespace

Failure find_triangles(const Fragments& fragments, const Control& control, Triangles& out,
                       geometry::TriangleKind kind) {
    out.clear();
    out.offsets.reserve(fragments.size() + 1);
    if (fragments.points.size() > 2 * fragments.size()) {
        out.corners.reserve(3 * (fragments.points.size() - 2 * fragments.size()));
    }
    geometry::Triangulation triangulation;
    for (std::size_t i = 0; i < fragments.size(); ++i) {
        if (i % cells_per_check == 0 && control.cancelled()) {
            out.clear();
            return cancelled();
        }
        if (!triangulation.triangulate(fragments.ring(i), kind)) {
            out.clear();
            return not_simple(i);
        }
        for (const std::int32_t corner : triangulation.origins()) {
            out.corners.push_back(fragments.offsets[i] + static_cast<std::uint32_t>(corner));
        }
        out.offsets.push_back(static_cast<std::uint32_t>(out.corners.size() / 3));
    }
    return {};
}

Failure find_convex_parts(const Fragments& fragments, std::uint32_t max_corners, double min_width,
                          const Control& control, FragmentParts& out) {
    out.clear();
    if (max_corners < 3) {
        return {.status = Status::bad_argument, .message = "a convex part has three corners or more"};
    }
    out.points.reserve(fragments.points.size());
    out.offsets.reserve(fragments.size() + 1);
    out.part_of.reserve(fragments.size());
    geometry::ConvexParts parts;
    for (std::size_t i = 0; i < fragments.size(); ++i) {
        if (i % cells_per_check == 0 && control.cancelled()) {
            out.clear();
            return cancelled();
        }
        const geometry::RingView ring = fragments.ring(i);
        if (!parts.split(ring, max_corners)) {
            out.clear();
            return not_simple(i);
        }
        for (std::size_t k = 0; k < parts.count(); ++k) {
            const std::size_t begin = out.points.size();
            for (const std::uint32_t corner : parts.part(k)) {
                out.points.push_back(ring[corner]);
            }
            const std::span<const Point> part(out.points.data() + begin, out.points.size() - begin);
            if (min_width > 0.0 && geometry::width(part) < min_width) {
                out.points.resize(begin);
                continue;
            }
            out.offsets.push_back(static_cast<std::uint32_t>(out.points.size()));
            out.part_of.push_back(static_cast<std::uint32_t>(i));
        }
    }
    return {};
}

} // namespace cutout::fracture
