#include "support/crater_check.h"

#include "fracture/crater.h"
#include "support/derived_checker.h"
#include "support/polygon_judge.h"
#include "support/shapes.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <limits>
#include <set>
#include <utility>

namespace cutout::test {

using fracture::Crater;
using fracture::Fragments;
using fracture::Remains;
using geometry::Failure;
using geometry::Point;
using geometry::Status;

namespace {

constexpr double largest_coordinate = 1.0e9;

using Key = std::pair<float, float>;

Failure damage(const Rings& rings, const Crater& crater, fracture::Workspace* workspace, Fragments& debris,
               Remains& rest) {
    const auto polygon = views(rings);
    return fracture::damage({polygon}, crater, {.workspace = workspace}, debris, rest);
}

// Empty: the arrays do not fit one another.
std::vector<Rings> islands_of(const Remains& rest) {
    if (!std::is_sorted(rest.ring_ends.begin(), rest.ring_ends.end()) ||
        !std::is_sorted(rest.island_ends.begin(), rest.island_ends.end()) ||
        (rest.ring_ends.empty() ? 0 : rest.ring_ends.back()) != rest.points.size() ||
        (rest.island_ends.empty() ? 0 : rest.island_ends.back()) != rest.ring_ends.size()) {
        return {};
    }
    std::vector<Rings> result;
    std::size_t ring = 0;
    std::size_t point = 0;
    for (const std::uint32_t island_end : rest.island_ends) {
        Rings& island = result.emplace_back();
        for (; ring < island_end; ++ring) {
            auto& points = island.emplace_back();
            for (; point < rest.ring_ends[ring]; ++point) {
                points.push_back(rest.points[point]);
            }
        }
    }
    return result;
}

Rings rings_of(const Fragments& fragments) {
    Rings rings;
    for (std::size_t i = 0; i < fragments.size(); ++i) {
        rings.emplace_back(fragments.ring(i).begin(), fragments.ring(i).end());
    }
    return rings;
}

Rings rings_of(const std::vector<Rings>& islands) {
    Rings rings;
    for (const Rings& island : islands) {
        rings.insert(rings.end(), island.begin(), island.end());
    }
    return rings;
}

bool is_in_range(Point p) {
    return std::abs(double{p.x}) <= largest_coordinate && std::abs(double{p.y}) <= largest_coordinate;
}

// An ellipse, with what is not to be had from axes that are no numbers.
struct Ellipse {
    double a = 0.0; // of the matrix whose columns are the axes, row by row
    double b = 0.0;
    double c = 0.0;
    double d = 0.0;
    double x = 0.0;
    double y = 0.0;

    explicit Ellipse(const Crater& crater)
        : a(double{crater.axis_x.x}), b(double{crater.axis_y.x}), c(double{crater.axis_x.y}),
          d(double{crater.axis_y.y}), x(double{crater.centre.x}), y(double{crater.centre.y}) {}

    [[nodiscard]] double determinant() const { return a * d - b * c; }
    [[nodiscard]] double wide() const { return std::hypot(std::hypot(a, b), std::hypot(c, d)); }
    [[nodiscard]] double narrow() const { return std::abs(determinant()) / wide(); }
    // 1 on the ellipse
    [[nodiscard]] double distance(Point p) const {
        const double px = double{p.x} - x;
        const double py = double{p.y} - y;
        return std::hypot((d * px - b * py) / determinant(), (a * py - c * px) / determinant());
    }
};

class CraterChecker {
public:
    CraterChecker(const FractureCase& c, const CheckDepth& depth) : case_(c), depth_(depth) {}

    CaseReport run() {
        wall_ = {case_.rings};
        for (const Crater& crater : case_.craters) {
            if (wall_.empty() || !hit(crater) || !report_.faults.empty()) break;
        }
        return report_;
    }

private:
    void fault(const std::string& what) { report_.faults.push_back(what); }

