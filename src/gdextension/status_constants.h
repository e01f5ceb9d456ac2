// The values of geometry::Status under the names that scripts see. Complete: a switch without default makes
// the compiler find a value that is missing.
#pragma once

#include "geometry/status.h"

#include <array>
#include <cstdint>

namespace cutout::engine {

inline constexpr std::array all_statuses = {
    geometry::Status::ok,
    geometry::Status::cancelled,
    geometry::Status::too_few_points,
    geometry::Status::not_finite,
    geometry::Status::too_large,
    geometry::Status::zero_area,
    geometry::Status::self_intersection,
    geometry::Status::self_touching,
    geometry::Status::rings_cross,
    geometry::Status::rings_touch,
    geometry::Status::hole_outside,
    geometry::Status::too_small,
    geometry::Status::bad_parameter,
    geometry::Status::bad_argument,
    geometry::Status::queue_full,
    geometry::Status::out_of_memory,
    geometry::Status::internal_error,
};

[[nodiscard]] constexpr const char* status_name(geometry::Status status) {
    using geometry::Status;
    switch (status) {
    case Status::ok:
        return "STATUS_OK";
    case Status::cancelled:
        return "STATUS_CANCELLED";
    case Status::too_few_points:
        return "STATUS_TOO_FEW_POINTS";
    case Status::not_finite:
        return "STATUS_NOT_FINITE";
    case Status::too_large:
        return "STATUS_TOO_LARGE";
    case Status::zero_area:
        return "STATUS_ZERO_AREA";
    case Status::self_intersection:
        return "STATUS_SELF_INTERSECTION";
    case Status::self_touching:
        return "STATUS_SELF_TOUCHING";
    case Status::rings_cross:
        return "STATUS_RINGS_CROSS";
    case Status::rings_touch:
        return "STATUS_RINGS_TOUCH";
    case Status::hole_outside:
        return "STATUS_HOLE_OUTSIDE";
    case Status::too_small:
        return "STATUS_TOO_SMALL";
    case Status::bad_parameter:
        return "STATUS_BAD_PARAMETER";
    case Status::bad_argument:
        return "STATUS_BAD_ARGUMENT";
    case Status::queue_full:
        return "STATUS_QUEUE_FULL";
    case Status::out_of_memory:
        return "STATUS_OUT_OF_MEMORY";
    case Status::internal_error:
        return "STATUS_INTERNAL_ERROR";
    }
    return "";
}

} // namespace cutout::engine
