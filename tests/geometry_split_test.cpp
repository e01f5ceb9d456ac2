#include "geometry/half_plane_split.h"

#include "support/shapes.h"

#include <algorithm>
#include <cmath>
#include <gtest/gtest.h>
#include <numeric>
#include <vector>

namespace {

using namespace cutout;
using geometry::HalfPlaneSplit;
using geometry::LineId;
using geometry::Lines;
using geometry::Point;
using geometry::Region;
using test::Rings;
using test::TestRandom;

double ring_area(const Region& region, std::size_t ring) {
    double sum = 0.0;
    for (std::uint32_t i = region.ring_begin(ring), before = region.ends[ring] - 1; i < region.ends[ring];
         before = i++) {
        const auto& a = region.vertices[before];
        const auto& b = region.vertices[i];
        sum += a.x * b.y - a.y * b.x;
    }
    return 0.5 * sum;
}

double area(const Region& region) {
    double sum = 0.0;
    for (std::size_t ring = 0; ring < region.ends.size(); ++ring) {
        sum += ring_area(region, ring);
    }
    return sum;
}

// Areas of the rings, in rising order: what a cut leaves, whatever its vertices are called.
std::vector<double> ring_areas(const Region& region) {
    std::vector<double> areas;
    for (std::size_t ring = 0; ring < region.ends.size(); ++ring) {
        areas.push_back(ring_area(region, ring));
    }
    std::sort(areas.begin(), areas.end());
    return areas;
}

// Outer rings counter-clockwise, holes clockwise.
Region make_region(Lines& lines, Rings rings) {
    Region region;
    for (std::size_t r = 0; r < rings.size(); ++r) {
        double sum = 0.0;
        for (std::size_t i = 0; i < rings[r].size(); ++i) {
            const Point a = rings[r][i];
            const Point b = rings[r][(i + 1) % rings[r].size()];
            sum += double{a.x} * double{b.y} - double{a.y} * double{b.x};
        }
        if ((sum > 0.0) != (r == 0)) std::reverse(rings[r].begin(), rings[r].end());
        for (std::size_t i = 0; i < rings[r].size(); ++i) {
            region.vertices.push_back(geometry::input_vertex(rings[r][i]));
            region.edges.push_back(lines.add_through(rings[r][i], rings[r][(i + 1) % rings[r].size()]));
        }
        region.ends.push_back(static_cast<std::uint32_t>(region.vertices.size()));
    }
    return region;
}

struct Halves {
    Region negative; // right of a -> b
    Region positive; // left
};

Halves split(const Rings& rings, Point a, Point b) {
    Lines lines;
    const Region region = make_region(lines, rings);
    const LineId line = lines.add_through(a, b);
    HalfPlaneSplit splitter;
    Halves halves;
    EXPECT_TRUE(splitter.split(lines, line, region, halves.negative, halves.positive));
    // keep() gives the same halves one by one.
    Region kept;
    EXPECT_TRUE(splitter.keep(lines, line, -1, region, kept));
    EXPECT_EQ(ring_areas(kept), ring_areas(halves.negative));
    EXPECT_TRUE(splitter.keep(lines, line, 1, region, kept));
    EXPECT_EQ(ring_areas(kept), ring_areas(halves.positive));
    return halves;
}

const Rings square{test::rectangle(0, 0, 4, 4)};

TEST(Split, ThroughTheMiddle) {
    const Halves halves = split(square, {-1, 1}, {5, 1});
    EXPECT_EQ(ring_areas(halves.negative), std::vector<double>{4.0});
    EXPECT_EQ(ring_areas(halves.positive), std::vector<double>{12.0});
}

TEST(Split, BesideOrAlongAnEdge) {
    EXPECT_TRUE(split(square, {-1, 5}, {5, 5}).positive.empty());
    EXPECT_EQ(area(split(square, {-1, 5}, {5, 5}).negative), 16.0);
    // Along the upper edge, either way.
    EXPECT_TRUE(split(square, {0, 4}, {1, 4}).positive.empty());
    EXPECT_TRUE(split(square, {1, 4}, {0, 4}).negative.empty());
    EXPECT_EQ(area(split(square, {1, 4}, {0, 4}).positive), 16.0);
}

TEST(Split, ThroughCorners) {
    const Halves halves = split(square, {0, 0}, {4, 4});
    EXPECT_EQ(ring_areas(halves.negative), std::vector<double>{8.0});
    EXPECT_EQ(ring_areas(halves.positive), std::vector<double>{8.0});
    EXPECT_TRUE(split(square, {-1, 1}, {1, -1}).negative.empty()); // touches one corner
}

TEST(Split, ReflexCornerTouchingTheLine) {
    // A notch from above whose tip lies on the line: below it one piece, above it two.
    const Rings notched{{{0, 0}, {8, 0}, {8, 4}, {5, 4}, {4, 2}, {3, 4}, {0, 4}}};
    const Halves halves = split(notched, {0, 2}, {1, 2});
    EXPECT_EQ(ring_areas(halves.negative), std::vector<double>{16.0});
    EXPECT_EQ(ring_areas(halves.positive), (std::vector<double>{7.0, 7.0}));
    // Mirrored: the notch comes from below.
    const Rings mirrored{{{0, 0}, {3, 0}, {4, 2}, {5, 0}, {8, 0}, {8, 4}, {0, 4}}};
    const Halves other = split(mirrored, {0, 2}, {1, 2});
    EXPECT_EQ(ring_areas(other.negative), (std::vector<double>{7.0, 7.0}));
    EXPECT_EQ(ring_areas(other.positive), std::vector<double>{16.0});
}

TEST(Split, NotchWithAFlatBottomOnTheLine) {
    const Rings notched{{{0, 0}, {8, 0}, {8, 4}, {5, 4}, {5, 2}, {3, 2}, {3, 4}, {0, 4}}};
    const Halves halves = split(notched, {0, 2}, {1, 2});
    EXPECT_EQ(ring_areas(halves.negative), std::vector<double>{16.0});
    EXPECT_EQ(ring_areas(halves.positive), (std::vector<double>{6.0, 6.0}));
    // The stretch along the notch keeps the name of the polygon's edge; only the two cuts are new.
    Lines lines;
    const Region region = make_region(lines, notched);
    const LineId line = lines.add_through({0, 2}, {1, 2});
    HalfPlaneSplit splitter;
    Region kept;
    ASSERT_TRUE(splitter.keep(lines, line, -1, region, kept));
    EXPECT_EQ(std::count(kept.edges.begin(), kept.edges.end(), line), 2);
    EXPECT_EQ(kept.vertices.size(), 6U);
}

TEST(Split, HoleOnEitherSideAndAcross) {
    const Rings ring{test::rectangle(0, 0, 8, 8), test::rectangle(2, 2, 4, 4)};
    EXPECT_EQ(ring_areas(split(ring, {0, 5}, {1, 5}).negative), (std::vector<double>{-4.0, 40.0}));
    EXPECT_EQ(ring_areas(split(ring, {0, 5}, {1, 5}).positive), std::vector<double>{24.0});
    const Halves across = split(ring, {0, 3}, {1, 3});
    EXPECT_EQ(ring_areas(across.negative), std::vector<double>{22.0});
    EXPECT_EQ(ring_areas(across.positive), std::vector<double>{38.0});
    // Along the hole's upper edge.
    const Halves along = split(ring, {0, 4}, {1, 4});
    EXPECT_EQ(ring_areas(along.negative), std::vector<double>{28.0});
    EXPECT_EQ(ring_areas(along.positive), std::vector<double>{32.0});
}

TEST(Split, HoleTouchingTheLineInAPoint) {
    const Rings ring{test::rectangle(0, 0, 8, 8), {{4, 4}, {6, 2}, {4, 1}, {2, 2}}};
    // The hole's highest corner is on the line: below, the hole hangs on the ring; nothing is lost.
    const Halves halves = split(ring, {0, 4}, {1, 4});
    EXPECT_EQ(area(halves.negative), 32.0 - 6.0);
    EXPECT_EQ(area(halves.positive), 32.0);
}

TEST(Split, TwoHolesMeetingTheLineInOnePoint) {
    // Not one polygon, but a region may be like this after a cut: corners from both sides in one point.
    const Rings ring{test::rectangle(0, 0, 8, 8), {{4, 4}, {5, 6}, {3, 6}}, {{4, 4}, {3, 2}, {5, 2}}};
    const Halves halves = split(ring, {0, 4}, {1, 4});
    EXPECT_EQ(area(halves.negative), 32.0 - 2.0);
    EXPECT_EQ(area(halves.positive), 32.0 - 2.0);
}

TEST(Split, CombIntoTeeth) {
    const Rings comb{test::comb(50, 99.0F, 20.0F)};
    const Halves halves = split(comb, {0, 10}, {1, 10});
    EXPECT_EQ(halves.positive.ends.size(), 50U);
    EXPECT_EQ(halves.negative.ends.size(), 1U);
    EXPECT_NEAR(area(halves.positive) + area(halves.negative), test::polygon_area(comb), 1e-9);
}

// Any polygon, cut again and again by lines through its own vertices: no area gets lost, none is doubled.
TEST(Split, AreasAddUpThroughManyCuts) {
    TestRandom random(1);
    HalfPlaneSplit splitter;
    for (int round = 0; round < test::cases(1500); ++round) {
        const Rings rings = test::random_polygon(random);
        Lines lines;
        std::vector<Region> cells{make_region(lines, rings)};
        const double whole = area(cells[0]);
        for (int cut = 0; cut < 6; ++cut) {
            const std::vector<Point> ends = test::awkward_sites(random, rings, 2);
            if (ends[0] == ends[1]) continue;
            const LineId line = lines.add_through(ends[0], ends[1]);
            std::vector<Region> next;
            for (const Region& cell : cells) {
                Halves halves;
                ASSERT_TRUE(splitter.split(lines, line, cell, halves.negative, halves.positive));
                ASSERT_NEAR(area(halves.negative) + area(halves.positive), area(cell), 1e-9 * whole);
                for (Region* half : {&halves.negative, &halves.positive}) {
                    if (!half->empty()) next.push_back(std::move(*half));
                }
            }
            cells = std::move(next);
        }
        const double sum =
            std::accumulate(cells.begin(), cells.end(), 0.0,
                            [](double total, const Region& cell) { return total + area(cell); });
        ASSERT_NEAR(sum, whole, 1e-9 * whole);
    }
}

TEST(SplitChords, OnlyTheChosenOnes) {
    Lines lines;
    const Region comb = make_region(lines, {test::comb(5, 9.0F, 10.0F)});
    const LineId line = lines.add_horizontal(5.0);
    HalfPlaneSplit splitter;
    Region out;
    ASSERT_TRUE(splitter.split_chords(
        lines, line, comb,
        [](std::span<const HalfPlaneSplit::LinePoint>, std::span<HalfPlaneSplit::Chord> chords) {
            EXPECT_EQ(chords.size(), 5U);
            chords[1].cut = true;
            chords[3].cut = true;
        },
        out));
    EXPECT_EQ(out.ends.size(), 3U); // the body and two teeth
    EXPECT_EQ(component_of_ring(lines, out), (std::vector<std::uint32_t>{0, 1, 2}));
    // Teeth that were not cut have no vertex where the line crosses them.
    EXPECT_EQ(out.vertices.size(), comb.vertices.size() + 8U);
}

TEST(SplitChords, OneThatSeparatesNothingIsNotCut) {
    Lines lines;
    const Region ring = make_region(
        lines, {test::rectangle(0, 0, 8, 8), test::rectangle(2, 2, 4, 4), test::rectangle(5, 2, 6, 4)});
    const LineId line = lines.add_horizontal(3.0);
    HalfPlaneSplit splitter;
    for (std::size_t only = 0; only < 3; ++only) {
        Region out;
        ASSERT_TRUE(splitter.split_chords(
            lines, line, ring,
            [&](std::span<const HalfPlaneSplit::LinePoint>, std::span<HalfPlaneSplit::Chord> chords) {
                ASSERT_EQ(chords.size(), 3U);
                chords[only].cut = true;
            },
            out));
        EXPECT_EQ(ring_areas(out), ring_areas(ring));
        EXPECT_EQ(out.vertices.size(), ring.vertices.size());
        EXPECT_EQ(component_of_ring(lines, out), (std::vector<std::uint32_t>{0, 0, 0}));
    }
    Region out;
    ASSERT_TRUE(splitter.split_chords(
        lines, line, ring,
        [](std::span<const HalfPlaneSplit::LinePoint>, std::span<HalfPlaneSplit::Chord> chords) {
            for (HalfPlaneSplit::Chord& chord : chords) {
                chord.cut = true;
            }
        },
        out));
    EXPECT_EQ(out.ends.size(), 2U);
    EXPECT_EQ(area(out), area(ring));
}

TEST(SplitChords, AcrossTheMouthOfABay) {
    // A hole like a C: the chord across its mouth cuts off the bay, and the hole stays a hole.
    Lines lines;
    const Region ring =
        make_region(lines, {test::rectangle(0, 0, 10, 10),
                            {{2, 2}, {2, 8}, {8, 8}, {8, 6}, {4, 6}, {4, 4}, {8, 4}, {8, 2}}});
    const LineId line = lines.add_vertical(7.0);
    HalfPlaneSplit splitter;
    Region out;
    ASSERT_TRUE(splitter.split_chords(
        lines, line, ring,
        [](std::span<const HalfPlaneSplit::LinePoint> points, std::span<HalfPlaneSplit::Chord> chords) {
            ASSERT_EQ(chords.size(), 3U);
            EXPECT_EQ(points[chords[1].from].vertex.y, 4.0);
            chords[1].cut = true;
        },
        out));
    ASSERT_EQ(out.ends.size(), 3U);
    const std::vector<std::uint32_t> component = component_of_ring(lines, out);
    EXPECT_EQ(*std::max_element(component.begin(), component.end()), 1U);
    std::vector<double> areas(2, 0.0);
    for (std::size_t i = 0; i < 3; ++i) {
        areas[component[i]] += ring_area(out, i);
    }
    std::sort(areas.begin(), areas.end());
    EXPECT_EQ(areas, (std::vector<double>{6.0, 100.0 - 28.0 - 6.0}));
}

} // namespace
