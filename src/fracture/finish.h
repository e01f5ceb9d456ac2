// From rounded, labelled rings to fragments: the second half of every fracture, whatever made the cuts.
//
//     Finisher finisher;
//     Failure failure = finisher.run(soup, cell_of_label, polygon, control, fragments);
//
// What goes in: for each label the rings of its area, exact but for the rounding of each vertex to its
// nearest float. What comes out keeps every promise of fracture.h: it removes T-junctions (soup.h), mends
// what rounding broke (repair.h), takes each connected piece of a label apart, opens holes (open_holes.h),
// and checks the sum of the areas. An algorithm that cuts faster only has to hand in the same soup.
//
// Thread rule: one object, one thread.
#pragma once

#include "fracture/fracture.h"
#include "fracture/open_holes.h"
#include "fracture/plane_graph.h"
#include "fracture/soup.h"
#include "geometry/validate.h"

#include <cstdint>
#include <vector>

namespace cutout::fracture {

class Finisher {
public:
    // `soup` is used up. cell_of_label[l] is what Fragments::cells gets for the pieces of label l.
    [[nodiscard]] geometry::Failure run(Soup& soup, std::vector<std::uint32_t> cell_of_label,
                                        const geometry::SimplePolygon& polygon, const Control& control,
                                        Fragments& out);

private:
    // A connected piece: its outer loop and the loops of its holes, as indices into loops_.
    struct Piece {
        std::size_t outer = 0;
        std::vector<std::size_t> holes;
    };

    [[nodiscard]] geometry::Failure plan_round(Soup& soup, const Control& control);
    [[nodiscard]] bool take_rings_as_they_are(const Soup& soup);
    [[nodiscard]] bool collect_pieces();
    [[nodiscard]] geometry::Failure too_small() const;
    [[nodiscard]] bool open_all_holes(Soup& soup, std::vector<std::uint32_t>& cell_of_label);
    [[nodiscard]] geometry::Failure emit(const std::vector<std::uint32_t>& cell_of_label,
                                         const geometry::SimplePolygon& polygon, Fragments& out);
    void find_boundary();
    [[nodiscard]] bool on_boundary(const Loop& loop) const;
    [[nodiscard]] std::vector<geometry::Point> points_of(const Loop& loop) const;

    const Control* control_ = nullptr; // of this run
    PlaneGraph graph_;
    HoleOpener opener_;
    std::vector<Loop> loops_;
    std::vector<Piece> pieces_;
    std::vector<std::uint64_t> boundary_; // edges with nothing on their right, both ends in one number
};

} // namespace cutout::fracture
