// Neighbours, and fragments joined by group: the merged fragments keep every promise of fracture.h.
#include "fracture/fracture.h"
#include "fracture/merge.h"
#include "fracture/neighbours.h"

#include "support/fracture_checker.h"
#include "support/shapes.h"

#include <algorithm>
#include <array>
#include <atomic>
#include <cmath>
#include <gtest/gtest.h>
#include <map>
#include <numeric>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace {

using namespace cutout;
using fracture::Fragments;
using fracture::Neighbours;
using geometry::Failure;
using geometry::Point;
using geometry::Status;
using test::Rings;
using test::TestRandom;

using Edge = std::array<float, 4>;

Edge edge(Point a, Point b) {
    return {a.x, a.y, b.x, b.y};
}

// Of each edge the fragment that has it.
std::map<Edge, std::uint32_t> edges_of(const Fragments& fragments) {
    std::map<Edge, std::uint32_t> result;
    for (std::uint32_t f = 0; f < fragments.size(); ++f) {
        const auto ring = fragments.ring(f);
        for (std::size_t i = 0; i < ring.size(); ++i) {
            result[edge(ring[i], ring[(i + 1) % ring.size()])] = f;
        }
    }
    return result;
}

Edge back(const Edge& e) {
    return {e[2], e[3], e[0], e[1]};
}

bool fracture_at(const Rings& rings, const std::vector<Point>& sites, Fragments& out) {
    const auto views = test::views(rings);
    return fracture::fracture_at_sites({views}, sites, {}, out).ok();
}

// The sites of a square lattice: four cells meet in every corner.
std::vector<Point> lattice_sites(int columns, int rows) {
    std::vector<Point> sites;
    for (int y = 0; y < rows; ++y) {
        for (int x = 0; x < columns; ++x) {
            sites.push_back({static_cast<float>(x) + 0.5F, static_cast<float>(y) + 0.5F});
        }
    }
    return sites;
}

// Some polygon and its fragments; every third time a lattice.
bool some_fragments(TestRandom& random, Rings& rings, Fragments& out) {
    if (random.integer(0, 2) == 0) {
        const int columns = random.integer(1, 9);
        const int rows = random.integer(1, 9);
        rings = {test::rectangle(0, 0, static_cast<float>(columns), static_cast<float>(rows))};
        if (random.integer(0, 1) == 0) std::reverse(rings[0].begin(), rings[0].end());
        return fracture_at(rings, lattice_sites(columns, rows), out);
    }
    rings = test::random_polygon(random);
    if (random.integer(0, 1) == 0) std::reverse(rings[0].begin(), rings[0].end());
    return fracture_at(rings, test::awkward_sites(random, rings, random.integer(1, 60)), out);
}

// Merging loses nothing: what rounding did to the fragments before is all that is allowed for.
std::vector<std::string> faults_of(const Rings& rings, const Fragments& before, const Fragments& after) {
    const double area = std::accumulate(before.areas.begin(), before.areas.end(), 0.0);
    test::CheckOptions options{.extra_area = std::abs(area - test::polygon_area(rings))};
    options.trace_boundary = test::check_fragments(rings, before, options).empty();
    return test::check_fragments(rings, after, options);
}

