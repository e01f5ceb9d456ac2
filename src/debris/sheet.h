// What a canvas needs to draw the fragments of one object from a single vertex buffer, and physics to give
// them bodies.
//
//     Cover cover;                     // how the object is painted
//     Sheet sheet;
//     geometry::Failure failure = make_sheet(polygon, fragments, cover, control, sheet);
//
// The vertices are the fragments' points themselves, in their order: at rest the sheet shows exactly the area
// of the polygon, since neighbours share their points bit for bit.
//
// Thread rule: reentrant. On failure the result is empty.
#pragma once

#include "debris/affine.h"
#include "fracture/fracture.h"
#include "geometry/status.h"

#include <cstdint>
#include <span>
#include <vector>

namespace cutout::debris {

struct Color {
    float r = 1.0F;
    float g = 1.0F;
    float b = 1.0F;
    float a = 1.0F;

    friend bool operator==(const Color&, const Color&) = default;
};

// How the object is painted. What stands here once for each point of the polygon (its rings one after the
// other) is either empty or complete. Points that a fracture adds get what lies between: along a straight map
// exactly, else by mean value coordinates (K. Hormann and M. Floater, Mean value coordinates for arbitrary
// planar polygons, ACM TOG 25, 2006), which on an edge are linear.
struct Cover {
    // To the coordinates of the texture, 0 to 1 across it: from `uvs` where there are any, else from the
    // polygon's own.
    Affine uv;
    std::vector<Point> uvs;
    std::vector<Color> colors;
};

// Of one vertex, as the renderer's buffers have it: 8 bits a channel, then the texture coordinate.
struct Attribute {
    std::uint8_t r = 255;
    std::uint8_t g = 255;
    std::uint8_t b = 255;
    std::uint8_t a = 255;
    Point uv{};
};
static_assert(sizeof(Attribute) == 12);

struct Sheet {
    std::vector<Attribute> attributes; // one for each of the fragments' points
    // Three corners a triangle, into the points: 16 bits each where that is enough, else 32.
    std::vector<std::uint16_t> short_indices;
    std::vector<std::uint32_t> long_indices;
    // Of the circle round the centroid of fragment i that holds it.
    std::vector<float> radii;
    // Convex hull of fragment i: points [hull_offsets[i], hull_offsets[i + 1]), counter-clockwise, relative
    // to its centroid.
    std::vector<Point> hulls;
    std::vector<std::uint32_t> hull_offsets{0};

    void clear() { *this = Sheet(); }
};

// The most vertices that 16 bits can tell apart.
inline constexpr std::size_t short_index_vertices = 65'536;

// `polygon` is what was cut; `fragments` what came of it, with centroids.
[[nodiscard]] geometry::Failure make_sheet(const geometry::PolygonView& polygon,
                                           const fracture::Fragments& fragments, const Cover& cover,
                                           const fracture::Control& control, Sheet& out);

// What the cover says at points of the polygon, in the form that it has itself: Cover::uvs and Cover::colors
// for a polygon that has those points. Empty where the cover has none.
[[nodiscard]] geometry::Failure paint_points(const geometry::PolygonView& polygon,
                                             std::span<const Point> points, const Cover& cover,
                                             const fracture::Control& control, std::vector<Point>& uvs,
                                             std::vector<Color>& colors);

} // namespace cutout::debris
