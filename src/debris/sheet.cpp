#include "debris/sheet.h"

#include "debris/blend.h"
#include "debris/hull.h"
#include "fracture/derived.h"

#include <algorithm>
#include <cmath>

namespace cutout::debris {

namespace {

using geometry::Failure;
using geometry::Status;

constexpr std::size_t look_every = 4096; // points between two looks at the cancel flag

std::uint8_t channel(double value) {
    const double clamped = value > 0.0 ? std::min(value, 1.0) : 0.0; // also for what is no number
    return static_cast<std::uint8_t>(std::lround(clamped * 255.0));
}

// The straight map that takes three corners of the polygon to their texture coordinates, if it takes all.
class StraightMap {
public:
    StraightMap(const geometry::PolygonView& polygon, std::span<const Point> uvs) {
        std::vector<Point> corners;
        for (const geometry::RingView& ring : polygon.rings) {
            corners.insert(corners.end(), ring.begin(), ring.end());
        }
        if (!pick_base(corners)) return;
        fit(corners, uvs);
        // As far off as the texture coordinates were rounded when they were made.
        exists_ = map_.finite();
        float largest = 1.0F;
        for (const Point uv : uvs) {
            largest = std::max({largest, std::abs(uv.x), std::abs(uv.y)});
        }
        for (std::size_t i = 0; i < corners.size() && exists_; ++i) {
            const Point off = map_.apply(corners[i]) - uvs[i];
            exists_ = std::abs(off.x) <= tolerance * largest && std::abs(off.y) <= tolerance * largest;
        }
    }

    [[nodiscard]] const Affine* get() const { return exists_ ? &map_ : nullptr; }

private:
    static constexpr float tolerance = 1e-5F; // share of the largest texture coordinate

    // Two corners far apart, and the one farthest from the line through them.
    bool pick_base(std::span<const Point> corners) {
        const auto farthest = [&](auto&& distance) {
            std::size_t best = 0;
            for (std::size_t i = 1; i < corners.size(); ++i) {
                if (distance(corners[i]) > distance(corners[best])) best = i;
            }
            return best;
        };
        base_[0] = 0;
        base_[1] = farthest([&](Point p) { return length(p - corners[0]); });
        const Point axis = corners[base_[1]] - corners[0];
        const auto beside = [&](Point p) {
            const Point d = p - corners[0];
            return std::abs((axis.x * d.y) - (axis.y * d.x));
        };
        base_[2] = farthest(beside);
        return beside(corners[base_[2]]) > 0.0F;
    }

    void fit(std::span<const Point> corners, std::span<const Point> uvs) {
        const Point o = corners[base_[0]];
        const Affine from{corners[base_[1]] - o, corners[base_[2]] - o, o};
        const Point t = uvs[base_[0]];
        const Affine to{uvs[base_[1]] - t, uvs[base_[2]] - t, t};
        if (const auto back = from.inverse()) map_ = to.after(*back);
    }

    std::array<std::size_t, 3> base_{};
    Affine map_{{NAN, NAN}, {NAN, NAN}, {NAN, NAN}};
    bool exists_ = false;
};

// What the cover says at any point of the polygon.
class Painter {
public:
    Painter(const geometry::PolygonView& polygon, const Cover& cover) : cover_(cover), blend_(polygon) {
        if (cover.uvs.empty()) return;
        const StraightMap straight(polygon, cover.uvs);
        by_weights_ = straight.get() == nullptr;
        if (by_weights_) return;
        straight_ = *straight.get();
        whole_ = cover.uv.after(straight_);
    }