// What the groups say, and nothing else, was merged.
void expect_merged(const Rings& rings, const Fragments& before, const std::vector<std::uint32_t>& groups,
                   const Fragments& after) {
    const std::vector<std::string> faults = faults_of(rings, before, after);
    ASSERT_TRUE(faults.empty()) << faults.front();
    std::map<std::uint32_t, std::uint32_t> label_of_group;
    for (std::size_t i = 0; i < before.size(); ++i) {
        const auto [at, is_new] = label_of_group.emplace(groups[i], before.labels[i]);
        at->second = std::min(at->second, before.labels[i]);
    }
    std::map<std::uint32_t, double> area_of_label;
    for (std::size_t i = 0; i < before.size(); ++i) {
        area_of_label[label_of_group[groups[i]]] += before.areas[i];
    }
    for (std::size_t i = 0; i < after.size(); ++i) {
        area_of_label[after.labels[i]] -= after.areas[i];
    }
    for (const auto& [label, area] : area_of_label) {
        ASSERT_NEAR(area, 0.0, 1e-9 * test::polygon_area(rings));
    }
    // Every edge was there before, between other groups; or it is a cut through a hole, within one group.
    const auto old_edges = edges_of(before);
    const auto new_edges = edges_of(after);
    for (const auto& [e, f] : new_edges) {
        const auto beyond = new_edges.find(back(e));
        if (beyond != new_edges.end() && after.labels[beyond->second] == after.labels[f] &&
            after.cells[beyond->second] == after.cells[f]) {
            continue;
        }
        const auto old = old_edges.find(e);
        ASSERT_NE(old, old_edges.end());
        ASSERT_EQ(after.labels[f], label_of_group[groups[old->second]]);
    }
    for (const auto& [e, f] : old_edges) {
        const auto beyond = old_edges.find(back(e));
        const bool inside = beyond != old_edges.end() && groups[beyond->second] == groups[f];
        if (!inside) {
            ASSERT_EQ(new_edges.count(e), 1U);
        }
    }
}

TEST(Neighbours, AreThoseThatShareEdges) {
    TestRandom random(41);
    for (int round = 0; round < test::cases(300); ++round) {
        Rings rings;
        Fragments fragments;
        if (!some_fragments(random, rings, fragments)) continue;
        std::map<std::pair<std::uint32_t, std::uint32_t>, double> expected;
        const auto edges = edges_of(fragments);
        for (const auto& [e, f] : edges) {
            const auto beyond = edges.find(back(e));
            if (beyond == edges.end()) continue;
            expected[{f, beyond->second}] +=
                std::hypot(double{e[2]} - double{e[0]}, double{e[3]} - double{e[1]});
        }
        Neighbours neighbours;
        fracture::find_neighbours(fragments, neighbours);
        ASSERT_EQ(neighbours.offsets.size(), fragments.size() + 1);
        ASSERT_EQ(neighbours.offsets.back(), neighbours.others.size());
        ASSERT_EQ(neighbours.others.size(), expected.size());
        ASSERT_EQ(neighbours.lengths.size(), expected.size());
        std::map<std::pair<std::uint32_t, std::uint32_t>, double> lengths;
        for (std::uint32_t f = 0; f < fragments.size(); ++f) {
            for (std::uint32_t k = neighbours.offsets[f]; k < neighbours.offsets[f + 1]; ++k) {
                if (k > neighbours.offsets[f]) {
                    ASSERT_LT(neighbours.others[k - 1], neighbours.others[k]);
                }
                lengths[{f, neighbours.others[k]}] = neighbours.lengths[k];
                ASSERT_NEAR(neighbours.lengths[k], (expected[{f, neighbours.others[k]}]),
                            1e-12 * neighbours.lengths[k]);
            }
        }
        for (const auto& [pair, length] : lengths) {
            ASSERT_EQ(length, (lengths.at({pair.second, pair.first})));
        }
    }
}

TEST(Neighbours, OfOneFragment) {
    Fragments fragments;
    ASSERT_TRUE(fracture_at({test::rectangle(0, 0, 4, 4)}, {{1, 1}}, fragments));
    Neighbours neighbours;
    fracture::find_neighbours(fragments, neighbours);
    EXPECT_EQ(neighbours.offsets, (std::vector<std::uint32_t>{0, 0}));
    EXPECT_TRUE(neighbours.others.empty());
}

TEST(Merge, RandomGroups) {
    TestRandom random(42);
    int done = 0;
    for (int round = 0; round < test::cases(1500); ++round) {
        Rings rings;
        Fragments before;
        if (!some_fragments(random, rings, before)) continue;
        ++done;
        const int count = random.integer(1, random.integer(1, 8));
        std::vector<std::uint32_t> groups(before.size());
        for (std::uint32_t& group : groups) {
            group = 77U * static_cast<std::uint32_t>(random.integer(1, count));
        }
        Fragments after = before;
        const Failure failure = fracture::merge_groups(groups, {}, after);
        ASSERT_TRUE(failure.ok()) << failure.message << " round " << round;
        expect_merged(rings, before, groups, after);
        if (HasFailure()) FAIL() << "round " << round;
    }
    EXPECT_GT(done, test::cases(1500) / 2);
}

