// What a fracture is asked to do. Every parameter stands once, in param_table.cpp, with its key, type and
// range; its default stands here. The engine room turns Dictionaries into these structs through that table,
// and the docs (docs/parameters.md) and the resources of the addon are checked against it.
//
// Parameters of a pattern or mode that is not the chosen one are ignored, though their values are checked: a
// resource hands over everything it has.
#pragma once

#include "fracture/point_list.h"
#include "geometry/status.h"
#include "geometry/types.h"

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>

namespace cutout::fracture {

// Most sites of a fracture, whatever places them.
inline constexpr std::size_t max_sites = 100'000;
// Most lines of one pattern of slices, and most segments of mode "manual".
inline constexpr std::size_t max_slices = 1000;

enum class VoronoiPattern : std::uint8_t { random, grid, radial, spiderweb, poisson, impact, sites };
enum class SliceMode : std::uint8_t { single, pattern, manual };
enum class SlicePattern : std::uint8_t { radial, parallel, grid, chaotic };

// A point in the polygon's coordinates; nothing: the polygon's centroid, holes considered.
using Origin = std::optional<geometry::Point>;

// What to do with a polygon that crosses or touches itself: refuse it with the place of the first crossing,
// or cut what the non-zero rule makes of it (untangle.h).
enum class SelfIntersection : std::uint8_t { refuse, repair };

struct VoronoiParams {
    std::int64_t seed = 0;
    SelfIntersection self_intersection = SelfIntersection::refuse;
    float min_fragment_area = 0.0F; // square units; a smaller piece joins a neighbour
    std::int32_t cluster_count = 0; // chunks that the pieces are put together to; 0: none are
    VoronoiPattern pattern = VoronoiPattern::random;
    std::int32_t fragment_count = 10; // random, poisson, impact: sites
    float min_cell_distance = 0.1F;   // random, impact: between sites, times the shorter side of the bounds
    float edge_padding = 5.0F; // random, poisson, impact: from a site to the boundary, holes included, units
    std::int32_t grid_rows = 3;
    std::int32_t grid_cols = 3;
    float grid_jitter = 0.3F; // share of a cell
    Origin origin{};          // radial, spiderweb, impact
    std::int32_t ring_count = 3;
    float ring_size = 50.0F; // width of a ring, units; 0: the rings reach to the farthest vertex
    std::int32_t points_per_ring = 8;
    float radial_variation = 0.2F; // share of the way to the neighbours
    std::int32_t poisson_attempts = 30;
    float impact_radius = 0.0F;  // units; 0: an eighth of the shorter side of the bounds
    float impact_falloff = 1.0F; // how fast sites get sparse beyond it (see sites.h)
    bool crater = false;         // impact: only cells within the radius break off, the others stay together
    PointList sites{};
};

struct SliceParams {
    std::int64_t seed = 0;
    SelfIntersection self_intersection = SelfIntersection::refuse;
    float min_fragment_area = 0.0F;
    std::int32_t cluster_count = 0;
    SliceMode mode = SliceMode::single;
    geometry::Point line_start{-100.0F, 0.0F}; // single: a segment; it cuts where it passes right through a
    geometry::Point line_end{100.0F, 0.0F};    // piece, and where it ends inside, that piece stays whole
    bool extend = false;                       // single, manual: cut with the whole line instead
    SlicePattern pattern = SlicePattern::chaotic;
    std::int32_t slice_count = 3;     // radial, parallel, chaotic: number of lines
    Origin origin{};                  // radial
    float radial_randomness = 0.0F;   // radial: share of the way to the neighbouring ray
    float parallel_angle = 0.0F;      // parallel: degrees from the x axis towards the y axis
    float parallel_angle_rand = 0.0F; // parallel: times +-45 degrees, each line by itself
    std::int32_t h_slices = 3;        // grid: upright lines, spread horizontally
    std::int32_t v_slices = 3;        // grid: level lines, spread vertically
    float h_random = 0.0F;            // grid: share of the way to the neighbouring line
    float v_random = 0.0F;
    float h_angle_rand = 0.0F; // grid: times +-45 degrees, each line by itself
    float v_angle_rand = 0.0F;
    PointList segments{}; // manual: two points a segment
};

using Params = std::variant<VoronoiParams, SliceParams>;

// --- The parameter table
// ------------------------------------------------------------------------------------

enum class FieldType : std::uint8_t { boolean, integer, real, vector2, choice, points, null };

struct Field {
    std::string_view key;
    FieldType type;
    double minimum = 0.0; // integer and real: the allowed range, both ends included (maximum may be
    double maximum = 0.0; //   infinite); vector2: of each coordinate; points: of their number
    std::span<const std::string_view> choices{}; // choice: the allowed words, in the enum's order
    bool nullable = false;                       // vector2: null is allowed, too
};

// A value on its way into a Params: what a script handed over, already unpacked. Or on its way out.
struct FieldValue {
    FieldType type = FieldType::integer;
    bool boolean = false;
    std::int64_t integer = 0;
    double real = 0.0;
    geometry::Point vector2{};
    std::string_view word{}; // choice
    PointList points{};
};

// The words that `type` may be.
[[nodiscard]] std::span<const std::string_view> operation_types();

// The operation that `type` names ("voronoi" or "slices"), with every parameter at its default.
// An unknown word gives Status::bad_parameter.
[[nodiscard]] geometry::Failure default_params(std::string_view type, Params& out);

// All keys that the operation in `params` knows, `type` itself not among them.
[[nodiscard]] std::span<const Field> fields(const Params& params);

// The type as the engine calls it: "int", "float", "Vector2 or null", ...
[[nodiscard]] std::string_view type_name(const Field& field);

// What values a field takes, for messages: "an integer from 1 to 1000".
[[nodiscard]] std::string allowed_values(const Field& field);

// Sets one parameter. An integer is accepted where a real is wanted, and a real without a fraction where an
// integer is. An unknown key, a wrong type or a value out of range gives Status::bad_parameter and a message
// that names the key, the value and the range. Lists of points are only counted.
[[nodiscard]] geometry::Failure set_field(Params& params, std::string_view key, const FieldValue& value);

// Reads one parameter. False: the operation has no such key.
[[nodiscard]] bool get_field(const Params& params, std::string_view key, FieldValue& out);

// Are all parameters in range, and do they go together? Looks at no point of a list, so its cost does not
// grow with them.
[[nodiscard]] geometry::Failure check_params(const Params& params);

// Are the points of the lists in use finite, in range, and no segment without length? fracture() asks both.
[[nodiscard]] geometry::Failure check_points(const Params& params);

} // namespace cutout::fracture
