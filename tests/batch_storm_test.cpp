// Storms: very many jobs with random bands, cancels, failures and changes of the workers. Every accepted job
// must come back exactly once, and as what it should be.
#include "batch_test_jobs.h"

#include <cstdint>
#include <stdexcept>

namespace cutout::batch::test {
namespace {

using geometry::Failure;
using geometry::Status;

// xorshift64 (Marsaglia 2003): the same storm everywhere.
class Random {
public:
    explicit Random(std::uint64_t seed) : state_(seed) {}
    std::uint32_t below(std::uint32_t bound) {
        state_ ^= state_ << 13U;
        state_ ^= state_ >> 7U;
        state_ ^= state_ << 17U;
        return static_cast<std::uint32_t>((state_ >> 32U) % bound);
    }

private:
    std::uint64_t state_;
};

// Counts its own runs in plain memory, and works a little.
class StormJob final : public CountedJob {
public:
    explicit StormJob(std::uint32_t kind) : kind_(kind) {}

    Failure run(const fracture::Control& control) override {
        ++runs;
        for (std::uint32_t i = 0; i < kind_ % 64; ++i) {
            if (control.cancelled()) return {.status = Status::cancelled, .message = "in the middle"};
            control.report(static_cast<float>(i) / 64.0F);
        }
        if (kind_ % 101 == 0) throw std::runtime_error("storm");
        if (kind_ % 103 == 0) throw std::bad_alloc();
        return {};
    }
    [[nodiscard]] Status expected() const {
        if (kind_ % 101 == 0) return Status::internal_error;
        return kind_ % 103 == 0 ? Status::out_of_memory : Status::ok;
    }

    int runs = 0;

private:
    std::uint32_t kind_;
};

struct Storm {
    Random random;
    Scheduler scheduler;
    // By id: 0 = unknown, 1 = accepted, 2 = cancel said yes, 3 = taken.
    std::vector<std::uint8_t> state{0};
    std::size_t accepted = 0;
    std::size_t taken = 0;
    std::size_t refused = 0;

    Storm(std::uint64_t seed, WorkerOptions options, Limits limits)
        : random(seed), scheduler(options, limits) {}

