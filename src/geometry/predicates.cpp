#include "geometry/predicates.h"

#include "geometry/exact.h"
#include "geometry/limits.h"
#include "geometry/point_pairs.h"
#include "geometry/small_exact.h"

#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <cstdlib>

namespace cutout::geometry {

namespace {

int orientation_exact(Point a, Point b, Point c) {
    const ExactReal ax(static_cast<double>(a.x));
    const ExactReal ay(static_cast<double>(a.y));
    const ExactReal left =
        (ExactReal(static_cast<double>(b.x)) - ax) * (ExactReal(static_cast<double>(c.y)) - ay);
    const ExactReal right =
        (ExactReal(static_cast<double>(b.y)) - ay) * (ExactReal(static_cast<double>(c.x)) - ax);
    return (left - right).sign();
}

} // namespace

int orientation_unsure(Point a, Point b, Point c) {
    std::array<std::int64_t, 6> x{};
    int exponent = 0;
    const std::array<double, 6> coordinates{a.x, a.y, b.x, b.y, c.x, c.y};
    if (!as_integers(coordinates, 52, x, exponent)) return orientation_exact(a, b, c);
    return sign_of(Int128{x[2] - x[0]} * Int128{x[5] - x[1]} - Int128{x[3] - x[1]} * Int128{x[4] - x[0]});
}

int in_circle_unsure(Point a, Point b, Point c, Point d) {
    std::array<std::int64_t, 8> x{};
    int exponent = 0;
    if (as_integers(std::array<double, 8>{a.x, a.y, b.x, b.y, c.x, c.y, d.x, d.y}, 52, x, exponent)) {
        std::int64_t magnitudes = 0;
        for (std::size_t i = 0; i < 6; ++i) {
            x[i] -= x[6 + i % 2];
            magnitudes |= std::abs(x[i]);
        }
        // Of 30 bits: their squares have 60, and the terms of degree four 121 at most.
        if (magnitudes >> 30U == 0) {
            const auto term = [&](std::size_t p, std::size_t q, std::size_t r) {
                const std::int64_t square = x[2 * p] * x[2 * p] + x[2 * p + 1] * x[2 * p + 1];
                return Int128{square} * Int128{x[2 * q] * x[2 * r + 1] - x[2 * q + 1] * x[2 * r]};
            };
            return sign_of(term(0, 1, 2) + term(1, 2, 0) + term(2, 0, 1));
        }
    }
    const ExactReal dx(static_cast<double>(d.x));
    const ExactReal dy(static_cast<double>(d.y));
    const ExactReal ax = ExactReal(static_cast<double>(a.x)) - dx;
    const ExactReal ay = ExactReal(static_cast<double>(a.y)) - dy;
    const ExactReal bx = ExactReal(static_cast<double>(b.x)) - dx;
    const ExactReal by = ExactReal(static_cast<double>(b.y)) - dy;
    const ExactReal cx = ExactReal(static_cast<double>(c.x)) - dx;
    const ExactReal cy = ExactReal(static_cast<double>(c.y)) - dy;
    return ((ax * ax + ay * ay) * (bx * cy - by * cx) + (bx * bx + by * by) * (cx * ay - cy * ax) +
            (cx * cx + cy * cy) * (ax * by - ay * bx))
        .sign();
}

bool strictly_between_collinear(Point a, Point b, Point p) {
    if (lexicographic_less(b, a)) return lexicographic_less(b, p) && lexicographic_less(p, a);
    return lexicographic_less(a, p) && lexicographic_less(p, b);
}

Location locate(RingView ring, Point p) {
    bool inside = false;
    const std::size_t n = ring.size();
    for (std::size_t i = 0, j = n - 1; i < n; j = i++) {
        const Point a = ring[j];
        const Point b = ring[i];
        if (a == p || b == p) return Location::boundary;
        if ((a.y <= p.y) == (b.y <= p.y)) {
            // Does not cross the horizontal line just above p; a horizontal edge may still hold p.
            if (a.y == p.y && b.y == p.y && strictly_between_collinear(a, b, p)) return Location::boundary;
            continue;
        }
        if (a.x < p.x && b.x < p.x) continue;
        if (a.x > p.x && b.x > p.x) {
            inside = !inside;
            continue;
        }
        const int turn = orientation(a, b, p);
        if (turn == 0) return Location::boundary;
        if ((turn > 0) == (b.y > a.y)) inside = !inside;
    }
    return inside ? Location::inside : Location::outside;
}

int winding(RingView ring) {
    const std::size_t n = ring.size();
    const std::size_t low = lowest_point(ring, bounds_of(ring).low.x);
    return orientation(ring[low == 0 ? n - 1 : low - 1], ring[low], ring[low + 1 == n ? 0 : low + 1]);
}

double twice_area(RingView ring) {
    double sum = 0.0;
    if (ring.size() < 3) return sum;
    const double ox = static_cast<double>(ring[0].x);
    const double oy = static_cast<double>(ring[0].y);
    double px = static_cast<double>(ring[1].x) - ox;
    double py = static_cast<double>(ring[1].y) - oy;
    for (std::size_t i = 2; i < ring.size(); ++i) {
        const double qx = static_cast<double>(ring[i].x) - ox;
        const double qy = static_cast<double>(ring[i].y) - oy;
        sum += px * qy - py * qx;
        px = qx;
        py = qy;
    }
    return sum;
}

double exact_twice_area(RingView ring) {
    ExactReal sum;
    for (std::size_t i = 0; i < ring.size(); ++i) {
        const Point a = ring[i];
        const Point b = ring[i + 1 == ring.size() ? 0 : i + 1];
        sum = sum + ExactReal(static_cast<double>(a.x)) * ExactReal(static_cast<double>(b.y)) -
              ExactReal(static_cast<double>(a.y)) * ExactReal(static_cast<double>(b.x));
    }
    return sum.approximate();
}

} // namespace cutout::geometry
