// How far random sites stay from one another and from the boundary.
//
// Thread rule: BoundaryDistance is const; ChosenSites: one object, one thread.
#pragma once

#include "geometry/scan_index.h"
#include "geometry/segment_grid.h"
#include "geometry/types.h"
#include "geometry/validate.h"

#include <cstddef>
#include <cstdint>
#include <vector>

namespace cutout::fracture {

// Is the boundary, holes included, nearer than a distance?
class BoundaryDistance {
public:
    // Keeps views of the polygon and of the index of its edges.
    BoundaryDistance(const geometry::SimplePolygon& polygon, const geometry::ScanIndex& index);

    [[nodiscard]] bool nearer(geometry::Point p, double distance) const;

private:
    const geometry::SimplePolygon& polygon_;
    const geometry::ScanIndex& index_;
    geometry::SegmentGrid grid_;
    bool gridded_; // else all edges at the height are looked at
};

// The sites chosen so far, in a grid with cells no smaller than the least distance between them.
class ChosenSites {
public:
    // All sites will lie between `low` and `high`; about `count` of them will come.
    ChosenSites(geometry::Point low, geometry::Point high, std::size_t count);

    // Forgets nothing: the sites are sorted in anew.
    void set_distance(double distance);
    [[nodiscard]] double distance() const { return distance_; }

    // Is no site in the same place, and none nearer than the distance? (Or one smaller than that.)
    [[nodiscard]] bool fits(geometry::Point p) const { return fits(p, distance_); }
    [[nodiscard]] bool fits(geometry::Point p, double distance) const;

    void add(geometry::Point p);
    void clear();
    [[nodiscard]] std::vector<geometry::Point>& sites() { return sites_; }

private:
    void link(std::uint32_t i);
    [[nodiscard]] std::size_t column_of(geometry::Point p) const;
    [[nodiscard]] std::size_t row_of(geometry::Point p) const;

    geometry::Point low_;
    double width_;
    double height_;
    std::size_t count_;
    double distance_ = 0.0;
    double step_ = 1.0;
    std::size_t columns_ = 1;
    std::size_t rows_ = 1;
    std::vector<geometry::Point> sites_;
    std::vector<std::uint32_t> heads_; // of each cell's list: index + 1, or 0
    std::vector<std::uint32_t> next_;
};

} // namespace cutout::fracture
