// The one contract of this room: polygon + parameters + seed -> fragments or an error.
//
//     fracture::VoronoiParams params;
//     params.fragment_count = 12;
//     fracture::Fragments pieces;
//     geometry::Failure failure = fracture::fracture(polygon, params, {}, pieces);
//     if (!failure.ok()) { report(failure.message); }
//
// Result: the fragments tile the polygon's area without gap or overlap. Each is a simple ring without holes,
// wound like the input's outer ring. Where two fragments meet, their vertices match bit for bit. Order is by
// cell, then by position. The same input gives the same bits on every machine and at every optimisation
// level. On failure the result is empty: there is no partial result.
//
// Thread rule: reentrant; any number of calls may run at once. Nothing global is read or written.
#pragma once

#include "fracture/params.h"
#include "geometry/status.h"
#include "geometry/types.h"

#include <atomic>
#include <cstdint>
#include <span>
#include <utility>
#include <vector>

namespace cutout::fracture {

// Fragments as flat arrays: fragment i has the points [offsets[i], offsets[i + 1]).
struct Fragments {
    std::vector<geometry::Point> points;
    std::vector<std::uint32_t> offsets{0};
    // Per fragment:
    std::vector<std::uint32_t> cells;       // index of its site (Voronoi) or of its cell (slices)
    std::vector<std::uint32_t> labels;      // the cell, or where cells were merged, their group's lowest
    std::vector<double> areas;              // in square units of the input, > 0
    std::vector<geometry::Point> centroids; // of the area: may lie outside a piece that is not convex
    std::vector<std::uint8_t> on_boundary;  // 1: has an edge on the polygon's own boundary

    bool fell_back = false; // the fast way had no answer, and the one that never fails was taken

    [[nodiscard]] std::size_t size() const { return offsets.size() - 1; }
    [[nodiscard]] std::span<const geometry::Point> ring(std::size_t i) const {
        return {points.data() + offsets[i], offsets[i + 1] - offsets[i]};
    }
    void reserve(std::size_t point_count, std::size_t count) {
        points.reserve(point_count);
        offsets.reserve(count + 1);
        cells.reserve(count);
        labels.reserve(count);
        areas.reserve(count);
        centroids.reserve(count);
        on_boundary.reserve(count);
    }
    void resize(std::size_t point_count, std::size_t count) {
        points.resize(point_count);
        offsets.resize(count + 1);
        cells.resize(count);
        labels.resize(count);
        areas.resize(count);
        centroids.resize(count);
        on_boundary.resize(count);
    }
    void clear() {
        points.clear();
        offsets.assign(1, 0);
        cells.clear();
        labels.clear();
        areas.clear();
        centroids.clear();
        on_boundary.clear();
        fell_back = false;
    }
};

struct Workspace; // workspace.h

using CutLine = std::pair<geometry::Point, geometry::Point>; // two points on it, not equal

// The reins of a running fracture. All pointers may be null. The flag is looked at every few cells.
struct Control {
    const std::atomic<bool>* cancel =
        nullptr;                            // set from any thread: the call ends soon with Status::cancelled
    std::atomic<float>* progress = nullptr; // written by the call alone, rising from the 0 it is given to 1
    Workspace* workspace = nullptr;         // buffers to use again, of the calling thread

    [[nodiscard]] bool cancelled() const {
        return cancel != nullptr && cancel->load(std::memory_order_relaxed);
    }
    // Never falls: a fast way that gives up half-way does not take back what it reported.
    void report(float fraction) const {
        if (progress == nullptr || progress->load(std::memory_order_relaxed) >= fraction) return;
        progress->store(fraction, std::memory_order_relaxed);
    }
};

[[nodiscard]] geometry::Failure fracture(const geometry::PolygonView& polygon, const Params& params,
                                         const Control& control, Fragments& out);

// The same with Voronoi sites or lines of the caller's own: at least one site; two different points on each
// line. `corners`: the points of the polygon that was cut, which a repair may have given new ones.
[[nodiscard]] geometry::Failure fracture_at_sites(const geometry::PolygonView& polygon,
                                                  std::span<const geometry::Point> sites,
                                                  const Control& control, Fragments& out,
                                                  SelfIntersection crossings = SelfIntersection::refuse,
                                                  std::vector<geometry::Point>* corners = nullptr);
[[nodiscard]] geometry::Failure fracture_along_lines(const geometry::PolygonView& polygon,
                                                     std::span<const CutLine> lines, const Control& control,
                                                     Fragments& out);

} // namespace cutout::fracture