    void move_to(Point point) {
        point_ = point;
        uv_ = {};
        color_ = {};
        if (!(by_weights_ || has_colors()) || !blend_.weigh(point)) return;
        for (std::size_t k = 0; k < blend_.weights().size(); ++k) {
            const double weight = blend_.weights()[k];
            if (weight == 0.0) continue;
            if (by_weights_) {
                uv_[0] += weight * cover_.uvs[k].x;
                uv_[1] += weight * cover_.uvs[k].y;
            }
            if (!has_colors()) continue;
            const Color& c = cover_.colors[k];
            color_[0] += weight * c.r;
            color_[1] += weight * c.g;
            color_[2] += weight * c.b;
            color_[3] += weight * c.a;
        }
    }
    [[nodiscard]] bool has_colors() const { return !cover_.colors.empty(); }
    // One of Cover::uvs, or the point itself where there are none.
    [[nodiscard]] Point uv() const {
        if (by_weights_) return {static_cast<float>(uv_[0]), static_cast<float>(uv_[1])};
        return straight_.apply(point_);
    }
    [[nodiscard]] const std::array<double, 4>& color() const { return color_; }
    // Where uv() goes along a straight map: from the point at once, rounded once.
    [[nodiscard]] Point texture() const { return by_weights_ ? cover_.uv.apply(uv()) : whole_.apply(point_); }

private:
    const Cover& cover_;
    Blend blend_;
    bool by_weights_ = false;
    Affine straight_;
    Affine whole_ = cover_.uv;
    Point point_;
    std::array<double, 2> uv_{};
    std::array<double, 4> color_{};
};

Failure paint_all(const geometry::PolygonView& polygon, const fracture::Fragments& fragments,
                  const Cover& cover, const fracture::Control& control, std::vector<Attribute>& out) {
    out.resize(fragments.points.size());
    Painter painter(polygon, cover);
    for (std::size_t i = 0; i < out.size(); ++i) {
        if (i % look_every == 0 && control.cancelled()) {
            return {.status = Status::cancelled, .message = "cancelled"};
        }
        painter.move_to(fragments.points[i]);
        out[i].uv = painter.texture();
        if (!painter.has_colors()) continue;
        out[i].r = channel(painter.color()[0]);
        out[i].g = channel(painter.color()[1]);
        out[i].b = channel(painter.color()[2]);
        out[i].a = channel(painter.color()[3]);
    }
    return {};
}

Failure check(const geometry::PolygonView& polygon, const Cover& cover) {
    const std::size_t points = polygon.point_count();
    const auto fits = [points](std::size_t count) { return count == 0 || count == points; };
    if (fits(cover.uvs.size()) && fits(cover.colors.size())) return {};
    return {.status = Status::bad_argument,
            .message = "there are " + std::to_string(cover.uvs.size()) + " texture coordinates and " +
                       std::to_string(cover.colors.size()) + " colours for " + std::to_string(points) +
                       " points; give one for each, or none"};
}

} // namespace

Failure paint_points(const geometry::PolygonView& polygon, std::span<const Point> points, const Cover& cover,
                     const fracture::Control& control, std::vector<Point>& uvs, std::vector<Color>& colors) {
    uvs.clear();
    colors.clear();
    Failure failure = check(polygon, cover);
    if (!failure.ok() || (cover.uvs.empty() && cover.colors.empty())) return failure;
    Painter painter(polygon, cover);
    for (std::size_t i = 0; i < points.size(); ++i) {
        if (i % look_every == 0 && control.cancelled()) {
            return {.status = Status::cancelled, .message = "cancelled"};
        }
        painter.move_to(points[i]);
        if (!cover.uvs.empty()) uvs.push_back(painter.uv());
        if (!painter.has_colors()) continue;
        const std::array<double, 4>& c = painter.color();
        colors.push_back({static_cast<float>(c[0]), static_cast<float>(c[1]), static_cast<float>(c[2]),
                          static_cast<float>(c[3])});
    }
    return {};
}

Failure make_sheet(const geometry::PolygonView& polygon, const fracture::Fragments& fragments,
                   const Cover& cover, const fracture::Control& control, Sheet& out) {
    out.clear();
    Failure failure = check(polygon, cover);
    fracture::Triangles triangles;
    if (failure.ok())
        failure = fracture::find_triangles(fragments, control, triangles, geometry::TriangleKind::any);
    if (failure.ok()) failure = paint_all(polygon, fragments, cover, control, out.attributes);
    if (!failure.ok()) {
        out.clear();
        return failure;
    }
    if (fragments.points.size() <= short_index_vertices) {
        out.short_indices.reserve(triangles.corners.size());
        for (const std::uint32_t corner : triangles.corners) {
            out.short_indices.push_back(static_cast<std::uint16_t>(corner));
        }
    } else {
        out.long_indices = std::move(triangles.corners);
    }
    out.hull_offsets.reserve(fragments.size() + 1);
    out.radii.reserve(fragments.size());
    std::vector<Point> local;
    for (std::size_t i = 0; i < fragments.size(); ++i) {
        local.assign(fragments.ring(i).begin(), fragments.ring(i).end());
        float radius = 0.0F;
        for (Point& p : local) {
            p = p - fragments.centroids[i];
            radius = std::max(radius, length(p));
        }
        out.radii.push_back(radius);
        append_hull_of_ring(local, out.hulls);
        out.hull_offsets.push_back(static_cast<std::uint32_t>(out.hulls.size()));
    }
    return {};
}

} // namespace cutout::debris
