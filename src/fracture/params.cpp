#include "fracture/params.h"

#include "fracture/param_table.h"
#include "fracture/param_text.h"
#include "geometry/limits.h"
#include "geometry/text.h"

#include <cmath>
#include <string>
#include <utility>

namespace cutout::fracture {

namespace {

using geometry::concat;
using geometry::Failure;
using geometry::Point;
using geometry::to_text;

// Brings a value to the field's type where that loses nothing. False: it is of another type.
bool change_type(const Field& field, const FieldValue& value, FieldValue& out) {
    out = value;
    if (field.nullable && value.type == FieldType::null) return true;
    out.type = field.type;
    if (value.type == field.type) return true;
    if (field.type == FieldType::real && value.type == FieldType::integer) {
        out.real = static_cast<double>(value.integer);
        return true;
    }
    if (field.type == FieldType::integer && value.type == FieldType::real &&
        std::trunc(value.real) == value.real && value.real >= seed_minimum && value.real < seed_maximum) {
        out.integer = static_cast<std::int64_t>(value.real);
        return true;
    }
    return false;
}

bool in_range(const Field& field, double number) {
    return std::isfinite(number) && number >= field.minimum && number <= field.maximum;
}

// Is the value, of the field's type, one that the field takes? A choice gets its index.
bool accept(const Field& field, FieldValue& value) {
    switch (value.type) {
    case FieldType::boolean:
    case FieldType::null:
        return true;
    case FieldType::integer:
        return in_range(field, static_cast<double>(value.integer));
    case FieldType::real:
        // It will be a 32-bit float: that must be finite and in range too.
        return in_range(field, value.real) &&
               in_range(field, static_cast<double>(static_cast<float>(value.real)));
    case FieldType::vector2:
        return in_range(field, static_cast<double>(value.vector2.x)) &&
               in_range(field, static_cast<double>(value.vector2.y));
    case FieldType::choice:
        for (std::size_t i = 0; i < field.choices.size(); ++i) {
            if (field.choices[i] != value.word) continue;
            value.integer = static_cast<std::int64_t>(i);
            return true;
        }
        return false;
    case FieldType::points:
        return in_range(field, static_cast<double>(value.points.size()));
    }
    return false;
}

Failure convert(const Field& field, const FieldValue& value, FieldValue& out) {
    if (!change_type(field, value, out)) return refuse_type(field, value);
    return accept(field, out) ? Failure{} : refuse_value(field, value);
}

// More sites than a fracture may have, from two numbers that are multiplied.
Failure check_product(std::string_view first_key, std::int32_t first, std::string_view second_key,
                      std::int32_t second) {
    const std::int64_t product = std::int64_t{first} * std::int64_t{second};
    if (product <= static_cast<std::int64_t>(max_sites)) return {};
    return refuse(concat("parameters ", quoted(first_key), " and ", quoted(second_key), " are ",
                         to_text(first), " and ", to_text(second), ", which makes ", to_text(product),
                         " sites; at most ", to_text(max_sites), " are allowed"));
}

Failure check_together(const VoronoiParams& params) {
    switch (params.pattern) {
    case VoronoiPattern::grid:
        return check_product("grid_rows", params.grid_rows, "grid_cols", params.grid_cols);
    case VoronoiPattern::radial:
    case VoronoiPattern::spiderweb:
        return check_product("ring_count", params.ring_count, "points_per_ring", params.points_per_ring);
    case VoronoiPattern::sites:
        if (params.sites.size() == 0) {
            return refuse("parameter \"sites\" is empty, but \"pattern\" is \"sites\"; give at least one "
                          "point");
        }
        return {};
    case VoronoiPattern::random:
    case VoronoiPattern::poisson:
    case VoronoiPattern::impact:
        break;
    }
    return {};
}

Failure check_together(const SliceParams& params) {
    if (params.mode == SliceMode::single && params.line_start == params.line_end) {
        return refuse(concat("parameters \"line_start\" and \"line_end\" are both ",
                             to_text(params.line_start), "; give two different points"));
    }
    if (params.segments.size() % 2 != 0) {
        return refuse(concat("parameter \"segments\" has ", to_text(params.segments.size()),
                             " points; it must be two for each segment"));
    }
    if (params.mode == SliceMode::manual && params.segments.size() == 0) {
        return refuse("parameter \"segments\" is empty, but \"mode\" is \"manual\"; give at least one "
                      "segment, two points");
    }
    return {};
}

bool is_usable(Point p) {
    return std::abs(p.x) <= geometry::max_coordinate && std::abs(p.y) <= geometry::max_coordinate;
}

Failure check_coordinates(std::string_view key, std::span<const Point> points) {
    for (std::size_t i = 0; i < points.size(); ++i) {
        if (is_usable(points[i])) continue; // false for NaN
        return refuse(concat("parameter ", quoted(key), ": point ", to_text(i), " is ", to_text(points[i]),
                             "; coordinates must be finite and within ", to_text(geometry::max_coordinate),
                             " of the origin"));
    }
    return {};
}

Failure check_segments(std::span<const Point> points) {
    if (Failure failure = check_coordinates("segments", points); !failure.ok()) return failure;
    for (std::size_t i = 0; i + 1 < points.size(); i += 2) {
        if (!(points[i] == points[i + 1])) continue;
        return refuse(concat("parameter \"segments\": segment ", to_text(i / 2), " (points ", to_text(i),
                             " and ", to_text(i + 1), ") begins and ends at ", to_text(points[i]),
                             "; give two different points"));
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
    return refuse(
        concat("parameter \"type\" is ", quoted(type), "; it must be one of ", word_list(operation_types())));
}

Failure set_field(Params& params, std::string_view key, const FieldValue& value) {
    std::string known;
    for (const TableEntry& entry : table_of(params)) {
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

bool get_field(const Params& params, std::string_view key, FieldValue& out) {
    for (const TableEntry& entry : table_of(params)) {
        if (entry.field.key != key) continue;
        out = entry.get(params);
        return true;
    }
    return false;
}

Failure check_params(const Params& params) {
    for (const TableEntry& entry : table_of(params)) {
        FieldValue value = entry.get(params);
        if (!accept(entry.field, value)) return refuse_value(entry.field, value);
    }
    return std::visit([](const auto& operation) { return check_together(operation); }, params);
}

Failure check_points(const Params& params) {
    if (const auto* voronoi = std::get_if<VoronoiParams>(&params)) {
        if (voronoi->pattern != VoronoiPattern::sites) return {};
        return check_coordinates("sites", voronoi->sites.points());
    }
    const auto& slices = std::get<SliceParams>(params);
    if (slices.mode != SliceMode::manual) return {};
    return check_segments(slices.segments.points());
}

} // namespace cutout::fracture
