// The same polygon, put differently, is cut into the same pieces.
#include "fracture/slices.h"
#include "fracture/voronoi.h"
#include "geometry/validate.h"

#include "support/fracture_checker.h"
#include "support/shapes.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <gtest/gtest.h>
#include <vector>

namespace {

using namespace cutout;
using fracture::Fragments;
using geometry::Point;
using test::Rings;
using test::TestRandom;

struct Problem {
    Rings rings;
    std::vector<Point> sites;            // Voronoi when there are any
    std::vector<fracture::CutLine> cuts; // else lines
};

Fragments solve(const Problem& problem) {
    const auto views = test::views(problem.rings);
    geometry::SimplePolygon simple;
    EXPECT_TRUE(geometry::validate({views}, nullptr, simple).ok());
    Fragments out;
    const geometry::Failure failure = problem.sites.empty()
                                          ? fracture::fracture_lines(simple, problem.cuts, {}, out)
                                          : fracture::fracture_voronoi_sites(simple, problem.sites, {}, out);
    EXPECT_TRUE(failure.ok()) << failure.message;
    return out;
}

using Move = std::function<Point(Point)>;

// The fragments as rings that begin at their lowest point and turn left, in order: what they are, whatever
// order and winding they came in.
std::vector<std::vector<Point>> pieces(const Fragments& fragments, const Move& move) {
    const auto less = [](Point a, Point b) { return a.x != b.x ? a.x < b.x : a.y < b.y; };
    std::vector<std::vector<Point>> result;
    for (std::size_t i = 0; i < fragments.size(); ++i) {
        std::vector<Point> ring;
        double area = 0.0;
        for (const Point p : fragments.ring(i)) {
            ring.push_back(move(p));
        }
        for (std::size_t k = 0; k < ring.size(); ++k) {
            const Point a = ring[k];
            const Point b = ring[(k + 1) % ring.size()];
            area += double{a.x} * double{b.y} - double{a.y} * double{b.x};
        }
        if (area < 0.0) std::reverse(ring.begin(), ring.end());
        std::rotate(ring.begin(), std::min_element(ring.begin(), ring.end(), less), ring.end());
        result.push_back(std::move(ring));
    }
    std::sort(result.begin(), result.end(), [&](const auto& x, const auto& y) {
        return std::lexicographical_compare(x.begin(), x.end(), y.begin(), y.end(), less);
    });
    return result;
}

Problem moved(const Problem& problem, const Move& move) {
    Problem result = problem;
    for (auto& ring : result.rings) {
        std::transform(ring.begin(), ring.end(), ring.begin(), move);
    }
    std::transform(result.sites.begin(), result.sites.end(), result.sites.begin(), move);
    for (auto& [a, b] : result.cuts) {
        a = move(a);
        b = move(b);
    }
    return result;
}

Problem random_problem(TestRandom& random) {
    Problem problem;
    problem.rings = test::random_polygon(random);
    const auto points = test::awkward_sites(random, problem.rings, random.integer(1, 12));
    if (random.integer(0, 1) == 0) {
        problem.sites = points;
    } else {
        for (std::size_t i = 0; i + 1 < points.size(); ++i) {
            if (!(points[i] == points[i + 1])) problem.cuts.emplace_back(points[i], points[i + 1]);
        }
    }
    return problem;
}

const Move same = [](Point p) { return p; };

class Metamorphic : public testing::Test {
protected:
    void each(const std::function<void(TestRandom&, const Problem&)>& check) {
        TestRandom random(1);
        for (int round = 0; round < test::cases(400); ++round) {
            SCOPED_TRACE("round " + std::to_string(round));
            check(random, random_problem(random));
            if (HasFatalFailure()) return;
        }
    }
};

TEST_F(Metamorphic, AnotherStartVertex) {
    each([](TestRandom& random, const Problem& problem) {
        Problem other = problem;
        for (auto& ring : other.rings) {
            std::rotate(ring.begin(), ring.begin() + random.integer(0, static_cast<int>(ring.size()) - 1),
                        ring.end());
        }
        // Not only the same pieces: the same bits in the same order.
        ASSERT_EQ(test::hash_fragments(solve(problem)), test::hash_fragments(solve(other)));
    });
}

TEST_F(Metamorphic, ReversedRings) {
    each([](TestRandom& random, const Problem& problem) {
        Problem other = problem;
        for (auto& ring : other.rings) {
            if (random.integer(0, 1) == 0) std::reverse(ring.begin(), ring.end());
        }
        ASSERT_EQ(pieces(solve(problem), same), pieces(solve(other), same));
    });
}

TEST_F(Metamorphic, HolesInAnotherOrder) {
    each([](TestRandom&, const Problem& problem) {
        Problem other = problem;
        std::reverse(other.rings.begin() + 1, other.rings.end());
        ASSERT_EQ(pieces(solve(problem), same), pieces(solve(other), same));
    });
}

// Rounding is the same on both sides of zero, and scaling by a power of two rounds nothing: the same bits.
TEST_F(Metamorphic, PowersOfTwo) {
    each([](TestRandom& random, const Problem& problem) {
        const auto factor = static_cast<float>(std::ldexp(1.0, random.integer(-20, 20)));
        const Move scale = [factor](Point p) { return Point{factor * p.x, factor * p.y}; };
        ASSERT_EQ(pieces(solve(problem), scale), pieces(solve(moved(problem, scale)), same));
    });
}

// Opened holes are cut across the longer side, so a quarter turn turns those cuts too, unless the sides are
// equal: then either way is right. So pieces with holes are left out here.
TEST_F(Metamorphic, QuarterTurnsAndMirrors) {
    each([](TestRandom&, const Problem& problem) {
        if (problem.rings.size() > 1) return;
        // -0 would compare equal and sort differently.
        const auto point = [](float x, float y) { return Point{x + 0.0F, y + 0.0F}; };
        for (const Move& move : {Move([&](Point p) { return point(-p.y, p.x); }),
                                 Move([&](Point p) { return point(-p.x, -p.y); }),
                                 Move([&](Point p) { return point(-p.x, p.y); }),
                                 Move([&](Point p) { return point(p.y, p.x); })}) {
            ASSERT_EQ(pieces(solve(problem), move), pieces(solve(moved(problem, move)), same));
        }
    });
}

TEST_F(Metamorphic, Translation) {
    each([](TestRandom&, const Problem& problem) {
        // Onto a lattice of 1/64, and moved by whole units: the input moves without rounding. The result's
        // vertices round elsewhere, so pieces are compared by cell and area.
        const Move snap = [](Point p) {
            return Point{std::round(64.0F * p.x) / 64.0F, std::round(64.0F * p.y) / 64.0F};
        };
        const Move shift = [](Point p) { return Point{p.x + 4096.0F, p.y - 1024.0F}; };
        const Problem here = moved(problem, snap);
        for (const auto& [a, b] : here.cuts) {
            if (a == b) return;
        }
        const auto views = test::views(here.rings);
        geometry::SimplePolygon simple;
        if (!geometry::validate({views}, nullptr, simple).ok()) return;
        const Fragments before = solve(here);
        const Fragments after = solve(moved(here, shift));
        // A piece thinner than the coarser floats may vanish; a plain one may not.
        const auto large = [](const Fragments& fragments) {
            std::vector<std::pair<std::uint32_t, double>> result;
            for (std::size_t i = 0; i < fragments.size(); ++i) {
                if (fragments.areas[i] > 1.0) result.emplace_back(fragments.cells[i], fragments.areas[i]);
            }
            std::sort(result.begin(), result.end());
            return result;
        };
        double sum_before = 0.0;
        double sum_after = 0.0;
        const auto pieces_before = large(before);
        const auto pieces_after = large(after);
        for (const auto& [cell, area] : pieces_before) {
            sum_before += area;
        }
        for (const auto& [cell, area] : pieces_after) {
            sum_after += area;
        }
        ASSERT_NEAR(sum_before, sum_after, 1.5 + 1e-3 * sum_before);
        if (pieces_before.size() != pieces_after.size()) return; // one at the limit of 1
        for (std::size_t i = 0; i < pieces_before.size(); ++i) {
            ASSERT_EQ(pieces_before[i].first, pieces_after[i].first);
            ASSERT_NEAR(pieces_before[i].second, pieces_after[i].second,
                        0.5 + 1e-3 * pieces_before[i].second);
        }
    });
}

} // namespace
