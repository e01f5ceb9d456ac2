// The promises of fracture.h for every pattern with random parameters, on random and awkward polygons, near
// (0, 0) and far from it, tiny and large.
#include "fracture/extent.h"
#include "fracture/sites.h"
#include "fracture/slices.h"
#include "geometry/validate.h"

#include "support/fracture_checker.h"
#include "support/shapes.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <gtest/gtest.h>
#include <numeric>
#include <string>
#include <variant>
#include <vector>

namespace {

using namespace cutout;
using fracture::Fragments;
using fracture::SliceMode;
using fracture::SliceParams;
using fracture::SlicePattern;
using fracture::VoronoiParams;
using fracture::VoronoiPattern;
using geometry::Point;
using test::Rings;
using test::TestRandom;

struct Place {
    double scale;
    double x;
    double y;
    bool coarse; // floats are coarse beside the polygon: a tip thinner than they are apart may vanish
};
constexpr std::array<Place, 5> places{Place{1.0, 0.0, 0.0, false}, Place{1e-3, 0.0, 0.0, false},
                                      Place{1e4, 0.0, 0.0, false}, Place{4.0, 1e6, -1e6, true},
                                      Place{0.01, 100.0, -1.0, true}};

class Patterns : public testing::Test {
protected:
    bool make(TestRandom& random) {
        at = places[static_cast<std::size_t>(random.integer(0, places.size() - 1))];
        rings = test::random_polygon(random);
        test::transform(rings, at.scale, at.x, at.y);
        if (random.integer(0, 1) == 0) std::reverse(rings[0].begin(), rings[0].end());
        const auto views = test::views(rings);
        return geometry::validate({views}, nullptr, simple).ok();
    }

    // None, at a vertex, inside, far away.
    fracture::Origin origin(TestRandom& random) const {
        const fracture::Bounds bounds = fracture::bounds_of(simple);
        switch (random.integer(0, 4)) {
        case 0:
            return std::nullopt;
        case 1:
            return rings[0][0];
        case 2:
            return Point{static_cast<float>(bounds.low_x + 3.0 * bounds.width()),
                         static_cast<float>(bounds.low_y - bounds.height())};
        default:
            return Point{static_cast<float>(random.range(bounds.low_x, bounds.high_x)),
                         static_cast<float>(random.range(bounds.low_y, bounds.high_y))};
        }
    }

    Fragments cut(const fracture::Params& params) {
        const auto views = test::views(rings);
        Fragments out;
        const geometry::Failure failure = fracture::fracture({views}, params, {}, out);
        EXPECT_TRUE(failure.ok()) << failure.message;
        if (!failure.ok()) return out;
        ++fractures;
        test::CheckOptions options{.extra_area = rounding_area()};
        std::vector<std::string> faults = test::check_fragments(rings, out, options);
        if (!faults.empty() && faults.front().find("breaks off") != std::string::npos) {
            ++(at.coarse ? vanished_coarse : vanished);
            options.trace_boundary = false;
            faults = test::check_fragments(rings, out, options);
        }
        EXPECT_TRUE(faults.empty()) << faults.front();
        return out;
    }

