// The pieces of an object on their way: what moves them, how they end, where they are drawn and found.
#include "debris/burst.h"

#include "support/shapes.h"

#include <algorithm>
#include <cmath>
#include <gtest/gtest.h>
#include <set>
#include <vector>

namespace {

using namespace cutout;
using debris::Affine;
using debris::Burst;
using debris::Laws;
using debris::Piece;
using geometry::Point;
using test::TestRandom;
using debris::operator-;
using debris::operator+;
using debris::operator*;

// A row of squares of the given size, a unit apart.
struct Row {
    explicit Row(int count, float size = 10.0F) {
        for (int i = 0; i < count; ++i) {
            const float x = static_cast<float>(i) * (size + 1.0F);
            for (const Point p : test::rectangle(x, 0.0F, x + size, size)) {
                points.push_back(p);
            }
            offsets.push_back(static_cast<std::int32_t>(points.size()));
            centroids.push_back({x + (0.5F * size), 0.5F * size});
            areas.push_back(double{size} * size);
            radii.push_back(std::hypot(0.5F * size, 0.5F * size));
        }
    }
    [[nodiscard]] debris::Rings rings() const { return {points, offsets}; }
    [[nodiscard]] Burst burst(const Affine& frame = {}) const { return {centroids, areas, radii, frame}; }