    void submit_one() {
        const JobId id = scheduler.next_id();
        ASSERT_EQ(static_cast<std::size_t>(id), state.size());
        JobPtr job = std::make_unique<StormJob>(random.below(10'000));
        const bool ok = scheduler.submit(job, static_cast<Band>(random.below(4)), id);
        ASSERT_EQ(job == nullptr, ok);
        state.push_back(ok ? 1 : 0);
        ++(ok ? accepted : refused);
    }

    void cancel_one() {
        const auto id = random.below(static_cast<std::uint32_t>(state.size()) + 3);
        const bool yes = scheduler.cancel(id);
        if (!yes) return;
        ASSERT_LT(id, state.size());
        ASSERT_EQ(state[id], 1) << "yes for a job that is not open";
        state[id] = 2;
    }

    void cancel_recent() {
        if (state.size() < 2) return;
        const std::size_t id =
            state.size() - 1 -
            random.below(std::min<std::uint32_t>(8, static_cast<std::uint32_t>(state.size()) - 1));
        if (scheduler.cancel(static_cast<JobId>(id))) {
            ASSERT_EQ(state[id], 1);
            state[id] = 2;
        }
    }

    bool take_one() {
        const JobPtr job = scheduler.take_finished();
        if (job == nullptr) return false;
        check(*job);
        return true;
    }

    void check(const Job& job) {
        const auto& storm_job = static_cast<const StormJob&>(job);
        const auto id = static_cast<std::size_t>(job.id());
        ASSERT_LT(id, state.size());
        ASSERT_TRUE(state[id] == 1 || state[id] == 2) << "came out twice, or was never accepted: " << id;
        if (state[id] == 2) {
            ASSERT_EQ(job.failure().status, Status::cancelled);
            ASSERT_LE(storm_job.runs, 1);
        } else {
            ASSERT_EQ(job.failure().status, storm_job.expected());
            ASSERT_EQ(storm_job.runs, 1);
        }
        ASSERT_EQ(job.failure().ok(), job.failure().message.empty());
        state[id] = 3;
        ++taken;
    }

    void finish() {
        ASSERT_TRUE(eventually([&] {
            while (take_one()) {
            }
            return taken == accepted || testing::Test::HasFatalFailure();
        }));
        EXPECT_EQ(scheduler.take_finished(), nullptr);
        const Stats stats = scheduler.stats();
        EXPECT_EQ(stats.submitted, accepted);
        EXPECT_EQ(stats.taken, accepted);
        EXPECT_EQ(stats.queued + stats.running + stats.finished, 0U);
        EXPECT_EQ(stats.bytes, 0U);
    }
};

constexpr int storm_jobs = 200'000;

TEST(BatchStorm, SubmitsTakesAndCancels) {
    const int before = CountedJob::alive;
    for (const int workers : {1, 2, 5}) {
        Storm storm(88'172'645 + static_cast<std::uint64_t>(workers), {.workers = workers},
                    {.max_jobs = 5000});
        for (int i = 0; i < storm_jobs && !HasFatalFailure(); ++i) {
            storm.submit_one();
            if (storm.random.below(16) == 0) storm.cancel_one();
            if (storm.random.below(8) == 0) storm.cancel_recent();
            if (storm.random.below(64) == 0) {
                while (storm.take_one()) {
                }
            }
            if (storm.random.below(1024) == 0) expect_consistent(storm.scheduler);
        }
        storm.finish();
    }
    EXPECT_EQ(CountedJob::alive, before);
}

TEST(BatchStorm, OneJobAtATimeWakesASleepingWorkerEveryTime) {
    // Normal priority: each job is a hand-over there and back, and lowered workers on a busy machine would
    // make minutes of it.
    Storm storm(7, {.workers = 2, .priority = ThreadPriority::normal}, {});
    for (int i = 0; i < 10'000 && !HasFatalFailure(); ++i) {
        storm.submit_one();
        // Now and then long enough for the workers to fall asleep in the middle of the submission.
        if (storm.random.below(512) == 0) std::this_thread::sleep_for(std::chrono::microseconds(100));
        ASSERT_TRUE(eventually([&] { return storm.take_one(); })) << "a wake-up was lost at job " << i;
    }
    storm.finish();
}

// No worker may sleep while a job waits: each pair can only end together.
TEST(BatchStorm, TwoJobsSubmittedTogetherRunTogether) {
    Scheduler scheduler({.workers = 2, .priority = ThreadPriority::normal}, {});
    Random random(31);
    for (int round = 0; round < 1000; ++round) {
        std::atomic<int> inside{0};
        std::atomic<int> met{0};
        for (int i = 0; i < 2; ++i) {
            submit(scheduler, call_job([&](const fracture::Control& control) {
                       ++inside;
                       while (inside.load() < 2 && !control.cancelled()) {
                           std::this_thread::yield();
                       }
                       ++met;
                       return Failure{};
                   }));
            for (std::uint32_t k = random.below(3) == 0 ? random.below(400) : 0; k > 0; --k) {
                std::atomic_signal_fence(std::memory_order_seq_cst); // a random little pause
            }
        }
        ASSERT_EQ(take(scheduler, 2).size(), 2U) << "a job waited while a worker slept, round " << round;
        ASSERT_EQ(met, 2);
    }
}

TEST(BatchStorm, WhileTheWorkersChange) {
    const int before = CountedJob::alive;
    {
        Storm storm(4242, {.workers = 2}, {});
        for (int i = 0; i < 100'000 && !HasFatalFailure(); ++i) {
            storm.submit_one();
            if (storm.random.below(32) == 0) storm.cancel_recent();
            if (storm.random.below(500) == 0) {
                storm.scheduler.configure({.workers = 1 + static_cast<int>(storm.random.below(4)),
                                           .priority = storm.random.below(2) == 0 ? ThreadPriority::lowered
                                                                                  : ThreadPriority::normal});
            }
            if (storm.random.below(100) == 0) {
                float sum = 0.0F;
                storm.scheduler.for_each_running(
                    [&](JobId, float progress, std::int64_t) { sum += progress; });
                ASSERT_LE(sum, 100.0F);
            }
            if (storm.random.below(128) == 0) {
                while (storm.take_one()) {
                }
            }
        }
        storm.finish();
    }
    EXPECT_EQ(CountedJob::alive, before);
}

TEST(BatchStorm, StopsAndStartsInTheMiddle) {
    const int before = CountedJob::alive;
    Random random(99);
    for (int round = 0; round < 200 && !HasFatalFailure(); ++round) {
        Storm storm(1000 + static_cast<std::uint64_t>(round), {.workers = 1 + round % 3}, {});
        const int jobs = static_cast<int>(random.below(300));
        for (int i = 0; i < jobs; ++i) {
            storm.submit_one();
        }
        if (round % 2 == 0) {
            storm.scheduler.run_parallel(10, [](std::size_t) {});
        }
        storm.scheduler.stop();
        std::size_t count = 0;
        while (const JobPtr job = storm.scheduler.take_finished()) {
            ++count;
        }
        EXPECT_EQ(count, static_cast<std::size_t>(jobs));
        storm.accepted = storm.taken = 0;
        storm.scheduler.configure({.workers = 2});
        for (int i = 0; i < 20; ++i) {
            storm.submit_one();
        }
        EXPECT_EQ(take(storm.scheduler, 20).size(), 20U);
    }
    EXPECT_EQ(CountedJob::alive, before);
}

TEST(BatchStorm, TwoSchedulersAndLoopsAtOnce) {
    Storm first(11, {.workers = 2}, {});
    Storm second(12, {.workers = 1}, {});
    for (int i = 0; i < 20'000 && !HasFatalFailure(); ++i) {
        first.submit_one();
        second.submit_one();
        if (i % 50 == 0) {
            std::atomic<int> sum{0};
            first.scheduler.run_parallel(8, [&](std::size_t k) { sum += static_cast<int>(k); });
            ASSERT_EQ(sum, 28);
        }
        if (i % 3 == 0) {
            first.take_one();
            second.take_one();
        }
    }
    first.finish();
    second.finish();
}

} // namespace
} // namespace cutout::batch::test
