// Slicing along whole lines whose work grows with what comes out, not with lines times points.
//
//     LineWalk walk; // keep it: its buffers are reused
//     if (walk.run(polygon, lines, weights, control, fragments)) { /* done, and proven */ }
//     else { /* nothing is known: take cut_lines() */ }
//
// 1. Where each line crosses the polygon's edges. (A few neighbouring edges in a box: most boxes lie on one
//    side.) A *chain* is a stretch of ring from one crossing to the next.
// 2. Where two lines cross inside the polygon: a *corner*. Along every line its crossings and corners, the
//    *events*, are sorted; between two crossings, way in and way out, the line cuts.
// 3. Trace the pieces: along a chain to its end, there to the left along the line, at every corner to the
// left
//    again, at a crossing along its chain. What no ring takes part in begins at a corner.
//
// The piece to the left of a cut is known by the sides of all lines that it lies on (its *place*): walking
// along rings and lines changes one side at a time. Pieces of one place are one cell.
//
// A vertex on a line is given to one of its sides, and the ring crosses the line in it or only passes by: as
// the interior wants it (vertex_side.h). So cutting and rounding need not know of it.
//
// Sides of vertices are decided exactly; each crossing and corner is found once and rounded once, so that the
// pieces on both sides have the same bits. The result is proven on the rounded points before it is handed
// out: the boundary keeps apart (ring_proof.h), and so do the pieces along their cuts (border_proof.h); the
// crossings along every line alternate between in and out; areas are compared. Where a corner lies on the
// boundary, events are too close to tell apart, or rounding joins what was apart, the answer is false.
//
// The bits are those of cut_lines() and Finisher.
//
// Thread rule: one object, one thread.
#pragma once

#include "fracture/border_proof.h"
#include "fracture/fracture.h"
#include "fracture/fragment_drafts.h"
#include "fracture/ring_proof.h"
#include "fracture/slices.h"
#include "geometry/rank.h"
#include "geometry/symbolic.h"
#include "geometry/validate.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace cutout::fracture {

// Why a walk ended without a result.
enum class LineWalkEnd : std::uint8_t {
    done,
    tie,             // three lines through one point of the polygon, or one line twice
    not_alternating, // the polygon is not simple
    hole,            // a hole in a piece could not be opened
    not_simple,      // rounded edges meet, or the polygon's own do
    wrong_area,
    cancelled,
};

class LineWalk {
public:
    // The polygon need not be known to be simple, see VoronoiWalk. On false `out` is empty.
    [[nodiscard]] bool run(const geometry::SimplePolygon& polygon, std::span<const CutLine> cuts,
                           std::span<const std::uint32_t> weights, const Control& control, Fragments& out);

    // What run() does, step by step, for those who time the steps. Each may be called when the one before
    // answered `done`.
    [[nodiscard]] LineWalkEnd follow_rings(const geometry::SimplePolygon& polygon,
                                           std::span<const CutLine> cuts,
                                           std::span<const std::uint32_t> weights, const Control& control);
    [[nodiscard]] LineWalkEnd stitch(const Control& control);
    [[nodiscard]] LineWalkEnd hand_out(const Control& control, Fragments& out);

    [[nodiscard]] LineWalkEnd end() const { return end_; }
    [[nodiscard]] bool polygon_is_simple() const { return !proof_.close_call(); }

private:
    static constexpr std::int32_t none = -1;
    static constexpr std::size_t edges_in_group = 8;

    struct Group {               // of edges in a row
        std::uint32_t begin = 0; // of their first points
        std::uint32_t end = 0;
        std::uint32_t after = 0; // the point that the last one leads to
    };
    struct Crossing {
        geometry::Point rounded;
        std::uint32_t edge = 0;
        std::int32_t cut = 0;
        double x = 0.0; // position, and a bound of its error
        double y = 0.0;
        double error = 0.0;
        double along_edge = 0.0; // 0 to 1, and a bound of its error
        double edge_error = 0.0;
        std::int32_t next_on_edge = none;
        std::int32_t event = 0;
        std::int32_t next = none; // in the ring: its chain ends there
        std::uint32_t first = 0;  // its chain in pool_, both ends included; one point where the ring only
        std::uint32_t last = 0;   // touches the line
        bool rising = false;      // the ring comes from the line's negative side and goes to its positive one
        bool traced = false;      // its chain
        bool in_first = false;    // it is the edge's first vertex, which lies on the line
        bool in_last = false;     // or its last

        [[nodiscard]] bool in_vertex() const { return in_first || in_last; }
    };
    struct Corner {
        geometry::Point rounded;
        double x = 0.0; // position, and a bound of its error
        double y = 0.0;
        double error = 0.0;
        std::int32_t cut[2] = {none, none};
        std::int32_t event[2] = {none, none};
        int turn = 0;   // 1: the second line passes to the left of the first
        int inside = 0; // according to how many of the two
    };
    struct Event {          // on a line
        double along = 0.0; // position, and a bound of its error
        double error = 0.0;
        std::int32_t cut = none;
        std::int32_t crossing = none; // either
        std::int32_t corner = none;
        std::int16_t traced_ahead = 0; // 1: the piece on the left of the cut from here on is
        std::int16_t traced_back = 0;  // and that of the cut from here back
    };
    static_assert(sizeof(Event) == 32); // without padding, so that copies are made in whole pieces
    struct Cut { // where tracing a piece is: at a crossing, about to follow its chain; else at an event
        std::int32_t crossing = none;
        std::int32_t event = none;
        int direction = 0; // 1: ahead along the line, -1: back
    };
    struct Piece {
        std::size_t count = 0; // its points
        bool placed = false;
        bool on_boundary = false;
        bool straight = true; // all its chains
        bool clear = true;    // B of border_proof.h, so far
    };
    struct LoneRing {            // no line crosses it
        std::uint32_t begin = 0; // in the polygon's points
        std::uint32_t end = 0;
    };

