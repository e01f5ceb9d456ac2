#include "fracture/fracture.h"
#include "fracture/params.h"

#include "support/shapes.h"

#include <cmath>
#include <gtest/gtest.h>
#include <limits>
#include <set>
#include <string>
#include <utility>
#include <vector>

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
FieldValue points(std::vector<geometry::Point> value) {
    return {.type = FieldType::points, .points = std::move(value)};
}
FieldValue null() {
    return {.type = FieldType::null};
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

// What set_field() takes, get_field() gives back; and a default can be set again.
TEST(Params, GetGivesWhatWasSet) {
    for (const std::string_view type : fracture::operation_types()) {
        Params params = defaults(type);
        for (const Field& field : fracture::fields(params)) {
            FieldValue before;
            ASSERT_TRUE(fracture::get_field(params, field.key, before)) << field.key;
            EXPECT_TRUE(before.type == field.type || (field.nullable && before.type == FieldType::null));
            EXPECT_TRUE(fracture::set_field(params, field.key, before).ok()) << field.key;
            FieldValue value{.type = field.type};
            switch (field.type) {
            case FieldType::boolean:
                value.boolean = !before.boolean;
                break;
            case FieldType::integer:
                value.integer = before.integer + 1;
                break;
            case FieldType::real:
                value.real = field.maximum < 2.0 ? 0.5 : before.real + 0.25;
                break;
            case FieldType::vector2:
                value.vector2 = {7, -8};
                break;
            case FieldType::choice:
                value.word = field.choices.back();
                break;
            case FieldType::points:
                value.points = std::vector<geometry::Point>{{1, 2}, {3, 4}};
                break;
            case FieldType::null:
                FAIL();
            }
            ASSERT_TRUE(fracture::set_field(params, field.key, value).ok()) << field.key;
            FieldValue after;
            ASSERT_TRUE(fracture::get_field(params, field.key, after));
            EXPECT_EQ(after.type, field.type) << field.key;
            EXPECT_EQ(after.boolean, value.boolean) << field.key;
            EXPECT_EQ(after.integer, value.integer) << field.key;
            EXPECT_EQ(after.real, value.real) << field.key;
            EXPECT_EQ(after.vector2, value.vector2) << field.key;
            EXPECT_EQ(after.word, value.word) << field.key;
            EXPECT_EQ(after.points.points().data(), value.points.points().data()) << "no point is copied";
        }
        FieldValue out;
        EXPECT_FALSE(fracture::get_field(params, "sede", out));
    }
}

TEST(Params, OriginIsNullOrAPoint) {
    for (const std::string_view type : fracture::operation_types()) {
        Params params = defaults(type);
        FieldValue value;
        ASSERT_TRUE(fracture::get_field(params, "origin", value));
        EXPECT_EQ(value.type, FieldType::null);
        ASSERT_TRUE(fracture::set_field(params, "origin", vector2(0, 0)).ok());
        ASSERT_TRUE(fracture::get_field(params, "origin", value));
        EXPECT_EQ(value.type, FieldType::vector2);
        ASSERT_TRUE(fracture::set_field(params, "origin", null()).ok());
        ASSERT_TRUE(fracture::get_field(params, "origin", value));
        EXPECT_EQ(value.type, FieldType::null);
        expect_refused(params, "origin", real(1.0), "or null");
        expect_refused(params, "origin", vector2(std::numeric_limits<float>::infinity(), 0), "within");
    }
    expect_refused(defaults("slices"), "line_start", null(), "Vector2");
    expect_refused(defaults("voronoi"), "edge_padding", null(), "null");
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

void expect_together(const Params& params, std::initializer_list<std::string_view> in_message) {
    const Failure failure = fracture::check_params(params);
    EXPECT_EQ(failure.status, Status::bad_parameter);
    for (const std::string_view text : in_message) {
        EXPECT_NE(failure.message.find(text), std::string::npos) << failure.message;
    }
}

TEST(Params, WhatDoesNotGoTogether) {
    using fracture::SliceMode;
    using fracture::VoronoiPattern;
    expect_together(SliceParams{.line_start = {2, 3}, .line_end = {2, 3}},
                    {"line_start", "line_end", "(2, 3)"});
    EXPECT_TRUE(fracture::check_params(
                    SliceParams{.mode = SliceMode::pattern, .line_start = {2, 3}, .line_end = {2, 3}})
                    .ok());
    expect_together(VoronoiParams{.pattern = VoronoiPattern::sites}, {"\"sites\"", "empty"});
    expect_together(SliceParams{.mode = SliceMode::manual}, {"\"segments\"", "empty"});
    const std::vector<geometry::Point> three{{0, 0}, {1, 0}, {2, 0}};
    expect_together(SliceParams{.mode = SliceMode::manual, .segments = three}, {"\"segments\"", "3", "two"});
    expect_together(VoronoiParams{.pattern = VoronoiPattern::grid, .grid_rows = 1000, .grid_cols = 101},
                    {"grid_rows", "grid_cols", "101000", "100000"});
    EXPECT_TRUE(fracture::check_params(VoronoiParams{.grid_rows = 1000, .grid_cols = 1000}).ok());
    for (const VoronoiPattern pattern : {VoronoiPattern::radial, VoronoiPattern::spiderweb}) {
        expect_together(VoronoiParams{.pattern = pattern, .ring_count = 1000, .points_per_ring = 1000},
                        {"ring_count", "points_per_ring", "1000000"});
    }
}

TEST(Params, ListsAreCountedWhenSetAndReadWhenCut) {
    Params params = defaults("voronoi");
    expect_refused(params, "sites", points(std::vector<geometry::Point>(100'001)), "at most 100000");
    expect_refused(params, "sites", vector2(1, 2), "PackedVector2Array");
    expect_refused(defaults("slices"), "segments", points(std::vector<geometry::Point>(2002)), "2002");
    const float nan = std::numeric_limits<float>::quiet_NaN();
    ASSERT_TRUE(fracture::set_field(params, "sites", points({{1, 1}, {nan, 2}})).ok());
    EXPECT_TRUE(fracture::check_points(params).ok()) << "the pattern does not use them";
    ASSERT_TRUE(fracture::set_field(params, "pattern", word("sites")).ok());
    EXPECT_TRUE(fracture::check_params(params).ok()) << "no point is looked at";
    const auto refused = [](const Params& bad, std::initializer_list<std::string_view> in_message) {
        const test::Rings rings{test::rectangle(0, 0, 100, 100)};
        const auto views = test::views(rings);
        fracture::Fragments out;
        const Failure failure = fracture::fracture({views}, bad, {}, out);
        EXPECT_EQ(failure.status, Status::bad_parameter);
        EXPECT_EQ(out.size(), 0U);
        for (const std::string_view text : in_message) {
            EXPECT_NE(failure.message.find(text), std::string::npos) << failure.message;
        }
    };
    refused(params, {"\"sites\"", "point 1", "nan"});
    const auto segments = [](std::vector<geometry::Point> list) {
        return SliceParams{.mode = fracture::SliceMode::manual, .segments = std::move(list)};
    };
    refused(segments({{0, 0}, {1, 1}, {2, 2}, {2, 2}}), {"\"segments\"", "segment 1", "(2, 2)"});
    refused(segments({{0, 0}, {1, 2e9F}}), {"\"segments\"", "point 1"});
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
