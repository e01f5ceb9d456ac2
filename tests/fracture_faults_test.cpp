// Faults seen in other fracture tools, one test each.
#include "fracture/slices.h"
#include "fracture/voronoi.h"
#include "geometry/validate.h"

#include "support/fracture_checker.h"
#include "support/shapes.h"

#include <algorithm>
#include <gtest/gtest.h>
#include <numeric>
#include <string>
#include <vector>

namespace {

using namespace cutout;
using fracture::Fragments;
using fracture::SliceParams;
using fracture::VoronoiParams;
using geometry::Point;
using geometry::SimplePolygon;
using test::Rings;

void expect_sound(const Rings& rings, const Fragments& out) {
    const std::vector<std::string> faults = test::check_fragments(rings, out, {});
    EXPECT_TRUE(faults.empty()) << faults.front();
}

Fragments run(const Rings& rings, const fracture::Params& params) {
    const auto views = test::views(rings);
    Fragments out;
    const geometry::Failure failure = fracture::fracture({views}, params, {}, out);
    EXPECT_TRUE(failure.ok()) << failure.message;
    expect_sound(rings, out);
    return out;
}

Fragments run_sites(const Rings& rings, const std::vector<Point>& sites) {
    const auto views = test::views(rings);
    SimplePolygon simple;
    EXPECT_TRUE(geometry::validate({views}, nullptr, simple).ok());
    Fragments out;
    const geometry::Failure failure = fracture::fracture_voronoi_sites(simple, sites, {}, out);
    EXPECT_TRUE(failure.ok()) << failure.message;
    expect_sound(rings, out);
    return out;
}

std::vector<double> sorted_areas(const Fragments& out) {
    std::vector<double> areas = out.areas;
    std::sort(areas.begin(), areas.end());
    return areas;
}

SliceParams single(Point start, Point end, bool extend = false) {
    return {.line_start = start, .line_end = end, .extend = extend};
}

TEST(Faults, LongPlankLosesNothing) {
    const Rings plank{test::rectangle(-5000, -1, 5000, 1)};
    for (int seed = 0; seed < 50; ++seed) {
        const Fragments out =
            run(plank, SliceParams{.seed = seed, .mode = fracture::SliceMode::pattern, .slice_count = 6});
        EXPECT_GT(out.size(), 1U);
    }
    EXPECT_EQ(sorted_areas(run(plank, single({-4000, -1}, {-4000, 1}))), (std::vector<double>{2000, 18000}));
    EXPECT_EQ(sorted_areas(run(plank, single({-4000, 0}, {-4000, 0.5F}, true))),
              (std::vector<double>{2000, 18000}));
}

TEST(Faults, HolesStayHoles) {
    const Rings ring{test::rectangle(0, 0, 100, 100), test::rectangle(30, 30, 70, 70)};
    for (int seed = 0; seed < 30; ++seed) {
        for (const fracture::Params& params : std::vector<fracture::Params>{
                 VoronoiParams{.seed = seed, .fragment_count = 12},
                 SliceParams{.seed = seed, .mode = fracture::SliceMode::pattern, .slice_count = 4},
                 single({50, -10}, {50, 110})}) {
            const Fragments out = run(ring, params);
            EXPECT_NEAR(std::accumulate(out.areas.begin(), out.areas.end(), 0.0), 8400.0, 8400e-6);
            for (std::size_t i = 0; i < out.size(); ++i) {
                for (const Point p : out.ring(i)) {
                    EXPECT_FALSE(p.x > 30 && p.x < 70 && p.y > 30 && p.y < 70) << "a point inside the hole";
                }
            }
        }
    }
}

TEST(Faults, WindingIsTheInputs) {
    Rings rings{test::rectangle(0, 0, 100, 100), test::rectangle(30, 30, 70, 70)};
    for (int turned = 0; turned < 4; ++turned) {
        // The checker compares every fragment's winding with the outer ring's.
        run(rings, VoronoiParams{.seed = 4, .fragment_count = 9});
        run(rings, single({50, -10}, {50, 110}));
        std::reverse(rings[turned % 2 == 0 ? 0 : 1].begin(), rings[turned % 2 == 0 ? 0 : 1].end());
    }
}

TEST(Faults, TwoSitesAndSitesInARow) {
    const Rings square{test::rectangle(0, 0, 8, 8)};
    EXPECT_EQ(run_sites(square, {{2, 4}, {6, 4}}).areas, (std::vector<double>{32, 32}));
    EXPECT_EQ(run_sites(square, {{1, 4}, {3, 4}, {5, 4}, {7, 4}}).areas,
              (std::vector<double>{16, 16, 16, 16}));
    EXPECT_EQ(run_sites(square, {{1, 1}, {3, 3}, {5, 5}, {7, 7}}).size(), 4U);
    EXPECT_EQ(run_sites(square, {{4, 4}}).areas, std::vector<double>{64});
}

TEST(Faults, EqualSitesCountOnce) {
    const Rings square{test::rectangle(0, 0, 8, 8)};
    const Fragments out = run_sites(square, {{6, 4}, {2, 4}, {2, 4}, {6, 4}, {2, 4}});
    EXPECT_EQ(out.areas, (std::vector<double>{32, 32}));
    EXPECT_EQ(out.cells, (std::vector<std::uint32_t>{0, 1})); // the first of each
    EXPECT_EQ(run_sites(square, std::vector<Point>(100, {1, 1})).size(), 1U);
}

TEST(Faults, SitesOnARoundAreOneMeetingPoint) {
    // Twelve sites on one circle (exact: Pythagorean triples): all cells meet in its centre.
    std::vector<Point> sites;
    for (const Point p : {Point{5, 0}, Point{4, 3}, Point{3, 4}}) {
        for (const Point q : {p, Point{-p.y, p.x}, Point{-p.x, -p.y}, Point{p.y, -p.x}}) {
            sites.push_back(q);
        }
    }
    const Fragments out = run_sites({test::rectangle(-10, -10, 10, 10)}, sites);
    EXPECT_EQ(out.size(), 12U);
    int meeting = 0;
    for (const Point p : out.points) {
        meeting += p == Point{0, 0} ? 1 : 0;
    }
    EXPECT_EQ(meeting, 12);
}

TEST(Faults, SitesInHolesAndOutside) {
    const Rings ring{test::rectangle(0, 0, 10, 10), test::rectangle(3, 3, 7, 7)};
    const Fragments out = run_sites(ring, {{5, 5}, {-100, 5}, {1, 1}, {1e6F, 1e6F}});
    EXPECT_GE(out.size(), 2U);
    EXPECT_EQ(std::count(out.cells.begin(), out.cells.end(), 3U), 0); // too far away to own anything
}

TEST(Faults, VertexHitIsCountedOnce) {
    const Rings square{test::rectangle(0, 0, 8, 8)};
    EXPECT_EQ(sorted_areas(run(square, single({0, 0}, {8, 8}))), (std::vector<double>{32, 32}));
    EXPECT_EQ(sorted_areas(run(square, single({-1, 9}, {9, -1}))), (std::vector<double>{32, 32}));
    // Through a reflex corner, along an edge, touching a corner from outside.
    const Rings corner{{{0, 0}, {8, 0}, {8, 4}, {4, 4}, {4, 8}, {0, 8}}};
    EXPECT_EQ(sorted_areas(run(corner, single({0, 0}, {4, 4}))), (std::vector<double>{24, 24}));
    EXPECT_EQ(sorted_areas(run(corner, single({-1, 4}, {9, 4}))), (std::vector<double>{16, 32}));
    EXPECT_EQ(run(corner, single({4, 5}, {9, 0})).size(), 2U);
    EXPECT_EQ(run(corner, single({8, 9}, {9, 8})).size(), 1U);
}

TEST(Faults, SegmentCutsOnlyWhatItPassesThrough) {
    // A U: the segment crosses the left arm only.
    const Rings u{{{0, 0}, {10, 0}, {10, 10}, {7, 10}, {7, 3}, {3, 3}, {3, 10}, {0, 10}}};
    EXPECT_EQ(sorted_areas(run(u, single({-1, 8}, {5, 8}))), (std::vector<double>{6, 66}));
    EXPECT_EQ(run(u, single({-1, 8}, {11, 8})).size(), 3U);
    EXPECT_EQ(run(u, single({-1, 8}, {5, 8}, true)).size(), 3U);
    // It ends inside: nothing is cut. It ends exactly on the far side: cut.
    EXPECT_EQ(run(u, single({-1, 8}, {2, 8})).size(), 1U);
    EXPECT_EQ(run(u, single({0, 8}, {3, 8})).size(), 2U);
    EXPECT_EQ(run(u, single({1, 1}, {2, 1})).size(), 1U);
    EXPECT_EQ(run(u, single({20, 1}, {30, 1})).size(), 1U);
    // The other way round is the same.
    EXPECT_EQ(sorted_areas(run(u, single({5, 8}, {-1, 8}))), (std::vector<double>{6, 66}));
}

TEST(Faults, SegmentIntoAHoleCutsNothing) {
    const Rings ring{test::rectangle(0, 0, 10, 10), test::rectangle(4, 4, 6, 6)};
    const std::vector<double> opened = sorted_areas(run(ring, single({20, 0}, {21, 0})));
    EXPECT_EQ(opened.size(), 2U); // the hole is opened all the same
    EXPECT_EQ(sorted_areas(run(ring, single({-1, 5}, {5, 5}))), opened);
    EXPECT_EQ(sorted_areas(run(ring, single({-1, 5}, {11, 5}))), (std::vector<double>{48, 48}));
}

TEST(Faults, NeighbouringSeedsAreUnrelated) {
    const Rings square{test::rectangle(0, 0, 1000, 1000)};
    std::vector<Point> centres;
    for (int seed = -8; seed < 8; ++seed) {
        const Fragments out = run(square, VoronoiParams{.seed = seed, .fragment_count = 5});
        Point centre{};
        for (const Point p : out.ring(0)) {
            centre.x += p.x / static_cast<float>(out.ring(0).size());
            centre.y += p.y / static_cast<float>(out.ring(0).size());
        }
        for (const Point other : centres) {
            EXPECT_GT(std::abs(centre.x - other.x) + std::abs(centre.y - other.y), 1.0F);
        }
        centres.push_back(centre);
    }
    const auto [left, right] =
        std::minmax_element(centres.begin(), centres.end(), [](Point a, Point b) { return a.x < b.x; });
    EXPECT_GT(right->x - left->x, 300.0F);
}

TEST(Faults, NothingIsRoundedToHundredths) {
    Rings rings{test::rectangle(0, 0, 1, 1)};
    test::transform(rings, 1e-3, 0.0, 0.0);
    const Fragments small = run(rings, VoronoiParams{.fragment_count = 20, .edge_padding = 0.0F});
    EXPECT_EQ(small.size(), 20U);
    // A millionth of that again.
    test::transform(rings, 1e-6, 0.0, 0.0);
    EXPECT_EQ(run(rings, VoronoiParams{.fragment_count = 20, .edge_padding = 0.0F}).size(), 20U);
}

} // namespace
