// Cancelling: queued, running, finished and unknown jobs.
#include "batch_test_jobs.h"

namespace cutout::batch::test {
namespace {

using geometry::Status;

class BatchCancel : public testing::Test {
protected:
    void occupy_worker() {
        running = submit(scheduler, gate.job());
        ASSERT_TRUE(gate.wait_for(1));
    }

    Gate gate;
    JobId running = 0;
    Scheduler scheduler{{.workers = 1}, {}};
};

TEST_F(BatchCancel, AQueuedJobComesBackAtOnceThoughTheOnlyWorkerIsBusy) {
    occupy_worker();
    std::atomic<bool> ran{false};
    const JobId id = submit(scheduler, call_job([&](const fracture::Control&) {
                                ran = true;
                                return geometry::Failure{};
                            }));
    EXPECT_TRUE(scheduler.cancel(id));
    const JobPtr job = scheduler.take_finished(); // no waiting: the gate is still closed
    ASSERT_NE(job, nullptr);
    EXPECT_EQ(job->id(), id);
    EXPECT_EQ(job->failure().status, Status::cancelled);
    EXPECT_FALSE(job->failure().message.empty());
    EXPECT_EQ(job->cut_nanoseconds(), 0);
    gate.open();
    EXPECT_EQ(ids_of(take(scheduler, 1)), std::vector<JobId>{running});
    EXPECT_FALSE(ran);
}

TEST_F(BatchCancel, ARunningJobSeesItsFlag) {
    occupy_worker();
    EXPECT_TRUE(scheduler.cancel(running));
    const auto jobs = take(scheduler, 1); // the gate stays closed
    ASSERT_EQ(jobs.size(), 1U);
    EXPECT_EQ(jobs[0]->failure().status, Status::cancelled);
}

TEST_F(BatchCancel, ARunningJobThatEndsWellAnywayIsCancelledAllTheSame) {
    std::atomic<bool> inside{false};
    std::atomic<bool> go_on{false};
    const JobId id = submit(scheduler, call_job([&](const fracture::Control&) {
                                inside = true;
                                while (!go_on.load()) {
                                    std::this_thread::yield();
                                }
                                return geometry::Failure{};
                            }));
    ASSERT_TRUE(eventually([&] { return inside.load(); }));
    EXPECT_TRUE(scheduler.cancel(id));
    go_on = true;
    const auto jobs = take(scheduler, 1);
    ASSERT_EQ(jobs.size(), 1U);
    EXPECT_EQ(jobs[0]->failure().status, Status::cancelled);
    EXPECT_FALSE(jobs[0]->failure().message.empty());
}

TEST_F(BatchCancel, TwiceSaysYesOnce) {
    occupy_worker();
    const JobId queued = submit(scheduler, trivial_job());
    EXPECT_TRUE(scheduler.cancel(queued));
    EXPECT_FALSE(scheduler.cancel(queued));
    EXPECT_TRUE(scheduler.cancel(running));
    EXPECT_FALSE(scheduler.cancel(running));
    EXPECT_EQ(take(scheduler, 2).size(), 2U);
    EXPECT_EQ(scheduler.take_finished(), nullptr);
}

TEST_F(BatchCancel, FinishedTakenAndUnknownJobsSayNo) {
    const JobId id = submit(scheduler, trivial_job());
    ASSERT_TRUE(eventually([&] { return scheduler.stats().finished == 1; }));
    EXPECT_FALSE(scheduler.cancel(id));
    const auto jobs = take(scheduler, 1);
    ASSERT_EQ(jobs.size(), 1U);
    EXPECT_EQ(jobs[0]->failure().status, Status::ok);
    EXPECT_FALSE(scheduler.cancel(id));
    EXPECT_FALSE(scheduler.cancel(id + 1));
    EXPECT_FALSE(scheduler.cancel(scheduler.next_id())); // given out, never submitted
    EXPECT_FALSE(scheduler.cancel(0));
    EXPECT_FALSE(scheduler.cancel(-1));
}

TEST_F(BatchCancel, AllGivesQueuedJobsBackInOrderAndStopsTheRunningOne) {
    occupy_worker();
    std::vector<JobId> expected; // band by band, each in the order of submission
    std::vector<JobId> high;
    for (int i = 0; i < 500; ++i) {
        const bool is_high = i % 2 != 0;
        (is_high ? high : expected)
            .push_back(submit(scheduler, trivial_job(), is_high ? Band::high : Band::low));
    }
    expected.insert(expected.end(), high.begin(), high.end());
    EXPECT_EQ(scheduler.cancel_all(), 501U);
    EXPECT_EQ(scheduler.cancel_all(), 0U);
    const auto queued = take(scheduler, 501);
    std::vector<JobId> ids = ids_of(queued);
    ASSERT_EQ(ids.size(), 501U);
    std::erase(ids, running); // anywhere in between: it ends on its own thread
    EXPECT_EQ(ids, expected);
    for (const JobPtr& job : queued) {
        EXPECT_EQ(job->failure().status, Status::cancelled);
    }
}

TEST_F(BatchCancel, ALaterJobRunsAfterThoseInFrontWereCancelled) {
    occupy_worker();
    std::vector<JobId> cancelled;
    for (int i = 0; i < 100; ++i) {
        cancelled.push_back(submit(scheduler, trivial_job()));
    }
    const JobId last = submit(scheduler, trivial_job());
    for (const JobId id : cancelled) {
        EXPECT_TRUE(scheduler.cancel(id));
    }
    EXPECT_EQ(ids_of(take(scheduler, 100)), cancelled);
    gate.open();
    const auto rest = take(scheduler, 2);
    EXPECT_EQ(ids_of(rest), (std::vector<JobId>{running, last}));
    EXPECT_EQ(rest.back()->failure().status, Status::ok);
}

// Many more cancelled jobs than the limit allows at once pass through the queue while no worker looks at it;
// what is still waiting keeps its place.
TEST_F(BatchCancel, SubmitAndCancelAgainAndAgainWhileTheWorkerIsBusy) {
    occupy_worker();
    scheduler.set_limits({.max_jobs = 64, .max_bytes = SIZE_MAX});
    std::vector<JobId> kept;
    for (int i = 0; i < 20'000; ++i) {
        if (i % 1000 == 0) kept.push_back(submit(scheduler, trivial_job()));
        const JobId id = submit(scheduler, trivial_job(), i % 3 == 0 ? Band::high : Band::normal);
        ASSERT_NE(id, 0) << "cancelled jobs must not fill the queue";
        ASSERT_TRUE(scheduler.cancel(id));
        const JobPtr job = scheduler.take_finished();
        ASSERT_NE(job, nullptr);
        ASSERT_EQ(job->id(), id);
        ASSERT_LE(scheduler.stats().empty_tickets, 1024U + 64U) << "they pile up";
    }
    expect_consistent(scheduler);
    EXPECT_EQ(scheduler.stats().queued, kept.size());
    gate.open();
    kept.insert(kept.begin(), running);
    EXPECT_EQ(ids_of(take(scheduler, kept.size())), kept);
}

TEST_F(BatchCancel, RacingWithTheStartOfTheJobGivesOneOutcome) {
    for (int i = 0; i < 5000; ++i) {
        const JobId id = submit(scheduler, trivial_job());
        const bool said_yes = scheduler.cancel(id);
        const auto jobs = take(scheduler, 1);
        ASSERT_EQ(jobs.size(), 1U);
        ASSERT_EQ(jobs[0]->id(), id);
        ASSERT_EQ(jobs[0]->failure().status, said_yes ? Status::cancelled : Status::ok);
    }
    EXPECT_EQ(scheduler.take_finished(), nullptr);
}

} // namespace
} // namespace cutout::batch::test
