#include "fracture/voronoi.h"

#include "fracture/finish.h"
#include "fracture/site_grid.h"
#include "fracture/tuning.h"
#include "fracture/voronoi_walk.h"
#include "geometry/half_plane_split.h"
#include "geometry/predicates.h"
#include "geometry/symbolic.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <numeric>
#include <utility>

namespace cutout::fracture {

using geometry::Failure;
using geometry::LineId;
using geometry::Point;
using geometry::Region;
using geometry::Status;
using geometry::Vertex;

namespace {

class VoronoiCutter {
public:
    VoronoiCutter(const geometry::SimplePolygon& polygon, std::span<const Point> sites)
        : sites_(sites), grid_(sites) {
        Point low = polygon.points[0];
        Point high = low;
        for (const Point p : polygon.points) {
            low = {std::min(low.x, p.x), std::min(low.y, p.y)};
            high = {std::max(high.x, p.x), std::max(high.y, p.y)};
        }
        box_.vertices = {geometry::input_vertex(low), geometry::input_vertex({high.x, low.y}),
                         geometry::input_vertex(high), geometry::input_vertex({low.x, high.y})};
        box_.edges = {lines_.add_horizontal(static_cast<double>(low.y)),
                      lines_.add_vertical(static_cast<double>(high.x)),
                      lines_.add_horizontal(static_cast<double>(high.y)),
                      lines_.add_vertical(static_cast<double>(low.x))};
        box_.ends = {4};
        for (const geometry::Segment& edge : polygon.edges) {
            whole_.vertices.push_back(geometry::input_vertex(polygon.points[edge.a]));
            whole_.edges.push_back(lines_.add_through(polygon.points[edge.a], polygon.points[edge.b]));
        }
        whole_.ends = polygon.ends;
        fixed_lines_ = lines_.size();
    }

    // False: an invariant did not hold.
    [[nodiscard]] bool cut(std::uint32_t site, Soup& out) {
        lines_.truncate(fixed_lines_);
        neighbours_.clear();
        find_cell(site);
        if (cell_.empty()) return true;
        borders_.assign(cell_.edges.begin(), cell_.edges.end());
        std::sort(borders_.begin(), borders_.end()); // nearest neighbour first
        const Region* area = &whole_;
        for (const LineId border : borders_) {
            if (!is_bisector(border)) continue;
            Region& next = area == &first_ ? second_ : first_;
            if (!split_.keep(lines_, border, side_of(site, border), *area, next)) return false;
            area = &next;
        }
        emit(site, *area, out);
        return true;
    }

private:
    [[nodiscard]] bool is_bisector(LineId line) const {
        return static_cast<std::size_t>(line) >= fixed_lines_;
    }
    [[nodiscard]] std::uint32_t neighbour(LineId bisector) const {
        return neighbours_[static_cast<std::size_t>(bisector) - fixed_lines_];
    }
    // Bisectors are made from the lower index to the higher, so that both cells have the same line. The
    // positive side is nearer to the higher one.
    [[nodiscard]] int side_of(std::uint32_t site, LineId bisector) const {
        return site > neighbour(bisector) ? 1 : -1;
    }

    // The site's cell within the polygon's bounds, in cell_.
    void find_cell(std::uint32_t site) {
        cell_ = box_;
        const Point at = sites_[site];
        candidates_.clear();
        std::size_t done = 0;
        double reach = farthest_corner(at);
        for (std::int64_t ring = 0;; ++ring) {
            const bool more = grid_.visit_ring(at, ring, [&](std::uint32_t other) {
                if (other == site) return;
                const double dx = static_cast<double>(sites_[other].x) - static_cast<double>(at.x);
                const double dy = static_cast<double>(sites_[other].y) - static_cast<double>(at.y);
                candidates_.push_back({std::sqrt(dx * dx + dy * dy), other});
            });
            std::sort(candidates_.begin() + static_cast<std::ptrdiff_t>(done), candidates_.end());
            const double sure = grid_.reach(ring);
            for (; done < candidates_.size(); ++done) {
                const auto [distance, other] = candidates_[done];
                if (more && distance > sure) break; // a nearer one may be in the next ring
                if (distance > 2.0 * reach) return;
                const std::uint32_t low = std::min(site, other);
                const std::uint32_t high = std::max(site, other);
                const LineId bisector = lines_.add_bisector(sites_[low], sites_[high]);
                neighbours_.push_back(other);
                if (!clip_cell(bisector, side_of(site, bisector))) continue;
                if (cell_.empty()) return;
                reach = farthest_corner(at);
            }
            if (!more || sure > 2.0 * reach) return;
        }
    }

    // A little more than the distance to the farthest corner of cell_.
    [[nodiscard]] double farthest_corner(Point at) const {
        double largest = 0.0;
        for (const Vertex& v : cell_.vertices) {
            const double dx = std::abs(v.x - static_cast<double>(at.x)) + v.error;
            const double dy = std::abs(v.y - static_cast<double>(at.y)) + v.error;
            largest = std::max(largest, dx * dx + dy * dy);
        }
        return std::sqrt(largest) * (1.0 + 1e-9);
    }