    // All of the wall. False: no further hit is to be tried.
    bool hit(const Crater& crater) {
        std::vector<Rings> left;
        Rings debris_in_all;
        bool any = false;
        for (const Rings& polygon : wall_) {
            Fragments debris;
            Remains rest;
            const Failure failure = damage(polygon, crater, nullptr, debris, rest);
            if (is_given_) report_.status = failure.status;
            if (!failure.ok()) {
                check_refusal(polygon, crater, failure, debris, rest);
                return false;
            }
            check_hit(polygon, crater, debris, rest);
            if (!report_.faults.empty()) return false;
            any |= rest.hit;
            const std::vector<Rings> islands = rest.hit ? islands_of(rest) : std::vector<Rings>{polygon};
            left.insert(left.end(), islands.begin(), islands.end());
            const Rings pieces = rings_of(debris);
            debris_in_all.insert(debris_in_all.end(), pieces.begin(), pieces.end());
            report_.fragments += debris.size() + rest.island_ends.size();
            report_.fell_back |= debris.fell_back;
        }
        // Holes that are wound like the outer ring would be turned.
        if (depth_.other_ways && !is_given_) check_all_at_once(crater, any, left, debris_in_all);
        wall_ = std::move(left);
        is_given_ &= !any;
        return true;
    }

    void check_refusal(const Rings& polygon, const Crater& crater, const Failure& failure,
                       const Fragments& debris, const Remains& rest) {
        if (failure.message.empty()) fault("a failure without a message");
        if (debris.size() != 0 || !debris.points.empty() || rest.hit || !rest.points.empty() ||
            !rest.ring_ends.empty() || !rest.island_ends.empty() || !rest.areas.empty()) {
            fault("a failure with a result");
        }
        const int number = static_cast<int>(failure.status);
        const std::string name = "status " + std::to_string(number) + " (" + failure.message + ")";
        if (failure.status == Status::bad_argument) {
            if (!may_be_refused(crater)) fault("a good crater is refused: " + name);
        } else if (must_be_refused(crater)) {
            fault("a bad crater is refused as something else: " + name);
        } else if (failure.status == Status::too_small) {
            if (!may_be_too_small(polygon)) fault("refused, although nothing is small: " + name);
        } else if (!is_given_) {
            fault("what a hit has left is refused: " + name);
        } else if (number < 10 || number >= 20) {
            fault(name);
        } else if (can_be_repaired(failure.status)) {
            fault("refused, although it can be repaired: " + name);
        } else if (failure.status != Status::zero_area && depth_.judge_input &&
                   polygon_faults(polygon).count(failure.status) == 0) {
            fault("refused without reason: " + name);
        } else if (failure.status == Status::zero_area && polygon_faults(polygon).empty()) {
            fault("refused without reason: " + name); // else nothing is left of it
        }
    }

    static bool must_be_refused(const Crater& crater) {
        const auto is_bad_anchor = [](const std::vector<Point>& anchor) {
            return anchor.empty() || anchor.size() == 2 ||
                   !std::all_of(anchor.begin(), anchor.end(),
                                [](Point p) { return std::isfinite(p.x) && std::isfinite(p.y); });
        };
        const Ellipse ellipse(crater);
        return crater.fragment_count < 1 || crater.fragment_count > 100'000 || !is_in_range(crater.centre) ||
               !std::isfinite(ellipse.wide()) || ellipse.determinant() == 0.0 ||
               std::any_of(crater.anchors.begin(), crater.anchors.end(), is_bad_anchor);
    }
    static bool may_be_refused(const Crater& crater) {
        const Ellipse ellipse(crater);
        return must_be_refused(crater) ||
               std::max(std::abs(ellipse.x), std::abs(ellipse.y)) + 1.6 * ellipse.wide() > largest_coordinate;
    }

