// What each pattern of sites promises (sites.h).
#include "fracture/extent.h"
#include "fracture/fracture.h"
#include "fracture/sites.h"
#include "geometry/predicates.h"

#include "support/fracture_checker.h"
#include "support/shapes.h"

#include <algorithm>
#include <atomic>
#include <cmath>
#include <gtest/gtest.h>
#include <limits>
#include <numeric>
#include <set>
#include <vector>

namespace {

using namespace cutout;
using fracture::Fragments;
using fracture::VoronoiParams;
using fracture::VoronoiPattern;
using geometry::Location;
using geometry::Point;
using test::Rings;
using test::TestRandom;

geometry::SimplePolygon validated(const Rings& rings) {
    const auto views = test::views(rings);
    geometry::SimplePolygon simple;
    EXPECT_TRUE(geometry::validate({views}, nullptr, simple).ok());
    return simple;
}

std::vector<Point> sites_of(const Rings& rings, const VoronoiParams& params) {
    std::vector<Point> sites;
    const geometry::Failure failure = fracture::choose_sites(validated(rings), params, {}, sites);
    EXPECT_TRUE(failure.ok()) << failure.message;
    EXPECT_GE(sites.size(), 1U);
    return sites;
}

Fragments run(const Rings& rings, const VoronoiParams& params) {
    const auto views = test::views(rings);
    Fragments out;
    const geometry::Failure failure = fracture::fracture({views}, params, {}, out);
    EXPECT_TRUE(failure.ok()) << failure.message;
    const std::vector<std::string> faults = test::check_fragments(rings, out, {});
    EXPECT_TRUE(faults.empty()) << faults.front();
    return out;
}

double distance(Point a, Point b) {
    return std::hypot(double{a.x} - double{b.x}, double{a.y} - double{b.y});
}

double nearest_pair(const std::vector<Point>& sites) {
    double nearest = std::numeric_limits<double>::infinity();
    for (std::size_t i = 0; i < sites.size(); ++i) {
        for (std::size_t j = 0; j < i; ++j) {
            nearest = std::min(nearest, distance(sites[i], sites[j]));
        }
    }
    return nearest;
}

void expect_inside(const Rings& rings, const std::vector<Point>& sites) {
    std::set<std::pair<float, float>> distinct;
    for (const Point p : sites) {
        EXPECT_EQ(geometry::locate(rings[0], p), Location::inside);
        for (std::size_t hole = 1; hole < rings.size(); ++hole) {
            EXPECT_EQ(geometry::locate(rings[hole], p), Location::outside);
        }
        EXPECT_TRUE(distinct.insert({p.x, p.y}).second);
    }
}

TEST(Extent, CentroidConsidersHoles) {
    const auto expect = [](const Rings& rings, Point wanted) {
        const Point got = fracture::centroid_of(validated(rings));
        EXPECT_NEAR(got.x, wanted.x, 1e-5);
        EXPECT_NEAR(got.y, wanted.y, 1e-5);
    };
    expect({test::rectangle(0, 0, 10, 6)}, {5, 3});
    // 60 at (5, 3) less 12 at (8, 2).
    expect({test::rectangle(0, 0, 10, 6), test::rectangle(6, 1, 10 - 1e-7F - 0.5F, 3)},
           {static_cast<float>((60.0 * 5 - 7.0 * 7.75) / 53.0),
            static_cast<float>((60.0 * 3 - 7.0 * 2.0) / 53.0)});
    // Far away, and either winding.
    Rings far{test::rectangle(0, 0, 10, 6)};
    std::reverse(far[0].begin(), far[0].end());
    test::transform(far, 1.0, 1e6, -1e6);
    expect(far, {1e6F + 5, -1e6F + 3});
    // Thinner than its rounding: somewhere within the bounds.
    const Rings needle{{{1e6F, 1e6F}, {1e6F + 8, 1e6F + 8}, {1e6F + 8, 1e6F + 8.0625F}}};
    const Point middle = fracture::centroid_of(validated(needle));
    EXPECT_TRUE(middle.x >= 1e6F && middle.x <= 1e6F + 8 && middle.y >= 1e6F && middle.y <= 1e6F + 8.0625F);
}

TEST(GridSites, WithoutJitterThePiecesAreTheCells) {
    for (const auto& [dx, dy] : {std::pair{0.0, 0.0}, std::pair{-300.0, 17.0}}) {
        Rings rings{test::rectangle(0, 0, 60, 40)};
        test::transform(rings, 1.0, dx, dy);
        const Fragments out = run(
            rings, {.pattern = VoronoiPattern::grid, .grid_rows = 2, .grid_cols = 3, .grid_jitter = 0.0F});
        ASSERT_EQ(out.size(), 6U);
        for (std::uint32_t i = 0; i < 6; ++i) {
            EXPECT_EQ(out.cells[i], i); // row by row
            EXPECT_NEAR(out.areas[i], 400.0, 1e-3);
            EXPECT_NEAR(out.centroids[i].x - dx, 10.0 + 20.0 * (i % 3), 1e-4);
            EXPECT_NEAR(out.centroids[i].y - dy, 10.0 + 20.0 * (i / 3), 1e-4);
        }
    }
}

TEST(GridSites, JitterStaysInTheCell) {
    const Rings rings{test::rectangle(0, 0, 100, 50)};
    bool far_moved = false;
    for (int seed = 0; seed < 20; ++seed) {
        const std::vector<Point> sites = sites_of(rings, {.seed = seed,
                                                          .pattern = VoronoiPattern::grid,
                                                          .grid_rows = 5,
                                                          .grid_cols = 10,
                                                          .grid_jitter = 0.6F});
        ASSERT_EQ(sites.size(), 50U);
        for (std::size_t i = 0; i < sites.size(); ++i) {
            const double x = double{sites[i].x} - 10.0 * static_cast<double>(i % 10) - 5.0;
            const double y = double{sites[i].y} - 10.0 * static_cast<double>(i / 10) - 5.0;
            EXPECT_LE(std::abs(x), 3.0001);
            EXPECT_LE(std::abs(y), 3.0001);
            far_moved = far_moved || std::abs(x) > 2.9;
        }
    }
    EXPECT_TRUE(far_moved);
}

VoronoiParams rings_of(VoronoiPattern pattern, float variation, fracture::Origin origin = Point{0, 0}) {
    return {.pattern = pattern,
            .origin = origin,
            .ring_count = 4,
            .ring_size = 10.0F,
            .points_per_ring = 8,
            .radial_variation = variation};
}

TEST(RadialSites, RingsInTheMiddleOfTheirBands) {
    const Rings rings{test::rectangle(-50, -50, 50, 50)};
    for (const float variation : {0.0F, 0.5F, 1.0F}) {
        for (int seed = 0; seed < 10; ++seed) {
            VoronoiParams params = rings_of(VoronoiPattern::radial, variation);
            params.seed = seed;
            const std::vector<Point> sites = sites_of(rings, params);
            ASSERT_EQ(sites.size(), 32U);
            for (std::size_t i = 0; i < sites.size(); ++i) {
                const auto ring = static_cast<double>(i / 8);
                EXPECT_LE(std::abs(distance(sites[i], {0, 0}) - 10.0 * (ring + 0.5)), 5.0 * variation + 1e-4);
                const double wanted = (static_cast<double>(i % 8) + (i / 8 % 2 == 0 ? 0.0 : 0.5)) / 8.0;
                const double turns = std::atan2(double{sites[i].y}, double{sites[i].x}) / 6.283185307179586;
                const double off = turns - wanted - std::round(turns - wanted);
                EXPECT_LE(std::abs(off), 0.5 * variation / 8.0 + 1e-6);
            }
        }
    }
}

// A quarter turn of a polygon and pattern without variation is the same pattern, bit for bit.
TEST(RadialSites, AreSymmetric) {
    for (const VoronoiPattern pattern : {VoronoiPattern::radial, VoronoiPattern::spiderweb}) {
        const std::vector<Point> sites =
            sites_of({test::rectangle(-50, -50, 50, 50)}, rings_of(pattern, 0.0F));
        std::set<std::pair<float, float>> all;
        for (const Point p : sites) {
            all.insert({p.x + 0.0F, p.y + 0.0F});
        }
        for (const Point p : sites) {
            EXPECT_TRUE(all.contains({-p.y + 0.0F, p.x + 0.0F})) << p.x << " " << p.y;
        }
    }
}

TEST(SpiderwebSites, StandInLineOnSpokesAndRings) {
    const Rings rings{test::rectangle(-50, -50, 50, 50)};
    for (const float variation : {0.0F, 1.0F}) {
        VoronoiParams params = rings_of(VoronoiPattern::spiderweb, variation);
        params.seed = 5;
        const std::vector<Point> sites = sites_of(rings, params);
        ASSERT_EQ(sites.size(), 33U);
        EXPECT_EQ(sites[0], (Point{0, 0}));
        for (std::size_t i = 1; i < sites.size(); ++i) {
            const Point first = sites[1 + (i - 1) % 8]; // of its spoke
            const double cross = double{first.x} * double{sites[i].y} - double{first.y} * double{sites[i].x};
            const double dot = double{first.x} * double{sites[i].x} + double{first.y} * double{sites[i].y};
            EXPECT_GT(dot, 0.0);
            EXPECT_LE(std::abs(cross), 1e-5 * dot);
            const Point of_ring = sites[1 + (i - 1) / 8 * 8];
            EXPECT_NEAR(distance(sites[i], {0, 0}), distance(of_ring, {0, 0}), 1e-4);
        }
    }
}

TEST(RingSites, OriginIsTakenAtItsWord) {
    // Nothing: the centroid. (0, 0): that corner, not "nothing".
    const Rings rings{test::rectangle(0, 0, 100, 60)};
    EXPECT_EQ(sites_of(rings, rings_of(VoronoiPattern::spiderweb, 0.0F))[0], (Point{0, 0}));
    EXPECT_EQ(sites_of(rings, rings_of(VoronoiPattern::spiderweb, 0.0F, std::nullopt))[0], (Point{50, 30}));
    EXPECT_EQ(sites_of(rings, rings_of(VoronoiPattern::spiderweb, 0.0F, Point{-7, 500}))[0],
              (Point{-7, 500}));
}

TEST(RingSites, SizeZeroReachesTheFarthestVertex) {
    const Rings rings{test::rectangle(0, 0, 30, 40)};
    VoronoiParams params = rings_of(VoronoiPattern::radial, 0.0F);
    params.ring_size = 0.0F;
    EXPECT_NEAR(distance(sites_of(rings, params).back(), {0, 0}), 50.0 * 3.5 / 4.0, 1e-3);
    params.pattern = VoronoiPattern::spiderweb;
    EXPECT_NEAR(distance(sites_of(rings, params).back(), {0, 0}), 50.0 * 4.0 / 4.5, 1e-3);
}

TEST(RingSites, HugeSizesStayInRange) {
    const Rings rings{test::rectangle(0, 0, 100, 100)};
    VoronoiParams params = rings_of(VoronoiPattern::radial, 1.0F, Point{1e9F, -1e9F});
    params.ring_size = 1e9F;
    for (const Point p : sites_of(rings, params)) {
        EXPECT_LE(std::max(std::abs(p.x), std::abs(p.y)), 1e9F);
    }
    run(rings, params);
}

TEST(PoissonSites, AreAsManyAsWantedAndEven) {
    TestRandom random(11);
    for (int seed = 0; seed < test::cases(40); ++seed) {
        const Rings rings = test::holed_star(random, 64, 3);
        const double area = test::polygon_area(rings);
        for (const int count : {1, 2, 10, 150}) {
            const VoronoiParams params{.seed = seed,
                                       .pattern = VoronoiPattern::poisson,
                                       .fragment_count = count,
                                       .edge_padding = 0.0F};
            const std::vector<Point> sites = sites_of(rings, params);
            ASSERT_EQ(sites.size(), static_cast<std::size_t>(count));
            expect_inside(rings, sites);
            // Random sites come a hundred times nearer than this; the densest packing there is, 1.07 times.
            EXPECT_GE(nearest_pair(sites), 0.6 * std::sqrt(area / count));
        }
    }
}

TEST(PoissonSites, LeaveNoLargeGap) {
    // Every place of the polygon has a site within twice the distance between sites.
    const Rings rings{test::rectangle(0, 0, 200, 100), test::rectangle(80, 30, 120, 70)};
    for (int seed = 0; seed < test::cases(20); ++seed) {
        const std::vector<Point> sites =
            sites_of(rings, {.seed = seed, .pattern = VoronoiPattern::poisson, .fragment_count = 100});
        const double limit = 2.5 * std::sqrt(18400.0 / 100.0);
        for (int x = 1; x < 200; x += 6) {
            for (int y = 1; y < 100; y += 6) {
                const Point p{static_cast<float>(x), static_cast<float>(y)};
                if (geometry::locate(rings[1], p) != Location::outside) continue;
                const double nearest = std::accumulate(
                    sites.begin(), sites.end(), std::numeric_limits<double>::infinity(),
                    [&](double least, Point site) { return std::min(least, distance(site, p)); });
                EXPECT_LE(nearest, limit) << "seed " << seed;
            }
        }
    }
}

TEST(PoissonSites, AreNeverEmpty) {
    TestRandom random(12);
    for (int round = 0; round < test::cases(60); ++round) {
        // Darts into the bounds miss nearly always.
        const Rings rings{test::sliver(random, 1000.0, std::pow(10.0, random.range(-3.0, 0.0)))};
        for (const float padding : {0.0F, 5.0F, 1e30F}) {
            const std::vector<Point> sites = sites_of(rings, {.seed = round,
                                                              .pattern = VoronoiPattern::poisson,
                                                              .fragment_count = 12,
                                                              .edge_padding = padding,
                                                              .poisson_attempts = 1});
            EXPECT_EQ(sites.size(), 12U);
            expect_inside(rings, sites);
        }
    }
    for (const Rings& rings : {Rings{test::comb(40, 100, 60)}, Rings{test::spiral(6, 24, 3.0)}}) {
        const std::vector<Point> sites =
            sites_of(rings, {.seed = 1, .pattern = VoronoiPattern::poisson, .fragment_count = 100});
        EXPECT_EQ(sites.size(), 100U);
        expect_inside(rings, sites);
    }
    // A square of sixteen floats has nine inside.
    const Rings box{test::rectangle(1e7F, 1e7F, 1e7F + 4, 1e7F + 4)};
    EXPECT_EQ(sites_of(box, {.pattern = VoronoiPattern::poisson, .fragment_count = 50}).size(), 9U);
    // And one without a float inside still gets a site.
    const float up = std::nextafter(1.0F, 2.0F);
    const Rings needle{{{0.0F, 0.0F}, {1.0F, 1.0F}, {1.0F, up}}};
    EXPECT_GE(sites_of(needle, {.pattern = VoronoiPattern::poisson}).size(), 1U);
}

TEST(PoissonSites, KeepThePaddingWhereThereIsRoom) {
    const Rings rings{test::rectangle(0, 0, 100, 100), test::rectangle(40, 40, 60, 60)};
    for (int seed = 0; seed < 20; ++seed) {
        for (const Point p : sites_of(rings, {.seed = seed,
                                             .pattern = VoronoiPattern::poisson,
                                             .fragment_count = 12,
                                             .edge_padding = 6.0F})) {
            EXPECT_TRUE(p.x >= 6 && p.x <= 94 && p.y >= 6 && p.y <= 94);
            const double dx = std::max({40.0 - double{p.x}, double{p.x} - 60.0, 0.0});
            const double dy = std::max({40.0 - double{p.y}, double{p.y} - 60.0, 0.0});
            EXPECT_GE(std::hypot(dx, dy), 6.0 - 1e-4);
        }
    }
}

// The share of sites inside the radius is that of the density's integral.
TEST(ImpactSites, FollowTheirDensity) {
    const Rings rings{test::rectangle(0, 0, 100, 100), test::rectangle(60, 60, 90, 90)};
    for (const float falloff : {0.0F, 1.0F, 4.0F, 100.0F}) {
        for (const Point hit : {Point{30, 40}, Point{0, 0}, Point{-40, 50}, Point{75, 75}}) {
            const double radius = 20.0;
            double inside = 0.0;
            double all = 0.0;
            for (int i = 0; i < 400; ++i) {
                for (int k = 0; k < 400; ++k) {
                    const Point p{0.25F * static_cast<float>(i) + 0.125F,
                                  0.25F * static_cast<float>(k) + 0.125F};
                    if (geometry::locate(rings[1], p) == Location::inside) continue;
                    const double u = std::max(0.0, distance(p, hit) - radius) / radius;
                    const double thin = 1.0 + double{falloff} * u * u;
                    all += 1.0 / (thin * thin);
                    if (distance(p, hit) < 1.5 * radius) inside += 1.0 / (thin * thin);
                }
            }
            const double share = inside / all;
            const int count = test::cases(4000);
            const std::vector<Point> sites = sites_of(rings, {.seed = 3,
                                                              .pattern = VoronoiPattern::impact,
                                                              .fragment_count = count,
                                                              .min_cell_distance = 0.0F,
                                                              .edge_padding = 0.0F,
                                                              .origin = hit,
                                                              .impact_radius = 20.0F,
                                                              .impact_falloff = falloff});
            expect_inside(rings, sites);
            ASSERT_EQ(sites.size(), static_cast<std::size_t>(count));
            const auto near = std::count_if(sites.begin(), sites.end(),
                                            [&](Point p) { return distance(p, hit) < 1.5 * radius; });
            const double got = static_cast<double>(near) / count;
            EXPECT_NEAR(got, share, 4.5 * std::sqrt(share * (1.0 - share) / count) + 2e-3)
                << "falloff " << falloff << " hit " << hit.x << " " << hit.y;
        }
    }
}

TEST(ImpactSites, TinyRadiiAndHitsFarAway) {
    const Rings rings{test::rectangle(0, 0, 1000, 1000)};
    for (const float radius : {1e-30F, 1e-3F, 1.0F, 1e9F}) {
        for (const Point hit : {Point{500, 500}, Point{1e9F, -1e9F}, Point{-1, 500}}) {
            const std::vector<Point> sites = sites_of(rings, {.seed = 1,
                                                              .pattern = VoronoiPattern::impact,
                                                              .fragment_count = 50,
                                                              .origin = hit,
                                                              .impact_radius = radius});
            EXPECT_EQ(sites.size(), 50U) << radius;
            expect_inside(rings, sites);
        }
    }
    // Where the hit is sharp the sites gather in it.
    const std::vector<Point> sharp = sites_of(rings, {.pattern = VoronoiPattern::impact,
                                                      .fragment_count = 100,
                                                      .origin = Point{500, 500},
                                                      .impact_radius = 1.0F});
    const auto near = std::count_if(sharp.begin(), sharp.end(), [](Point p) {
        return distance(p, {500, 500}) < 5.0;
    });
    EXPECT_GT(near, 60);
    TestRandom random(5);
    for (int round = 0; round < test::cases(30); ++round) {
        const Rings thin{test::sliver(random, 1000.0, 0.01)};
        EXPECT_EQ(
            sites_of(thin, {.seed = round, .pattern = VoronoiPattern::impact, .fragment_count = 12}).size(),
            12U);
    }
}

TEST(GivenSites, AreUsedAsTheyAre) {
    const Rings ring{test::rectangle(0, 0, 8, 8), test::rectangle(3, 3, 5, 5)};
    // In the hole, outside, twice.
    const std::vector<Point> points{{4, 4}, {-2, 4}, {1, 1}, {1, 1}, {7, 7}};
    const VoronoiParams params{.pattern = VoronoiPattern::sites, .sites = points};
    EXPECT_EQ(sites_of(ring, params), points);
    const Fragments out = run(ring, params);
    EXPECT_EQ(std::count(out.cells.begin(), out.cells.end(), 3U), 0); // the first of two counts
    EXPECT_GT(std::count(out.cells.begin(), out.cells.end(), 1U), 0); // the one outside has a cell inside
    const std::vector<std::string> faults = test::check_nearest_site(out, points);
    EXPECT_TRUE(faults.empty()) << faults.front();
}

std::vector<VoronoiParams> every_random_pattern(std::int64_t seed) {
    std::vector<VoronoiParams> list;
    for (const VoronoiPattern pattern :
         {VoronoiPattern::random, VoronoiPattern::grid, VoronoiPattern::radial, VoronoiPattern::spiderweb,
          VoronoiPattern::poisson, VoronoiPattern::impact}) {
        list.push_back({.seed = seed,
                        .pattern = pattern,
                        .fragment_count = 24,
                        .edge_padding = 2.0F,
                        .ring_size = 16.0F,
                        .impact_radius = 16.0F});
    }
    return list;
}

TEST(SitePatterns, SameSeedSameSitesOtherSeedOthers) {
    TestRandom random(6);
    const Rings rings{test::star(random, 40, 100.0, 30.0)};
    for (std::size_t pattern = 0; pattern < every_random_pattern(0).size(); ++pattern) {
        std::vector<std::vector<Point>> seen;
        for (int seed = 0; seed <= 20; ++seed) {
            const VoronoiParams params = every_random_pattern(seed)[pattern];
            const std::vector<Point> sites = sites_of(rings, params);
            EXPECT_EQ(sites_of(rings, params), sites);
            for (const std::vector<Point>& other : seen) {
                // Unrelated, not moved by a little: hardly a site is where another seed has one.
                const auto same = std::count_if(sites.begin(), sites.end(), [&](Point p) {
                    return std::find(other.begin(), other.end(), p) != other.end();
                });
                EXPECT_LE(same, 1) << "pattern " << pattern << " seed " << seed; // the spider web's origin
            }
            seen.push_back(sites);
        }
    }
}

TEST(SitePatterns, MovedAndScaledPolygonsGetTheSamePattern) {
    TestRandom random(4);
    for (int round = 0; round < test::cases(30); ++round) {
        Rings rings = test::holed_star(random, 40, 2);
        for (VoronoiParams params : every_random_pattern(round)) {
            Rings scaled = rings;
            test::transform(scaled, 4.0, 0.0, 0.0);
            const std::vector<Point> before = sites_of(rings, params);
            params.edge_padding *= 4.0F;
            params.ring_size *= 4.0F;
            params.impact_radius *= 4.0F;
            const std::vector<Point> after = sites_of(scaled, params);
            ASSERT_EQ(after.size(), before.size());
            for (std::size_t i = 0; i < before.size(); ++i) {
                ASSERT_EQ(after[i], (Point{4.0F * before[i].x, 4.0F * before[i].y}))
                    << "pattern " << static_cast<int>(params.pattern);
            }
        }
    }
    // Moved: the same places in the bounds, up to rounding. (Poisson: a dart that just fits here may just not
    // fit there, and everything after it is another pattern.)
    for (const VoronoiParams& params : every_random_pattern(3)) {
        if (params.pattern == VoronoiPattern::poisson) continue;
        const std::vector<Point> here = sites_of({test::rectangle(0, 0, 64, 64)}, params);
        const std::vector<Point> there = sites_of({test::rectangle(1024, -512, 1088, -448)}, params);
        ASSERT_EQ(here.size(), there.size());
        for (std::size_t i = 0; i < here.size(); ++i) {
            EXPECT_NEAR(there[i].x - 1024.0F, here[i].x, 2e-3);
            EXPECT_NEAR(there[i].y + 512.0F, here[i].y, 2e-3);
        }
    }
}

TEST(SitePatterns, Cancelled) {
    std::atomic<bool> cancel{true};
    const geometry::SimplePolygon simple = validated({test::rectangle(0, 0, 1000, 1000)});
    for (VoronoiParams params : every_random_pattern(1)) {
        if (params.pattern != VoronoiPattern::poisson && params.pattern != VoronoiPattern::impact) continue;
        params.fragment_count = 50'000;
        std::vector<Point> sites;
        EXPECT_EQ(fracture::choose_sites(simple, params, {.cancel = &cancel}, sites).status,
                  geometry::Status::cancelled);
    }
}

} // namespace