    // Sutherland-Hodgman for the convex cell. False: nothing was cut off.
    bool clip_cell(LineId line, int side) {
        const std::size_t count = cell_.vertices.size();
        sides_.resize(count);
        bool inside = false;
        bool outside = false;
        for (std::size_t i = 0; i < count; ++i) {
            const int s = lines_.side(line, cell_.vertices[i]) * side;
            sides_[i] = static_cast<std::int8_t>(s);
            inside |= s > 0;
            outside |= s < 0;
        }
        if (!outside) return false;
        if (!inside) {
            cell_.clear();
            return true;
        }
        clipped_.clear();
        const auto add = [&](const Vertex& v, LineId edge) {
            clipped_.vertices.push_back(v);
            clipped_.edges.push_back(edge);
        };
        for (std::size_t i = 0; i < count; ++i) {
            const std::size_t next = i + 1 == count ? 0 : i + 1;
            const LineId edge = cell_.edges[i];
            if (sides_[i] > 0) {
                add(cell_.vertices[i], edge);
                if (sides_[next] < 0) add(lines_.intersect(edge, line), line);
            } else if (sides_[i] == 0) {
                add(cell_.vertices[i], sides_[next] > 0 ? edge : line);
            } else if (sides_[next] > 0) {
                add(lines_.intersect(edge, line), edge);
            }
        }
        clipped_.ends.push_back(static_cast<std::uint32_t>(clipped_.vertices.size()));
        std::swap(cell_, clipped_);
        return true;
    }

    void emit(std::uint32_t site, const Region& area, Soup& out) const {
        for (std::size_t ring = 0; ring < area.ends.size(); ++ring) {
            for (std::uint32_t i = area.ring_begin(ring); i < area.ends[ring]; ++i) {
                const LineId edge = area.edges[i];
                out.points.push_back(lines_.rounded(area.vertices[i]));
                if (is_bisector(edge)) {
                    const std::uint64_t low = std::min(site, neighbour(edge));
                    const std::uint64_t high = std::max(site, neighbour(edge));
                    out.keys.push_back(
                        edge_key((low << 31U) | high, lines_.direction_x(edge), lines_.direction_y(edge)));
                } else {
                    out.keys.push_back(boundary_key);
                }
            }
            out.end_ring(site);
        }
    }

    std::span<const Point> sites_;
    SiteGrid grid_;
    geometry::Lines lines_;
    std::size_t fixed_lines_ = 0;           // the bounds and the polygon; bisectors come after them
    std::vector<std::uint32_t> neighbours_; // of each bisector: the other site
    Region box_;
    Region whole_;
    Region cell_;
    Region clipped_;
    Region first_;
    Region second_;
    std::vector<std::int8_t> sides_;
    std::vector<std::pair<double, std::uint32_t>> candidates_;
    std::vector<LineId> borders_;
    geometry::HalfPlaneSplit split_;
};

// The indices of the sites that are the first in their place.
std::vector<std::uint32_t> distinct_sites(std::span<const Point> sites) {
    std::vector<std::uint32_t> order(sites.size());
    std::iota(order.begin(), order.end(), 0U);
    std::sort(order.begin(), order.end(), [&](std::uint32_t a, std::uint32_t b) {
        if (sites[a] == sites[b]) return a < b;
        return geometry::lexicographic_less(sites[a], sites[b]);
    });
    order.erase(std::unique(order.begin(), order.end(),
                            [&](std::uint32_t a, std::uint32_t b) { return sites[a] == sites[b]; }),
                order.end());
    std::sort(order.begin(), order.end());
    return order;
}

} // namespace

Failure cut_voronoi(const geometry::SimplePolygon& polygon, std::span<const Point> sites,
                    const Control& control, Soup& out, std::vector<std::uint32_t>& cell_of_label) {
    out.clear();
    cell_of_label = distinct_sites(sites);
    std::vector<Point> distinct(cell_of_label.size());
    std::transform(cell_of_label.begin(), cell_of_label.end(), distinct.begin(),
                   [&](std::uint32_t i) { return sites[i]; });
    VoronoiCutter cutter(polygon, distinct);
    const auto count = static_cast<std::uint32_t>(distinct.size());
    for (std::uint32_t site = 0; site < count; ++site) {
        if (site % cells_per_check == 0) {
            if (control.cancelled()) return {.status = Status::cancelled, .message = "cancelled"};
            control.report(cutting_share * static_cast<float>(site) / static_cast<float>(count));
        }
        if (!cutter.cut(site, out)) {
            return {.status = Status::internal_error,
                    .message = "the crossings along a bisector do not alternate; the result was withheld. "
                               "Please report the polygon and parameters"};
        }
    }
    return {};
}

Failure fracture_voronoi_sites(const geometry::SimplePolygon& polygon, std::span<const Point> sites,
                               const Control& control, Fragments& out) {
    VoronoiWalk walk;
    if (walk.run(polygon, sites, control, out)) return {};
    return fracture_voronoi_slowly(polygon, sites, control, out);
}

Failure fracture_voronoi_slowly(const geometry::SimplePolygon& polygon, std::span<const Point> sites,
                                const Control& control, Fragments& out) {
    out.clear();
    Soup soup;
    std::vector<std::uint32_t> cell_of_label;
    if (Failure failure = cut_voronoi(polygon, sites, control, soup, cell_of_label); !failure.ok()) {
        return failure;
    }
    Finisher finisher;
    return finisher.run(soup, cell_of_label, polygon, control, out);
}

} // namespace cutout::fracture
