#include "support/case_draw.h"

#include "support/workloads.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <limits>

namespace cutout::test {

using fracture::FieldType;
using geometry::Point;

// The order in which arguments of a call are worked out is the compiler's choice: two draws in one call would
// give another case elsewhere.
namespace {

constexpr double largest = 1.0e9;

Point point(double x, double y) {
    return {static_cast<float>(x), static_cast<float>(y)};
}

// Any float at all.
float raw_float(Draw& draw) {
    return std::bit_cast<float>(draw.bytes(4));
}

Point lattice_point(Draw& draw, int size) {
    const int x = draw.integer(0, size);
    return point(x, draw.integer(0, size));
}

int turn(Point a, Point b, Point c) {
    return exact_orientation(a, b, c);
}

// Round a centre by angle, without trigonometry: mostly a star-shaped ring.
void sort_round(std::vector<Point>& ring, double cx, double cy) {
    std::sort(ring.begin(), ring.end(), [&](Point p, Point q) {
        const double px = double{p.x} - cx;
        const double py = double{p.y} - cy;
        const double qx = double{q.x} - cx;
        const double qy = double{q.y} - cy;
        const bool p_low = py < 0.0 || (py == 0.0 && px < 0.0);
        const bool q_low = qy < 0.0 || (qy == 0.0 && qx < 0.0);
        if (p_low != q_low) return q_low;
        const double cross = px * qy - py * qx;
        return cross != 0.0 ? cross > 0.0 : px * px + py * py < qx * qx + qy * qy;
    });
}

// From left to right below a chord, and back above it: mostly a simple ring.
void sort_monotone(std::vector<Point>& ring) {
    const auto less = [](Point a, Point b) { return a.x != b.x ? a.x < b.x : a.y < b.y; };
    std::sort(ring.begin(), ring.end(), less);
    const Point first = ring.front();
    const Point last = ring.back();
    const auto upper = std::stable_partition(ring.begin(), ring.end(), [&](Point p) {
        return p == first || (!(p == last) && turn(first, last, p) < 0);
    });
    std::reverse(upper, ring.end());
}

// Turns stretches of the ring round until no two edges cross: what comes out is simple unless points lie on
// edges.
void untangle(std::vector<Point>& ring) {
    const std::size_t n = ring.size();
    for (int flips = 0; flips < 300; ++flips) {
        bool crossed = false;
        for (std::size_t i = 0; i + 2 < n && !crossed; ++i) {
            for (std::size_t j = i + 2; j < n && !crossed; ++j) {
                const Point a = ring[i];
                const Point b = ring[i + 1];
                const Point c = ring[j];
                const Point d = ring[(j + 1) % n];
                if (turn(a, b, c) * turn(a, b, d) >= 0 || turn(c, d, a) * turn(c, d, b) >= 0) continue;
                std::reverse(ring.begin() + static_cast<std::ptrdiff_t>(i) + 1,
                             ring.begin() + static_cast<std::ptrdiff_t>(j) + 1);
                crossed = true;
            }
        }
        if (!crossed) return;
    }
}

Rings shape(Draw& draw) {
    TestRandom random(draw.bytes(2));
    switch (draw.integer(0, 9)) {
    case 0: // needles
        return {star(random, random.integer(5, 40), 100.0, 98.0)};
    case 1: // holes side by side, down to tiny ones
        return holed_star(random, 24, random.integer(1, 20));
    case 2: // many holes in rows
    {
        Rings rings{rectangle(0, 0, 60, 60)};
        const int side = random.integer(1, 4);
        for (int i = 0; i < side * side; ++i) {
            const double step = 60.0 / side;
            rings.push_back(star(random, random.integer(3, 7), 0.35 * step, 0.1 * step,
                                 (i % side + 0.5) * step, (i / side + 0.5) * step));
        }
        return rings;
    }
    case 3:
        return {coast(random, random.integer(20, 120))};
    default:
        return random_polygon(random);
    }
}

Rings lattice_rectangle(Draw& draw) {
    const int size = draw.integer(1, 12);
    Rings rings{rectangle(0, 0, static_cast<float>(size), static_cast<float>(draw.integer(1, 12)))};
    for (int holes = draw.integer(0, 3); holes > 0; --holes) {
        const Point p = lattice_point(draw, size);
        const auto width = static_cast<float>(draw.integer(1, 3));
        const auto height = static_cast<float>(draw.integer(1, 3));
        rings.push_back(rectangle(p.x, p.y, p.x + width, p.y + height));
    }
    return rings;
}

std::vector<Point> scattered(Draw& draw, int least, int most) {
    std::vector<Point> ring;
    const bool coarse = draw.one_in(2);
    for (int count = draw.integer(least, most); count > 0; --count) {
        if (coarse) {
            ring.push_back(lattice_point(draw, 12));
        } else {
            const double x = 100.0 * draw.unit();
            ring.push_back(point(x, 100.0 * draw.unit()));
        }
    }
    return ring;
}

// How the floats lie under the polygon.
void place(Draw& draw, Rings& rings) {
    switch (draw.integer(0, 15)) {
    case 0:
        transform(rings, 1e-3, 0.0, 0.0);
        break;
    case 1:
        transform(rings, 1e4, 0.0, 0.0);
        break;
    case 2:
        transform(rings, 1.0, 1e6, -1e6);
        break;
    case 3:
        transform(rings, 4.0, 1e7, 3e6);
        break;
    case 4:
        transform(rings, 0.01, 100.0, -1.0);
        break;
    case 5: // any power of two, down to numbers without full precision
        transform(rings, std::ldexp(1.0, draw.integer(-150, 23)), 0.0, 0.0);
        break;
    case 6: // a corner of the range
        transform(rings, 1e3, 2e5 - largest, largest - 2e5);
        break;
    case 7: // a handful of floats wide
        transform(rings, std::ldexp(1.0, draw.integer(-14, -4)), 1024.0, 2048.0);
        break;
    case 8: {
        const int exponent = draw.integer(-4, 4);
        const int x = draw.integer(-64, 64);
        transform(rings, std::ldexp(1.0, exponent), x, draw.integer(-64, 64));
        break;
    }
    default:
        break;
    }
}

// What a careless caller adds.
void spoil(Draw& draw, Rings& rings) {
    auto& ring = rings[static_cast<std::size_t>(draw.integer(0, static_cast<int>(rings.size()) - 1))];
    const auto any = [&] {
        return ring.begin() + (ring.empty() ? 0 : draw.integer(0, static_cast<int>(ring.size()) - 1));
    };
    switch (draw.integer(0, 8)) {
    case 0:
        if (!ring.empty()) ring.push_back(ring.front());
        break;
    case 1:
        if (!ring.empty()) {
            const Point copy = *any();
            ring.insert(any(), copy);
        }
        break;
    case 2: // the middle of an edge, as near as floats go
        if (ring.size() > 1) {
            const Point a = ring[0];
            const Point b = ring[1];
            ring.insert(ring.begin() + 1,
                        point(0.5 * (double{a.x} + double{b.x}), 0.5 * (double{a.y} + double{b.y})));
        }
        break;
    case 3:
        if (!ring.empty()) any()->x = raw_float(draw);
        break;
    case 4:
        rings.emplace_back();
        break;
    case 5: // a second hole in the place of the first, or the outer ring as a hole
        rings.push_back(rings.back());
        break;
    case 6:
        if (!ring.empty()) ring.erase(any());
        break;
    case 7:
        rings.clear();
        break;
    default: // one float to the side
        if (!ring.empty()) {
            Point& p = *any();
            p.x = std::nextafter(p.x, std::numeric_limits<float>::infinity());
        }
        break;
    }
}

struct Bounds {
    double low_x = 0.0;
    double low_y = 0.0;
    double high_x = 0.0;
    double high_y = 0.0;

