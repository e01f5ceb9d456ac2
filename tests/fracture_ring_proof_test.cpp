#include "fracture/ring_proof.h"

#include "support/shapes.h"

#include <gtest/gtest.h>
#include <vector>

namespace {

using namespace cutout;
using fracture::RingProof;
using geometry::Point;
using test::TestRandom;

// Not star-shaped, so that its edges are looked at.
const std::vector<Point> hook{{0, 0}, {90, 0}, {90, 90}, {60, 90}, {60, 30}, {0, 30}};

// Three floats wide: near enough to itself that only the floats can tell.
std::vector<Point> speck(bool clockwise) {
    const float step = 7.62939453e-06F; // between floats at 80
    std::vector<Point> ring{{80, 10}, {80 + 3 * step, 10}, {80, 10 + step}};
    if (clockwise) std::swap(ring[1], ring[2]);
    return ring;
}

TEST(RingProof, AHoleTurnedInsideOutIsSeen) {
    for (const bool clockwise : {true, false}) {
        RingProof proof;
        proof.begin(90.0);
        proof.add(hook, 1);
        ASSERT_TRUE(proof.add_rounded(speck(clockwise), -1));
        EXPECT_EQ(proof.apart(), clockwise);
        EXPECT_TRUE(proof.close_call());
    }
}

TEST(RingProof, FarFromEachOtherIsNoCloseCall) {
    RingProof proof;
    proof.begin(90.0);
    proof.add(hook, 1);
    proof.add(std::vector<Point>{{70, 10}, {70, 20}, {80, 10}}, -1);
    EXPECT_TRUE(proof.apart());
    EXPECT_FALSE(proof.close_call());
}

// The boxes of slanted teeth all meet.
TEST(RingProof, SlantedTeeth) {
    std::vector<Point> comb = test::slanted_comb(test::cases(20'000));
    const auto apart = [&] {
        RingProof proof;
        proof.begin(201.0);
        proof.add(comb);
        return proof.apart();
    };
    EXPECT_TRUE(apart());
    const Point tip = comb[1];
    comb[1] = comb[5]; // two teeth touch with their tips
    EXPECT_FALSE(apart());
    comb[1] = tip;
    comb[1].x += 50.0F;
    EXPECT_FALSE(apart());
}

} // namespace
