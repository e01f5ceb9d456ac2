#include "fracture/fracture.h"
#include "fracture/params.h"

#include "support/shapes.h"

#include <cmath>
#include <gtest/gtest.h>
#include <limits>
#include <set>
#include <string>

namespace {

using namespace cutout;
using fracture::Field;
using fracture::FieldType;
using fracture::FieldValue;
using fracture::Params;
using fracture::SliceParams;
using fracture::VoronoiParams;
using geometry::Failure;
using geometry::Status;

Params defaults(std::string_view type) {
    Params params;
    EXPECT_TRUE(fracture::default_params(type, params).ok());
    return params;
}

FieldValue integer(std::int64_t value) {
    return {.type = FieldType::integer, .integer = value};
}
FieldValue real(double value) {
    return {.type = FieldType::real, .real = value};
}
FieldValue word(std::string_view value) {
    return {.type = FieldType::choice, .word = value};
}
FieldValue vector2(float x, float y) {
    return {.type = FieldType::vector2, .vector2 = {x, y}};
}
FieldValue boolean(bool value) {
    return {.type = FieldType::boolean, .boolean = value};
}

void expect_refused(Params params, std::string_view key, const FieldValue& value,
                    std::string_view in_message) {
    const Failure failure = fracture::set_field(params, key, value);
    EXPECT_EQ(failure.status, Status::bad_parameter) << key;
    EXPECT_NE(failure.message.find(key), std::string::npos) << failure.message;
    EXPECT_NE(failure.message.find(in_message), std::string::npos) << failure.message;
}

TEST(Params, DefaultsAreInRange) {
    EXPECT_TRUE(fracture::check_params(defaults("voronoi")).ok());
    EXPECT_TRUE(fracture::check_params(defaults("slices")).ok());
    Params params;
    const Failure failure = fracture::default_params("grid", params);
    EXPECT_EQ(failure.status, Status::bad_parameter);
    EXPECT_NE(failure.message.find("\"grid\""), std::string::npos) << failure.message;
}

TEST(Params, EveryFieldCanBeSetAndHasItsKeyOnce) {
    for (const std::string_view type : {"voronoi", "slices"}) {
        std::set<std::string_view> keys;
        for (const Field& field : fracture::fields(defaults(type))) {
            EXPECT_TRUE(keys.insert(field.key).second) << field.key;
            EXPECT_NE(field.key, "type");
            EXPECT_NE(fracture::type_name(field), "?");
            EXPECT_NE(fracture::allowed_values(field), "?");
            FieldValue value{.type = field.type};
            if (field.type == FieldType::choice) {
                ASSERT_FALSE(field.choices.empty());
                value.word = field.choices.front();
            } else if (field.type == FieldType::integer) {
                value.integer = field.minimum > 0.0 ? static_cast<std::int64_t>(field.minimum) : 0;
            } else if (field.type == FieldType::real) {
                value.real = field.minimum;
            }
            Params params = defaults(type);
            EXPECT_TRUE(fracture::set_field(params, field.key, value).ok()) << field.key;
        }
        EXPECT_GE(keys.size(), 5U);
    }
}

TEST(Params, SetReachesTheStruct) {
    Params params = defaults("voronoi");
    ASSERT_TRUE(fracture::set_field(params, "seed", integer(-7)).ok());
    ASSERT_TRUE(fracture::set_field(params, "fragment_count", integer(42)).ok());
    ASSERT_TRUE(fracture::set_field(params, "min_cell_distance", real(0.25)).ok());
    ASSERT_TRUE(fracture::set_field(params, "edge_padding", integer(3)).ok());
    const auto& voronoi = std::get<VoronoiParams>(params);
    EXPECT_EQ(voronoi.seed, -7);
    EXPECT_EQ(voronoi.fragment_count, 42);
    EXPECT_EQ(voronoi.min_cell_distance, 0.25F);
    EXPECT_EQ(voronoi.edge_padding, 3.0F);

    params = defaults("slices");
    ASSERT_TRUE(fracture::set_field(params, "mode", word("pattern")).ok());
    ASSERT_TRUE(fracture::set_field(params, "pattern", word("chaotic")).ok());
    ASSERT_TRUE(fracture::set_field(params, "line_start", vector2(1, 2)).ok());
    ASSERT_TRUE(fracture::set_field(params, "line_end", vector2(3, 4)).ok());
    ASSERT_TRUE(fracture::set_field(params, "extend", boolean(true)).ok());
    ASSERT_TRUE(fracture::set_field(params, "slice_count", real(9.0)).ok());
    const auto& slices = std::get<SliceParams>(params);
    EXPECT_EQ(slices.mode, fracture::SliceMode::pattern);
    EXPECT_EQ(slices.line_start, (geometry::Point{1, 2}));
    EXPECT_EQ(slices.line_end, (geometry::Point{3, 4}));
    EXPECT_TRUE(slices.extend);
    EXPECT_EQ(slices.slice_count, 9);
}

TEST(Params, RefusalsNameKeyValueAndRange) {
    const Params voronoi = defaults("voronoi");
    const Params slices = defaults("slices");
    expect_refused(voronoi, "fragment_cuont", integer(3), "fragment_count");
    expect_refused(voronoi, "slice_count", integer(3), "unknown");
    expect_refused(voronoi, "fragment_count", integer(0), "from 1 to 100000");
    expect_refused(voronoi, "fragment_count", integer(-1), "-1");
    expect_refused(voronoi, "fragment_count", integer(100'001), "100001");
    expect_refused(voronoi, "fragment_count", integer(std::int64_t{1} << 32), "4294967296");
    expect_refused(voronoi, "fragment_count", real(2.5), "2.5");
    expect_refused(voronoi, "fragment_count", real(1e300), "integer");
    expect_refused(voronoi, "fragment_count", word("ten"), "String");
    expect_refused(voronoi, "min_cell_distance", real(1.5), "from 0 to 1");
    expect_refused(voronoi, "min_cell_distance", real(-0.1), "-0.1");
    expect_refused(voronoi, "min_cell_distance", real(std::nan("")), "nan");
    expect_refused(voronoi, "edge_padding", real(std::numeric_limits<double>::infinity()), "inf");
    expect_refused(voronoi, "edge_padding", real(1e300), "finite");
    expect_refused(voronoi, "edge_padding", boolean(true), "bool");
    expect_refused(voronoi, "pattern", word("chaotic"), "\"random\"");
    expect_refused(voronoi, "pattern", integer(0), "int");
    expect_refused(slices, "mode", word("Single"), "\"single\", \"pattern\", \"manual\"");
    expect_refused(slices, "line_start", real(1.0), "Vector2");
    expect_refused(slices, "line_start", vector2(std::numeric_limits<float>::quiet_NaN(), 0), "Vector2");
    expect_refused(slices, "line_end", vector2(0, 2e9F), "within");
    expect_refused(slices, "extend", integer(1), "true or false");
    expect_refused(slices, "slice_count", integer(1001), "from 1 to 1000");
}

// Structs can be filled without set_field(); fracture() checks them all the same.
TEST(Params, FractureChecksThem) {
    const test::Rings rings{test::rectangle(0, 0, 100, 100)};
    const auto views = test::views(rings);
    fracture::Fragments out;
    const auto status = [&](const Params& params) {
        const Failure failure = fracture::fracture({views}, params, {}, out);
        EXPECT_EQ(out.size(), failure.ok() ? out.cells.size() : 0U);
        return failure.status;
    };
    EXPECT_EQ(status(VoronoiParams{}), Status::ok);
    EXPECT_EQ(status(VoronoiParams{.fragment_count = 0}), Status::bad_parameter);
    EXPECT_EQ(status(VoronoiParams{.fragment_count = -5}), Status::bad_parameter);
    EXPECT_EQ(status(VoronoiParams{.min_cell_distance = std::nanf("")}), Status::bad_parameter);
    EXPECT_EQ(status(VoronoiParams{.edge_padding = -1.0F}), Status::bad_parameter);
    EXPECT_EQ(status(VoronoiParams{.pattern = static_cast<fracture::VoronoiPattern>(77)}),
              Status::bad_parameter);
    EXPECT_EQ(status(SliceParams{.mode = static_cast<fracture::SliceMode>(9)}), Status::bad_parameter);
    EXPECT_EQ(status(SliceParams{.line_start = {1, 1}, .line_end = {1, 1}}), Status::bad_parameter);
    EXPECT_EQ(status(SliceParams{.mode = fracture::SliceMode::pattern, .slice_count = 5000}),
              Status::bad_parameter);
}

} // namespace
