// The fast way of slicing against the one that never fails: wherever it answers, the bits are the same; and
// the front door takes either, and refuses what is not simple.
#include "fracture/fracture.h"
#include "fracture/line_walk.h"
#include "fracture/slices.h"
#include "fracture/workspace.h"
#include "geometry/validate.h"

#include "support/fracture_checker.h"
#include "support/shapes.h"

#include <algorithm>
#include <gtest/gtest.h>
#include <vector>

namespace {

using namespace cutout;
using fracture::CutLine;
using fracture::Fragments;
using fracture::LineWalk;
using fracture::LineWalkEnd;
using geometry::Point;
using test::Rings;
using test::TestRandom;

std::vector<CutLine> lines_through(const std::vector<Point>& points) {
    std::vector<CutLine> lines;
    for (std::size_t i = 0; i + 1 < points.size(); i += 2) {
        if (!(points[i] == points[i + 1])) lines.emplace_back(points[i], points[i + 1]);
    }
    return lines;
}

class Lines : public testing::Test {
protected:
    bool run(const Rings& rings, const std::vector<CutLine>& lines,
             const std::vector<std::uint32_t>& weights = {}) {
        const auto views = test::views(rings);
        geometry::SimplePolygon polygon;
        if (!geometry::validate({views}, nullptr, polygon).ok()) return false;
        const bool answered = walk.run(polygon, lines, weights, {}, fast);
        EXPECT_TRUE(fracture::fracture_pattern_slowly(polygon, {lines, weights}, {}, slow).ok());
        if (!answered) {
            EXPECT_EQ(fast.size(), 0U);
            return false;
        }
        EXPECT_EQ(fast.points, slow.points);
        EXPECT_EQ(fast.offsets, slow.offsets);
        EXPECT_EQ(fast.cells, slow.cells);
        EXPECT_EQ(fast.areas, slow.areas);
        EXPECT_EQ(fast.centroids, slow.centroids);
        EXPECT_EQ(fast.on_boundary, slow.on_boundary);
        return true;
    }