    void check_hit(const Rings& polygon, const Crater& crater, const Fragments& debris, const Remains& rest) {
        if (must_be_refused(crater)) fault("a bad crater is accepted");
        const std::set<Status> wrong =
            !is_given_ || depth_.judge_input ? polygon_faults(polygon) : std::set<Status>();
        for (const Status status : wrong) {
            const std::string name = "status " + std::to_string(static_cast<int>(status)) + " fits";
            const bool touches = status == Status::self_touching || status == Status::rings_touch;
            if (!can_be_repaired(status)) fault("accepted, although " + name);
            if (!is_given_ && !touches) fault("of what a hit has left " + name);
        }
        if (!report_.faults.empty()) return;
        repaired_ = !wrong.empty();
        if (!rest.hit) {
            if (debris.size() != 0 || !rest.points.empty() || !rest.ring_ends.empty() ||
                !rest.island_ends.empty() || !rest.areas.empty()) {
                fault("a miss with a result");
            }
            for (const auto& ring : polygon) {
                if (!(repaired_ && is_given_)) check_depth(ring, polygon, crater);
            }
        } else {
            check_remains(polygon, crater, debris, rest);
        }
        if (report_.faults.empty() && depth_.other_ways) check_other_ways(polygon, crater, debris, rest);
    }

    void check_remains(const Rings& polygon, const Crater& crater, const Fragments& debris,
                       const Remains& rest) {
        const std::vector<Rings> islands = islands_of(rest);
        if (islands.size() != rest.island_ends.size() || islands.size() != rest.areas.size() ||
            std::any_of(islands.begin(), islands.end(), [](const Rings& island) { return island.empty(); })) {
            fault("the arrays of the rest do not fit one another");
            return;
        }
        const Rings plain = without_repetition(polygon);
        CheckOptions options{
            .any_winding = repaired_, .extra_area = rounding_area(polygon), .islands = islands};
        if (repaired_ && is_given_) { // what area and boundary it has, oracle_clipper2_test.cpp knows
            options.trace_boundary = false;
            options.extra_area = std::numeric_limits<double>::infinity();
        }
        std::vector<std::string> faults = check_fragments(plain, debris, options);
        if (!faults.empty() && faults.front().find("breaks off") != std::string::npos) {
            report_.vanished_tip = true;
            options.trace_boundary = false;
            faults = check_fragments(plain, debris, options);
        }
        report_.faults.insert(report_.faults.end(), faults.begin(), faults.end());
        if (!faults.empty()) return;
        check_islands(plain, crater, debris, islands);
        for (std::size_t i = 0; i < islands.size(); ++i) {
            const double area = polygon_area(islands[i]);
            if (!(std::abs(area - rest.areas[i]) <= 1e-6 * area + rounding_area(islands[i]))) {
                fault("island " + std::to_string(i) + " reports another area");
            }
        }
        if (report_.faults.empty() && depth_.derived) report_.faults = check_derived(debris);
    }

    void check_islands(const Rings& polygon, const Crater& crater, const Fragments& debris,
                       const std::vector<Rings>& islands) {
        std::set<Key> known;
        for (const auto& ring : polygon) {
            for (const Point p : ring) {
                known.emplace(p.x, p.y);
            }
        }
        for (const Point p : debris.points) {
            known.emplace(p.x, p.y);
        }
        for (const Rings& island : islands) {
            for (const auto& ring : island) {
                check_depth(ring, polygon, crater);
                const bool all_known = std::all_of(ring.begin(), ring.end(), [&](Point p) {
                    return known.count({p.x, p.y}) != 0 || is_on_boundary(p, polygon);
                });
                // Where it crosses itself, the repair makes corners.
                if (!all_known && !(repaired_ && is_given_)) fault("an island has a point of nobody's");
            }
            for (const Status status : polygon_faults(island)) {
                if (status != Status::self_touching && status != Status::rings_touch) {
                    fault("of an island status " + std::to_string(static_cast<int>(status)) + " fits");
                }
            }
            if (!crater.anchors.empty() && !holds(island, crater)) fault("an island stays without an anchor");
        }
        if (crater.anchors.empty() && islands.size() > 1) fault("several islands stay without anchors");
    }

    // Where rounding swallowed what lay between, a cut within the rest leaves a point behind.
    static bool is_on_boundary(Point p, const Rings& polygon) {
        const double near = 64.0 * rounding_step(polygon);
        return std::any_of(polygon.begin(), polygon.end(), [&](const auto& ring) {
            for (std::size_t i = 0; i < ring.size(); ++i) {
                if (distance_to_segment(p, ring[i], ring[(i + 1) % ring.size()]) <= near) return true;
            }
            return false;
        });
    }

