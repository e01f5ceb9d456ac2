// The triangulation's promises: its triangles turn left, cover the polygon once, have its edges, and are
// Delaunay wherever the polygon allows.
#include "geometry/constrain.h"
#include "geometry/exact.h"
#include "geometry/predicates.h"
#include "geometry/triangulate.h"
#include "geometry/validate.h"

#include "support/fracture_checker.h"
#include "support/shapes.h"

#include <algorithm>
#include <array>
#include <atomic>
#include <cmath>
#include <gtest/gtest.h>
#include <set>
#include <vector>

namespace {

using namespace cutout;
using geometry::ExactReal;
using geometry::Point;
using geometry::TriangleKind;
using geometry::Triangulation;
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
using Triangle = std::array<Key, 3>;

Key key(Point p) {
    return {p.x + 0.0F, p.y + 0.0F};
}

std::set<Triangle> triangles_of(const Triangulation& triangulation, const Flat& polygon) {
    std::set<Triangle> result;
    for (std::size_t t = 0; t < triangulation.triangle_count(); ++t) {
        Triangle triangle{};
        for (std::size_t k = 0; k < 3; ++k) {
            triangle[k] = key(polygon.points[static_cast<std::size_t>(triangulation.origins()[3 * t + k])]);
        }
        std::rotate(triangle.begin(), std::min_element(triangle.begin(), triangle.end()), triangle.end());
        EXPECT_TRUE(result.insert(triangle).second);
    }
    return result;
}

ExactReal cross(Point a, Point b) {
    return ExactReal(double{a.x}) * ExactReal(double{b.y}) - ExactReal(double{a.y}) * ExactReal(double{b.x});
}

// Everything but the number of triangles, which hangs on where rings touch.
void expect_sound(const Triangulation& triangulation, const Flat& polygon,
                  TriangleKind kind = TriangleKind::delaunay) {
    const auto origins = triangulation.origins();
    const auto twins = triangulation.twins();
    if (kind == TriangleKind::delaunay) {
        ASSERT_EQ(origins.size(), twins.size());
    }
    const auto at = [&](std::int32_t e) {
        return polygon.points[static_cast<std::size_t>(origins[static_cast<std::size_t>(e)])];
    };
    ExactReal area;
    std::set<Edge> rim;
    for (std::int32_t e = 0; e < static_cast<std::int32_t>(origins.size()); ++e) {
        const std::int32_t next = geometry::Mesh::next(e);
        const std::int32_t apex = geometry::Mesh::previous(e);
        ASSERT_EQ(test::exact_orientation(at(e), at(next), at(apex)), 1);
        area = area + cross(at(e), at(next));
        if (kind == TriangleKind::any) { // an edge within comes in both directions
            if (rim.erase({key(at(next)), key(at(e))}) == 0) {
                ASSERT_TRUE(rim.insert({key(at(e)), key(at(next))}).second);
            }
            continue;
        }
        const std::int32_t twin = twins[static_cast<std::size_t>(e)];
        if (twin == Triangulation::none) {
            ASSERT_TRUE(rim.insert({key(at(e)), key(at(next))}).second);
            continue;
        }
        ASSERT_EQ(twins[static_cast<std::size_t>(twin)], e);
        ASSERT_EQ(origins[static_cast<std::size_t>(twin)], origins[static_cast<std::size_t>(next)]);
        const Point far = at(geometry::Mesh::previous(twin));
        const int side = geometry::in_circle(at(e), at(next), at(apex), far);
        ASSERT_LE(side, 0);
        if (side == 0) { // the first of the four is an end of the diagonal
            const Key end = std::min(key(at(e)), key(at(next)));
            ASSERT_LT(end, std::min(key(at(apex)), key(far)));
        }
    }
    std::set<Edge> wanted;
    std::uint32_t begin = 0;
    int sign = 0; // 1: outer rings run left
    for (const std::uint32_t end : polygon.ends) {
        for (std::uint32_t i = begin; i < end; ++i) {
            const Point a = polygon.points[i];
            const Point b = polygon.points[i + 1 == end ? begin : i + 1];
            if (sign == 0) sign = rim.count({key(a), key(b)}) != 0 ? 1 : -1;
            wanted.insert(sign > 0 ? Edge{key(a), key(b)} : Edge{key(b), key(a)});
            area = area - (sign > 0 ? cross(a, b) : cross(b, a));
        }
        begin = end;
    }
    EXPECT_EQ(rim, wanted);
    EXPECT_EQ(area.sign(), 0);
}

// Begins every ring elsewhere, changes their order and perhaps the winding of all.
Flat shuffled(TestRandom& random, Rings rings) {
    const bool backwards = random.integer(0, 1) == 0;
    for (auto& ring : rings) {
        std::rotate(ring.begin(), ring.begin() + random.integer(0, static_cast<int>(ring.size()) - 1),
                    ring.end());
        if (backwards) std::reverse(ring.begin(), ring.end());
    }
    std::rotate(rings.begin(), rings.begin() + random.integer(0, static_cast<int>(rings.size()) - 1),
                rings.end());
    return flat(rings);
}

// A polygon that passes the door, its rings wound as it leaves it.
bool valid(const Rings& rings, Rings& out) {
    const auto views = test::views(rings);
    geometry::SimplePolygon polygon;
    if (!geometry::validate({views}, nullptr, polygon).ok()) return false;
    out.clear();
    for (std::size_t i = 0; i < polygon.ends.size(); ++i) {
        const auto ring = polygon.ring(i);
        out.emplace_back(ring.begin(), ring.end());
    }
    return true;
}

class Triangulate : public testing::Test {
protected:
    void run(const Rings& rings) {
        const Flat polygon = flat(rings);
        ASSERT_TRUE(triangulation.triangulate(polygon.points, polygon.ends));
        EXPECT_EQ(triangulation.triangle_count(), polygon.points.size() + 2 * rings.size() - 4);
        expect_sound(triangulation, polygon);
        const auto first = triangles_of(triangulation, polygon);
        const Flat other = shuffled(random, rings);
        ASSERT_TRUE(triangulation.triangulate(other.points, other.ends));
        EXPECT_EQ(triangles_of(triangulation, other), first);
    }

