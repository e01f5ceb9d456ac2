// run_parallel: every index once, with or without the workers' help.
#include "batch_test_jobs.h"

#include <numeric>
#include <stdexcept>

namespace cutout::batch::test {
namespace {

// How often each index was called.
class Tally {
public:
    explicit Tally(std::size_t count) : calls_(count) {}
    [[nodiscard]] std::function<void(std::size_t)> body() {
        return [this](std::size_t i) { calls_.at(i).fetch_add(1, std::memory_order_relaxed); };
    }
    [[nodiscard]] bool all_once() const {
        return std::all_of(calls_.begin(), calls_.end(), [](const auto& calls) { return calls.load() == 1; });
    }

private:
    std::vector<std::atomic<int>> calls_;
};

TEST(BatchParallel, CallsEachIndexOnce) {
    for (const int workers : {1, 2, 7}) {
        Scheduler scheduler({.workers = workers}, {});
        for (const std::size_t count : {0U, 1U, 2U, 3U, 100U, 100'000U}) {
            Tally tally(count);
            scheduler.run_parallel(count, tally.body());
            EXPECT_TRUE(tally.all_once()) << workers << " workers, " << count << " indices";
        }
    }
}

TEST(BatchParallel, WhatBodiesWroteIsThereAfterwards) {
    Scheduler scheduler({.workers = 3}, {});
    for (int round = 0; round < 2000; ++round) {
        std::vector<int> squares(17); // plain memory: the thread sanitizer watches the hand-over
        scheduler.run_parallel(squares.size(),
                               [&](std::size_t i) { squares[i] = static_cast<int>(i * i) + round; });
        for (std::size_t i = 0; i < squares.size(); ++i) {
            ASSERT_EQ(squares[i], static_cast<int>(i * i) + round);
        }
    }
}

TEST(BatchParallel, WorkersTakePart) {
    Scheduler scheduler({.workers = 2}, {});
    std::atomic<int> inside{0};
    std::atomic<bool> together{false};
    // No thread leaves its index until all three have met.
    scheduler.run_parallel(3, [&](std::size_t) {
        ++inside;
        if (eventually([&] { return inside.load() == 3; })) together = true;
    });
    EXPECT_TRUE(together);
}

TEST(BatchParallel, TheCallerAloneFinishesItWhileWorkersAreBusy) {
    Scheduler scheduler({.workers = 2}, {});
    Gate gate;
    submit(scheduler, gate.job());
    submit(scheduler, gate.job());
    ASSERT_TRUE(gate.wait_for(2));
    const std::thread::id caller = std::this_thread::get_id();
    std::atomic<int> elsewhere{0};
    Tally tally(1000);
    const auto body = tally.body();
    scheduler.run_parallel(1000, [&](std::size_t i) {
        if (std::this_thread::get_id() != caller) ++elsewhere;
        body(i);
    });
    EXPECT_TRUE(tally.all_once());
    EXPECT_EQ(elsewhere, 0);
    gate.open();
    EXPECT_EQ(take(scheduler, 2).size(), 2U);
}

TEST(BatchParallel, GoesBeforeQueuedJobs) {
    Scheduler scheduler({.workers = 1}, {});
    Gate gate;
    submit(scheduler, gate.job());
    ASSERT_TRUE(gate.wait_for(1));
    std::atomic<int> jobs_run{0};
    for (int i = 0; i < 100; ++i) {
        submit(scheduler, call_job([&](const fracture::Control&) {
                   ++jobs_run;
                   return geometry::Failure{};
               }));
    }
    // The worker comes free inside the loop, where each index waits until both threads have met.
    const std::thread::id caller = std::this_thread::get_id();
    std::atomic<int> inside{0};
    scheduler.run_parallel(2, [&](std::size_t) {
        if (std::this_thread::get_id() != caller) {
            EXPECT_EQ(jobs_run, 0);
        }
        gate.open();
        ++inside;
        EXPECT_TRUE(eventually([&] { return inside.load() == 2; }));
    });
    EXPECT_EQ(take(scheduler, 101).size(), 101U);
    EXPECT_EQ(jobs_run, 100);
}

TEST(BatchParallel, WorksNestedAndInsideAJob) {
    Scheduler scheduler({.workers = 2}, {});
    std::atomic<int> calls{0};
    scheduler.run_parallel(20, [&](std::size_t) {
        scheduler.run_parallel(
            30, [&](std::size_t) { scheduler.run_parallel(2, [&](std::size_t) { ++calls; }); });
    });
    EXPECT_EQ(calls, 20 * 30 * 2);
    submit(scheduler, call_job([&](const fracture::Control&) {
               scheduler.run_parallel(10, [&](std::size_t) { ++calls; });
               return geometry::Failure{};
           }));
    EXPECT_EQ(take(scheduler, 1).size(), 1U);
    EXPECT_EQ(calls, 20 * 30 * 2 + 10);
    Tally tally(100);
    scheduler.run_parallel(100, tally.body());
    EXPECT_TRUE(tally.all_once());
}

TEST(BatchParallel, WorksAfterStopAndAfterANewStart) {
    Scheduler scheduler({.workers = 2}, {});
    scheduler.stop();
    Tally alone(1000);
    scheduler.run_parallel(1000, alone.body());
    EXPECT_TRUE(alone.all_once());
    scheduler.configure({.workers = 2});
    Tally again(1000);
    scheduler.run_parallel(1000, again.body());
    EXPECT_TRUE(again.all_once());
}

TEST(BatchParallel, AnExceptionReachesTheCallerAfterAllIndicesRan) {
    Scheduler scheduler({.workers = 2}, {});
    for (int round = 0; round < 200; ++round) {
        Tally tally(50);
        const auto body = tally.body();
        EXPECT_THROW(scheduler.run_parallel(50,
                                            [&](std::size_t i) {
                                                body(i);
                                                if (i % 7 == 3) throw std::runtime_error("index");
                                            }),
                     std::runtime_error);
        EXPECT_TRUE(tally.all_once());
        Tally next(50);
        scheduler.run_parallel(50, next.body()); // nothing of it is left
        EXPECT_TRUE(next.all_once());
    }
}

TEST(BatchParallel, BetweenJobsThatComeAndGo) {
    Scheduler scheduler({.workers = 2}, {});
    std::size_t submitted = 0;
    std::size_t taken = 0;
    for (int round = 0; round < 500; ++round) {
        for (int i = 0; i < 5; ++i) {
            if (submit(scheduler, trivial_job()) != 0) ++submitted;
        }
        Tally tally(static_cast<std::size_t>(round % 23));
        scheduler.run_parallel(static_cast<std::size_t>(round % 23), tally.body());
        ASSERT_TRUE(tally.all_once());
        while (scheduler.take_finished() != nullptr) {
            ++taken;
        }
    }
    EXPECT_EQ(take(scheduler, submitted - taken).size(), submitted - taken);
}

} // namespace
} // namespace cutout::batch::test