    LineWalk walk;
    Fragments fast;
    Fragments slow;
};

TEST_F(Lines, SameBitsAsTheSlowWay) {
    TestRandom random(21);
    int answered = 0;
    const int rounds = test::cases(1500);
    for (int round = 0; round < rounds; ++round) {
        Rings rings{test::star(random, random.integer(5, 90), 100.0, 30.0)};
        if (random.integer(0, 3) == 0) rings = test::holed_star(random, 64, random.integer(1, 4));
        if (random.integer(0, 1) == 0) std::reverse(rings[0].begin(), rings[0].end());
        std::vector<Point> points(static_cast<std::size_t>(2 * random.integer(1, 12)));
        for (Point& p : points) {
            p = {static_cast<float>(random.range(-100.0, 100.0)),
                 static_cast<float>(random.range(-100.0, 100.0))};
        }
        const std::vector<CutLine> lines = lines_through(points);
        std::vector<std::uint32_t> weights;
        if (random.integer(0, 1) == 0) {
            for (std::size_t i = 0; i < lines.size(); ++i) {
                weights.push_back(static_cast<std::uint32_t>(random.integer(1, 3)));
            }
        }
        answered += static_cast<int>(run(rings, lines, weights));
        if (HasFailure()) return;
    }
    EXPECT_GT(answered, rounds / 2);
}

TEST_F(Lines, SameBitsOnNastyPolygons) {
    TestRandom random(22);
    int answered = 0;
    const int rounds = test::cases(2000);
    for (int round = 0; round < rounds; ++round) {
        const Rings rings = test::random_polygon(random);
        std::vector<Point> points = test::awkward_sites(random, rings, random.integer(2, 20));
        if (random.integer(0, 2) == 0) {
            for (Point& p : points) {
                p = {std::round(p.x), std::round(p.y)};
            }
        }
        answered += static_cast<int>(run(rings, lines_through(points)));
        if (HasFailure()) return;
    }
    EXPECT_GT(answered, rounds / 5);
}

TEST_F(Lines, ManyLinesThroughOnePolygonAgreeWithTheSureWay) {
    TestRandom random(23);
    std::vector<Point> points(160);
    for (Point& p : points) {
        p = {static_cast<float>(random.range(-100.0, 100.0)),
             static_cast<float>(random.range(-100.0, 100.0))};
    }
    EXPECT_TRUE(run({test::star(random, 300, 100.0, 10.0)}, lines_through(points)));
    EXPECT_GT(fast.size(), 1000U);
}

TEST_F(Lines, VerticesOnALine) {
    const auto square = test::rectangle(0, 0, 4, 4);
    EXPECT_TRUE(run({square}, {{{0, 0}, {4, 4}}})); // from corner to corner
    EXPECT_EQ(fast.size(), 2U);
    EXPECT_TRUE(run({square}, {{{0, 0}, {4, 1}}})); // from a corner
    EXPECT_EQ(fast.size(), 2U);
    EXPECT_TRUE(run({square}, {{{-1, 1}, {1, -1}}})); // past a corner
    EXPECT_EQ(fast.size(), 1U);
    EXPECT_TRUE(run({square}, {{{0, 0}, {0, 4}}, {{4, 4}, {0, 4}}})); // along edges
    EXPECT_EQ(fast.size(), 1U);
}

TEST_F(Lines, ARingTouchesALine) {
    const std::vector<Point> notched{{0, 0}, {8, 0}, {8, 8}, {5, 8}, {4, 4}, {3, 8}, {0, 8}};
    for (const bool ahead : {true, false}) {
        const CutLine level = ahead ? CutLine{{0, 4}, {8, 4}} : CutLine{{8, 4}, {0, 4}};
        EXPECT_TRUE(run({notched}, {level})); // the notch's tip cuts the upper part in two
        ASSERT_EQ(fast.size(), 3U);
        EXPECT_EQ(fast.points.size(), 4U + 4U + 5U); // the lower part has the tip among its vertices
        // A flat bottom of a notch along the line.
        const std::vector<Point> flat{{0, 0}, {8, 0}, {8, 8}, {5, 8}, {5, 4}, {4, 4}, {3, 4}, {3, 8}, {0, 8}};
        EXPECT_TRUE(run({flat}, {level}));
        ASSERT_EQ(fast.size(), 3U);
        EXPECT_EQ(fast.points.size(), 4U + 4U + 7U);
    }
    // A hole touches the line: the part beside it comes to the same point twice, and is left to the sure way.
    EXPECT_FALSE(run({test::rectangle(0, 0, 8, 8), {{4, 4}, {5, 2}, {3, 2}}}, {{{0, 4}, {8, 4}}}));
    EXPECT_EQ(walk.end(), LineWalkEnd::not_simple);
}

TEST_F(Lines, LinesCrossOnTheBoundary) {
    const auto square = test::rectangle(0, 0, 4, 4);
    EXPECT_TRUE(run({square}, {{{0, 0}, {4, 4}}, {{0, 0}, {4, 1}}, {{0, 0}, {1, 5}}})); // in a corner
    EXPECT_EQ(fast.size(), 4U);
    EXPECT_TRUE(run({square}, {{{2, 0}, {0, 4}}, {{2, 0}, {4, 4}}, {{2, 0}, {2, 4}}})); // on an edge
    EXPECT_EQ(fast.size(), 4U);
    // In the tip of a notch, on all sides of which the polygon is.
    const std::vector<Point> notched{{0, 0}, {8, 0}, {8, 8}, {5, 8}, {4, 4}, {3, 8}, {0, 8}};
    EXPECT_TRUE(run({notched}, {{{0, 4}, {8, 4}}, {{0, 2}, {8, 6}}, {{4, 0}, {4, 8}}}));
    EXPECT_EQ(fast.size(), 6U);
}

TEST_F(Lines, ManyLinesThroughOnePointOutside) {
    // A bay, in it the point.
    const std::vector<Point> bay{{0, 0}, {64, 0}, {64, 64}, {40, 64}, {32, 8}, {24, 64}, {0, 64}};
    std::vector<CutLine> lines;
    for (int k = 0; k < 200; ++k) {
        lines.emplace_back(Point{32, 48}, Point{0.3125F * static_cast<float>(k), 0.0F});
    }
    EXPECT_TRUE(run({bay}, lines));
    EXPECT_GT(fast.size(), 200U);
}

// The sure way snaps to one grid here, and keeps what is as wide as its squares.
TEST_F(Lines, LinesThatNearlyCoincideKeepTheirSlivers) {
    std::vector<CutLine> lines;
    for (int k = 0; k < 30; ++k) {
        const auto at = static_cast<float>(k);
        lines.emplace_back(Point{0, 50.0F + at * 4.0e-6F},
                           Point{100, 50.0F - at * 4.0e-6F + 1.0e-5F * static_cast<float>(k % 7)});
    }
    EXPECT_FALSE(run({test::rectangle(0, 0, 100, 100)}, lines));
    EXPECT_GT(slow.size(), 100U);
}

TEST_F(Lines, NoAnswerForThreeLinesThroughOnePoint) {
    const auto square = test::rectangle(0, 0, 4, 4);
    EXPECT_FALSE(run({square}, {{{0, 0}, {4, 4}}, {{0, 4}, {4, 0}}, {{2, 0}, {2, 4}}}));
    EXPECT_EQ(walk.end(), LineWalkEnd::tie);
    EXPECT_FALSE(run({square}, {{{0, 0}, {4, 3}}, {{0, 0}, {4, 3}}}));
    EXPECT_EQ(walk.end(), LineWalkEnd::tie);
}

// Outlines of pixels and lines between them: vertices and edges on lines everywhere.
TEST_F(Lines, SameBitsOnPixels) {
    TestRandom random(29);
    int answered = 0;
    const int rounds = test::cases(1500);
    for (int round = 0; round < rounds; ++round) {
        const int columns = random.integer(2, 12);
        std::vector<Point> ring = test::skyline(random, columns);
        std::vector<CutLine> lines;
        for (int k = random.integer(1, 3); k > 0; --k) {
            const auto at = static_cast<float>(random.integer(0, 2 * columns)) * 0.5F;
            if (random.integer(0, 1) == 0) {
                lines.emplace_back(Point{at, 0.0F}, Point{at, random.integer(0, 1) == 0 ? 1.0F : -1.0F});
            } else {
                const auto y = static_cast<float>(random.integer(0, 16)) * 0.5F;
                lines.emplace_back(Point{0.0F, y}, Point{random.integer(0, 1) == 0 ? 1.0F : -1.0F, y});
            }
        }
        if (random.integer(0, 1) == 0) {
            for (auto& [from, to] : lines) {
                from = {from.x + from.y, from.y};
                to = {to.x + to.y, to.y};
            }
            for (Point& p : ring) {
                p = {p.x + p.y, p.y};
            }
        }
        answered += static_cast<int>(run({ring}, lines));
        if (HasFailure()) FAIL() << "round " << round;
    }
    EXPECT_GT(answered, rounds / 2);
}

TEST_F(Lines, HolesInAPieceAreOpened) {
    EXPECT_TRUE(run({test::rectangle(0, 0, 9, 9), test::rectangle(5, 5, 6, 6)}, {{{1, -1}, {1.5F, 12}}}));
    EXPECT_EQ(fast.size(), 3U);
}

// Through the front door, which reads the polygon without the long check: the same verdict as with it.
TEST(FrontDoor, RefusesWhatValidateRefuses) {
    TestRandom random(24);
    fracture::Workspace workspace;
    int refused = 0;
    int cut = 0;
    for (int round = 0; round < test::cases(3000); ++round) {
        Rings rings{test::star(random, random.integer(4, 40), 100.0, 20.0)};
        switch (random.integer(0, 4)) {
        case 0: // two points trade places
            std::swap(rings[0][static_cast<std::size_t>(random.integer(0, 1))],
                      rings[0][static_cast<std::size_t>(random.integer(2, 3))]);
            break;
        case 1: // a hole that may cross the outer ring or lie outside it
            rings.push_back(
                test::star(random, 9, 30.0, 5.0, random.range(0.0, 180.0), random.range(-40.0, 40.0)));
            break;
        case 2: // a hole in a hole
            rings.push_back(test::star(random, 12, 60.0, 5.0));
            rings.push_back(test::star(random, 12, 20.0, 5.0));
            break;
        case 3: // a vertex on another edge
            rings[0][0] = {0.5F * (rings[0][2].x + rings[0][3].x), 0.5F * (rings[0][2].y + rings[0][3].y)};
            break;
        default:
            break;
        }
        const auto views = test::views(rings);
        geometry::SimplePolygon polygon;
        const geometry::Failure verdict = geometry::validate({views}, nullptr, polygon);
        Fragments out;
        const std::vector<Point> points = test::awkward_sites(random, {rings[0]}, random.integer(2, 30));
        const fracture::Control control{.workspace = &workspace};
        const geometry::Failure failure =
            random.integer(0, 1) == 0
                ? fracture::fracture_at_sites({views}, points, control, out)
                : fracture::fracture_along_lines({views}, lines_through(points), control, out);
        ASSERT_EQ(failure.status, verdict.status) << "round " << round << ": " << failure.message;
        ASSERT_EQ(failure.message, verdict.message);
        ASSERT_EQ(failure.vertex, verdict.vertex);
        ASSERT_EQ(out.size() == 0, !verdict.ok());
        refused += static_cast<int>(!verdict.ok());
        cut += static_cast<int>(verdict.ok());
    }
    EXPECT_GT(refused, test::cases(3000) / 5);
    EXPECT_GT(cut, test::cases(3000) / 5);
}

// Among so many cells, rounding bends edges that are a few floats long. That is no reason to give up.
TEST(FrontDoor, ManySitesStayOnTheFastWay) {
    TestRandom random(25);
    const Rings rings{test::star(random, 64, 100.0, 20.0)};
    std::vector<Point> sites(static_cast<std::size_t>(test::cases(150000)));
    for (Point& p : sites) {
        p = {static_cast<float>(random.range(-120.0, 120.0)),
             static_cast<float>(random.range(-120.0, 120.0))};
    }
    Fragments out;
    const auto views = test::views(rings);
    ASSERT_TRUE(fracture::fracture_at_sites({views}, sites, {}, out).ok());
    EXPECT_FALSE(out.fell_back);
    EXPECT_GT(out.size(), sites.size() / 4);
}

} // namespace
