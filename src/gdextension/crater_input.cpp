#include "gdextension/crater_input.h"

#include "gdextension/polygon_input.h"
#include "geometry/open_holes.h"
#include "geometry/triangulate.h"

#include <numeric>
#include <span>
#include <vector>

namespace cutout::engine {

using binding::Array;
using binding::Dictionary;
using binding::PackedColorArray;
using binding::PackedInt32Array;
using binding::PackedVector2Array;
using binding::Transform2D;
using binding::TypedArray;
using binding::Variant;
using binding::Vector2;
using geometry::Failure;
using geometry::Point;
using geometry::Status;

namespace {

PackedVector2Array pack(std::span<const Point> points) {
    static_assert(sizeof(Point) == sizeof(Vector2));
    return PackedVector2Array(std::span(reinterpret_cast<const Vector2*>(points.data()), points.size()));
}

Failure not_taken_apart(const fracture::Control& control) {
    if (control.cancelled()) return {.status = Status::cancelled, .message = "cancelled"};
    return {.status = Status::internal_error,
            .message =
                "the rest could not be taken apart at its holes; the result was withheld. Please report "
                "the polygon and the hits"};
}

} // namespace

Failure read_crater(const Transform2D& disc, const Array& anchors, std::unique_ptr<fracture::Crater>& out) {
    out = std::make_unique<fracture::Crater>();
    out->centre = {disc.origin.x, disc.origin.y};
    out->axis_x = {disc.x.x, disc.x.y};
    out->axis_y = {disc.y.x, disc.y.y};
    for (std::int64_t i = 0; i < anchors.size(); ++i) {
        const auto points = anchors.at(i).get<PackedVector2Array>();
        if (!points) return bad_argument("anchors must be an Array of PackedVector2Arrays");
        std::vector<Point>& anchor = out->anchors.emplace_back();
        for (const Vector2 point : points->read()) {
            anchor.push_back({point.x, point.y});
        }
    }
    return {};
}

Failure to_arrays(const geometry::PolygonView& polygon, const fracture::Fragments& debris,
                  const fracture::Remains& remains, const debris::Cover& cover,
                  const fracture::Control& control, RemainsArrays& out) {
    out = {};
    out.hit = remains.hit;
    out.area = std::accumulate(remains.areas.begin(), remains.areas.end(), 0.0);
    out.lost = std::accumulate(debris.areas.begin(), debris.areas.end(), 0.0);
    out.points = pack(remains.points);
    std::vector<Point> uvs;
    std::vector<debris::Color> colors;
    Failure failure = debris::paint_points(polygon, remains.points, cover, control, uvs, colors);
    if (!failure.ok()) return failure;
    out.uvs = pack(uvs);
    std::vector<binding::Color> shown;
    shown.reserve(colors.size());
    for (const debris::Color& c : colors) {
        shown.push_back({c.r, c.g, c.b, c.a});
    }
    out.colors = PackedColorArray(std::span<const binding::Color>(shown));

    geometry::Triangulation triangulation;
    if (!remains.points.empty()) {
        if (!triangulation.triangulate(remains.points, remains.ring_ends, control.cancel)) {
            return not_taken_apart(control);
        }
    }
    const std::span<const std::int32_t> corners = triangulation.origins();
    out.triangles.resize(static_cast<std::int64_t>(corners.size() / 3));
    for (std::size_t i = 0; i + 2 < corners.size(); i += 3) {
        out.triangles.put(static_cast<std::int64_t>(i / 3), PackedInt32Array(corners.subspan(i, 3)));
    }
    geometry::HoleOpener opener;
    std::vector<PackedVector2Array> pieces;
    out.polygons.resize(static_cast<std::int64_t>(remains.island_ends.size()));
    std::uint32_t ring = 0;
    for (std::size_t i = 0; i < remains.island_ends.size(); ++i) {
        const std::uint32_t first = ring == 0 ? 0 : remains.ring_ends[ring - 1];
        std::vector<std::uint32_t> ends;
        TypedArray<PackedVector2Array> rings(static_cast<std::int64_t>(remains.island_ends[i] - ring));
        for (std::int64_t k = 0; ring < remains.island_ends[i]; ++ring, ++k) {
            const std::uint32_t begin = ring == 0 ? 0 : remains.ring_ends[ring - 1];
            const std::uint32_t end = remains.ring_ends[ring];
            PackedVector2Array points = pack(std::span(remains.points).subspan(begin, end - begin));
            ends.push_back(end - first);
            if (begin == first && ring + 1 == remains.island_ends[i]) pieces.push_back(points);
            rings.put(k, std::move(points));
        }
        out.polygons.set(static_cast<std::int64_t>(i), Variant::of(static_cast<const Array&>(rings)));
        if (ends.size() == 1) continue;
        const std::span<const Point> points = std::span(remains.points).subspan(first, ends.back());
        if (!opener.open(points, ends, control.cancel)) return not_taken_apart(control);
        for (std::size_t k = 0; k < opener.count(); ++k) {
            std::vector<Point> piece;
            for (const std::uint32_t corner : opener.ring(k)) {
                piece.push_back(points[corner]);
            }
            pieces.push_back(pack(piece));
        }
    }
    out.pieces.resize(static_cast<std::int64_t>(pieces.size()));
    for (std::size_t i = 0; i < pieces.size(); ++i) {
        out.pieces.put(static_cast<std::int64_t>(i), std::move(pieces[i]));
    }
    return {};
}

Dictionary RemainsArrays::to_dictionary() const {
    Dictionary result;
    const auto set = [&result](const char* key, const Variant& value) {
        result.set(Variant::of(binding::String(key)), value);
    };
    set("hit", Variant::of(hit));
    set("area", Variant::of(area));
    set("lost", Variant::of(lost));
    set("polygons", Variant::of(static_cast<const Array&>(polygons)));
    set("points", Variant::of(points));
    set("pieces", Variant::of(static_cast<const Array&>(pieces)));
    set("triangles", Variant::of(static_cast<const Array&>(triangles)));
    set("uvs", Variant::of(uvs));
    set("colors", Variant::of(colors));
    return result;
}

} // namespace cutout::engine
