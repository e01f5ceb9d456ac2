#include "fracture/finish.h"

#include "fracture/measure.h"
#include "fracture/repair.h"
#include "fracture/tuning.h"
#include "geometry/predicates.h"
#include "geometry/text.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <iterator>
#include <limits>
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

Failure Finisher::run(Soup& soup, const std::vector<std::uint32_t>& cell_of_label,
                      const geometry::SimplePolygon& polygon, const Control& control, Fragments& out) {
    control_ = &control;
    if (Failure failure = find_pieces(soup, control); !failure.ok()) return failure;
    if (control.cancelled()) return cancelled();
    return emit(cell_of_label, polygon, out);
}

// Stitch, mend, take apart into pieces.
Failure Finisher::find_pieces(Soup& soup, const Control& control) {
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
        if (open_holes()) return {};
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
    if (!open_holes()) {
        return control.cancelled() ? cancelled() : internal_error("a hole lies in no fragment");
    }
    return {};
}

// Every ring is simple and counter-clockwise: each is a piece.
bool Finisher::take_rings_as_they_are(const Soup& soup) {
    loops_.clear();
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
    }
    return true;
}

int Finisher::winding_of(const Loop& loop) const {
    std::vector<Point> points(loop.points.size());
    std::transform(loop.points.begin(), loop.points.end(), points.begin(),
                   [&](std::uint32_t number) { return graph_.numbers.points()[number]; });
    return points.size() < 3 ? 0 : geometry::winding(points);
}

// Counter-clockwise loops are pieces, but where a label has clockwise ones too, which are holes. False: a
// hole lies in no piece, or the run is cancelled.
bool Finisher::open_holes() {
    std::vector<Loop> pieces;
    std::vector<std::uint32_t> numbers;
    std::vector<Point> points;
    std::vector<std::uint32_t> ends;
    std::stable_sort(loops_.begin(), loops_.end(),
                     [](const Loop& x, const Loop& y) { return x.label < y.label; });
    for (std::size_t begin = 0; begin < loops_.size();) {
        const Label label = loops_[begin].label;
        std::size_t end = begin;
        bool holes = false;
        for (; end < loops_.size() && loops_[end].label == label; ++end) {
            const int winding = winding_of(loops_[end]);
            if (winding == 0) return false;
            holes |= winding < 0;
        }
        const std::span<Loop> loops(loops_.data() + begin, end - begin);
        begin = end;
        if (!holes) {
            std::move(loops.begin(), loops.end(), std::back_inserter(pieces));
            continue;
        }
        numbers.clear();
        points.clear();
        ends.clear();
        for (const Loop& loop : loops) {
            for (const std::uint32_t number : loop.points) {
                numbers.push_back(number);
                points.push_back(graph_.numbers.points()[number]);
            }
            ends.push_back(static_cast<std::uint32_t>(points.size()));
        }
        if (control_->cancelled() || !opener_.open(points, ends, control_->cancel)) return false;
        for (std::size_t i = 0; i < opener_.count(); ++i) {
            const std::span<const std::uint32_t> ring = opener_.ring(i);
            Loop loop{.points = std::vector<std::uint32_t>(ring.size()), .label = label};
            std::transform(ring.begin(), ring.end(), loop.points.begin(),
                           [&](std::uint32_t corner) { return numbers[corner]; });
            pieces.push_back(std::move(loop));
        }
    }
    loops_ = std::move(pieces);
    return true;
}

// Each edge as the fragment on its left has it.
void Finisher::list_edges() {
    edges_.clear();
    for (const Loop& loop : loops_) {
        std::uint32_t from = loop.points.back();
        for (const std::uint32_t to : loop.points) {
            edges_.push_back(directed(std::exchange(from, to), to));
        }
    }
    std::sort(edges_.begin(), edges_.end());
}

// Has it an edge without a fragment beyond? There may have been one that rounding left no area.
bool Finisher::on_boundary(const Loop& loop) const {
    std::uint32_t from = loop.points.back();
    return std::any_of(loop.points.begin(), loop.points.end(), [&](std::uint32_t to) {
        const std::uint32_t before = std::exchange(from, to);
        return !std::binary_search(edges_.begin(), edges_.end(), directed(to, before));
    });
}

Failure Finisher::emit(const std::vector<std::uint32_t>& cell_of_label,
                       const geometry::SimplePolygon& polygon, Fragments& out) {
    struct Entry {
        std::uint32_t cell;
        std::size_t loop;
        bool on_boundary;
    };
    list_edges();
    const std::span<const Point> points = graph_.numbers.points();
    std::vector<Entry> entries;
    entries.reserve(loops_.size());
    for (std::size_t i = 0; i < loops_.size(); ++i) {
        Loop& loop = loops_[i];
        entries.push_back({cell_of_label[static_cast<std::size_t>(loop.label)], i, on_boundary(loop)});
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
