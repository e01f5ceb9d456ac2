// Placing a number of random sites one by one, with distances that shrink where there is no room.
//
// Thread rule: reentrant.
#pragma once

#include "fracture/fracture.h"
#include "fracture/spacing.h"
#include "fracture/tuning.h"
#include "geometry/status.h"

#include <cstddef>
#include <cstdint>
#include <optional>

namespace cutout::fracture {

// `draw()` proposes a point or nothing; `wanted(p)` is the distance a site at p keeps from those before it,
// at most `longest`; `padding` that from the boundary. When a site finds no place in a bounded number of
// draws, both shrink for it and all that follow, down to nothing. Fewer than `count` sites: there was no room
// left for another float.
template <typename Draw, typename Wanted>
[[nodiscard]] geometry::Failure place_sites(std::size_t count, const Draw& draw, const Wanted& wanted,
                                            double longest, double padding, const BoundaryDistance& boundary,
                                            const Control& control, ChosenSites& chosen) {
    double factor = 1.0;
    chosen.set_distance(longest);
    std::uint32_t draws = 0;
    while (chosen.sites().size() < count) {
        bool placed = false;
        const int attempts = factor > 0.0 ? draws_for_a_site : draws_for_a_last_site;
        for (int attempt = 0; attempt < attempts && !placed; ++attempt) {
            if (++draws % draws_per_check == 0 && control.cancelled()) {
                return {.status = geometry::Status::cancelled, .message = "cancelled"};
            }
            const std::optional<geometry::Point> p = draw();
            if (!p || !chosen.fits(*p, factor * wanted(*p)) ||
                (padding > 0.0 && factor > 0.0 && boundary.nearer(*p, factor * padding))) {
                continue;
            }
            chosen.add(*p);
            placed = true;
        }
        if (placed) continue;
        if (factor == 0.0) break; // no room left for another float
        factor = factor > least_distance_factor ? factor * distance_factor_step : 0.0;
        chosen.set_distance(factor * longest);
    }
    return {};
}

} // namespace cutout::fracture
