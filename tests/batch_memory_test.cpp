// Memory that runs out in a worker: at every single allocation of a fracture in turn. It ends that job with
// an error and nothing else: the next one, in the same worker's buffers, gives the same bits as ever.
//
// (Not where a sanitizer has its own operator new.)
#if !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)

#include "batch_test_jobs.h"
#include "fracture/workspace.h"
#include "support/operator_new.h"

#include <cmath>

namespace cutout::batch::test {
namespace {

using geometry::Point;
using geometry::Status;

std::vector<Point> star(int points, double radius, Point centre) {
    std::vector<Point> ring;
    for (int i = 0; i < points; ++i) {
        const double angle = 6.283185307179586 * i / points;
        const double r = radius * (i % 2 == 0 ? 1.0 : 0.7);
        ring.push_back({centre.x + static_cast<float>(r * std::cos(angle)),
                        centre.y + static_cast<float>(r * std::sin(angle))});
    }
    return ring;
}

struct Outcome {
    geometry::Failure failure;
    fracture::Fragments fragments;
};

// On a worker, with so many allocations.
Outcome cut(Scheduler& scheduler, const std::vector<std::vector<Point>>& rings,
            const fracture::Params& params, long allocations) {
    Outcome outcome;
    submit(scheduler, call_job([&](const fracture::Control& control) {
               const std::vector<geometry::RingView> views(rings.begin(), rings.end());
               fracture::Fragments fragments;
               geometry::Failure failure;
               {
                   const cutout::test::Limit limit(allocations);
                   failure = fracture::fracture({views}, params, control, fragments);
               }
               outcome.fragments = fragments;
               return failure;
           }));
    outcome.failure = take(scheduler, 1).at(0)->failure();
    return outcome;
}

void run_out_everywhere(const fracture::Params& params) {
    const std::vector<std::vector<Point>> rings{star(40, 100.0, {0, 0}), star(8, 20.0, {30, 5}),
                                                star(8, 15.0, {-35, -5})};
    const auto expected = [&] {
        Scheduler fresh({.workers = 1}, {});
        return cut(fresh, rings, params, -1);
    }();
    ASSERT_EQ(expected.failure.status, Status::ok) << expected.failure.message;
    int failed = 0;
    for (long allocations = 0; allocations < 100'000; ++allocations) {
        Scheduler scheduler({.workers = 1}, {}); // cold buffers: as many allocations as can be
        const Outcome outcome = cut(scheduler, rings, params, allocations);
        const Outcome next = cut(scheduler, rings, params, -1);
        ASSERT_EQ(next.failure.status, Status::ok) << next.failure.message;
        ASSERT_EQ(next.fragments.points, expected.fragments.points)
            << "after " << allocations << " allocations";
        ASSERT_EQ(next.fragments.offsets, expected.fragments.offsets);
        if (outcome.failure.ok()) {
            EXPECT_EQ(outcome.fragments.points, expected.fragments.points);
            break;
        }
        ASSERT_EQ(outcome.failure.status, Status::out_of_memory) << outcome.failure.message;
        ASSERT_TRUE(outcome.fragments.points.empty()) << "no silent partial result";
        ++failed;
    }
    EXPECT_GT(failed, 10);
}

TEST(BatchMemory, RunsOutInAVoronoiFracture) {
    fracture::VoronoiParams params;
    params.fragment_count = 20;
    params.edge_padding = 0.0F;
    run_out_everywhere(params);
}

TEST(BatchMemory, RunsOutWhileFragmentsAreMerged) {
    fracture::VoronoiParams params;
    params.fragment_count = 30;
    params.cluster_count = 5;
    run_out_everywhere(params);
}

TEST(BatchMemory, RunsOutInASliceFracture) {
    fracture::SliceParams params;
    params.mode = fracture::SliceMode::pattern;
    params.pattern = fracture::SlicePattern::chaotic;
    params.slice_count = 6;
    run_out_everywhere(params);
}

} // namespace
} // namespace cutout::batch::test

#endif
