#include "geometry/triangulate.h"

#include "geometry/limits.h"
#include "geometry/predicates.h"

#include <algorithm>
#include <limits>

namespace cutout::geometry {

int Triangulation::turn_at(const Corner& corner) const {
    return orientation(corners_[Mesh::at(corner.previous)].place, corner.place,
                       corners_[Mesh::at(corner.next)].place);
}

// Does the triangle of the corner and its two neighbours hold no other corner? If it held one, then the one
// farthest from the cut would lie on a dent of the ring: only those need a look. A corner on the cut itself
// counts too, so what is left is a simple ring again.
bool Triangulation::is_ear(std::int32_t corner) const {
    const Corner& ear = corners_[Mesh::at(corner)];
    const Point a = corners_[Mesh::at(ear.previous)].place;
    const Point b = ear.place;
    const Point c = corners_[Mesh::at(ear.next)].place;
    const float low_x = std::min({a.x, b.x, c.x});
    const float low_y = std::min({a.y, b.y, c.y});
    const float high_x = std::max({a.x, b.x, c.x});
    const float high_y = std::max({a.y, b.y, c.y});
    for (const std::int32_t d : dents_) {
        const Corner& dent = corners_[Mesh::at(d)];
        const Point p = dent.place;
        // (One branch: which of these keeps it out cannot be foreseen.)
        const int near = static_cast<int>(p.x >= low_x) & static_cast<int>(p.x <= high_x) &
                         static_cast<int>(p.y >= low_y) & static_cast<int>(p.y <= high_y) &
                         static_cast<int>(dent.turn <= 0) & static_cast<int>(d != ear.previous) &
                         static_cast<int>(d != ear.next);
        if (near != 0 && orientation(c, a, p) >= 0 && orientation(a, b, p) >= 0 && orientation(b, c, p) >= 0)
            return false;
    }
    return true;
}

void Triangulation::cut(std::int32_t corner, bool linked) {
    const Corner ear = corners_[Mesh::at(corner)];
    Corner& before = corners_[Mesh::at(ear.previous)];
    Corner& after = corners_[Mesh::at(ear.next)];
    if (linked) {
        const std::int32_t e = mesh_.add(before.point, ear.point, after.point);
        mesh_.link(e, before.beyond);
        mesh_.link(e + 1, ear.beyond);
        before.beyond = e + 2;
    } else {
        mesh_.add_alone(before.point, ear.point, after.point);
    }
    before.next = ear.next;
    after.previous = ear.previous;
    before.turn = turn_at(before);
    after.turn = turn_at(after);
}

// Every corner turns left. Where the ring goes round once it is convex: all triangles have the first corner.
bool Triangulation::fan(bool linked) {
    int rounds = 0; // how often it begins to go to the right
    for (const Corner& corner : corners_) {
        const float x = corner.place.x;
        rounds +=
            x <= corners_[Mesh::at(corner.previous)].place.x && corners_[Mesh::at(corner.next)].place.x > x
                ? 1
                : 0;
    }
    if (rounds != 1) return false;
    for (std::size_t i = 2; i < corners_.size(); ++i) {
        if (!linked) {
            mesh_.add_alone(corners_[0].point, corners_[i - 1].point, corners_[i].point);
            continue;
        }
        const std::int32_t e = mesh_.add(corners_[0].point, corners_[i - 1].point, corners_[i].point);
        if (i > 2) mesh_.link(e, e - 1); // the last edge of the triangle before it
    }
    return true;
}

bool Triangulation::cut_ears(RingView ring, bool linked) {
    const auto count = static_cast<std::int32_t>(ring.size());
    const int direction = winding(ring);
    if (direction == 0) return false;
    corners_.resize(ring.size());
    dents_.clear();
    for (std::int32_t i = 0; i < count; ++i) {
        const std::int32_t point = direction > 0 ? i : count - 1 - i;
        corners_[Mesh::at(i)] = {.place = ring[Mesh::at(point)],
                                 .point = point,
                                 .previous = i == 0 ? count - 1 : i - 1,
                                 .next = i == count - 1 ? 0 : i + 1};
    }
    for (std::int32_t i = 0; i < count; ++i) {
        Corner& corner = corners_[Mesh::at(i)];
        corner.turn = turn_at(corner);
        if (corner.turn <= 0) dents_.push_back(i);
    }
    if (dents_.empty() && fan(linked)) return true;
    std::int32_t at = 0;
    std::int32_t refused = 0; // since the last cut
    for (std::int32_t left = count; left > 3;) {
        const Corner& corner = corners_[Mesh::at(at)];
        if (corner.turn > 0 && is_ear(at)) {
            const std::int32_t after = corner.next;
            cut(at, linked);
            at = corners_[Mesh::at(after)].next; // not at once beside the last cut: rounder triangles
            --left;
            refused = 0;
            continue;
        }
        if (++refused > left) return false; // a simple ring always has an ear (G. H. Meisters, 1975)
        at = corner.next;
    }
    const Corner& last = corners_[Mesh::at(at)];
    if (last.turn <= 0) return false;
    const Corner& before = corners_[Mesh::at(last.previous)];
    const Corner& after = corners_[Mesh::at(last.next)];
    if (!linked) {
        mesh_.add_alone(before.point, last.point, after.point);
        return true;
    }
    const std::int32_t e = mesh_.add(before.point, last.point, after.point);
    mesh_.link(e, before.beyond);
    mesh_.link(e + 1, last.beyond);
    mesh_.link(e + 2, after.beyond);
    return true;
}

bool Triangulation::triangulate(std::span<const Point> points, std::span<const std::uint32_t> ends,
                                const std::atomic<bool>* cancel, TriangleKind kind) {
    mesh_.clear();
    if (points.size() < 3 || ends.empty() || ends.back() != points.size() || points.size() > max_points) {
        return false;
    }
    bool done = ends.size() == 1 && points.size() <= max_ear_points &&
                cut_ears(points, kind == TriangleKind::delaunay);
    if (!done) {
        mesh_.clear();
        done = constrainer_.run(points, ends, cancel, mesh_);
    }
    if (done && (kind == TriangleKind::any || make_delaunay(points, cancel, mesh_, stack_))) return true;
    mesh_.clear();
    return false;
}

bool Triangulation::triangulate(RingView ring, TriangleKind kind) {
    const auto end = static_cast<std::uint32_t>(ring.size());
    return triangulate(ring, {&end, 1}, nullptr, kind);
}

} // namespace cutout::geometry
