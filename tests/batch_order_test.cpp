// Which job starts next, and in which order they come back.
#include "batch_test_jobs.h"

#include <algorithm>
#include <mutex>
#include <set>

namespace cutout::batch::test {
namespace {

// One worker, kept busy while the test submits, so that the order of starts is the queue's alone.
class BatchOrder : public testing::Test {
protected:
    void SetUp() override {
        ASSERT_NE(submit(scheduler, gate.job(), Band::urgent), 0);
        ASSERT_TRUE(gate.wait_for(1));
    }

    JobId add(Band band) { return submit(scheduler, trivial_job(), band); }

    // Ids in the order of starts; with one worker they finish in the order they start.
    std::vector<JobId> open_and_take(std::size_t count) {
        gate.open();
        std::vector<JobId> ids = ids_of(take(scheduler, count + 1));
        EXPECT_EQ(ids.size(), count + 1);
        if (!ids.empty()) ids.erase(ids.begin()); // the gate's job
        return ids;
    }

    Gate gate;
    Scheduler scheduler{{.workers = 1}, {}};
};

TEST_F(BatchOrder, InsideABandJobsStartInTheOrderOfSubmission) {
    std::vector<JobId> expected;
    for (int i = 0; i < 1000; ++i) {
        expected.push_back(add(Band::normal));
    }
    EXPECT_EQ(open_and_take(1000), expected);
}

TEST_F(BatchOrder, AHigherBandStartsFirst) {
    const JobId low = add(Band::low);
    const JobId normal = add(Band::normal);
    const JobId high = add(Band::high);
    const JobId urgent = add(Band::urgent);
    const JobId low2 = add(Band::low);
    const JobId urgent2 = add(Band::urgent);
    EXPECT_EQ(open_and_take(6), (std::vector<JobId>{urgent, urgent2, high, normal, low, low2}));
}

TEST_F(BatchOrder, AWaitingJobIsPassedOverABoundedNumberOfTimes) {
    const JobId low = add(Band::low);
    const JobId low2 = add(Band::low);
    for (int i = 0; i < 3 * starts_before_ageing; ++i) {
        add(Band::urgent);
    }
    const std::vector<JobId> ids = open_and_take(2 + 3 * starts_before_ageing);
    const auto place = [&](JobId id) { return std::find(ids.begin(), ids.end(), id) - ids.begin(); };
    EXPECT_EQ(place(low), starts_before_ageing);
    EXPECT_EQ(place(low2), 2 * starts_before_ageing + 1);
}

TEST_F(BatchOrder, AgeingTakesTheLongestWaitingOfAllBands) {
    const JobId normal = add(Band::normal);
    const JobId low = add(Band::low);
    for (int i = 0; i < starts_before_ageing + 1; ++i) {
        add(Band::urgent);
    }
    const std::vector<JobId> ids = open_and_take(2 + starts_before_ageing + 1);
    ASSERT_EQ(ids.size(), static_cast<std::size_t>(starts_before_ageing) + 3);
    EXPECT_EQ(ids[starts_before_ageing], normal);
    EXPECT_EQ(ids.back(), low);
}

TEST_F(BatchOrder, JobsThatWaitedLongestAreNotCountedAsPassingOver) {
    // Rising bands in falling age: each start is the longest waiting one, so nothing is ever passed over.
    std::vector<JobId> expected;
    for (int i = 0; i < 2 * starts_before_ageing; ++i) {
        expected.push_back(add(Band::urgent));
    }
    const JobId normal = add(Band::normal);
    for (int i = 0; i < starts_before_ageing; ++i) {
        expected.push_back(add(Band::urgent));
    }
    expected.push_back(normal);
    EXPECT_EQ(open_and_take(expected.size()), expected);
}

TEST(BatchFinishedOrder, IsTheOrderOfCompletion) {
    Scheduler scheduler({.workers = 2}, {});
    Gate gate;
    const JobId slow = submit(scheduler, gate.job());
    ASSERT_TRUE(gate.wait_for(1));
    std::vector<JobId> expected;
    for (int i = 0; i < 100; ++i) {
        expected.push_back(submit(scheduler, trivial_job()));
    }
    std::vector<JobId> got = ids_of(take(scheduler, 100));
    gate.open();
    for (const JobPtr& job : take(scheduler, 1)) {
        got.push_back(job->id());
    }
    expected.push_back(slow); // submitted first, finished last
    EXPECT_EQ(got, expected);
}

TEST(BatchFinishedOrder, AJobThatWaitedForAnotherComesAfterIt) {
    Scheduler scheduler({.workers = 2, .priority = ThreadPriority::normal}, {});
    for (int round = 0; round < 50; ++round) {
        std::atomic<bool> first_ended{false};
        // The second waits inside run() until the first has been handed back.
        const JobId first = submit(scheduler, trivial_job());
        const JobId second = submit(scheduler, call_job([&](const fracture::Control& control) {
                                        while (!first_ended.load() && !control.cancelled()) {
                                            std::this_thread::yield();
                                        }
                                        return geometry::Failure{};
                                    }));
        ASSERT_TRUE(eventually([&] { return scheduler.peek_finished() != nullptr; }));
        EXPECT_EQ(scheduler.peek_finished()->id(), first);
        first_ended = true;
        EXPECT_EQ(ids_of(take(scheduler, 2)), (std::vector<JobId>{first, second}));
    }
}

TEST(BatchFinishedOrder, PeekAndTakeGiveTheSameJob) {
    Scheduler scheduler({.workers = 1}, {});
    EXPECT_EQ(scheduler.peek_finished(), nullptr);
    EXPECT_EQ(scheduler.take_finished(), nullptr);
    submit(scheduler, trivial_job());
    submit(scheduler, trivial_job());
    ASSERT_TRUE(eventually([&] { return scheduler.stats().finished == 2; }));
    const Job* peeked = scheduler.peek_finished();
    EXPECT_EQ(scheduler.peek_finished(), peeked);
    const JobPtr taken = scheduler.take_finished();
    EXPECT_EQ(taken.get(), peeked);
    EXPECT_NE(scheduler.peek_finished(), peeked);
}

TEST(BatchIds, AreUniqueRisingAndStartAtOne) {
    Scheduler scheduler({.workers = 1}, {});
    for (JobId expected = 1; expected <= 10'000; ++expected) {
        ASSERT_EQ(scheduler.next_id(), expected);
    }
}

TEST(BatchBands, PriorityNumbersMapToBands) {
    EXPECT_EQ(band_of(INT64_MIN), Band::low);
    EXPECT_EQ(band_of(-1), Band::low);
    EXPECT_EQ(band_of(0), Band::normal);
    EXPECT_EQ(band_of(1), Band::high);
    EXPECT_EQ(band_of(9), Band::high);
    EXPECT_EQ(band_of(10), Band::urgent);
    EXPECT_EQ(band_of(INT64_MAX), Band::urgent);
}

TEST_F(BatchOrder, AJobMovedToAnotherBandIsTheLastOneThere) {
    const JobId first = add(Band::normal);
    const JobId moved = add(Band::low);
    const JobId second = add(Band::normal);
    const JobId low = add(Band::low);
    const JobId urgent = add(Band::low);
    EXPECT_TRUE(scheduler.set_band(moved, Band::normal));
    EXPECT_TRUE(scheduler.set_band(urgent, Band::high));
    EXPECT_TRUE(scheduler.set_band(urgent, Band::urgent));
    EXPECT_TRUE(scheduler.set_band(low, Band::low)) << "it stays where it is";
    EXPECT_EQ(scheduler.stats().queued, 5U);
    expect_consistent(scheduler);
    EXPECT_EQ(open_and_take(5), (std::vector<JobId>{urgent, first, second, moved, low}));
    EXPECT_FALSE(scheduler.set_band(first, Band::low)) << "it has been taken";
    EXPECT_FALSE(scheduler.set_band(12345, Band::low));
    expect_consistent(scheduler);
}

TEST_F(BatchOrder, ARunningJobIsNotMovedAndAMovedOneCanBeCancelled) {
    EXPECT_FALSE(scheduler.set_band(1, Band::low)) << "the gate's job runs";
    const JobId id = add(Band::low);
    EXPECT_TRUE(scheduler.set_band(id, Band::urgent));
    EXPECT_TRUE(scheduler.cancel(id));
    EXPECT_FALSE(scheduler.set_band(id, Band::low));
    const auto jobs = take(scheduler, 1);
    ASSERT_EQ(jobs.size(), 1U);
    EXPECT_EQ(jobs[0]->id(), id);
    EXPECT_EQ(jobs[0]->failure().status, geometry::Status::cancelled);
    EXPECT_TRUE(open_and_take(0).empty());
}

TEST_F(BatchOrder, MovingToAndFroLeavesNoTicketsBehind) {
    const JobId id = add(Band::low);
    for (int i = 0; i < 10'000; ++i) {
        ASSERT_TRUE(scheduler.set_band(id, i % 2 == 0 ? Band::high : Band::normal));
    }
    EXPECT_LE(scheduler.stats().empty_tickets, 1100U);
    EXPECT_EQ(scheduler.stats().queued, 1U);
    EXPECT_EQ(open_and_take(1), std::vector<JobId>{id});
}

// Two workers, the first job of a band held back: what ended before it must wait.
TEST(BatchStrictOrder, InsideABandJobsComeOutAsTheyCameIn) {
    Scheduler scheduler({.workers = 2}, {});
    scheduler.set_strict_order(true);
    Gate gate;
    const JobId held = submit(scheduler, gate.job());
    ASSERT_TRUE(gate.wait_for(1));
    std::vector<JobId> normal{held};
    std::vector<JobId> high;
    for (int i = 0; i < 100; ++i) {
        normal.push_back(submit(scheduler, trivial_job()));
        high.push_back(submit(scheduler, trivial_job(), Band::high));
    }
    EXPECT_EQ(ids_of(take(scheduler, 100)), high) << "another band waits for nobody";
    ASSERT_TRUE(eventually([&] { return scheduler.stats().finished == 100; }));
    EXPECT_EQ(scheduler.peek_finished(), nullptr);
    expect_consistent(scheduler);
    gate.open();
    EXPECT_EQ(ids_of(take(scheduler, 101)), normal);
}

TEST(BatchStrictOrder, SwitchedOffItLetsOutWhatWaits) {
    Scheduler scheduler({.workers = 2}, {});
    scheduler.set_strict_order(true);
    Gate gate;
    const JobId held = submit(scheduler, gate.job());
    ASSERT_TRUE(gate.wait_for(1));
    const JobId moved = submit(scheduler, trivial_job());
    const JobId other = submit(scheduler, trivial_job());
    ASSERT_TRUE(eventually([&] { return scheduler.stats().finished == 2; }));
    EXPECT_EQ(scheduler.peek_finished(), nullptr);
    scheduler.set_strict_order(false);
    EXPECT_EQ(ids_of(take(scheduler, 2)), (std::vector<JobId>{moved, other}));
    scheduler.set_strict_order(true);
    const JobId last = submit(scheduler, trivial_job());
    ASSERT_TRUE(eventually([&] { return scheduler.stats().finished == 1; }));
    EXPECT_TRUE(scheduler.cancel(held));
    EXPECT_EQ(ids_of(take(scheduler, 2)), (std::vector<JobId>{held, last}));
}

TEST(BatchStrictOrder, WhatIsMovedToAnotherBandIsWaitedForNoMore) {
    Scheduler scheduler({.workers = 2}, {});
    scheduler.set_strict_order(true);
    Gate gate;
    submit(scheduler, gate.job(), Band::urgent);
    submit(scheduler, gate.job(), Band::urgent);
    ASSERT_TRUE(gate.wait_for(2));
    const JobId first = submit(scheduler, trivial_job());
    const JobId second = submit(scheduler, trivial_job());
    EXPECT_TRUE(scheduler.cancel(second));
    EXPECT_EQ(scheduler.peek_finished(), nullptr) << "waits for the first";
    EXPECT_TRUE(scheduler.set_band(first, Band::low));
    EXPECT_EQ(ids_of(take(scheduler, 1)), std::vector<JobId>{second});
    gate.open();
    EXPECT_EQ(take(scheduler, 3).size(), 3U);
}

} // namespace
} // namespace cutout::batch::test
