#include "support/fracture_checker.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <cstdint>
#include <limits>
#include <map>
#include <set>
#include <sstream>

namespace cutout::test {

using fracture::Fragments;
using geometry::Point;

namespace {

struct Less {
    bool operator()(Point a, Point b) const { return a.x != b.x ? a.x < b.x : a.y < b.y; }
};

std::string text(Point p) {
    std::ostringstream out;
    out.precision(9);
    out << "(" << p.x << ", " << p.y << ")";
    return out.str();
}

double twice_signed_area(std::span<const Point> ring) {
    double sum = 0.0;
    for (std::size_t i = 1; i + 1 < ring.size(); ++i) {
        const double ax = double{ring[i].x} - double{ring[0].x};
        const double ay = double{ring[i].y} - double{ring[0].y};
        const double bx = double{ring[i + 1].x} - double{ring[0].x};
        const double by = double{ring[i + 1].y} - double{ring[0].y};
        sum += ax * by - ay * bx;
    }
    return sum;
}

// Exact winding of a simple ring, from its lowest point.
int ring_winding(std::span<const Point> ring) {
    std::size_t low = 0;
    for (std::size_t i = 1; i < ring.size(); ++i) {
        if (Less{}(ring[i], ring[low])) low = i;
    }
    return exact_orientation(ring[(low + ring.size() - 1) % ring.size()], ring[low],
                             ring[(low + 1) % ring.size()]);
}

double bounds_area(std::span<const Point> ring) {
    Point low = ring[0];
    Point high = low;
    for (const Point p : ring) {
        low = {std::min(low.x, p.x), std::min(low.y, p.y)};
        high = {std::max(high.x, p.x), std::max(high.y, p.y)};
    }
    return (double{high.x} - double{low.x}) * (double{high.y} - double{low.y});
}

struct Edge {
    Point a; // the lower end
    Point b;
};

bool between(const Edge& edge, Point p) {
    return Less{}(edge.a, p) && Less{}(p, edge.b);
}

// Do two distinct edges meet anywhere but in a shared end?
bool collide(const Edge& s, const Edge& t) {
    const int sa = exact_orientation(s.a, s.b, t.a);
    const int sb = exact_orientation(s.a, s.b, t.b);
    const int ta = exact_orientation(t.a, t.b, s.a);
    const int tb = exact_orientation(t.a, t.b, s.b);
    if (sa * sb < 0 && ta * tb < 0) return true;
    return (sa == 0 && between(s, t.a)) || (sb == 0 && between(s, t.b)) || (ta == 0 && between(t, s.a)) ||
           (tb == 0 && between(t, s.b)) || (s.a == t.a && s.b == t.b);
}

class Check {
public:
    Check(const Rings& polygon, const Fragments& fragments, const CheckOptions& options)
        : polygon_(polygon), fragments_(fragments), options_(options), step_(rounding_step(polygon)) {}

    std::vector<std::string> run() {
        check_shape();
        if (!faults_.empty()) return faults_;
        check_rings();
        collect_edges();
        check_crossings();
        check_boundary();
        check_on_boundary();
        return faults_;
    }

private:
    void fault(const std::string& what) { faults_.push_back(what); }

    void check_shape() {
        if (fragments_.size() == 0) fault("no fragments");
        const std::size_t count = fragments_.size();
        if (fragments_.cells.size() != count || fragments_.labels.size() != count ||
            fragments_.areas.size() != count || fragments_.centroids.size() != count ||
            fragments_.on_boundary.size() != count) {
            fault("arrays of different lengths");
        }
        if (fragments_.offsets.front() != 0 || fragments_.offsets.back() != fragments_.points.size() ||
            !std::is_sorted(fragments_.offsets.begin(), fragments_.offsets.end())) {
            fault("bad offsets");
        }
        if (!std::is_sorted(fragments_.cells.begin(), fragments_.cells.end())) fault("not in order of cells");
    }

