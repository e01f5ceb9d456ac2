// Random points inside a polygon.
//
// Thread rule: const, any number of threads; the random numbers belong to the caller.
#pragma once

#include "geometry/random.h"
#include "geometry/scan_index.h"
#include "geometry/validate.h"

#include <optional>

namespace cutout::fracture {

class InteriorSampler {
public:
    // Keeps a view of the polygon.
    explicit InteriorSampler(const geometry::SimplePolygon& polygon);

    // A point strictly inside, uniform over the area as long as the area is no tiny part of the bounds (then
    // uniform by height, and along each height). Nothing: no float inside was found, the polygon is thinner
    // than the floats are apart.
    [[nodiscard]] std::optional<geometry::Point> draw(geometry::Random& random) const;

    [[nodiscard]] bool inside(geometry::Point p) const { return index_.inside(p); }
    [[nodiscard]] const geometry::ScanIndex& index() const { return index_; }
    [[nodiscard]] geometry::Point low() const { return low_; }
    [[nodiscard]] geometry::Point high() const { return high_; }

private:
    geometry::ScanIndex index_;
    geometry::Point low_;
    geometry::Point high_;
};

} // namespace cutout::fracture
