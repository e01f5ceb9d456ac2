// Points in and out of polygons of few edges and of many, against the plain way.
#include "geometry/scan_index.h"

#include "geometry/predicates.h"
#include "support/shapes.h"

#include <algorithm>
#include <gtest/gtest.h>
#include <vector>

namespace {

using namespace cutout;
using geometry::Point;
using geometry::ScanIndex;
using geometry::Segment;
using test::TestRandom;

std::vector<Segment> edges_of(const std::vector<Point>& ring) {
    std::vector<Segment> edges;
    for (std::uint32_t i = 0; i < ring.size(); ++i) {
        edges.push_back({i, i + 1 == ring.size() ? 0 : i + 1});
    }
    return edges;
}

// On a lattice many points lie on edges, at the heights of vertices and on level edges.
TEST(ScanIndex, InsideIsWhatLocateSays) {
    TestRandom random(1);
    int counts[3] = {0, 0, 0};
    const int rounds = test::cases(600);
    for (int round = 0; round < rounds; ++round) {
        const bool lattice = round % 2 == 0;
        const int size = random.integer(3, round % 5 == 0 ? 300 : 40);
        std::vector<Point> ring = test::star(random, size, lattice ? 12.0 : 90.0, lattice ? 6.0 : 50.0);
        if (lattice) {
            for (Point& p : ring) {
                p = {static_cast<float>(static_cast<int>(p.x)), static_cast<float>(static_cast<int>(p.y))};
            }
        }
        const std::vector<Segment> edges = edges_of(ring);
        const ScanIndex index(ring, edges);
        for (int i = 0; i < 60; ++i) {
            const Point p = lattice ? Point{static_cast<float>(random.integer(-14, 14)),
                                            static_cast<float>(random.integer(-14, 14))}
                                    : Point{static_cast<float>(random.range(-110.0, 110.0)),
                                            static_cast<float>(random.range(-110.0, 110.0))};
            const geometry::Location location = geometry::locate(ring, p);
            ++counts[static_cast<int>(location)];
            ASSERT_EQ(index.inside(p), location == geometry::Location::inside)
                << "round " << round << ", " << p.x << ", " << p.y;
        }
    }
    for (const int count : counts) {
        EXPECT_GT(count, rounds / 6);
    }
}

TEST(ScanIndex, VisitsAllWhoseBoundsMeetTheBox) {
    TestRandom random(2);
    for (int round = 0; round < test::cases(600); ++round) {
        const std::vector<Point> ring =
            test::star(random, random.integer(3, round % 3 == 0 ? 300 : 90), 90.0, 50.0);
        const std::vector<Segment> edges = edges_of(ring);
        const ScanIndex index(ring, edges);
        const Point corner =
            ring[static_cast<std::size_t>(random.integer(0, static_cast<int>(ring.size()) - 1))];
        // Also boxes that touch a vertex with a side.
        const double left = round % 2 == 0 ? double{corner.x} : random.range(-120.0, 100.0);
        const double low = round % 2 == 0 ? double{corner.y} : random.range(-120.0, 100.0);
        const double right = left + random.range(0.0, 30.0);
        const double high = low + random.range(0.0, 30.0);
        std::vector<bool> visited(edges.size());
        ASSERT_FALSE(index.visit_box(left, low, right, high, [&](std::uint32_t i) {
            visited[i] = true;
            return false;
        }));
        bool any = false;
        for (std::size_t i = 0; i < edges.size(); ++i) {
            const Point a = ring[edges[i].a];
            const Point b = ring[edges[i].b];
            const bool meets = std::min(a.x, b.x) <= right && std::max(a.x, b.x) >= left &&
                               std::min(a.y, b.y) <= high && std::max(a.y, b.y) >= low;
            any = any || meets;
            ASSERT_TRUE(visited[i] || !meets) << "round " << round << ", edge " << i;
        }
        ASSERT_TRUE(!any || index.visit_box(left, low, right, high, [](std::uint32_t) { return true; }));
    }
}

} // namespace
