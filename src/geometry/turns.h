// Sine and cosine that are the same bits everywhere: additions and multiplications only.
//
//     Direction d = direction(0.125);     // an eighth of a full turn: (0.7071..., 0.7071...)
//
// Angles are counted in full turns, so that a quarter turn is a number of the machine: direction(0.25) is
// exactly (0, 1), and directions a quarter turn apart are each other's exactly turned coordinates. Error:
// less than 1e-15 in each coordinate.
//
// Thread rule: pure function.
#pragma once

#include <cmath>

namespace cutout::geometry {

struct Direction {
    double x = 1.0;
    double y = 0.0;
};

// The unit vector `turns` full turns from the x axis towards the y axis. `turns` is finite.
[[nodiscard]] inline Direction direction(double turns) {
    const double part = turns - std::floor(turns); // [0, 1]; the floor, and this difference, are exact
    const double quarter = std::floor(4.0 * part + 0.5);
    const double rest = part - 0.25 * quarter; // exact, [-1/8, 1/8]
    const double angle = 6.283185307179586477 * rest;
    const double square = angle * angle;
    // Taylor series, from the last term to the first: the next ones are below 2^-60 at an eighth of a turn.
    double sine = 0.0;
    for (const double factor : {1.0 / 272.0, 1.0 / 210.0, 1.0 / 156.0, 1.0 / 110.0, 1.0 / 72.0, 1.0 / 42.0,
                                1.0 / 20.0, 1.0 / 6.0}) {
        sine = (1.0 - sine) * square * factor;
    }
    sine = angle * (1.0 - sine);
    double cosine = 0.0;
    for (const double factor :
         {1.0 / 240.0, 1.0 / 182.0, 1.0 / 132.0, 1.0 / 90.0, 1.0 / 56.0, 1.0 / 30.0, 1.0 / 12.0, 1.0 / 2.0}) {
        cosine = (1.0 - cosine) * square * factor;
    }
    cosine = 1.0 - cosine;
    switch (static_cast<int>(quarter)) {
    case 1:
        return {-sine, cosine};
    case 2:
        return {-cosine, -sine};
    case 3:
        return {sine, -cosine};
    default:
        return {cosine, sine};
    }
}

} // namespace cutout::geometry
