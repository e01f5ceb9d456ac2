// Polygons that cross or touch themselves, cut all the same: `self_intersection` "repair".
#include "fracture/close_look.h"
#include "fracture/fracture.h"
#include "geometry/predicates.h"
#include "geometry/validate.h"

#include "support/fracture_checker.h"
#include "support/shapes.h"

#include <algorithm>
#include <cmath>
#include <gtest/gtest.h>
#include <vector>

namespace {

using namespace cutout;
using fracture::Fragments;
using fracture::SelfIntersection;
using geometry::Point;
using geometry::Status;
using test::Rings;
using test::TestRandom;

fracture::VoronoiParams repaired(int count) {
    fracture::VoronoiParams params;
    params.self_intersection = SelfIntersection::repair;
    params.fragment_count = count;
    params.edge_padding = 0.0F;
    return params;
}

geometry::Failure cut(const Rings& rings, const fracture::Params& params, Fragments& out) {
    const auto views = test::views(rings);
    return fracture::fracture({views}, params, {}, out);
}

double sum(const Fragments& fragments) {
    double area = 0.0;
    for (const double a : fragments.areas) {
        area += a;
    }
    return area;
}

// Times the ring winds round p, by crossings of the ray to the right; p is not near it.
int times_round(const std::vector<Point>& ring, double x, double y) {
    int times = 0;
    for (std::size_t i = 0; i < ring.size(); ++i) {
        const Point a = ring[i];
        const Point b = ring[(i + 1) % ring.size()];
        const bool up = double{a.y} <= y && double{b.y} > y;
        const bool down = double{a.y} > y && double{b.y} <= y;
        if (!up && !down) continue;
        const double at =
            double{a.x} + (y - double{a.y}) / (double{b.y} - double{a.y}) * (double{b.x} - double{a.x});
        if (at > x) times += up ? 1 : -1;
    }
    return times;
}

double distance_to(const std::vector<Point>& ring, double x, double y) {
    double least = 1e300;
    for (std::size_t i = 0; i < ring.size(); ++i) {
        const Point a = ring[i];
        const Point b = ring[(i + 1) % ring.size()];
        const double dx = double{b.x} - double{a.x};
        const double dy = double{b.y} - double{a.y};
        const double squared = dx * dx + dy * dy;
        const double t =
            squared == 0.0
                ? 0.0
                : std::clamp(((x - double{a.x}) * dx + (y - double{a.y}) * dy) / squared, 0.0, 1.0);
        least = std::min(least, std::hypot(x - double{a.x} - t * dx, y - double{a.y} - t * dy));
    }
    return least;
}

// Every sample point away from the rings is in exactly one fragment where it should be, and in none
// elsewhere.
void expect_the_nonzero_rule(TestRandom& random, const Rings& rings, const Fragments& fragments) {
    for (int k = 0; k < 200; ++k) {
        const double x = random.range(-130.0, 130.0);
        const double y = random.range(-130.0, 130.0);
        double near = 1e300;
        bool inside = times_round(rings[0], x, y) != 0;
        for (std::size_t r = 0; r < rings.size(); ++r) {
            near = std::min(near, distance_to(rings[r], x, y));
            if (r > 0 && times_round(rings[r], x, y) != 0) inside = false;
        }
        if (near < 0.01) continue;
        int in = 0;
        for (std::size_t i = 0; i < fragments.size(); ++i) {
            const std::vector<Point> ring(fragments.ring(i).begin(), fragments.ring(i).end());
            near = std::min(near, distance_to(ring, x, y));
            in += static_cast<int>(times_round(ring, x, y) != 0);
        }
        if (near < 0.01) continue;
        ASSERT_EQ(in, inside ? 1 : 0) << x << ", " << y;
    }
}

TEST(Repair, FigureEightKeepsBothLoops) {
    const Rings eight{{{0, 0}, {10, 10}, {10, 0}, {0, 10}}};
    Fragments out;
    EXPECT_EQ(cut(eight, fracture::VoronoiParams{}, out).status, Status::self_intersection);
    ASSERT_TRUE(cut(eight, repaired(6), out).ok());
    EXPECT_NEAR(sum(out), 50.0, 1e-4);
}

TEST(Repair, PentagramKeepsItsMiddle) {
    Rings star(1);
    for (const int k : {0, 2, 4, 1, 3}) {
        const double angle = 2.0 * 3.14159265358979 * k / 5.0;
        star[0].push_back(
            {static_cast<float>(100.0 * std::cos(angle)), static_cast<float>(100.0 * std::sin(angle))});
    }
    Fragments out;
    ASSERT_TRUE(cut(star, repaired(12), out).ok());
    TestRandom random(3);
    expect_the_nonzero_rule(random, star, out);
    int in_the_middle = 0;
    for (std::size_t i = 0; i < out.size(); ++i) {
        in_the_middle +=
            static_cast<int>(geometry::locate(out.ring(i), {1.0F, 2.0F}) != geometry::Location::outside);
    }
    EXPECT_GE(in_the_middle, 1);
}

TEST(Repair, HolesThatCrossOrTouch) {
    Fragments out;
    // Half of the hole lies outside.
    ASSERT_TRUE(cut({test::rectangle(0, 0, 10, 10), test::rectangle(8, 4, 12, 6)}, repaired(5), out).ok());
    EXPECT_NEAR(sum(out), 96.0, 1e-4);
    // A hole that touches the outer ring with a corner, and one along an edge.
    ASSERT_TRUE(cut({test::rectangle(0, 0, 10, 10), {{0, 5}, {3, 4}, {3, 6}}}, repaired(5), out).ok());
    EXPECT_NEAR(sum(out), 97.0, 1e-4);
    ASSERT_TRUE(cut({test::rectangle(0, 0, 10, 10), test::rectangle(0, 4, 2, 6)}, repaired(5), out).ok());
    EXPECT_NEAR(sum(out), 96.0, 1e-4);
    // Holes in holes, and over one another.
    ASSERT_TRUE(cut({test::rectangle(0, 0, 10, 10), test::rectangle(2, 2, 6, 6), test::rectangle(3, 3, 8, 5)},
                    repaired(5), out)
                    .ok());
    EXPECT_NEAR(sum(out), 100.0 - 16.0 - 4.0, 1e-4);
    const geometry::Failure nothing =
        cut({test::rectangle(0, 0, 10, 10), test::rectangle(-1, -1, 11, 11)}, repaired(5), out);
    EXPECT_EQ(nothing.status, Status::zero_area);
    EXPECT_EQ(out.size(), 0U);
}

TEST(Repair, ChangesNothingForASimplePolygon) {
    TestRandom random(4);
    for (int round = 0; round < test::cases(50); ++round) {
        const Rings rings = test::holed_star(random, 30, 2);
        fracture::VoronoiParams params = repaired(10);
        Fragments with;
        const geometry::Failure failure = cut(rings, params, with);
        params.self_intersection = SelfIntersection::refuse;
        Fragments without;
        ASSERT_EQ(cut(rings, params, without).status, failure.status);
        ASSERT_EQ(test::hash_fragments(with), test::hash_fragments(without));
    }
}

TEST(Repair, RandomTangles) {
    TestRandom random(5);
    int done = 0;
    for (int round = 0; round < test::cases(400); ++round) {
        SCOPED_TRACE("round " + std::to_string(round));
        Rings rings(static_cast<std::size_t>(random.integer(1, 3)));
        const bool lattice = random.integer(0, 1) == 0;
        for (auto& ring : rings) {
            ring.resize(static_cast<std::size_t>(random.integer(3, 14)));
            for (Point& p : ring) {
                p = {static_cast<float>(random.range(-100.0, 100.0)),
                     static_cast<float>(random.range(-100.0, 100.0))};
                if (lattice) p = {20.0F * std::round(p.x / 20.0F), 20.0F * std::round(p.y / 20.0F)};
            }
        }
        Fragments out;
        fracture::Params params = repaired(random.integer(1, 20));
        if (random.integer(0, 2) == 0) {
            fracture::SliceParams slices;
            slices.self_intersection = SelfIntersection::repair;
            slices.mode = fracture::SliceMode::pattern;
            slices.pattern = fracture::SlicePattern::grid;
            params = slices;
        }
        const geometry::Failure failure = cut(rings, params, out);
        if (!failure.ok()) {
            // Some rings have no area, or holes cover all of it.
            ASSERT_TRUE(failure.status == Status::zero_area || failure.status == Status::too_few_points)
                << failure.message;
            continue;
        }
        ASSERT_NO_FATAL_FAILURE(expect_the_nonzero_rule(random, rings, out));
        const int winding = geometry::winding(out.ring(0));
        ASSERT_TRUE(fracture::tiles(out, winding, nullptr));
        ++done;
    }
    EXPECT_GT(done, test::cases(400) / 2);
}

// Every file that is refused for crossings or touches can be cut this way.
TEST(Repair, RealPolygons) {
    const std::vector<test::PolygonFile> files = test::polygon_files();
    if (files.empty()) GTEST_SKIP() << "no polygons at " << CUTOUT_TEST_POLYGONS;
    int mended = 0;
    for (const test::PolygonFile& file : files) {
        Fragments out;
        const geometry::Failure refused = cut(file.rings, fracture::VoronoiParams{}, out);
        if (refused.ok() || refused.status == Status::too_few_points || refused.status == Status::zero_area)
            continue;
        const geometry::Failure failure = cut(file.rings, repaired(30), out);
        if (failure.status == Status::zero_area) continue; // folded onto itself
        ASSERT_TRUE(failure.ok()) << file.name << ": " << failure.message;
        ASSERT_GT(out.size(), 0U);
        ASSERT_TRUE(fracture::tiles(out, geometry::winding(out.ring(0)), nullptr)) << file.name;
        ++mended;
    }
    EXPECT_GT(mended, 30);
}

} // namespace