    // The boundary's new vertices are rounded.
    [[nodiscard]] double rounding_area() const {
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

    void TearDown() override {
        EXPECT_LE(vanished, 1 + fractures / 1000);
        EXPECT_LE(vanished_coarse, 1 + fractures / 50);
    }

    Place at{};
    Rings rings;
    geometry::SimplePolygon simple;
    int fractures = 0;
    int vanished = 0;
    int vanished_coarse = 0;
};

float share(TestRandom& random) {
    return random.integer(0, 2) == 0 ? 0.0F : static_cast<float>(random.range(0.0, 1.0));
}

TEST_F(Patterns, Voronoi) {
    TestRandom random(1);
    for (int round = 0; round < test::cases(4000); ++round) {
        SCOPED_TRACE("round " + std::to_string(round));
        if (!make(random)) continue;
        const double size = fracture::bounds_of(simple).longer();
        VoronoiParams params{.seed = round,
                             .pattern = static_cast<VoronoiPattern>(random.integer(0, 6)),
                             .fragment_count = random.integer(1, 40),
                             .min_cell_distance = share(random),
                             .edge_padding = share(random) * static_cast<float>(0.1 * size),
                             .grid_rows = random.integer(1, 6),
                             .grid_cols = random.integer(1, 6),
                             .grid_jitter = share(random),
                             .origin = origin(random),
                             .ring_count = random.integer(1, 5),
                             .ring_size = share(random) * static_cast<float>(size),
                             .points_per_ring = random.integer(1, 12),
                             .radial_variation = share(random),
                             .poisson_attempts = random.integer(1, 30),
                             .impact_radius = share(random) * static_cast<float>(size),
                             .impact_falloff = share(random) * 20.0F};
        params.sites = test::awkward_sites(random, rings, random.integer(1, 20));
        const Fragments out = cut(params);
        std::vector<Point> sites;
        ASSERT_TRUE(fracture::choose_sites(simple, params, {}, sites).ok());
        const std::vector<std::string> faults = test::check_nearest_site(out, sites);
        ASSERT_TRUE(faults.empty()) << faults.front() << " pattern " << static_cast<int>(params.pattern);
        if (HasFailure()) return;
    }
    EXPECT_GT(fractures, test::cases(4000) / 2);
}

TEST_F(Patterns, Slices) {
    TestRandom random(2);
    int several = 0;
    for (int round = 0; round < test::cases(4000); ++round) {
        SCOPED_TRACE("round " + std::to_string(round));
        if (!make(random)) continue;
        SliceParams params{.seed = round,
                           .mode = random.integer(0, 3) == 0 ? SliceMode::manual : SliceMode::pattern,
                           .extend = random.integer(0, 3) == 0,
                           .pattern = static_cast<SlicePattern>(random.integer(0, 3)),
                           .slice_count = random.integer(1, 12),
                           .origin = origin(random),
                           .radial_randomness = share(random),
                           .parallel_angle = random.integer(0, 1) == 0
                                                 ? 45.0F * static_cast<float>(random.integer(-8, 8))
                                                 : static_cast<float>(random.range(-360.0, 360.0)),
                           .parallel_angle_rand = share(random),
                           .h_slices = random.integer(0, 6),
                           .v_slices = random.integer(0, 6),
                           .h_random = share(random),
                           .v_random = share(random),
                           .h_angle_rand = share(random),
                           .v_angle_rand = share(random)};
        std::vector<Point> segments;
        while (segments.empty()) {
            const std::vector<Point> ends = test::awkward_sites(random, rings, 2 * random.integer(1, 8));
            for (std::size_t i = 0; i + 1 < ends.size(); i += 2) {
                if (!(ends[i] == ends[i + 1])) segments.insert(segments.end(), {ends[i], ends[i + 1]});
            }
        }
        params.segments = segments;
        const Fragments out = cut(params);
        several += out.size() > rings.size() ? 1 : 0;
        if (params.mode == SliceMode::pattern && params.pattern != SlicePattern::radial) {
            const fracture::LinePattern pattern =
                params.pattern == SlicePattern::parallel ? fracture::parallel_lines(simple, params)
                : params.pattern == SlicePattern::grid   ? fracture::grid_lines(simple, params)
                                                         : fracture::chaotic_lines(simple, params);
            const std::vector<std::string> faults = test::check_one_side(out, pattern.lines);
            ASSERT_TRUE(faults.empty()) << faults.front();
        }
        if (params.mode == SliceMode::manual && params.extend) {
            std::vector<fracture::CutLine> lines;
            for (std::size_t i = 0; i + 1 < segments.size(); i += 2) {
                lines.emplace_back(segments[i], segments[i + 1]);
            }
            const std::vector<std::string> faults = test::check_one_side(out, lines);
            ASSERT_TRUE(faults.empty()) << faults.front();
        }
        if (HasFailure()) return;
    }
    EXPECT_GT(fractures, test::cases(4000) / 2);
    EXPECT_GT(several, fractures / 2);
}

// Sites and lines are chosen before the polygon is known to be simple; so no pattern may stumble over one
// that is not. The answer is that of the check.
TEST(PatternsOfBadPolygons, GetTheReason) {
    const std::vector<Point> bow{{0, 0}, {10, 10}, {10, 0}, {0, 10}}; // as much area one way as the other
    const std::vector<Point> wound{{0, 0}, {10, 0}, {10, 10}, {0, 10}, {0, 0}, {10, 0}, {10, 10}, {0, 10}};
    const std::vector<Rings> bad{
        {bow},
        {wound},
        {test::rectangle(0, 0, 10, 10), test::rectangle(20, 20, 30, 30)},
        {test::rectangle(0, 0, 10, 10), test::rectangle(-1, -1, 11, 11)}, // the hole is the larger one
        {test::rectangle(0, 0, 10, 10), test::rectangle(5, 5, 15, 15)},
        {test::rectangle(0, 0, 10, 10), test::rectangle(0, 0, 10, 10)},
        {test::rectangle(0, 0, 10, 10), bow},
        {{{0, 0}, {10, 0}, {10, 10}, {5, 0}, {0, 10}}},
    };
    for (const Rings& rings : bad) {
        const auto views = test::views(rings);
        geometry::SimplePolygon simple;
        const geometry::Failure wanted = geometry::validate({views}, nullptr, simple);
        ASSERT_FALSE(wanted.ok());
        std::vector<fracture::Params> list;
        for (int pattern = 0; pattern <= 6; ++pattern) {
            list.push_back(VoronoiParams{.pattern = static_cast<VoronoiPattern>(pattern),
                                         .fragment_count = 30,
                                         .sites = std::vector<Point>{{1, 2}, {3, 4}}});
        }
        for (int pattern = 0; pattern <= 3; ++pattern) {
            list.push_back(
                SliceParams{.mode = SliceMode::pattern, .pattern = static_cast<SlicePattern>(pattern)});
        }
        list.push_back(
            SliceParams{.mode = SliceMode::manual, .segments = std::vector<Point>{{-1, 3}, {50, 3}}});
        for (std::size_t i = 0; i < list.size(); ++i) {
            Fragments out;
            const geometry::Failure failure = fracture::fracture({views}, list[i], {}, out);
            EXPECT_EQ(failure.status, wanted.status) << failure.message << " params " << i;
            EXPECT_EQ(failure.message, wanted.message) << " params " << i;
            EXPECT_EQ(out.size(), 0U);
        }
        // Repaired, all patterns cut the same area.
        double area = -1.0;
        for (fracture::Params& params : list) {
            std::visit(
                [](auto& operation) { operation.self_intersection = fracture::SelfIntersection::repair; },
                params);
            Fragments out;
            const geometry::Failure failure = fracture::fracture({views}, params, {}, out);
            const double sum = std::accumulate(out.areas.begin(), out.areas.end(), 0.0);
            if (area < 0.0) area = sum;
            EXPECT_EQ(failure.ok(), area > 0.0) << failure.message;
            EXPECT_NEAR(sum, area, 1e-5 * area);
        }
    }
}

} // namespace