TEST(Merge, EverythingIntoOneGivesThePolygonBack) {
    Fragments fragments;
    const Rings rings{test::rectangle(0, 0, 6, 5)};
    ASSERT_TRUE(fracture_at(rings, lattice_sites(6, 5), fragments));
    ASSERT_EQ(fragments.size(), 30U);
    const std::vector<std::uint32_t> groups(30, 5);
    ASSERT_TRUE(fracture::merge_groups(groups, {}, fragments).ok());
    ASSERT_EQ(fragments.size(), 1U);
    EXPECT_EQ(fragments.areas[0], 30.0);
    EXPECT_EQ(fragments.centroids[0], (Point{3.0F, 2.5F}));
    EXPECT_EQ(fragments.on_boundary[0], 1);
    EXPECT_EQ(fragments.points.size(), 22U); // corners of cells along the boundary stay
}

TEST(Merge, ARingOfCellsIsOpenedAndItsMiddleIsNotOnTheBoundary) {
    Fragments fragments;
    const Rings rings{test::rectangle(0, 0, 5, 5)};
    ASSERT_TRUE(fracture_at(rings, lattice_sites(5, 5), fragments));
    // The inner three by three without its middle.
    std::vector<std::uint32_t> groups(25, 0);
    for (const std::size_t cell : {6U, 7U, 8U, 11U, 13U, 16U, 17U, 18U})
        groups[cell] = 1;
    groups[12] = 2;
    const Fragments before = fragments;
    ASSERT_TRUE(fracture::merge_groups(groups, {}, fragments).ok());
    expect_merged(rings, before, groups, fragments);
    ASSERT_EQ(fragments.size(), 5U);
    EXPECT_EQ(fragments.cells, (std::vector<std::uint32_t>{0, 0, 6, 6, 12}));
    EXPECT_EQ(fragments.labels, fragments.cells);
    EXPECT_EQ(fragments.on_boundary, (std::vector<std::uint8_t>{1, 1, 0, 0, 0}));
}

// Checkerboards: cells of one group that touch in corners only stay apart, but bear one label.
TEST(Merge, CornersDoNotJoin) {
    Fragments fragments;
    ASSERT_TRUE(fracture_at({test::rectangle(0, 0, 4, 4)}, lattice_sites(4, 4), fragments));
    std::vector<std::uint32_t> groups(16);
    for (std::uint32_t i = 0; i < 16; ++i)
        groups[i] = (i + i / 4) % 2;
    ASSERT_TRUE(fracture::merge_groups(groups, {}, fragments).ok());
    EXPECT_EQ(fragments.size(), 16U);
    for (std::size_t i = 0; i < 16; ++i)
        EXPECT_EQ(fragments.labels[i], groups[i]);
}

TEST(Merge, SmallFragmentsJoinTheirLongestNeighbour) {
    // Three strips, 1, 4 and 5 wide, the first one cut in two: 1 x 6 and 1 x 4.
    const Rings rings{test::rectangle(0, 0, 10, 10)};
    Fragments fragments;
    const auto views = test::views(rings);
    const std::vector<fracture::CutLine> lines{{{1, 0}, {1, 1}}, {{5, 0}, {5, 1}}, {{0, 6}, {1, 6}}};
    ASSERT_TRUE(fracture::fracture_along_lines({views}, lines, {}, fragments).ok());
    ASSERT_EQ(fragments.size(), 6U);
    Fragments merged = fragments;
    ASSERT_TRUE(fracture::merge_small(4.5, {}, merged).ok()); // 1 x 4 joins 4 x 4 rather than 1 x 6
    std::vector<double> areas = merged.areas;
    std::sort(areas.begin(), areas.end());
    EXPECT_EQ(areas, (std::vector<double>{6, 20, 20, 24, 30}));
    merged = fragments;
    ASSERT_TRUE(fracture::merge_small(4.0, {}, merged).ok()); // none is smaller
    EXPECT_EQ(merged.areas, fragments.areas);
    ASSERT_TRUE(fracture::merge_small(1000.0, {}, merged).ok());
    EXPECT_EQ(merged.areas, std::vector<double>{100.0});
}

