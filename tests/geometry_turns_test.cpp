#include "geometry/turns.h"

#include <cmath>
#include <gtest/gtest.h>

namespace {

using cutout::geometry::Direction;
using cutout::geometry::direction;

constexpr double full_turn = 6.283185307179586477;

TEST(Turns, AgreeWithTheLibrary) {
    for (int i = -4000; i <= 4000; ++i) {
        const double turns = i / 997.0;
        const Direction d = direction(turns);
        EXPECT_NEAR(d.x, std::cos(full_turn * turns), 1e-14) << turns; // the library's argument is rounded
        EXPECT_NEAR(d.y, std::sin(full_turn * turns), 1e-14) << turns;
        EXPECT_NEAR(d.x * d.x + d.y * d.y, 1.0, 1e-15) << turns;
    }
    for (int i = 0; i <= 1000; ++i) { // where the argument needs no reduction, to the last place
        const double turns = i / 8000.0;
        EXPECT_NEAR(direction(turns).x, std::cos(full_turn * turns), 4e-16);
        EXPECT_NEAR(direction(turns).y, std::sin(full_turn * turns), 4e-16);
    }
}

TEST(Turns, QuarterTurnsAreExact) {
    for (int whole = -3; whole <= 3; ++whole) {
        EXPECT_EQ(direction(whole).x, 1.0);
        EXPECT_EQ(direction(whole).y, 0.0);
        EXPECT_EQ(direction(whole + 0.25).x, 0.0);
        EXPECT_EQ(direction(whole + 0.25).y, 1.0);
        EXPECT_EQ(direction(whole + 0.5).x, -1.0);
        EXPECT_EQ(direction(whole + 0.5).y, 0.0);
        EXPECT_EQ(direction(whole + 0.75).x, 0.0);
        EXPECT_EQ(direction(whole + 0.75).y, -1.0);
    }
}

TEST(Turns, AQuarterTurnMovesTheCoordinates) {
    for (int i = 0; i < 256; ++i) {
        const double turns = i / 1024.0; // adding a quarter rounds nothing
        const Direction d = direction(turns);
        const Direction turned = direction(turns + 0.25);
        EXPECT_EQ(turned.x, -d.y);
        EXPECT_EQ(turned.y, d.x);
        const Direction mirrored = direction(1.0 - turns);
        EXPECT_NEAR(mirrored.x, d.x, 2e-16);
        EXPECT_NEAR(mirrored.y, -d.y, 2e-16);
    }
}

TEST(Turns, HugeAndTinyAngles) {
    EXPECT_EQ(direction(0x1.0p60 + 0.25).x, 1.0); // the quarter is lost in the sum already
    EXPECT_NEAR(direction(1e-300).y, 1e-300 * full_turn, 1e-314);
    EXPECT_EQ(direction(-1e-300).x, 1.0);
    const Direction d = direction(-1e-20); // its floor is -1, and the difference rounds to 1
    EXPECT_EQ(d.x, 1.0);
    EXPECT_EQ(d.y, 0.0);
}

} // namespace
