#include "fracture/spacing.h"

#include <algorithm>
#include <cmath>

namespace cutout::fracture {

using geometry::Point;
using geometry::Segment;

namespace {

// Up to so many edges it is faster to look at all of the same height than to sort them into a grid first.
// (edges)
constexpr std::size_t most_edges_without_grid = 256;

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

} // namespace

BoundaryDistance::BoundaryDistance(const geometry::SimplePolygon& polygon, const geometry::ScanIndex& index)
    : polygon_(polygon), index_(index),
      gridded_(polygon.edges.size() > most_edges_without_grid && grid_.build(polygon.points, polygon.edges)) {
}

bool BoundaryDistance::nearer(Point p, double distance) const {
    const double limit = distance * distance;
    const auto near = [&](std::uint32_t i) {
        const Segment edge = polygon_.edges[i];
        return squared_distance_to_segment(p, polygon_.points[edge.a], polygon_.points[edge.b]) < limit;
    };
    if (!gridded_) {
        const auto x = static_cast<double>(p.x);
        const auto y = static_cast<double>(p.y);
        return index_.visit_box(x - distance, y - distance, x + distance, y + distance, near);
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

ChosenSites::ChosenSites(Point low, Point high, std::size_t count)
    : low_(low), width_(static_cast<double>(high.x) - static_cast<double>(low.x)),
      height_(static_cast<double>(high.y) - static_cast<double>(low.y)), count_(count) {}

void ChosenSites::set_distance(double distance) {
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

bool ChosenSites::fits(Point p, double distance) const {
    const double limit = distance * distance;
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

void ChosenSites::add(Point p) {
    sites_.push_back(p);
    link(static_cast<std::uint32_t>(sites_.size() - 1));
}

void ChosenSites::clear() {
    sites_.clear();
    next_.clear();
    std::fill(heads_.begin(), heads_.end(), 0U);
}

void ChosenSites::link(std::uint32_t i) {
    std::uint32_t& head = heads_[row_of(sites_[i]) * columns_ + column_of(sites_[i])];
    next_.push_back(head);
    head = i + 1;
}

std::size_t ChosenSites::column_of(Point p) const {
    return std::min(
        static_cast<std::size_t>((static_cast<double>(p.x) - static_cast<double>(low_.x)) / step_),
        columns_ - 1);
}

std::size_t ChosenSites::row_of(Point p) const {
    return std::min(
        static_cast<std::size_t>((static_cast<double>(p.y) - static_cast<double>(low_.y)) / step_),
        rows_ - 1);
}

} // namespace cutout::fracture
