#include "support/case_check.h"

#include "fracture/fracture.h"
#include "fracture/sites.h"
#include "fracture/slice_lines.h"
#include "fracture/slices.h"
#include "fracture/voronoi.h"
#include "geometry/validate.h"
#include "support/crater_check.h"
#include "support/derived_checker.h"
#include "support/polygon_judge.h"
#include "support/shapes.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <set>

namespace cutout::test {

using fracture::Fragments;
using geometry::Failure;
using geometry::Point;
using geometry::Status;

namespace {

Failure solve(const Rings& rings, const FractureCase& c, const fracture::Params& params,
              fracture::Workspace* workspace, Fragments& out) {
    const auto polygon = views(rings);
    const fracture::Control control{.workspace = workspace};
    switch (c.way) {
    case Way::params:
        return fracture::fracture({polygon}, params, control, out);
    case Way::sites:
        return fracture::fracture_at_sites({polygon}, c.sites, control, out);
    case Way::lines:
        return fracture::fracture_along_lines({polygon}, c.lines, control, out);
    case Way::crater: // crater_check.cpp
        break;
    }
    return {.status = Status::bad_argument, .message = "no way"};
}

// By the way that never fails alone.
Failure solve_slowly(const geometry::SimplePolygon& polygon, const FractureCase& c,
                     const fracture::Params& params, Fragments& out) {
    if (c.way == Way::sites) return fracture::fracture_voronoi_slowly(polygon, c.sites, {}, out);
    if (c.way == Way::lines) return fracture::fracture_lines(polygon, c.lines, {}, out);
    if (const auto* slices = std::get_if<fracture::SliceParams>(&params)) {
        return fracture::fracture_slices(polygon, *slices, {}, out);
    }
    std::vector<Point> sites;
    if (Failure failure =
            fracture::choose_sites(polygon, std::get<fracture::VoronoiParams>(params), {}, sites);
        !failure.ok()) {
        return failure;
    }
    return fracture::fracture_voronoi_slowly(polygon, sites, {}, out);
}

std::vector<std::vector<Point>> pieces_of(const Fragments& fragments) {
    Rings rings;
    for (std::size_t i = 0; i < fragments.size(); ++i) {
        rings.emplace_back(fragments.ring(i).begin(), fragments.ring(i).end());
    }
    return sorted_rings(std::move(rings));
}

void scale(std::vector<Point>& points, float factor) {
    for (Point& p : points) {
        p = {factor * p.x, factor * p.y};
    }
}

class Checker {
public:
    Checker(const FractureCase& c, const CheckDepth& depth) : case_(c), depth_(depth) {}

    CaseReport run() {
        if (case_.way == Way::params) {
            const Failure refusal = params_of(case_, params_);
            if (!refusal.ok()) {
                report_.status = refusal.status;
                if (refusal.status != Status::bad_parameter) fault("a setting is refused as something else");
                if (refusal.message.empty()) fault("a refused setting without a message");
                return report_;
            }
        }
        const Failure failure = solve(case_.rings, case_, params_, nullptr, out_);
        report_.fell_back = out_.fell_back;
        report_.status = failure.status;
        if (!failure.ok()) {
            check_refusal(failure);
            return report_;
        }
        if (depth_.judge_input || repairs()) {
            const std::set<Status> faults = polygon_faults(case_.rings);
            repaired_ = repairs() && !faults.empty();
            for (const Status wrong : faults) {
                if (repaired_ && can_be_repaired(wrong)) continue;
                fault("accepted, although status " + std::to_string(static_cast<int>(wrong)) + " fits");
            }
            if (!report_.faults.empty()) return report_;
        }
        report_.fragments = out_.size();
        check_tiling();
        if (report_.faults.empty()) check_cells();
        if (report_.faults.empty() && depth_.derived) report_.faults = check_derived(out_);
        if (report_.faults.empty() && depth_.other_ways) check_other_ways();
        return report_;
    }

private:
    void fault(const std::string& what) { report_.faults.push_back(what); }

    void check_refusal(const Failure& failure) {
        if (failure.message.empty()) fault("a failure without a message");
        if (out_.size() != 0 || !out_.points.empty()) fault("a failure with a result");
        const int number = static_cast<int>(failure.status);
        const std::string name = "status " + std::to_string(number) + " (" + failure.message + ")";
        if (failure.status == Status::bad_parameter && case_.way == Way::params) return;
        if (failure.status == Status::too_small) {
            if (!may_be_too_small(case_.rings)) fault("refused, although nothing is small: " + name);
            return;
        }
        if (number < 10 || number >= 20) {
            fault(name);
            return;
        }
        if (failure.status == Status::zero_area && repairs()) return; // nothing is left of it
        if (failure.ring < 0 && !case_.rings.empty()) fault("a refused polygon without a place: " + name);
        if (depth_.judge_input && polygon_faults(case_.rings).count(failure.status) == 0) {
            fault("refused without reason: " + name);
        }
    }

    // Does the caller want a polygon that crosses itself to be repaired?
    [[nodiscard]] bool repairs() const {
        fracture::FieldValue value;
        return case_.way == Way::params && fracture::get_field(params_, "self_intersection", value) &&
               value.word == "repair";
    }

    void check_tiling() {
        CheckOptions options{.trace_boundary = true, .extra_area = rounding_area(case_.rings)};
        if (repaired_) { // what area and boundary it has, oracle_clipper2_test.cpp knows
            options.trace_boundary = false;
            options.any_winding = true;
            options.extra_area = std::numeric_limits<double>::infinity();
        }
        std::vector<std::string> faults = check_fragments(without_repetition(case_.rings), out_, options);
        if (!faults.empty() && faults.front().find("breaks off") != std::string::npos) {
            report_.vanished_tip = true;
            options.trace_boundary = false;
            faults = check_fragments(without_repetition(case_.rings), out_, options);
        }
        report_.faults.insert(report_.faults.end(), faults.begin(), faults.end());
    }

