// Fractures judged by Clipper2: the union of the pieces is the polygon, no two overlap, each cell holds what
// is nearest to its site, each line parts what lies on its sides.
#include "fracture/fracture.h"
#include "fracture/slices.h"
#include "fracture/voronoi.h"
#include "geometry/validate.h"

#include "support/clipper_oracle.h"
#include "support/shapes.h"
#include "support/workloads.h"

#include <algorithm>
#include <gtest/gtest.h>
#include <string>
#include <vector>

namespace {

using namespace cutout;
using fracture::Fragments;
using geometry::Point;
using test::ClipperOracle;
using test::Rings;
using test::TestRandom;

bool validated(const Rings& rings, geometry::SimplePolygon& simple) {
    const auto views = test::views(rings);
    return geometry::validate({views}, nullptr, simple).ok();
}

ClipperOracle judge(const Rings& rings, const Fragments& fragments) {
    ClipperOracle oracle(rings);
    for (std::size_t i = 0; i < fragments.size(); ++i) {
        oracle.add(fragments.ring(i), fragments.cells[i]);
    }
    return oracle;
}

void expect_tiling(const ClipperOracle& oracle) {
    ASSERT_LE(oracle.gap(), oracle.boundary_tolerance() + oracle.own_tolerance());
    ASSERT_LE(oracle.overlap(), oracle.own_tolerance());
}

void check_voronoi(const Rings& rings, const std::vector<Point>& sites) {
    const auto views = test::views(rings);
    Fragments out;
    const geometry::Failure failure = fracture::fracture_at_sites({views}, sites, {}, out);
    ASSERT_TRUE(failure.ok()) << failure.message;
    const ClipperOracle oracle = judge(rings, out);
    ASSERT_NO_FATAL_FAILURE(expect_tiling(oracle));
    for (std::uint32_t i = 0; i < sites.size(); ++i) {
        ASSERT_LE(oracle.cell_error(sites, i), oracle.edge_tolerance()) << "site " << i;
    }
}

void check_lines(const Rings& rings, const test::CutLines& lines) {
    const auto views = test::views(rings);
    Fragments out;
    const geometry::Failure failure = fracture::fracture_along_lines({views}, lines, {}, out);
    ASSERT_TRUE(failure.ok()) << failure.message;
    const ClipperOracle oracle = judge(rings, out);
    ASSERT_NO_FATAL_FAILURE(expect_tiling(oracle));
    for (const auto& [from, to] : lines) {
        ASSERT_LE(oracle.side_error(from, to), oracle.edge_tolerance());
    }
}

// A polygon somewhere on the float line: near the origin, far from it, tiny, huge.
Rings polygon_somewhere(TestRandom& random) {
    Rings rings = test::random_polygon(random);
    switch (random.integer(0, 6)) {
    case 0:
        test::transform(rings, 1e-3, 0.0, 0.0);
        break;
    case 1:
        test::transform(rings, 1e4, 5e4, -3e5);
        break;
    case 2:
        test::transform(rings, 1.0, 1e5, -1e5);
        break;
    case 3: // floats are one unit apart there
        test::transform(rings, 4.0, 1e7, 3e6);
        break;
    case 4:
        test::transform(rings, 0.01, 100.0, -1.0);
        break;
    default:
        break;
    }
    return rings;
}

TEST(Oracle, RandomVoronoi) {
    TestRandom random(71);
    int checked = 0;
    for (int round = 0; round < test::cases(5000); ++round) {
        SCOPED_TRACE("round " + std::to_string(round));
        const Rings rings = polygon_somewhere(random);
        geometry::SimplePolygon simple;
        if (!validated(rings, simple)) continue;
        std::vector<Point> sites = test::awkward_sites(random, rings, random.integer(1, 30));
        if (random.integer(0, 2) == 0) {
            for (Point& site : sites) {
                site = {std::round(site.x), std::round(site.y)};
            }
        }
        ASSERT_NO_FATAL_FAILURE(check_voronoi(rings, sites));
        ++checked;
    }
    EXPECT_GT(checked, test::cases(5000) * 3 / 4);
}

TEST(Oracle, RandomLines) {
    TestRandom random(72);
    int checked = 0;
    for (int round = 0; round < test::cases(5000); ++round) {
        SCOPED_TRACE("round " + std::to_string(round));
        const Rings rings = polygon_somewhere(random);
        geometry::SimplePolygon simple;
        if (!validated(rings, simple)) continue;
        const std::vector<Point> ends = test::awkward_sites(random, rings, 2 * random.integer(1, 10));
        test::CutLines lines;
        for (std::size_t i = 0; i + 1 < ends.size(); i += 2) {
            if (!(ends[i] == ends[i + 1])) lines.emplace_back(ends[i], ends[i + 1]);
        }
        ASSERT_NO_FATAL_FAILURE(check_lines(rings, lines));
        ++checked;
    }
    EXPECT_GT(checked, test::cases(5000) * 3 / 4);
}

// A segment may leave pieces whole, so only the tiling is judged.
TEST(Oracle, RandomSegments) {
    TestRandom random(73);
    int checked = 0;
    for (int round = 0; round < test::cases(2000); ++round) {
        SCOPED_TRACE("round " + std::to_string(round));
        const Rings rings = polygon_somewhere(random);
        geometry::SimplePolygon simple;
        const std::vector<Point> ends = test::awkward_sites(random, rings, 2);
        if (!validated(rings, simple) || ends[0] == ends[1]) continue;
        Fragments out;
        const fracture::SliceParams params{
            .line_start = ends[0], .line_end = ends[1], .extend = random.integer(0, 3) == 0};
        const geometry::Failure failure = fracture::fracture_slices(simple, params, {}, out);
        ASSERT_TRUE(failure.ok()) << failure.message;
        ASSERT_NO_FATAL_FAILURE(expect_tiling(judge(rings, out)));
        ++checked;
    }
    EXPECT_GT(checked, test::cases(2000) / 2);
}

// Polygons that cross and touch themselves, repaired by the non-zero rule.
TEST(Oracle, RepairedPolygons) {
    TestRandom random(74);
    int repaired = 0;
    for (int round = 0; round < test::cases(4000); ++round) {
        SCOPED_TRACE("round " + std::to_string(round));
        Rings rings;
        const bool coarse = random.integer(0, 1) == 0;
        for (int count = random.integer(1, 3); count > 0; --count) {
            auto& ring = rings.emplace_back();
            for (int points = random.integer(3, 9); points > 0; --points) {
                const auto coordinate = [&] {
                    return coarse ? static_cast<float>(random.integer(0, 12))
                                  : static_cast<float>(random.range(-50.0, 50.0));
                };
                const float x = coordinate();
                ring.push_back({x, coordinate()});
            }
        }
        const auto views = test::views(rings);
        const fracture::VoronoiParams params{.seed = round,
                                             .self_intersection = fracture::SelfIntersection::repair,
                                             .fragment_count = random.integer(1, 8)};
        Fragments out;
        const geometry::Failure failure = fracture::fracture({views}, params, {}, out);
        const ClipperOracle oracle = judge(rings, out);
        if (!failure.ok()) { // a ring without area of its own, or nothing is left
            ASSERT_TRUE(failure.status == geometry::Status::too_few_points ||
                        failure.status == geometry::Status::zero_area)
                << failure.message;
            if (rings.size() == 1) {
                ASSERT_LE(oracle.area(), oracle.own_tolerance());
            }
            continue;
        }
        ASSERT_NO_FATAL_FAILURE(expect_tiling(oracle));
        ++repaired;
    }
    EXPECT_GT(repaired, test::cases(4000) * 3 / 4);
}

TEST(Oracle, Workloads) {
    for (const test::Workload& workload : test::workloads()) {
        SCOPED_TRACE(workload.name);
        for (const test::WorkloadCase& variant : workload.variants) {
            if (variant.lines.empty()) {
                ASSERT_NO_FATAL_FAILURE(check_voronoi(variant.rings, variant.sites));
            } else {
                ASSERT_NO_FATAL_FAILURE(check_lines(variant.rings, variant.lines));
            }
        }
    }
}

// The judge itself: it must see what is wrong.
class Judge : public testing::Test {
protected:
    void SetUp() override {
        geometry::SimplePolygon simple;
        ASSERT_TRUE(validated(rings, simple));
        ASSERT_TRUE(fracture::fracture_voronoi_sites(simple, sites, {}, fragments).ok());
        ASSERT_EQ(fragments.size(), sites.size());
        for (std::size_t i = 0; i < fragments.size(); ++i) {
            pieces.emplace_back(fragments.ring(i).begin(), fragments.ring(i).end());
        }
    }
    ClipperOracle verdict() {
        ClipperOracle oracle(rings);
        for (std::uint32_t i = 0; i < pieces.size(); ++i) {
            oracle.add(pieces[i], i);
        }
        return oracle;
    }