    template <typename T> [[nodiscard]] static std::size_t at(T i) { return static_cast<std::size_t>(i); }

    // line_walk.cpp: steps 1 and 2
    void start(const geometry::SimplePolygon& polygon, std::span<const CutLine> cuts,
               std::span<const std::uint32_t> weights);
    void group_edges();
    void add_line(std::size_t number);
    [[nodiscard]] bool find_crossings(std::int32_t cut);
    [[nodiscard]] bool cross_group(std::int32_t cut, const Group& group);
    [[nodiscard]] bool put_on_edge(Crossing& crossing, geometry::Point from, geometry::Point to, double value,
                                   double drop, double bound) const;
    void put_in_vertex(Crossing& crossing, bool last);
    [[nodiscard]] geometry::Vertex vertex_of(const Crossing& crossing, geometry::LineId line,
                                             geometry::Lines& lines) const;
    [[nodiscard]] int compare_on_edge(const Crossing& x, const Crossing& y) const;
    [[nodiscard]] bool link_on_edge(std::int32_t number);
    [[nodiscard]] int side_of(std::int32_t cut, geometry::Point p) const;
    [[nodiscard]] int side_of_vertex(std::int32_t cut, std::uint32_t vertex) const;
    [[nodiscard]] int side_on_line(std::int32_t cut, std::uint32_t vertex) const;
    [[nodiscard]] LineWalkEnd walk_rings();
    [[nodiscard]] bool find_corners(const Control& control);
    [[nodiscard]] bool list_events(const Control& control);
    void sort_along(std::span<Event> events);
    [[nodiscard]] int compare_events(std::int32_t cut, const Event& x, const Event& y) const;
    [[nodiscard]] static bool close(const Event& x, const Event& y);
    [[nodiscard]] std::size_t sort_close(std::int32_t cut, std::span<Event> events, bool inside) const;
    [[nodiscard]] LineWalkEnd sort_events(std::int32_t cut);
    // line_stitch.cpp: step 3
    [[nodiscard]] LineWalkEnd trace_all(const Control& control);
    [[nodiscard]] LineWalkEnd trace(const Cut& start);
    [[nodiscard]] bool follow_chain(Piece& piece, Cut& cut);
    [[nodiscard]] bool follow_cut(Piece& piece, Cut& cut);
    [[nodiscard]] bool cuts_no_corner(const Crossing& from, const Crossing& to) const;
    [[nodiscard]] LineWalkEnd add_lone_rings();
    [[nodiscard]] std::size_t number_places(const Control& control);

    // A place: with weights the sum of those of the lines on whose left it is, without a bit for each line.
    [[nodiscard]] std::uint64_t* place(std::vector<std::uint64_t>& places, std::size_t i) const {
        return places.data() + i * words_;
    }
    void set_side(std::uint64_t* place, std::int32_t cut, bool left) const;
    void find_place(std::uint32_t vertex, std::uint64_t* place) const;

    geometry::Lines lines_; // number k is cut k
    RingProof proof_;
    BorderProof border_proof_;
    bool has_near_ = false;       // a vertex of the polygon is near a line, as border_proof.h counts it
    bool meets_vertices_ = false; // a ring crosses a line in one of its vertices
    FragmentDrafts drafts_;
    LineWalkEnd end_ = LineWalkEnd::done;
    const geometry::SimplePolygon* polygon_ = nullptr; // of this run
    std::span<const CutLine> cuts_;
    std::span<const std::uint32_t> weights_;
    geometry::Point low_; // bounds of the polygon
    geometry::Point high_;
    double slack_ = 0.0; // rounding error of a position
    std::size_t words_ = 1;

    BorderLines line_; // of each cut; positive on its left
    std::vector<Group> group_;
    std::vector<double> middle_x_; // of each group's box
    std::vector<double> middle_y_;
    std::vector<double> half_x_; // and half its size
    std::vector<double> half_y_;
    std::vector<double> off_; // by how much each group's box lies off the line at hand
    std::vector<Crossing> crossing_;
    std::vector<std::uint32_t> first_crossing_; // of each cut; and the end
    std::vector<std::int32_t> on_edge_;         // of each edge its first crossing
    std::vector<geometry::Point> pool_;         // points of the crossed rings, crossings included
    std::vector<LoneRing> lone_;
    std::vector<Corner> corner_;
    std::vector<Event> event_;
    static constexpr std::size_t most_to_rank = 24; // events on a line
    geometry::RankSpace<most_to_rank> rank_;
    std::array<Event, most_to_rank> unsorted_;  // those of one line
    std::vector<std::uint32_t> first_event_;    // of each cut; and the end
    std::vector<std::uint64_t> ring_place_;     // of the walk along a ring
    std::vector<std::uint64_t> crossing_place_; // on the line's negative side
    std::vector<std::uint64_t> event_place_;    // from here on, on the line's negative side
    std::vector<std::uint64_t> piece_place_;
    std::size_t pieces_ = 0;
    std::vector<std::uint32_t> number_; // of each piece its cell
    std::vector<std::uint32_t>
        next_number_;                  // of each cell those of its parts on the right and left of the line
    std::vector<std::uint32_t> sides_; // of each cell on which there are pieces: 1 right, 2 left
};

} // namespace cutout::fracture
