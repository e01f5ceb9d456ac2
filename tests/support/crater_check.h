// The part of check_case() that is for craters: hit after hit, each island that one leaves is the next one's
// polygon.
//
// Of each hit: debris and islands tile the polygon together, with the checks of fracture_checker.h; what an
// island has that is neither the polygon's own point nor a point of the debris is a fault, and so is a point
// deep in the crater. An island that stays holds on to an anchor, and only one stays without anchors. Of all
// islands, those that hold stay and the others fall (a second run, with an anchor that holds all, says which
// there are). Another run, rings that begin elsewhere and damage_all() give the same. A crater is refused
// when it is bad, and only then.
#pragma once

#include "support/case_check.h"

namespace cutout::test {

[[nodiscard]] CaseReport check_craters(const FractureCase& fracture_case, const CheckDepth& depth);

} // namespace cutout::test