    void check_rings() {
        const int wanted = ring_winding(options_.any_winding ? fragments_.ring(0) : polygon_[0]);
        double sum = 0.0;
        for (std::size_t i = 0; i < fragments_.size(); ++i) {
            const std::span<const Point> ring = fragments_.ring(i);
            const std::string name = "fragment " + std::to_string(i);
            if (ring.size() < 3) {
                fault(name + " has fewer than three points");
                continue;
            }
            const std::set<Point, Less> distinct(ring.begin(), ring.end());
            if (distinct.size() != ring.size()) fault(name + " repeats a point");
            if (ring_winding(ring) != wanted) fault(name + " is wound the wrong way");
            const double area = 0.5 * std::abs(twice_signed_area(ring));
            if (!(fragments_.areas[i] > 0.0)) fault(name + " has no area");
            // Of a thin ring a sum in doubles keeps only what is large beside its bounds.
            if (std::abs(area - fragments_.areas[i]) > 1e-9 * area + 1e-14 * bounds_area(ring)) {
                fault(name + " reports another area");
            }
            if (fragments_.labels[i] > fragments_.cells[i]) fault(name + " has a label above its cell");
            check_centroid(i, area);
            sum += area;
        }
        for (std::size_t i = 0; i < options_.islands.size(); ++i) {
            check_island(options_.islands[i], "island " + std::to_string(i), wanted);
            sum += polygon_area(options_.islands[i]);
        }
        const double area = polygon_area(polygon_);
        if (!(std::abs(sum - area) <= 1e-6 * area + options_.extra_area)) {
            std::ostringstream out;
            out.precision(12);
            out << "areas add up to " << sum << ", the polygon has " << area;
            fault(out.str());
        }
    }

    void check_island(const Rings& island, const std::string& name, int wanted) {
        for (std::size_t r = 0; r < island.size(); ++r) {
            const std::set<Point, Less> distinct(island[r].begin(), island[r].end());
            if (distinct.size() < 3) {
                fault(name + " has a ring of fewer than three points");
                continue;
            }
            if (distinct.size() != island[r].size()) fault(name + " has a ring that repeats a point");
            if (ring_winding(island[r]) != (r == 0 ? wanted : -wanted)) {
                fault(name + " has a ring that is wound the wrong way");
            }
        }
    }

    // Within the ring's bounds, and where doubles can tell, where the sum of triangles from another corner
    // says.
    void check_centroid(std::size_t i, double area) {
        const std::span<const Point> ring = fragments_.ring(i);
        const Point centroid = fragments_.centroids[i];
        Point low = ring[0];
        Point high = low;
        for (const Point p : ring) {
            low = {std::min(low.x, p.x), std::min(low.y, p.y)};
            high = {std::max(high.x, p.x), std::max(high.y, p.y)};
        }
        bool right =
            centroid.x >= low.x && centroid.x <= high.x && centroid.y >= low.y && centroid.y <= high.y;
        if (area > 1e-5 * bounds_area(ring)) {
            double x = 0.0;
            double y = 0.0;
            double weight = 0.0;
            for (std::size_t k = 0; k < ring.size(); ++k) {
                const Point a = ring[k];
                const Point b = ring[(k + 1) % ring.size()];
                const double ax = double{a.x} - double{high.x};
                const double ay = double{a.y} - double{high.y};
                const double bx = double{b.x} - double{high.x};
                const double by = double{b.y} - double{high.y};
                const double cross = ax * by - ay * bx;
                weight += 3.0 * cross;
                x += cross * (ax + bx);
                y += cross * (ay + by);
            }
            const double tolerance =
                1e-6 * (double{high.x} - double{low.x} + double{high.y} - double{low.y}) + step_;
            right = right && std::abs(double{high.x} + x / weight - double{centroid.x}) <= tolerance &&
                    std::abs(double{high.y} + y / weight - double{centroid.y}) <= tolerance;
        }
        if (!right) fault("fragment " + std::to_string(i) + " reports another centroid");
    }

    // On the boundary is who has an edge that nobody else uses.
    void check_on_boundary() {
        for (std::size_t i = 0; i < fragments_.size(); ++i) {
            const std::span<const Point> ring = fragments_.ring(i);
            bool expected = false;
            for (std::size_t k = 0; k < ring.size(); ++k) {
                const std::array<int, 2>& uses = uses_of(ring[k], ring[(k + 1) % ring.size()]);
                expected |= uses[0] != uses[1];
            }
            if (fragments_.on_boundary[i] != (expected ? 1 : 0)) {
                fault("fragment " + std::to_string(i) + " does not know whether it is on the boundary");
            }
        }
    }

