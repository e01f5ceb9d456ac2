#include "gdextension/cover_input.h"

#include "gdextension/polygon_input.h"

namespace cutout::engine {

using binding::PackedColorArray;
using binding::PackedVector2Array;
using binding::Transform2D;

debris::Cover CoverArrays::read() const {
    debris::Cover cover;
    cover.uv = to_affine(uv);
    for (const binding::Vector2 point : uvs.read()) {
        cover.uvs.push_back({point.x, point.y});
    }
    for (const binding::Color color : colors.read()) {
        cover.colors.push_back({color.r, color.g, color.b, color.a});
    }
    return cover;
}

geometry::Failure read_cover(const binding::Array& list, std::unique_ptr<CoverArrays>& out) {
    out.reset();
    if (list.size() == 0) return {};
    static constexpr std::int64_t parts = 3;
    if (list.size() == parts) {
        const auto uv = list.at(0).get<Transform2D>();
        auto uvs = list.at(1).get<PackedVector2Array>();
        auto colors = list.at(2).get<PackedColorArray>();
        if (uv && uvs && colors) {
            out = std::make_unique<CoverArrays>(
                CoverArrays{.uv = *uv, .uvs = std::move(*uvs), .colors = std::move(*colors)});
            return {};
        }
    }
    return bad_argument(
        "cover must be empty, or hold a Transform2D, a PackedVector2Array and a PackedColorArray");
}

debris::Affine to_affine(const Transform2D& transform) {
    return {{transform.x.x, transform.x.y},
            {transform.y.x, transform.y.y},
            {transform.origin.x, transform.origin.y}};
}

Transform2D to_transform(const debris::Affine& map) {
    return {{map.x.x, map.x.y}, {map.y.x, map.y.y}, {map.origin.x, map.origin.y}};
}

} // namespace cutout::engine
