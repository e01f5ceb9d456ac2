#include "geometry/symbolic.h"

#include "geometry/limits.h"
#include "geometry/small_exact.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cassert>
#include <cmath>
#include <cstdint>
#include <limits>

namespace cutout::geometry {

namespace {

constexpr double roundoff = unit_roundoff;

// Position bounds worse than this, relative to the position, are replaced by one exact computation.
constexpr double worst_relative_error = 1.0e-11;

// The float nearest to numerator / denominator (> 0 or < 0), ties to even.
float round_quotient(const ExactReal& numerator, const ExactReal& denominator) {
    const double quotient = numerator.approximate() / denominator.approximate();
    auto guess = static_cast<float>(quotient);
    if (!(std::abs(quotient) < static_cast<double>(std::numeric_limits<float>::max()))) return guess;
    // Is numerator / denominator above (1), at (0) or below (-1) the given number?
    const auto compare = [&](double number) {
        return (numerator - ExactReal(number) * denominator).sign() * denominator.sign();
    };
    const auto even = [](float value) { return (std::bit_cast<std::uint32_t>(value) & 1U) == 0; };
    constexpr float infinity = std::numeric_limits<float>::infinity();
    // The guess is at most one step off, so each loop ends after two.
    while (true) {
        const float above = std::nextafter(guess, infinity);
        const double middle = 0.5 * (static_cast<double>(guess) + static_cast<double>(above));
        const int order = compare(middle);
        if (order < 0 || (order == 0 && even(guess))) break;
        guess = above;
        if (order == 0) return guess;
    }
    while (true) {
        const float below = std::nextafter(guess, -infinity);
        const double middle = 0.5 * (static_cast<double>(guess) + static_cast<double>(below));
        const int order = compare(middle);
        if (order > 0 || (order == 0 && even(guess))) break;
        guess = below;
        if (order == 0) return guess;
    }
    return guess;
}

} // namespace

LineId Lines::add(const Line& line) {
    lines_.push_back(line);
    return static_cast<LineId>(lines_.size() - 1);
}

LineId Lines::add_through(Point a, Point b) {
    assert(!(a == b));
    Line line;
    line.px = static_cast<double>(a.x);
    line.py = static_cast<double>(a.y);
    line.qx = static_cast<double>(b.x);
    line.qy = static_cast<double>(b.y);
    line.a = line.py - line.qy;
    line.b = line.qx - line.px;
    line.rx = line.px;
    line.ry = line.py;
    return add(line);
}

LineId Lines::add_vertical(double x) {
    Line line;
    line.px = line.qx = line.rx = x;
    line.qy = 1.0;
    line.a = -1.0;
    return add(line);
}

LineId Lines::add_horizontal(double y) {
    Line line;
    line.py = line.qy = line.ry = y;
    line.qx = 1.0;
    line.b = 1.0;
    return add(line);
}

LineId Lines::add_bisector(Point p, Point q) {
    assert(!(p == q));
    Line line;
    line.kind = Kind::bisector;
    line.px = static_cast<double>(p.x);
    line.py = static_cast<double>(p.y);
    line.qx = static_cast<double>(q.x);
    line.qy = static_cast<double>(q.y);
    line.a = 2.0 * (line.qx - line.px);
    line.b = 2.0 * (line.qy - line.py);
    line.rx = 0.5 * (line.px + line.qx);
    line.ry = 0.5 * (line.py + line.qy);
    line.reference_error = roundoff * std::max(std::abs(line.rx), std::abs(line.ry));
    return add(line);
}

Vertex Lines::intersect(LineId first, LineId second) const {
    const Line& l = at(first);
    const Line& m = at(second);
    Vertex v;
    v.first = first;
    v.second = second;
    // The point of l, r + t (b, -a), at which m's function is zero.
    const double dx = l.rx - m.rx;
    const double dy = l.ry - m.ry;
    const double t1 = m.a * dx;
    const double t2 = m.b * dy;
    const double value = t1 + t2;
    const double d1 = m.a * l.b;
    const double d2 = m.b * l.a;
    const double slope = d1 - d2;
    const double value_error =
        8.0 * roundoff * (std::abs(t1) + std::abs(t2)) +
        (std::abs(m.a) + std::abs(m.b)) * 2.0 * (l.reference_error + m.reference_error);
    const double slope_error = 6.0 * roundoff * (std::abs(d1) + std::abs(d2));
    const double sure_slope = std::abs(slope) - slope_error;
    if (sure_slope > 0.0) {
        const double t = -value / slope;
        const double t_error =
            (value_error + std::abs(t) * slope_error) / sure_slope + 4.0 * roundoff * std::abs(t);
        v.x = l.rx + t * l.b;
        v.y = l.ry - t * l.a;
        const double size = std::max(std::abs(v.x), std::abs(v.y));
        v.error = std::max(std::abs(l.a), std::abs(l.b)) * (t_error + 6.0 * roundoff * std::abs(t)) * 1.01 +
                  4.0 * roundoff * size + 2.0 * l.reference_error;
        if (v.error <= worst_relative_error * size) return v;
    }
    const ExactPoint p = exact_point(v);
    assert(p.w.sign() != 0);
    const double w = p.w.approximate();
    v.x = p.x.approximate() / w;
    v.y = p.y.approximate() / w;
    v.error = 16.0 * roundoff * std::max(std::abs(v.x), std::abs(v.y));
    return v;
}

int Lines::turn(LineId first, LineId second) const {
    if (first == second) return 0;
    const Line& l = at(first);
    const Line& m = at(second);
    // directions (b, -a)
    const double d1 = l.a * m.b;
    const double d2 = l.b * m.a;
    const double value = d1 - d2;
    const double bound = 6.0 * roundoff * (std::abs(d1) + std::abs(d2));
    if (value > bound) return 1;
    if (value < -bound) return -1;
    if (bound == 0.0) return 0;
    const ExactLine le = exact_line(first);
    const ExactLine me = exact_line(second);
    return (le.a * me.b - le.b * me.a).sign();
}

int Lines::compare_along(LineId line, const Vertex& u, const Vertex& v) const {
    const Line& l = at(line);
    const double t1 = l.b * (u.x - v.x);
    const double t2 = -l.a * (u.y - v.y);
    const double value = t1 + t2;
    const double bound = 8.0 * roundoff * (std::abs(t1) + std::abs(t2)) +
                         (std::abs(l.a) + std::abs(l.b)) * 1.01 * (u.error + v.error);
    if (value > bound) return 1;
    if (value < -bound) return -1;
    return compare_along_exact(line, u, v);
}

int Lines::compare_along_exact(LineId line, const Vertex& u, const Vertex& v) const {
    if (u.is_input() && v.is_input()) {
        const ExactLine l = exact_line(line);
        return (l.b * (ExactReal(u.x) - ExactReal(v.x)) - l.a * (ExactReal(u.y) - ExactReal(v.y))).sign();
    }
    if (v.is_input()) return -compare_along_exact(line, v, u);
    if (u.first == v.first && u.second == v.second) return 0;
    // v is where another line crosses this one: which side of that line u is on tells whether it comes
    // before or after. (With u = v + t d, the value of `other` at u is t times its slope along d.)
    for (const LineId other : {v.first, v.second}) {
        const int slope = turn(other, line);
        if (slope != 0) return side(other, u) * slope;
    }
    assert(false && "a vertex on a line has a name that crosses it");
    return 0;
}

Lines::ExactLine Lines::exact_line(LineId line) const {
    const Line& l = at(line);
    const ExactReal px(l.px);
    const ExactReal py(l.py);
    const ExactReal qx(l.qx);
    const ExactReal qy(l.qy);
    if (l.kind == Kind::through) {
        const ExactReal a = py - qy;
        const ExactReal b = qx - px;
        return {a, b, -(a * px + b * py)};
    }
    const ExactReal two(2.0);
    return {two * (qx - px), two * (qy - py), (px * px + py * py) - (qx * qx + qy * qy)};
}

Lines::ExactPoint Lines::exact_point(const Vertex& v) const {
    if (v.is_input()) return {ExactReal(v.x), ExactReal(v.y), ExactReal(1.0)};
    const ExactLine l = exact_line(v.first);
    const ExactLine m = exact_line(v.second);
    return {l.b * m.c - m.b * l.c, l.c * m.a - m.c * l.a, l.a * m.b - m.a * l.b};
}

int Lines::exact_side(LineId line, const Vertex& v) const {
    const ExactLine l = exact_line(line);
    const ExactPoint p = exact_point(v);
    return (l.a * p.x + l.b * p.y + l.c * p.w).sign() * p.w.sign();
}

// As exact_line() and exact_point() do it. With coordinates of up to 36 bits, a and b have 39 at most, c has
// 75, w 79 and x and y 115.
bool Lines::round_small(const Vertex& v, Point& result) const {
    const Line& l = at(v.first);
    const Line& m = at(v.second);
    std::array<std::int64_t, 8> x{};
    int exponent = 0;
    if (!as_integers<8>({l.px, l.py, l.qx, l.qy, m.px, m.py, m.qx, m.qy}, 36, x, exponent)) return false;
    struct SmallLine {
        Int128 a;
        Int128 b;
        Int128 c;
    };
    const auto line = [&](Kind kind, std::size_t first) -> SmallLine {
        const Int128 px = x[first];
        const Int128 py = x[first + 1];
        const Int128 qx = x[first + 2];
        const Int128 qy = x[first + 3];
        if (kind == Kind::through) return {py - qy, qx - px, -((py - qy) * px + (qx - px) * py)};
        return {2 * (qx - px), 2 * (qy - py), px * px + py * py - qx * qx - qy * qy};
    };
    const SmallLine le = line(l.kind, 0);
    const SmallLine me = line(m.kind, 4);
    const Int128 w = le.a * me.b - me.a * le.b;
    result = {nearest_float(le.b * me.c - me.b * le.c, w, exponent),
              nearest_float(le.c * me.a - me.c * le.a, w, exponent)};
    return true;
}

Point Lines::rounded(const Vertex& v) const {
    Point result;
    if (v.is_input()) {
        result = {static_cast<float>(v.x), static_cast<float>(v.y)};
    } else {
        const auto low_x = static_cast<float>(v.x - v.error);
        const auto low_y = static_cast<float>(v.y - v.error);
        if (low_x == static_cast<float>(v.x + v.error) && low_y == static_cast<float>(v.y + v.error)) {
            result = {low_x, low_y};
        } else if (!round_small(v, result)) {
            const ExactPoint p = exact_point(v);
            result = {round_quotient(p.x, p.w), round_quotient(p.y, p.w)};
        }
    }
    return {result.x + 0.0F, result.y + 0.0F}; // -0 becomes 0
}

} // namespace cutout::geometry
