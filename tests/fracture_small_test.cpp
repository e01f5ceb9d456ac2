// Features about as small as floats are apart, and polygons with holes to open.
#include "fracture/fracture.h"
#include "fracture/open_holes.h"

#include "support/fracture_checker.h"
#include "support/shapes.h"

#include <atomic>
#include <cmath>
#include <gtest/gtest.h>
#include <limits>
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

TEST(Small, AHoleOfOneUlpIsKeptOrRefusedWithItsPlace) {
    const Rings rings{
        test::rectangle(720, 449, 1025, 759),
        {{953.996033F, 516.952026F}, {953.996094F, 516.952026F}, {953.996033F, 516.952087F}},
    };
    int refused = 0;
    for (float y = 500.0F; y < 720.0F; y += 20.0F) {
        Fragments pieces;
        const Failure failure = slice(rings, {720.0F, y}, {1025.0F, y - 31.0F}, pieces);
        if (failure.ok()) {
            EXPECT_NEAR(area(pieces), test::polygon_area(rings), 1e-6 * test::polygon_area(rings));
            continue;
        }
        ++refused;
        EXPECT_EQ(failure.status, Status::too_small) << failure.message;
        EXPECT_NE(failure.message.find("a hole near (953.99"), std::string::npos) << failure.message;
        EXPECT_EQ(pieces.size(), 0U);
    }
    EXPECT_GT(refused, 0);
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

TEST(Small, OpeningHolesLooksAtTheCancelFlag) {
    const std::vector<std::vector<Point>> rings{
        test::rectangle(0, 0, 30, 10),
        {{3, 3}, {3, 7}, {7, 7}, {7, 3}},
        {{13, 3}, {13, 7}, {17, 7}, {17, 3}},
    };
    const std::vector<std::vector<fracture::EdgeKey>> keys(
        3, std::vector<fracture::EdgeKey>(4, fracture::boundary_key));
    for (const bool set : {false, true}) {
        fracture::HoleOpener opener;
        fracture::Soup soup;
        std::uint32_t label = 0;
        std::uint64_t cut_number = 0;
        const std::atomic<bool> cancel{set};
        EXPECT_EQ(opener.open(rings, keys, label, cut_number, &cancel, soup), !set);
        EXPECT_EQ(soup.labels.size(), set ? 0U : 3U);
    }
}

} // namespace