    static bool holds(const Rings& island, const Crater& crater) {
        return std::any_of(crater.anchors.begin(), crater.anchors.end(),
                           [&](const auto& anchor) { return have_common_point(island, anchor); });
    }

    // What lies near the hit breaks off. (Of a crater that is no needle, and wide beside the floats, in a
    // polygon without spikes that are no wider than these.)
    void check_depth(const std::vector<Point>& ring, const Rings& polygon, const Crater& crater) {
        const Ellipse ellipse(crater);
        const double step = std::max({rounding_step(polygon), rounding_step({{crater.centre}}),
                                      double{std::numeric_limits<float>::min()}});
        if (may_be_too_small(polygon) || ellipse.narrow() < 4096.0 * step ||
            ellipse.wide() > 6.0 * ellipse.narrow() || has_slit(polygon))
            return;
        for (const Point p : ring) {
            if (ellipse.distance(p) < 0.5) {
                fault("a point deep in the crater stays");
                return;
            }
        }
    }

    void check_other_ways(const Rings& polygon, const Crater& crater, const Fragments& debris,
                          const Remains& rest) {
        Fragments other;
        Remains other_rest;
        if (!damage(polygon, crater, depth_.workspace, other, other_rest).ok() ||
            hash_fragments(other) != hash_fragments(debris) || other_rest.hit != rest.hit ||
            other_rest.points != rest.points || other_rest.ring_ends != rest.ring_ends ||
            other_rest.island_ends != rest.island_ends || other_rest.areas != rest.areas) {
            fault("another run gives something else");
        }
        std::vector<Rings> all;
        if (rest.hit) {
            all = check_who_stays(polygon, crater, debris, islands_of(rest));
        }
        if (report_.faults.empty() && !repaired_ && (!crater.anchors.empty() || !is_near_draw(all))) {
            check_turned(polygon, crater, debris, rest);
        }
    }

    // Are the two largest islands about of one size, so that rounding chooses?
    static bool is_near_draw(const std::vector<Rings>& islands) {
        std::vector<double> areas;
        for (const Rings& island : islands) {
            areas.push_back(polygon_area(island) + rounding_area(island));
        }
        std::sort(areas.rbegin(), areas.rend());
        return areas.size() > 1 && areas[1] > areas[0] * (1.0 - 1e-6);
    }

    // Is a vertex within a few floats of an edge that it is no end of?
    static bool has_slit(const Rings& polygon) {
        const double near = 8.0 * rounding_step(polygon);
        for (const auto& own : polygon) {
            for (const Point p : own) {
                for (const auto& ring : polygon) {
                    for (std::size_t i = 0; i < ring.size(); ++i) {
                        const Point q = ring[(i + 1) % ring.size()];
                        if (p != ring[i] && p != q && distance_to_segment(p, ring[i], q) <= near) return true;
                    }
                }
            }
        }
        return false;
    }

