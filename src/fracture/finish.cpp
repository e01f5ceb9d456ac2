#include "fracture/finish.h"

#include "fracture/measure.h"
#include "fracture/repair.h"
#include "fracture/tuning.h"
#include "geometry/predicates.h"
#include "geometry/text.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <limits>
#include <numeric>
#include <string>
#include <utility>

namespace cutout::fracture {

using geometry::Failure;
using geometry::Point;
using geometry::Segment;
using geometry::Status;

namespace {

Failure internal_error(std::string what) {
    return {.status = Status::internal_error,
            .message =
                std::move(what) + "; the result was withheld. Please report the polygon and parameters"};
}

Failure cancelled() {
    return {.status = Status::cancelled, .message = "cancelled"};
}

std::uint64_t directed(std::uint32_t from, std::uint32_t to) {
    return (std::uint64_t{from} << 32U) | to;
}

// Area that rounding to floats may move across the polygon's boundary: every point of it may move by about
// one unit in the last place of the largest coordinate.
double rounding_area(const geometry::SimplePolygon& polygon) {
    double perimeter = 0.0;
    float largest = 0.0F;
    for (const Segment& edge : polygon.edges) {
        const Point a = polygon.points[edge.a];
        const Point b = polygon.points[edge.b];
        perimeter += std::abs(static_cast<double>(b.x) - static_cast<double>(a.x)) +
                     std::abs(static_cast<double>(b.y) - static_cast<double>(a.y));
        largest = std::max({largest, std::abs(a.x), std::abs(a.y)});
    }
    const float step = std::nextafter(largest, std::numeric_limits<float>::infinity()) - largest;
    return perimeter * static_cast<double>(step);
}

} // namespace

Failure Finisher::run(Soup& soup, std::vector<std::uint32_t> cell_of_label,
                      const geometry::SimplePolygon& polygon, const Control& control, Fragments& out) {
    control_ = &control;
    for (std::size_t round = 0; round < max_finish_rounds; ++round) {
        if (Failure failure = plan_round(soup, control); !failure.ok()) return failure;
        if (control.cancelled()) return cancelled();
        const bool holes = std::any_of(pieces_.begin(), pieces_.end(),
                                       [](const Piece& piece) { return !piece.holes.empty(); });
        if (!holes) return emit(cell_of_label, polygon, out);
        if (!open_all_holes(soup, cell_of_label)) {
            return control.cancelled() ? cancelled() : internal_error("a hole could not be opened");
        }
    }
    return too_small();
}

// A hole that comes back however often it is opened: the cut through its middle rounds onto its own corners.
Failure Finisher::too_small() const {
    for (const Piece& piece : pieces_) {
        if (piece.holes.empty()) continue;
        const Point where = graph_.numbers.points()[loops_[piece.holes.front()].points.front()];
        return {.status = Status::too_small,
                .where = where,
                .message = geometry::concat("a hole near ", geometry::to_text(where),
                                            " is about as small as floats are apart there; leave it out, or "
                                            "scale the polygon up and move it nearer to the origin")};
    }
    return internal_error("holes kept coming back");
}

// One way through: stitch, mend, take apart into pieces.
Failure Finisher::plan_round(Soup& soup, const Control& control) {
    stitch(soup);
    if (control.cancelled()) return cancelled();
    if (!graph_.build(soup)) return internal_error("an edge of a cut has no partner");
    std::vector<Segment> segments(graph_.edges.size());
    std::transform(graph_.edges.begin(), graph_.edges.end(), segments.begin(), [](const GraphEdge& edge) {
        return Segment{edge.a, edge.b};
    });
    std::vector<geometry::Conflict> conflicts;
    if (!geometry::find_conflicts(graph_.numbers.points(), segments, control.cancel, conflicts)) {
        return cancelled();
    }
    const bool sound = conflicts.empty() && graph_.single() && graph_.consistent();
    if (sound && graph_.plain() && take_rings_as_they_are(soup)) return {};
    if (control.cancelled()) return cancelled();
    if (sound) {
        if (!graph_.trace(loops_)) return internal_error("a boundary does not close");
        if (collect_pieces()) return {};
        if (control.cancelled()) return cancelled();
        // A hole lies in no fragment: an edge jumped over all of it.
    }
    switch (repair(graph_, control.cancel)) {
    case RepairResult::done:
        break;
    case RepairResult::cancelled:
        return cancelled();
    case RepairResult::failed:
        return internal_error("rounding could not be mended");
    }
    if (!graph_.trace(loops_)) return internal_error("a boundary does not close");
    if (!collect_pieces()) {
        return control.cancelled() ? cancelled() : internal_error("a hole lies in no fragment");
    }
    return {};
}

// Every ring is simple and counter-clockwise: each is a piece.
bool Finisher::take_rings_as_they_are(const Soup& soup) {
    loops_.clear();
    pieces_.clear();
    for (std::size_t ring = 0; ring < soup.ends.size(); ++ring) {
        const std::uint32_t begin = soup.ring_begin(ring);
        const std::span<const Point> points(soup.points.data() + begin, soup.ends[ring] - begin);
        if (points.size() < 3 || geometry::winding(points) != 1) return false;
        Loop loop{.points = {}, .label = static_cast<Label>(soup.labels[ring])};
        loop.points.reserve(points.size());
        for (const Point p : points) {
            loop.points.push_back(graph_.numbers.number(p));
        }
        loops_.push_back(std::move(loop));
        pieces_.push_back({.outer = ring, .holes = {}});
    }
    return true;
}

std::vector<Point> Finisher::points_of(const Loop& loop) const {
    std::vector<Point> points(loop.points.size());
    std::transform(loop.points.begin(), loop.points.end(), points.begin(),
                   [&](std::uint32_t number) { return graph_.numbers.points()[number]; });
    return points;
}

// Counter-clockwise loops are pieces; a clockwise one is a hole of the smallest piece of its label round it.
// False: a hole is in no piece, or the run is cancelled.
bool Finisher::collect_pieces() {
    pieces_.clear();
    std::vector<std::size_t> order(loops_.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::stable_sort(order.begin(), order.end(),
                     [&](std::size_t a, std::size_t b) { return loops_[a].label < loops_[b].label; });
    for (std::size_t begin = 0; begin < order.size();) {
        std::size_t end = begin;
        const std::size_t first_piece = pieces_.size();
        std::vector<std::size_t> holes;
        for (; end < order.size() && loops_[order[end]].label == loops_[order[begin]].label; ++end) {
            const std::vector<Point> points = points_of(loops_[order[end]]);
            if (points.size() < 3) return false;
            if (geometry::winding(points) > 0) {
                pieces_.push_back({.outer = order[end], .holes = {}});
            } else {
                holes.push_back(order[end]);
            }
        }
        begin = end;
        for (const std::size_t hole : holes) {
            if (control_->cancelled()) return false;
            Piece* around = nullptr;
            double smallest = std::numeric_limits<double>::infinity();
            for (std::size_t p = first_piece; p < pieces_.size(); ++p) {
                const std::vector<Point> ring = points_of(loops_[pieces_[p].outer]);
                const double area = geometry::twice_area(ring);
                if (area >= smallest) continue;
                // They may touch, but not in every point of the hole: then it would be round the piece.
                for (const Point q : points_of(loops_[hole])) {
                    const geometry::Location location = geometry::locate(ring, q);
                    if (location == geometry::Location::boundary) continue;
                    if (location == geometry::Location::inside) {
                        smallest = area;
                        around = &pieces_[p];
                    }
                    break;
                }
            }
            if (around == nullptr) return false;
            around->holes.push_back(hole);
        }
    }
    return true;
}

// Every piece gets a label of its own, and those with holes are split.
bool Finisher::open_all_holes(Soup& soup, std::vector<std::uint32_t>& cell_of_label) {
    // An edge is named by its two ends; both its sides find the same key.
    std::vector<GraphEdge> edges = graph_.edges;
    const auto less = [](const GraphEdge& x, const GraphEdge& y) {
        return x.a != y.a ? x.a < y.a : x.b < y.b;
    };
    std::sort(edges.begin(), edges.end(), less);
    const auto key_of = [&](std::uint32_t from, std::uint32_t to) {
        const GraphEdge wanted{.a = std::min(from, to), .b = std::max(from, to)};
        const auto at = std::lower_bound(edges.begin(), edges.end(), wanted, less);
        if (at->left == no_label || at->right == no_label) return boundary_key;
        const Point a = graph_.numbers.points()[from];
        const Point b = graph_.numbers.points()[to];
        return edge_key(static_cast<std::uint64_t>(at - edges.begin()),
                        static_cast<double>(b.x) - static_cast<double>(a.x),
                        static_cast<double>(b.y) - static_cast<double>(a.y));
    };
    const auto keys_of = [&](const Loop& loop) {
        std::vector<EdgeKey> keys(loop.points.size());
        for (std::size_t i = 0; i < keys.size(); ++i) {
            keys[i] = key_of(loop.points[i], loop.points[(i + 1) % keys.size()]);
        }
        return keys;
    };
    soup.clear();
    std::vector<std::uint32_t> cells;
    std::uint32_t label = 0;
    std::uint64_t cut_number = edges.size();
    for (const Piece& piece : pieces_) {
        const std::uint32_t cell = cell_of_label[static_cast<std::size_t>(loops_[piece.outer].label)];
        std::vector<std::vector<Point>> rings{points_of(loops_[piece.outer])};
        std::vector<std::vector<EdgeKey>> keys{keys_of(loops_[piece.outer])};
        for (const std::size_t hole : piece.holes) {
            rings.push_back(points_of(loops_[hole]));
            keys.push_back(keys_of(loops_[hole]));
        }
        if (!opener_.open(rings, keys, label, cut_number, control_->cancel, soup)) return false;
        cells.resize(label, cell);
    }
    cell_of_label = std::move(cells);
    return true;
}

// The edges of the polygon's boundary, each as the fragment on its left has it, sorted.
void Finisher::find_boundary() {
    boundary_.clear();
    for (const GraphEdge& edge : graph_.edges) {
        if (edge.left == no_label) boundary_.push_back(directed(edge.b, edge.a));
        if (edge.right == no_label) boundary_.push_back(directed(edge.a, edge.b));
    }
    std::sort(boundary_.begin(), boundary_.end());
}

bool Finisher::on_boundary(const Loop& loop) const {
    std::uint32_t from = loop.points.back();
    return std::any_of(loop.points.begin(), loop.points.end(), [&](std::uint32_t to) {
        return std::binary_search(boundary_.begin(), boundary_.end(), directed(std::exchange(from, to), to));
    });
}

Failure Finisher::emit(const std::vector<std::uint32_t>& cell_of_label,
                       const geometry::SimplePolygon& polygon, Fragments& out) {
    struct Entry {
        std::uint32_t cell;
        std::size_t loop;
        bool on_boundary;
    };
    find_boundary();
    const std::span<const Point> points = graph_.numbers.points();
    std::vector<Entry> entries;
    entries.reserve(pieces_.size());
    for (const Piece& piece : pieces_) {
        Loop& loop = loops_[piece.outer];
        entries.push_back(
            {cell_of_label[static_cast<std::size_t>(loop.label)], piece.outer, on_boundary(loop)});
        // Begin at the lowest point: the result does not depend on where the input's rings begin.
        std::rotate(loop.points.begin(),
                    std::min_element(loop.points.begin(), loop.points.end(),
                                     [&](std::uint32_t a, std::uint32_t b) {
                                         return geometry::lexicographic_less(points[a], points[b]);
                                     }),
                    loop.points.end());
        if (polygon.outer_winding < 0) std::reverse(loop.points.begin() + 1, loop.points.end());
    }
    std::sort(entries.begin(), entries.end(), [&](const Entry& x, const Entry& y) {
        if (x.cell != y.cell) return x.cell < y.cell;
        return std::lexicographical_compare(loops_[x.loop].points.begin(), loops_[x.loop].points.end(),
                                            loops_[y.loop].points.begin(), loops_[y.loop].points.end(),
                                            [&](std::uint32_t a, std::uint32_t b) {
                                                return geometry::lexicographic_less(points[a], points[b]);
                                            });
    });
    out.clear();
    double sum = 0.0;
    for (const Entry& entry : entries) {
        for (const std::uint32_t number : loops_[entry.loop].points) {
            out.points.push_back(points[number]);
        }
        end_fragment({.cell = entry.cell, .label = entry.cell, .on_boundary = entry.on_boundary}, out);
        sum += out.areas.back();
    }
    const double area = 0.5 * polygon.twice_area;
    const double rounding = rounding_area(polygon);
    if (out.size() == 0 || (rounding > most_rounding * area && std::abs(sum - area) > most_rounding * area)) {
        out.clear();
        const Point where = polygon.points[0];
        return {.status = Status::too_small,
                .ring = 0,
                .vertex = static_cast<std::int32_t>(polygon.vertices[0]),
                .where = where,
                .message = geometry::concat("the polygon at ", geometry::to_text(where),
                                            " is about as small as floats are apart there; scale it up and "
                                            "move it nearer to the origin")};
    }
    if (!(std::abs(sum - area) <= max_area_error * area + rounding)) {
        out.clear();
        return internal_error("the fragments' areas do not add up to the polygon's");
    }
    return {};
}

} // namespace cutout::fracture
