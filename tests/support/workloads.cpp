#include "support/workloads.h"

#include "geometry/validate.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <functional>
#include <numbers>

namespace cutout::test {

using geometry::Point;

namespace {

struct Bounds {
    double low_x = 0.0;
    double low_y = 0.0;
    double high_x = 0.0;
    double high_y = 0.0;
};

Bounds bounds_of(const std::vector<Point>& ring) {
    Bounds bounds{double{ring[0].x}, double{ring[0].y}, double{ring[0].x}, double{ring[0].y}};
    for (const Point p : ring) {
        bounds = {std::min(bounds.low_x, double{p.x}), std::min(bounds.low_y, double{p.y}),
                  std::max(bounds.high_x, double{p.x}), std::max(bounds.high_y, double{p.y})};
    }
    return bounds;
}

Point point(double x, double y) {
    return {static_cast<float>(x), static_cast<float>(y)};
}

bool inside(const std::vector<Point>& ring, double x, double y) {
    bool odd = false;
    for (std::size_t i = 0; i < ring.size(); ++i) {
        const Point a = ring[i];
        const Point b = ring[(i + 1) % ring.size()];
        if ((double{a.y} > y) == (double{b.y} > y)) continue;
        const double crossing =
            double{a.x} + (y - double{a.y}) * (double{b.x} - double{a.x}) / (double{b.y} - double{a.y});
        if (x < crossing) odd = !odd;
    }
    return odd;
}

Point draw_inside(TestRandom& random, const std::vector<Point>& outer, const Bounds& bounds) {
    while (true) {
        const double x = random.range(bounds.low_x, bounds.high_x);
        const double y = random.range(bounds.low_y, bounds.high_y);
        if (inside(outer, x, y)) return point(x, y);
    }
}

// Each through a random point inside, in a random direction.
CutLines chaotic(TestRandom& random, const std::vector<Point>& outer, int count) {
    const Bounds bounds = bounds_of(outer);
    CutLines lines;
    for (int i = 0; i < count; ++i) {
        const Point p = draw_inside(random, outer, bounds);
        const double angle = 2.0 * std::numbers::pi * random.unit();
        lines.emplace_back(
            p, point(double{p.x} + 100.0 * std::cos(angle), double{p.y} + 100.0 * std::sin(angle)));
    }
    return lines;
}

// Evenly over the bounds: `count` lines each way.
CutLines grid(const std::vector<Point>& outer, int count) {
    const Bounds b = bounds_of(outer);
    CutLines lines;
    for (int i = 1; i <= count; ++i) {
        const double x = b.low_x + (b.high_x - b.low_x) * i / (count + 1);
        lines.emplace_back(point(x, b.low_y), point(x, b.high_y));
    }
    for (int i = 1; i <= count; ++i) {
        const double y = b.low_y + (b.high_y - b.low_y) * i / (count + 1);
        lines.emplace_back(point(b.low_x, y), point(b.high_x, y));
    }
    return lines;
}

Rings sprite_with_holes(TestRandom& random) {
    Rings rings{star(random, 64, 100.0, 20.0)};
    for (const double x : {-35.0, 35.0}) {
        const double y = 10.0 * (2.0 * random.unit() - 1.0);
        rings.push_back(star(random, 12, 18.0, 5.0, x, y));
        std::reverse(rings.back().begin(), rings.back().end());
    }
    return rings;
}

WorkloadCase with_sites(TestRandom& random, Rings rings, int count) {
    WorkloadCase variant{.rings = std::move(rings), .sites = {}, .lines = {}};
    variant.sites = sites_inside(random, variant.rings[0], count);
    return variant;
}

} // namespace

std::vector<Point> sites_inside(TestRandom& random, const std::vector<Point>& outer, int count) {
    const Bounds bounds = bounds_of(outer);
    std::vector<Point> sites;
    for (int i = 0; i < count; ++i) {
        sites.push_back(draw_inside(random, outer, bounds));
    }
    return sites;
}

std::vector<Point> coast(TestRandom& random, int vertices) {
    constexpr std::array waves{2, 3, 5, 9, 17, 33, 65};
    while (true) {
        std::array<double, waves.size()> height{};
        std::array<double, waves.size()> phase{};
        for (std::size_t i = 0; i < waves.size(); ++i) {
            height[i] = 0.3 * std::pow(waves[i], -0.7) * random.unit();
            phase[i] = 2.0 * std::numbers::pi * random.unit();
        }
        std::vector<Point> ring;
        for (int k = 0; k < vertices; ++k) {
            const double angle = 2.0 * std::numbers::pi * k / vertices;
            double r = 1.0;
            for (std::size_t i = 0; i < waves.size(); ++i) {
                r += height[i] * std::cos(waves[i] * angle + phase[i]);
            }
            // Of many points the roughness is less, or they would not be simple.
            r = 100.0 * r + std::min(1.0, 1000.0 / vertices) * (2.0 * random.unit() - 1.0);
            const double swirled = angle + 1.2 * r / 100.0;
            ring.push_back(point(r * std::cos(swirled), r * std::sin(swirled)));
        }
        const Rings rings{ring};
        const auto view = views(rings);
        geometry::SimplePolygon simple;
        if (geometry::validate({view}, nullptr, simple).ok()) return ring;
    }
}

std::vector<Workload> workloads() {
    const auto square = [](TestRandom&) { return Rings{rectangle(0.0F, 0.0F, 100.0F, 100.0F)}; };
    const auto sprite = [](TestRandom& random) { return Rings{star(random, 64, 100.0, 25.0)}; };
    const auto island = [](TestRandom& random) { return Rings{coast(random, 1000)}; };

    std::vector<Workload> all;
    const auto add = [&](const char* name, const char* what, std::uint64_t rng, std::uint64_t variants,
                         const std::function<WorkloadCase(TestRandom&)>& make) {
        Workload workload{.name = name, .what = what, .variants = {}};
        for (std::uint64_t k = 0; k < variants; ++k) {
            TestRandom random(rng + k - 1);
            workload.variants.push_back(make(random));
        }
        all.push_back(std::move(workload));
    };
    add("W1", "crate, 16 sites", 1000, 32, [&](TestRandom& r) { return with_sites(r, square(r), 16); });
    add("W2", "sprite, 16 sites", 2000, 32, [&](TestRandom& r) { return with_sites(r, sprite(r), 16); });
    add("W3", "sprite with holes, 24 sites", 3000, 32,
        [&](TestRandom& r) { return with_sites(r, sprite_with_holes(r), 24); });
    add("W4", "coast of 1000 points, 64 sites", 4000, 8,
        [&](TestRandom& r) { return with_sites(r, island(r), 64); });
    add("W5", "sprite, 1000 sites", 5000, 8, [&](TestRandom& r) { return with_sites(r, sprite(r), 1000); });
    add("S1", "sprite, 8 chaotic lines", 6000, 32, [&](TestRandom& r) {
        Rings rings = sprite(r);
        CutLines lines = chaotic(r, rings[0], 8);
        return WorkloadCase{.rings = std::move(rings), .sites = {}, .lines = std::move(lines)};
    });
    add("S2", "coast of 1000 points, grid of 10 + 10 lines", 7000, 4, [&](TestRandom& r) {
        Rings rings = island(r);
        CutLines lines = grid(rings[0], 10);
        return WorkloadCase{.rings = std::move(rings), .sites = {}, .lines = std::move(lines)};
    });
    return all;
}

} // namespace cutout::test
