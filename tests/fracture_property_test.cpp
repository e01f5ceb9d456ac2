// The promises of fracture.h on thousands of polygons: plain ones, degenerate ones, and ones whose floats are
// coarse. Every result is checked by support/fracture_checker.h, which shares no code with the kernel.
#include "fracture/slices.h"
#include "fracture/voronoi.h"
#include "geometry/validate.h"

#include "support/fracture_checker.h"
#include "support/shapes.h"

#include <algorithm>
#include <cmath>
#include <gtest/gtest.h>
#include <string>
#include <vector>

namespace {

using namespace cutout;
using fracture::Fragments;
using geometry::Point;
using test::Rings;
using test::TestRandom;

// Allowance for area: the boundary's new vertices are rounded.
double rounding_area(const Rings& rings) {
    double length = 0.0;
    for (const auto& ring : rings) {
        for (std::size_t i = 0; i < ring.size(); ++i) {
            const Point a = ring[i];
            const Point b = ring[(i + 1) % ring.size()];
            length += std::abs(double{a.x} - double{b.x}) + std::abs(double{a.y} - double{b.y});
        }
    }
    return 2.0 * length * test::rounding_step(rings);
}

// How the floats lie under the polygon.
enum class Place { origin, tiny, large, far, farther, off_centre };

Rings place(Rings rings, Place where) {
    switch (where) {
    case Place::origin:
        break;
    case Place::tiny:
        test::transform(rings, 1e-3, 0.0, 0.0);
        break;
    case Place::large:
        test::transform(rings, 1e4, 0.0, 0.0);
        break;
    case Place::far:
        test::transform(rings, 1.0, 1e6, -1e6);
        break;
    case Place::farther:
        test::transform(rings, 4.0, 1e7, 3e6);
        break;
    case Place::off_centre:
        test::transform(rings, 0.01, 100.0, -1.0);
        break;
    }
    return rings;
}

// Where floats are coarse beside the polygon, a tip thinner than they are apart may vanish.
bool is_coarse(Place where) {
    return where == Place::far || where == Place::farther || where == Place::off_centre;
}

class Properties : public testing::TestWithParam<Place> {
protected:
    // A polygon that passes validation.
    bool make(TestRandom& random) {
        rings = place(test::random_polygon(random), GetParam());
        if (random.integer(0, 1) == 0) std::reverse(rings[0].begin(), rings[0].end());
        const auto views = test::views(rings);
        return geometry::validate({views}, nullptr, simple).ok();
    }

    void expect_sound(const Fragments& fragments) {
        test::CheckOptions options{.extra_area = rounding_area(rings)};
        std::vector<std::string> faults = test::check_fragments(rings, fragments, options);
        if (!faults.empty() && faults.front().find("breaks off") != std::string::npos) {
            ++vanished_tips;
            options.trace_boundary = false;
            faults = test::check_fragments(rings, fragments, options);
        }
        ASSERT_TRUE(faults.empty()) << faults.front();
    }

    // At most one in a thousand where floats are coarse, one in five thousand elsewhere (cuts through
    // vertices that the rounded cut misses by a hair).
    void expect_few_vanished_tips(int fractures) const {
        EXPECT_LE(vanished_tips, 1 + fractures / (is_coarse(GetParam()) ? 50 : 1000));
    }

