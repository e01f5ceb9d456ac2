#include "fracture/ring_proof.h"

#include "fracture/tuning.h"
#include "geometry/limits.h"
#include "geometry/planarity.h"
#include "geometry/predicates.h"
#include "geometry/simple_rings.h"
#include "geometry/two_doubles.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstdint>
#include <iterator>

namespace cutout::fracture {

using geometry::orientation;
using geometry::Point;
using geometry::PointBounds;

namespace {

// Up to so many star-shaped rings are compared pair by pair. (rings)
constexpr std::size_t most_rings_in_pairs = 8;

// Rings of so many edges are looked through edge by edge. (edges)
constexpr std::size_t most_edges_without_levels = 24;

struct Vector {
    double x;
    double y;
};

Vector between(Point a, Point b) {
    return {static_cast<double>(b.x) - static_cast<double>(a.x),
            static_cast<double>(b.y) - static_cast<double>(a.y)};
}
geometry::FourFloats absolute(geometry::FourFloats values) {
    using geometry::FourMasks;
    return std::bit_cast<geometry::FourFloats>(std::bit_cast<FourMasks>(values) &
                                               FourMasks{INT32_MAX, INT32_MAX, INT32_MAX, INT32_MAX});
}
double cross(Vector u, Vector v) {
    return u.x * v.y - u.y * v.x;
}
double span_of(Vector u) {
    return std::abs(u.x) + std::abs(u.y);
}

// Does the box of an edge of the ring meet this one? (Without a branch for each: most edges keep away in one
// coordinate only.)
bool meets_box(std::span<const Point> ring, const PointBounds& box) {
    const geometry::FourFloats low = geometry::same_point_twice(box.low);
    const geometry::FourFloats high = geometry::same_point_twice(box.high);
    geometry::FourMasks meet = {0, 0, 0, 0};
    const auto look = [&](geometry::FourFloats a, geometry::FourFloats b) {
        const geometry::FourMasks within =
            (geometry::lesser(a, b) <= high) & (geometry::greater(a, b) >= low);
        meet |= within & geometry::other_coordinates(within);
    };
    const Point first = ring.front();
    const Point last = ring.back();
    look(geometry::same_point_twice(last), geometry::same_point_twice(first));
    std::size_t i = 0;
    for (; i + 3 <= ring.size(); i += 2) {
        look(geometry::load_two_points(ring.data() + i), geometry::load_two_points(ring.data() + i + 1));
    }
    if (i + 2 == ring.size()) look(geometry::same_point_twice(ring[i]), geometry::same_point_twice(last));
    return geometry::bits_of(meet) != 0;
}

} // namespace

void RingProof::begin(double largest) {
    margin_ = largest * proof_margin;
    reach_ = static_cast<float>(margin_ * 1.0001);
    close_call_ = false;
    points_joined_ = false;
    reset();
}

// Turns to the left only, by less than half a turn each, and passes the direction to the right once: convex.
bool RingProof::left_turning(std::span<const Point> ring) {
    using geometry::both;
    using Both = geometry::TwoDoubles; // coordinates
    const std::size_t count = ring.size();
    Both b = both(ring[count - 1]);
    Both u = b - both(ring[count - 2]);
    geometry::TwoMasks rounds = {0, 0}; // -1 in y for each time round
    for (std::size_t i = 0; i < count; ++i) {
        const Both c = both(ring[i]);
        const Both v = c - b;
        const Both products = u * Both{v[1], v[0]};
        const double det = products[0] - products[1];
        // As orientation() does, from its second point.
        const double bound = 4.0 * geometry::unit_roundoff * (std::abs(products[0]) + std::abs(products[1]));
        if (!(det > bound) &&
            orientation(ring[(i + count - 2) % count], ring[(i + count - 1) % count], ring[i]) <= 0) {
            return false;
        }
        rounds += (u < Both{0.0, 0.0}) & (v >= Both{0.0, 0.0});
        u = v;
        b = c;
    }
    return rounds[1] == -1;
}

// Along the direction the ring rises from its lowest point to its highest on one side and falls on the other.
// Every vertex is on the right side of the edge that passes above or below it, by more than the margin.
bool RingProof::monotone(std::span<const Point> ring, Point from, Point to) {
    const std::size_t count = ring.size();
    const Vector direction = between(from, to);
    const double least_rise = margin_ * span_of(direction);
    if (!(least_rise > 0.0)) return false;
    height_.resize(count);
    std::size_t low = 0;
    for (std::size_t i = 0; i < count; ++i) {
        const Vector v = between(from, ring[i]);
        height_[i] = v.x * direction.x + v.y * direction.y;
        if (height_[i] < height_[low]) low = i;
    }
    const auto after = [&](std::size_t i) { return i + 1 == count ? 0 : i + 1; };
    const auto before = [&](std::size_t i) { return i == 0 ? count - 1 : i - 1; };
    // Both chains rise from `low`; the one that is behind goes on.
    std::size_t lower = low; // the chain with the interior on its left
    std::size_t upper = low;
    for (std::size_t step = 0; step + 2 < count; ++step) {
        const std::size_t next_lower = after(lower);
        const std::size_t next_upper = before(upper);
        const bool from_lower = height_[next_lower] < height_[next_upper];
        const std::size_t at = from_lower ? lower : upper;
        const std::size_t next = from_lower ? next_lower : next_upper;
        if (!(height_[next] - height_[at] > least_rise)) return false;
        // It must lie to the left of the lower chain's edge, to the right of the upper one's.
        const std::size_t other = from_lower ? upper : lower;
        const std::size_t other_next = from_lower ? next_upper : next_lower;
        const Vector edge = between(ring[other], ring[other_next]);
        const double beside = cross(edge, between(ring[other], ring[next]));
        if (!((from_lower ? -beside : beside) > margin_ * span_of(edge))) return false;
        (from_lower ? lower : upper) = next;
    }
    // What is left is one vertex, the highest, which both chains reach.
    const std::size_t top = after(lower);
    return before(upper) == top && height_[top] - height_[lower] > least_rise &&
           height_[top] - height_[upper] > least_rise;
}

// Four edges at a time in floats, with their rounding added to the margin.
bool RingProof::star_shaped(std::span<const Point> ring, int turn) const {
    using geometry::all_four;
    const std::size_t count = ring.size();
    const Point first = ring[0];
    const geometry::FourFloats firsts = geometry::same_point_twice(first);
    geometry::FourFloats sum = all_four(0.0F);
    std::size_t i = 0;
    for (; i + 2 <= count; i += 2) {
        sum += geometry::load_two_points(ring.data() + i) - firsts;
    }
    const float share = 1.0F / static_cast<float>(i);
    const Point middle{first.x + (sum[0] + sum[2]) * share, first.y + (sum[1] + sum[3]) * share}; // about
    const auto sign = static_cast<float>(turn);
    // A position is rounded once, and so are the products and their difference: five of 2^-24 of them. And
    // what is too small for floats is left open.
    constexpr float rounding = 0x1.0p-21F;
    constexpr float least = 1.0e-36F;
    const geometry::FourFloats middles = geometry::same_point_twice(middle);
    const auto none = all_four(0.0F);
    geometry::FourMasks clear = {-1, -1, -1, -1};
    geometry::FourMasks rounds = {0, 0, 0, 0}; // -1 for each time past the ray to the right
    for (i = 0; i + geometry::four < count; i += geometry::four) {
        const Point* const p = ring.data() + i;
        const geometry::FourFloats p01 = geometry::load_two_points(p) - middles;
        const geometry::FourFloats p12 = geometry::load_two_points(p + 1) - middles;
        const geometry::FourFloats p23 = geometry::load_two_points(p + 2) - middles;
        const geometry::FourFloats p34 = geometry::load_two_points(p + 3) - middles;
        const geometry::FourFloats ux = __builtin_shufflevector(p01, p23, 0, 2, 4, 6);
        const geometry::FourFloats uy = __builtin_shufflevector(p01, p23, 1, 3, 5, 7) * sign;
        const geometry::FourFloats vx = __builtin_shufflevector(p12, p34, 0, 2, 4, 6);
        const geometry::FourFloats vy = __builtin_shufflevector(p12, p34, 1, 3, 5, 7) * sign;
        const geometry::FourFloats span_u = absolute(ux) + absolute(uy);
        const geometry::FourFloats span_v = absolute(vx) + absolute(vy);
        const geometry::FourFloats reach =
            reach_ * (span_u + span_v) + (rounding * (span_u * span_v) + least);
        clear &= ux * vy - uy * vx > reach;
        rounds += (uy < none) & (vy >= none);
        if (geometry::bits_of(clear) != 15U) return false;
    }
    int times = -(rounds[0] + rounds[1] + rounds[2] + rounds[3]);
    for (; i < count; ++i) {
        const Point a = ring[i];
        const Point b = ring[i + 1 == count ? 0 : i + 1];
        const float ux = a.x - middle.x;
        const float uy = (a.y - middle.y) * sign;
        const float vx = b.x - middle.x;
        const float vy = (b.y - middle.y) * sign;
        const float span_u = std::abs(ux) + std::abs(uy);
        const float span_v = std::abs(vx) + std::abs(vy);
        const float reach = reach_ * (span_u + span_v) + (rounding * (span_u * span_v) + least);
        if (!(ux * vy - uy * vx > reach)) return false;
        times += static_cast<int>(uy < 0.0F && vy >= 0.0F);
    }
    return times == 1;
}

void RingProof::reset() {
    from_.clear();
    after_.clear();
    ring_.clear();
    all_star_shaped_ = true;
}

void RingProof::add(std::span<const Point> ring, int turn) {
    const std::size_t begin = from_.size();
    from_.insert(from_.end(), ring.begin(), ring.end());
    ring_.push_back({.begin = begin, .end = from_.size(), .turn = turn, .bounds = {}});
    all_star_shaped_ = all_star_shaped_ && turn != 0 && star_shaped(ring, turn);
}

// Which edge follows which.
void RingProof::link() {
    after_.resize(from_.size());
    ends_.clear();
    for (const Ring& ring : ring_) {
        ends_.push_back(static_cast<std::uint32_t>(ring.end));
        for (std::size_t i = ring.begin; i < ring.end; ++i) {
            after_[i] = static_cast<std::uint32_t>(i + 1);
        }
        after_[ring.end - 1] = static_cast<std::uint32_t>(ring.begin);
    }
}

bool RingProof::add_rounded(std::span<const Point> ring, int turn) {
    if (ring.back() != ring.front() && !geometry::repeats_a_point(ring)) {
        add(ring, turn);
        return true;
    }
    points_joined_ = true;
    distinct_.clear();
    std::unique_copy(ring.begin(), ring.end(), std::back_inserter(distinct_));
    while (distinct_.size() > 1 && distinct_.back() == distinct_.front()) {
        distinct_.pop_back();
    }
    if (distinct_.size() < 3) return false;
    add(distinct_, turn);
    return true;
}

// Does no edge of one ring come near the bounds of another that is smaller?
bool RingProof::rings_apart() {
    if (ring_.size() == 1) return true;
    for (Ring& ring : ring_) {
        ring.bounds = geometry::bounds_of({from_.data() + ring.begin, ring.end - ring.begin});
    }
    const auto area = [](const Ring& ring) {
        return (ring.bounds.high.x - ring.bounds.low.x) * (ring.bounds.high.y - ring.bounds.low.y);
    };
    for (const Ring& ring : ring_) {
        for (const Ring& other : ring_) {
            if (&ring == &other || area(ring) < area(other)) continue;
            const PointBounds& own = ring.bounds;
            const PointBounds box{
                .low = {other.bounds.low.x - reach_, other.bounds.low.y - reach_},
                .high = {other.bounds.high.x + reach_, other.bounds.high.y + reach_},
            };
            if (own.low.x > box.high.x || own.high.x < box.low.x || own.low.y > box.high.y ||
                own.high.y < box.low.y)
                continue;
            if (meets_box({from_.data() + ring.begin, ring.end - ring.begin}, box)) return false;
        }
    }
    return true;
}

// The edge i and the one after it.
bool RingProof::corner(std::size_t i) {
    const Point a = from_[i];
    const Point b = from_[after_[i]];
    const Point c = from_[after_[after_[i]]];
    const Vector u = between(a, b);
    const Vector v = between(b, c);
    const double reach = margin_ * (span_of(u) + span_of(v));
    // Either an obtuse corner or a real turn. (One branch: which of the two cannot be foreseen.)
    if ((static_cast<int>(u.x * v.x + u.y * v.y > reach) | static_cast<int>(std::abs(cross(u, v)) > reach)) !=
        0) {
        return true;
    }
    close_call_ = true;
    return geometry::unfolded(a, b, c);
}

bool RingProof::edges_apart(std::size_t i, std::size_t j) {
    if (after_[i] == j || after_[j] == i) return true; // corner() looks at these
    const Point a = from_[i];
    const Point b = from_[after_[i]];
    const Point c = from_[j];
    const Point d = from_[after_[j]];
    // (One branch: which of the ways it is cannot be foreseen.)
    const auto beside = [&](Point p, Point q, Point r, Point s) {
        const Vector u = between(p, q);
        const double reach = margin_ * span_of(u);
        const double one = cross(u, between(p, r));
        const double two = cross(u, between(p, s));
        return static_cast<int>(std::min(one, two) > reach) | static_cast<int>(std::max(one, two) < -reach);
    };
    if ((beside(a, b, c, d) | beside(c, d, a, b)) != 0) return true;
    close_call_ = true;
    return geometry::surely_apart(a, b, c, d);
}

// All corners, four at a time in floats. What these leave open is looked at one by one.
bool RingProof::corners_apart() {
    using Floats = geometry::FourFloats;
    using Masks = geometry::FourMasks;
    constexpr std::size_t at_once = geometry::four;
    // The edges round once and the rest four times: five of 2^-24 of the products. And what is too small for
    // floats is left open.
    const Floats margin = geometry::all_four(reach_);
    const Floats rounding = geometry::all_four(0x1.0p-21F);
    const Floats least = geometry::all_four(1.0e-36F);
    for (const Ring& ring : ring_) {
        std::size_t i = ring.begin;
        for (; i + at_once + 2 <= ring.end; i += at_once) {
            const Point* const p = from_.data() + i;
            const Floats p01 = geometry::load_two_points(p);
            const Floats p12 = geometry::load_two_points(p + 1);
            const Floats p23 = geometry::load_two_points(p + 2);
            const Floats p34 = geometry::load_two_points(p + 3);
            const Floats p45 = geometry::load_two_points(p + 4);
            const Floats edge01 = p12 - p01;
            const Floats edge12 = p23 - p12;
            const Floats edge23 = p34 - p23;
            const Floats edge34 = p45 - p34;
            const Floats ux = __builtin_shufflevector(edge01, edge23, 0, 2, 4, 6);
            const Floats uy = __builtin_shufflevector(edge01, edge23, 1, 3, 5, 7);
            const Floats vx = __builtin_shufflevector(edge12, edge34, 0, 2, 4, 6);
            const Floats vy = __builtin_shufflevector(edge12, edge34, 1, 3, 5, 7);
            const Floats span_u = absolute(ux) + absolute(uy);
            const Floats span_v = absolute(vx) + absolute(vy);
            const Floats reach = margin * (span_u + span_v) + (rounding * (span_u * span_v) + least);
            const Masks open = (ux * vx + uy * vy <= reach) & (absolute(ux * vy - uy * vx) <= reach);
            if (geometry::bits_of(open) == 0) continue;
            for (std::size_t k = i; k < i + at_once; ++k) {
                if (!corner(k)) return false;
            }
        }
        for (; i < ring.end; ++i) {
            if (!corner(i)) return false;
        }
    }
    return true;
}

// Where too many boxes meet to look at all pairs.
bool RingProof::plane(const std::atomic<bool>* cancel) {
    close_call_ = true;
    std::vector<Point> sorted = from_;
    std::sort(sorted.begin(), sorted.end(), geometry::lexicographic_less);
    if (std::adjacent_find(sorted.begin(), sorted.end()) != sorted.end()) return false; // rings touch
    std::vector<geometry::Segment> segments(from_.size());
    for (std::uint32_t i = 0; i < segments.size(); ++i) {
        segments[i] = {i, after_[i]};
    }
    std::vector<geometry::Conflict> conflicts;
    return geometry::find_conflicts(from_, segments, cancel, conflicts) && conflicts.empty();
}

// A hole as small as floats may have been turned inside out.
bool RingProof::windings_kept() const {
    return std::all_of(ring_.begin(), ring_.end(), [&](const Ring& ring) {
        return ring.turn == 0 ||
               geometry::winding({from_.data() + ring.begin, ring.end - ring.begin}) == ring.turn;
    });
}

bool RingProof::apart(const std::atomic<bool>* cancel) {
    // (Pairs of rings are looked at one by one, so there must not be many.)
    if (all_star_shaped_ && !ring_.empty() && ring_.size() <= most_rings_in_pairs && rings_apart())
        return true;
    link();
    if (!corners_apart()) return false;
    // Neighbours are no corner where one ring ends and the next begins.
    for (std::size_t ring = 1; ring < ring_.size(); ++ring) {
        if (!edges_apart(ring_[ring].begin - 1, ring_[ring].begin)) return false;
    }
    boxes_.build(from_, after_, ends_, reach_);
    const geometry::PairsEnd end =
        boxes_.visit_pairs([&](std::size_t i, std::size_t j) { return edges_apart(i, j); });
    if (end == geometry::PairsEnd::stopped) return false;
    if (end == geometry::PairsEnd::too_many && !plane(cancel)) return false;
    return !close_call_ || windings_kept();
}

bool RingProof::marked_apart(std::span<const std::uint8_t> marks) {
    link();
    const std::size_t count = from_.size();
    const bool large = count > most_edges_without_levels;
    if (large) boxes_.build(from_, after_, ends_, reach_);
    for (std::size_t i = 0; i < count; ++i) {
        if ((marks[i] | marks[after_[i]]) != 0 && !corner(i)) return false;
        if (marks[i] == 0) continue;
        if (large) {
            const auto apart_from = [&](std::size_t j) { return i == j || edges_apart(i, j); };
            if (!boxes_.visit_near(i, apart_from)) return false;
            continue;
        }
        const Point a = from_[i];
        const Point b = from_[after_[i]];
        const float low_x = std::min(a.x, b.x) - reach_;
        const float low_y = std::min(a.y, b.y) - reach_;
        const float high_x = std::max(a.x, b.x) + reach_;
        const float high_y = std::max(a.y, b.y) + reach_;
        for (std::size_t j = 0; j < count; ++j) {
            const Point c = from_[j];
            const Point d = from_[after_[j]];
            const bool meets = (static_cast<int>(std::min(c.x, d.x) <= high_x) &
                                static_cast<int>(std::max(c.x, d.x) >= low_x) &
                                static_cast<int>(std::min(c.y, d.y) <= high_y) &
                                static_cast<int>(std::max(c.y, d.y) >= low_y)) != 0;
            if (meets && j != i && !edges_apart(i, j)) return false;
        }
    }
    return true;
}

} // namespace cutout::fracture