    // With an anchor that holds all. Returns the islands.
    std::vector<Rings> check_who_stays(const Rings& polygon, const Crater& crater, const Fragments& debris,
                                       const std::vector<Rings>& stay) {
        Crater holding = crater;
        const auto far = static_cast<float>(largest_coordinate);
        holding.anchors = {rectangle(-far, -far, far, far)};
        Fragments least;
        Remains rest;
        if (!damage(polygon, holding, depth_.workspace, least, rest).ok() || !rest.hit) {
            fault("with another anchor it fails, or misses");
            return {};
        }
        const std::vector<Rings> all = islands_of(rest);
        // (Where floats are coarse the points on an island's outline depend on what falls.)
        const auto same = [&](const Rings& x, const Rings& y) {
            return x == y || std::abs(polygon_area(x) - polygon_area(y)) <=
                                 1e-6 * polygon_area(x) + rounding_area(polygon);
        };
        std::vector<Rings> expected;
        std::size_t holes_that_fall = 0;
        for (const Rings& island : all) {
            bool stays = holds(island, crater);
            if (crater.anchors.empty()) {
                stays = std::find(stay.begin(), stay.end(), island) != stay.end();
                if (!stays && !stay.empty() &&
                    polygon_area(island) > polygon_area(stay[0]) * (1.0 + 1e-6) + rounding_area(polygon)) {
                    fault("an island that is not the largest stays");
                }
            }
            if (stays) expected.push_back(island);
            if (!stays) holes_that_fall += island.size() - 1;
        }
        if (stay != expected) {
            const bool known =
                crater.anchors.empty()
                    ? stay.size() == 1 && std::any_of(all.begin(), all.end(),
                                                      [&](const Rings& x) { return same(x, stay[0]); })
                    : std::equal(stay.begin(), stay.end(), expected.begin(), expected.end(), same);
            if (!known) fault("not those islands stay that hold on to an anchor");
        }
        if (crater.anchors.empty() && !all.empty() && stay.empty()) fault("the largest island falls");
        const Rings pieces = sorted_rings(rings_of(debris));
        const Rings least_pieces = sorted_rings(rings_of(least));
        const auto less = [](const auto& p, const auto& q) {
            return std::lexicographical_compare(p.begin(), p.end(), q.begin(), q.end(), [](Point a, Point b) {
                return a.x != b.x ? a.x < b.x : a.y < b.y;
            });
        };
        if (!std::includes(pieces.begin(), pieces.end(), least_pieces.begin(), least_pieces.end(), less)) {
            fault("what breaks off hangs on the anchors");
        }
        const std::size_t fall = all.size() - std::min(all.size(), stay.size());
        const std::size_t more = pieces.size() - std::min(pieces.size(), least_pieces.size());
        // (A slit is a hole where rounding has joined its sides at their ends: that is opened.)
        const bool in_one = holes_that_fall == 0 && !has_slit(polygon);
        if (in_one ? more != fall : more < fall) fault("an island does not fall in one piece");
        return all;
    }

    void check_turned(const Rings& polygon, const Crater& crater, const Fragments& debris,
                      const Remains& rest) {
        Rings turned = polygon;
        for (auto& ring : turned) {
            std::rotate(ring.begin(), ring.begin() + static_cast<std::ptrdiff_t>(ring.size() / 2),
                        ring.end());
        }
        std::reverse(turned.front().begin(), turned.front().end());
        std::reverse(turned.begin() + 1, turned.end());
        Fragments other;
        Remains other_rest;
        const Failure failure = damage(turned, crater, depth_.workspace, other, other_rest);
        // Where hardly any area is left, its sum hangs on where the sum begins.
        if (failure.status == Status::too_small && may_be_too_small(turned)) return;
        if (!failure.ok()) {
            fault("rings put differently: " + failure.message);
        } else if (other_rest.hit != rest.hit ||
                   sorted_rings(rings_of(other)) != sorted_rings(rings_of(debris)) ||
                   sorted_rings(rings_of(islands_of(other_rest))) !=
                       sorted_rings(rings_of(islands_of(rest)))) {
            fault("rings put differently give something else");
        }
    }

    void check_all_at_once(const Crater& crater, bool any, const std::vector<Rings>& left,
                           const Rings& pieces) {
        std::vector<std::size_t> ends;
        for (const Rings& polygon : wall_) {
            ends.push_back((ends.empty() ? 0 : ends.back()) + polygon.size());
        }
        const Rings rings = rings_of(wall_);
        const auto polygons = views(rings);
        Fragments debris;
        Remains rest;
        const Failure failure =
            fracture::damage_all({polygons}, ends, crater, {.workspace = depth_.workspace}, debris, rest);
        if (!failure.ok()) {
            fault("all at once: " + failure.message);
        } else if (rest.hit != any || rings_of(debris) != pieces ||
                   islands_of(rest) != (any ? left : std::vector<Rings>())) {
            fault("all at once give something else");
        }
    }

    const FractureCase& case_;
    const CheckDepth& depth_;
    std::vector<Rings> wall_;
    bool is_given_ = true; // the polygon is the case's own, and not what a hit has left
    bool repaired_ = false;
    CaseReport report_;
};

} // namespace

CaseReport check_craters(const FractureCase& fracture_case, const CheckDepth& depth) {
    return CraterChecker(fracture_case, depth).run();
}

} // namespace cutout::test
