#include "fracture/params.h"

#include "geometry/limits.h"
#include "geometry/text.h"

#include <array>
#include <cmath>
#include <limits>
#include <string>
#include <utility>

namespace cutout::fracture {

namespace {

using geometry::concat;
using geometry::Failure;
using geometry::Status;
using geometry::to_text;

constexpr double unlimited = std::numeric_limits<double>::infinity();
constexpr double largest = static_cast<double>(geometry::max_coordinate);

// The seed's range is every 64-bit integer; as doubles its ends are -2^63 and 2^63.
constexpr double seed_minimum = -0x1.0p63;
constexpr double seed_maximum = 0x1.0p63;

constexpr std::array<std::string_view, 1> voronoi_patterns{"random"};
constexpr std::array<std::string_view, 2> slice_modes{"single", "pattern"};
constexpr std::array<std::string_view, 1> slice_patterns{"chaotic"};

constexpr Field integer(std::string_view key, double minimum, double maximum) {
    return {
        .key = key, .type = FieldType::integer, .minimum = minimum, .maximum = maximum, .type_name = "int"};
}
constexpr Field real(std::string_view key, double minimum, double maximum) {
    return {
        .key = key, .type = FieldType::real, .minimum = minimum, .maximum = maximum, .type_name = "float"};
}
constexpr Field vector2(std::string_view key) {
    return {.key = key,
            .type = FieldType::vector2,
            .minimum = -largest,
            .maximum = largest,
            .type_name = "Vector2"};
}
constexpr Field boolean(std::string_view key) {
    return {.key = key, .type = FieldType::boolean, .type_name = "bool"};
}
constexpr Field choice(std::string_view key, std::span<const std::string_view> words) {
    return {.key = key, .type = FieldType::choice, .choices = words, .type_name = "String"};
}

// A field of the table, with how to set it in its struct and how to read it.
template <typename Struct> struct Entry {
    Field field;
    void (*set)(Struct&, const FieldValue&);
    FieldValue (*get)(const Struct&);
};

constexpr FieldValue of_integer(std::int64_t value) {
    return {.type = FieldType::integer, .integer = value};
}
constexpr FieldValue of_real(float value) {
    return {.type = FieldType::real, .real = static_cast<double>(value)};
}
// The word of an enum's value; a value the enum does not have gives an empty word, which no field allows.
template <typename Enum, std::size_t Count>
constexpr FieldValue of_choice(Enum value, const std::array<std::string_view, Count>& words) {
    const auto index = static_cast<std::size_t>(value);
    return {.type = FieldType::choice, .word = index < Count ? words[index] : std::string_view{}};
}

constexpr std::array voronoi_table{
    Entry<VoronoiParams>{integer("seed", seed_minimum, seed_maximum),
                         [](VoronoiParams& p, const FieldValue& v) { p.seed = v.integer; },
                         [](const VoronoiParams& p) { return of_integer(p.seed); }},
    Entry<VoronoiParams>{
        choice("pattern", voronoi_patterns),
        [](VoronoiParams& p, const FieldValue& v) { p.pattern = static_cast<VoronoiPattern>(v.integer); },
        [](const VoronoiParams& p) { return of_choice(p.pattern, voronoi_patterns); }},
    Entry<VoronoiParams>{integer("fragment_count", 1.0, 100'000.0),
                         [](VoronoiParams& p, const FieldValue& v) {
                             p.fragment_count = static_cast<std::int32_t>(v.integer);
                         },
                         [](const VoronoiParams& p) { return of_integer(p.fragment_count); }},
    Entry<VoronoiParams>{
        real("min_cell_distance", 0.0, 1.0),
        [](VoronoiParams& p, const FieldValue& v) { p.min_cell_distance = static_cast<float>(v.real); },
        [](const VoronoiParams& p) { return of_real(p.min_cell_distance); }},
    Entry<VoronoiParams>{
        real("edge_padding", 0.0, unlimited),
        [](VoronoiParams& p, const FieldValue& v) { p.edge_padding = static_cast<float>(v.real); },
        [](const VoronoiParams& p) { return of_real(p.edge_padding); }},
};

constexpr std::array slice_table{
    Entry<SliceParams>{integer("seed", seed_minimum, seed_maximum),
                       [](SliceParams& p, const FieldValue& v) { p.seed = v.integer; },
                       [](const SliceParams& p) { return of_integer(p.seed); }},
    Entry<SliceParams>{
        choice("mode", slice_modes),
        [](SliceParams& p, const FieldValue& v) { p.mode = static_cast<SliceMode>(v.integer); },
        [](const SliceParams& p) { return of_choice(p.mode, slice_modes); }},
    Entry<SliceParams>{
        vector2("line_start"), [](SliceParams& p, const FieldValue& v) { p.line_start = v.vector2; },
        [](const SliceParams& p) { return FieldValue{.type = FieldType::vector2, .vector2 = p.line_start}; }},
    Entry<SliceParams>{
        vector2("line_end"), [](SliceParams& p, const FieldValue& v) { p.line_end = v.vector2; },
        [](const SliceParams& p) { return FieldValue{.type = FieldType::vector2, .vector2 = p.line_end}; }},
    Entry<SliceParams>{
        boolean("extend"), [](SliceParams& p, const FieldValue& v) { p.extend = v.boolean; },
        [](const SliceParams& p) { return FieldValue{.type = FieldType::boolean, .boolean = p.extend}; }},
    Entry<SliceParams>{
        choice("pattern", slice_patterns),
        [](SliceParams& p, const FieldValue& v) { p.pattern = static_cast<SlicePattern>(v.integer); },
        [](const SliceParams& p) { return of_choice(p.pattern, slice_patterns); }},
    Entry<SliceParams>{
        integer("slice_count", 1.0, 1000.0),
        [](SliceParams& p, const FieldValue& v) { p.slice_count = static_cast<std::int32_t>(v.integer); },
        [](const SliceParams& p) { return of_integer(p.slice_count); }},
};

template <typename Struct, std::size_t Count>
constexpr std::array<Field, Count> fields_of(const std::array<Entry<Struct>, Count>& table) {
    std::array<Field, Count> fields;
    for (std::size_t i = 0; i < Count; ++i) {
        fields[i] = table[i].field;
    }
    return fields;
}

constexpr auto voronoi_fields = fields_of(voronoi_table);
constexpr auto slice_fields = fields_of(slice_table);

std::string quoted(std::string_view text) {
    return concat("\"", text, "\"");
}

std::string_view type_name(FieldType type) {
    switch (type) {
    case FieldType::boolean:
        return "bool";
    case FieldType::integer:
        return "int";
    case FieldType::real:
        return "float";
    case FieldType::vector2:
        return "Vector2";
    case FieldType::choice:
        return "String";
    }
    return "?";
}

std::string value_text(const FieldValue& value) {
    switch (value.type) {
    case FieldType::boolean:
        return value.boolean ? "true" : "false";
    case FieldType::integer:
        return to_text(value.integer);
    case FieldType::real:
        return to_text(value.real);
    case FieldType::vector2:
        return to_text(value.vector2);
    case FieldType::choice:
        return quoted(value.word);
    }
    return "?";
}

std::string word_list(std::span<const std::string_view> words) {
    std::string text;
    for (const std::string_view word : words) {
        text += concat(text.empty() ? "" : ", ", quoted(word));
    }
    return text;
}

std::string allowed(const Field& field) {
    switch (field.type) {
    case FieldType::boolean:
        return "true or false";
    case FieldType::integer:
        if (field.minimum == seed_minimum) return "a 64-bit integer";
        return concat("an integer from ", to_text(static_cast<std::int64_t>(field.minimum)), " to ",
                      to_text(static_cast<std::int64_t>(field.maximum)));
    case FieldType::real:
        if (field.maximum == unlimited) return concat("a finite number of at least ", to_text(field.minimum));
        return concat("a number from ", to_text(field.minimum), " to ", to_text(field.maximum));
    case FieldType::vector2:
        return concat("a Vector2 with coordinates within ", to_text(geometry::max_coordinate),
                      " of the origin");
    case FieldType::choice:
        return concat("one of ", word_list(field.choices));
    }
    return "?";
}

Failure refuse(std::string message) {
    return {.status = Status::bad_parameter, .message = std::move(message)};
}

Failure refuse_value(const Field& field, const FieldValue& value) {
    return refuse(
        concat("parameter ", quoted(field.key), " is ", value_text(value), "; it must be ", allowed(field)));
}

// Brings a value to the field's type where that loses nothing, and checks the range. A choice becomes its
// index.
Failure convert(const Field& field, const FieldValue& value, FieldValue& out) {
    out = value;
    out.type = field.type;
    const bool is_integer = value.type == FieldType::integer;
    const bool is_real = value.type == FieldType::real;
    bool type_fits = value.type == field.type;
    if (field.type == FieldType::real && is_integer) {
        out.real = static_cast<double>(value.integer);
        type_fits = true;
    }
    if (field.type == FieldType::integer && is_real && std::trunc(value.real) == value.real) {
        if (!(value.real >= seed_minimum && value.real < seed_maximum)) return refuse_value(field, value);
        out.integer = static_cast<std::int64_t>(value.real);
        type_fits = true;
    }
    if (!type_fits) {
        return refuse(concat("parameter ", quoted(field.key), " is ", value_text(value), ", of type ",
                             type_name(value.type), "; it must be ", allowed(field)));
    }
    const auto in_range = [&](double number) {
        return std::isfinite(number) && number >= field.minimum && number <= field.maximum;
    };
    bool fits = true;
    switch (field.type) {
    case FieldType::boolean:
        break;
    case FieldType::integer:
        fits = in_range(static_cast<double>(out.integer));
        break;
    case FieldType::real:
        // It will be a 32-bit float: that must be finite and in range too.
        fits = in_range(out.real) && in_range(static_cast<double>(static_cast<float>(out.real)));
        break;
    case FieldType::vector2:
        fits = in_range(static_cast<double>(out.vector2.x)) && in_range(static_cast<double>(out.vector2.y));
        break;
    case FieldType::choice:
        out.integer = -1;
        for (std::size_t i = 0; i < field.choices.size(); ++i) {
            if (field.choices[i] == value.word) out.integer = static_cast<std::int64_t>(i);
        }
        fits = out.integer >= 0;
        break;
    }
    return fits ? Failure{} : refuse_value(field, value);
}

template <typename Struct, std::size_t Count>
Failure set_in(const std::array<Entry<Struct>, Count>& table, Struct& params, std::string_view key,
               const FieldValue& value) {
    std::string known;
    for (const Entry<Struct>& entry : table) {
        if (entry.field.key == key) {
            FieldValue converted;
            Failure failure = convert(entry.field, value, converted);
            if (failure.ok()) entry.set(params, converted);
            return failure;
        }
        known += concat(", ", quoted(entry.field.key));
    }
    return refuse(concat("unknown parameter ", quoted(key), "; the known ones are \"type\"", known));
}

template <typename Struct, std::size_t Count>
Failure check_all(const std::array<Entry<Struct>, Count>& table, const Struct& params) {
    for (const Entry<Struct>& entry : table) {
        FieldValue converted;
        if (Failure failure = convert(entry.field, entry.get(params), converted); !failure.ok())
            return failure;
    }
    return {};
}

} // namespace

Failure default_params(std::string_view type, Params& out) {
    if (type == "voronoi") {
        out = VoronoiParams{};
        return {};
    }
    if (type == "slices") {
        out = SliceParams{};
        return {};
    }
    return refuse(concat("parameter \"type\" is ", quoted(type), "; it must be \"voronoi\" or \"slices\""));
}

std::span<const Field> fields(const Params& params) {
    if (std::holds_alternative<VoronoiParams>(params)) return voronoi_fields;
    return slice_fields;
}

Failure set_field(Params& params, std::string_view key, const FieldValue& value) {
    if (auto* voronoi = std::get_if<VoronoiParams>(&params))
        return set_in(voronoi_table, *voronoi, key, value);
    return set_in(slice_table, std::get<SliceParams>(params), key, value);
}

Failure check_params(const Params& params) {
    if (const auto* voronoi = std::get_if<VoronoiParams>(&params)) return check_all(voronoi_table, *voronoi);
    const auto& slices = std::get<SliceParams>(params);
    if (Failure failure = check_all(slice_table, slices); !failure.ok()) return failure;
    if (slices.mode == SliceMode::single && slices.line_start == slices.line_end) {
        return refuse(concat("parameters \"line_start\" and \"line_end\" are both ",
                             to_text(slices.line_start), "; give two different points"));
    }
    return {};
}

} // namespace cutout::fracture