    std::vector<Point> points;
    std::vector<std::int32_t> offsets{0};
    std::vector<Point> centroids;
    std::vector<double> areas;
    std::vector<float> radii;
};

// Turned, mirrored, skewed and stretched.
std::vector<Affine> frames() {
    return {Affine{},
            {{0.0F, 2.0F}, {-2.0F, 0.0F}, {100.0F, -50.0F}},
            {{-1.0F, 0.0F}, {0.0F, 1.0F}, {7.0F, 3.0F}},
            {{1.5F, 0.5F}, {-0.8F, 0.7F}, {-300.0F, 20.0F}},
            {{0.3F, 0.9F}, {1.2F, -0.1F}, {0.0F, 0.0F}}};
}

float distance(Point a, Point b) {
    return debris::length(a - b);
}

std::vector<std::uint32_t> fly(Burst& burst, float delta, const Laws& laws) {
    std::vector<std::uint32_t> ended;
    burst.fly(delta, laws, ended);
    return ended;
}

TEST(Burst, UnmovedPiecesKeepTheirVertices) {
    for (const Affine& frame : frames()) {
        const Row row(20);
        Burst burst = row.burst(frame);
        std::vector<Point> out(row.points.size(), Point{-1.0F, -1.0F});
        EXPECT_FALSE(burst.is_stale());
        EXPECT_FALSE(burst.write_vertices(row.rings(), {}, 1.0F, out));
        EXPECT_TRUE(fly(burst, 0.1F, {}).empty()); // no gravity, no speed: nothing moves
        EXPECT_FALSE(burst.write_vertices(row.rings(), {}, 1.0F, out));
        burst.pieces()[7].velocity = {30.0F, -20.0F};
        fly(burst, 0.1F, {});
        ASSERT_TRUE(burst.write_vertices(row.rings(), {}, 1.0F, out));
        for (std::size_t i = 0; i < row.points.size(); ++i) {
            EXPECT_EQ(out[i] == row.points[i], i / 4 != 7) << i; // bit for bit
        }
        EXPECT_EQ(burst.piece_to_world(3, 1.0F), frame);
    }
}

TEST(Burst, PieceFallsAsTheEnginesBodiesDo) {
    const Row row(3);
    Burst burst = row.burst();
    const Laws laws{.gravity = {0.0F, 980.0F}, .linear_damping = 0.5F, .angular_damping = 0.25F};
    burst.pieces()[1].velocity = {100.0F, 0.0F};
    burst.pieces()[1].spin = 2.0F;
    Point velocity{100.0F, 0.0F};
    Point center = row.centroids[1];
    float spin = 2.0F;
    float angle = 0.0F;
    for (int i = 0; i < 60; ++i) {
        const float delta = 1.0F / 60.0F;
        velocity = (velocity + laws.gravity * delta) * (1.0F - 0.5F * delta);
        spin *= 1.0F - 0.25F * delta;
        center = center + velocity * delta;
        angle += spin * delta;
        fly(burst, delta, laws);
    }
    EXPECT_NEAR(burst.pieces()[1].center.x, center.x, 0.01F);
    EXPECT_NEAR(burst.pieces()[1].center.y, center.y, 0.01F);
    EXPECT_NEAR(burst.pieces()[1].angle, angle, 1e-4F);
    EXPECT_GT(center.y, 400.0F);
}

// Damping so strong that a step would turn the motion round stops it.
TEST(Burst, DampingNeverTurnsRound) {
    const Row row(1);
    Burst burst = row.burst();
    burst.pieces()[0].velocity = {100.0F, 0.0F};
    burst.pieces()[0].spin = 3.0F;
    fly(burst, 1.0F, {.linear_damping = 50.0F, .angular_damping = 50.0F});
    EXPECT_EQ(burst.pieces()[0].velocity, Point{});
    EXPECT_EQ(burst.pieces()[0].spin, 0.0F);
}

TEST(Burst, PushIsAwayAndFallsOff) {
    TestRandom random(31);
    for (int round = 0; round < test::cases(200); ++round) {
        const Row row(40);
        for (const Affine& frame : frames()) {
            Burst burst = row.burst(frame);
            geometry::Random chance(static_cast<std::uint64_t>(round));
            const debris::Push push{.center =
                                        frame.apply({static_cast<float>(random.range(-50.0, 500.0)), 3.0F}),
                                    .radius = static_cast<float>(random.range(50.0, 500.0)),
                                    .speed = 400.0F,
                                    .falloff = static_cast<float>(random.range(0.0, 3.0)),
                                    .spin = 5.0F};
            burst.push(push, chance);
            for (const Piece& piece : burst.pieces()) {
                const Point arm = piece.center - push.center;
                const float far = debris::length(arm);
                const float speed = debris::length(piece.velocity);
                if (far >= push.radius) {
                    ASSERT_EQ(piece.velocity, Point{});
                    ASSERT_EQ(piece.spin, 0.0F);
                    continue;
                }
                ASSERT_NEAR(speed, 400.0F * std::pow(1.0F - far / push.radius, push.falloff), 0.05F);
                ASSERT_NEAR((arm.x * piece.velocity.x) + (arm.y * piece.velocity.y), far * speed,
                            1e-3F * std::max(1.0F, far * speed));
                ASSERT_LE(std::abs(piece.spin), 5.0F);
            }
        }
    }
}

TEST(Burst, PushWithoutAnEndIsEvenEverywhere) {
    const Row row(10);
    Burst burst = row.burst();
    geometry::Random chance(1);
    burst.push({.center = row.centroids[4], .speed = 100.0F}, chance);
    for (const Piece& piece : burst.pieces()) {
        EXPECT_NEAR(debris::length(piece.velocity), 100.0F, 0.01F); // that in the middle too: any way
    }
}

TEST(Burst, MotionIsInheritedAsOfOneRigidThing) {
    for (const Affine& frame : frames()) {
        const Row row(9);
        Burst burst = row.burst(frame);
        const Point center{12.0F, -30.0F};
        burst.inherit({50.0F, 20.0F}, 0.5F, center);
        // The distances between pieces do not change at once.
        for (std::size_t i = 1; i < row.centroids.size(); ++i) {
            const Point arm = burst.pieces()[i].center - burst.pieces()[0].center;
            const Point speed = burst.pieces()[i].velocity - burst.pieces()[0].velocity;
            EXPECT_NEAR((arm.x * speed.x) + (arm.y * speed.y), 0.0F, 0.05F);
            EXPECT_EQ(burst.pieces()[i].spin, 0.5F);
        }
        const Point arm = burst.pieces()[3].center - center;
        EXPECT_NEAR(burst.pieces()[3].velocity.x, 50.0F - (0.5F * arm.y), 1e-3F);
        EXPECT_NEAR(burst.pieces()[3].velocity.y, 20.0F + (0.5F * arm.x), 1e-3F);
    }
}

TEST(Burst, LivesEndInTheirSpread) {
    const Row row(200);
    Burst burst = row.burst();
    geometry::Random chance(5);
    burst.live(2.0F, 0.25F, chance);
    std::set<float> different;
    for (const Piece& piece : burst.pieces()) {
        EXPECT_LE(piece.lifetime, 2.0F);
        EXPECT_GE(piece.lifetime, 1.5F);
        different.insert(piece.lifetime);
    }
    EXPECT_GT(different.size(), 100U);
    std::vector<int> ends(row.centroids.size());
    float age = 0.0F;
    for (int i = 0; i < 80; ++i) {
        age += 1.0F / 32.0F; // exact
        for (const std::uint32_t ended : fly(burst, 1.0F / 32.0F, {})) {
            ++ends[ended];
            const float life = burst.pieces()[ended].lifetime;
            EXPECT_LE(life, age);
            EXPECT_GT(life, age - (1.0F / 32.0F));
            burst.end(ended);
            burst.end(ended); // twice is once
        }
    }
    EXPECT_EQ(std::ranges::count(ends, 1), 200);
    EXPECT_EQ(burst.alive_count(), 0U);
}

TEST(Burst, WithoutALifetimeNothingEndsOrFades) {
    const Row row(3);
    Burst burst = row.burst();
    const Laws laws{.fade = 1.0F, .shrink = 1.0F};
    EXPECT_TRUE(fly(burst, 1e6F, laws).empty());
    EXPECT_FALSE(burst.fades(laws));
    EXPECT_FALSE(burst.is_stale());
}

TEST(Burst, FadesAndShrinksInItsLastSeconds) {
    const Row row(2);
    Burst burst = row.burst();
    geometry::Random chance(1);
    burst.live(4.0F, 0.0F, chance);
    burst.pieces()[1].lifetime = 100.0F;
    const Laws laws{.fade = 1.0F, .shrink = 2.0F};
    std::vector<debris::Attribute> full(row.points.size());
    for (debris::Attribute& attribute : full) {
        attribute.a = 200;
    }
    std::vector<debris::Attribute> faded = full;
    std::vector<Point> out = row.points;
    fly(burst, 2.0F, laws);
    EXPECT_FALSE(burst.fades(laws));
    fly(burst, 1.0F, laws); // a second left: half of the size, all of the colour
    EXPECT_FALSE(burst.fades(laws));
    ASSERT_TRUE(burst.write_vertices(row.rings(), laws, 1.0F, out));
    for (std::size_t k = 0; k < 4; ++k) {
        EXPECT_NEAR(distance(out[k], row.centroids[0]), 0.5F * distance(row.points[k], row.centroids[0]),
                    1e-4F);
        EXPECT_EQ(out[4 + k], row.points[4 + k]);
    }
    fly(burst, 0.75F, laws);
    ASSERT_TRUE(burst.fades(laws));
    burst.write_alphas(row.rings(), laws, full, faded);
    EXPECT_EQ(faded[0].a, 50);
    EXPECT_EQ(faded[4].a, 200);
    burst.end(0);
    ASSERT_TRUE(burst.write_vertices(row.rings(), laws, 1.0F, out));
    for (std::size_t k = 0; k < 4; ++k) {
        EXPECT_EQ(out[k], out[0]); // nothing of it is drawn
    }
    EXPECT_FALSE(burst.fades(laws));
}

// However a piece has turned, a point of it is found where it is drawn, and a point of no other is.
TEST(Burst, PicksWhatIsDrawnThere) {
    TestRandom random(33);
    for (const Affine& frame : frames()) {
        const Row row(12);
        Burst burst = row.burst(frame);
        for (std::size_t i = 0; i < row.centroids.size(); ++i) {
            // Far apart from one another, so that none is above another.
            burst.place(static_cast<std::uint32_t>(i),
                        {1000.0F * static_cast<float>(i), static_cast<float>(random.range(-99.0, 99.0))},
                        static_cast<float>(random.range(-3.0, 3.0)));
        }
        std::vector<Point> out(row.points.size());
        ASSERT_TRUE(burst.write_vertices(row.rings(), {}, 1.0F, out));
        for (std::size_t i = 0; i < row.centroids.size(); ++i) {
            Point middle{};
            for (std::size_t k = 0; k < 4; ++k) {
                middle = middle + out[(4 * i) + k] * 0.25F;
            }
            for (std::size_t k = 0; k < 4; ++k) {
                const Point within = middle + (out[(4 * i) + k] - middle) * 0.98F;
                const Point outside = middle + (out[(4 * i) + k] - middle) * 1.02F;
                EXPECT_EQ(burst.pick(row.rings(), frame.apply(within)), static_cast<std::int64_t>(i));
                EXPECT_EQ(burst.pick(row.rings(), frame.apply(outside)), -1);
            }
            // What is drawn and the piece's own map say the same.
            const Affine map = burst.piece_to_world(static_cast<std::uint32_t>(i), 1.0F);
            EXPECT_LT(distance(map.apply(row.points[4 * i]), frame.apply(out[4 * i])), 0.01F);
            burst.end(static_cast<std::uint32_t>(i));
            EXPECT_EQ(burst.pick(row.rings(), frame.apply(middle)), -1);
        }
    }
}

TEST(Burst, OfSeveralTheLastIsPicked) {
    const Row row(3);
    Burst burst = row.burst();
    for (std::uint32_t i = 0; i < 3; ++i) {
        burst.place(i, {0.0F, 0.0F}, 0.0F);
    }
    EXPECT_EQ(burst.pick(row.rings(), {1.0F, 1.0F}), 2);
    burst.end(2);
    EXPECT_EQ(burst.pick(row.rings(), {1.0F, 1.0F}), 1);
}

// A rigid motion: no piece changes its shape, whatever frame it came from.
TEST(Burst, PiecesKeepTheirShapeInTheWorld) {
    TestRandom random(34);
    for (const Affine& frame : frames()) {
        const Row row(5);
        Burst burst = row.burst(frame);
        std::vector<Point> out(row.points.size());
        for (std::uint32_t i = 0; i < 5; ++i) {
            burst.place(i, {static_cast<float>(random.range(-500.0, 500.0)), 40.0F},
                        static_cast<float>(random.range(-3.0, 3.0)));
        }
        ASSERT_TRUE(burst.write_vertices(row.rings(), {}, 1.0F, out));
        for (std::size_t i = 0; i < out.size(); ++i) {
            for (std::size_t k = i / 4 * 4; k < i; ++k) {
                ASSERT_NEAR(distance(frame.apply(out[i]), frame.apply(out[k])),
                            distance(frame.apply(row.points[i]), frame.apply(row.points[k])), 0.02F);
            }
        }
    }
}

// Pieces that physics moves are drawn between two ticks, the short way round.
TEST(Burst, BodiesAreDrawnBetweenTicks) {
    const Row row(2);
    Burst burst = row.burst();
    burst.pieces()[0].body = 0;
    burst.place(0, {100.0F, 0.0F}, 3.0F);
    burst.place(0, {200.0F, 50.0F}, -3.0F); // 0.28 further, past half a turn
    const Affine half = burst.piece_to_world(0, 0.5F);
    const Point center = half.apply(row.centroids[0]);
    EXPECT_NEAR(center.x, 150.0F, 1e-3F);
    EXPECT_NEAR(center.y, 25.0F, 1e-3F);
    EXPECT_NEAR(half.x.x, -1.0F, 1e-3F);
    EXPECT_EQ(burst.piece_to_world(1, 0.5F), Affine{});
    std::vector<Point> out(row.points.size());
    EXPECT_TRUE(burst.write_vertices(row.rings(), {}, 0.5F, out));
    EXPECT_TRUE(burst.is_stale()); // the next frame draws another moment
    burst.place(0, {200.0F, 50.0F}, -3.0F);
    EXPECT_TRUE(burst.write_vertices(row.rings(), {}, 0.5F, out));
    EXPECT_FALSE(burst.is_stale()); // at rest
}

// Pieces that fly move once a frame, not a tick: there is nothing to draw between.
TEST(Burst, FlyingPiecesAreDrawnWhereTheyAre) {
    const Row row(1);
    Burst burst = row.burst();
    burst.pieces()[0].velocity = {60.0F, 0.0F};
    burst.pieces()[0].spin = 1.0F;
    for (int i = 0; i < 5; ++i) {
        fly(burst, 1.0F / 60.0F, {});
        EXPECT_EQ(burst.piece_to_world(0, 0.25F), burst.piece_to_world(0, 1.0F));
    }
}

TEST(Burst, BoundsHoldAllVertices) {
    TestRandom random(35);
    for (int round = 0; round < test::cases(100); ++round) {
        for (const Affine& frame : frames()) {
            const Row row(15);
            Burst burst = row.burst(frame);
            geometry::Random chance(static_cast<std::uint64_t>(round));
            for (std::uint32_t i = 0; i < 15; ++i) {
                if (i % 3 == 0) {
                    burst.pieces()[i].body = 0;
                    burst.place(i, {static_cast<float>(random.range(-500.0, 500.0)), 40.0F}, 1.0F);
                }
            }
            burst.push({.center = {5.0F, 5.0F}, .speed = 900.0F, .spin = 20.0F}, chance);
            fly(burst, 0.3F, {.gravity = {0.0F, 900.0F}});
            if (random.integer(0, 1) == 0) burst.end(4);
            std::vector<Point> out(row.points.size());
            const float fraction = random.integer(0, 1) == 0 ? 1.0F : static_cast<float>(random.unit());
            ASSERT_TRUE(burst.write_vertices(row.rings(), {}, fraction, out));
            const auto [low, high] = burst.bounds(fraction);
            for (std::size_t i = 0; i < out.size(); ++i) {
                if (!burst.pieces()[i / 4].alive) continue;
                ASSERT_GE(out[i].x, low.x - 0.01F);
                ASSERT_GE(out[i].y, low.y - 0.01F);
                ASSERT_LE(out[i].x, high.x + 0.01F);
                ASSERT_LE(out[i].y, high.y + 0.01F);
            }
        }
    }
}

TEST(Burst, AreasAreOfTheWorld) {
    for (const Affine& frame : frames()) {
        const Row row(3);
        const Burst burst = row.burst(frame);
        for (const Piece& piece : burst.pieces()) {
            EXPECT_NEAR(piece.area, 100.0 * std::abs(frame.area_factor()), 1e-3);
        }
    }
}

} // namespace
