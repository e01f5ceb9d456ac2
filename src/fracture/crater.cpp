#include "fracture/crater.h"

#include "fracture/edge_match.h"
#include "fracture/left_behind.h"
#include "fracture/measure.h"
#include "fracture/merge.h"
#include "fracture/outlines.h"
#include "geometry/limits.h"
#include "geometry/predicates.h"
#include "geometry/random.h"
#include "geometry/text.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <numeric>
#include <span>
#include <utility>

namespace cutout::fracture {

using geometry::Failure;
using geometry::Point;
using geometry::Random;
using geometry::Status;

namespace {

struct Vector {
    double x = 0.0;
    double y = 0.0;
};

// Sites: those of the pieces first, then those of the rest.
struct CraterSites {
    std::vector<Point> sites;
    std::uint32_t inner = 0;
    std::vector<std::uint32_t> piece_of_site; // of the inner ones; some may share a piece
};

// Of the ellipse's half width: how far the rim lies off it, less 1, and how far the sites lie off the rim.
constexpr double nearest_rim = 0.85;
constexpr double farthest_rim = 1.1;
constexpr double nearest_row = 0.2;
constexpr double farthest_row = 0.45;
// And no more than this times the radius that the ellipse is bent with there.
constexpr double bend = 1.5;
constexpr double middle = 0.5; // the other pieces' sites lie within
// Pieces along the rim: all up to so many, else that share.
constexpr std::int32_t fewest_along_rim = 5;
constexpr double share_along_rim = 0.6;
// Pairs of sites that make a rim: of a circle, of an ellipse for its length over its width, and the most.
constexpr std::int32_t fewest_pairs = 10;
constexpr double pairs_for_stretch = 4.5;
constexpr std::int32_t most_pairs = 256;

// Round the square [-1, 1]² by an eighth of its way a unit, then drawn to the circle: no trigonometry, whose
// last bits differ between libraries.
Vector direction(double turn) {
    const double at = 8.0 * (turn - std::floor(turn));
    Vector v;
    if (at < 2.0) {
        v = {1.0, at - 1.0};
    } else if (at < 4.0) {
        v = {3.0 - at, 1.0};
    } else if (at < 6.0) {
        v = {-1.0, 5.0 - at};
    } else {
        v = {at - 7.0, -1.0};
    }
    const double length = std::sqrt((v.x * v.x) + (v.y * v.y));
    return {v.x / length, v.y / length};
}

std::uint64_t seed_of(const Crater& crater) {
    // Hits in other places break in another way.
    const std::uint64_t place = (std::uint64_t{std::bit_cast<std::uint32_t>(crater.centre.x)} << 32U) |
                                std::bit_cast<std::uint32_t>(crater.centre.y);
    return (static_cast<std::uint64_t>(crater.seed) * 0x9E3779B97F4A7C15ULL) ^ place;
}

// The crater's axes as a matrix, in doubles.
class Shape {
public:
    explicit Shape(const Crater& crater)
        : a_(crater.axis_x.x), b_(crater.axis_x.y), c_(crater.axis_y.x), d_(crater.axis_y.y) {}

