// What each pattern of slices promises (slices.h, slice_lines.h).
#include "fracture/extent.h"
#include "fracture/fracture.h"
#include "fracture/slices.h"
#include "geometry/validate.h"

#include "support/fracture_checker.h"
#include "support/shapes.h"

#include <algorithm>
#include <atomic>
#include <cmath>
#include <gtest/gtest.h>
#include <numeric>
#include <string>
#include <vector>

namespace {

using namespace cutout;
using fracture::Fragments;
using fracture::SliceMode;
using fracture::SliceParams;
using fracture::SlicePattern;
using geometry::Point;
using test::Rings;
using test::TestRandom;

geometry::SimplePolygon validated(const Rings& rings) {
    const auto views = test::views(rings);
    geometry::SimplePolygon simple;
    EXPECT_TRUE(geometry::validate({views}, nullptr, simple).ok());
    return simple;
}

Fragments run(const Rings& rings, const SliceParams& params) {
    const auto views = test::views(rings);
    Fragments out;
    const geometry::Failure failure = fracture::fracture({views}, params, {}, out);
    EXPECT_TRUE(failure.ok()) << failure.message;
    const std::vector<std::string> faults = test::check_fragments(rings, out, {});
    EXPECT_TRUE(faults.empty()) << faults.front();
    return out;
}

std::vector<double> sorted_areas(const Fragments& out) {
    std::vector<double> areas = out.areas;
    std::sort(areas.begin(), areas.end());
    return areas;
}

SliceParams of(SlicePattern pattern, std::int64_t seed = 0) {
    return {.seed = seed, .mode = SliceMode::pattern, .pattern = pattern};
}

// Points of a circle at random angles.
std::vector<Point> convex(TestRandom& random, int points, double radius, double x, double y) {
    std::vector<double> angles;
    for (int i = 0; i < points; ++i) {
        angles.push_back((i + random.range(0.1, 0.9)) * 6.283185307179586 / points);
    }
    std::vector<Point> ring;
    for (const double angle : angles) {
        ring.push_back({static_cast<float>(x + radius * std::cos(angle)),
                        static_cast<float>(y + radius * std::sin(angle))});
    }
    return ring;
}

// --- manual

SliceParams manual(std::vector<Point> segments, bool extend = false) {
    return {.mode = SliceMode::manual, .extend = extend, .segments = std::move(segments)};
}

TEST(ManualSlices, OneSegmentIsModeSingle) {
    TestRandom random(1);
    for (int round = 0; round < test::cases(300); ++round) {
        const Rings rings = test::random_polygon(random);
        const auto views = test::views(rings);
        geometry::SimplePolygon simple;
        if (!geometry::validate({views}, nullptr, simple).ok()) continue;
        const std::vector<Point> ends = test::awkward_sites(random, rings, 2);
        if (ends[0] == ends[1]) continue;
        const bool extend = random.integer(0, 1) == 0;
        const SliceParams single{.line_start = ends[0], .line_end = ends[1], .extend = extend};
        Fragments one;
        Fragments other;
        ASSERT_TRUE(fracture::fracture_slices(simple, single, {}, one).ok());
        ASSERT_TRUE(fracture::fracture_slices(simple, manual(ends, extend), {}, other).ok());
        ASSERT_EQ(test::hash_fragments(one), test::hash_fragments(other));
    }
}

TEST(ManualSlices, EachCutsWhatThoseBeforeItLeft) {
    const Rings square{test::rectangle(0, 0, 8, 8)};
    // The second ends on the first: it passes right through the upper half, so that is cut.
    const std::vector<Point> first{{-1, 4}, {9, 4}};
    const std::vector<Point> second{{2, 9}, {2, 4}};
    EXPECT_EQ(sorted_areas(run(square, manual({first[0], first[1], second[0], second[1]}))),
              (std::vector<double>{8, 24, 32}));
    // The other way round it ends inside, and cuts nothing.
    EXPECT_EQ(sorted_areas(run(square, manual({second[0], second[1], first[0], first[1]}))),
              (std::vector<double>{32, 32}));
    // A cross; the lower half of the second stroke is within the first one's lower piece.
    EXPECT_EQ(sorted_areas(run(square, manual({{-1, 4}, {9, 4}, {2, 9}, {2, -1}}))),
              (std::vector<double>{8, 8, 24, 24}));
    // The same segment twice, along another, backwards: no more pieces.
    EXPECT_EQ(run(square, manual({{-1, 4}, {9, 4}, {9, 4}, {-1, 4}, {0, 4}, {8, 4}})).size(), 2U);
    // A lattice of five and five.
    std::vector<Point> lattice;
    for (int i = 1; i <= 5; ++i) {
        const auto at = static_cast<float>(i);
        lattice.insert(lattice.end(), {{at, -1}, {at, 9}, {-1, at}, {9, at}});
    }
    const Fragments many = run(square, manual(lattice));
    EXPECT_EQ(many.size(), 36U);
    EXPECT_EQ(std::count(many.cells.begin(), many.cells.end(), 0U), 36);
}

TEST(ManualSlices, ExtendTakesTheWholeLine) {
    const Rings u{{{0, 0}, {10, 0}, {10, 10}, {7, 10}, {7, 3}, {3, 3}, {3, 10}, {0, 10}}};
    const std::vector<Point> segments{{1, 8}, {2, 8}, {1, 1}, {1, 2}};
    EXPECT_EQ(run(u, manual(segments)).size(), 1U);
    EXPECT_EQ(run(u, manual(segments, true)).size(), 5U);
}

TEST(ManualSlices, HolesStayOnTheirSide) {
    const Rings rings{test::rectangle(0, 0, 30, 10), test::rectangle(4, 4, 6, 6),
                      test::rectangle(14, 4, 16, 6), test::rectangle(24, 4, 26, 6)};
    const Fragments out = run(rings, manual({{10, -1}, {10, 11}, {20, -1}, {20, 11}}));
    EXPECT_EQ(out.size(), 6U);                        // three pieces, each opened at its hole
    for (std::size_t i = 0; i < out.size(); i += 2) { // pieces of one side stand together
        EXPECT_EQ(out.areas[i] + out.areas[i + 1], 96.0);
    }
    EXPECT_EQ(run(rings, manual({{-1, 5}, {31, 5}, {15, -1}, {15, 11}})).size(), 4U);
}

// --- radial

double cross(Point o, Point a, Point b) {
    return (double{a.x} - double{o.x}) * (double{b.y} - double{o.y}) -
           (double{a.y} - double{o.y}) * (double{b.x} - double{o.x});
}

TEST(RadialSlices, NRaysMakeNWedges) {
    TestRandom random(2);
    for (int round = 0; round < test::cases(200); ++round) {
        const double x = random.range(-500.0, 500.0);
        const Rings rings{convex(random, random.integer(3, 12), 100.0, x, 40.0)};
        SliceParams params = of(SlicePattern::radial, round);
        params.slice_count = random.integer(2, 20);
        params.radial_randomness = static_cast<float>(random.range(0.0, 1.0));
        if (random.integer(0, 1) == 0) params.radial_randomness = 0.0F;
        const Fragments out = run(rings, params);
        ASSERT_EQ(out.size(), static_cast<std::size_t>(params.slice_count)) << "round " << round;
        const Point origin = fracture::centroid_of(validated(rings));
        for (std::size_t i = 0; i < out.size(); ++i) {
            EXPECT_EQ(out.cells[i], i);
            const auto ring = out.ring(i);
            // They meet exactly there. (With two rays the origin lies within a straight side.)
            if (params.slice_count > 2) {
                EXPECT_EQ(std::count(ring.begin(), ring.end(), origin), 1) << "round " << round;
            }
        }
    }
}

TEST(RadialSlices, QuartersOfASquare) {
    const Rings square{test::rectangle(10, 20, 18, 28)};
    SliceParams params = of(SlicePattern::radial);
    params.slice_count = 4;
    const Fragments out = run(square, params);
    EXPECT_EQ(out.areas, (std::vector<double>{16, 16, 16, 16}));
    EXPECT_EQ(out.cells, (std::vector<std::uint32_t>{0, 1, 2, 3}));
    EXPECT_EQ(out.centroids[0], (Point{16, 26})); // from the x axis towards the y axis
    EXPECT_EQ(out.centroids[1], (Point{12, 26}));
    EXPECT_EQ(out.points.size(), 16U); // no vertex that no ray made
    params.slice_count = 1;
    EXPECT_EQ(run(square, params).areas, std::vector<double>{64});
    params.slice_count = 2;
    EXPECT_EQ(run(square, params).areas, (std::vector<double>{32, 32}));
    params.slice_count = 3;
    const Fragments three = run(square, params);
    EXPECT_EQ(three.size(), 3U);
    EXPECT_EQ(three.points.size(), 4U + 3U * 2U + 3U);
}

// Every piece lies between the two rays of its cell, wherever the origin is.
TEST(RadialSlices, PiecesLieInTheirWedges) {
    TestRandom random(3);
    for (int round = 0; round < test::cases(400); ++round) {
        const Rings rings = test::random_polygon(random);
        const auto views = test::views(rings);
        geometry::SimplePolygon simple;
        if (!geometry::validate({views}, nullptr, simple).ok()) continue;
        SliceParams params = of(SlicePattern::radial, round);
        params.slice_count = random.integer(1, 12);
        params.radial_randomness = random.integer(0, 1) == 0 ? 0.0F : 1.0F;
        params.origin = test::awkward_sites(random, rings, 1)[0];
        if (random.integer(0, 3) == 0) {
            params.origin = Point{static_cast<float>(random.range(-500.0, 500.0)),
                                  static_cast<float>(random.range(-500.0, 500.0))};
        }
        Fragments out;
        const geometry::Failure failure = fracture::fracture({views}, params, {}, out);
        ASSERT_TRUE(failure.ok()) << failure.message;
        const std::vector<std::string> faults = test::check_fragments(rings, out, {.extra_area = 0.05});
        ASSERT_TRUE(faults.empty()) << faults.front() << " round " << round;
        std::vector<Point> tips = fracture::ray_tips(simple, *params.origin, params);
        const auto turns = [&](Point tip) {
            const double angle = std::atan2(double{tip.y} - double{params.origin->y},
                                            double{tip.x} - double{params.origin->x});
            return angle < 0.0 ? angle + 6.283185307179586 : angle;
        };
        std::sort(tips.begin(), tips.end(), [&](Point a, Point b) { return turns(a) < turns(b); });
        if (tips.size() < 2) continue;
        for (std::size_t i = 0; i < out.size(); ++i) {
            const Point from = tips[out.cells[i]];
            const Point to = tips[(out.cells[i] + 1) % tips.size()];
            const bool reflex = cross(*params.origin, from, to) < 0.0;
            for (const Point p : out.ring(i)) {
                const double scale = 1e-4 * (1.0 + std::hypot(double{from.x} - double{params.origin->x},
                                                              double{from.y} - double{params.origin->y}));
                const bool after = cross(*params.origin, from, p) >= -scale * 10.0;
                const bool before = cross(*params.origin, to, p) <= scale * 10.0;
                ASSERT_TRUE(reflex ? after || before : after && before) << "round " << round;
            }
        }
    }
}

TEST(RadialSlices, WideAndOppositeWedges) {
    const Rings square{test::rectangle(-4, -4, 4, 4)};
    const geometry::SimplePolygon simple = validated(square);
    const auto cut = [&](const std::vector<Point>& tips) {
        fracture::Soup soup;
        std::vector<std::uint32_t> cells;
        EXPECT_TRUE(fracture::cut_rays(simple, {0, 0}, tips, {}, soup, cells).ok());
        return cells.size();
    };
    EXPECT_EQ(cut({{4, 0}, {8, 0}, {1, 0}, {0, 0}}), 1U); // one direction, and none
    EXPECT_EQ(cut({{4, 0}, {-4, 0}}), 2U);
    // Rays up to 90 degrees apart seen together: one wedge of 270 degrees.
    SliceParams params = of(SlicePattern::radial);
    params.radial_randomness = 1.0F;
    bool wide = false;
    for (int seed = 0; seed < 40; ++seed) {
        params.seed = seed;
        for (const int count : {2, 3}) {
            params.slice_count = count;
            const Fragments out = run(square, params);
            EXPECT_EQ(out.size(), static_cast<std::size_t>(count));
            wide = wide || *std::max_element(out.areas.begin(), out.areas.end()) > 36.0;
        }
    }
    EXPECT_TRUE(wide);
}

TEST(RadialSlices, AThousandRays) {
    SliceParams params = of(SlicePattern::radial);
    params.slice_count = 1000;
    params.origin = Point{3, 2};
    EXPECT_EQ(run({test::rectangle(0, 0, 10, 10)}, params).size(), 1000U);
}

// --- parallel

TEST(ParallelSlices, NLinesMakeNPlusOnePieces) {
    TestRandom random(4);
    for (int round = 0; round < test::cases(200); ++round) {
        const Rings rings{convex(random, random.integer(3, 12), 100.0, random.range(-900.0, 900.0), -300.0)};
        SliceParams params = of(SlicePattern::parallel, round);
        params.slice_count = random.integer(1, 20);
        params.parallel_angle = static_cast<float>(random.range(-360.0, 360.0));
        const Fragments out = run(rings, params);
        ASSERT_EQ(out.size(), static_cast<std::size_t>(params.slice_count) + 1) << "round " << round;
        const double angle = double{params.parallel_angle} * 3.14159265358979 / 180.0;
        const auto across = [&](Point p) {
            return double{p.y} * std::cos(angle) - double{p.x} * std::sin(angle);
        };
        double low = across(rings[0][0]);
        double high = low;
        for (const Point p : rings[0]) {
            low = std::min(low, across(p));
            high = std::max(high, across(p));
        }
        const double step = (high - low) / (params.slice_count + 1);
        for (std::size_t i = 0; i < out.size(); ++i) {
            ASSERT_EQ(out.cells[i], i); // strips are numbered across the lines
            for (const Point p : out.ring(i)) {
                EXPECT_GE(across(p), low + step * static_cast<double>(i) - 1e-3);
                EXPECT_LE(across(p), low + step * static_cast<double>(i + 1) + 1e-3);
            }
        }
    }
}

TEST(ParallelSlices, SpreadOverThePolygonNotMore) {
    const Rings plank{test::rectangle(5000, 100, 5120, 108)};
    SliceParams params = of(SlicePattern::parallel);
    params.parallel_angle = 90.0F;
    const Fragments out = run(plank, params);
    EXPECT_EQ(out.areas, (std::vector<double>{240, 240, 240, 240}));
    EXPECT_GT(out.centroids[0].x, out.centroids[3].x); // 90 degrees: the left of upwards is the lower x
    params.parallel_angle = 0.0F;
    EXPECT_EQ(run(plank, params).areas, (std::vector<double>{240, 240, 240, 240}));
}

TEST(ParallelSlices, TiltStaysWithin45Degrees) {
    const geometry::SimplePolygon simple = validated({test::rectangle(0, 0, 100, 100)});
    double widest = 0.0;
    for (int seed = 0; seed < 30; ++seed) {
        SliceParams params = of(SlicePattern::parallel, seed);
        params.slice_count = 20;
        params.parallel_angle_rand = 1.0F;
        for (const auto& [a, b] : fracture::parallel_lines(simple, params).lines) {
            const double tilt =
                std::abs(std::atan2(double{b.y} - double{a.y}, double{b.x} - double{a.x})) * 57.29577951;
            EXPECT_LE(tilt, 45.0001);
            widest = std::max(widest, tilt);
        }
        run({test::rectangle(0, 0, 100, 100)}, params);
    }
    EXPECT_GT(widest, 43.0);
}

// --- grid

TEST(GridSlices, RelativeToTheBoundsWhereverTheyLie) {
    for (const auto& [dx, dy] : {std::pair{0.0, 0.0}, std::pair{-5000.0, 321.0}}) {
        Rings rings{test::rectangle(0, 0, 40, 30)};
        test::transform(rings, 1.0, dx, dy);
        SliceParams params = of(SlicePattern::grid);
        params.h_slices = 3;
        params.v_slices = 2;
        const Fragments out = run(rings, params);
        ASSERT_EQ(out.size(), 12U);
        for (std::uint32_t i = 0; i < 12; ++i) {
            EXPECT_EQ(out.cells[i], i);
            EXPECT_EQ(out.areas[i], 100.0);
            EXPECT_NEAR(out.centroids[i].x - dx, 5.0 + 10.0 * (i % 4), 1e-3);
            EXPECT_NEAR(out.centroids[i].y - dy, 5.0 + 10.0 * (i / 4), 1e-3);
        }
    }
}

TEST(GridSlices, HIsUprightVIsLevel) {
    const Rings rings{test::rectangle(0, 0, 40, 30)};
    SliceParams params = of(SlicePattern::grid);
    params.h_slices = 3;
    params.v_slices = 0;
    EXPECT_EQ(run(rings, params).areas, (std::vector<double>{300, 300, 300, 300}));
    params.h_slices = 0;
    params.v_slices = 2;
    EXPECT_EQ(run(rings, params).areas, (std::vector<double>{400, 400, 400}));
    params.v_slices = 0;
    EXPECT_EQ(run(rings, params).areas, std::vector<double>{1200});
}

TEST(GridSlices, RandomLinesKeepTheirOrder) {
    const Rings rings{test::rectangle(0, 0, 40, 30)};
    for (int seed = 0; seed < 20; ++seed) {
        SliceParams params = of(SlicePattern::grid, seed);
        params.h_random = params.v_random = 1.0F;
        const Fragments out = run(rings, params);
        ASSERT_EQ(out.size(), 16U);
        EXPECT_NE(out.areas[0], out.areas[1]);
        params.h_angle_rand = params.v_angle_rand = 1.0F;
        const fracture::LinePattern pattern = fracture::grid_lines(validated(rings), params);
        const std::vector<std::string> faults = test::check_one_side(run(rings, params), pattern.lines);
        EXPECT_TRUE(faults.empty()) << faults.front();
    }
}

// --- all

std::vector<SliceParams> every_random_pattern(std::int64_t seed) {
    SliceParams radial = of(SlicePattern::radial, seed);
    radial.radial_randomness = 0.5F;
    SliceParams parallel = of(SlicePattern::parallel, seed);
    parallel.parallel_angle_rand = 0.5F;
    SliceParams grid = of(SlicePattern::grid, seed);
    grid.h_random = grid.v_random = grid.h_angle_rand = grid.v_angle_rand = 0.5F;
    return {radial, parallel, grid, of(SlicePattern::chaotic, seed)};
}

TEST(SlicePatterns, SameSeedSamePiecesOtherSeedOthers) {
    TestRandom random(5);
    const Rings rings = test::holed_star(random, 40, 2);
    for (std::size_t pattern = 0; pattern < 4; ++pattern) {
        std::vector<std::uint64_t> hashes;
        for (int seed = 0; seed <= 20; ++seed) {
            const SliceParams params = every_random_pattern(seed)[pattern];
            hashes.push_back(test::hash_fragments(run(rings, params)));
            EXPECT_EQ(test::hash_fragments(run(rings, params)), hashes.back());
        }
        std::sort(hashes.begin(), hashes.end());
        EXPECT_EQ(std::unique(hashes.begin(), hashes.end()), hashes.end()) << "pattern " << pattern;
    }
}

TEST(SlicePatterns, MovedAndScaledPolygonsGetTheSamePattern) {
    TestRandom random(6);
    for (int round = 0; round < test::cases(40); ++round) {
        Rings rings = test::holed_star(random, 40, 2);
        // Onto a lattice, so that it moves without rounding.
        for (auto& ring : rings) {
            for (Point& p : ring) {
                p = {std::round(64.0F * p.x) / 64.0F, std::round(64.0F * p.y) / 64.0F};
            }
        }
        Rings moved = rings;
        test::transform(moved, 1.0, 2048.0, -512.0);
        Rings scaled = rings;
        test::transform(scaled, 8.0, 0.0, 0.0);
        for (const SliceParams& params : every_random_pattern(round)) {
            const Fragments before = run(rings, params);
            const Fragments larger = run(scaled, params);
            ASSERT_EQ(larger.size(), before.size());
            for (std::size_t i = 0; i < before.points.size(); ++i) {
                ASSERT_EQ(larger.points[i], (Point{8.0F * before.points[i].x, 8.0F * before.points[i].y}));
            }
            const Fragments after = run(moved, params);
            const auto large = [](const Fragments& out) {
                std::vector<std::pair<std::uint32_t, double>> list;
                for (std::size_t i = 0; i < out.size(); ++i) {
                    if (out.areas[i] > 5.0) list.emplace_back(out.cells[i], std::round(out.areas[i]));
                }
                return list.size();
            };
            EXPECT_LE(std::abs(static_cast<double>(large(before)) - static_cast<double>(large(after))), 1.0);
        }
    }
}

TEST(SlicePatterns, CoarseFloats) {
    // A few floats wide: lines fall together or are no lines; nothing is lost.
    const Rings box{test::rectangle(1e7F, 1e7F, 1e7F + 4, 1e7F + 4)};
    for (SliceParams params : every_random_pattern(1)) {
        params.slice_count = 20;
        EXPECT_GE(run(box, params).size(), 1U);
        params.origin = Point{1e9F, -1e9F};
        EXPECT_GE(run(box, params).size(), 1U);
    }
    const Rings world{test::rectangle(-1e9F, -1e9F, 1e9F, 1e9F)};
    for (SliceParams params : every_random_pattern(2)) {
        EXPECT_GE(run(world, params).size(), 3U);
        params.origin = Point{1e9F, 1e9F};
        EXPECT_GE(run(world, params).size(), 2U);
    }
}

TEST(SlicePatterns, Cancelled) {
    std::atomic<bool> cancel{true};
    const geometry::SimplePolygon simple = validated({test::rectangle(0, 0, 1000, 1000)});
    for (SliceParams params : every_random_pattern(1)) {
        params.slice_count = params.h_slices = params.v_slices = 100;
        Fragments out;
        EXPECT_EQ(fracture::fracture_slices(simple, params, {.cancel = &cancel}, out).status,
                  geometry::Status::cancelled);
    }
}

} // namespace