    std::array<int, 2>& uses_of(Point a, Point b) {
        return edges_[Less{}(a, b) ? std::array{a.x, a.y, b.x, b.y} : std::array{b.x, b.y, a.x, a.y}];
    }

    void collect_edges() {
        for (std::size_t i = 0; i < fragments_.size(); ++i) {
            collect_edges_of(fragments_.ring(i));
        }
        for (const Rings& island : options_.islands) {
            for (const auto& ring : island) {
                collect_edges_of(ring);
            }
        }
    }
    void collect_edges_of(std::span<const Point> ring) {
        for (std::size_t k = 0; k < ring.size(); ++k) {
            const Point a = ring[k];
            const Point b = ring[(k + 1) % ring.size()];
            if (++uses_of(a, b)[Less{}(a, b) ? 0 : 1] > 1)
                fault("the edge " + text(a) + " " + text(b) + " is used twice");
        }
    }

    // All edges, sorted by their left ends, each against those that begin before it ends.
    void check_crossings() {
        std::vector<Edge> edges;
        for (const auto& [key, uses] : edges_) {
            edges.push_back({{key[0], key[1]}, {key[2], key[3]}});
        }
        for (std::size_t i = 0; i < edges.size(); ++i) {
            const float low = std::min(edges[i].a.y, edges[i].b.y);
            const float high = std::max(edges[i].a.y, edges[i].b.y);
            for (std::size_t j = i + 1; j < edges.size() && edges[j].a.x <= edges[i].b.x; ++j) {
                if (std::max(edges[j].a.y, edges[j].b.y) < low ||
                    std::min(edges[j].a.y, edges[j].b.y) > high) {
                    continue;
                }
                if (collide(edges[i], edges[j])) {
                    fault("edges " + text(edges[i].a) + text(edges[i].b) + " and " + text(edges[j].a) +
                          text(edges[j].b) + " meet");
                    if (faults_.size() > 5) return;
                }
            }
        }
    }

    void check_boundary() {
        // Edges used in one direction only, by where they start.
        std::multimap<Point, Point, Less> boundary;
        for (const auto& [key, uses] : edges_) {
            const Point a{key[0], key[1]};
            const Point b{key[2], key[3]};
            if (uses[0] > uses[1]) boundary.emplace(a, b);
            if (uses[1] > uses[0]) boundary.emplace(b, a);
        }
        const double tolerance = 4.0 * step_;
        if (!options_.trace_boundary) {
            for (const auto& [a, b] : boundary) {
                for (const Point p : {a, b}) {
                    double nearest = std::numeric_limits<double>::infinity();
                    for (const auto& ring : polygon_) {
                        for (std::size_t i = 0; i < ring.size(); ++i) {
                            const Point q = ring[(i + 1) % ring.size()];
                            if (!(ring[i] == q))
                                nearest = std::min(nearest, distance_to_segment(p, ring[i], q));
                        }
                    }
                    if (nearest > 16.0 * tolerance) fault("a gap: " + text(p) + " is not on the boundary");
                }
            }
            return;
        }
        for (std::size_t r = 0; r < polygon_.size(); ++r) {
            std::vector<Point> ring = polygon_[r];
            // Fragments are wound like the outer ring, so holes are passed the other way round.
            if (r > 0 && ring_winding(ring) == ring_winding(polygon_[0]))
                std::reverse(ring.begin(), ring.end());
            for (std::size_t i = 0; i < ring.size(); ++i) {
                const Point from = ring[i];
                const Point to = ring[(i + 1) % ring.size()];
                Point at = from;
                while (!(at == to)) {
                    auto [next, last] = boundary.equal_range(at);
                    auto best = last;
                    for (; next != last; ++next) {
                        if (distance_to_segment(next->second, from, to) <= tolerance) best = next;
                    }
                    if (best == last) {
                        fault("the boundary from " + text(from) + " to " + text(to) + " breaks off at " +
                              text(at));
                        return;
                    }
                    at = best->second;
                    boundary.erase(best);
                }
            }
        }
        if (!boundary.empty()) {
            fault("a gap: the edge " + text(boundary.begin()->first) + " " + text(boundary.begin()->second) +
                  " has nothing on its other side");
        }
    }

