// The job that fractures: the same fragments as a direct call, published on the worker, its failures its own.
#include "batch/fracture_job.h"
#include "batch_test_jobs.h"
#include "fracture/tuning.h"

#include <array>
#include <numeric>
#include <stdexcept>

namespace cutout::batch::test {
namespace {

using geometry::Point;
using geometry::Status;

constexpr std::array<Point, 4> square{{{0, 0}, {200, 0}, {200, 100}, {0, 100}}};
constexpr std::array<Point, 4> hole{{{80, 30}, {120, 30}, {120, 70}, {80, 70}}};
constexpr std::array<Point, 4> bow_tie{{{0, 0}, {100, 100}, {100, 0}, {0, 100}}};

const geometry::RingView plate_rings[] = {square, hole};
constexpr double plate_area = 200.0 * 100.0 - 40.0 * 40.0;

class PlateJob : public FractureJob {
public:
    using FractureJob::FractureJob;

    [[nodiscard]] const fracture::Fragments& fragments() const { return kept; }

    fracture::Fragments kept;
    std::thread::id publisher;
    std::size_t published = 0;
    bool sees_cancel_flag = false;
    geometry::Failure ending; // what publish() returns

protected:
    [[nodiscard]] geometry::PolygonView polygon() const override { return {plate_rings}; }
    geometry::Failure publish(const fracture::Fragments& fragments,
                              const fracture::Control& control) override {
        kept = fragments;
        publisher = std::this_thread::get_id();
        published = fragments.size();
        sees_cancel_flag = control.cancel != nullptr;
        return ending;
    }
};

fracture::VoronoiParams voronoi(std::int32_t count, std::int64_t seed) {
    fracture::VoronoiParams params;
    params.fragment_count = count;
    params.seed = seed;
    return params;
}

TEST(BatchFractureJob, EndsAsPublishSays) {
    Scheduler scheduler({.workers = 1}, {});
    auto job = std::make_unique<PlateJob>(voronoi(5, 1));
    job->ending = {.status = Status::internal_error, .message = "not so"};
    submit(scheduler, std::move(job));
    const auto jobs = take(scheduler, 1);
    ASSERT_EQ(jobs.size(), 1U);
    EXPECT_EQ(jobs[0]->failure().status, Status::internal_error);
    EXPECT_EQ(jobs[0]->failure().message, "not so");
}

TEST(BatchFractureJob, CutsAndPublishesOnTheWorker) {
    Scheduler scheduler({.workers = 1}, {});
    submit(scheduler, std::make_unique<PlateJob>(voronoi(20, 1)));
    const auto jobs = take(scheduler, 1);
    ASSERT_EQ(jobs.size(), 1U);
    const auto& job = static_cast<const PlateJob&>(*jobs[0]);
    ASSERT_EQ(job.failure().status, Status::ok) << job.failure().message;
    EXPECT_GE(job.fragments().size(), 20U);
    EXPECT_EQ(job.published, job.fragments().size());
    EXPECT_TRUE(job.sees_cancel_flag);
    EXPECT_NE(job.publisher, std::thread::id());
    EXPECT_NE(job.publisher, std::this_thread::get_id());
    const auto& areas = job.fragments().areas;
    EXPECT_NEAR(std::accumulate(areas.begin(), areas.end(), 0.0), plate_area, plate_area * 1e-6);
    EXPECT_EQ(job.progress(), 1.0F);
    EXPECT_GT(job.cut_nanoseconds(), 0);
}

TEST(BatchFractureJob, GivesTheSameBitsOnAnyNumberOfWorkers) {
    constexpr int count = 60;
    std::vector<fracture::Params> params;
    for (int i = 0; i < count; ++i) {
        if (i % 3 == 2) {
            fracture::SliceParams slices;
            slices.mode = fracture::SliceMode::pattern;
            slices.slice_count = 4;
            slices.seed = i;
            params.emplace_back(slices);
        } else {
            params.emplace_back(voronoi(5 + i, i));
        }
    }
    std::vector<fracture::Fragments> direct(count);
    for (std::size_t i = 0; i < count; ++i) {
        ASSERT_TRUE(fracture::fracture({plate_rings}, params[i], {}, direct[i]).ok());
    }
    for (const int workers : {1, 2, 5}) {
        Scheduler scheduler({.workers = workers}, {});
        std::vector<JobId> ids;
        for (int i = 0; i < count; ++i) {
            ids.push_back(submit(scheduler, std::make_unique<PlateJob>(params[static_cast<std::size_t>(i)]),
                                 static_cast<Band>(i % 4)));
        }
        const auto jobs = take(scheduler, count);
        ASSERT_EQ(jobs.size(), static_cast<std::size_t>(count));
        for (const JobPtr& job : jobs) {
            const auto& got = static_cast<const PlateJob&>(*job).fragments();
            const fracture::Fragments& expected = direct[static_cast<std::size_t>(job->id() - ids.front())];
            EXPECT_EQ(got.points, expected.points);
            EXPECT_EQ(got.offsets, expected.offsets);
            EXPECT_EQ(got.cells, expected.cells);
            EXPECT_EQ(got.labels, expected.labels);
            EXPECT_EQ(got.areas, expected.areas);
            EXPECT_EQ(got.centroids, expected.centroids);
            EXPECT_EQ(got.on_boundary, expected.on_boundary);
        }
    }
}

TEST(BatchFractureJob, BadInputFailsWithItsPlaceAndPublishesNothing) {
    class BowTieJob final : public PlateJob {
    public:
        using PlateJob::PlateJob;
        [[nodiscard]] geometry::PolygonView polygon() const override { return {rings_}; }

    private:
        std::array<geometry::RingView, 1> rings_{bow_tie};
    };
    Scheduler scheduler({.workers = 1}, {});
    submit(scheduler, std::make_unique<BowTieJob>(voronoi(5, 0)));
    const auto jobs = take(scheduler, 1);
    ASSERT_EQ(jobs.size(), 1U);
    EXPECT_EQ(jobs[0]->failure().status, Status::self_intersection);
    EXPECT_EQ(jobs[0]->failure().ring, 0);
    EXPECT_FALSE(jobs[0]->failure().message.empty());
    EXPECT_EQ(static_cast<const PlateJob&>(*jobs[0]).published, 0U);
}

// So large that the worker lets go of its buffers afterwards: the fragments must outlast that.
TEST(BatchFractureJob, AGiantsResultIsWhole) {
    fracture::SliceParams params;
    params.mode = fracture::SliceMode::pattern;
    params.pattern = fracture::SlicePattern::grid;
    params.h_slices = 220;
    params.v_slices = 220;
    Scheduler scheduler({.workers = 1}, {});
    submit(scheduler, std::make_unique<PlateJob>(fracture::Params(params)));
    submit(scheduler, std::make_unique<PlateJob>(voronoi(5, 1)));
    const auto jobs = take(scheduler, 2);
    ASSERT_EQ(jobs.size(), 2U);
    for (const JobPtr& job : jobs) {
        ASSERT_TRUE(job->failure().ok()) << job->failure().message;
    }
    const fracture::Fragments& kept = static_cast<const PlateJob&>(*jobs[0]).fragments();
    EXPECT_GT(kept.points.size(), 8 * fracture::most_points_to_keep);
    EXPECT_NEAR(std::accumulate(kept.areas.begin(), kept.areas.end(), 0.0), plate_area, 1e-3);
    EXPECT_GE(static_cast<const PlateJob&>(*jobs[1]).fragments().size(), 5U);
}

TEST(BatchFractureJob, AThrowInPublishFailsThatJobAlone) {
    class ThrowingJob final : public PlateJob {
    public:
        using PlateJob::PlateJob;
        geometry::Failure publish(const fracture::Fragments& /*fragments*/,
                                  const fracture::Control& /*control*/) override {
            throw std::runtime_error("no array");
        }
    };
    Scheduler scheduler({.workers = 1}, {});
    submit(scheduler, std::make_unique<ThrowingJob>(voronoi(5, 0)));
    submit(scheduler, std::make_unique<PlateJob>(voronoi(5, 0)));
    const auto jobs = take(scheduler, 2);
    ASSERT_EQ(jobs.size(), 2U);
    EXPECT_EQ(jobs[0]->failure().status, Status::internal_error);
    EXPECT_NE(jobs[0]->failure().message.find("no array"), std::string::npos);
    EXPECT_EQ(jobs[1]->failure().status, Status::ok);
}

TEST(BatchFractureJob, ALongCutIsCancelledOnItsWayAndPublishesNothing) {
    Scheduler scheduler({.workers = 1}, {});
    const JobId id = submit(scheduler, std::make_unique<PlateJob>(voronoi(100'000, 3)));
    ASSERT_TRUE(eventually([&] { return scheduler.stats().running == 1; }));
    ASSERT_TRUE(scheduler.cancel(id));
    const auto jobs = take(scheduler, 1);
    ASSERT_EQ(jobs.size(), 1U);
    EXPECT_EQ(jobs[0]->failure().status, Status::cancelled);
    EXPECT_EQ(static_cast<const PlateJob&>(*jobs[0]).published, 0U);
}

TEST(BatchFractureJob, BytesGrowWithPointsAndFragments) {
    const PlateJob few(voronoi(1, 0));
    const PlateJob many(voronoi(1000, 0));
    EXPECT_GE(few.bytes(), sizeof(PlateJob) / 2 + 8 * sizeof(Point));
    EXPECT_GE(many.bytes(), few.bytes() + 999 * 3 * sizeof(Point)) << "a fragment has three points at least";
    fracture::SliceParams slices;
    slices.mode = fracture::SliceMode::pattern;
    slices.slice_count = 3;
    const PlateJob three(slices);
    slices.slice_count = 300;
    const PlateJob three_hundred(slices);
    EXPECT_GE(three_hundred.bytes(), 1000 * three.bytes() / 10) << "cells grow with the square of the lines";
}

// The estimate must not be far below what a job really holds, or the bound on bytes is none.
TEST(BatchFractureJob, BytesAreCloseToWhatAFractureHolds) {
    fracture::SliceParams slices;
    slices.mode = fracture::SliceMode::pattern;
    slices.slice_count = 60;
    std::vector<fracture::Params> list{voronoi(500, 9), slices};
    std::vector<Point> sites;
    for (int i = 0; i < 400; ++i) {
        sites.push_back(
            {static_cast<float>(i % 20) * 10.0F + 5.0F, static_cast<float>(i / 20) * 5.0F + 2.0F});
    }
    std::vector<Point> segments;
    for (int i = 0; i < 60; ++i) {
        const auto x = static_cast<float>(3 * i + 10);
        segments.insert(segments.end(), {{x, -10.0F}, {x + 1.0F, 110.0F}});
    }
    for (int pattern = 0; pattern <= 6; ++pattern) {
        fracture::VoronoiParams params = voronoi(500, 2);
        params.pattern = static_cast<fracture::VoronoiPattern>(pattern);
        params.grid_rows = params.grid_cols = 22;
        params.ring_count = 10;
        params.ring_size = 0.0F;
        params.points_per_ring = 50;
        params.sites = sites;
        list.emplace_back(params);
    }
    for (int pattern = 0; pattern <= 3; ++pattern) {
        slices.pattern = static_cast<fracture::SlicePattern>(pattern);
        slices.h_slices = slices.v_slices = 15;
        list.emplace_back(slices);
    }
    slices.mode = fracture::SliceMode::manual;
    slices.segments = segments;
    list.emplace_back(slices);
    for (const fracture::Params& params : list) {
        const PlateJob job(params);
        fracture::Fragments fragments;
        ASSERT_TRUE(fracture::fracture({plate_rings}, params, {}, fragments).ok());
        const std::size_t held = fragments.points.size() * sizeof(Point) + fragments.size() * (4 + 4 + 8);
        EXPECT_GE(job.bytes(), held) << fragments.size();
        EXPECT_LE(job.bytes(), 20 * held) << fragments.size();
    }
}

} // namespace
} // namespace cutout::batch::test
