#include "fracture/sites.h"

#include "fracture/sampling.h"
#include "fracture/tuning.h"
#include "geometry/random.h"
#include "geometry/segment_grid.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>

namespace cutout::fracture {

using geometry::Point;
using geometry::Segment;
using geometry::Status;

namespace {

double squared_distance(Point p, Point q) {
    const double dx = static_cast<double>(p.x) - static_cast<double>(q.x);
    const double dy = static_cast<double>(p.y) - static_cast<double>(q.y);
    return dx * dx + dy * dy;
}

double squared_distance_to_segment(Point p, Point a, Point b) {
    const double abx = static_cast<double>(b.x) - static_cast<double>(a.x);
    const double aby = static_cast<double>(b.y) - static_cast<double>(a.y);
    const double apx = static_cast<double>(p.x) - static_cast<double>(a.x);
    const double apy = static_cast<double>(p.y) - static_cast<double>(a.y);
    const double length = abx * abx + aby * aby;
    const double t = std::clamp((apx * abx + apy * aby) / length, 0.0, 1.0);
    const double dx = apx - t * abx;
    const double dy = apy - t * aby;
    return dx * dx + dy * dy;
}

// Is the boundary nearer than a distance?
class BoundaryDistance {
public:
    explicit BoundaryDistance(const geometry::SimplePolygon& polygon)
        : polygon_(polygon), gridded_(grid_.build(polygon.points, polygon.edges)) {}

    [[nodiscard]] bool nearer(Point p, double distance) const {
        const double limit = distance * distance;
        const auto near = [&](std::uint32_t i) {
            const Segment edge = polygon_.edges[i];
            return squared_distance_to_segment(p, polygon_.points[edge.a], polygon_.points[edge.b]) < limit;
        };
        if (!gridded_) {
            for (std::uint32_t i = 0; i < polygon_.edges.size(); ++i) {
                if (near(i)) return true;
            }
            return false;
        }
        const auto x = static_cast<double>(p.x);
        const auto y = static_cast<double>(p.y);
        const std::size_t column1 = grid_.column_of(x + distance);
        const std::size_t row1 = grid_.row_of(y + distance);
        for (std::size_t row = grid_.row_of(y - distance); row <= row1; ++row) {
            for (std::size_t column = grid_.column_of(x - distance); column <= column1; ++column) {
                for (const std::uint32_t i : grid_.cell(row * grid_.columns() + column)) {
                    if (near(i)) return true;
                }
            }
        }
        return false;
    }

private:
    const geometry::SimplePolygon& polygon_;
    geometry::SegmentGrid grid_;
    bool gridded_;
};

// The sites chosen so far, in a grid with cells no smaller than the least distance between them.
class ChosenSites {
public:
    ChosenSites(Point low, Point high, std::size_t count)
        : low_(low), width_(static_cast<double>(high.x) - static_cast<double>(low.x)),
          height_(static_cast<double>(high.y) - static_cast<double>(low.y)), count_(count) {}

    void set_distance(double distance) {
        distance_ = distance;
        // At most about two cells for each site to come.
        const double area = width_ * height_;
        step_ = std::max({distance, std::sqrt(area / (2.0 * static_cast<double>(count_))), width_ / 30000.0,
                          height_ / 30000.0});
        columns_ = static_cast<std::size_t>(width_ / step_) + 1;
        rows_ = static_cast<std::size_t>(height_ / step_) + 1;
        heads_.assign(columns_ * rows_, 0);
        next_.clear();
        for (std::uint32_t i = 0; i < sites_.size(); ++i) {
            link(i);
        }
    }

    [[nodiscard]] bool fits(Point p) const {
        const double limit = distance_ * distance_;
        const std::size_t column = column_of(p);
        const std::size_t row = row_of(p);
        for (std::size_t r = row > 0 ? row - 1 : 0; r <= std::min(row + 1, rows_ - 1); ++r) {
            for (std::size_t c = column > 0 ? column - 1 : 0; c <= std::min(column + 1, columns_ - 1); ++c) {
                for (std::uint32_t k = heads_[r * columns_ + c]; k != 0; k = next_[k - 1]) {
                    if (sites_[k - 1] == p || squared_distance(sites_[k - 1], p) < limit) return false;
                }
            }
        }
        return true;
    }

    void add(Point p) {
        sites_.push_back(p);
        link(static_cast<std::uint32_t>(sites_.size() - 1));
    }
    [[nodiscard]] std::vector<Point>& sites() { return sites_; }

private:
    void link(std::uint32_t i) {
        std::uint32_t& head = heads_[row_of(sites_[i]) * columns_ + column_of(sites_[i])];
        next_.push_back(head);
        head = i + 1;
    }
    [[nodiscard]] std::size_t column_of(Point p) const {
        return std::min(
            static_cast<std::size_t>((static_cast<double>(p.x) - static_cast<double>(low_.x)) / step_),
            columns_ - 1);
    }
    [[nodiscard]] std::size_t row_of(Point p) const {
        return std::min(
            static_cast<std::size_t>((static_cast<double>(p.y) - static_cast<double>(low_.y)) / step_),
            rows_ - 1);
    }

    Point low_;
    double width_;
    double height_;
    std::size_t count_;
    double distance_ = 0.0;
    double step_ = 1.0;
    std::size_t columns_ = 1;
    std::size_t rows_ = 1;
    std::vector<Point> sites_;
    std::vector<std::uint32_t> heads_; // of each cell's list: index + 1, or 0
    std::vector<std::uint32_t> next_;
};

} // namespace

geometry::Failure random_sites(const geometry::SimplePolygon& polygon, const VoronoiParams& params,
                               const Control& control, std::vector<Point>& out) {
    const InteriorSampler sampler(polygon);
    const BoundaryDistance boundary(polygon);
    geometry::Random random(static_cast<std::uint64_t>(params.seed));
    const Point low = sampler.low();
    const Point high = sampler.high();
    const double shorter = std::min(static_cast<double>(high.x) - static_cast<double>(low.x),
                                    static_cast<double>(high.y) - static_cast<double>(low.y));
    const double distance = static_cast<double>(params.min_cell_distance) * shorter;
    // No point inside is further than this from the boundary.
    const double padding = std::min(static_cast<double>(params.edge_padding), shorter);
    const auto count = static_cast<std::size_t>(params.fragment_count);

    ChosenSites chosen(low, high, count);
    double factor = 1.0;
    chosen.set_distance(distance);
    std::uint32_t draws = 0;
    while (chosen.sites().size() < count) {
        bool placed = false;
        const int attempts = factor > 0.0 ? draws_for_a_site : draws_for_a_last_site;
        for (int attempt = 0; attempt < attempts && !placed; ++attempt) {
            if (++draws % 1024 == 0 && control.cancelled()) {
                return {.status = Status::cancelled, .message = "cancelled"};
            }
            const std::optional<Point> p = sampler.draw(random);
            if (!p || !chosen.fits(*p) ||
                (padding > 0.0 && factor > 0.0 && boundary.nearer(*p, factor * padding))) {
                continue;
            }
            chosen.add(*p);
            placed = true;
        }
        if (placed) continue;
        if (factor == 0.0) break; // no room left for another float
        factor = factor > least_distance_factor ? factor * distance_factor_step : 0.0;
        chosen.set_distance(factor * distance);
    }
    out = std::move(chosen.sites());
    if (out.empty()) out.push_back(polygon.points[0]);
    return {};
}

} // namespace cutout::fracture
