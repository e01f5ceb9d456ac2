#include "support/clipper_oracle.h"

#include <algorithm>
#include <cmath>

namespace cutout::test {

using Clipper2Lib::FillRule;
using Clipper2Lib::Path64;
using Clipper2Lib::Paths64;
using geometry::Point;

namespace {

double length_of(std::span<const Point> ring) {
    double length = 0.0;
    for (std::size_t i = 0; i < ring.size(); ++i) {
        const Point a = ring[i];
        const Point b = ring[(i + 1) % ring.size()];
        length += std::abs(double{a.x} - double{b.x}) + std::abs(double{a.y} - double{b.y});
    }
    return length;
}

} // namespace

ClipperOracle::ClipperOracle(const Rings& polygon) : step_(rounding_step(polygon)) {
    Point low = polygon[0][0];
    Point high = low;
    for (const Point p : polygon[0]) {
        low = {std::min(low.x, p.x), std::min(low.y, p.y)};
        high = {std::max(high.x, p.x), std::max(high.y, p.y)};
    }
    low_x_ = double{low.x};
    low_y_ = double{low.y};
    extent_ = std::max(double{high.x} - low_x_, double{high.y} - low_y_);
    units_ = std::ldexp(1.0, 40 - std::ilogb(extent_));
    for (const auto& ring : polygon) {
        // One by one: the windings of two holes must not cancel.
        const Paths64 inside = Clipper2Lib::Union({path(ring)}, FillRule::NonZero);
        polygon_ =
            &ring == polygon.data() ? inside : Clipper2Lib::Difference(polygon_, inside, FillRule::NonZero);
        boundary_tolerance_ += 2.0 * length_of(ring) * step_;
    }
}

ClipperOracle::Position ClipperOracle::local(Point p) const {
    return {double{p.x} - low_x_, double{p.y} - low_y_};
}

Path64 ClipperOracle::path(std::span<const Point> ring) const {
    std::vector<Position> positions;
    for (const Point p : ring) {
        positions.push_back(local(p));
    }
    return path(positions);
}

Path64 ClipperOracle::path(const std::vector<Position>& ring) const {
    Path64 result;
    for (const Position& p : ring) {
        result.emplace_back(std::llround(p.x * units_), std::llround(p.y * units_));
    }
    return result;
}

double ClipperOracle::true_area(const Paths64& paths) const {
    return std::abs(Clipper2Lib::Area(paths)) / units_ / units_;
}

void ClipperOracle::add(std::span<const Point> ring, std::uint32_t label) {
    pieces_.push_back(path(ring));
    by_label_[label].push_back(pieces_.back());
    length_ += length_of(ring);
}

double ClipperOracle::edge_tolerance() const {
    return own_tolerance() + 4.0 * (length_ * step_ + boundary_tolerance_);
}

double ClipperOracle::own_tolerance() const {
    return 8.0 * (length_ + extent_) / units_;
}

double ClipperOracle::gap() const {
    return true_area(Clipper2Lib::Xor(pieces_, polygon_, FillRule::NonZero));
}

double ClipperOracle::overlap() const {
    double sum = 0.0;
    for (const Path64& piece : pieces_) {
        sum += true_area({piece});
    }
    return sum - true_area(Clipper2Lib::Union(pieces_, FillRule::NonZero));
}

// The part of a convex ring where a x + b y <= c.
std::vector<ClipperOracle::Position> ClipperOracle::half(std::vector<Position> ring, double a, double b,
                                                         double c) {
    std::vector<Position> result;
    for (std::size_t i = 0; i < ring.size(); ++i) {
        const Position p = ring[i];
        const Position q = ring[(i + 1) % ring.size()];
        const double dp = a * p.x + b * p.y - c;
        const double dq = a * q.x + b * q.y - c;
        if (dp <= 0.0) result.push_back(p);
        if ((dp < 0.0 && dq > 0.0) || (dp > 0.0 && dq < 0.0)) {
            const double t = dp / (dp - dq);
            result.push_back({p.x + t * (q.x - p.x), p.y + t * (q.y - p.y)});
        }
    }
    return result;
}

double ClipperOracle::cell_error(std::span<const Point> sites, std::uint32_t label) const {
    const double far = 2.0 * extent_;
    std::vector<Position> cell{{-far, -far}, {far, -far}, {far, far}, {-far, far}};
    const Position own = local(sites[label]);
    for (std::uint32_t i = 0; i < sites.size(); ++i) {
        if (sites[i] == sites[label]) {
            if (i < label) cell.clear();
            continue;
        }
        const Position other = local(sites[i]);
        const double a = other.x - own.x;
        const double b = other.y - own.y;
        cell = half(std::move(cell), a, b, 0.5 * (a * (other.x + own.x) + b * (other.y + own.y)));
    }
    const auto pieces = by_label_.find(label);
    const Paths64 expected = Clipper2Lib::Intersect(polygon_, {path(cell)}, FillRule::NonZero);
    if (pieces == by_label_.end()) return true_area(expected);
    return true_area(Clipper2Lib::Xor(pieces->second, expected, FillRule::NonZero));
}

double ClipperOracle::side_error(Point from, Point to) const {
    const Position p = local(from);
    const Position q = local(to);
    const double a = q.y - p.y; // left of the line: a x + b y <= c
    const double b = p.x - q.x;
    const double c = a * p.x + b * p.y;
    const double far = 2.0 * extent_;
    const std::vector<Position> left = half({{-far, -far}, {far, -far}, {far, far}, {-far, far}}, a, b, c);
    Paths64 pieces;
    for (const Path64& piece : pieces_) {
        double farthest = 0.0;
        for (const auto& point : piece) {
            const double distance =
                a * static_cast<double>(point.x) / units_ + b * static_cast<double>(point.y) / units_ - c;
            if (std::abs(distance) > std::abs(farthest)) farthest = distance;
        }
        if (farthest < 0.0) pieces.push_back(piece);
    }
    const Paths64 expected = Clipper2Lib::Intersect(polygon_, {path(left)}, FillRule::NonZero);
    return true_area(Clipper2Lib::Xor(pieces, expected, FillRule::NonZero));
}

} // namespace cutout::test
