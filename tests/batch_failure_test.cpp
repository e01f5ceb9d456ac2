// Jobs that fail, throw and run out of memory; and what they say of their progress.
#include "batch_test_jobs.h"

#include <cmath>
#include <limits>
#include <map>
#include <new>
#include <stdexcept>

namespace cutout::batch::test {
namespace {

using geometry::Failure;
using geometry::Status;

JobPtr run_alone(JobPtr job) {
    Scheduler scheduler({.workers = 1}, {});
    submit(scheduler, std::move(job));
    submit(scheduler, trivial_job()); // the worker must live on
    auto jobs = take(scheduler, 2);
    EXPECT_EQ(jobs.size(), 2U);
    if (jobs.size() < 2) return nullptr;
    EXPECT_EQ(jobs[1]->failure().status, Status::ok);
    return std::move(jobs[0]);
}

TEST(BatchFailure, ComesBackAsItWasReturned) {
    const JobPtr job = run_alone(call_job([](const fracture::Control&) {
        return Failure{.status = Status::self_intersection,
                       .ring = 2,
                       .vertex = 7,
                       .where = {1.5F, -2.5F},
                       .message = "edges 7 and 9 of ring 2 cross at (1.5, -2.5)"};
    }));
    ASSERT_NE(job, nullptr);
    EXPECT_EQ(job->failure().status, Status::self_intersection);
    EXPECT_EQ(job->failure().ring, 2);
    EXPECT_EQ(job->failure().vertex, 7);
    EXPECT_EQ(job->failure().where, (geometry::Point{1.5F, -2.5F}));
    EXPECT_EQ(job->failure().message, "edges 7 and 9 of ring 2 cross at (1.5, -2.5)");
}

TEST(BatchFailure, BadAllocBecomesOutOfMemory) {
    const JobPtr job =
        run_alone(call_job([](const fracture::Control&) -> Failure { throw std::bad_alloc(); }));
    ASSERT_NE(job, nullptr);
    EXPECT_EQ(job->failure().status, Status::out_of_memory);
    EXPECT_NE(job->failure().message.find("memory"), std::string::npos);
}

TEST(BatchFailure, AnExceptionBecomesAnInternalErrorWithItsText) {
    const JobPtr job = run_alone(
        call_job([](const fracture::Control&) -> Failure { throw std::runtime_error("the cat sat on it"); }));
    ASSERT_NE(job, nullptr);
    EXPECT_EQ(job->failure().status, Status::internal_error);
    EXPECT_NE(job->failure().message.find("the cat sat on it"), std::string::npos);
}

TEST(BatchFailure, ThrowingSomethingElseBecomesAnInternalError) {
    const JobPtr job = run_alone(call_job([](const fracture::Control&) -> Failure { throw 42; }));
    ASSERT_NE(job, nullptr);
    EXPECT_EQ(job->failure().status, Status::internal_error);
    EXPECT_FALSE(job->failure().message.empty());
}

TEST(BatchFailure, TouchesNoOtherJob) {
    Scheduler scheduler({.workers = 2}, {});
    std::map<JobId, Status> expected;
    for (int i = 0; i < 2000; ++i) {
        const int kind = i % 4;
        const JobId id = submit(scheduler, call_job([kind](const fracture::Control&) {
                                    if (kind == 1) throw std::bad_alloc();
                                    if (kind == 2) throw std::logic_error("no");
                                    return Failure{.status = kind == 3 ? Status::zero_area : Status::ok};
                                }));
        constexpr Status statuses[] = {Status::ok, Status::out_of_memory, Status::internal_error,
                                       Status::zero_area};
        expected[id] = statuses[kind];
    }
    std::map<JobId, Status> got;
    for (const JobPtr& job : take(scheduler, 2000)) {
        got[job->id()] = job->failure().status;
    }
    EXPECT_EQ(got, expected);
}

TEST(BatchFailure, AThrowInBytesLeavesTheJobWithTheCaller) {
    class Throwing final : public CountedJob {
        Failure run(const fracture::Control& /*control*/) override { return {}; }
        [[nodiscard]] std::size_t bytes() const override { throw std::runtime_error("no idea"); }
    };
    Scheduler scheduler({.workers = 1}, {});
    JobPtr job = std::make_unique<Throwing>();
    const JobId id = scheduler.next_id();
    EXPECT_THROW((void)scheduler.submit(job, Band::normal, id), std::runtime_error);
    EXPECT_NE(job, nullptr);
    EXPECT_EQ(scheduler.stats().submitted, 0U);
}

TEST(BatchProgress, IsOneAfterAGoodEndAndStaysWhereItWasAfterABadOne) {
    const JobPtr good = run_alone(call_job([](const fracture::Control& control) {
        control.report(0.25F);
        return Failure{};
    }));
    ASSERT_NE(good, nullptr);
    EXPECT_EQ(good->progress(), 1.0F);
    const JobPtr bad = run_alone(call_job([](const fracture::Control& control) {
        control.report(0.25F);
        return Failure{.status = Status::zero_area};
    }));
    ASSERT_NE(bad, nullptr);
    EXPECT_EQ(bad->progress(), 0.25F);
}

TEST(BatchProgress, OfRunningJobsIsShownRisingAndBetweenZeroAndOne) {
    Scheduler scheduler({.workers = 1}, {});
    std::atomic<int> step{0};
    std::atomic<int> reported{-1};
    constexpr float nan = std::numeric_limits<float>::quiet_NaN();
    const std::vector<float> reports{0.0F, 0.25F, 0.5F, 0.4F, nan, -3.0F, 0.75F, 2.0F};
    const std::vector<float> expected{0.0F, 0.25F, 0.5F, 0.5F, 0.5F, 0.5F, 0.75F, 1.0F};
    const JobId id = submit(scheduler, call_job([&](const fracture::Control& control) {
                                for (int i = 0; i < static_cast<int>(reports.size()); ++i) {
                                    control.report(reports[static_cast<std::size_t>(i)]);
                                    reported = i;
                                    while (step.load() <= i && !control.cancelled()) {
                                        std::this_thread::yield();
                                    }
                                }
                                return Failure{};
                            }));
    for (int i = 0; i < static_cast<int>(reports.size()); ++i) {
        ASSERT_TRUE(eventually([&] { return reported.load() >= i; }));
        int visits = 0;
        scheduler.for_each_running([&](JobId running, float progress, std::int64_t) {
            ++visits;
            EXPECT_EQ(running, id);
            EXPECT_EQ(progress, expected[static_cast<std::size_t>(i)]);
        });
        EXPECT_EQ(visits, 1);
        step = i + 1;
    }
    EXPECT_EQ(take(scheduler, 1).size(), 1U);
    scheduler.for_each_running([&](JobId, float, std::int64_t) { ADD_FAILURE() << "nothing runs"; });
}

TEST(BatchProgress, VisitingMayCancel) {
    Scheduler scheduler({.workers = 2}, {});
    Gate gate;
    submit(scheduler, gate.job());
    submit(scheduler, gate.job());
    ASSERT_TRUE(gate.wait_for(2));
    scheduler.for_each_running([&](JobId id, float, std::int64_t) { EXPECT_TRUE(scheduler.cancel(id)); });
    for (const JobPtr& job : take(scheduler, 2)) {
        EXPECT_EQ(job->failure().status, Status::cancelled);
    }
}

} // namespace
} // namespace cutout::batch::test
