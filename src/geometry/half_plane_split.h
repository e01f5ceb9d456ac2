// Splits a polygon with holes by a line: the algorithm everything else here rests on.
//
//     HalfPlaneSplit split;
//     if (!split.keep(lines, line, -1, region, left_over)) { /* an invariant broke: do not use the result */
//     }
//
// How: every vertex is on one side of the line or on it, exactly. The chains of vertices strictly on the kept
// side start and end on the line. Sort those ends along the line, just beside it on the kept side; the
// interior lies between the first and the second, the third and the fourth, and so on; join each pair by an
// edge along the line. Concave polygons, holes, several components and every degenerate position (vertices
// on the line, edges along it, corners touching it from either side) are the same case: ends that meet in one
// point are ordered by the direction in which their edges leave the line. (The sorting of intersections along
// the line follows the Weiler-Atherton family of clippers; the rule "just beside the line" replaces their
// special cases.)
//
// A region is a set of rings with the interior on the left of every edge: outer rings counter-clockwise,
// holes clockwise. Its rings may touch in points, they do not cross. It need not be connected. The edges keep
// the name of the line they lie on: a stretch of boundary that already runs along the splitting line keeps
// its own name.
//
// Thread rule: one object, one thread (it keeps its working memory between calls).
#pragma once

#include "geometry/symbolic.h"

#include <cstdint>
#include <functional>
#include <span>
#include <vector>

namespace cutout::geometry {

struct Region {
    std::vector<Vertex> vertices;
    std::vector<LineId> edges;       // edges[i] goes from vertices[i] to the next of its ring
    std::vector<std::uint32_t> ends; // of each ring, in vertices

    [[nodiscard]] bool empty() const { return ends.empty(); }
    [[nodiscard]] std::uint32_t ring_begin(std::size_t ring) const { return ring == 0 ? 0 : ends[ring - 1]; }
    void clear() {
        vertices.clear();
        edges.clear();
        ends.clear();
    }
};

class HalfPlaneSplit {
public:
    // A point on the line that belongs to the region's boundary, with the rings it lies on.
    struct LinePoint {
        Vertex vertex;
        std::vector<std::uint32_t> rings;
    };
    // A stretch of the line inside the region: between points[from] and points[from + 1].
    struct Chord {
        std::uint32_t from = 0;
        bool cut = false;
    };
    // Says which chords are to be cut.
    using ChooseChords = std::function<void(std::span<const LinePoint> points, std::span<Chord> chords)>;

    // The part of the region on one side (1 positive, -1 negative) of the line. `out` is not `in`.
    // False: an invariant did not hold.
    [[nodiscard]] bool keep(const Lines& lines, LineId line, int side, const Region& in, Region& out);

    // Both parts from one classification of the vertices.
    [[nodiscard]] bool split(const Lines& lines, LineId line, const Region& in, Region& negative,
                             Region& positive);

    // Cuts along the chosen chords only. A chord that would not separate anything is not cut. The result is
    // one region: its rings touch along the cuts (see component_of_ring()). No edge of `in` may bear the name
    // `line` already.
    [[nodiscard]] bool split_chords(const Lines& lines, LineId line, const Region& in,
                                    const ChooseChords& choose, Region& out);

private:
    struct HalfEdge {
        Vertex origin;
        LineId line = no_line;
        std::int32_t next = -1;
        std::int32_t previous = -1; // only split_chords fills it
    };
    struct ChainEnd {
        Vertex vertex;
        LineId edge = no_line; // the line of the chain's edge at this end
        std::int32_t half_edge = -1;
        std::uint32_t ring = 0;
        bool leaves = false; // the chain comes to the line here
    };
    struct LineEdge { // an edge of the region along the line
        Vertex from;
        Vertex to;
        LineId edge = no_line;
    };

    void classify(const Lines& lines, LineId line, const Region& in);
    [[nodiscard]] bool build_side(const Lines& lines, LineId line, int side, const Region& in);
    void add_chains(const Lines& lines, LineId line, int side, const Region& in, std::uint32_t ring);
    [[nodiscard]] bool link_chains(const Lines& lines, LineId line, int side);
    void collect_line_edges(const Lines& lines, LineId line, int side, const Region& in);
    void link(const Lines& lines, LineId line, int side, const ChainEnd& from, const ChainEnd& to);
    void trace(Region& out);

    void collect_points(const Lines& lines, LineId line, const Region& in);
    [[nodiscard]] std::uint32_t rank_of(const Lines& lines, LineId line, const Vertex& v) const;
    void subdivide_links(const Lines& lines, LineId line);
    void join(std::int32_t first, std::int32_t second);
    void drop_straight_vertices(LineId line);
    [[nodiscard]] HalfEdge& half_edge(std::int32_t i) { return half_edges_[static_cast<std::size_t>(i)]; }
    [[nodiscard]] std::vector<std::uint32_t> ring_numbers() const;

    std::vector<std::int8_t> sides_; // of each vertex of `in`
    bool has_negative_ = false;
    bool has_positive_ = false;
    std::vector<HalfEdge> half_edges_;
    std::vector<ChainEnd> chain_ends_;
    std::vector<LineEdge> line_edges_;
    std::vector<std::uint8_t> visited_;

    // split_chords
    std::vector<ChainEnd> all_ends_;
    std::vector<LinePoint> points_;
    struct Link {
        std::int32_t half_edge = -1;
        std::uint32_t from = 0; // ranks in points_
        std::uint32_t to = 0;
    };
    std::vector<Link> links_;
};

// For each ring of a region the number of its connected component: an outer ring begins a component, in the
// order of the rings, and a hole belongs to the smallest outer ring around it. (`lines` comes back
// unchanged.)
[[nodiscard]] std::vector<std::uint32_t> component_of_ring(Lines& lines, const Region& region);

} // namespace cutout::geometry
