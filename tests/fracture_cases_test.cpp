// Every promise of the kernel on cases as data: those in tests/data/cases, each of which was a fault once or
// could have been, and hundreds of thousands drawn at random (case_draw.h says of what).
#include "fracture/workspace.h"

#include "support/case_check.h"
#include "support/case_draw.h"
#include "support/case_shrink.h"
#include "support/shapes.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <gtest/gtest.h>
#include <iterator>
#include <map>
#include <string>
#include <vector>

namespace {

using namespace cutout;
using test::CaseReport;
using test::FractureCase;

std::vector<std::filesystem::path> case_files() {
    std::vector<std::filesystem::path> files;
    for (const auto& entry : std::filesystem::directory_iterator(CUTOUT_TEST_DATA "/cases")) {
        if (entry.path().extension() == ".txt") files.push_back(entry.path());
    }
    std::sort(files.begin(), files.end());
    return files;
}

std::string contents(const std::filesystem::path& path) {
    std::ifstream in(path);
    return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
}

TEST(Cases, KeptOnesAreSound) {
    const auto files = case_files();
    ASSERT_FALSE(files.empty());
    for (const auto& file : files) {
        SCOPED_TRACE(file.filename().string());
        const FractureCase fracture_case = test::case_from_text(contents(file));
        const CaseReport report = test::check_case(fracture_case, {});
        EXPECT_TRUE(report.faults.empty()) << report.faults.front();
    }
}

TEST(Cases, TextKeepsEveryBit) {
    for (std::uint64_t seed = 1; seed <= 2000; ++seed) {
        test::RandomDraw draw(seed);
        const std::string text = test::to_text(test::draw_case(draw));
        ASSERT_EQ(test::to_text(test::case_from_text(text)), text);
    }
}

TEST(Cases, CratersAreReadAsTheyAreWritten) {
    const FractureCase c = test::case_from_text("ring 0 0 10 0 10 10\n"
                                                "crater 1 2 3\nset fragment_count integer 4\n"
                                                "crater 5 6 7 8 9 10\nset seed integer 11\n"
                                                "anchor 1 1\nanchor 0 0 1 0 0 1\n");
    ASSERT_EQ(c.way, test::Way::crater);
    ASSERT_EQ(c.craters.size(), 2U);
    EXPECT_EQ(c.craters[0].axis_x, (geometry::Point{3.0F, 0.0F}));
    EXPECT_EQ(c.craters[0].axis_y, (geometry::Point{0.0F, 3.0F}));
    EXPECT_EQ(c.craters[0].fragment_count, 4);
    EXPECT_TRUE(c.craters[0].anchors.empty());
    EXPECT_EQ(c.craters[1].centre, (geometry::Point{5.0F, 6.0F}));
    EXPECT_EQ(c.craters[1].axis_y, (geometry::Point{9.0F, 10.0F}));
    EXPECT_EQ(c.craters[1].seed, 11);
    EXPECT_EQ(c.craters[1].anchors.size(), 2U);
}

// The checker sees what is wrong: it is not the kernel's friend.
TEST(Cases, AFaultIsSeen) {
    const FractureCase crossed = test::case_from_text("ring 0 0 10 10 10 0 0 10\nsite 1 1\n");
    EXPECT_EQ(test::check_case(crossed, {}).status, geometry::Status::self_intersection);
    EXPECT_TRUE(test::check_case(crossed, {}).faults.empty());
    const test::Rings square{test::rectangle(0, 0, 10, 10)};
    fracture::Fragments half;
    half.points = {{0, 0}, {10, 0}, {10, 5}, {0, 5}};
    half.offsets = {0, 4};
    half.cells = half.labels = {0};
    half.areas = {50.0};
    half.centroids = {{5.0F, 2.5F}};
    half.on_boundary = {1};
    EXPECT_FALSE(test::check_fragments(square, half, {}).empty());
    // With the other half as an island it is one ...
    const std::vector<test::Rings> rest{{{{0, 5}, {10, 5}, {10, 10}, {0, 10}}}};
    EXPECT_TRUE(test::check_fragments(square, half, {.islands = rest}).empty());
    // ... but not with one in the same place, nor with one that is wound the other way.
    const std::vector<test::Rings> same{{{{0, 0}, {10, 0}, {10, 5}, {0, 5}}}};
    EXPECT_FALSE(test::check_fragments(square, half, {.islands = same}).empty());
    const std::vector<test::Rings> turned{{{{0, 10}, {10, 10}, {10, 5}, {0, 5}}}};
    EXPECT_FALSE(test::check_fragments(square, half, {.islands = turned}).empty());
}

// What soaking and fuzzing keep is small: the fault here is a point far to the right and a site far below.
TEST(Cases, ShrinkingKeepsTheFaultAlone) {
    FractureCase large;
    test::TestRandom random(3);
    large.rings = test::holed_star(random, 64, 8);
    large.rings[0][20] = {500.25F, 3.5F};
    large.way = test::Way::sites;
    large.sites = test::awkward_sites(random, large.rings, 40);
    large.sites[31] = {1.0F, -700.5F};
    const auto fails = [](const FractureCase& c) {
        const auto right = [](geometry::Point p) { return p.x > 400.0F; };
        const auto below = [](geometry::Point p) { return p.y < -600.0F; };
        return std::any_of(c.rings.begin(), c.rings.end(),
                           [&](const auto& ring) { return std::any_of(ring.begin(), ring.end(), right); }) &&
               std::any_of(c.sites.begin(), c.sites.end(), below);
    };
    ASSERT_TRUE(fails(large));
    const FractureCase small = test::shrink(large, fails);
    EXPECT_TRUE(fails(small));
    ASSERT_EQ(small.rings.size(), 1U);
    EXPECT_EQ(small.rings[0], (std::vector<geometry::Point>{{500.0F, 4.0F}}));
    EXPECT_LE(small.sites.size(), 2U);
}

// At least a hundred thousand fractures in all, and beside them the cases that must be refused. In parts, so
// that they can run at once.
constexpr int parts = 8;
class DrawnCases : public testing::TestWithParam<int> {};

TEST_P(DrawnCases, KeepEveryPromise) {
    fracture::Workspace workspace;
    std::uint64_t fractured = 0;
    std::uint64_t fragments = 0;
    std::uint64_t vanished = 0;
    std::uint64_t hit = 0;
    std::map<geometry::Status, std::uint64_t> ends;
    const auto wanted = static_cast<std::uint64_t>(test::cases(100'000)) / parts + 1;
    const std::uint64_t first = 1'000'000 + 10'000'000 * static_cast<std::uint64_t>(GetParam());
    std::uint64_t seed = first;
    for (; fractured < wanted && seed < first + 8 * wanted; ++seed) {
        test::RandomDraw draw(seed);
        const FractureCase fracture_case = test::draw_case(draw);
        // The other ways cost as much again and more, so only some take them.
        const CaseReport report = test::check_case(
            fracture_case, {.workspace = &workspace, .other_ways = seed % 16 == 0, .derived = seed % 4 == 1});
        ASSERT_TRUE(report.faults.empty()) << "seed " << seed << ": " << report.faults.front() << "\n"
                                           << test::to_text(fracture_case);
        ++ends[report.status];
        fractured += report.fragments > 0 ? 1 : 0;
        fragments += report.fragments;
        vanished += report.vanished_tip ? 1 : 0;
        hit += fracture_case.way == test::Way::crater && report.fragments > 0 ? 1 : 0;
    }
    EXPECT_GE(fractured, wanted);
    EXPECT_GT(fragments, 5 * fractured);
    EXPECT_GE(hit + 5, fractured / 20);
    // Thin tips where floats are coarse.
    EXPECT_LE(vanished, 1 + fractured / 100);
    RecordProperty("cases", std::to_string(seed - first));
    std::string text;
    for (const auto& [status, count] : ends) {
        text += " status " + std::to_string(static_cast<int>(status)) + ": " + std::to_string(count) + ",";
    }
    std::cout << "[ cases    ] " << fragments << " fragments, " << vanished << " vanished tips, " << hit
              << " craters," << text << "\n";
}
INSTANTIATE_TEST_SUITE_P(Parts, DrawnCases, testing::Range(0, parts));

} // namespace