    Rings rings;
    geometry::SimplePolygon simple;
    int vanished_tips = 0;
};

TEST_P(Properties, Voronoi) {
    TestRandom random(1000 + static_cast<std::uint64_t>(GetParam()));
    int fractures = 0;
    for (int round = 0; round < test::cases(2000); ++round) {
        SCOPED_TRACE("round " + std::to_string(round));
        if (!make(random)) continue;
        std::vector<Point> sites = test::awkward_sites(random, rings, random.integer(1, 30));
        if (random.integer(0, 2) == 0) { // onto a lattice: collinear, cocircular, equal sites
            for (Point& site : sites) {
                site = {std::round(site.x), std::round(site.y)};
            }
        }
        Fragments out;
        const geometry::Failure failure = fracture::fracture_voronoi_sites(simple, sites, {}, out);
        ASSERT_TRUE(failure.ok()) << failure.message;
        ASSERT_NO_FATAL_FAILURE(expect_sound(out));
        const std::vector<std::string> faults = test::check_nearest_site(out, sites);
        ASSERT_TRUE(faults.empty()) << faults.front();
        // Whichever way gave the result: the one that never fails gives the same bits.
        Fragments slowly;
        ASSERT_TRUE(fracture::fracture_voronoi_slowly(simple, sites, {}, slowly).ok());
        ASSERT_EQ(test::hash_fragments(out), test::hash_fragments(slowly));
        ++fractures;
    }
    EXPECT_GT(fractures, test::cases(2000) * 3 / 4);
    expect_few_vanished_tips(fractures);
}

TEST_P(Properties, Lines) {
    TestRandom random(2000 + static_cast<std::uint64_t>(GetParam()));
    int fractures = 0;
    for (int round = 0; round < test::cases(1000); ++round) {
        SCOPED_TRACE("round " + std::to_string(round));
        if (!make(random)) continue;
        // Through vertices and the middles of edges as often as not.
        const std::vector<Point> ends = test::awkward_sites(random, rings, 2 * random.integer(1, 10));
        std::vector<fracture::CutLine> cuts;
        for (std::size_t i = 0; i + 1 < ends.size(); i += 2) {
            if (!(ends[i] == ends[i + 1])) cuts.emplace_back(ends[i], ends[i + 1]);
        }
        Fragments out;
        const geometry::Failure failure = fracture::fracture_lines(simple, cuts, {}, out);
        ASSERT_TRUE(failure.ok()) << failure.message;
        ASSERT_NO_FATAL_FAILURE(expect_sound(out));
        const std::vector<std::string> faults = test::check_one_side(out, cuts);
        ASSERT_TRUE(faults.empty()) << faults.front();
        ++fractures;
    }
    EXPECT_GT(fractures, test::cases(1000) * 3 / 4);
    expect_few_vanished_tips(fractures);
}

TEST_P(Properties, Segment) {
    TestRandom random(3000 + static_cast<std::uint64_t>(GetParam()));
    int fractures = 0;
    int cut = 0;
    for (int round = 0; round < test::cases(1000); ++round) {
        SCOPED_TRACE("round " + std::to_string(round));
        if (!make(random)) continue;
        const std::vector<Point> ends = test::awkward_sites(random, rings, 2);
        if (ends[0] == ends[1]) continue;
        const fracture::SliceParams params{
            .line_start = ends[0], .line_end = ends[1], .extend = random.integer(0, 1) == 0};
        Fragments out;
        const geometry::Failure failure = fracture::fracture_slices(simple, params, {}, out);
        ASSERT_TRUE(failure.ok()) << failure.message;
        ASSERT_NO_FATAL_FAILURE(expect_sound(out));
        if (params.extend) {
            const std::vector<fracture::CutLine> whole{{ends[0], ends[1]}};
            const std::vector<std::string> faults = test::check_one_side(out, whole);
            ASSERT_TRUE(faults.empty()) << faults.front();
        }
        ++fractures;
        cut += out.size() > rings.size() ? 1 : 0;
    }
    EXPECT_GT(fractures, test::cases(1000) / 2);
    EXPECT_GT(cut, test::cases(1000) / 10);
    expect_few_vanished_tips(fractures);
}

INSTANTIATE_TEST_SUITE_P(Everywhere, Properties,
                         testing::Values(Place::origin, Place::tiny, Place::large, Place::far, Place::farther,
                                         Place::off_centre));

// Whole patterns of coincidences: sites on a lattice, the polygon's corners on its bisectors.
TEST(Lattice, EverySiteOnACorner) {
    for (int n = 1; n <= 6; ++n) {
        for (int shift = 0; shift <= 1; ++shift) {
            const auto size = static_cast<float>(2 * n);
            const Rings rings{test::rectangle(0, 0, size, size)};
            std::vector<Point> sites;
            for (int i = 0; i <= n; ++i) {
                for (int j = 0; j <= n; ++j) {
                    sites.push_back({static_cast<float>(2 * i + shift), static_cast<float>(2 * j + shift)});
                }
            }
            const auto views = test::views(rings);
            geometry::SimplePolygon simple;
            ASSERT_TRUE(geometry::validate({views}, nullptr, simple).ok());
            Fragments out;
            ASSERT_TRUE(fracture::fracture_voronoi_sites(simple, sites, {}, out).ok());
            const std::vector<std::string> faults = test::check_fragments(rings, out, {});
            ASSERT_TRUE(faults.empty()) << faults.front();
            // Shifted by one, the last row and column of sites lie beyond the last lines: nothing left for
            // them.
            EXPECT_EQ(out.size(), static_cast<std::size_t>(shift == 0 ? (n + 1) * (n + 1) : n * n));
            for (const double area : out.areas) {
                EXPECT_EQ(area * (shift == 0 ? std::round(4.0 / area) : 1.0), 4.0);
            }
        }
    }
}

TEST(Lattice, ReflexCornersOnTheBorder) {
    // A plus: all four reflex corners lie on the bisectors of these sites, and at their crossings.
    const Rings rings{
        {{1, 0}, {2, 0}, {2, 1}, {3, 1}, {3, 2}, {2, 2}, {2, 3}, {1, 3}, {1, 2}, {0, 2}, {0, 1}, {1, 1}}};
    std::vector<Point> sites;
    for (int i = 0; i < 3; ++i) {
        for (int j = 0; j < 3; ++j) {
            sites.push_back({static_cast<float>(i) + 0.5F, static_cast<float>(j) + 0.5F});
        }
    }
    const auto views = test::views(rings);
    geometry::SimplePolygon simple;
    ASSERT_TRUE(geometry::validate({views}, nullptr, simple).ok());
    Fragments out;
    ASSERT_TRUE(fracture::fracture_voronoi_sites(simple, sites, {}, out).ok());
    EXPECT_EQ(out.cells, (std::vector<std::uint32_t>{1, 3, 4, 5, 7})); // corners of the square have no area
    EXPECT_EQ(out.areas, (std::vector<double>{1, 1, 1, 1, 1}));
    const std::vector<std::string> faults = test::check_fragments(rings, out, {});
    ASSERT_TRUE(faults.empty()) << faults.front();
}

TEST(Holes, ManyInOneFragment) {
    TestRandom random(5);
    for (int round = 0; round < test::cases(200); ++round) {
        Rings rings{test::rectangle(0, 0, 200, 200)};
        const int side = random.integer(1, 8);
        for (int i = 0; i < side * side; ++i) {
            const double step = 200.0 / side;
            auto hole = test::star(random, random.integer(3, 9), 0.35 * step, 0.1 * step,
                                   (i % side + 0.5) * step, (i / side + 0.5) * step);
            rings.push_back(std::move(hole));
        }
        const auto views = test::views(rings);
        geometry::SimplePolygon simple;
        ASSERT_TRUE(geometry::validate({views}, nullptr, simple).ok());
        const std::vector<Point> sites = test::awkward_sites(random, {rings[0]}, random.integer(1, 4));
        Fragments out;
        const geometry::Failure failure = fracture::fracture_voronoi_sites(simple, sites, {}, out);
        ASSERT_TRUE(failure.ok()) << failure.message;
        const std::vector<std::string> faults = test::check_fragments(rings, out, {});
        ASSERT_TRUE(faults.empty()) << faults.front();
        // A piece more for each hole at most, and those the cells are cut into by the holes.
        EXPECT_LE(out.size(), sites.size() + 3 * rings.size());
    }
}

TEST(Holes, OneHoleCostsOnePiece) {
    const Rings rings{test::rectangle(0, 0, 20, 10), test::rectangle(8, 4, 12, 6)};
    const auto views = test::views(rings);
    Fragments out;
    ASSERT_TRUE(fracture::fracture({views}, fracture::VoronoiParams{.fragment_count = 1}, {}, out).ok());
    ASSERT_EQ(out.size(), 2U);
    EXPECT_EQ(out.areas[0] + out.areas[1], 192.0);
    EXPECT_EQ(out.cells, (std::vector<std::uint32_t>{0, 0}));
}

} // namespace