    TestRandom random{21};
    Triangulation triangulation;
};

TEST_F(Triangulate, EveryShape) {
    int done = 0;
    for (int round = 0; round < test::cases(3000); ++round) {
        Rings rings = test::random_polygon(random);
        switch (random.integer(0, 3)) {
        case 0:
            test::transform(rings, random.range(0.001, 1000.0), 0.0, 0.0);
            break;
        case 1:
            test::transform(rings, random.range(0.5, 50.0), random.range(-1e6, 1e6), random.range(-1e6, 1e6));
            break;
        default:
            break;
        }
        Rings polygon;
        if (!valid(rings, polygon)) continue;
        ++done;
        run(polygon);
        if (HasFailure()) FAIL() << "round " << round;
    }
    EXPECT_GT(done, test::cases(3000) / 2);
}

TEST_F(Triangulate, ShortRingsBothWays) {
    // The same ring by ears, and beside another one so that it goes the other way.
    for (int round = 0; round < test::cases(2000); ++round) {
        const std::vector<Point> ring = test::star(random, random.integer(3, 40), 50.0, 45.0);
        const std::vector<Point> other = test::rectangle(1000, 1000, 1001, 1001);
        const Flat alone = flat({ring});
        ASSERT_TRUE(triangulation.triangulate(alone.points, alone.ends));
        auto expected = triangles_of(triangulation, alone);
        expect_sound(triangulation, alone);
        const Flat both = flat({ring, other});
        ASSERT_TRUE(triangulation.triangulate(both.points, both.ends));
        expected.insert(Triangle{key({1000, 1000}), key({1001, 1000}), key({1001, 1001})});
        expected.insert(Triangle{key({1000, 1000}), key({1001, 1001}), key({1000, 1001})});
        EXPECT_EQ(triangles_of(triangulation, both), expected);
        if (HasFailure()) FAIL() << "round " << round;
    }
}

TEST_F(Triangulate, PointsAlongStraightEdges) {
    for (int round = 0; round < test::cases(300); ++round) {
        const int width = random.integer(1, 30);
        const int height = random.integer(1, 6);
        std::vector<Point> ring;
        for (int x = 0; x < width; ++x)
            ring.push_back({static_cast<float>(x), 0});
        for (int y = 0; y < height; ++y)
            ring.push_back({static_cast<float>(width), static_cast<float>(y)});
        for (int x = width; x > 0; --x)
            ring.push_back({static_cast<float>(x), static_cast<float>(height)});
        for (int y = height; y > 0; --y)
            ring.push_back({0, static_cast<float>(y)});
        run({ring});
        if (HasFailure()) FAIL() << "round " << round;
    }
}

// Strips of nearly collinear points, where a Delaunay triangulation of them all may have no answer.
TEST_F(Triangulate, Noodles) {
    int done = 0;
    for (int round = 0; round < test::cases(1000); ++round) {
        const int half = random.integer(2, 100);
        const double width = std::pow(10.0, random.range(-6.0, 0.0));
        const double slope = random.integer(0, 1) == 0 ? 0.0 : random.range(-1.0, 1.0);
        const double x = random.integer(0, 1) == 0 ? 0.0 : random.range(-1000.0, 1000.0);
        std::vector<Point> ring;
        for (int i = 0; i < 2 * half; ++i) {
            const double along = i < half ? i : 2 * half - 1 - i;
            const double across = width * random.range(i < half ? -0.2 : 0.8, i < half ? 0.2 : 1.2);
            ring.push_back({static_cast<float>(x + along), static_cast<float>(across + slope * along)});
        }
        Rings polygon;
        if (!valid({ring}, polygon)) continue;
        ++done;
        run(polygon);
        if (HasFailure()) FAIL() << "round " << round;
    }
    EXPECT_GT(done, test::cases(1000) / 3);
}

// Rings that touch in points, lattices full of points on one circle.
TEST_F(Triangulate, RingsThatTouch) {
    for (int round = 0; round < test::cases(1000); ++round) {
        const Rings rings =
            test::cell_rings(random, random.integer(1, 12), random.integer(1, 12), random.range(0.3, 0.95));
        if (rings.empty()) continue;
        const Flat polygon = flat(rings);
        ASSERT_TRUE(triangulation.triangulate(polygon.points, polygon.ends)) << "round " << round;
        expect_sound(triangulation, polygon);
        const auto first = triangles_of(triangulation, polygon);
        const Flat other = shuffled(random, rings);
        ASSERT_TRUE(triangulation.triangulate(other.points, other.ends));
        EXPECT_EQ(triangles_of(triangulation, other), first);
        if (HasFailure()) FAIL() << "round " << round;
    }
}

// Long edges across many points.
TEST_F(Triangulate, CombsSpiralsAndStairs) {
    run({test::comb(300, 1000.0F, 20000.0F)});
    run({test::comb(300, 100000.0F, 20.0F)});
    run({test::spiral(12, 100, 3.0)});
    Rings slanted{test::comb(200, 1000.0F, 3000.0F)};
    for (Point& p : slanted[0])
        p = {p.x + 0.75F * p.y, p.y};
    Rings polygon;
    ASSERT_TRUE(valid(slanted, polygon));
    run(polygon);
    // Parallel bars, each a little further on.
    Rings bars{test::rectangle(-10, -10, 2000, 1000)};
    for (int i = 0; i < 400; ++i) {
        const auto x = static_cast<float>(i);
        const float y = 2.0F * static_cast<float>(i);
        bars.push_back({{x, y}, {x, y + 0.5F}, {x + 1500.0F, y + 1.5F}, {x + 1500.0F, y + 1.0F}});
    }
    ASSERT_TRUE(valid(bars, polygon));
    run(polygon);
}

TEST_F(Triangulate, PolygonsFromElsewhere) {
    int done = 0;
    const auto files = test::polygon_files();
    if (files.empty()) GTEST_SKIP() << "there are no polygons beside the project";
    for (const test::PolygonFile& file : files) {
        Rings polygon;
        if (!valid(file.rings, polygon)) continue;
        ++done;
        run(polygon);
        if (HasFailure()) FAIL() << file.name;
    }
    EXPECT_GT(done, 5);
}

TEST_F(Triangulate, BadRingsGetFalse) {
    const std::vector<Rings> bad{
        {},
        {{{0, 0}, {1, 0}}},
        {{{0, 0}, {1, 0}, {2, 0}}},                                      // collinear
        {{{0, 0}, {1, 1}, {1, 0}, {0, 1}}},                              // crosses itself
        {test::rectangle(0, 0, 4, 4), test::rectangle(1, 1, 2, 2)},      // a hole wound like its outer ring
        {test::rectangle(0, 0, 4, 4), {{3, 3}, {3, 6}, {6, 6}, {6, 3}}}, // a hole across the outer ring
        {test::rectangle(0, 0, 4, 4), {{0, 1}, {0, 2}, {1, 2}, {1, 1}}}, // a hole with an edge along it
        {test::rectangle(0, 0, 4, 4), {{0, 4}, {4, 4}, {4, 0}, {0, 0}}}, // a hole of everything
        {test::rectangle(0, 0, 4, 4), {{4, 2}, {6, 3}, {6, 1}}},         // a point on an edge
        {test::rectangle(0, 0, 4, 4), {{1, 1}, {1, 1}, {1, 1}}},
    };
    for (const Rings& rings : bad) {
        const Flat polygon = flat(rings);
        EXPECT_FALSE(triangulation.triangulate(polygon.points, polygon.ends)) << rings.size();
        EXPECT_EQ(triangulation.triangle_count(), 0U);
    }
    const Flat square = flat({test::rectangle(0, 0, 4, 4)});
    EXPECT_FALSE(triangulation.triangulate(square.points, std::vector<std::uint32_t>{3}));
    EXPECT_TRUE(triangulation.triangulate(square.points, square.ends));
}

TEST_F(Triangulate, Cancelled) {
    const std::atomic<bool> cancel{true};
    const Flat polygon = flat(test::holed_star(random, 64, 5));
    EXPECT_FALSE(triangulation.triangulate(polygon.points, polygon.ends, &cancel));
}

// What stands in when the Delaunay triangulation has no answer.
TEST(Constrain, SweepCoversTheHull) {
    TestRandom random(23);
    geometry::Constrainer constrainer;
    geometry::Mesh mesh;
    for (int round = 0; round < test::cases(500); ++round) {
        std::set<Key> sorted;
        const int size = random.integer(2, 12);
        for (int i = random.integer(3, size * size); i > 0; --i) {
            sorted.insert(
                {static_cast<float>(random.integer(1, size)), static_cast<float>(random.integer(1, size))});
        }
        std::vector<Point> points;
        for (const Key& p : sorted)
            points.push_back({p[0], p[1]});
        const bool flat_set = std::all_of(points.begin(), points.end(), [&](Point p) {
            return points.size() < 3 || test::exact_orientation(points[0], points[1], p) == 0;
        });
        ASSERT_EQ(constrainer.sweep(points, mesh), !flat_set);
        if (flat_set) continue;
        std::size_t hull = 0;
        std::set<std::int32_t> used;
        for (std::int32_t e = 0; e < mesh.size(); ++e) {
            const auto at = [&](std::int32_t h) {
                return points[static_cast<std::size_t>(mesh.origin[static_cast<std::size_t>(h)])];
            };
            used.insert(mesh.origin[static_cast<std::size_t>(e)]);
            ASSERT_EQ(
                test::exact_orientation(at(e), at(geometry::Mesh::next(e)), at(geometry::Mesh::previous(e))),
                1);
            const std::int32_t twin = mesh.twin[static_cast<std::size_t>(e)];
            hull += twin == geometry::Mesh::none ? 1 : 0;
            if (twin == geometry::Mesh::none) continue;
            ASSERT_EQ(mesh.twin[static_cast<std::size_t>(twin)], e);
            ASSERT_EQ(mesh.origin[static_cast<std::size_t>(twin)], mesh.target(e));
        }
        EXPECT_EQ(used.size(), points.size());
        EXPECT_EQ(mesh.origin.size() / 3, 2 * points.size() - 2 - hull);
    }
}

// What is only painted: no flips, convex rings as fans.
TEST(TrianglesOfAnyKind, AnyTrianglesFillThePolygonToo) {
    TestRandom random(77);
    Triangulation triangulation;
    int fans = 0;
    const int rounds = test::cases(3000);
    for (int round = 0; round < rounds; ++round) {
        const bool is_convex = round % 3 == 0;
        Rings rings;
        if (!valid(is_convex ? Rings{test::star(random, random.integer(3, 12), 90.0, 0.0)}
                             : test::random_polygon(random),
                   rings)) {
            continue;
        }
        const Flat polygon = shuffled(random, rings);
        ASSERT_TRUE(triangulation.triangulate(polygon.points, polygon.ends, nullptr, TriangleKind::any));
        expect_sound(triangulation, polygon, TriangleKind::any);
        const auto origins = triangulation.origins();
        bool is_fan = true;
        for (std::size_t e = 0; e < origins.size(); e += 3) {
            is_fan = is_fan && origins[e] == origins[0];
        }
        fans += is_convex && is_fan ? 1 : 0;
        if (::testing::Test::HasFailure()) FAIL() << "round " << round;
    }
    EXPECT_GT(fans, rounds / 30);
}

// It turns left everywhere, but goes round twice: no fan, and no endless flipping.
TEST(TrianglesOfAnyKind, APentagramEnds) {
    std::vector<Point> star;
    for (int i = 0; i < 5; ++i) {
        const double angle = 0.3 + (i * 2 * 2.0 * 3.141592653589793 / 5);
        star.push_back(
            {static_cast<float>(9.0 * std::cos(angle)), static_cast<float>(9.0 * std::sin(angle))});
    }
    Triangulation triangulation;
    (void)triangulation.triangulate(star);
    (void)triangulation.triangulate(star, TriangleKind::any);
}

} // namespace
