#include "batch/fracture_job.h"

#include <algorithm>
#include <variant>

namespace cutout::batch {

namespace {

// Bytes of a typical fragment: six vertices, its place in the flat arrays, and once more as an array of its
// own with a header.
constexpr std::size_t bytes_per_fragment = 2 * (6 * sizeof(geometry::Point)) + 48;

std::size_t expected_fragments(const fracture::VoronoiParams& params) {
    return static_cast<std::size_t>(std::max(params.fragment_count, 0));
}

// n lines in general position make 1 + n + n(n - 1)/2 cells of the plane; about half of the crossings fall
// into a polygon that the lines are drawn through.
std::size_t expected_fragments(const fracture::SliceParams& params) {
    if (params.mode == fracture::SliceMode::single) return 2;
    const auto lines = static_cast<std::size_t>(std::max(params.slice_count, 0));
    return 1 + lines + lines * lines / 4;
}

} // namespace

geometry::Failure FractureJob::run(const fracture::Control& control) {
    geometry::Failure failure = fracture::fracture(polygon(), params_, control, fragments_);
    if (failure.ok() && !control.cancelled()) publish(fragments_);
    return failure;
}

std::size_t FractureJob::bytes() const {
    const auto fragments =
        std::visit([](const auto& operation) { return expected_fragments(operation); }, params_);
    return sizeof(*this) + 2 * polygon().point_count() * sizeof(geometry::Point) +
           fragments * bytes_per_fragment;
}

} // namespace cutout::batch
