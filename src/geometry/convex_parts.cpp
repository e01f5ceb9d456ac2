#include "geometry/convex_parts.h"

#include "geometry/predicates.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

namespace cutout::geometry {

// Is the ring convex and small enough? Then it is the part. (A simple ring that never turns right is convex.)
bool ConvexParts::is_one_part(RingView ring, std::uint32_t max_corners) {
    const std::size_t count = ring.size();
    int direction = 0;
    for (std::size_t i = 0; i < count; ++i) {
        const int turn =
            orientation(ring[i == 0 ? count - 1 : i - 1], ring[i], ring[i + 1 == count ? 0 : i + 1]);
        if (turn == 0) continue;
        if (direction == 0) direction = turn;
        if (turn != direction || corners_.size() == max_corners) {
            corners_.clear();
            return false;
        }
        corners_.push_back(static_cast<std::uint32_t>(i));
    }
    if (direction < 0) std::reverse(corners_.begin(), corners_.end());
    ends_.push_back(static_cast<std::uint32_t>(corners_.size()));
    return true;
}

std::int32_t ConvexParts::part_of(std::int32_t triangle) {
    while (parent_[Mesh::at(triangle)] != triangle) {
        std::int32_t& parent = parent_[Mesh::at(triangle)];
        parent = parent_[Mesh::at(parent)];
        triangle = parent;
    }
    return triangle;
}

// Takes the edge away if both its ends stay convex. (Where a part goes straight on already, nothing more fits
// in beside it: a third edge there never goes away.)
void ConvexParts::join_across(RingView ring, std::int32_t e, std::uint32_t max_corners) {
    const Mesh& mesh = triangulation_.mesh();
    const std::int32_t t = mesh.twin[Mesh::at(e)];
    const auto origin = [&](std::int32_t h) { return ring[Mesh::at(mesh.origin[Mesh::at(h)])]; };
    const std::int32_t before_e = previous_[Mesh::at(e)];
    const std::int32_t after_e = next_[Mesh::at(e)];
    const std::int32_t before_t = previous_[Mesh::at(t)];
    const std::int32_t after_t = next_[Mesh::at(t)];
    const int turn_a = orientation(origin(before_e), origin(e), origin(next_[Mesh::at(after_t)]));
    if (turn_a < 0) return;
    const int turn_b = orientation(origin(before_t), origin(t), origin(next_[Mesh::at(after_e)]));
    if (turn_b < 0) return;
    const std::int32_t part = part_of(e / 3);
    const std::int32_t other = part_of(t / 3);
    const std::uint32_t straight = (turn_a == 0 ? 1U : 0U) + (turn_b == 0 ? 1U : 0U);
    const std::uint32_t corners =
        corner_count_[Mesh::at(part)] + corner_count_[Mesh::at(other)] - 2 - straight;
    if (corners > max_corners) return;
    parent_[Mesh::at(other)] = part;
    corner_count_[Mesh::at(part)] = corners;
    const auto join = [&](std::int32_t first, std::int32_t second) {
        next_[Mesh::at(first)] = second;
        previous_[Mesh::at(second)] = first;
    };
    join(before_e, after_t);
    join(before_t, after_e);
    done_[Mesh::at(e)] = 1;
    done_[Mesh::at(t)] = 1;
}

void ConvexParts::trace(RingView ring) {
    const Mesh& mesh = triangulation_.mesh();
    const auto origin = [&](std::int32_t h) { return ring[Mesh::at(mesh.origin[Mesh::at(h)])]; };
    for (std::int32_t start = 0; start < mesh.size(); ++start) {
        if (done_[Mesh::at(start)] != 0) continue;
        std::int32_t e = start;
        do {
            done_[Mesh::at(e)] = 1;
            if (orientation(origin(previous_[Mesh::at(e)]), origin(e), origin(next_[Mesh::at(e)])) > 0) {
                corners_.push_back(static_cast<std::uint32_t>(mesh.origin[Mesh::at(e)]));
            }
            e = next_[Mesh::at(e)];
        } while (e != start);
        ends_.push_back(static_cast<std::uint32_t>(corners_.size()));
    }
}

bool ConvexParts::split(RingView ring, std::uint32_t max_corners) {
    corners_.clear();
    ends_.clear();
    if (ring.size() < 3 || max_corners < 3) return false;
    if (is_one_part(ring, max_corners)) {
        if (corners_.size() >= 3) return true;
        corners_.clear();
        ends_.clear();
        return false;
    }
    if (!triangulation_.triangulate(ring)) return false;
    const Mesh& mesh = triangulation_.mesh();
    const auto origin = [&](std::int32_t h) { return ring[Mesh::at(mesh.origin[Mesh::at(h)])]; };
    next_.resize(mesh.origin.size());
    previous_.resize(mesh.origin.size());
    diagonals_.clear();
    for (std::int32_t e = 0; e < mesh.size(); ++e) {
        next_[Mesh::at(e)] = Mesh::next(e);
        previous_[Mesh::at(e)] = Mesh::previous(e);
        if (mesh.twin[Mesh::at(e)] == Mesh::none) continue;
        const Point a = origin(e);
        const Point b = origin(Mesh::next(e));
        if (!lexicographic_less(a, b)) continue;
        const double dx = static_cast<double>(b.x) - static_cast<double>(a.x);
        const double dy = static_cast<double>(b.y) - static_cast<double>(a.y);
        diagonals_.push_back({dx * dx + dy * dy, e});
    }
    std::sort(diagonals_.begin(), diagonals_.end(), [&](const Diagonal& x, const Diagonal& y) {
        if (x.squared_length != y.squared_length) return x.squared_length > y.squared_length;
        const Point a = origin(x.half_edge);
        const Point b = origin(y.half_edge);
        if (!(a == b)) return lexicographic_less(a, b);
        return lexicographic_less(origin(Mesh::next(x.half_edge)), origin(Mesh::next(y.half_edge)));
    });
    parent_.resize(triangulation_.triangle_count());
    std::iota(parent_.begin(), parent_.end(), 0);
    corner_count_.assign(triangulation_.triangle_count(), 3);
    done_.assign(mesh.origin.size(), 0);
    for (const Diagonal& diagonal : diagonals_) {
        join_across(ring, diagonal.half_edge, max_corners);
    }
    trace(ring);
    return true;
}

double width(std::span<const Point> convex) {
    double least = std::numeric_limits<double>::infinity();
    for (std::size_t i = 0; i < convex.size(); ++i) {
        const Point a = convex[i];
        const Point b = convex[i + 1 == convex.size() ? 0 : i + 1];
        const double dx = static_cast<double>(b.x) - static_cast<double>(a.x);
        const double dy = static_cast<double>(b.y) - static_cast<double>(a.y);
        double farthest = 0.0;
        for (const Point p : convex) {
            const double px = static_cast<double>(p.x) - static_cast<double>(a.x);
            const double py = static_cast<double>(p.y) - static_cast<double>(a.y);
            farthest = std::max(farthest, std::abs(dx * py - dy * px));
        }
        least = std::min(least, farthest / std::sqrt(dx * dx + dy * dy));
    }
    return least;
}

} // namespace cutout::geometry