    void check_cells() {
        std::vector<std::string> faults;
        if (case_.way == Way::lines) {
            faults = check_one_side(out_, case_.lines);
        } else if (case_.way == Way::sites) {
            faults = check_nearest_site(out_, case_.sites);
        } else if (!merges() && !repaired_) {
            faults = check_pattern();
        }
        report_.faults.insert(report_.faults.end(), faults.begin(), faults.end());
    }

    // Are pieces put together, so that a piece is more than a cell?
    [[nodiscard]] bool merges() const {
        const auto is_set = [&](std::string_view key) {
            fracture::FieldValue value;
            return fracture::get_field(params_, key, value) &&
                   (value.boolean || value.integer != 0 || value.real != 0.0);
        };
        return is_set("min_fragment_area") || is_set("cluster_count") || is_set("crater");
    }

    // The cells of a pattern, which says where its sites or lines are.
    std::vector<std::string> check_pattern() {
        geometry::SimplePolygon simple;
        const auto polygon = views(case_.rings);
        if (!geometry::validate({polygon}, nullptr, simple).ok()) return {"what was fractured is not valid"};
        if (const auto* voronoi = std::get_if<fracture::VoronoiParams>(&params_)) {
            std::vector<Point> sites;
            if (!fracture::choose_sites(simple, *voronoi, {}, sites).ok())
                return {"the sites are not to be had"};
            return check_nearest_site(out_, sites);
        }
        const auto& slices = std::get<fracture::SliceParams>(params_);
        if (slices.mode != fracture::SliceMode::pattern) return {};
        switch (slices.pattern) {
        case fracture::SlicePattern::parallel:
            return check_one_side(out_, fracture::parallel_lines(simple, slices).lines);
        case fracture::SlicePattern::grid:
            return check_one_side(out_, fracture::grid_lines(simple, slices).lines);
        case fracture::SlicePattern::chaotic:
            return check_one_side(out_, fracture::chaotic_lines(simple, slices).lines);
        case fracture::SlicePattern::radial: // wedges: fracture_slice_patterns_test.cpp
            return {};
        }
        return {"a pattern that is not checked"};
    }

    void check_other_ways() {
        Fragments again;
        if (!solve(case_.rings, case_, params_, depth_.workspace, again).ok() ||
            hash_fragments(again) != hash_fragments(out_)) {
            fault("another run gives something else");
        }
        if (case_.way != Way::params || (!merges() && !repaired_)) check_slow_way();
        const auto pieces = pieces_of(out_);

        Rings turned = case_.rings;
        for (auto& ring : turned) {
            std::rotate(ring.begin(), ring.begin() + static_cast<std::ptrdiff_t>(ring.size() / 2),
                        ring.end());
        }
        std::reverse(turned.front().begin(), turned.front().end());
        std::reverse(turned.begin() + 1, turned.end());
        if (case_.way != Way::params) expect_pieces(turned, case_, pieces, "rings put differently");
        check_scaled(pieces);
    }

    void expect_pieces(const Rings& rings, const FractureCase& c,
                       const std::vector<std::vector<Point>>& pieces, const std::string& what) {
        Fragments other;
        const Failure failure = solve(rings, c, params_, depth_.workspace, other);
        // Where hardly any area is left, its sum hangs on where the sum begins.
        if (failure.status == Status::too_small && may_be_too_small(rings)) return;
        if (!failure.ok()) {
            fault(what + ": " + failure.message);
        } else if (pieces_of(other) != pieces) {
            fault(what + " give other pieces");
        }
    }

    void check_slow_way() {
        const auto polygon = views(case_.rings);
        geometry::SimplePolygon simple;
        Fragments slow;
        if (!geometry::validate({polygon}, nullptr, simple).ok() ||
            !solve_slowly(simple, case_, params_, slow).ok() ||
            hash_fragments(slow) != hash_fragments(out_)) {
            fault("the slow way gives something else");
        }
    }

    // A power of two rounds nothing, as long as no number leaves the range of full precision.
    void check_scaled(const std::vector<std::vector<Point>>& pieces) {
        if (case_.way == Way::params) return; // lengths among the parameters would have to be scaled, too
        constexpr float factor = 0.125F;
        const auto small = [](Point p) {
            return (p.x != 0.0F && std::abs(p.x) < 1e-20F) || (p.y != 0.0F && std::abs(p.y) < 1e-20F);
        };
        FractureCase scaled = case_;
        for (auto& ring : scaled.rings) {
            if (std::any_of(ring.begin(), ring.end(), small)) return;
            scale(ring, factor);
        }
        if (std::any_of(out_.points.begin(), out_.points.end(), small)) return;
        scale(scaled.sites, factor);
        for (auto& [a, b] : scaled.lines) {
            a = {factor * a.x, factor * a.y};
            b = {factor * b.x, factor * b.y};
        }
        auto expected = pieces;
        for (auto& ring : expected) {
            scale(ring, factor);
        }
        expect_pieces(scaled.rings, scaled, expected, "scaled rings");
    }

    const FractureCase& case_;
    const CheckDepth& depth_;
    fracture::Params params_;
    Fragments out_;
    CaseReport report_;
    bool repaired_ = false;
};

} // namespace

CaseReport check_case(const FractureCase& fracture_case, const CheckDepth& depth) {
    if (fracture_case.way == Way::crater) return check_craters(fracture_case, depth);
    return Checker(fracture_case, depth).run();
}

} // namespace cutout::test
