// Features about as small as floats are apart.
#include "fracture/fracture.h"

#include "support/fracture_checker.h"
#include "support/shapes.h"

#include <cmath>
#include <gtest/gtest.h>
#include <limits>
#include <string>
#include <vector>

namespace {

using namespace cutout;
using fracture::Fragments;
using geometry::Failure;
using geometry::Point;
using geometry::Status;
using test::Rings;

Failure slice(const Rings& rings, Point from, Point to, Fragments& out) {
    const auto views = test::views(rings);
    return fracture::fracture(
        {views}, fracture::SliceParams{.line_start = from, .line_end = to, .extend = true}, {}, out);
}

double area(const Fragments& fragments) {
    double sum = 0.0;
    for (const double a : fragments.areas) {
        sum += a;
    }
    return sum;
}

TEST(Small, AHoleOfOneUlpIsKept) {
    const Rings rings{
        test::rectangle(720, 449, 1025, 759),
        {{953.996033F, 516.952026F}, {953.996094F, 516.952026F}, {953.996033F, 516.952087F}},
    };
    for (float y = 500.0F; y < 720.0F; y += 20.0F) {
        Fragments pieces;
        const Failure failure = slice(rings, {720.0F, y}, {1025.0F, y - 31.0F}, pieces);
        ASSERT_TRUE(failure.ok()) << failure.message;
        EXPECT_EQ(pieces.size(), 3U); // one half has the hole
        const std::vector<std::string> faults = test::check_fragments(rings, pieces, {});
        EXPECT_TRUE(faults.empty()) << faults.front();
    }
}

TEST(Small, APolygonOfOneUlpIsRefused) {
    for (const float at : {1000.0F, 10.0F, 1.0e7F, 0.0F}) {
        const float next = std::nextafter(at, std::numeric_limits<float>::infinity());
        Fragments pieces;
        const Failure failure =
            slice({{{at, at}, {next, at}, {at, next}}}, {at, at}, {at + 1.0F, at + 1.0F}, pieces);
        EXPECT_EQ(failure.status, Status::too_small) << at << ": " << failure.message;
        EXPECT_EQ(failure.ring, 0);
        EXPECT_EQ(pieces.size(), 0U);
    }
}

TEST(Small, NeverFineWithoutAFragment) {
    test::TestRandom random(21);
    for (int round = 0; round < test::cases(2000); ++round) {
        const float at = random.integer(0, 1) == 0 ? 100.0F : 5.0e6F;
        const float step = std::nextafter(at, std::numeric_limits<float>::infinity()) - at;
        Rings rings(1);
        for (int i = 0; i < 3; ++i) {
            rings[0].push_back({at + step * static_cast<float>(random.integer(0, 3)),
                                at + step * static_cast<float>(random.integer(0, 3))});
        }
        Fragments pieces;
        const Failure failure = slice(rings, {at, at + step * static_cast<float>(random.integer(0, 3))},
                                      {at + 10.0F * step, at}, pieces);
        EXPECT_EQ(failure.ok(), pieces.size() > 0) << failure.message;
        EXPECT_NE(failure.status, Status::internal_error) << failure.message;
        if (failure.ok()) {
            EXPECT_NEAR(area(pieces), test::polygon_area(rings), 0.51 * test::polygon_area(rings));
        }
    }
}

} // namespace
