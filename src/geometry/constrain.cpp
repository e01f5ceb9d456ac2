#include "geometry/constrain.h"

#include "geometry/limits.h"
#include "geometry/predicates.h"

#include <algorithm>
#include <cstddef>
#include <numeric>
#include <utility>

namespace cutout::geometry {

namespace {

constexpr std::int8_t unknown_winding = 100;

} // namespace

// Equal points get one number; the numbers rise with x, then y.
void Constrainer::number_points(std::span<const Point> points) {
    order_.resize(points.size());
    std::iota(order_.begin(), order_.end(), 0);
    std::sort(order_.begin(), order_.end(), [&](std::int32_t i, std::int32_t j) {
        const Point p = points[Mesh::at(i)];
        const Point q = points[Mesh::at(j)];
        return p == q ? i < j : lexicographic_less(p, q);
    });
    distinct_.clear();
    first_.clear();
    number_.resize(points.size());
    for (const std::int32_t i : order_) {
        const Point p = points[Mesh::at(i)];
        if (distinct_.empty() || !(distinct_.back() == p)) {
            distinct_.push_back(p);
            first_.push_back(i);
        }
        number_[Mesh::at(i)] = static_cast<std::int32_t>(distinct_.size()) - 1;
    }
}

bool Constrainer::sweep(std::span<const Point> sorted, Mesh& out) {
    const auto count = static_cast<std::int32_t>(sorted.size());
    const auto turn = [&](std::int32_t a, std::int32_t b, std::int32_t c) {
        return orientation(sorted[Mesh::at(a)], sorted[Mesh::at(b)], sorted[Mesh::at(c)]);
    };
    out.clear();
    std::int32_t k = 2;
    while (k < count && turn(0, 1, k) == 0) {
        ++k;
    }
    if (k >= count) return false;
    out.origin.reserve(6 * sorted.size());
    out.twin.reserve(6 * sorted.size());
    hull_next_.resize(sorted.size());
    hull_previous_.resize(sorted.size());
    hull_edge_.resize(sorted.size());
    const auto join = [&](std::int32_t a, std::int32_t b, std::int32_t edge) {
        hull_next_[Mesh::at(a)] = b;
        hull_previous_[Mesh::at(b)] = a;
        hull_edge_[Mesh::at(a)] = edge;
    };
    // The first points lie on a line; the first one off it sees them all.
    const bool left = turn(0, 1, k) > 0;
    for (std::int32_t i = 0; i + 1 < k; ++i) {
        const std::int32_t e = left ? out.add(i, i + 1, k) : out.add(i + 1, i, k);
        if (i > 0) out.link(left ? e + 2 : e + 1, left ? e - 2 : e - 1);
        join(left ? i : i + 1, left ? i + 1 : i, e);
    }
    join(left ? k - 1 : k, left ? k : k - 1, left ? out.size() - 2 : out.size() - 1);
    join(left ? k : 0, left ? 0 : k, left ? 2 : 1);
    // Every later point lies outside the hull, and beside it lies the point before.
    for (std::int32_t p = k + 1; p < count; ++p) {
        const std::int32_t start = p - 1;
        std::int32_t to_point = Mesh::none;   // the new hull edge that ends in p
        std::int32_t from_point = Mesh::none; // the new hull edge that leaves p
        std::int32_t ahead = start;
        while (turn(ahead, hull_next_[Mesh::at(ahead)], p) < 0) {
            const std::int32_t beyond = hull_next_[Mesh::at(ahead)];
            const std::int32_t e = out.add(beyond, ahead, p);
            out.link(e, hull_edge_[Mesh::at(ahead)]);
            if (from_point == Mesh::none) {
                to_point = e + 1;
            } else {
                out.link(e + 1, from_point);
            }
            from_point = e + 2;
            ahead = beyond;
        }
        std::int32_t back = start;
        while (turn(hull_previous_[Mesh::at(back)], back, p) < 0) {
            const std::int32_t beyond = hull_previous_[Mesh::at(back)];
            const std::int32_t e = out.add(back, beyond, p);
            out.link(e, hull_edge_[Mesh::at(beyond)]);
            if (to_point == Mesh::none) {
                from_point = e + 2;
            } else {
                out.link(e + 2, to_point);
            }
            to_point = e + 1;
            back = beyond;
        }
        join(back, p, to_point);
        join(p, ahead, from_point);
    }
    return true;
}

bool Constrainer::start_mesh() {
    if (delaunay_.triangulate(distinct_)) {
        mesh_.origin.assign(delaunay_.origins().begin(), delaunay_.origins().end());
        mesh_.twin.assign(delaunay_.twins().begin(), delaunay_.twins().end());
    } else {
        if (!sweep(distinct_, mesh_) || !make_delaunay(distinct_, cancel_, mesh_, stack_)) return false;
    }
    ring_.assign(mesh_.origin.size(), 0);
    rim_of_.assign(mesh_.origin.size(), Mesh::none);
    leaving_.assign(distinct_.size(), Mesh::none);
    for (std::int32_t e = 0; e < mesh_.size(); ++e) {
        leaving_[Mesh::at(mesh_.origin[Mesh::at(e)])] = e;
    }
    return std::find(leaving_.begin(), leaving_.end(), Mesh::none) == leaving_.end();
}

// A ring runs along the half-edge (or against it). False: another does already.
bool Constrainer::mark(std::int32_t e, bool forward) {
    if (ring_[Mesh::at(e)] != 0) return false;
    const std::int8_t direction = forward ? 1 : -1;
    ring_[Mesh::at(e)] = direction;
    const std::int32_t t = mesh_.twin[Mesh::at(e)];
    if (t != Mesh::none) ring_[Mesh::at(t)] = static_cast<std::int8_t>(-direction);
    return true;
}

// Visits the triangles round a point, each by its half-edge that leaves the point, until visit() says true:
// counter-clockwise, and from the hull on the other way.
template <typename Visit> void Constrainer::around(std::int32_t number, const Visit& visit) const {
    const std::int32_t start = leaving_[Mesh::at(number)];
    std::int32_t e = start;
    do {
        if (visit(e)) return;
        e = mesh_.twin[Mesh::at(Mesh::previous(e))];
    } while (e != start && e != Mesh::none);
    if (e == start) return;
    for (e = mesh_.twin[Mesh::at(start)]; e != Mesh::none; e = mesh_.twin[Mesh::at(e)]) {
        e = Mesh::next(e);
        if (visit(e)) return;
    }
}

std::int32_t Constrainer::find_edge(std::int32_t from, std::int32_t to, bool& forward) const {
    std::int32_t found = Mesh::none;
    around(from, [&](std::int32_t e) {
        forward = mesh_.target(e) == to;
        if (forward) found = e;
        if (mesh_.apex(e) == to) found = Mesh::previous(e);
        return found != Mesh::none;
    });
    return found;
}

// The half-edge that leaves `from` just right of the way to `to`. False: there is a point on the way.
bool Constrainer::find_way(std::int32_t from, std::int32_t to, std::int32_t& e) const {
    const Point a = point(from);
    const Point b = point(to);
    bool clear = true;
    e = Mesh::none;
    around(from, [&](std::int32_t h) {
        const Point right = point(mesh_.target(h));
        const Point left = point(mesh_.apex(h));
        const int side_right = orientation(a, b, right);
        const int side_left = orientation(a, b, left);
        clear = (side_right != 0 || !strictly_between_collinear(a, b, right)) &&
                (side_left != 0 || !strictly_between_collinear(a, b, left));
        if (side_right < 0 && side_left > 0) e = h;
        return !clear || e != Mesh::none;
    });
    return clear && e != Mesh::none;
}

// Takes out the triangles between `from` and `to`. False: there is a point on the way, or a ring's edge.
bool Constrainer::open_cavity(std::int32_t from, std::int32_t to, std::int32_t e) {
    const Point a = point(from);
    const Point b = point(to);
    free_.assign(1, e / 3);
    rim_.clear();
    stack_.clear(); // the left side of the rim, backwards
    const auto on_right = [&](std::int32_t h) { rim_.push_back({.half_edge = h}); };
    on_right(e);
    stack_.push_back(Mesh::previous(e));
    std::int32_t crossed = Mesh::next(e); // from right to left
    while (true) {
        if (ring_[Mesh::at(crossed)] != 0) return false;
        const std::int32_t t = mesh_.twin[Mesh::at(crossed)];
        if (t == Mesh::none) return false;
        free_.push_back(t / 3);
        const std::int32_t apex = mesh_.apex(t);
        const int side = apex == to ? 0 : orientation(a, b, point(apex));
        if (side == 0 && apex != to) return false;
        if (side <= 0) on_right(Mesh::next(t));
        if (side >= 0) stack_.push_back(Mesh::previous(t));
        if (side == 0) break;
        crossed = side > 0 ? Mesh::next(t) : Mesh::previous(t);
    }
    while (!stack_.empty()) {
        rim_.push_back({.half_edge = stack_.back()});
        stack_.pop_back();
    }
    for (std::size_t i = 0; i < rim_.size(); ++i) {
        RimEdge& edge = rim_[i];
        edge.origin = mesh_.origin[Mesh::at(edge.half_edge)];
        edge.twin = mesh_.twin[Mesh::at(edge.half_edge)];
        edge.ring = ring_[Mesh::at(edge.half_edge)];
        rim_of_[Mesh::at(edge.half_edge)] = static_cast<std::int32_t>(i);
    }
    for (RimEdge& edge : rim_) {
        if (edge.twin != Mesh::none) edge.partner = rim_of_[Mesh::at(edge.twin)];
    }
    for (const RimEdge& edge : rim_) {
        rim_of_[Mesh::at(edge.half_edge)] = Mesh::none;
    }
    return true;
}

// Fills the half of the cavity whose rim runs from rim_[begin] to the point `last`, and returns the half-edge
// that closes it. A corner that turns left is cut off as soon as it is known: what is left of the scanned rim
// never turns left, and at the end, since all of it lies on one side of the closing edge, it is that edge.
// The triangles turn left and their edges add up to the rim, so they cover the cavity once and nothing else.
std::int32_t Constrainer::scan_rim(std::size_t begin, std::size_t end, std::int32_t last) {
    std::int32_t closing = Mesh::none;
    scan_.clear();
    for (std::size_t i = begin; i < end; ++i) {
        scan_.push_back({rim_[i].origin, -1 - static_cast<std::int32_t>(i)});
        const std::int32_t to = i + 1 == end ? last : rim_[i + 1].origin;
        while (scan_.size() > 1) {
            const ScanEdge& first = scan_[scan_.size() - 2];
            const ScanEdge& second = scan_.back();
            if (orientation(point(first.origin), point(second.origin), point(to)) <= 0) break;
            const std::int32_t e = 3 * free_.back();
            free_.pop_back();
            const std::int32_t corners[] = {first.origin, second.origin, to};
            for (std::int32_t k = 0; k < 3; ++k) {
                mesh_.origin[Mesh::at(e + k)] = corners[k];
                leaving_[Mesh::at(corners[k])] = e + k;
                ring_[Mesh::at(e + k)] = 0;
            }
            for (std::int32_t k = 0; k < 2; ++k) {
                const std::int32_t beyond = k == 0 ? first.beyond : second.beyond;
                if (beyond >= 0) {
                    mesh_.link(e + k, beyond);
                } else {
                    rim_[Mesh::at(-1 - beyond)].half_edge = e + k;
                }
            }
            closing = e + 2;
            scan_.pop_back();
            scan_.back().beyond = closing;
        }
    }
    return scan_.size() == 1 ? closing : Mesh::none;
}

bool Constrainer::fill_cavity(std::int32_t from, std::int32_t to) {
    const auto middle =
        std::find_if(rim_.begin(), rim_.end(), [&](const RimEdge& edge) { return edge.origin == to; });
    const auto split = static_cast<std::size_t>(middle - rim_.begin());
    const std::int32_t right = scan_rim(0, split, to);
    const std::int32_t left = scan_rim(split, rim_.size(), from);
    if (right == Mesh::none || left == Mesh::none) return false;
    for (const RimEdge& edge : rim_) {
        const std::int32_t e = edge.half_edge;
        mesh_.link(e, edge.partner == Mesh::none ? edge.twin : rim_[Mesh::at(edge.partner)].half_edge);
        ring_[Mesh::at(e)] = edge.ring;
    }
    mesh_.link(right, left);
    return mark(left, true);
}

bool Constrainer::insert(std::int32_t from, std::int32_t to) {
    if (from == to) return false;
    bool forward = true;
    std::int32_t e = find_edge(from, to, forward);
    if (e != Mesh::none) return mark(e, forward);
    return find_way(from, to, e) && open_cavity(from, to, e) && fill_cavity(from, to);
}

// False: something is wound round more than once, or not all in one sense, or nothing is.
bool Constrainer::wind() {
    const std::size_t triangles = mesh_.origin.size() / 3;
    winding_.assign(triangles, unknown_winding);
    const auto hull = std::find(mesh_.twin.begin(), mesh_.twin.end(), Mesh::none);
    const auto start = static_cast<std::int32_t>(hull - mesh_.twin.begin());
    winding_[Mesh::at(start / 3)] = ring_[Mesh::at(start)];
    stack_.assign(1, start / 3);
    bool positive = false;
    bool negative = false;
    while (!stack_.empty()) {
        const std::int32_t triangle = stack_.back();
        stack_.pop_back();
        const std::int8_t value = winding_[Mesh::at(triangle)];
        if (value > 1 || value < -1) return false;
        positive |= value > 0;
        negative |= value < 0;
        for (std::int32_t e = 3 * triangle; e < 3 * triangle + 3; ++e) {
            const std::int32_t t = mesh_.twin[Mesh::at(e)];
            if (t == Mesh::none || winding_[Mesh::at(t / 3)] != unknown_winding) continue;
            winding_[Mesh::at(t / 3)] = static_cast<std::int8_t>(value - ring_[Mesh::at(e)]);
            stack_.push_back(t / 3);
        }
    }
    return positive != negative;
}

void Constrainer::keep_inside(Mesh& out) {
    out.clear();
    std::int32_t kept = 0;
    stack_.resize(winding_.size()); // of each triangle its new number
    for (std::size_t triangle = 0; triangle < winding_.size(); ++triangle) {
        stack_[triangle] = winding_[triangle] != 0 ? kept++ : Mesh::none;
    }
    out.origin.reserve(3 * Mesh::at(kept));
    out.twin.reserve(3 * Mesh::at(kept));
    for (std::int32_t e = 0; e < mesh_.size(); ++e) {
        if (stack_[Mesh::at(e / 3)] == Mesh::none) continue;
        out.origin.push_back(first_[Mesh::at(mesh_.origin[Mesh::at(e)])]);
        const std::int32_t t = ring_[Mesh::at(e)] != 0 ? Mesh::none : mesh_.twin[Mesh::at(e)];
        out.twin.push_back(t == Mesh::none ? t : 3 * stack_[Mesh::at(t / 3)] + t % 3);
    }
}

bool Constrainer::run(std::span<const Point> points, std::span<const std::uint32_t> ends,
                      const std::atomic<bool>* cancel, Mesh& out) {
    cancel_ = cancel;
    number_points(points);
    if (!start_mesh()) return false;
    std::uint32_t begin = 0;
    for (const std::uint32_t end : ends) {
        if (end < begin + 3) return false;
        for (std::uint32_t i = begin; i < end; ++i) {
            if (i % flips_per_check == 0 && cancel != nullptr && cancel->load(std::memory_order_relaxed)) {
                return false;
            }
            if (!insert(number_[i], number_[i + 1 == end ? begin : i + 1])) return false;
        }
        begin = end;
    }
    if (!wind()) return false;
    keep_inside(out);
    return true;
}

} // namespace cutout::geometry
