// One fracture to be tried, as data: what fuzzing, soaking and property tests draw, check, shrink and keep.
//
//     FractureCase fracture_case = case_from_text(text);   // or draw_case(), see case_draw.h
//     std::vector<std::string> faults = check_case(fracture_case).faults;   // case_check.h
//
// As text, one thing a line, so that a found case can be read, shortened by hand and kept as a fixture:
//
//     ring 0 0 100 0 100 100 0 100          outer ring first, then holes
//     type voronoi                          through the front door with these parameters ...
//     set fragment_count integer 16
//     site 3 4                              ... or with given sites
//     line 0 0 10 10                        ... or with given lines, two points each
//     crater 50 50 20                       ... or a hit: centre and radius, or centre and the two axes
//     set fragment_count integer 3          of the crater above, as is `set seed integer 1`
//     anchor 0 0 0 100 1 100                of the crater above: one point, or three and more
//     crater 50 70 20 5 -5 20               another hit, on what the first has left
//     # a comment
#pragma once

#include "fracture/crater.h"
#include "fracture/params.h"
#include "geometry/types.h"
#include "support/fracture_checker.h"

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace cutout::test {

// A parameter as a script would hand it over; it owns what a FieldValue only refers to.
struct Setting {
    std::string key;
    fracture::FieldType type = fracture::FieldType::integer;
    bool boolean = false;
    std::int64_t integer = 0;
    double real = 0.0;
    geometry::Point vector2{};
    std::string word;
    std::vector<geometry::Point> points;

    [[nodiscard]] fracture::FieldValue value() const;
};

enum class Way : std::uint8_t { params, sites, lines, crater };

struct FractureCase {
    Rings rings;
    Way way = Way::params;
    std::string type = "voronoi";       // Way::params
    std::vector<Setting> settings;      // Way::params
    std::vector<geometry::Point> sites; // Way::sites; finite and in range, at least one
    std::vector<std::pair<geometry::Point, geometry::Point>> lines; // Way::lines; finite, in range, not equal
    std::vector<fracture::Crater> craters; // Way::crater; at least one, one hit after another
};

[[nodiscard]] std::string to_text(const FractureCase& fracture_case);
// Throws std::runtime_error where the text makes no sense.
[[nodiscard]] FractureCase case_from_text(const std::string& text);

// The parameters, or the refusal of the first setting that is not accepted.
[[nodiscard]] geometry::Failure params_of(const FractureCase& fracture_case, fracture::Params& out);

} // namespace cutout::test