TEST(Merge, SmallKeepsEveryPromise) {
    TestRandom random(43);
    for (int round = 0; round < test::cases(1000); ++round) {
        Rings rings;
        Fragments before;
        if (!some_fragments(random, rings, before)) continue;
        const double limit = test::polygon_area(rings) * random.range(0.0, 0.2);
        Fragments after = before;
        const Failure failure = fracture::merge_small(limit, {}, after);
        ASSERT_TRUE(failure.ok()) << failure.message;
        const std::vector<std::string> faults = faults_of(rings, before, after);
        ASSERT_TRUE(faults.empty()) << faults.front() << " round " << round;
        // What is small has no neighbour, or was cut off when a hole was opened.
        Neighbours neighbours;
        fracture::find_neighbours(after, neighbours);
        for (std::uint32_t f = 0; f < after.size(); ++f) {
            if (after.areas[f] >= limit) continue;
            for (std::uint32_t k = neighbours.offsets[f]; k < neighbours.offsets[f + 1]; ++k) {
                ASSERT_TRUE(
                    std::any_of(neighbours.others.begin() + neighbours.offsets[f],
                                neighbours.others.begin() + neighbours.offsets[f + 1],
                                [&](std::uint32_t other) { return after.cells[other] == after.cells[f]; }))
                    << "round " << round;
            }
        }
        const bool any_small =
            std::any_of(before.areas.begin(), before.areas.end(), [&](double area) { return area < limit; });
        if (!any_small) {
            ASSERT_EQ(after.points, before.points);
        }
    }
}

TEST(Merge, ClustersAreAsManyAsAskedForAndConnected) {
    TestRandom random(44);
    for (int round = 0; round < test::cases(400); ++round) {
        const int columns = random.integer(2, 12);
        const int rows = random.integer(2, 12);
        const Rings rings{test::rectangle(0, 0, static_cast<float>(columns), static_cast<float>(rows))};
        Fragments before;
        std::vector<Point> sites = lattice_sites(columns, rows);
        if (random.integer(0, 1) == 0) {
            for (Point& site : sites) {
                site.x += static_cast<float>(random.range(-0.4, 0.4));
                site.y += static_cast<float>(random.range(-0.4, 0.4));
            }
        }
        ASSERT_TRUE(fracture_at(rings, sites, before));
        const int count = random.integer(1, static_cast<int>(before.size()));
        Fragments after = before;
        const Failure failure = fracture::merge_clusters(count, static_cast<std::uint64_t>(round), {}, after);
        ASSERT_TRUE(failure.ok()) << failure.message;
        const std::vector<std::string> faults = faults_of(rings, before, after);
        ASSERT_TRUE(faults.empty()) << faults.front();
        // A chunk may come out in pieces where it has a hole: they bear one label and one cell.
        const std::set<std::uint32_t> labels(after.labels.begin(), after.labels.end());
        ASSERT_EQ(labels.size(), static_cast<std::size_t>(count));
        ASSERT_EQ(after.labels, after.cells);
        // The same seed gives the same chunks.
        Fragments again = before;
        ASSERT_TRUE(fracture::merge_clusters(count, static_cast<std::uint64_t>(round), {}, again).ok());
        ASSERT_EQ(again.points, after.points);
    }
}

TEST(Merge, ClustersOfASeedAreBalancedAndDifferFromAnothers) {
    const Rings rings{test::rectangle(0, 0, 40, 40)};
    Fragments before;
    ASSERT_TRUE(fracture_at(rings, lattice_sites(40, 40), before));
    std::set<std::vector<double>> patterns;
    for (std::uint64_t seed = 0; seed < 8; ++seed) {
        Fragments after = before;
        ASSERT_TRUE(fracture::merge_clusters(16, seed, {}, after).ok());
        std::map<std::uint32_t, double> areas;
        for (std::size_t i = 0; i < after.size(); ++i)
            areas[after.labels[i]] += after.areas[i];
        ASSERT_EQ(areas.size(), 16U);
        for (const auto& [label, area] : areas) {
            EXPECT_GT(area, 1600.0 / 16.0 / 4.0);
            EXPECT_LT(area, 1600.0 / 16.0 * 4.0);
        }
        patterns.insert(after.areas);
    }
    EXPECT_EQ(patterns.size(), 8U);
}

