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

void paint(const Blend& blend, const Cover& cover, bool by_weights, Attribute& out) {
    std::array<double, 4> color{};
    std::array<double, 2> uv{};
    for (std::size_t k = 0; k < blend.weights().size(); ++k) {
        const double weight = blend.weights()[k];
        if (weight == 0.0) continue;
        if (by_weights) {
            uv[0] += weight * cover.uvs[k].x;
            uv[1] += weight * cover.uvs[k].y;
        }
        if (cover.colors.empty()) continue;
        const Color& c = cover.colors[k];
        color[0] += weight * c.r;
        color[1] += weight * c.g;
        color[2] += weight * c.b;
        color[3] += weight * c.a;
    }
    if (by_weights) out.uv = cover.uv.apply({static_cast<float>(uv[0]), static_cast<float>(uv[1])});
    if (cover.colors.empty()) return;
    out.r = channel(color[0]);
    out.g = channel(color[1]);
    out.b = channel(color[2]);
    out.a = channel(color[3]);
}

Failure paint_all(const geometry::PolygonView& polygon, const fracture::Fragments& fragments,
                  const Cover& cover, const fracture::Control& control, std::vector<Attribute>& out) {
    out.resize(fragments.points.size());
    Affine uv = cover.uv;
    bool by_weights = false;
    if (!cover.uvs.empty()) {
        const StraightMap straight(polygon, cover.uvs);
        by_weights = straight.get() == nullptr;
        if (!by_weights) uv = cover.uv.after(*straight.get());
    }
    const bool weighs = by_weights || !cover.colors.empty();
    Blend blend(polygon);
    for (std::size_t i = 0; i < out.size(); ++i) {
        if (i % look_every == 0 && control.cancelled()) {
            return {.status = Status::cancelled, .message = "cancelled"};
        }
        const Point point = fragments.points[i];
        if (!by_weights) out[i].uv = uv.apply(point);
        if (weighs && blend.weigh(point)) paint(blend, cover, by_weights, out[i]);
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

Failure make_sheet(const geometry::PolygonView& polygon, const fracture::Fragments& fragments,
                   const Cover& cover, const fracture::Control& control, Sheet& out) {
    out.clear();
    Failure failure = check(polygon, cover);
    fracture::Triangles triangles;
    if (failure.ok()) failure = fracture::find_triangles(fragments, control, triangles);
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
        append_hull(local, out.hulls);
        out.hull_offsets.push_back(static_cast<std::uint32_t>(out.hulls.size()));
    }
    return {};
}

} // namespace cutout::debris
