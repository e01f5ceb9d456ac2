// Bounds by number and bytes, refused submissions, and what the statistics say meanwhile.
#include "batch_test_jobs.h"

namespace cutout::batch::test {
namespace {

TEST(BatchLimits, JobsCountUntilTheyAreTaken) {
    Scheduler scheduler({.workers = 1}, {.max_jobs = 3});
    ASSERT_NE(submit(scheduler, trivial_job()), 0);
    ASSERT_NE(submit(scheduler, trivial_job()), 0);
    ASSERT_NE(submit(scheduler, trivial_job()), 0);
    ASSERT_TRUE(eventually([&] { return scheduler.stats().finished == 3; }));
    JobPtr refused = trivial_job();
    Job* const before = refused.get();
    EXPECT_FALSE(scheduler.submit(refused, Band::urgent, scheduler.next_id()));
    EXPECT_EQ(refused.get(), before) << "a refused job stays the caller's";
    EXPECT_EQ(refused->id(), 0);
    ASSERT_NE(scheduler.take_finished(), nullptr);
    EXPECT_TRUE(scheduler.submit(refused, Band::urgent, scheduler.next_id()));
    EXPECT_EQ(refused, nullptr);
    EXPECT_EQ(take(scheduler, 3).size(), 3U);
}

TEST(BatchLimits, BytesCountUntilTheyAreTaken) {
    Scheduler scheduler({.workers = 1}, {.max_bytes = 1000});
    EXPECT_EQ(submit(scheduler, std::make_unique<SizedJob>(1001)), 0);
    EXPECT_NE(submit(scheduler, std::make_unique<SizedJob>(600)), 0);
    EXPECT_EQ(submit(scheduler, std::make_unique<SizedJob>(401)), 0);
    EXPECT_NE(submit(scheduler, std::make_unique<SizedJob>(400)), 0);
    EXPECT_EQ(submit(scheduler, std::make_unique<SizedJob>(1)), 0);
    EXPECT_NE(submit(scheduler, std::make_unique<SizedJob>(0)), 0);
    EXPECT_EQ(scheduler.stats().bytes, 1000U);
    EXPECT_EQ(take(scheduler, 1).size(), 1U);
    EXPECT_EQ(scheduler.stats().bytes, 400U);
    EXPECT_NE(submit(scheduler, std::make_unique<SizedJob>(600)), 0);
    EXPECT_EQ(take(scheduler, 3).size(), 3U);
    EXPECT_EQ(scheduler.stats().bytes, 0U);
}

TEST(BatchLimits, ByteSumsDoNotWrapRound) {
    Scheduler scheduler({.workers = 1}, {.max_bytes = SIZE_MAX});
    EXPECT_NE(submit(scheduler, std::make_unique<SizedJob>(SIZE_MAX - 10)), 0);
    EXPECT_EQ(submit(scheduler, std::make_unique<SizedJob>(SIZE_MAX)), 0);
    EXPECT_EQ(submit(scheduler, std::make_unique<SizedJob>(11)), 0);
    EXPECT_NE(submit(scheduler, std::make_unique<SizedJob>(10)), 0);
    EXPECT_EQ(take(scheduler, 2).size(), 2U);
}

TEST(BatchLimits, LoweringThemDropsNothing) {
    Scheduler scheduler({.workers = 1}, {});
    Gate gate;
    submit(scheduler, gate.job());
    for (int i = 0; i < 9; ++i) {
        submit(scheduler, trivial_job());
    }
    scheduler.set_limits({.max_jobs = 5, .max_bytes = 1});
    EXPECT_EQ(submit(scheduler, trivial_job()), 0);
    gate.open();
    EXPECT_EQ(take(scheduler, 10).size(), 10U);
    EXPECT_EQ(submit(scheduler, trivial_job()), 0) << "one byte is too few for any job of the tests";
    scheduler.set_limits({.max_jobs = 1});
    EXPECT_NE(submit(scheduler, trivial_job()), 0);
    EXPECT_EQ(take(scheduler, 1).size(), 1U);
}

TEST(BatchLimits, ALimitOfZeroRefusesEverything) {
    Scheduler scheduler({.workers = 1}, {.max_jobs = 0});
    EXPECT_EQ(submit(scheduler, trivial_job()), 0);
}

TEST(BatchSubmit, RefusesWhatOnlyABugCanAskFor) {
    Scheduler scheduler({.workers = 1}, {});
    Gate gate;
    const JobId id = submit(scheduler, gate.job());
    ASSERT_NE(id, 0);
    JobPtr null_job;
    EXPECT_FALSE(scheduler.submit(null_job, Band::normal, scheduler.next_id()));
    JobPtr job = trivial_job();
    EXPECT_FALSE(scheduler.submit(job, Band::normal, id)) << "in use";
    EXPECT_FALSE(scheduler.submit(job, Band::normal, 0));
    EXPECT_FALSE(scheduler.submit(job, Band::normal, -5));
    EXPECT_FALSE(scheduler.submit(job, Band::normal, 1'000'000)) << "never given out";
    const JobId lower = scheduler.next_id();
    const JobId higher = submit(scheduler, trivial_job());
    EXPECT_GT(higher, lower);
    EXPECT_FALSE(scheduler.submit(job, Band::normal, lower)) << "ids must rise";
    EXPECT_NE(job, nullptr);
    gate.open();
    EXPECT_EQ(take(scheduler, 2).size(), 2U);
    EXPECT_FALSE(scheduler.submit(job, Band::normal, id)) << "used before";
    expect_consistent(scheduler);
}

TEST(BatchStats, FollowAJobThroughItsLife) {
    Scheduler scheduler({.workers = 1}, {});
    EXPECT_EQ(scheduler.stats().workers, 1);
    Gate gate;
    submit(scheduler, gate.job());
    ASSERT_TRUE(gate.wait_for(1));
    submit(scheduler, trivial_job());
    const JobId cancelled = submit(scheduler, trivial_job());
    Stats stats = scheduler.stats();
    EXPECT_EQ(stats.submitted, 3U);
    EXPECT_EQ(stats.running, 1U);
    EXPECT_EQ(stats.queued, 2U);
    EXPECT_EQ(stats.finished, 0U);
    scheduler.cancel(cancelled);
    stats = scheduler.stats();
    EXPECT_EQ(stats.queued, 1U);
    EXPECT_EQ(stats.finished, 1U);
    gate.open();
    ASSERT_TRUE(eventually([&] { return scheduler.stats().finished == 3; }));
    stats = scheduler.stats();
    EXPECT_EQ(stats.running, 0U);
    EXPECT_EQ(stats.queued, 0U);
    EXPECT_EQ(stats.taken, 0U);
    EXPECT_GT(stats.cut_nanoseconds, 0);
    const std::int64_t told = stats.cut_nanoseconds;
    std::int64_t sum = 0;
    for (const JobPtr& job : take(scheduler, 3)) {
        sum += job->cut_nanoseconds();
    }
    EXPECT_EQ(sum, told);
    stats = scheduler.stats();
    EXPECT_EQ(stats.taken, 3U);
    EXPECT_EQ(stats.finished, 0U);
    EXPECT_EQ(stats.bytes, 0U);
    EXPECT_EQ(stats.cut_nanoseconds, told);
}

TEST(BatchStats, AddUpAtAnyMoment) {
    Scheduler scheduler({.workers = 2}, {});
    constexpr std::size_t count = 5000;
    std::size_t taken = 0;
    for (std::size_t i = 0; i < count; ++i) {
        submit(scheduler, trivial_job());
        const Stats stats = scheduler.stats();
        ASSERT_EQ(stats.queued + stats.running + stats.finished + stats.taken, stats.submitted);
        ASSERT_LE(stats.running, 2U);
        if (scheduler.take_finished() != nullptr) ++taken;
    }
    EXPECT_EQ(take(scheduler, count - taken).size(), count - taken);
    expect_consistent(scheduler);
}

} // namespace
} // namespace cutout::batch::test
