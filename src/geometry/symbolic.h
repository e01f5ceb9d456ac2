// Lines and vertices by name, so that every decision about them is exact.
//
//     Lines lines;
//     LineId edge = lines.add_through(a, b);             // left of a -> b is positive
//     LineId border = lines.add_bisector(p, q);          // nearer to q is positive
//     Vertex corner = lines.intersect(edge, border);
//     int side = lines.side(other, corner);              // -1, 0, 1: exact
//     Point rounded = lines.rounded(corner);             // the nearest float: same point, same bits
//
// A vertex is either an input point or the intersection of two named lines. With it goes its position in
// doubles and a bound of that position's error; where the bound leaves a sign open, the question is answered
// from the names in exact arithmetic. Nothing is ever decided on a rounded position, so errors do not add up
// along a chain of cuts: a vertex made in the hundredth cut is as exact as one of the first.
//
// All decisions are signs of polynomials of degree four at most in the input's coordinates.
//
// Thread rule: one object, one thread.
#pragma once

#include "geometry/exact.h"
#include "geometry/limits.h"
#include "geometry/types.h"

#include <cmath>
#include <cstdint>
#include <vector>

namespace cutout::geometry {

using LineId = std::int32_t;
inline constexpr LineId no_line = -1;

struct Vertex {
    double x = 0.0;
    double y = 0.0;
    double error = 0.0;     // bound of |x - exact x| and |y - exact y|
    LineId first = no_line; // the lines it is the intersection of; no_line = input point
    LineId second = no_line;

    [[nodiscard]] bool is_input() const { return first == no_line; }
};

[[nodiscard]] inline Vertex input_vertex(Point p) {
    return {.x = static_cast<double>(p.x), .y = static_cast<double>(p.y)};
}

class Lines {
public:
    // Through two distinct points; positive on the left of a -> b, direction a -> b.
    LineId add_through(Point a, Point b);
    // The vertical line at x (positive to its left, direction upwards), or the horizontal one at y (positive
    // above, direction to the right).
    LineId add_vertical(double x);
    LineId add_horizontal(double y);
    // The points as far from p as from q, p != q; positive on the side of q.
    LineId add_bisector(Point p, Point q);

    [[nodiscard]] std::size_t size() const { return lines_.size(); }
    // Forgets all lines but the first `count`.
    void truncate(std::size_t count) { lines_.resize(count); }
    void clear() { lines_.clear(); }

    // The intersection of two lines that are not parallel.
    [[nodiscard]] Vertex intersect(LineId first, LineId second) const;

    // On which side of the line: 1 positive, -1 negative, 0 on it.
    [[nodiscard]] int side(LineId line, const Vertex& v) const {
        if (v.first == line || v.second == line) return 0;
        const Line& l = at(line);
        const double t1 = l.a * (v.x - l.rx);
        const double t2 = l.b * (v.y - l.ry);
        const double value = t1 + t2;
        const double bound = 8.0 * unit_roundoff * (std::abs(t1) + std::abs(t2)) +
                             (std::abs(l.a) + std::abs(l.b)) * 1.01 * (v.error + l.reference_error);
        if (value > bound) return 1;
        if (value < -bound) return -1;
        return exact_side(line, v);
    }

    // Two vertices that both lie on the line: -1 when u comes before v along its direction, 0 when they are
    // the same point, 1 when it comes after.
    [[nodiscard]] int compare_along(LineId line, const Vertex& u, const Vertex& v) const;

    // Sign of the cross product of the two directions: 1 when `second` points to the left of `first` (so that
    // walking along `second` the value of `first` grows), 0 when they are parallel.
    [[nodiscard]] int turn(LineId first, LineId second) const;

    // The direction of the line. Its components' signs are exact.
    [[nodiscard]] double direction_x(LineId line) const { return at(line).b; }
    [[nodiscard]] double direction_y(LineId line) const { return -at(line).a; }

    // The exact position rounded to the nearest float (ties to even, -0 to 0): one exact point has one
    // result, whatever its names.
    [[nodiscard]] Point rounded(const Vertex& v) const;

private:
    enum class Kind : std::uint8_t { through, bisector };

    // f(x, y) = a (x - rx) + b (y - ry) is zero on the line.
    struct Line {
        double a = 0.0; // relative error at most unit_roundoff each; signs exact
        double b = 0.0;
        double rx = 0.0; // a point of the line, off by at most `reference_error`
        double ry = 0.0;
        double reference_error = 0.0;
        // What defines it, exactly.
        double px = 0.0;
        double py = 0.0;
        double qx = 0.0;
        double qy = 0.0;
        Kind kind = Kind::through;
    };
    // a X + b Y + c W
    struct ExactLine {
        ExactReal a;
        ExactReal b;
        ExactReal c;
    };
    struct ExactPoint {
        ExactReal x;
        ExactReal y;
        ExactReal w;
    };

    [[nodiscard]] const Line& at(LineId line) const { return lines_[static_cast<std::size_t>(line)]; }
    [[nodiscard]] LineId add(const Line& line);
    [[nodiscard]] ExactLine exact_line(LineId line) const;
    [[nodiscard]] ExactPoint exact_point(const Vertex& v) const;
    // The nearest floats where the coordinates that the lines are made of are multiples of one power of two;
    // else false.
    [[nodiscard]] bool round_small(const Vertex& v, Point& result) const;
    [[nodiscard]] int exact_side(LineId line, const Vertex& v) const;
    [[nodiscard]] int compare_along_exact(LineId line, const Vertex& u, const Vertex& v) const;

    std::vector<Line> lines_;
};

} // namespace cutout::geometry
