// Runs one fracture and holds the result to every promise.
//
//     CaseReport report = check_case(fracture_case, {});
//     EXPECT_TRUE(report.faults.empty()) << report.faults.front() << "\n" << to_text(fracture_case);
//
// Of an accepted polygon: areas add up, interiors are disjoint, neighbours match bit for bit, rings are
// simple (fracture_checker.h); each piece is nearest to its site, or on one side of each line; another run,
// the slow way of Voronoi fracture, rings that begin elsewhere or are wound the other way, and a scale by a
// power of two give the same pieces; triangles and convex parts cover theirs (derived_checker.h). Of a
// refused one: the refusal is one that the polygon (polygon_judge.h) or the parameters deserve, it has a
// message, and the result is empty. And a polygon without fault is not refused. Of craters: crater_check.h.
#pragma once

#include "fracture/fracture.h"
#include "geometry/status.h"
#include "support/fracture_case.h"

#include <cstddef>
#include <string>
#include <vector>

namespace cutout::test {

struct CheckDepth {
    fracture::Workspace* workspace = nullptr; // used before: what is left in it must not matter
    bool other_ways = true;  // run again, slowly, with other rings, scaled: up to five more fractures
    bool derived = true;     // triangles, convex parts and neighbours
    bool judge_input = true; // each pair of edges of the polygon
};

struct CaseReport {
    std::vector<std::string> faults; // empty: all promises hold
    geometry::Status status = geometry::Status::ok;
    std::size_t fragments = 0;
    bool fell_back = false; // the fast way had no answer
    // Rounding swallowed a tip of the polygon thinner than floats are apart: allowed, and counted.
    bool vanished_tip = false;
};

[[nodiscard]] CaseReport check_case(const FractureCase& fracture_case, const CheckDepth& depth);

} // namespace cutout::test
