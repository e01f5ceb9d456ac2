// Values that are given at the points of a polygon, anywhere inside it: mean value coordinates.
//
//     Blend blend(polygon);
//     if (blend.weigh(point)) { use(blend.weights()); } // one for each point of the polygon, sum 1
//
// On an edge only its two ends have weight, at a point only that one. K. Hormann and M. Floater, Mean value
// coordinates for arbitrary planar polygons, ACM Transactions on Graphics 25, 2006.
//
// Thread rule: one object, one thread. The polygon must outlive it.
#pragma once

#include "debris/affine.h"

#include <cstddef>
#include <span>
#include <vector>

namespace cutout::debris {

class Blend {
public:
    explicit Blend(const geometry::PolygonView& polygon) : polygon_(polygon) {}

    // False: there is no answer for this point.
    [[nodiscard]] bool weigh(Point point);
    [[nodiscard]] std::span<const double> weights() const { return weights_; }

private:
    [[nodiscard]] bool weigh_border(Point point);

    geometry::PolygonView polygon_;
    std::vector<double> weights_;
};

} // namespace cutout::debris
