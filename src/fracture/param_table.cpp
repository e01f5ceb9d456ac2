#include "fracture/param_table.h"

#include "geometry/limits.h"

#include <array>
#include <cstddef>

namespace cutout::fracture {

namespace {

using Voronoi = VoronoiParams;
using Slices = SliceParams;

constexpr double largest = static_cast<double>(geometry::max_coordinate);
constexpr double most_sites = static_cast<double>(max_sites);
constexpr double most_slices = static_cast<double>(max_slices);

constexpr std::array<std::string_view, 2> types{"voronoi", "slices"};
constexpr std::array<std::string_view, 7> voronoi_patterns{"random",  "grid",   "radial", "spiderweb",
                                                           "poisson", "impact", "sites"};
constexpr std::array<std::string_view, 2> self_intersections{"refuse", "repair"};
constexpr std::array<std::string_view, 3> slice_modes{"single", "pattern", "manual"};
constexpr std::array<std::string_view, 4> slice_patterns{"radial", "parallel", "grid", "chaotic"};

template <typename Pointer> struct MemberOf;
template <typename S, typename V> struct MemberOf<V S::*> {
    using Struct = S;
    using Value = V;
};
template <auto Member> using StructOf = typename MemberOf<decltype(Member)>::Struct;
template <auto Member> using ValueOf = typename MemberOf<decltype(Member)>::Value;

template <auto Member> const ValueOf<Member>& read(const Params& params) {
    return std::get<StructOf<Member>>(params).*Member;
}
template <auto Member> ValueOf<Member>& write(Params& params) {
    return std::get<StructOf<Member>>(params).*Member;
}

template <auto Member> constexpr TableEntry integer(std::string_view key, double minimum, double maximum) {
    return {.field = {.key = key, .type = FieldType::integer, .minimum = minimum, .maximum = maximum},
            .set =
                [](Params& params, const FieldValue& value) {
                    write<Member>(params) = static_cast<ValueOf<Member>>(value.integer);
                },
            .get =
                [](const Params& params) {
                    return FieldValue{.type = FieldType::integer, .integer = read<Member>(params)};
                }};
}

template <auto Member> constexpr TableEntry real(std::string_view key, double minimum, double maximum) {
    return {.field = {.key = key, .type = FieldType::real, .minimum = minimum, .maximum = maximum},
            .set = [](Params& params,
                      const FieldValue& value) { write<Member>(params) = static_cast<float>(value.real); },
            .get =
                [](const Params& params) {
                    return FieldValue{.type = FieldType::real,
                                      .real = static_cast<double>(read<Member>(params))};
                }};
}

template <auto Member> constexpr TableEntry boolean(std::string_view key) {
    return {.field = {.key = key, .type = FieldType::boolean},
            .set = [](Params& params, const FieldValue& value) { write<Member>(params) = value.boolean; },
            .get =
                [](const Params& params) {
                    return FieldValue{.type = FieldType::boolean, .boolean = read<Member>(params)};
                }};
}

template <auto Member> constexpr TableEntry vector2(std::string_view key) {
    return {.field = {.key = key, .type = FieldType::vector2, .minimum = -largest, .maximum = largest},
            .set = [](Params& params, const FieldValue& value) { write<Member>(params) = value.vector2; },
            .get =
                [](const Params& params) {
                    return FieldValue{.type = FieldType::vector2, .vector2 = read<Member>(params)};
                }};
}

template <auto Member> constexpr TableEntry origin(std::string_view key) {
    return {.field = {.key = key,
                      .type = FieldType::vector2,
                      .minimum = -largest,
                      .maximum = largest,
                      .nullable = true},
            .set =
                [](Params& params, const FieldValue& value) {
                    write<Member>(params) = value.type == FieldType::null ? Origin{} : Origin{value.vector2};
                },
            .get =
                [](const Params& params) {
                    const Origin& point = read<Member>(params);
                    if (!point) return FieldValue{.type = FieldType::null};
                    return FieldValue{.type = FieldType::vector2, .vector2 = *point};
                }};
}

template <auto Member> constexpr TableEntry points(std::string_view key, double most) {
    return {.field = {.key = key, .type = FieldType::points, .minimum = 0.0, .maximum = most},
            .set = [](Params& params, const FieldValue& value) { write<Member>(params) = value.points; },
            .get =
                [](const Params& params) {
                    return FieldValue{.type = FieldType::points, .points = read<Member>(params)};
                }};
}

// A value that the enum does not have reads as an empty word, which no field allows.
template <auto Member, const auto& Words> constexpr TableEntry choice(std::string_view key) {
    return {.field = {.key = key, .type = FieldType::choice, .choices = Words},
            .set =
                [](Params& params, const FieldValue& value) {
                    write<Member>(params) = static_cast<ValueOf<Member>>(value.integer);
                },
            .get =
                [](const Params& params) {
                    const auto index = static_cast<std::size_t>(read<Member>(params));
                    return FieldValue{.type = FieldType::choice,
                                      .word = index < Words.size() ? Words[index] : std::string_view{}};
                }};
}

constexpr std::array voronoi_table{
    integer<&Voronoi::seed>("seed", seed_minimum, seed_maximum),
    choice<&Voronoi::self_intersection, self_intersections>("self_intersection"),
    real<&Voronoi::min_fragment_area>("min_fragment_area", 0.0, unlimited),
    integer<&Voronoi::cluster_count>("cluster_count", 0.0, most_sites),
    choice<&Voronoi::pattern, voronoi_patterns>("pattern"),
    integer<&Voronoi::fragment_count>("fragment_count", 1.0, most_sites),
    real<&Voronoi::min_cell_distance>("min_cell_distance", 0.0, 1.0),
    real<&Voronoi::edge_padding>("edge_padding", 0.0, unlimited),
    integer<&Voronoi::grid_rows>("grid_rows", 1.0, 1000.0),
    integer<&Voronoi::grid_cols>("grid_cols", 1.0, 1000.0),
    real<&Voronoi::grid_jitter>("grid_jitter", 0.0, 1.0),
    origin<&Voronoi::origin>("origin"),
    integer<&Voronoi::ring_count>("ring_count", 1.0, 1000.0),
    real<&Voronoi::ring_size>("ring_size", 0.0, largest),
    integer<&Voronoi::points_per_ring>("points_per_ring", 1.0, 1000.0),
    real<&Voronoi::radial_variation>("radial_variation", 0.0, 1.0),
    integer<&Voronoi::poisson_attempts>("poisson_attempts", 1.0, 100.0),
    real<&Voronoi::impact_radius>("impact_radius", 0.0, largest),
    real<&Voronoi::impact_falloff>("impact_falloff", 0.0, 1000.0),
    boolean<&Voronoi::crater>("crater"),
    points<&Voronoi::sites>("sites", most_sites),
};

constexpr std::array slice_table{
    integer<&Slices::seed>("seed", seed_minimum, seed_maximum),
    choice<&Slices::self_intersection, self_intersections>("self_intersection"),
    real<&Slices::min_fragment_area>("min_fragment_area", 0.0, unlimited),
    integer<&Slices::cluster_count>("cluster_count", 0.0, most_sites),
    choice<&Slices::mode, slice_modes>("mode"),
    vector2<&Slices::line_start>("line_start"),
    vector2<&Slices::line_end>("line_end"),
    boolean<&Slices::extend>("extend"),
    choice<&Slices::pattern, slice_patterns>("pattern"),
    integer<&Slices::slice_count>("slice_count", 1.0, most_slices),
    origin<&Slices::origin>("origin"),
    real<&Slices::radial_randomness>("radial_randomness", 0.0, 1.0),
    real<&Slices::parallel_angle>("parallel_angle", -360.0, 360.0),
    real<&Slices::parallel_angle_rand>("parallel_angle_rand", 0.0, 1.0),
    integer<&Slices::h_slices>("h_slices", 0.0, most_slices),
    integer<&Slices::v_slices>("v_slices", 0.0, most_slices),
    real<&Slices::h_random>("h_random", 0.0, 1.0),
    real<&Slices::v_random>("v_random", 0.0, 1.0),
    real<&Slices::h_angle_rand>("h_angle_rand", 0.0, 1.0),
    real<&Slices::v_angle_rand>("v_angle_rand", 0.0, 1.0),
    points<&Slices::segments>("segments", 2.0 * most_slices),
};

template <std::size_t Count>
constexpr std::array<Field, Count> fields_of(const std::array<TableEntry, Count>& table) {
    std::array<Field, Count> fields;
    for (std::size_t i = 0; i < Count; ++i) {
        fields[i] = table[i].field;
    }
    return fields;
}

constexpr auto voronoi_fields = fields_of(voronoi_table);
constexpr auto slice_fields = fields_of(slice_table);

} // namespace

std::span<const TableEntry> table_of(const Params& params) {
    if (std::holds_alternative<VoronoiParams>(params)) return voronoi_table;
    return slice_table;
}

std::span<const Field> fields(const Params& params) {
    if (std::holds_alternative<VoronoiParams>(params)) return voronoi_fields;
    return slice_fields;
}

std::span<const std::string_view> operation_types() {
    return types;
}

} // namespace cutout::fracture
