#include "support/fracture_case.h"

#include "geometry/text.h"

#include <array>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <limits>
#include <sstream>
#include <stdexcept>

namespace cutout::test {

using fracture::FieldType;
using geometry::concat;
using geometry::Point;

namespace {

constexpr std::array type_words{
    std::pair{FieldType::boolean, "boolean"}, std::pair{FieldType::integer, "integer"},
    std::pair{FieldType::real, "real"},       std::pair{FieldType::vector2, "vector2"},
    std::pair{FieldType::choice, "choice"},   std::pair{FieldType::points, "points"},
    std::pair{FieldType::null, "null"}};

const char* word_of(FieldType type) {
    for (const auto& [known, word] : type_words) {
        if (known == type) return word;
    }
    throw std::runtime_error("a field type without a word in fracture_case.cpp");
}

FieldType type_of(const std::string& word) {
    for (const auto& [type, known] : type_words) {
        if (word == known) return type;
    }
    throw std::runtime_error("no type of a parameter: " + word);
}

// Enough digits to read the same bits back.
std::string number(float value) {
    std::array<char, 32> text{};
    std::snprintf(text.data(), text.size(), "%.9g", static_cast<double>(value));
    return text.data();
}
std::string number(double value) {
    std::array<char, 40> text{};
    std::snprintf(text.data(), text.size(), "%.17g", value);
    return text.data();
}
std::string pair(Point p) {
    return concat(" ", number(p.x), " ", number(p.y));
}

std::string value_text(const Setting& setting) {
    switch (setting.type) {
    case FieldType::boolean:
        return setting.boolean ? " 1" : " 0";
    case FieldType::integer:
        return concat(" ", geometry::to_text(setting.integer));
    case FieldType::real:
        return concat(" ", number(setting.real));
    case FieldType::vector2:
        return pair(setting.vector2);
    case FieldType::choice:
        return concat(" ", setting.word);
    case FieldType::points: {
        std::string text;
        for (const Point p : setting.points) {
            text += pair(p);
        }
        return text;
    }
    case FieldType::null:
        return "";
    }
    throw std::runtime_error("a field type without a text in fracture_case.cpp");
}

// Streams do not read "nan" and "inf"; strtod does.
double read_double(std::istream& in) {
    std::string word;
    if (!(in >> word)) throw std::runtime_error("a number is missing");
    char* end = nullptr;
    const double value = std::strtod(word.c_str(), &end);
    if (end == word.c_str() || *end != '\0') throw std::runtime_error("no number: " + word);
    return value;
}
float read_float(std::istream& in) {
    return static_cast<float>(read_double(in));
}
Point read_point(std::istream& in) {
    const float x = read_float(in);
    return {x, read_float(in)};
}

std::vector<Point> read_points(std::istream& in) {
    std::vector<Point> points;
    while (in >> std::ws, !in.eof()) {
        points.push_back(read_point(in));
    }
    return points;
}

Setting read_setting(std::istream& in) {
    Setting setting;
    std::string type;
    in >> setting.key >> type;
    setting.type = type_of(type);
    switch (setting.type) {
    case FieldType::boolean:
        in >> setting.boolean;
        break;
    case FieldType::integer:
        in >> setting.integer;
        break;
    case FieldType::real:
        setting.real = read_double(in);
        break;
    case FieldType::vector2:
        setting.vector2 = read_point(in);
        break;
    case FieldType::choice:
        in >> setting.word;
        break;
    case FieldType::points:
        setting.points = read_points(in);
        return setting;
    case FieldType::null:
        break;
    }
    if (!in) throw std::runtime_error("no value for the parameter " + setting.key);
    return setting;
}

bool is_circle(const fracture::Crater& crater) {
    const auto nothing = [](float value) { return value == 0.0F && !std::signbit(value); };
    return nothing(crater.axis_x.y) && nothing(crater.axis_y.x) && crater.axis_x.x == crater.axis_y.y &&
           std::signbit(crater.axis_x.x) == std::signbit(crater.axis_y.y);
}

std::string crater_text(const fracture::Crater& crater) {
    const fracture::Crater plain;
    std::string text = concat("crater", pair(crater.centre));
    text += is_circle(crater) ? concat(" ", number(crater.axis_x.x))
                              : concat(pair(crater.axis_x), pair(crater.axis_y));
    text += "\n";
    if (crater.fragment_count != plain.fragment_count) {
        text += concat("set fragment_count integer ", std::to_string(crater.fragment_count), "\n");
    }
    if (crater.seed != plain.seed) text += concat("set seed integer ", geometry::to_text(crater.seed), "\n");
    for (const auto& anchor : crater.anchors) {
        text += "anchor";
        for (const Point p : anchor) {
            text += pair(p);
        }
        text += "\n";
    }
    return text;
}

fracture::Crater read_crater(std::istream& in) {
    fracture::Crater crater;
    crater.centre = read_point(in);
    const float first = read_float(in);
    if (in >> std::ws, in.eof()) {
        crater.axis_x = {first, 0.0F};
        crater.axis_y = {0.0F, first};
    } else {
        crater.axis_x = {first, read_float(in)};
        crater.axis_y = read_point(in);
    }
    return crater;
}

void set(const Setting& setting, fracture::Crater& crater) {
    if (setting.key == "fragment_count" && setting.type == FieldType::integer &&
        std::abs(setting.integer) <= std::numeric_limits<std::int32_t>::max()) {
        crater.fragment_count = static_cast<std::int32_t>(setting.integer);
    } else if (setting.key == "seed" && setting.type == FieldType::integer) {
        crater.seed = setting.integer;
    } else {
        throw std::runtime_error("no parameter of a crater: " + setting.key);
    }
}

} // namespace

fracture::FieldValue Setting::value() const {
    return {
        .type = type, .boolean = boolean, .integer = integer, .real = real, .vector2 = vector2, .word = word};
}

std::string to_text(const FractureCase& fracture_case) {
    std::string text;
    for (const auto& ring : fracture_case.rings) {
        text += "ring";
        for (const Point p : ring) {
            text += pair(p);
        }
        text += "\n";
    }
    if (fracture_case.way == Way::params) {
        text += concat("type ", fracture_case.type, "\n");
        for (const Setting& setting : fracture_case.settings) {
            text += concat("set ", setting.key, " ", word_of(setting.type), value_text(setting), "\n");
        }
    }
    if (fracture_case.way == Way::sites) {
        for (const Point site : fracture_case.sites) {
            text += concat("site", pair(site), "\n");
        }
    }
    if (fracture_case.way == Way::lines) {
        text += "lines\n"; // also when there is none
        for (const auto& [a, b] : fracture_case.lines) {
            text += concat("line", pair(a), pair(b), "\n");
        }
    }
    if (fracture_case.way == Way::crater) {
        for (const fracture::Crater& crater : fracture_case.craters) {
            text += crater_text(crater);
        }
    }
    return text;
}

FractureCase case_from_text(const std::string& text) {
    FractureCase result;
    std::istringstream lines(text);
    for (std::string line; std::getline(lines, line);) {
        std::istringstream in(line);
        std::string what;
        if (!(in >> what) || what[0] == '#') continue;
        if (what == "ring") {
            result.rings.push_back(read_points(in));
        } else if (what == "type") {
            result.way = Way::params;
            in >> result.type;
        } else if (what == "crater") {
            result.way = Way::crater;
            result.craters.push_back(read_crater(in));
        } else if (what == "set" && result.way == Way::crater) {
            set(read_setting(in), result.craters.back());
        } else if (what == "anchor" && result.way == Way::crater) {
            result.craters.back().anchors.push_back(read_points(in));
        } else if (what == "set") {
            result.settings.push_back(read_setting(in));
        } else if (what == "site") {
            result.way = Way::sites;
            result.sites.push_back(read_point(in));
        } else if (what == "lines" || what == "line") {
            result.way = Way::lines;
            if (what == "lines") continue;
            const Point a = read_point(in);
            result.lines.emplace_back(a, read_point(in));
        } else {
            throw std::runtime_error("no line of a case: " + line);
        }
    }
    return result;
}

geometry::Failure params_of(const FractureCase& fracture_case, fracture::Params& out) {
    if (geometry::Failure failure = fracture::default_params(fracture_case.type, out); !failure.ok())
        return failure;
    for (const Setting& setting : fracture_case.settings) {
        if (geometry::Failure failure = fracture::set_field(out, setting.key, setting.value()); !failure.ok())
            return failure;
    }
    return {};
}

} // namespace cutout::test
