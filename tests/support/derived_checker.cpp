#include "support/derived_checker.h"

#include "fracture/derived.h"
#include "fracture/neighbours.h"
#include "support/fracture_checker.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <set>
#include <span>
#include <utility>

namespace cutout::test {

using fracture::Fragments;
using geometry::Point;

namespace {

constexpr std::uint32_t most_corners = 8;

using Key = std::array<float, 4>; // from and to

Key key(Point a, Point b) {
    return {a.x, a.y, b.x, b.y};
}

double area_of(std::span<const Point> ring) {
    double sum = 0.0;
    for (std::size_t i = 1; i + 1 < ring.size(); ++i) {
        sum += (double{ring[i].x} - double{ring[0].x}) * (double{ring[i + 1].y} - double{ring[0].y}) -
               (double{ring[i].y} - double{ring[0].y}) * (double{ring[i + 1].x} - double{ring[0].x});
    }
    return 0.5 * sum;
}

// The ring, turning left.
std::vector<Point> left_ring(const Fragments& fragments, std::size_t i) {
    const auto ring = fragments.ring(i);
    std::vector<Point> points(ring.begin(), ring.end());
    const auto less = [](Point a, Point b) { return a.x != b.x ? a.x < b.x : a.y < b.y; };
    const auto low =
        static_cast<std::size_t>(std::min_element(points.begin(), points.end(), less) - points.begin());
    const std::size_t n = points.size();
    if (exact_orientation(points[(low + n - 1) % n], points[low], points[(low + 1) % n]) < 0) {
        std::reverse(points.begin(), points.end());
    }
    return points;
}

std::string name(std::size_t fragment) {
    return "fragment " + std::to_string(fragment) + ": ";
}

void check_triangles(const Fragments& fragments, std::vector<std::string>& faults) {
    fracture::Triangles triangles;
    if (const geometry::Failure failure = fracture::find_triangles(fragments, {}, triangles); !failure.ok()) {
        faults.push_back("no triangles: " + failure.message);
        return;
    }
    for (std::size_t f = 0; f < fragments.size(); ++f) {
        std::set<Key> open; // sides without the same one the other way round
        for (std::uint32_t t = triangles.offsets[f]; t < triangles.offsets[f + 1]; ++t) {
            std::array<Point, 3> corners{};
            for (std::size_t k = 0; k < 3; ++k) {
                const std::uint32_t corner = triangles.corners[3 * std::size_t{t} + k];
                if (corner < fragments.offsets[f] || corner >= fragments.offsets[f + 1]) {
                    faults.push_back(name(f) + "a triangle has a corner of another one");
                    return;
                }
                corners[k] = fragments.points[corner];
            }
            if (exact_orientation(corners[0], corners[1], corners[2]) != 1) {
                faults.push_back(name(f) + "a triangle does not turn left");
            }
            for (std::size_t k = 0; k < 3; ++k) {
                const Point a = corners[k];
                const Point b = corners[(k + 1) % 3];
                if (open.erase(key(b, a)) != 0) continue;
                if (!open.insert(key(a, b)).second) faults.push_back(name(f) + "two triangles overlap");
            }
        }
        const std::vector<Point> ring = left_ring(fragments, f);
        for (std::size_t i = 0; i < ring.size(); ++i) {
            if (open.erase(key(ring[i], ring[(i + 1) % ring.size()])) == 0) {
                faults.push_back(name(f) + "an edge has no triangle");
            }
        }
        if (!open.empty()) faults.push_back(name(f) + "a side of a triangle has nothing beyond");
    }
}

void check_parts(const Fragments& fragments, std::vector<std::string>& faults) {
    fracture::FragmentParts parts;
    if (const geometry::Failure failure =
            fracture::find_convex_parts(fragments, most_corners, 0.0, {}, parts);
        !failure.ok()) {
        faults.push_back("no convex parts: " + failure.message);
        return;
    }
    std::vector<double> areas(fragments.size(), 0.0);
    for (std::size_t k = 0; k < parts.size(); ++k) {
        const std::span<const Point> part(parts.points.data() + parts.offsets[k],
                                          parts.offsets[k + 1] - parts.offsets[k]);
        const std::uint32_t f = parts.part_of[k];
        const auto ring = fragments.ring(f);
        if (part.size() < 3 || part.size() > most_corners)
            faults.push_back(name(f) + "a part has too many corners");
        for (std::size_t i = 0; i < part.size(); ++i) {
            if (exact_orientation(part[i], part[(i + 1) % part.size()], part[(i + 2) % part.size()]) != 1) {
                faults.push_back(name(f) + "a part is not convex");
            }
            if (std::find(ring.begin(), ring.end(), part[i]) == ring.end()) {
                faults.push_back(name(f) + "a part has a corner of its own");
            }
        }
        areas[f] += area_of(part);
    }
    for (std::size_t f = 0; f < fragments.size(); ++f) {
        double reach = 0.0; // what a sum of doubles loses of a thin ring
        const auto ring = fragments.ring(f);
        for (const Point p : ring) {
            reach = std::max({reach, std::abs(double{p.x} - double{ring[0].x}),
                              std::abs(double{p.y} - double{ring[0].y})});
        }
        if (!(std::abs(areas[f] - fragments.areas[f]) <= 1e-9 * fragments.areas[f] + 1e-14 * reach * reach)) {
            faults.push_back(name(f) + "the areas of its parts do not add up");
        }
    }
}

void check_neighbours(const Fragments& fragments, std::vector<std::string>& faults) {
    std::map<Key, std::uint32_t> owner;
    for (std::uint32_t f = 0; f < fragments.size(); ++f) {
        const auto ring = fragments.ring(f);
        for (std::size_t i = 0; i < ring.size(); ++i) {
            owner.emplace(key(ring[i], ring[(i + 1) % ring.size()]), f);
        }
    }
    std::map<std::pair<std::uint32_t, std::uint32_t>, double> expected;
    for (const auto& [edge, f] : owner) {
        const auto other = owner.find({edge[2], edge[3], edge[0], edge[1]});
        if (other == owner.end()) continue;
        expected[{f, other->second}] +=
            std::hypot(double{edge[2]} - double{edge[0]}, double{edge[3]} - double{edge[1]});
    }
    fracture::Neighbours neighbours;
    fracture::find_neighbours(fragments, neighbours);
    std::size_t count = 0;
    for (std::uint32_t f = 0; f < fragments.size(); ++f) {
        for (std::uint32_t k = neighbours.offsets[f]; k < neighbours.offsets[f + 1]; ++k) {
            const auto found = expected.find({f, neighbours.others[k]});
            if (found == expected.end() ||
                !(std::abs(found->second - neighbours.lengths[k]) <= 1e-9 * found->second)) {
                faults.push_back(name(f) + "a neighbour that is none, or another length of the border");
            }
            ++count;
        }
    }
    if (count != expected.size()) faults.emplace_back("neighbours are missing");
}

} // namespace

std::vector<std::string> check_derived(const Fragments& fragments) {
    std::vector<std::string> faults;
    check_triangles(fragments, faults);
    check_parts(fragments, faults);
    check_neighbours(fragments, faults);
    return faults;
}

} // namespace cutout::test
