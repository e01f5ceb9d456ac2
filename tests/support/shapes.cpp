#include "support/shapes.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <cmath>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <numbers>
#include <set>
#include <utility>

namespace cutout::test {

using geometry::Point;

namespace {

Point point(double x, double y) {
    return {static_cast<float>(x), static_cast<float>(y)};
}

} // namespace

std::vector<geometry::RingView> views(const Rings& rings) {
    return {rings.begin(), rings.end()};
}

std::vector<Point> rectangle(float x0, float y0, float x1, float y1) {
    return {{x0, y0}, {x1, y0}, {x1, y1}, {x0, y1}};
}

std::vector<Point> star(TestRandom& random, int points, double radius, double spread, double x, double y) {
    std::vector<Point> ring;
    for (int i = 0; i < points; ++i) {
        const double angle = 2.0 * std::numbers::pi * i / points;
        const double r = radius + spread * (2.0 * random.unit() - 1.0);
        ring.push_back(point(x + r * std::cos(angle), y + r * std::sin(angle)));
    }
    return ring;
}

Rings holed_star(TestRandom& random, int points, int holes) {
    Rings rings{star(random, points, 100.0, 20.0)};
    for (int i = 0; i < holes; ++i) {
        const double angle = 2.0 * std::numbers::pi * i / holes;
        const double size = std::min(18.0, 90.0 / holes);
        std::vector<Point> hole =
            star(random, 12, size, size / 4.0, 42.0 * std::cos(angle), 42.0 * std::sin(angle));
        std::reverse(hole.begin(), hole.end());
        rings.push_back(std::move(hole));
    }
    return rings;
}

std::vector<Point> comb(int teeth, float width, float height) {
    std::vector<Point> ring{{0.0F, 0.0F}, {width, 0.0F}};
    for (int i = teeth; i-- > 0;) {
        const float step = width / static_cast<float>(2 * teeth - 1);
        const float left = step * static_cast<float>(2 * i);
        const float right = i == teeth - 1 ? width : step * static_cast<float>(2 * i + 1);
        ring.push_back({right, height});
        ring.push_back({left, height});
        if (i > 0) {
            ring.push_back({left, 0.1F * height});
            ring.push_back({step * static_cast<float>(2 * i - 1), 0.1F * height});
        }
    }
    return ring;
}

std::vector<Point> spiral(int turns, int points_per_turn, double width) {
    std::vector<Point> ring;
    const int count = turns * points_per_turn;
    for (int i = 0; i <= count; ++i) {
        const double angle = 2.0 * std::numbers::pi * i / points_per_turn;
        const double r = 10.0 + 2.0 * width * angle / (2.0 * std::numbers::pi);
        ring.push_back(point(r * std::cos(angle), r * std::sin(angle)));
    }
    for (int i = count; i >= 0; --i) {
        const double angle = 2.0 * std::numbers::pi * i / points_per_turn;
        const double r = 10.0 + width + 2.0 * width * angle / (2.0 * std::numbers::pi);
        ring.push_back(point(r * std::cos(angle), r * std::sin(angle)));
    }
    return ring;
}

Rings lattice_polygon(TestRandom& random, int size) {
    // The lower edge is straight; the upper one steps up and down between size and 2 size.
    std::vector<Point> outer{point(0, 0), point(2 * size, 0)};
    int x = 2 * size;
    int y = random.integer(size, 2 * size);
    outer.push_back(point(x, y));
    while (x > 0) {
        const int next_x = std::max(0, x - random.integer(1, size));
        outer.push_back(point(next_x, y));
        if (next_x == 0) break;
        int next_y = y;
        while (next_y == y) {
            next_y = random.integer(size, 2 * size);
        }
        outer.push_back(point(next_x, next_y));
        x = next_x;
        y = next_y;
    }
    Rings rings{outer};
    // Holes on a lattice of their own below, diamonds and squares, none touching another.
    for (int cell = 0; cell + 4 <= 2 * size && size >= 5; cell += 4) {
        if (random.integer(0, 2) == 0) continue;
        const int cx = cell + 2;
        const int cy = random.integer(2, size - 2);
        if (random.integer(0, 1) == 0) {
            rings.push_back({point(cx - 1, cy), point(cx, cy + 1), point(cx + 1, cy), point(cx, cy - 1)});
        } else {
            rings.push_back(rectangle(static_cast<float>(cx - 1), static_cast<float>(cy - 1),
                                      static_cast<float>(cx + 1), static_cast<float>(cy + 1)));
        }
    }
    return rings;
}

Rings cell_rings(TestRandom& random, int columns, int rows, double share) {
    std::vector<std::vector<bool>> filled(static_cast<std::size_t>(columns + 2),
                                          std::vector<bool>(static_cast<std::size_t>(rows + 2), false));
    for (int x = 1; x <= columns; ++x) {
        for (int y = 1; y <= rows; ++y) {
            filled[static_cast<std::size_t>(x)][static_cast<std::size_t>(y)] = random.unit() < share;
        }
    }
    // A step leaves a lattice point in direction 0 to 3 (right, up, left, down) with a filled cell on its
    // left.
    constexpr std::array<int, 4> step_x{1, 0, -1, 0};
    constexpr std::array<int, 4> step_y{0, 1, 0, -1};
    const auto cell = [&](int x, int y) {
        return filled[static_cast<std::size_t>(x)][static_cast<std::size_t>(y)];
    };
    // The cell (x, y) has the point (x, y) at its lower left.
    const auto is_step = [&](int x, int y, int direction) {
        if (x < 1 || y < 1 || x > columns + 1 || y > rows + 1) return false;
        switch (direction) {
        case 0:
            return cell(x, y) && !cell(x, y - 1);
        case 1:
            return cell(x - 1, y) && !cell(x, y);
        case 2:
            return cell(x - 1, y - 1) && !cell(x - 1, y);
        default:
            return cell(x, y - 1) && !cell(x - 1, y - 1);
        }
    };
    std::set<std::array<int, 3>> done;
    Rings rings;
    for (int x = 1; x <= columns + 1; ++x) {
        for (int y = 1; y <= rows + 1; ++y) {
            for (int direction = 0; direction < 4; ++direction) {
                if (!is_step(x, y, direction) || done.count({x, y, direction}) != 0) continue;
                std::vector<std::pair<int, int>> walk;
                int at_x = x;
                int at_y = y;
                int d = direction;
                while (done.insert({at_x, at_y, d}).second) {
                    // A point passed before closes a ring of its own.
                    const auto before = std::find(walk.begin(), walk.end(), std::pair{at_x, at_y});
                    if (before != walk.end()) {
                        rings.emplace_back();
                        for (auto i = before; i != walk.end(); ++i) {
                            rings.back().push_back(point(i->first, i->second));
                        }
                        walk.erase(before, walk.end());
                    }
                    walk.emplace_back(at_x, at_y);
                    at_x += step_x[static_cast<std::size_t>(d)];
                    at_y += step_y[static_cast<std::size_t>(d)];
                    // Left first: round the cell that is on the left now.
                    for (const int turn : {1, 0, 3}) {
                        if (is_step(at_x, at_y, (d + turn) % 4)) {
                            d = (d + turn) % 4;
                            break;
                        }
                    }
                }
                rings.emplace_back();
                for (const auto& [px, py] : walk) {
                    rings.back().push_back(point(px, py));
                }
            }
        }
    }
    return rings;
}

std::vector<Point> slanted_comb(int teeth) {
    std::vector<Point> comb;
    for (int i = 0; i < teeth; ++i) {
        const float x = static_cast<float>(i) / static_cast<float>(teeth) * 100.0F;
        comb.push_back({x, 0.0F});
        comb.push_back({x + 50.0F / static_cast<float>(teeth) + 100.0F, 100.0F});
    }
    comb.insert(comb.end(), {{100.0F, 0.0F}, {100.0F, -10.0F}, {0.0F, -10.0F}});
    return comb;
}

std::vector<Point> skyline(TestRandom& random, int columns) {
    std::vector<Point> ring;
    for (const bool top : {false, true}) {
        for (int k = 0; k < columns; ++k) {
            const auto left = static_cast<float>(top ? columns - 1 - k : k);
            const auto y = static_cast<float>(random.integer(0, 3) + (top ? 5 : 0));
            ring.push_back({top ? left + 1.0F : left, y});
            ring.push_back({top ? left : left + 1.0F, y});
        }
    }
    return ring;
}

std::vector<Point> sliver(TestRandom& random, double length, double width) {
    const double angle = random.range(0.0, 2.0 * std::numbers::pi);
    const double c = std::cos(angle);
    const double s = std::sin(angle);
    std::vector<Point> ring;
    for (const auto& [x, y] : {std::pair{0.0, 0.0}, std::pair{length, -0.3 * width},
                               std::pair{length, 0.7 * width}, std::pair{0.5 * length, width}}) {
        ring.push_back(point(c * x - s * y, s * x + c * y));
    }
    return ring;
}

void transform(Rings& rings, double scale, double x, double y) {
    for (auto& ring : rings) {
        for (Point& p : ring) {
            p = point(double{p.x} * scale + x, double{p.y} * scale + y);
        }
    }
}

Rings random_polygon(TestRandom& random) {
    Rings rings;
    switch (random.integer(0, 6)) {
    case 0:
        rings = {rectangle(0.0F, 0.0F, 100.0F, 100.0F)};
        break;
    case 1:
        rings = {star(random, random.integer(3, 80), 100.0, 60.0)};
        break;
    case 2:
        rings = holed_star(random, 64, random.integer(1, 8));
        break;
    case 3:
        rings = {comb(random.integer(1, 20), 100.0F, 60.0F)};
        break;
    case 4:
        rings = {spiral(random.integer(1, 4), 24, 6.0)};
        break;
    case 5:
        rings = lattice_polygon(random, random.integer(2, 12));
        break;
    default:
        rings = {sliver(random, 200.0, random.range(1.0, 10.0))};
        break;
    }
    return rings;
}

std::vector<Point> awkward_sites(TestRandom& random, const Rings& rings, int count) {
    Point low = rings[0][0];
    Point high = low;
    for (const Point p : rings[0]) {
        low = {std::min(low.x, p.x), std::min(low.y, p.y)};
        high = {std::max(high.x, p.x), std::max(high.y, p.y)};
    }
    std::vector<Point> sites;
    while (static_cast<int>(sites.size()) < count) {
        const auto& ring =
            rings[static_cast<std::size_t>(random.integer(0, static_cast<int>(rings.size()) - 1))];
        const auto at = static_cast<std::size_t>(random.integer(0, static_cast<int>(ring.size()) - 1));
        const Point p = ring[at];
        const Point q = ring[(at + 1) % ring.size()];
        switch (random.integer(0, 9)) {
        case 0:
            sites.push_back(p);
            break;
        case 1:
            sites.push_back(point(0.5 * (double{p.x} + double{q.x}), 0.5 * (double{p.y} + double{q.y})));
            break;
        case 2:
            if (!sites.empty()) sites.push_back(sites.back());
            break;
        default:
            sites.push_back(point(random.range(double{low.x}, double{high.x}),
                                  random.range(double{low.y}, double{high.y})));
            break;
        }
    }
    return sites;
}

int cases(int normal) {
    double factor = 1.0;
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
    factor = 0.05;
#endif
    if (const char* scale = std::getenv("CUTOUT_TEST_SCALE")) factor = std::atof(scale);
    return std::max(1, static_cast<int>(std::lround(factor * normal)));
}

namespace {

// A list of rings of [x, y] pairs. Numbers and depth of brackets are all there is in such a file.
Rings parse_rings(const std::string& text) {
    Rings rings;
    int depth = 0;
    std::array<double, 2> pair{};
    std::size_t numbers = 0;
    for (std::size_t i = 0; i < text.size();) {
        const char c = text[i];
        if (c == '[') {
            if (++depth == 2) rings.emplace_back();
            numbers = 0;
            ++i;
        } else if (c == ']') {
            if (depth-- == 3 && numbers == 2) rings.back().push_back(point(pair[0], pair[1]));
            ++i;
        } else if (std::isdigit(static_cast<unsigned char>(c)) != 0 || c == '-') {
            char* end = nullptr;
            const double value = std::strtod(text.c_str() + i, &end);
            if (numbers < 2) pair[numbers] = value;
            ++numbers;
            i = static_cast<std::size_t>(end - text.c_str());
        } else {
            ++i;
        }
    }
    return rings;
}

} // namespace

std::vector<PolygonFile> polygon_files() {
    std::vector<PolygonFile> files;
    const std::filesystem::path folder = std::filesystem::path(CUTOUT_TEST_POLYGONS) / "earcut";
    if (!std::filesystem::is_directory(folder)) return files;
    for (const auto& entry : std::filesystem::directory_iterator(folder)) {
        if (entry.path().extension() != ".json") continue;
        std::ifstream in(entry.path());
        const std::string text{std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
        files.push_back({entry.path().stem().string(), parse_rings(text)});
    }
    std::sort(files.begin(), files.end(),
              [](const PolygonFile& a, const PolygonFile& b) { return a.name < b.name; });
    return files;
}

} // namespace cutout::test
