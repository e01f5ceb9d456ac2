// Polygons that nobody here drew: the fixtures of mapbox/earcut, where they lie beside the project.
#include "fracture/fracture.h"

#include "support/fracture_checker.h"
#include "support/shapes.h"

#include <gtest/gtest.h>
#include <string>
#include <unordered_map>
#include <vector>

namespace {

using namespace cutout;
using geometry::Status;

// What becomes of each file. Those with touching or crossing rings, or holes of one point, are refused.
const std::unordered_map<std::string, Status> expected{
    {"bad-diagonals", Status::self_touching},
    {"bad-hole", Status::rings_cross},
    {"boxy", Status::rings_touch},
    {"building", Status::ok},
    {"collinear-diagonal", Status::self_touching},
    {"degenerate", Status::self_touching},
    {"dude", Status::ok},
    {"earcut", Status::ok},
    {"eberly-3", Status::rings_touch},
    {"eberly-6", Status::ok},
    {"empty-square", Status::rings_touch},
    {"filtered-bridge-jhl", Status::ok},
    {"hilbert", Status::ok},
    {"hole-touching-outer", Status::rings_touch},
    {"hourglass", Status::self_touching},
    {"infinite-loop-jhl", Status::rings_touch},
    {"issue107", Status::too_few_points},
    {"issue111", Status::self_touching},
    {"issue119", Status::rings_touch},
    {"issue131", Status::rings_touch},
    {"issue142", Status::rings_cross},
    {"issue147", Status::rings_touch},
    {"issue149", Status::self_touching},
    {"issue16", Status::ok},
    {"issue17", Status::ok},
    {"issue186", Status::self_touching},
    {"issue29", Status::ok},
    {"issue34", Status::ok},
    {"issue35", Status::ok},
    {"issue45", Status::rings_touch},
    {"issue52", Status::ok},
    {"issue83", Status::too_few_points},
    {"outside-ring", Status::rings_touch},
    {"rain", Status::rings_touch},
    {"self-tangent-1", Status::rings_touch},
    {"self-tangent-2", Status::rings_touch},
    {"self-tangent-3", Status::rings_touch},
    {"self-tangent-4", Status::rings_touch},
    {"self-touching", Status::self_touching},
    {"shared-points", Status::self_touching},
    {"simplified-us-border", Status::self_intersection},
    {"steiner", Status::too_few_points},
    {"touching-holes", Status::rings_touch},
    {"touching-holes2", Status::rings_touch},
    {"touching-holes3", Status::rings_touch},
    {"touching-holes4", Status::rings_touch},
    {"touching-holes5", Status::rings_touch},
    {"touching-holes6", Status::rings_touch},
    {"touching2", Status::rings_touch},
    {"touching3", Status::rings_touch},
    {"touching4", Status::rings_touch},
    {"water", Status::self_intersection},
    {"water-huge", Status::too_few_points},
    {"water-huge2", Status::too_few_points},
    {"water-huge3", Status::rings_touch},
    {"water2", Status::self_touching},
    {"water3", Status::rings_touch},
    {"water3b", Status::rings_touch},
    {"water4", Status::rings_touch},
};

TEST(Files, AreFracturedOrRefused) {
    const std::vector<test::PolygonFile> files = test::polygon_files();
    if (files.empty()) GTEST_SKIP() << "no polygons at " << CUTOUT_TEST_POLYGONS;
    int fractured = 0;
    for (const test::PolygonFile& file : files) {
        SCOPED_TRACE(file.name);
        const auto known = expected.find(file.name);
        ASSERT_NE(known, expected.end()) << "a new file: say in the table what becomes of it";
        const auto views = test::views(file.rings);
        for (int seed = 0; seed < (known->second == Status::ok ? test::cases(10) : 1); ++seed) {
            for (const fracture::Params& params : std::vector<fracture::Params>{
                     fracture::VoronoiParams{.seed = seed, .fragment_count = 1},
                     fracture::VoronoiParams{.seed = seed, .fragment_count = 20 + 10 * seed},
                     fracture::SliceParams{
                         .seed = seed, .mode = fracture::SliceMode::pattern, .slice_count = 3 + 2 * seed}}) {
                fracture::Fragments out;
                const geometry::Failure failure = fracture::fracture({views}, params, {}, out);
                ASSERT_EQ(failure.status, known->second) << failure.message;
                if (!failure.ok()) {
                    EXPECT_EQ(out.size(), 0U);
                    EXPECT_FALSE(failure.message.empty());
                    EXPECT_GE(failure.ring, 0);
                    EXPECT_GE(failure.vertex, 0);
                    continue;
                }
                ++fractured;
                const std::vector<std::string> faults = test::check_fragments(file.rings, out, {});
                ASSERT_TRUE(faults.empty()) << "seed " << seed << ": " << faults.front();
            }
        }
    }
    EXPECT_GT(fractured, test::cases(10));
}

} // namespace
