// A border of a cell as a function, relative to an origin that the cells share.
//
//     if (line.at({x, y}) > line.bound) { /* surely on the own side */ }
//
// Thread rule: values.
#pragma once

namespace cutout::fracture {

struct Position {
    double x = 0.0;
    double y = 0.0;
};

// f(x, y) = a x + b y + c is zero on the line, and off by at most `bound`.
struct BorderLine {
    double a = 0.0;
    double b = 0.0;
    double c = 0.0;
    double bound = 0.0;

    [[nodiscard]] double at(Position p) const { return a * p.x + b * p.y + c; }
};

} // namespace cutout::fracture
