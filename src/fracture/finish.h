// From rounded, labelled rings to fragments: the second half of every fracture, whatever made the cuts.
//
//     Finisher finisher;
//     Failure failure = finisher.run(soup, cell_of_label, polygon, control, fragments);
//
// What goes in: for each label the rings of its area, exact but for the rounding of each vertex to its
// nearest float. What comes out keeps every promise of fracture.h: it removes T-junctions (soup.h), mends
// what rounding broke (repair.h), takes each connected piece of a label apart, opens holes along diagonals
// (geometry/open_holes.h), and checks the sum of the areas. An algorithm that cuts faster only has to hand in
// the same soup.
//
// Thread rule: one object, one thread.
#pragma once

#include "fracture/fracture.h"
#include "fracture/plane_graph.h"
#include "fracture/soup.h"
#include "geometry/open_holes.h"
#include "geometry/validate.h"

#include <cstdint>
#include <vector>

namespace cutout::fracture {

class Finisher {
public:
    // `soup` is used up. cell_of_label[l] is what Fragments::cells gets for the pieces of label l.
    [[nodiscard]] geometry::Failure run(Soup& soup, const std::vector<std::uint32_t>& cell_of_label,
                                        const geometry::SimplePolygon& polygon, const Control& control,
                                        Fragments& out);

private:
    [[nodiscard]] geometry::Failure find_pieces(Soup& soup, const Control& control);
    [[nodiscard]] bool take_rings_as_they_are(const Soup& soup);
    [[nodiscard]] bool open_holes();
    [[nodiscard]] geometry::Failure emit(const std::vector<std::uint32_t>& cell_of_label,
                                         const geometry::SimplePolygon& polygon, Fragments& out);
    void list_edges();
    [[nodiscard]] bool on_boundary(const Loop& loop) const;
    [[nodiscard]] int winding_of(const Loop& loop) const;

    const Control* control_ = nullptr; // of this run
    PlaneGraph graph_;
    geometry::HoleOpener opener_;
    std::vector<Loop> loops_;          // the boundaries, then the pieces
    std::vector<std::uint64_t> edges_; // of all loops, both ends in one number, sorted
};

} // namespace cutout::fracture