    [[nodiscard]] double extent() const { return std::max(high_x - low_x, high_y - low_y); }
};

Bounds bounds_of(const Rings& rings) {
    Bounds b;
    bool first = true;
    for (const auto& ring : rings) {
        for (const Point p : ring) {
            if (!(std::abs(p.x) <= 1e9F && std::abs(p.y) <= 1e9F)) continue;
            const double x = double{p.x};
            const double y = double{p.y};
            b = first ? Bounds{x, y, x, y}
                      : Bounds{std::min(b.low_x, x), std::min(b.low_y, y), std::max(b.high_x, x),
                               std::max(b.high_y, y)};
            first = false;
        }
    }
    return b;
}

// A point that has something to do with the polygon; finite and within the range.
Point related_point(Draw& draw, const Rings& rings, const Bounds& b) {
    const auto clamp = [](double x, double y) {
        return point(std::clamp(x, -largest, largest), std::clamp(y, -largest, largest));
    };
    const int what = draw.integer(0, 15);
    if (what < 4 && !rings.empty()) { // a vertex, or between two
        const auto& ring =
            rings[static_cast<std::size_t>(draw.integer(0, static_cast<int>(rings.size()) - 1))];
        if (!ring.empty()) {
            const auto i = static_cast<std::size_t>(draw.integer(0, static_cast<int>(ring.size()) - 1));
            const Point p = ring[i];
            const Point q = what < 2 ? p : ring[(i + 1) % ring.size()];
            const double x = 0.5 * (double{p.x} + double{q.x});
            const double y = 0.5 * (double{p.y} + double{q.y});
            if (std::isfinite(x) && std::isfinite(y)) return clamp(x, y);
        }
    }
    if (what == 4) {
        const double x = b.low_x + 3.0 * b.extent() * draw.unit();
        return clamp(x, b.low_y - 3.0 * b.extent() * draw.unit());
    }
    if (what == 5) {
        const double x = largest * (2.0 * draw.unit() - 1.0);
        return clamp(x, largest * (2.0 * draw.unit() - 1.0));
    }
    if (what < 10) { // on a lattice over the bounds
        const double step = 0.125 * b.extent();
        const double x = b.low_x + step * draw.integer(0, 8);
        return clamp(x, b.low_y + step * draw.integer(0, 8));
    }
    const double x = draw.range(b.low_x, b.high_x);
    return clamp(x, draw.range(b.low_y, b.high_y));
}

double drawn_real(Draw& draw, const fracture::Field& field, double extent, bool careless) {
    constexpr double infinity = std::numeric_limits<double>::infinity();
    switch (draw.integer(careless ? 0 : 5, 31)) {
    case 0:
        return field.minimum - 1.0;
    case 1:
        return field.maximum + 1.0;
    case 2:
        return std::numeric_limits<double>::quiet_NaN();
    case 3:
        return infinity;
    case 4:
        return double{raw_float(draw)};
    case 5:
    case 6:
        return field.minimum;
    case 7:
    case 8:
        return field.maximum < infinity ? field.maximum : extent;
    default:
        return field.minimum +
               draw.unit() * (field.maximum < infinity ? field.maximum - field.minimum : 0.25 * extent);
    }
}

std::int64_t drawn_integer(Draw& draw, const fracture::Field& field, bool careless) {
    const bool anything = field.maximum > 1e15; // a seed
    const auto low =
        anything ? std::numeric_limits<std::int64_t>::min() : static_cast<std::int64_t>(field.minimum);
    switch (draw.integer(careless || anything ? 0 : 2, 31)) {
    case 0:
        return anything ? low : low - 1;
    case 1:
        return anything ? std::numeric_limits<std::int64_t>::max()
                        : static_cast<std::int64_t>(field.maximum) + 1;
    case 2: // many pieces cost much time, so not often and not too many
        if (!anything && !draw.one_in(4)) return low;
        return anything ? -1
                        : std::min<std::int64_t>(low + draw.integer(0, 400),
                                                 static_cast<std::int64_t>(field.maximum));
    default:
        return anything ? draw.integer(0, 255)
                        : std::min<std::int64_t>(low + draw.integer(0, 12),
                                                 static_cast<std::int64_t>(field.maximum));
    }
}

constexpr int first_of_craters = 224; // of 256

std::vector<Point> drawn_anchor(Draw& draw, const Rings& rings, const Bounds& bounds, bool careless) {
    const Point p = related_point(draw, rings, bounds);
    const Point q = related_point(draw, rings, bounds);
    if (careless && draw.one_in(4)) {
        if (draw.one_in(2)) return {p, {raw_float(draw), q.y}, {q.x, p.y}};
        if (draw.one_in(2)) return {p, q};
        return {};
    }
    switch (draw.integer(0, 2)) {
    case 0:
        return {p};
    case 1: // a rectangle, also without a width
        return rectangle(std::min(p.x, q.x), std::min(p.y, q.y), std::max(p.x, q.x), std::max(p.y, q.y));
    default:
        return {p, q, related_point(draw, rings, bounds)};
    }
}

fracture::Crater drawn_crater(Draw& draw, const Rings& rings, const Bounds& bounds, bool careless) {
    fracture::Crater crater;
    crater.centre = related_point(draw, rings, bounds);
    const double extent = bounds.extent();
    double radius = extent * draw.range(0.02, 0.5);
    switch (draw.integer(0, 11)) {
    case 0: // larger than the polygon
        radius = extent * draw.range(0.5, 3.0);
        break;
    case 1:
        radius = extent * draw.range(0.0005, 0.02);
        break;
    case 2: // about as wide as floats are apart, and less
        radius = std::ldexp(extent, draw.integer(-30, -12));
        break;
    default:
        break;
    }
    crater.axis_x = point(radius, 0.0);
    crater.axis_y = point(0.0, radius);
    switch (draw.integer(0, 5)) {
    case 0: // stretched
        crater.axis_y = point(0.0, radius * draw.range(0.1, 1.0));
        break;
    case 1: // and skewed
    {
        const double lean = radius * draw.range(-1.0, 1.0);
        crater.axis_x = point(radius * draw.range(0.2, 1.0), lean);
        const double across = radius * draw.range(-1.0, 1.0); // (in this order on every machine)
        crater.axis_y = point(across, radius * draw.range(0.2, 1.0));
        break;
    }
    case 2: // mirrored, or about as narrow as a line
        crater.axis_y = point(0.0, -radius * std::ldexp(1.0, -draw.integer(0, 24)));
        break;
    default:
        break;
    }
    crater.fragment_count = draw.one_in(16) ? draw.integer(1, 120) : draw.integer(1, 12);
    crater.seed = draw.integer(0, 255);
    if (careless) {
        switch (draw.integer(0, 5)) {
        case 0:
            crater.centre.x = raw_float(draw);
            break;
        case 1:
            crater.axis_x.x = raw_float(draw);
            break;
        case 2:
            crater.axis_y = crater.axis_x;
            break;
        case 3:
            crater.axis_x = {};
            crater.axis_y = {};
            break;
        case 4:
            crater.fragment_count = draw.one_in(2) ? -draw.integer(0, 9) : 100'000 + draw.integer(1, 9);
            break;
        default:
            break;
        }
    }
    if (draw.one_in(2)) {
        for (int count = draw.integer(1, 3); count > 0; --count) {
            crater.anchors.push_back(drawn_anchor(draw, rings, bounds, careless));
        }
    }
    return crater;
}

void draw_craters(Draw& draw, const Rings& rings, const Bounds& bounds,
                  std::vector<fracture::Crater>& craters) {
    const bool careless = draw.one_in(12);
    for (int count = draw.one_in(3) ? draw.integer(2, 5) : 1; count > 0; --count) {
        craters.push_back(drawn_crater(draw, rings, bounds, careless));
    }
}

} // namespace

Rings draw_rings(Draw& draw) {
    Rings rings;
    switch (draw.integer(0, draw.portable ? 6 : 11)) {
    case 0: {
        std::vector<Point> ring = scattered(draw, 3, 24);
        if (draw.one_in(2)) {
            sort_round(ring, 6.0, 6.0);
        } else {
            sort_monotone(ring);
        }
        rings = {std::move(ring)};
        break;
    }
    case 1:
    case 2: {
        std::vector<Point> ring = scattered(draw, 3, 20);
        untangle(ring);
        rings = {std::move(ring)};
        break;
    }
    case 3: // as they come: mostly not simple
        for (int count = draw.integer(1, 3); count > 0; --count) {
            rings.push_back(scattered(draw, 1, 8));
        }
        break;
    case 4: {
        std::vector<Point> ring;
        for (int count = draw.integer(3, 8); count > 0; --count) {
            const float x = raw_float(draw);
            ring.push_back({x, raw_float(draw)});
        }
        untangle(ring);
        rings = {std::move(ring)};
        break;
    }
    case 5:
    case 6:
        rings = lattice_rectangle(draw);
        break;
    default:
        rings = shape(draw);
        break;
    }
    place(draw, rings);
    for (auto& ring : rings) {
        if (draw.one_in(3)) std::reverse(ring.begin(), ring.end());
    }
    if (draw.one_in(12)) spoil(draw, rings);
    return rings;
}

std::vector<Setting> draw_settings(Draw& draw, const fracture::Params& params, const Rings& rings) {
    const Bounds bounds = bounds_of(rings);
    const bool careless = draw.one_in(8); // of values out of range, of the wrong type, of unknown words
    std::vector<Setting> settings;
    for (const fracture::Field& field : fracture::fields(params)) {
        if (draw.one_in(3)) continue; // its default
        Setting setting{.key = std::string(field.key), .type = field.type, .word = {}, .points = {}};
        switch (field.type) {
        case FieldType::boolean:
            setting.boolean = draw.one_in(2);
            break;
        case FieldType::integer:
            setting.integer = drawn_integer(draw, field, careless);
            break;
        case FieldType::real:
            setting.real = drawn_real(draw, field, bounds.extent(), careless);
            break;
        case FieldType::vector2:
            setting.vector2 = related_point(draw, rings, bounds);
            if (careless && draw.one_in(8)) setting.vector2.x = raw_float(draw);
            break;
        case FieldType::choice:
            setting.word = careless && draw.one_in(8)
                               ? "?"
                               : std::string(field.choices[static_cast<std::size_t>(
                                     draw.integer(0, static_cast<int>(field.choices.size()) - 1))]);
            break;
        case FieldType::points: // one in many has one that is no number
            for (int count = draw.integer(0, 9); count > 0; --count) {
                setting.points.push_back(related_point(draw, rings, bounds));
            }
            if (careless && !setting.points.empty()) setting.points[0].y = raw_float(draw);
            break;
        case FieldType::null:
            break;
        }
        if (field.nullable && draw.one_in(2)) setting.type = FieldType::null;
        if (careless && draw.one_in(16)) setting.type = FieldType::boolean; // the wrong type for most
        settings.push_back(std::move(setting));
    }
    return settings;
}

FractureCase draw_case(Draw& draw) {
    FractureCase result;
    const int byte = draw.integer(0, 255);
    const int what = byte % 8;
    result.rings = draw_rings(draw);
    const Bounds bounds = bounds_of(result.rings);
    if (byte >= first_of_craters) {
        result.way = Way::crater;
        draw_craters(draw, result.rings, bounds, result.craters);
    } else if (what < 4) {
        result.way = Way::params;
        result.type = what < 2 ? "voronoi" : "slices";
        fracture::Params params;
        if (fracture::default_params(result.type, params).ok()) {
            result.settings = draw_settings(draw, params, result.rings);
        }
    } else if (what < 6) {
        result.way = Way::sites;
        const bool round = draw.one_in(3); // onto the integers: collinear, cocircular, equal sites
        for (int count = draw.one_in(16) ? draw.integer(1, 200) : draw.integer(1, 24); count > 0; --count) {
            Point site = related_point(draw, result.rings, bounds);
            if (round) site = {std::round(site.x), std::round(site.y)};
            result.sites.push_back(site);
        }
    } else {
        result.way = Way::lines;
        for (int count = draw.integer(0, 10); count > 0; --count) {
            const Point a = related_point(draw, result.rings, bounds);
            const Point b = related_point(draw, result.rings, bounds);
            if (!(a == b)) result.lines.emplace_back(a, b);
        }
    }
    return result;
}

} // namespace cutout::test
