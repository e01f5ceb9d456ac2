#include "fracture/fracture.h"

#include "fracture/extent.h"
#include "fracture/merge.h"
#include "fracture/sites.h"
#include "fracture/slices.h"
#include "fracture/tuning.h"
#include "fracture/untangle.h"
#include "fracture/voronoi.h"
#include "fracture/workspace.h"
#include "geometry/validate.h"

#include <exception>
#include <memory>
#include <utility>
#include <variant>
#include <vector>

namespace cutout::fracture {

namespace {

using geometry::Failure;
using geometry::PolygonView;
using geometry::SimplePolygon;
using geometry::Status;

Failure cancelled() {
    return {.status = Status::cancelled, .message = "cancelled"};
}

bool can_be_untangled(Status status) {
    return status == Status::self_intersection || status == Status::self_touching ||
           status == Status::rings_cross || status == Status::rings_touch || status == Status::hole_outside;
}

// Memory may run out anywhere. Then neither a part of a result is left behind nor a buffer half filled.
class Cleaning {
public:
    Cleaning(Workspace& workspace, Fragments& out) : workspace_(workspace), out_(out) {}
    Cleaning(const Cleaning&) = delete;
    Cleaning& operator=(const Cleaning&) = delete;
    ~Cleaning() {
        if (std::uncaught_exceptions() == exceptions_) return;
        workspace_.is_spoiled = true;
        try {
            out_.clear();
        } catch (...) { // not even one number: it is as good as new all the same
            out_.points.clear();
        }
    }

private:
    Workspace& workspace_;
    Fragments& out_;
    int exceptions_ = std::uncaught_exceptions();
};

// A fast way proves its result and with it that the polygon is simple, so the long check is made only where
// it has no answer, or where edges are so close that only the rounded ones are known to keep apart.
//
//     prepare(polygon) -> Failure      what the ways need to know; the polygon may turn out not to be simple
//     fast(workspace, proven) -> bool
//     sure(polygon) -> Failure
//     merge(workspace) -> Failure      what becomes of the fragments
template <typename Prepare, typename Fast, typename Sure, typename Merge>
Failure take(const PolygonView& view, SelfIntersection crossings, const Control& control, Fragments& out,
             const Prepare& prepare, const Fast& fast, const Sure& sure, const Merge& merge) {
    out.clear();
    if (control.cancelled()) return cancelled();
    // A giant's buffers are not kept: neither a polygon's nor a result's.
    const bool shared = control.workspace != nullptr && view.point_count() <= most_points_to_keep;
    const std::unique_ptr<Workspace> own = shared ? nullptr : std::make_unique<Workspace>();
    Workspace& workspace = shared ? *control.workspace : *own;
    const Cleaning cleaning(workspace, out);
    if (workspace.is_spoiled) workspace.renew();
    SimplePolygon& polygon = workspace.polygon;
    if (Failure failure = geometry::read(view, polygon); !failure.ok()) return failure;
    Failure failure = prepare(workspace);
    bool proven = false;
    bool done = failure.ok() && fast(workspace, proven);
    if (!done || !proven) {
        Failure fault = geometry::validate(view, control.cancel, polygon);
        if (crossings == SelfIntersection::repair && can_be_untangled(fault.status)) {
            done = false;
            fault = untangle(view, control.cancel, polygon);
            if (fault.ok()) failure = prepare(workspace);
        }
        if (fault.ok() && control.cancelled()) fault = cancelled();
        if (fault.ok() && !failure.ok()) fault = failure;
        if (!fault.ok()) {
            out.clear();
            return fault;
        }
    }
    if (!done) {
        failure = sure(workspace);
        out.fell_back = true;
    }
    const bool fell_back = out.fell_back;
    if (failure.ok()) failure = merge(workspace);
    out.fell_back = fell_back;
    if (!failure.ok()) {
        out.clear();
        return failure;
    }
    if (shared && out.points.size() > 8 * most_points_to_keep) workspace.renew();
    control.report(1.0F);
    return failure;
}

constexpr auto nothing = [](Workspace&) { return Failure{}; };

// Chunks first, then the crater in them, and at last the slivers.
Failure merge_clusters_of(const auto& params, const Control& control, Fragments& out) {
    return merge_clusters(params.cluster_count, static_cast<std::uint64_t>(params.seed), control, out);
}

Failure merge_slivers_of(const auto& params, const Control& control, Fragments& out) {
    return merge_small(static_cast<double>(params.min_fragment_area), control, out);
}

Failure merge_crater_of(const Workspace& w, const VoronoiParams& params, const Control& control,
                        Fragments& out) {
    if (params.pattern != VoronoiPattern::impact || !params.crater) return {};
    std::vector<std::uint32_t> groups;
    crater_groups(out, w.sites, origin_of(w.polygon, params.origin),
                  static_cast<float>(impact_radius_of(w.polygon, params)), groups);
    return merge_groups(groups, control, out);
}

Failure merge_all(const Workspace& w, const VoronoiParams& params, const Control& control, Fragments& out) {
    Failure failure = merge_clusters_of(params, control, out);
    if (failure.ok()) failure = merge_crater_of(w, params, control, out);
    return failure.ok() ? merge_slivers_of(params, control, out) : failure;
}

Failure merge_all(const SliceParams& params, const Control& control, Fragments& out) {
    Failure failure = merge_clusters_of(params, control, out);
    return failure.ok() ? merge_slivers_of(params, control, out) : failure;
}

Failure voronoi(const PolygonView& view, const VoronoiParams& params, const Control& control,
                Fragments& out) {
    return take(
        view, params.self_intersection, control, out,
        [&](Workspace& w) { return choose_sites(w.polygon, params, control, w.sites); },
        [&](Workspace& w, bool& proven) {
            const bool done = w.voronoi.run(w.polygon, w.sites, control, out);
            proven = w.voronoi.polygon_is_simple();
            return done;
        },
        [&](Workspace& w) { return fracture_voronoi_slowly(w.polygon, w.sites, control, out); },
        [&](Workspace& w) { return merge_all(w, params, control, out); });
}

Failure along(const PolygonView& view, SelfIntersection crossings, const Control& control, Fragments& out,
              LinePattern& pattern, const auto& prepare, const auto& merge) {
    return take(
        view, crossings, control, out, prepare,
        [&](Workspace& w, bool& proven) {
            const bool done = w.lines.run(w.polygon, pattern.lines, pattern.weights, control, out);
            proven = w.lines.polygon_is_simple();
            return done;
        },
        [&](Workspace& w) { return fracture_pattern_slowly(w.polygon, pattern, control, out); }, merge);
}

Failure slices(const PolygonView& view, const SliceParams& params, const Control& control, Fragments& out) {
    const auto merge = [&](Workspace&) { return merge_all(params, control, out); };
    if (is_line_pattern(params)) {
        LinePattern pattern;
        return along(
            view, params.self_intersection, control, out, pattern,
            [&](Workspace& w) {
                pattern = lines_of(w.polygon, params);
                return Failure{};
            },
            merge);
    }
    // Segments and rays cut parts of lines: there is one way only.
    Failure failure = take(
        view, params.self_intersection, control, out, nothing, [](Workspace&, bool&) { return false; },
        [&](Workspace& w) { return fracture_slices(w.polygon, params, control, out); }, merge);
    out.fell_back = false;
    return failure;
}

} // namespace

Failure fracture(const PolygonView& polygon, const Params& params, const Control& control, Fragments& out) {
    out.clear();
    if (Failure failure = check_params(params); !failure.ok()) return failure;
    if (Failure failure = check_points(params); !failure.ok()) return failure;
    if (const auto* slicing = std::get_if<SliceParams>(&params))
        return slices(polygon, *slicing, control, out);
    return voronoi(polygon, std::get<VoronoiParams>(params), control, out);
}

Failure fracture_at_sites(const PolygonView& polygon, std::span<const geometry::Point> sites,
                          const Control& control, Fragments& out, SelfIntersection crossings,
                          std::vector<geometry::Point>* corners) {
    return take(
        polygon, crossings, control, out, nothing,
        [&](Workspace& w, bool& proven) {
            const bool done = w.voronoi.run(w.polygon, sites, control, out);
            proven = w.voronoi.polygon_is_simple();
            return done;
        },
        [&](Workspace& w) { return fracture_voronoi_slowly(w.polygon, sites, control, out); },
        [&](Workspace& w) {
            if (corners != nullptr) *corners = w.polygon.points;
            return Failure{};
        });
}

Failure fracture_along_lines(const PolygonView& polygon, std::span<const CutLine> lines,
                             const Control& control, Fragments& out) {
    LinePattern pattern{.lines = {lines.begin(), lines.end()}, .weights = {}};
    return along(polygon, SelfIntersection::refuse, control, out, pattern, nothing, nothing);
}

} // namespace cutout::fracture
