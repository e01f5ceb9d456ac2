#include "batch/fracture_job.h"

#include "fracture/tuning.h"
#include "fracture/workspace.h"

#include <algorithm>
#include <variant>

namespace cutout::batch {

namespace {

// Bytes of a typical fragment: six vertices, its place in the flat arrays, and once more as an array of its
// own with a header.
constexpr std::size_t bytes_per_fragment = 2 * (6 * sizeof(geometry::Point)) + 48;

std::size_t positive(std::int32_t value) {
    return static_cast<std::size_t>(std::max(value, 0));
}

std::size_t expected_fragments(const fracture::VoronoiParams& params) {
    using Pattern = fracture::VoronoiPattern;
    switch (params.pattern) {
    case Pattern::random:
    case Pattern::poisson:
    case Pattern::impact:
        return positive(params.fragment_count);
    case Pattern::grid:
        return positive(params.grid_rows) * positive(params.grid_cols);
    case Pattern::radial:
    case Pattern::spiderweb:
        return positive(params.ring_count) * positive(params.points_per_ring) + 1;
    case Pattern::sites:
        break;
    }
    return params.sites.size();
}

// n lines in general position make 1 + n + n(n - 1)/2 cells of the plane; about half of the crossings fall
// into a polygon that the lines are drawn through.
std::size_t cells_of_lines(std::size_t lines) {
    return 1 + lines + lines * lines / 4;
}

std::size_t expected_fragments(const fracture::SliceParams& params) {
    using Pattern = fracture::SlicePattern;
    if (params.mode == fracture::SliceMode::single) return 2;
    if (params.mode == fracture::SliceMode::manual) {
        const std::size_t segments = params.segments.size() / 2;
        return 1 + segments + segments * segments / 16; // they meet less often than whole lines
    }
    switch (params.pattern) {
    case Pattern::radial:
    case Pattern::parallel:
        return positive(params.slice_count) + 1;
    case Pattern::grid:
        return (positive(params.h_slices) + 1) * (positive(params.v_slices) + 1);
    case Pattern::chaotic:
        break;
    }
    return cells_of_lines(positive(params.slice_count));
}

// Lists of points in the parameters: the script's own memory, held as long as the job.
std::size_t held_points(const fracture::VoronoiParams& params) {
    return params.sites.size();
}
std::size_t held_points(const fracture::SliceParams& params) {
    return params.segments.size();
}

// Time for a point of the polygon, and for a fragment: a third to a half more than on the machine they were
// measured on.
constexpr float microseconds_per_point = 0.12F;
constexpr float microseconds_per_fragment = 0.6F;

std::size_t expected_fragments(const fracture::Params& params) {
    return std::visit([](const auto& operation) { return expected_fragments(operation); }, params);
}

} // namespace

geometry::Failure FractureJob::run(const fracture::Control& control) {
    fracture::Fragments own;
    fracture::Fragments& fragments = control.workspace != nullptr ? control.workspace->result : own;
    fracture::Params room;
    geometry::Failure failure = cut(params_.get(room), control, fragments);
    if (failure.ok() && !control.cancelled()) failure = publish(fragments, control);
    if (fragments.points.size() > fracture::most_points_to_keep) fragments = {};
    return failure;
}

std::size_t FractureJob::bytes() const {
    const std::size_t fragments = expected_fragments(params_.shared());
    const auto held =
        std::visit([](const auto& operation) { return held_points(operation); }, params_.shared());
    return sizeof(*this) + (2 * polygon().point_count() + held) * sizeof(geometry::Point) +
           fragments * bytes_per_fragment;
}

float FractureJob::expected_microseconds() const {
    return microseconds_per_point * static_cast<float>(polygon().point_count()) +
           microseconds_per_fragment * static_cast<float>(expected_fragments(params_.shared()));
}

} // namespace cutout::batch
