// sites.h, pattern "poisson".
#include "fracture/extent.h"
#include "fracture/sampling.h"
#include "fracture/sites.h"
#include "fracture/spacing.h"
#include "fracture/tuning.h"
#include "geometry/random.h"

#include <algorithm>
#include <cmath>
#include <optional>
#include <utility>

namespace cutout::fracture {

using geometry::Failure;
using geometry::Point;
using geometry::Status;

namespace {

// Where sites may lie, and the numbers to draw them with.
struct Dartboard {
    const InteriorSampler& sampler;
    const BoundaryDistance& boundary;
    double padding;
    geometry::Random random;
    const Control& control;
    std::uint32_t draws = 0;
    bool cancelled = false;

    [[nodiscard]] bool in_bounds(Point p) const {
        return p.x >= sampler.low().x && p.x <= sampler.high().x && p.y >= sampler.low().y &&
               p.y <= sampler.high().y;
    }
    [[nodiscard]] bool takes(Point p) const {
        return sampler.inside(p) && (padding <= 0.0 || !boundary.nearer(p, padding));
    }
    // Counts a draw; looks at the cancel flag now and then.
    [[nodiscard]] bool go_on() {
        if (++draws % draws_per_check == 0 && control.cancelled()) cancelled = true;
        return !cancelled;
    }
};

// A place for a first site: where nothing can be reached from the others. Nothing: a bounded number of darts
// missed.
std::optional<Point> throw_dart(Dartboard& board, const ChosenSites& chosen) {
    for (int dart = 0; dart < draws_for_a_site && board.go_on(); ++dart) {
        const std::optional<Point> p = board.sampler.draw(board.random);
        if (p && (board.padding <= 0.0 || !board.boundary.nearer(*p, board.padding)) && chosen.fits(*p)) {
            return p;
        }
    }
    return std::nullopt;
}

// A random place once to twice `distance` away from a site.
Point draw_round(geometry::Random& random, Point site, double distance) {
    double dx = 0.0;
    double dy = 0.0;
    double squared = 0.0;
    do {
        dx = random.range(-2.0, 2.0);
        dy = random.range(-2.0, 2.0);
        squared = dx * dx + dy * dy;
    } while (squared < 1.0 || squared > 4.0);
    return to_point(static_cast<double>(site.x) + distance * dx, static_cast<double>(site.y) + distance * dy);
}

// A place round a site that has none nearer to it.
std::optional<Point> throw_round(Dartboard& board, Point site, int attempts, const ChosenSites& chosen) {
    for (int attempt = 0; attempt < attempts && board.go_on(); ++attempt) {
        const Point p = draw_round(board.random, site, chosen.distance());
        // Most darts land near another site: that is asked first, because it is quick.
        if (board.in_bounds(p) && chosen.fits(p) && board.takes(p)) return p;
    }
    return std::nullopt;
}

// Fills the polygon with sites `distance` apart until no place is found, or there are `most`.
void fill(Dartboard& board, double distance, std::size_t most, int attempts, ChosenSites& chosen) {
    chosen.clear();
    chosen.set_distance(distance);
    while (chosen.sites().size() < most && !board.cancelled) {
        const std::optional<Point> first = throw_dart(board, chosen);
        if (!first) return;
        chosen.add(*first);
        std::vector<Point> active{*first};
        while (!active.empty() && chosen.sites().size() < most) {
            const auto pick =
                std::min(static_cast<std::size_t>(board.random.unit() * static_cast<double>(active.size())),
                         active.size() - 1);
            if (const std::optional<Point> p = throw_round(board, active[pick], attempts, chosen)) {
                chosen.add(*p);
                active.push_back(*p);
            } else {
                active[pick] = active.back();
                active.pop_back();
            }
        }
    }
}

// Drops sites down to `count`, evenly over the order in which they came.
void thin_out(std::vector<Point>& sites, std::size_t count) {
    const std::size_t found = sites.size();
    for (std::size_t i = 0; i < count; ++i) {
        sites[i] = sites[i * found / count];
    }
    sites.resize(count);
}

// A distance at which the count is certainly too large, but not by much: discs of half of it would have to
// fill more than the polygon and a rim round it.
double generous_distance(const geometry::SimplePolygon& polygon, const Bounds& bounds, std::size_t count) {
    double perimeter = 0.0;
    for (const geometry::Segment& edge : polygon.edges) {
        const double dx =
            static_cast<double>(polygon.points[edge.b].x) - static_cast<double>(polygon.points[edge.a].x);
        const double dy =
            static_cast<double>(polygon.points[edge.b].y) - static_cast<double>(polygon.points[edge.a].y);
        perimeter += std::sqrt(dx * dx + dy * dy);
    }
    const double sites = static_cast<double>(count);
    const double by_area = std::sqrt(std::max(0.5 * polygon.twice_area, 0.0) / sites);
    const double by_length = 0.5 * perimeter / sites;
    return std::min(1.2 * std::max(by_area, by_length), bounds.width() + bounds.height());
}

} // namespace

Failure poisson_sites(const geometry::SimplePolygon& polygon, const VoronoiParams& params,
                      const Control& control, std::vector<Point>& out) {
    const InteriorSampler sampler(polygon);
    const BoundaryDistance boundary(polygon, sampler.index());
    const Bounds bounds = bounds_of(polygon);
    const auto count = static_cast<std::size_t>(params.fragment_count);
    Dartboard board{.sampler = sampler,
                    .boundary = boundary,
                    .padding = std::min(static_cast<double>(params.edge_padding), bounds.shorter()),
                    .random = geometry::Random(static_cast<std::uint64_t>(params.seed)),
                    .control = control};
    ChosenSites chosen(sampler.low(), sampler.high(), count);

    // The padding shrinks until a dart hits what it leaves.
    const double wanted_padding = board.padding;
    chosen.set_distance(0.0);
    while (board.padding > 0.0 && !board.cancelled && !throw_dart(board, chosen)) {
        const double next = board.padding * distance_factor_step;
        board.padding = next > least_distance_factor * wanted_padding ? next : 0.0;
    }

    double distance = generous_distance(polygon, bounds, count);
    for (int round = 0; round < most_poisson_rounds && !board.cancelled; ++round) {
        // All places are looked for, also when there are enough sites: else the last corner might have none.
        fill(board, distance, 2 * count + 1, params.poisson_attempts, chosen);
        const std::size_t found = chosen.sites().size();
        if (found >= count) break;
        // The number goes with the inverse square of the distance.
        const double share = static_cast<double>(found) / static_cast<double>(count);
        distance *= std::clamp(std::sqrt(share), 0.5, poisson_distance_step);
        if (round % poisson_rounds_per_padding == poisson_rounds_per_padding - 1) board.padding *= 0.5;
    }
    if (board.cancelled) return {.status = Status::cancelled, .message = "cancelled"};
    if (chosen.sites().size() < count) return random_sites(polygon, params, control, out);
    out = std::move(chosen.sites());
    thin_out(out, count);
    return {};
}

} // namespace cutout::fracture