    const Rings rings{test::rectangle(0, 0, 100, 100)};
    const std::vector<Point> sites{{20, 20}, {70, 30}, {45, 80}};
    Fragments fragments;
    Rings pieces;
};

TEST_F(Judge, AcceptsWhatIsRight) {
    const ClipperOracle oracle = verdict();
    EXPECT_LE(oracle.gap(), oracle.own_tolerance());
    EXPECT_LE(oracle.overlap(), oracle.own_tolerance());
    for (std::uint32_t i = 0; i < 3; ++i) {
        EXPECT_LE(oracle.cell_error(sites, i), oracle.edge_tolerance());
    }
}

TEST_F(Judge, SeesAMissingPiece) {
    const double area = fragments.areas.back();
    pieces.pop_back();
    EXPECT_NEAR(verdict().gap(), area, 1e-3);
    EXPECT_NEAR(verdict().cell_error(sites, 2), area, 1e-3);
}

TEST_F(Judge, SeesAPieceTwice) {
    pieces.push_back(pieces.front());
    EXPECT_NEAR(verdict().overlap(), fragments.areas.front(), 1e-3);
}

TEST_F(Judge, SeesOneBitOfOneVertex) {
    // An inner vertex of one piece alone, moved by one float.
    for (Point& p : pieces.front()) {
        if (p.x > 1.0F && p.x < 99.0F && p.y > 1.0F && p.y < 99.0F) {
            p.x = std::nextafter(p.x, 1000.0F);
            break;
        }
    }
    const ClipperOracle oracle = verdict();
    EXPECT_TRUE(oracle.gap() > oracle.own_tolerance() || oracle.overlap() > oracle.own_tolerance());
}

TEST_F(Judge, SeesExchangedCells) {
    std::swap(pieces[0], pieces[1]);
    EXPECT_GT(verdict().cell_error(sites, 0), 100.0);
}

TEST_F(Judge, SeesAPieceOnBothSidesOfALine) {
    EXPECT_GT(verdict().side_error({0, 10}, {100, 11}), 100.0);
}

} // namespace
