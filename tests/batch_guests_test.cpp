// Jobs run by threads that are not the scheduler's, and long jobs beside short ones.
#include "batch_test_jobs.h"

#include <cfenv>
#include <set>

namespace cutout::batch::test {
namespace {

using std::chrono::microseconds;

constexpr microseconds for_ever{std::chrono::hours(1)};

TEST(BatchGuests, NothingRunsUntilSomebodyLendsAHand) {
    Scheduler scheduler({.workers = 1, .backend = Backend::guests}, {});
    std::vector<JobId> ids;
    const auto owner = std::this_thread::get_id();
    for (int i = 0; i < 100; ++i) {
        ids.push_back(submit(scheduler, call_job([owner](const fracture::Control& control) {
                                 EXPECT_EQ(std::this_thread::get_id(), owner);
                                 EXPECT_NE(control.workspace, nullptr);
                                 return geometry::Failure{};
                             })));
    }
    EXPECT_EQ(scheduler.stats().queued, 100U);
    EXPECT_EQ(scheduler.stats().workers, 1);
    EXPECT_TRUE(scheduler.run_jobs(microseconds(0)));
    EXPECT_EQ(scheduler.stats().finished, 1U) << "at least one, however short the time";
    EXPECT_TRUE(scheduler.run_jobs(for_ever));
    EXPECT_EQ(ids_of(take(scheduler, 100)), ids);
    EXPECT_TRUE(scheduler.run_jobs(for_ever)) << "nothing to do is no fault";
}

TEST(BatchGuests, AreNotAskedWhereThereAreThreads) {
    Scheduler scheduler({.workers = 1}, {});
    EXPECT_FALSE(scheduler.run_jobs(for_ever));
}

TEST(BatchGuests, ComeFromAnyThreadAndLeaveTheirModesAsTheyWere) {
    Scheduler scheduler({.workers = 4, .backend = Backend::guests}, {});
    constexpr int count = 4000;
    for (int i = 0; i < count; ++i) {
        submit(scheduler, call_job([](const fracture::Control&) {
                   EXPECT_EQ(std::fegetround(), FE_TONEAREST);
                   return geometry::Failure{};
               }));
    }
    std::vector<std::thread> threads;
    for (int t = 0; t < 4; ++t) {
        threads.emplace_back([&scheduler] {
            std::fesetround(FE_UPWARD);
            EXPECT_TRUE(scheduler.run_jobs(for_ever));
            EXPECT_EQ(std::fegetround(), FE_UPWARD);
        });
    }
    EXPECT_EQ(take(scheduler, count).size(), static_cast<std::size_t>(count));
    for (std::thread& thread : threads) {
        thread.join();
    }
    expect_consistent(scheduler);
}

TEST(BatchGuests, StopSendsThemAwayAndWaitsForThem) {
    Scheduler scheduler({.workers = 2, .backend = Backend::guests}, {});
    Gate gate;
    for (int i = 0; i < 3; ++i) {
        submit(scheduler, gate.job());
    }
    std::thread guest([&scheduler] { (void)scheduler.run_jobs(for_ever); });
    ASSERT_TRUE(gate.wait_for(1));
    scheduler.stop();
    const auto jobs = take(scheduler, 3);
    ASSERT_EQ(jobs.size(), 3U);
    for (const JobPtr& job : jobs) {
        EXPECT_EQ(job->failure().status, geometry::Status::cancelled);
    }
    guest.join();
    EXPECT_FALSE(scheduler.run_jobs(for_ever));
    JobPtr late = trivial_job();
    EXPECT_FALSE(scheduler.submit(late, Band::normal, scheduler.next_id()));
}

TEST(BatchGuests, TheBackendMayChangeWhileJobsWait) {
    Scheduler scheduler({.workers = 1}, {});
    std::set<JobId> open;
    for (int round = 0; round < 20; ++round) {
        for (int i = 0; i < 200; ++i) {
            open.insert(submit(scheduler, trivial_job()));
        }
        const bool guests = round % 2 == 0;
        scheduler.configure({.workers = 2, .backend = guests ? Backend::guests : Backend::own_threads});
        EXPECT_EQ(scheduler.run_jobs(microseconds(10)), guests);
    }
    scheduler.configure({.workers = 2});
    for (const JobPtr& job : take(scheduler, open.size())) {
        EXPECT_EQ(open.erase(job->id()), 1U);
    }
    EXPECT_TRUE(open.empty());
}

// A job that says how long it takes, and waits for the gate.
class LongJob final : public CountedJob {
public:
    explicit LongJob(Gate& gate) : inner_(gate.job()) {}
    geometry::Failure run(const fracture::Control& control) override { return inner_->run(control); }
    [[nodiscard]] float expected_microseconds() const override { return 2.0F * long_job_microseconds; }

private:
    JobPtr inner_;
};

TEST(BatchLongJobs, ShortOnesDoNotWaitBehindThem) {
    Scheduler scheduler({.workers = 2}, {});
    Gate gate;
    for (int i = 0; i < 3; ++i) {
        submit(scheduler, std::make_unique<LongJob>(gate));
    }
    ASSERT_TRUE(gate.wait_for(1));
    std::vector<JobId> short_ones;
    for (int i = 0; i < 100; ++i) {
        short_ones.push_back(submit(scheduler, trivial_job(), Band::low));
    }
    EXPECT_EQ(ids_of(take(scheduler, 100)), short_ones);
    EXPECT_EQ(scheduler.stats().running, 1U) << "two long ones still wait";
    gate.open();
    EXPECT_EQ(take(scheduler, 3).size(), 3U);
}

TEST(BatchLongJobs, TheLastOnesRunWhenWorkersWereReplacedMeanwhile) {
    Scheduler scheduler({.workers = 2}, {});
    Gate gate;
    for (int i = 0; i < 4; ++i) {
        submit(scheduler, std::make_unique<LongJob>(gate));
    }
    ASSERT_TRUE(gate.wait_for(1));
    scheduler.configure({.workers = 2});
    ASSERT_TRUE(gate.wait_for(2)) << "the new workers have a count of their own";
    gate.open();
    EXPECT_EQ(take(scheduler, 4).size(), 4U);
}

TEST(BatchFigures, QuantilesOfTheLastJobs) {
    Scheduler scheduler({.workers = 1}, {});
    EXPECT_EQ(scheduler.cut_quantile(0.5), 0);
    for (int i = 0; i < 20; ++i) {
        submit(scheduler, trivial_job());
    }
    submit(scheduler, call_job([](const fracture::Control&) {
               std::this_thread::sleep_for(std::chrono::milliseconds(20));
               return geometry::Failure{};
           }));
    submit(scheduler, call_job([](const fracture::Control&) {
               return geometry::Failure{.status = geometry::Status::internal_error};
           }));
    EXPECT_EQ(take(scheduler, 22).size(), 22U);
    EXPECT_GE(scheduler.cut_quantile(1.0), 20'000'000);
    EXPECT_LE(scheduler.cut_quantile(0.5), scheduler.cut_quantile(0.9));
    EXPECT_LT(scheduler.cut_quantile(0.0), scheduler.cut_quantile(1.0));
}

TEST(BatchGuests, WhatWasLeftToThreadsThatAreGoneIsDestroyed) {
    constexpr int count = 100;
    const int before = CountedJob::alive;
    Scheduler scheduler({.workers = 1}, {});
    Job* taken = nullptr;
    for (int i = 0; i < count; ++i) {
        JobPtr job = trivial_job();
        ASSERT_TRUE(scheduler.submit(job, Band::normal, scheduler.next_id()));
        ASSERT_TRUE(eventually([&] { return scheduler.peek_finished() != nullptr; }));
        job = scheduler.take_finished();
        job->next = taken;
        taken = job.release();
    }
    Gate gate;
    JobPtr blocker = gate.job();
    ASSERT_TRUE(scheduler.submit(blocker, Band::normal, scheduler.next_id()));
    ASSERT_TRUE(eventually([&] { return scheduler.stats().running == 1; }));
    scheduler.dispose(taken); // to a worker that is busy, and leaves after its job
    scheduler.configure({.workers = 1, .backend = Backend::guests});
    gate.open();
    EXPECT_TRUE(eventually([&] {
        scheduler.dispose(nullptr);
        (void)scheduler.take_finished();
        return CountedJob::alive == before;
    }));
}

} // namespace
} // namespace cutout::batch::test
