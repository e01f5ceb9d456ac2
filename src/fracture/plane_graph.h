// The rounded rings as a graph: which label lies on which side of every edge.
//
//     PlaneGraph graph;
//     graph.build(soup);
//     if (!graph.plain() || !plane) { repair(graph, ...); }
//     graph.trace(loops);
//
// Thread rule: one object, one thread.
#pragma once

#include "fracture/soup.h"
#include "geometry/planarity.h"

#include <cstdint>
#include <span>
#include <vector>

namespace cutout::fracture {

using Label = std::int32_t;
inline constexpr Label no_label = -1; // outside the polygon

// Points by value: equal points have one number. Numbers are handed out in order of first appearance.
class PointNumbers {
public:
    void reserve(std::size_t points);
    std::uint32_t number(geometry::Point p);
    [[nodiscard]] std::span<const geometry::Point> points() const { return points_; }
    void clear();

private:
    void grow(std::size_t capacity);
    [[nodiscard]] std::size_t slot_of(geometry::Point p) const;

    std::vector<geometry::Point> points_;
    std::vector<std::uint32_t> table_; // number + 1, or 0; a power of two long
};

// An edge between two points that exists in space once, a < b, whoever uses it.
struct GraphEdge {
    std::uint32_t a = 0;
    std::uint32_t b = 0;
    Label left = no_label; // of a -> b
    Label right = no_label;
};

// One ring's use of an edge: `count` times from a to b (negative: from b to a), a < b.
struct EdgeUse {
    std::uint32_t a = 0;
    std::uint32_t b = 0;
    Label label = no_label;
    std::int32_t count = 0;
};

// A ring without repeated points.
struct Loop {
    std::vector<std::uint32_t> points; // numbers
    Label label = no_label;
};

class PlaneGraph {
public:
    PointNumbers numbers;
    std::vector<GraphEdge> edges; // with different labels on their two sides
    std::vector<EdgeUse> uses;    // sorted by (a, b, label), opposite uses of one label taken out

    // False: some cut edge of the soup has no partner on its other side (an error of ours).
    [[nodiscard]] bool build(const Soup& soup);

    // Is every edge used at most once in each direction, and no ring folded onto itself or touching itself?
    // Then the soup's rings are simple as they are, provided the edges do not cross.
    [[nodiscard]] bool plain() const { return plain_; }
    // Is every edge used at most once in each direction? Then `edges` is right, provided they do not cross.
    [[nodiscard]] bool single() const { return single_; }

    // Do the labels fit together round every point? The edges must not cross. False: a vertex jumped over an
    // edge in rounding and turned a sliver inside out, which need not make any edges cross.
    [[nodiscard]] bool consistent() const;

    // The boundary of each label's area as loops without repeated points: counter-clockwise where they bound
    // a piece from outside, clockwise round its holes. The edges must not cross. False: some boundary does
    // not close (an error of ours).
    [[nodiscard]] bool trace(std::vector<Loop>& out) const;

private:
    bool plain_ = true;
    bool single_ = true;
};

} // namespace cutout::fracture
