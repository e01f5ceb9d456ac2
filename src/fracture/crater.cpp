#include "fracture/crater.h"

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
};

// Where the rim is, as a share of the radius, and the sites of the pieces along it.
constexpr double nearest_rim = 0.85;
constexpr double farthest_rim = 1.1;
constexpr double nearest_row = 0.55;
constexpr double farthest_row = 0.8;
constexpr double middle = 0.5; // the other pieces' sites lie within
// Pieces along the rim, of many; and the fewest sites that make a rim.
constexpr double share_along_rim = 0.6;
constexpr std::int32_t fewest_along_rim = 5;
constexpr std::int32_t fewest_of_rest = 8;

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

CraterSites place_sites(const Crater& crater) {
    Random random(seed_of(crater));
    const std::int32_t along =
        crater.fragment_count < fewest_along_rim + 2
            ? 0
            : std::max(fewest_along_rim,
                       static_cast<std::int32_t>(std::lround(share_along_rim * crater.fragment_count)));
    const std::int32_t around = std::max(along, fewest_of_rest);
    std::vector<Vector> inner;
    std::vector<Vector> outer;
    const double start = random.unit();
    for (std::int32_t i = 0; i < around; ++i) {
        const double jitter = random.range(-0.3, 0.3);
        const Vector way = direction(start + ((i + jitter) / around));
        const double rim = random.range(nearest_rim, farthest_rim);
        const double row = random.range(nearest_row, farthest_row);
        const double site = along > 0 ? row : 0.0;
        if (along > 0) inner.push_back({row * way.x, row * way.y});
        const double across = (2.0 * rim) - site;
        outer.push_back({across * way.x, across * way.y});
    }
    while (inner.size() < static_cast<std::size_t>(crater.fragment_count)) {
        const Vector v{random.range(-1.0, 1.0), random.range(-1.0, 1.0)};
        if ((v.x * v.x) + (v.y * v.y) < 1.0) inner.push_back({middle * v.x, middle * v.y});
    }
    CraterSites made;
    made.inner = static_cast<std::uint32_t>(inner.size());
    inner.insert(inner.end(), outer.begin(), outer.end());
    for (const Vector& v : inner) {
        made.sites.push_back(
            {static_cast<float>(crater.centre.x + (v.x * crater.axis_x.x) + (v.y * crater.axis_y.x)),
             static_cast<float>(crater.centre.y + (v.x * crater.axis_x.y) + (v.y * crater.axis_y.y))});
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
    const auto fits = [](Point p) {
        return std::abs(p.x) <= geometry::max_coordinate && std::abs(p.y) <= geometry::max_coordinate;
    };
    const CraterSites placed = place_sites(crater);
    if (!fits(crater.centre) || !std::ranges::all_of(placed.sites, fits)) {
        return bad("the crater at ", geometry::to_text(crater.centre),
                   " reaches beyond the coordinates that are allowed, or is not finite");
    }
    const double area =
        (double{crater.axis_x.x} * crater.axis_y.y) - (double{crater.axis_x.y} * crater.axis_y.x);
    if (!(std::abs(area) > 0.0)) return bad("the crater has no area; its radius must be greater than 0");
    for (const auto& anchor : crater.anchors) {
        if (anchor.empty() || anchor.size() == 2) {
            return bad("an anchor has ", std::to_string(anchor.size()),
                       " points; it must have 1, or 3 and more");
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
    Damage(const geometry::PolygonView& polygon, const Crater& crater, const Control& control)
        : crater_(crater), control_(control) {
        for (const geometry::RingView& ring : polygon.rings) {
            own_points_.insert(own_points_.end(), ring.begin(), ring.end());
        }
        std::sort(own_points_.begin(), own_points_.end(), geometry::lexicographic_less);
    }

    // `fragments` are the polygon's by the crater's sites, of which the first `inner` break off.
    Failure run(std::uint32_t inner, Fragments& fragments, Remains& rest) {
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
        Outlines outlines(fragments, group);
        for (const std::span<const std::uint32_t> part : outlines.parts()) {
            if (control_.cancelled()) return {.status = Status::cancelled, .message = "cancelled"};
            if (breaks_off(fragments.cells[part.front()])) continue;
            if (!outlines.trace(part) || !read(outlines, fragments, part)) return failed();
        }
        return keep(breaks_off, fragments, rest);
    }

private:
    static Failure failed() {
        return {.status = Status::internal_error,
                .message = "the rest of the polygon could not be put together; the result was withheld. "
                           "Please report the polygon, the crater and the seed"};
    }

    [[nodiscard]] bool is_own(Point p) const {
        return std::binary_search(own_points_.begin(), own_points_.end(), p, geometry::lexicographic_less);
    }

    // The rings that were traced. Where a cut between two cells of the rest met the polygon's outline, it
    // left a point behind, which goes.
    bool read(const Outlines& outlines, const Fragments& fragments, std::span<const std::uint32_t> part) {
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
            for (std::size_t i = 0; i < loop.size(); ++i) {
                const std::uint32_t before = loop[i == 0 ? loop.size() - 1 : i - 1];
                const Point p = fragments.points[loop[i]];
                const bool is_left_behind = match.partner(before) == EdgeMatch::none &&
                                            match.partner(loop[i]) == EdgeMatch::none && !is_own(p);
                if (!is_left_behind) ring.push_back(p);
            }
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

    [[nodiscard]] bool stays(std::size_t i) const {
        if (islands_[i].ends.empty()) return false; // about as thin as floats are apart
        if (crater_.anchors.empty()) {
            const auto largest =
                std::max_element(islands_.begin(), islands_.end(), [](const Island& a, const Island& b) {
                    return a.ends.empty() > b.ends.empty() ||
                           (a.ends.empty() == b.ends.empty() && a.area < b.area);
                });
            return islands_.begin() + static_cast<std::ptrdiff_t>(i) == largest;
        }
        return std::ranges::any_of(crater_.anchors,
                                   [&](const auto& anchor) { return islands_[i].holds_on_to(anchor); });
    }

    // What stays becomes the rest; what breaks off, and the islands that fall, stay in `fragments`.
    Failure keep(const auto& breaks_off, Fragments& fragments, Remains& rest) {
        constexpr std::uint32_t none = ~0U;
        std::vector<std::uint32_t> group(fragments.size(), none); // of what goes
        for (std::uint32_t f = 0; f < group.size(); ++f) {
            if (breaks_off(fragments.cells[f])) group[f] = f;
        }
        for (std::size_t i = 0; i < islands_.size(); ++i) {
            const Island& island = islands_[i];
            if (!stays(i)) {
                for (const std::uint32_t f : island.members) {
                    group[f] = static_cast<std::uint32_t>(fragments.size() + i);
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
        return merge_groups(group_of_gone, control_, fragments);
    }

    const Crater& crater_;
    const Control& control_;
    std::vector<Point> own_points_; // of the polygon, sorted
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
    failure = fracture_at_sites(polygon, placed.sites, control, debris, SelfIntersection::repair);
    if (failure.ok()) failure = Damage(polygon, crater, control).run(placed.inner, debris, rest);
    if (!failure.ok()) {
        debris.clear();
        rest.clear();
    }
    return failure;
}

} // namespace cutout::fracture