    [[nodiscard]] Vector apply(Vector v) const { return {(a_ * v.x) + (c_ * v.y), (b_ * v.x) + (d_ * v.y)}; }
    [[nodiscard]] double determinant() const { return (a_ * d_) - (b_ * c_); }
    // Away from the ellipse where it has the point of this direction.
    [[nodiscard]] Vector normal(Vector way) const {
        const double sense = determinant() < 0.0 ? -1.0 : 1.0;
        const Vector n{sense * ((d_ * way.x) - (b_ * way.y)), sense * ((a_ * way.y) - (c_ * way.x))};
        const double length = std::sqrt((n.x * n.x) + (n.y * n.y));
        return {n.x / length, n.y / length};
    }
    // Of the circle that fits the ellipse best there.
    [[nodiscard]] double bend_radius(Vector way) const {
        const Vector along = apply({-way.y, way.x});
        const double speed = std::sqrt((along.x * along.x) + (along.y * along.y));
        return speed * speed * speed / std::abs(determinant());
    }
    // Half the ellipse's length, and half its width.
    [[nodiscard]] double wide() const {
        const double sum = (a_ * a_) + (b_ * b_) + (c_ * c_) + (d_ * d_);
        const double twice = 2.0 * determinant();
        return std::sqrt(0.5 * (sum + std::sqrt(std::max(0.0, (sum * sum) - (twice * twice)))));
    }
    [[nodiscard]] double narrow() const { return wide() > 0.0 ? std::abs(determinant()) / wide() : 0.0; }
    [[nodiscard]] double stretch() const {
        return narrow() > 0.0 ? std::min(wide() / narrow(), double{most_pairs}) : 1.0;
    }

private:
    double a_;
    double b_;
    double c_;
    double d_;
};

// Sites in pairs, one of a piece and one of the rest, each the other's mirror image in a line that touches
// the rim: so the rim is a chain of such lines, also where the ellipse is none but a stretched circle's.
CraterSites place_sites(const Crater& crater) {
    Random random(seed_of(crater));
    const Shape shape(crater);
    const std::int32_t count = crater.fragment_count;
    const std::int32_t along = count < 2 * fewest_along_rim
                                   ? std::min(count, fewest_along_rim)
                                   : static_cast<std::int32_t>(std::lround(share_along_rim * count));
    // Sites on one of the long sides of a narrow ellipse must be nearer to one another than to the other
    // side.
    const auto wanted = static_cast<std::int32_t>(std::ceil(pairs_for_stretch * shape.stretch()));
    const std::int32_t pairs = std::max({along, fewest_pairs, std::min(wanted, most_pairs)});
    CraterSites made;
    std::vector<Vector> inner;
    std::vector<Vector> outer;
    const double start = random.unit();
    for (std::int32_t i = 0; i < pairs; ++i) {
        const double jitter = random.range(-0.3, 0.3);
        const Vector way = direction(start + ((i + jitter) / pairs));
        // Where the ellipse bends sharply, pairs are near one another and must not get between each other.
        const double scale = std::min(shape.narrow(), bend * shape.bend_radius(way));
        const double off = random.range(nearest_rim - 1.0, farthest_rim - 1.0) * scale;
        const double row = random.range(nearest_row, farthest_row) * scale;
        const Vector n = shape.normal(way);
        const Vector on = shape.apply(way);
        const Vector touch{on.x + (off * n.x), on.y + (off * n.y)};
        inner.push_back({touch.x - (row * n.x), touch.y - (row * n.y)});
        outer.push_back({touch.x + (row * n.x), touch.y + (row * n.y)});
        made.piece_of_site.push_back(static_cast<std::uint32_t>(std::int64_t{i} * along / pairs));
    }
    for (std::int32_t piece = along; piece < count;) {
        const Vector v{random.range(-1.0, 1.0), random.range(-1.0, 1.0)};
        if (!((v.x * v.x) + (v.y * v.y) < 1.0)) continue;
        inner.push_back(shape.apply({middle * v.x, middle * v.y}));
        made.piece_of_site.push_back(static_cast<std::uint32_t>(piece++));
    }
    made.inner = static_cast<std::uint32_t>(inner.size());
    inner.insert(inner.end(), outer.begin(), outer.end());
    for (const Vector& v : inner) {
        made.sites.push_back(
            {static_cast<float>(crater.centre.x + v.x), static_cast<float>(crater.centre.y + v.y)});
    }
    return made;
}

Failure check(const Crater& crater) {
    const auto bad = [](auto... parts) {
        return Failure{.status = Status::bad_argument, .message = geometry::concat(parts...)};
    };
    if (!(crater.fragment_count >= 1 && crater.fragment_count <= 100'000)) {
        return bad("a crater of ", std::to_string(crater.fragment_count), " pieces; 1 to 100000 are allowed");
    }
    const double area = Shape(crater).determinant();
    if (area == 0.0) return bad("the crater has no area; its radius must be greater than 0");
    const auto fits = [](Point p) {
        return std::abs(p.x) <= geometry::max_coordinate && std::abs(p.y) <= geometry::max_coordinate;
    };
    const CraterSites placed = place_sites(crater);
    if (!fits(crater.centre) || !std::ranges::all_of(placed.sites, fits)) {
        return bad("the crater at ", geometry::to_text(crater.centre),
                   " reaches beyond the coordinates that are allowed, or is not finite");
    }
    for (const auto& anchor : crater.anchors) {
        if (anchor.empty() || anchor.size() == 2) {
            return bad("an anchor has ", std::to_string(anchor.size()),
                       " points; it must have 1, or 3 and more");
        }
        for (const Point p : anchor) {
            if (!std::isfinite(p.x) || !std::isfinite(p.y))
                return bad("an anchor's point ", geometry::to_text(p), " is not finite");
        }
    }
    return {};
}

bool covers(std::span<const Point> ring, Point p) {
    bool inside = false;
    for (std::size_t i = 0, before = ring.size() - 1; i < ring.size(); before = i++) {
        const Point a = ring[i];
        const Point b = ring[before];
        if ((a.y > p.y) == (b.y > p.y)) continue;
        const bool up = a.y < b.y;
        if (geometry::orientation(up ? a : b, up ? b : a, p) > 0) inside = !inside;
    }
    return inside;
}

bool cross(Point a, Point b, Point c, Point d) {
    return geometry::orientation(a, b, c) * geometry::orientation(a, b, d) <= 0 &&
           geometry::orientation(c, d, a) * geometry::orientation(c, d, b) <= 0 &&
           std::max(std::min(a.x, b.x), std::min(c.x, d.x)) <=
               std::min(std::max(a.x, b.x), std::max(c.x, d.x)) &&
           std::max(std::min(a.y, b.y), std::min(c.y, d.y)) <=
               std::min(std::max(a.y, b.y), std::max(c.y, d.y));
}

// One island in the making: rings in one array, the outer one first.
struct Island {
    std::vector<Point> points;
    std::vector<std::uint32_t> ends;
    double area = 0.0;
    std::vector<std::uint32_t> members; // fragments
    bool stays = false;

    [[nodiscard]] std::span<const Point> ring(std::size_t i) const {
        const std::uint32_t begin = i == 0 ? 0 : ends[i - 1];
        return {points.data() + begin, ends[i] - begin};
    }
    [[nodiscard]] bool has(Point p) const {
        bool inside = false;
        for (std::size_t i = 0; i < ends.size(); ++i) {
            inside ^= covers(ring(i), p);
        }
        return inside;
    }
    [[nodiscard]] bool holds_on_to(std::span<const Point> anchor) const {
        if (has(anchor.front())) return true;
        for (std::size_t i = 0; i < ends.size(); ++i) {
            const std::span<const Point> mine = ring(i);
            if (anchor.size() > 1 && covers(anchor, mine.front())) return true;
            for (std::size_t k = 0, before = mine.size() - 1; k < mine.size(); before = k++) {
                for (std::size_t m = 0, last = anchor.size() - 1; m < anchor.size(); last = m++) {
                    // A single point is an edge without length: on the outline it holds, too.
                    if (cross(mine[before], mine[k], anchor[last], anchor[m])) return true;
                }
            }
        }
        return false;
    }
};

class Damage {
public:
    // `corners` are the polygon's own points, and those that a repair gave it.
    Damage(std::vector<Point> corners, const Crater& crater, const Control& control)
        : crater_(crater), control_(control), own_points_(std::move(corners)) {
        std::sort(own_points_.begin(), own_points_.end(), geometry::lexicographic_less);
    }

    // `fragments` are the polygon's by the crater's sites.
    Failure run(const CraterSites& placed, Fragments& fragments, Remains& rest) {
        const std::uint32_t inner = placed.inner;
        const auto breaks_off = [&](std::uint32_t cell) { return cell < inner; };
        rest.hit = std::ranges::any_of(fragments.cells, breaks_off);
        if (!rest.hit) {
            fragments.clear();
            return {};
        }
        std::vector<std::uint32_t> group(fragments.size());
        for (std::uint32_t f = 0; f < group.size(); ++f) {
            group[f] = breaks_off(fragments.cells[f]) ? f : static_cast<std::uint32_t>(fragments.size());
        }
        for (const bool drop : {true, false}) {
            Outlines outlines(fragments, group);
            islands_.clear();
            bool dropped = false;
            for (const std::span<const std::uint32_t> part : outlines.parts()) {
                if (control_.cancelled()) return cancelled();
                if (breaks_off(fragments.cells[part.front()])) continue;
                if (!outlines.trace(part) || !read(outlines, fragments, part, drop, dropped)) return failed();
            }
            decide_who_stays();
            if (!dropped || !edges_meet(fragments, breaks_off)) {
                return keep(placed, outlines.match(), fragments, rest);
            }
        }
        return failed();
    }

private:
    static Failure cancelled() { return {.status = Status::cancelled, .message = "cancelled"}; }
    static Failure failed() {
        return {.status = Status::internal_error,
                .message = "the rest of the polygon could not be put together; the result was withheld. "
                           "Please report the polygon, the crater and the seed"};
    }

    [[nodiscard]] bool is_own(Point p) const {
        return std::binary_search(own_points_.begin(), own_points_.end(), p, geometry::lexicographic_less);
    }

    // Does a cut between two cells of the part end in the edge's first point, where none but the part is?
    static bool is_cut_within(const EdgeMatch& match, std::uint32_t edge,
                              std::span<const std::uint32_t> part) {
        bool is_cut = false;
        for (std::uint32_t e = match.first_leaving(match.number(edge)); e != EdgeMatch::none;
             e = match.next_leaving(e)) {
            if (!std::binary_search(part.begin(), part.end(), match.fragment_of(e))) return false;
            is_cut |= match.partner(e) != EdgeMatch::none;
        }
        return is_cut;
    }

    // The rings that were traced. Where a cut between two cells of the rest met the polygon's outline, it
    // left a point behind, which goes.
    bool read(const Outlines& outlines, const Fragments& fragments, std::span<const std::uint32_t> part,
              bool drop, bool& dropped) {
        Island island;
        island.members.assign(part.begin(), part.end());
        const EdgeMatch& match = outlines.match();
        std::vector<std::vector<Point>> rings;
        std::size_t outer = 0;
        std::size_t outers = 0;
        std::size_t begin = 0;
        for (const std::uint32_t end : outlines.loop_ends()) {
            const std::span<const std::uint32_t> loop(outlines.loop_edges().data() + begin, end - begin);
            begin = end;
            std::vector<Point> ring;
            std::vector<std::uint8_t> may_go;
            for (std::size_t i = 0; i < loop.size(); ++i) {
                const std::uint32_t before = loop[i == 0 ? loop.size() - 1 : i - 1];
                const Point p = fragments.points[loop[i]];
                const bool is_left_behind = match.partner(before) == EdgeMatch::none &&
                                            match.partner(loop[i]) == EdgeMatch::none && !is_own(p) &&
                                            is_cut_within(match, loop[i], part);
                ring.push_back(p);
                may_go.push_back(is_left_behind ? 1 : 0);
            }
            if (drop) dropped |= drop_left_behind(may_go, ring);
            if (ring.size() < 3) continue; // it had no area but that of the rounding
            if (geometry::winding(ring) == outlines.sense()) {
                outer = rings.size();
                ++outers;
            }
            rings.push_back(std::move(ring));
        }
        if (outers > 1 || (outers == 0 && !rings.empty())) return false;
        if (outers == 1) std::swap(rings[0], rings[outer]);
        for (const std::vector<Point>& ring : rings) {
            island.points.insert(island.points.end(), ring.begin(), ring.end());
            island.ends.push_back(static_cast<std::uint32_t>(island.points.size()));
        }
        for (const std::uint32_t f : part) {
            island.area += fragments.areas[f];
        }
        islands_.push_back(std::move(island));
        return true;
    }

    // Do the islands' edges meet one another, or the pieces', now that points are gone? Those that fall keep
    // their points.
    [[nodiscard]] bool edges_meet(const Fragments& fragments, const auto& breaks_off) const {
        EdgeSet edges;
        for (const Island& island : islands_) {
            if (island.stays) {
                for (std::size_t i = 0; i < island.ends.size(); ++i) {
                    edges.add(island.ring(i));
                }
            } else {
                for (const std::uint32_t f : island.members) {
                    edges.add(fragments.ring(f));
                }
            }
        }
        for (std::size_t f = 0; f < fragments.size(); ++f) {
            if (breaks_off(fragments.cells[f])) edges.add(fragments.ring(f));
        }
        return edges.meet(control_.cancel);
    }

    // Not those about as thin as floats are apart, which have no ring.
    void decide_who_stays() {
        if (crater_.anchors.empty()) {
            const auto largest =
                std::max_element(islands_.begin(), islands_.end(), [](const Island& a, const Island& b) {
                    return a.ends.empty() > b.ends.empty() ||
                           (a.ends.empty() == b.ends.empty() && a.area < b.area);
                });
            if (largest != islands_.end()) largest->stays = !largest->ends.empty();
            return;
        }
        for (Island& island : islands_) {
            island.stays =
                !island.ends.empty() && std::ranges::any_of(crater_.anchors, [&](const auto& anchor) {
                    return island.holds_on_to(anchor);
                });
        }
    }

    // What stays becomes the rest; what breaks off, and the islands that fall, stay in `fragments`.
    Failure keep(const CraterSites& placed, const EdgeMatch& match, Fragments& fragments, Remains& rest) {
        constexpr std::uint32_t none = ~0U;
        std::vector<std::uint32_t> group(fragments.size(), none); // of what goes
        for (std::uint32_t f = 0; f < group.size(); ++f) {
            const std::uint32_t cell = fragments.cells[f];
            if (cell < placed.inner) group[f] = placed.piece_of_site[cell];
        }
        for (std::size_t i = 0; i < islands_.size(); ++i) {
            const Island& island = islands_[i];
            if (!island.stays) {
                for (const std::uint32_t f : island.members) {
                    group[f] =
                        static_cast<std::uint32_t>(static_cast<std::size_t>(crater_.fragment_count) + i);
                }
                continue;
            }
            const auto base = static_cast<std::uint32_t>(rest.points.size());
            rest.points.insert(rest.points.end(), island.points.begin(), island.points.end());
            for (const std::uint32_t end : island.ends) {
                rest.ring_ends.push_back(base + end);
            }
            rest.island_ends.push_back(static_cast<std::uint32_t>(rest.ring_ends.size()));
            rest.areas.push_back(island.area);
        }
        std::vector<RimEdge> rim;
        for (std::uint32_t e = 0; e < fragments.points.size(); ++e) {
            const std::uint32_t partner = match.partner(e);
            if (partner != EdgeMatch::none && group[match.fragment_of(e)] != none &&
                group[match.fragment_of(partner)] == none) {
                rim.push_back({fragments.points[e], fragments.points[match.next(e)]});
            }
        }
        // And as the rest has come out: a piece a few floats wide may lie in a hole that is all its own.
        for (std::size_t ring = 0, begin = 0; ring < rest.ring_ends.size(); begin = rest.ring_ends[ring++]) {
            const std::size_t end = rest.ring_ends[ring];
            for (std::size_t i = begin; i < end; ++i) {
                rim.push_back({rest.points[i + 1 == end ? begin : i + 1], rest.points[i]});
            }
        }
        Fragments gone;
        gone.fell_back = fragments.fell_back;
        std::vector<std::uint32_t> group_of_gone;
        for (std::uint32_t f = 0; f < group.size(); ++f) {
            if (group[f] == none) continue;
            const std::span<const Point> ring = fragments.ring(f);
            gone.points.insert(gone.points.end(), ring.begin(), ring.end());
            gone.offsets.push_back(static_cast<std::uint32_t>(gone.points.size()));
            gone.cells.push_back(fragments.cells[f]);
            gone.labels.push_back(fragments.labels[f]);
            gone.areas.push_back(fragments.areas[f]);
            gone.centroids.push_back(fragments.centroids[f]);
            gone.on_boundary.push_back(fragments.on_boundary[f]);
            group_of_gone.push_back(group[f]);
        }
        fragments = std::move(gone);
        Failure failure = merge_groups(group_of_gone, control_, fragments);
        if (failure.ok()) unmark(std::move(rim), fragments);
        return failure;
    }

    // An edge that a piece leaves for the next point of its ring, with the rest on its other side.
    struct RimEdge {
        Point from;
        Point to;

        friend bool operator<(const RimEdge& a, const RimEdge& b) {
            return a.from == b.from ? geometry::lexicographic_less(a.to, b.to)
                                    : geometry::lexicographic_less(a.from, b.from);
        }
    };

    // Pieces that were joined know nothing of the rest, and take the rim for the polygon's boundary.
    static void unmark(std::vector<RimEdge> rim, Fragments& debris) {
        std::sort(rim.begin(), rim.end());
        EdgeMatch match;
        match.build(debris);
        std::fill(debris.on_boundary.begin(), debris.on_boundary.end(), std::uint8_t{0});
        for (std::uint32_t e = 0; e < debris.points.size(); ++e) {
            if (match.partner(e) != EdgeMatch::none) continue;
            const RimEdge edge{debris.points[e], debris.points[match.next(e)]};
            if (!std::binary_search(rim.begin(), rim.end(), edge))
                debris.on_boundary[match.fragment_of(e)] = 1;
        }
    }

    const Crater& crater_;
    const Control& control_;
    std::vector<Point> own_points_; // of the polygon that was cut, sorted
    std::vector<Island> islands_;
};

} // namespace

Failure damage(const geometry::PolygonView& polygon, const Crater& crater, const Control& control,
               Fragments& debris, Remains& rest) {
    debris.clear();
    rest.clear();
    Failure failure = check(crater);
    if (!failure.ok()) return failure;
    const CraterSites placed = place_sites(crater);
    std::vector<Point> corners;
    failure = fracture_at_sites(polygon, placed.sites, control, debris, SelfIntersection::repair, &corners);
    if (failure.ok()) failure = Damage(std::move(corners), crater, control).run(placed, debris, rest);
    if (!failure.ok()) {
        debris.clear();
        rest.clear();
    }
    return failure;
}

namespace {

void append(const Fragments& from, Fragments& to) {
    const auto base = static_cast<std::uint32_t>(to.points.size());
    to.points.insert(to.points.end(), from.points.begin(), from.points.end());
    for (std::size_t f = 0; f < from.size(); ++f) {
        to.offsets.push_back(base + from.offsets[f + 1]);
    }
    to.cells.insert(to.cells.end(), from.cells.begin(), from.cells.end());
    to.labels.insert(to.labels.end(), from.labels.begin(), from.labels.end());
    to.areas.insert(to.areas.end(), from.areas.begin(), from.areas.end());
    to.centroids.insert(to.centroids.end(), from.centroids.begin(), from.centroids.end());
    to.on_boundary.insert(to.on_boundary.end(), from.on_boundary.begin(), from.on_boundary.end());
    to.fell_back |= from.fell_back;
}

void append(const Remains& from, Remains& to) {
    const auto points = static_cast<std::uint32_t>(to.points.size());
    const auto rings = static_cast<std::uint32_t>(to.ring_ends.size());
    to.hit |= from.hit;
    to.points.insert(to.points.end(), from.points.begin(), from.points.end());
    for (const std::uint32_t end : from.ring_ends) {
        to.ring_ends.push_back(points + end);
    }
    for (const std::uint32_t end : from.island_ends) {
        to.island_ends.push_back(rings + end);
    }
    to.areas.insert(to.areas.end(), from.areas.begin(), from.areas.end());
}

// A polygon that was missed, as the only island; wound as islands are: the outer ring this way, holes that.
Remains whole(std::span<const geometry::RingView> rings) {
    Remains rest;
    double area = 0.0;
    const int sense = geometry::winding(rings[0]);
    for (std::size_t i = 0; i < rings.size(); ++i) {
        const auto first = rest.points.insert(rest.points.end(), rings[i].begin(), rings[i].end());
        if (i > 0 && geometry::winding(rings[i]) == sense) std::reverse(first, rest.points.end());
        rest.ring_ends.push_back(static_cast<std::uint32_t>(rest.points.size()));
        const double own = measure(rings[i]).area;
        area += i == 0 ? own : -own;
    }
    rest.island_ends.push_back(static_cast<std::uint32_t>(rest.ring_ends.size()));
    rest.areas.push_back(area);
    return rest;
}

} // namespace

Failure damage_all(const geometry::PolygonView& polygons, std::span<const std::size_t> polygon_ends,
                   const Crater& crater, const Control& control, Fragments& debris, Remains& rest) {
    debris.clear();
    rest.clear();
    std::size_t begin = 0;
    for (const std::size_t end : polygon_ends) {
        const std::span<const geometry::RingView> rings = polygons.rings.subspan(begin, end - begin);
        begin = end;
        Fragments own_debris;
        Remains own_rest;
        Failure failure = damage({rings}, crater, control, own_debris, own_rest);
        if (!failure.ok()) {
            debris.clear();
            rest.clear();
            return failure;
        }
        append(own_debris, debris);
        append(own_rest.hit ? own_rest : whole(rings), rest);
    }
    if (!rest.hit) rest.clear();
    return {};
}

} // namespace cutout::fracture