    const Rings& polygon_;
    const Fragments& fragments_;
    CheckOptions options_;
    double step_;
    std::vector<std::string> faults_;
    std::map<std::array<float, 4>, std::array<int, 2>> edges_; // uses forward and backward
};

// Points inside a ring: the middles of triangles that hold no other vertex.
std::vector<std::pair<double, double>> samples(std::span<const Point> ring) {
    std::vector<std::pair<double, double>> result;
    const int turn = ring_winding(ring);
    for (std::size_t i = 0; i < ring.size() && result.size() < 4; ++i) {
        const Point a = ring[i];
        const Point b = ring[(i + 1) % ring.size()];
        const Point c = ring[(i + 2) % ring.size()];
        if (exact_orientation(a, b, c) != turn) continue;
        const bool clear = std::none_of(ring.begin(), ring.end(), [&](Point p) {
            return !(p == a) && !(p == b) && !(p == c) && exact_orientation(a, b, p) != -turn &&
                   exact_orientation(b, c, p) != -turn && exact_orientation(c, a, p) != -turn;
        });
        if (!clear) continue;
        result.emplace_back((double{a.x} + double{b.x} + double{c.x}) / 3.0,
                            (double{a.y} + double{b.y} + double{c.y}) / 3.0);
    }
    return result;
}

// Among the smallest of floats, their distance counts and not the number of digits.
constexpr double least_step = 8.0 * double{std::numeric_limits<float>::denorm_min()};

double largest_coordinate(std::span<const Point> points) {
    double largest = 0.0;
    for (const Point p : points) {
        largest = std::max({largest, std::abs(double{p.x}), std::abs(double{p.y})});
    }
    return largest;
}

} // namespace

int exact_orientation(Point a, Point b, Point c) {
    // In doubles the sign is known unless hardly anything is left of the difference.
    const double left = (double{a.x} - double{c.x}) * (double{b.y} - double{c.y});
    const double right = (double{a.y} - double{c.y}) * (double{b.x} - double{c.x});
    if (std::abs(left - right) > 1e-15 * (std::abs(left) + std::abs(right))) return left > right ? 1 : -1;
    // ax * by and its like are exact in a double (24 by 24 bits). The six are added without error, as a sum
    // of doubles that do not overlap.
    const std::array<double, 6> terms{double{b.x} * double{c.y},    -(double{b.x} * double{a.y}),
                                      -(double{a.x} * double{c.y}), -(double{b.y} * double{c.x}),
                                      double{b.y} * double{a.x},    double{a.y} * double{c.x}};
    std::array<double, 6> sum{};
    std::size_t size = 0;
    for (double term : terms) {
        std::size_t kept = 0;
        for (std::size_t i = 0; i < size; ++i) {
            const double total = term + sum[i];
            const double back = total - term;
            const double error = (term - (total - back)) + (sum[i] - back);
            if (error != 0.0) sum[kept++] = error;
            term = total;
        }
        sum[kept++] = term;
        size = kept;
    }
    // The last non-zero part is larger than all before it together.
    for (std::size_t i = size; i-- > 0;) {
        if (sum[i] != 0.0) return sum[i] > 0.0 ? 1 : -1;
    }
    return 0;
}

double polygon_area(const Rings& polygon) {
    double area = 0.0;
    for (std::size_t r = 0; r < polygon.size(); ++r) {
        area += (r == 0 ? 0.5 : -0.5) * std::abs(twice_signed_area(polygon[r]));
    }
    return area;
}

double rounding_step(const Rings& polygon) {
    double largest = 0.0;
    for (const auto& ring : polygon) {
        largest = std::max(largest, largest_coordinate(ring));
    }
    const auto number = static_cast<float>(largest);
    return 0.5 * (double{std::nextafter(number, std::numeric_limits<float>::infinity())} - double{number});
}

std::vector<std::string> check_fragments(const Rings& polygon, const Fragments& fragments,
                                         const CheckOptions& options) {
    return Check(polygon, fragments, options).run();
}

std::vector<std::string> check_nearest_site(const Fragments& fragments, std::span<const Point> sites) {
    std::vector<std::string> faults;
    // The sides of a cell move by about the rounding of its vertices.
    const double tolerance =
        1e-6 * (largest_coordinate(fragments.points) + largest_coordinate(sites)) + least_step;
    for (std::size_t i = 0; i < fragments.size(); ++i) {
        const Point own = sites[fragments.cells[i]];
        for (const auto& [x, y] : samples(fragments.ring(i))) {
            const double distance = std::hypot(x - double{own.x}, y - double{own.y});
            for (std::size_t s = 0; s < sites.size(); ++s) {
                const Point site = sites[s];
                if (std::hypot(x - double{site.x}, y - double{site.y}) < distance - tolerance) {
                    faults.push_back("fragment " + std::to_string(i) + " has a point nearer to site " +
                                     std::to_string(s) + " than to its own " +
                                     std::to_string(fragments.cells[i]));
                    return faults;
                }
            }
        }
    }
    return faults;
}

std::vector<std::string> check_one_side(const Fragments& fragments,
                                        std::span<const std::pair<Point, Point>> lines) {
    std::vector<std::string> faults;
    for (const auto& [a, b] : lines) {
        // What doubles lose here when the line is given by points far away.
        const double far = largest_coordinate(std::array{a, b});
        const double tolerance = 1e-6 * largest_coordinate(fragments.points) + 1e-14 * far + least_step;
        const double dx = double{b.x} - double{a.x};
        const double dy = double{b.y} - double{a.y};
        const double length = std::hypot(dx, dy);
        for (std::size_t i = 0; i < fragments.size(); ++i) {
            bool left = false;
            bool right = false;
            for (const Point p : fragments.ring(i)) {
                const double side =
                    (dx * (double{p.y} - double{a.y}) - dy * (double{p.x} - double{a.x})) / length;
                left |= side > tolerance;
                right |= side < -tolerance;
            }
            if (left && right)
                faults.push_back("fragment " + std::to_string(i) + " lies on both sides of a cut");
        }
    }
    return faults;
}

double distance_to_segment(Point p, Point a, Point b) {
    const double dx = double{b.x} - double{a.x};
    const double dy = double{b.y} - double{a.y};
    const double px = double{p.x} - double{a.x};
    const double py = double{p.y} - double{a.y};
    const double t = std::clamp((px * dx + py * dy) / (dx * dx + dy * dy), 0.0, 1.0);
    return std::hypot(px - t * dx, py - t * dy);
}

std::vector<std::vector<Point>> sorted_rings(Rings rings) {
    for (auto& ring : rings) {
        std::rotate(ring.begin(), std::min_element(ring.begin(), ring.end(), Less{}), ring.end());
        if (Less{}(ring.back(), ring[1])) std::reverse(ring.begin() + 1, ring.end());
    }
    std::sort(rings.begin(), rings.end(), [](const auto& x, const auto& y) {
        return std::lexicographical_compare(x.begin(), x.end(), y.begin(), y.end(), Less{});
    });
    return rings;
}

std::uint64_t hash_fragments(const Fragments& fragments) {
    std::uint64_t hash = 0xCBF29CE484222325ULL;
    const auto mix = [&](std::uint64_t value) {
        hash = (hash ^ value) * 0x100000001B3ULL;
        hash ^= hash >> 29U;
    };
    for (const Point p : fragments.points) {
        mix((std::uint64_t{std::bit_cast<std::uint32_t>(p.x)} << 32U) | std::bit_cast<std::uint32_t>(p.y));
    }
    for (const std::uint32_t offset : fragments.offsets) {
        mix(offset);
    }
    for (const std::uint32_t cell : fragments.cells) {
        mix(cell);
    }
    for (const double area : fragments.areas) {
        mix(std::bit_cast<std::uint64_t>(area));
    }
    return hash;
}

} // namespace cutout::test
