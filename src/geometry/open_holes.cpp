#include "geometry/open_holes.h"

#include "geometry/limits.h"
#include "geometry/predicates.h"

#include <algorithm>
#include <array>
#include <limits>
#include <numeric>
#include <utility>

namespace cutout::geometry {

// The longest first; of equal ones the first by their ends.
void HoleOpener::collect_diagonals(std::span<const Point> points) {
    const Mesh& mesh = triangulation_.mesh();
    diagonals_.clear();
    const auto origin = [&](std::int32_t e) { return points[Mesh::at(mesh.origin[Mesh::at(e)])]; };
    for (std::int32_t e = 0; e < mesh.size(); ++e) {
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
}

void HoleOpener::start_pieces(std::span<const Point> points) {
    const Mesh& mesh = triangulation_.mesh();
    pieces_.resize(mesh.origin.size() / 3);
    next_corner_.resize(mesh.origin.size());
    sides_.assign(mesh.origin.size(), {});
    corners_begin_.assign(points.size() + 1, 0);
    waiting_.clear();
    const auto point = [&](std::int32_t e) { return points[Mesh::at(mesh.origin[Mesh::at(e)])]; };
    for (std::int32_t triangle = 0; 3 * triangle < mesh.size(); ++triangle) {
        const std::int32_t first = 3 * triangle;
        std::int32_t lowest = first;
        for (std::int32_t e = first; e < first + 3; ++e) {
            next_corner_[Mesh::at(e)] = e == first + 2 ? Mesh::none : e + 1;
            ++corners_begin_[Mesh::at(mesh.origin[Mesh::at(e)])];
            if (lexicographic_less(point(e), point(lowest))) lowest = e;
        }
        const std::array corners{point(lowest), point(Mesh::next(lowest)), point(Mesh::previous(lowest))};
        pieces_[Mesh::at(triangle)] = {.area = twice_area(corners),
                                       .parent = triangle,
                                       .rank = std::numeric_limits<std::int32_t>::max(),
                                       .points = 3,
                                       .first = first,
                                       .last = first + 2};
    }
    std::partial_sum(corners_begin_.begin(), corners_begin_.end(), corners_begin_.begin());
    corners_at_.resize(mesh.origin.size());
    for (std::int32_t e = mesh.size(); e-- > 0;) {
        corners_at_[Mesh::at(--corners_begin_[Mesh::at(mesh.origin[Mesh::at(e)])])] = e;
    }
    for (std::size_t i = 0; i < diagonals_.size(); ++i) {
        const std::int32_t e = diagonals_[i].half_edge;
        const std::int32_t t = mesh.twin[Mesh::at(e)];
        sides_[Mesh::at(e)].rank = static_cast<std::int32_t>(2 * i);
        sides_[Mesh::at(t)].rank = static_cast<std::int32_t>(2 * i + 1);
        for (const std::int32_t side : {e, t}) {
            Piece& piece = pieces_[Mesh::at(side / 3)];
            piece.longest = meld(piece.longest, side);
            piece.rank = std::min(piece.rank, sides_[Mesh::at(side)].rank);
        }
    }
    for (std::int32_t triangle = 0; 3 * triangle < mesh.size(); ++triangle) {
        wait(triangle);
    }
}

void HoleOpener::wait(std::int32_t piece) {
    waiting_.push_back({pieces_[Mesh::at(piece)].area, pieces_[Mesh::at(piece)].rank, piece});
    std::push_heap(waiting_.begin(), waiting_.end());
}

std::int32_t HoleOpener::meld(std::int32_t a, std::int32_t b) {
    if (a == Mesh::none) return b;
    if (b == Mesh::none) return a;
    if (sides_[Mesh::at(b)].rank < sides_[Mesh::at(a)].rank) std::swap(a, b);
    Side& top = sides_[Mesh::at(a)];
    top.right = meld(top.right, b);
    const auto depth = [&](std::int32_t side) {
        return side == Mesh::none ? 0 : sides_[Mesh::at(side)].depth;
    };
    if (depth(top.left) < depth(top.right)) std::swap(top.left, top.right);
    top.depth = depth(top.right) + 1;
    return a;
}

std::int32_t HoleOpener::piece_of(std::int32_t triangle) {
    while (pieces_[Mesh::at(triangle)].parent != triangle) {
        std::int32_t& parent = pieces_[Mesh::at(triangle)].parent;
        parent = pieces_[Mesh::at(parent)].parent;
        triangle = parent;
    }
    return triangle;
}

// Looks through the piece's points or the corners at the point, whichever are fewer.
bool HoleOpener::has_point(std::int32_t piece, std::int32_t point) {
    const std::vector<std::int32_t>& origin = triangulation_.mesh().origin;
    const std::int32_t begin = corners_begin_[Mesh::at(point)];
    const std::int32_t end = corners_begin_[Mesh::at(point) + 1];
    if (pieces_[Mesh::at(piece)].points < static_cast<std::uint32_t>(end - begin)) {
        for (std::int32_t e = pieces_[Mesh::at(piece)].first; e != Mesh::none;
             e = next_corner_[Mesh::at(e)]) {
            if (origin[Mesh::at(e)] == point) return true;
        }
        return false;
    }
    return std::any_of(corners_at_.begin() + begin, corners_at_.begin() + end,
                       [&](std::int32_t corner) { return piece_of(corner / 3) == piece; });
}

// Do two pieces share the two ends of the side between them and no other point?
bool HoleOpener::share_only(std::int32_t side, std::int32_t small, std::int32_t large) {
    const Mesh& mesh = triangulation_.mesh();
    const std::int32_t a = mesh.origin[Mesh::at(side)];
    const std::int32_t b = mesh.target(side);
    for (std::int32_t e = pieces_[Mesh::at(small)].first; e != Mesh::none; e = next_corner_[Mesh::at(e)]) {
        const std::int32_t point = mesh.origin[Mesh::at(e)];
        if (point != a && point != b && has_point(large, point)) return false;
    }
    return true;
}

void HoleOpener::join(std::int32_t side, std::int32_t small, std::int32_t large) {
    const Mesh& mesh = triangulation_.mesh();
    Piece& from = pieces_[Mesh::at(small)];
    Piece& to = pieces_[Mesh::at(large)];
    from.parent = large;
    to.area += from.area;
    to.rank = std::min(to.rank, from.rank);
    to.longest = meld(from.longest, to.longest);
    to.points += from.points - 2;
    for (std::int32_t e = from.first; e != Mesh::none;) {
        const std::int32_t following = next_corner_[Mesh::at(e)];
        const std::int32_t point = mesh.origin[Mesh::at(e)];
        if (point != mesh.origin[Mesh::at(side)] && point != mesh.target(side)) {
            next_corner_[Mesh::at(to.last)] = e;
            next_corner_[Mesh::at(e)] = Mesh::none;
            to.last = e;
        }
        e = following;
    }
}

// Tries its sides until one can go. One that cannot never will: the two pieces share a third point, and since
// all points lie on the polygon's own rings, none ever gets inside a piece. So a piece whose sides are used
// up is ready, and each side is looked at once.
void HoleOpener::join_with_a_neighbour(std::int32_t piece) {
    std::int32_t& longest = pieces_[Mesh::at(piece)].longest;
    while (longest != Mesh::none) {
        const std::int32_t side = longest;
        longest = meld(sides_[Mesh::at(side)].left, sides_[Mesh::at(side)].right);
        std::int32_t small = piece;
        std::int32_t large = piece_of(triangulation_.twins()[Mesh::at(side)] / 3);
        if (large == small) continue;
        if (pieces_[Mesh::at(small)].points > pieces_[Mesh::at(large)].points) std::swap(small, large);
        if (!share_only(side, small, large)) continue;
        join(side, small, large);
        wait(large);
        return;
    }
}

// Round each piece once, along the edges that it does not share with itself.
void HoleOpener::trace_pieces() {
    const Mesh& mesh = triangulation_.mesh();
    const auto inside = [&](std::int32_t e) {
        const std::int32_t t = mesh.twin[Mesh::at(e)];
        return t != Mesh::none && piece_of(t / 3) == piece_of(e / 3);
    };
    traced_.assign(mesh.origin.size(), 0);
    for (std::int32_t start = 0; start < mesh.size(); ++start) {
        if (traced_[Mesh::at(start)] != 0 || inside(start)) continue;
        std::int32_t e = start;
        do {
            traced_[Mesh::at(e)] = 1;
            corners_.push_back(static_cast<std::uint32_t>(mesh.origin[Mesh::at(e)]));
            e = Mesh::next(e);
            while (inside(e)) {
                e = Mesh::next(mesh.twin[Mesh::at(e)]);
            }
        } while (e != start);
        ends_.push_back(static_cast<std::uint32_t>(corners_.size()));
    }
}

bool HoleOpener::open(std::span<const Point> points, std::span<const std::uint32_t> ends,
                      const std::atomic<bool>* cancel) {
    corners_.clear();
    ends_.clear();
    if (!triangulation_.triangulate(points, ends, cancel)) return false;
    collect_diagonals(points);
    start_pieces(points);
    for (std::size_t steps = 1; !waiting_.empty(); ++steps) {
        if (steps % flips_per_check == 0 && cancel != nullptr && cancel->load(std::memory_order_relaxed)) {
            return false;
        }
        const Waiting smallest = waiting_.front();
        std::pop_heap(waiting_.begin(), waiting_.end());
        waiting_.pop_back();
        const Piece& piece = pieces_[Mesh::at(smallest.piece)];
        if (piece.parent != smallest.piece || piece.area != smallest.area) continue; // it has grown
        join_with_a_neighbour(smallest.piece);
    }
    trace_pieces();
    return true;
}

} // namespace cutout::geometry