TEST(Merge, ClustersOfWhatIsNotConnected) {
    Fragments fragments;
    const Rings u{{{0, 0}, {9, 0}, {9, 9}, {6, 9}, {6, 3}, {3, 3}, {3, 9}, {0, 9}}};
    const auto views = test::views(u);
    const std::vector<fracture::CutLine> lines{{{0, 3}, {1, 3}}, {{0, 6}, {1, 6}}};
    ASSERT_TRUE(fracture::fracture_along_lines({views}, lines, {}, fragments).ok());
    ASSERT_EQ(fragments.size(), 5U);
    // Without the bottom the arms have nothing in common: take it away.
    Fragments arms;
    for (std::size_t i = 0; i < fragments.size(); ++i) {
        if (fragments.areas[i] > 20.0) continue;
        const auto ring = fragments.ring(i);
        arms.points.insert(arms.points.end(), ring.begin(), ring.end());
        arms.offsets.push_back(static_cast<std::uint32_t>(arms.points.size()));
        arms.cells.push_back(fragments.cells[i]);
        arms.labels.push_back(fragments.labels[i]);
        arms.areas.push_back(fragments.areas[i]);
        arms.centroids.push_back(fragments.centroids[i]);
        arms.on_boundary.push_back(1);
    }
    ASSERT_EQ(arms.size(), 4U);
    ASSERT_TRUE(fracture::merge_clusters(1, 0, {}, arms).ok());
    EXPECT_EQ(arms.areas, (std::vector<double>{18, 18}));
}

TEST(Merge, ACraterBreaksOffAndTheRestStaysOne) {
    const Rings rings{test::rectangle(0, 0, 9, 9)};
    const std::vector<Point> sites = lattice_sites(9, 9);
    Fragments fragments;
    ASSERT_TRUE(fracture_at(rings, sites, fragments));
    std::vector<std::uint32_t> groups;
    fracture::crater_groups(fragments, sites, {0.5F, 4.5F}, 2.0F, groups);
    const Fragments before = fragments;
    ASSERT_TRUE(fracture::merge_groups(groups, {}, fragments).ok());
    expect_merged(rings, before, groups, fragments);
    // Sites at the distances 0, 1 (three), sqrt 2 (two), 2 (three): nine... and the plate.
    EXPECT_EQ(fragments.size(), 10U);
    EXPECT_EQ(*std::max_element(fragments.areas.begin(), fragments.areas.end()), 72.0);
}

TEST(Merge, BadArgumentsAndTheCancelFlag) {
    const Rings rings{test::rectangle(0, 0, 9, 9)};
    Fragments fragments;
    ASSERT_TRUE(fracture_at(rings, lattice_sites(9, 9), fragments));
    const Fragments whole = fragments;
    const std::vector<std::uint32_t> few(3, 0);
    EXPECT_EQ(fracture::merge_groups(few, {}, fragments).status, Status::bad_argument);
    EXPECT_EQ(fragments.size(), 0U);
    const std::atomic<bool> cancel{true};
    const std::vector<std::uint32_t> groups(whole.size(), 0);
    fragments = whole;
    EXPECT_EQ(fracture::merge_groups(groups, {.cancel = &cancel}, fragments).status, Status::cancelled);
    EXPECT_EQ(fragments.size(), 0U);
    fragments = whole;
    EXPECT_EQ(fracture::merge_small(5.0, {.cancel = &cancel}, fragments).status, Status::cancelled);
    fragments = whole;
    EXPECT_EQ(fracture::merge_clusters(2, 0, {.cancel = &cancel}, fragments).status, Status::cancelled);
    EXPECT_EQ(fragments.size(), 0U);
}

} // namespace
