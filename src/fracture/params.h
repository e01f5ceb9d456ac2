// What a fracture is asked to do. Every parameter stands once, in the table of params.cpp, with its key,
// type, default and range; the engine room turns Dictionaries into these structs through that table, and the
// docs are checked against it.
#pragma once

#include "geometry/status.h"
#include "geometry/types.h"

#include <cstdint>
#include <span>
#include <string_view>
#include <variant>

namespace cutout::fracture {

enum class VoronoiPattern : std::uint8_t { random };
enum class SliceMode : std::uint8_t { single, pattern };
enum class SlicePattern : std::uint8_t { chaotic };

struct VoronoiParams {
    std::int64_t seed = 0;
    VoronoiPattern pattern = VoronoiPattern::random;
    std::int32_t fragment_count = 10; // sites, [1 .. 100000]
    float min_cell_distance = 0.1F;   // between sites, [0 .. 1], times the shorter side of the bounds
    float edge_padding = 5.0F;        // from a site to the boundary (holes included), units, [0 .. )
};

struct SliceParams {
    std::int64_t seed = 0;
    SliceMode mode = SliceMode::single;
    geometry::Point line_start{-100.0F, 0.0F}; // single: a segment; it cuts where it passes right through a
    geometry::Point line_end{100.0F, 0.0F};    // piece, and where it ends inside, that piece stays whole
    bool extend = false;                       // single: cut with the whole line instead
    SlicePattern pattern = SlicePattern::chaotic;
    std::int32_t slice_count = 3; // pattern: number of lines, [1 .. 1000]
};

using Params = std::variant<VoronoiParams, SliceParams>;

// --- The parameter table
// ------------------------------------------------------------------------------------

enum class FieldType : std::uint8_t { boolean, integer, real, vector2, choice };

struct Field {
    std::string_view key;
    FieldType type;
    double minimum = 0.0;                        // integer and real: the allowed range, both ends included
    double maximum = 0.0;                        //   (maximum may be infinite)
    std::span<const std::string_view> choices{}; // choice: the allowed words, in the enum's order
    std::string_view type_name;                  // "int", "float", ... for messages and docs
};

// A value on its way into a Params: what a script handed over, already unpacked.
struct FieldValue {
    FieldType type = FieldType::integer;
    bool boolean = false;
    std::int64_t integer = 0;
    double real = 0.0;
    geometry::Point vector2{};
    std::string_view word{}; // choice
};

// The operation that `type` names ("voronoi" or "slices"), with every parameter at its default.
// An unknown word gives Status::bad_parameter.
[[nodiscard]] geometry::Failure default_params(std::string_view type, Params& out);

// All keys that the operation in `params` knows, `type` itself not among them.
[[nodiscard]] std::span<const Field> fields(const Params& params);

// Sets one parameter. An integer is accepted where a real is wanted, and a real without a fraction where an
// integer is. An unknown key, a wrong type or a value out of range gives Status::bad_parameter and a message
// that names the key, the value and the range.
[[nodiscard]] geometry::Failure set_field(Params& params, std::string_view key, const FieldValue& value);

// Are all parameters in range, and do they go together? fracture() asks this first.
[[nodiscard]] geometry::Failure check_params(const Params& params);

} // namespace cutout::fracture
