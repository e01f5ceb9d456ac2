// Opening holes: simple pieces from the polygon's own points that tile it, and no more of them than it takes.
#include "geometry/exact.h"
#include "geometry/open_holes.h"

#include "support/fracture_checker.h"
#include "support/shapes.h"

#include <algorithm>
#include <array>
#include <atomic>
#include <gtest/gtest.h>
#include <map>
#include <set>
#include <vector>

namespace {

using namespace cutout;
using geometry::ExactReal;
using geometry::HoleOpener;
using geometry::Point;
using test::Rings;
using test::TestRandom;

struct Flat {
    std::vector<Point> points;
    std::vector<std::uint32_t> ends;
};

Flat flat(const Rings& rings) {
    Flat result;
    for (const auto& ring : rings) {
        result.points.insert(result.points.end(), ring.begin(), ring.end());
        result.ends.push_back(static_cast<std::uint32_t>(result.points.size()));
    }
    return result;
}

using Key = std::array<float, 2>;
using Edge = std::array<Key, 2>;

Key key(Point p) {
    return {p.x + 0.0F, p.y + 0.0F};
}

ExactReal cross(Point a, Point b) {
    return ExactReal(double{a.x}) * ExactReal(double{b.y}) - ExactReal(double{a.y}) * ExactReal(double{b.x});
}

// Each begins at its lowest point.
std::set<std::vector<Key>> pieces_of(const HoleOpener& opener, const Flat& polygon) {
    std::set<std::vector<Key>> result;
    for (std::size_t i = 0; i < opener.count(); ++i) {
        std::vector<Key> piece;
        for (const std::uint32_t corner : opener.ring(i)) {
            piece.push_back(key(polygon.points[corner]));
        }
        std::rotate(piece.begin(), std::min_element(piece.begin(), piece.end()), piece.end());
        EXPECT_TRUE(result.insert(piece).second);
    }
    return result;
}

// Simple pieces, their edges matched in pairs but for the polygon's own. (Outer rings counter-clockwise.)
void expect_sound(const HoleOpener& opener, const Flat& polygon) {
    ExactReal area;
    std::set<Edge> edges;
    for (std::size_t i = 0; i < opener.count(); ++i) {
        const auto ring = opener.ring(i);
        ASSERT_GE(ring.size(), 3U);
        std::set<Key> distinct;
        ExactReal piece_area;
        for (std::size_t k = 0; k < ring.size(); ++k) {
            const Point a = polygon.points[ring[k]];
            const Point b = polygon.points[ring[(k + 1) % ring.size()]];
            ASSERT_TRUE(distinct.insert(key(a)).second);
            ASSERT_TRUE(edges.insert({key(a), key(b)}).second);
            piece_area = piece_area + cross(a, b);
        }
        ASSERT_EQ(piece_area.sign(), 1);
        area = area + piece_area;
    }
    std::uint32_t begin = 0;
    for (const std::uint32_t end : polygon.ends) {
        for (std::uint32_t i = begin; i < end; ++i) {
            const Point a = polygon.points[i];
            const Point b = polygon.points[i + 1 == end ? begin : i + 1];
            ASSERT_EQ(edges.erase({key(a), key(b)}), 1U);
            area = area - cross(a, b);
        }
        begin = end;
    }
    EXPECT_EQ(area.sign(), 0);
    // What is left are the cuts: in pairs, from corner to corner, crossing nothing. (They are edges of a
    // triangulation, which has tests of its own, so only their pairing can go wrong here.)
    std::map<Edge, std::size_t> piece_beside;
    std::vector<std::set<Key>> points(opener.count());
    for (std::size_t i = 0; i < opener.count(); ++i) {
        const auto ring = opener.ring(i);
        for (std::size_t k = 0; k < ring.size(); ++k) {
            const Point a = polygon.points[ring[k]];
            points[i].insert(key(a));
            piece_beside[{key(a), key(polygon.points[ring[(k + 1) % ring.size()]])}] = i;
        }
    }
    for (const Edge& cut : edges) {
        const Edge back{cut[1], cut[0]};
        ASSERT_EQ(edges.count(back), 1U);
        // It is needed: what it parts has another point in common, so together it would not be a simple ring.
        const std::set<Key>& left = points[piece_beside[cut]];
        const std::set<Key>& right = points[piece_beside[back]];
        ASSERT_GT(std::count_if(left.begin(), left.end(), [&](const Key& p) { return right.count(p) != 0; }),
                  2);
    }
}

void shuffle(TestRandom& random, Rings& rings) {
    for (auto& ring : rings) {
        std::rotate(ring.begin(), ring.begin() + random.integer(0, static_cast<int>(ring.size()) - 1),
                    ring.end());
    }
    std::rotate(rings.begin(), rings.begin() + random.integer(0, static_cast<int>(rings.size()) - 1),
                rings.end());
}

std::vector<Point> reversed(std::vector<Point> ring) {
    std::reverse(ring.begin(), ring.end());
    return ring;
}

Rings plate(TestRandom& random, int side) {
    Rings rings{test::rectangle(0, 0, 10.0F * static_cast<float>(side), 10.0F * static_cast<float>(side))};
    for (int i = 0; i < side * side; ++i) {
        rings.push_back(reversed(
            test::star(random, random.integer(3, 8), 3.0, 1.0, 10 * (i % side) + 5, 10 * (i / side) + 5)));
    }
    return rings;
}

TEST(OpenHoles, OneHoleLeavesTwoPieces) {
    TestRandom random(31);
    HoleOpener opener;
    int opened = 0;
    for (int round = 0; round < test::cases(500); ++round) {
        const Flat polygon =
            flat({test::star(random, random.integer(3, 60), 100.0, 30.0),
                  reversed(test::star(random, random.integer(3, 20), random.range(2.0, 20.0), 1.5,
                                      random.range(-15.0, 15.0), random.range(-15.0, 15.0)))});
        if (!opener.open(polygon.points, polygon.ends)) continue; // the hole reaches out of a triangle
        ++opened;
        EXPECT_EQ(opener.count(), 2U);
        expect_sound(opener, polygon);
        if (HasFailure()) FAIL() << "round " << round;
    }
    EXPECT_GT(opened, test::cases(500) / 2);
}

TEST(OpenHoles, ManyHolesLeaveAtMostOnePieceMoreEach) {
    TestRandom random(32);
    HoleOpener opener;
    for (int round = 0; round < test::cases(150); ++round) {
        Rings rings = plate(random, random.integer(1, 9));
        const Flat polygon = flat(rings);
        ASSERT_TRUE(opener.open(polygon.points, polygon.ends));
        expect_sound(opener, polygon);
        EXPECT_GE(opener.count(), 2U);
        EXPECT_LE(opener.count(), rings.size());
        const auto first = pieces_of(opener, polygon);
        shuffle(random, rings);
        const Flat other = flat(rings);
        ASSERT_TRUE(opener.open(other.points, other.ends));
        EXPECT_EQ(pieces_of(opener, other), first);
        if (HasFailure()) FAIL() << "round " << round;
    }
}

TEST(OpenHoles, ThousandsOfHoles) {
    TestRandom random(35);
    HoleOpener opener;
    const Flat polygon = flat(plate(random, 60));
    ASSERT_TRUE(opener.open(polygon.points, polygon.ends));
    expect_sound(opener, polygon);
}

TEST(OpenHoles, RingsThatTouchAndSeveralPolygonsAtOnce) {
    TestRandom random(33);
    HoleOpener opener;
    for (int round = 0; round < test::cases(1500); ++round) {
        Rings rings =
            test::cell_rings(random, random.integer(1, 12), random.integer(1, 12), random.range(0.3, 0.97));
        if (rings.empty()) continue;
        const Flat polygon = flat(rings);
        ASSERT_TRUE(opener.open(polygon.points, polygon.ends));
        expect_sound(opener, polygon);
        EXPECT_LE(opener.count(), rings.size());
        const auto first = pieces_of(opener, polygon);
        shuffle(random, rings);
        const Flat other = flat(rings);
        ASSERT_TRUE(opener.open(other.points, other.ends));
        EXPECT_EQ(pieces_of(opener, other), first);
        if (HasFailure()) FAIL() << "round " << round;
    }
}

TEST(OpenHoles, WithoutHolesNothingChanges) {
    TestRandom random(34);
    HoleOpener opener;
    for (int round = 0; round < test::cases(200); ++round) {
        const Flat polygon = flat({test::star(random, random.integer(3, 150), 100.0, 30.0)});
        ASSERT_TRUE(opener.open(polygon.points, polygon.ends));
        ASSERT_EQ(opener.count(), 1U);
        EXPECT_EQ(opener.ring(0).size(), polygon.points.size());
        expect_sound(opener, polygon);
    }
}

TEST(OpenHoles, BadRingsAndTheCancelFlag) {
    HoleOpener opener;
    const Flat crossing = flat({test::rectangle(0, 0, 4, 4), {{3, 3}, {3, 6}, {6, 6}, {6, 3}}});
    EXPECT_FALSE(opener.open(crossing.points, crossing.ends));
    EXPECT_EQ(opener.count(), 0U);
    const Flat outside = flat({test::rectangle(0, 0, 4, 4), {{13, 3}, {13, 6}, {16, 6}, {16, 3}}});
    EXPECT_FALSE(opener.open(outside.points, outside.ends));
    const Flat fine = flat({test::rectangle(0, 0, 9, 9), {{3, 3}, {3, 6}, {6, 6}, {6, 3}}});
    const std::atomic<bool> cancel{true};
    EXPECT_FALSE(opener.open(fine.points, fine.ends, &cancel));
    EXPECT_EQ(opener.count(), 0U);
    EXPECT_TRUE(opener.open(fine.points, fine.ends));
    EXPECT_EQ(opener.count(), 2U);
}

} // namespace
