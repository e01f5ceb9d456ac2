// What the scheduler itself costs: jobs that do nothing, from submit() to take_finished().
//
// Read `per_job`: seconds of wall clock for one job, creation and destruction of the job included; its worth
// is to be far below a fracture, which takes tens of microseconds and more. `submit` is the part of it that
// the owner thread spends before it goes on.
#include "batch/scheduler.h"

#include <benchmark/benchmark.h>

#include <atomic>
#include <chrono>
#include <thread>

namespace {

using namespace cutout;
using Clock = std::chrono::steady_clock;

// As short as the smallest fracture, so that workers take several at once.
class Nothing final : public batch::Job {
    geometry::Failure run(const fracture::Control& /*control*/) override { return {}; }
    [[nodiscard]] float expected_microseconds() const override { return 4.0F; }
};

double seconds_since(Clock::time_point begin) {
    return std::chrono::duration<double>(Clock::now() - begin).count();
}

void submit(batch::Scheduler& scheduler, std::int64_t count, benchmark::State& state) {
    for (std::int64_t i = 0; i < count; ++i) {
        batch::JobPtr job = std::make_unique<Nothing>();
        if (!scheduler.submit(job, batch::Band::normal, scheduler.next_id())) state.SkipWithError("refused");
    }
}

void take(batch::Scheduler& scheduler, std::int64_t count) {
    for (std::int64_t taken = 0; taken < count;) {
        if (scheduler.take_finished() != nullptr) {
            ++taken;
        } else {
            std::this_thread::yield();
        }
    }
}

batch::Limits no_limits() {
    return {.max_jobs = SIZE_MAX, .max_bytes = SIZE_MAX};
}

// All in, then all out.
void BM_Burst(benchmark::State& state) {
    batch::Scheduler scheduler({.workers = static_cast<int>(state.range(0))}, no_limits());
    const std::int64_t jobs = state.range(1);
    double submitting = 0.0;
    for (auto _ : state) {
        const auto begin = Clock::now();
        submit(scheduler, jobs, state);
        submitting += seconds_since(begin);
        take(scheduler, jobs);
    }
    const auto all = static_cast<double>(jobs * state.iterations());
    state.counters["per_job"] =
        benchmark::Counter(all, benchmark::Counter::kIsRate | benchmark::Counter::kInvert);
    state.counters["submit"] = submitting / all;
}
BENCHMARK(BM_Burst)
    ->ArgNames({"workers", "jobs"})
    ->ArgsProduct({{1, 2}, {200, 100'000}})
    ->UseRealTime()
    ->Unit(benchmark::kMillisecond);

// One job at a time, in and out: the whole way with a worker that may have gone to sleep.
void BM_PingPong(benchmark::State& state) {
    batch::Scheduler scheduler({.workers = static_cast<int>(state.range(0))}, no_limits());
    for (auto _ : state) {
        submit(scheduler, 1, state);
        take(scheduler, 1);
    }
}
BENCHMARK(BM_PingPong)->ArgName("workers")->Arg(1)->Arg(2)->UseRealTime();

// Cancelling what waits behind a job that does not end: the owner alone.
void BM_CancelQueued(benchmark::State& state) {
    class Endless final : public batch::Job {
        geometry::Failure run(const fracture::Control& control) override {
            while (!control.cancelled()) {
                std::this_thread::sleep_for(std::chrono::milliseconds(1));
            }
            return {};
        }
    };
    batch::Scheduler scheduler({.workers = 1}, no_limits());
    batch::JobPtr endless = std::make_unique<Endless>();
    if (!scheduler.submit(endless, batch::Band::urgent, scheduler.next_id())) state.SkipWithError("refused");
    while (scheduler.stats().running == 0) {
        std::this_thread::yield();
    }
    for (auto _ : state) {
        submit(scheduler, 1, state);
        benchmark::DoNotOptimize(scheduler.cancel(scheduler.next_id() - 1));
        take(scheduler, 1);
    }
}
BENCHMARK(BM_CancelQueued)->UseRealTime();

// A loop of `count` empty bodies.
void BM_RunParallel(benchmark::State& state) {
    batch::Scheduler scheduler({.workers = static_cast<int>(state.range(0))}, no_limits());
    const auto count = static_cast<std::size_t>(state.range(1));
    std::atomic<std::size_t> sink{0};
    const std::function<void(std::size_t)> body = [&](std::size_t i) {
        if (i + 1 == count) sink.fetch_add(1, std::memory_order_relaxed);
    };
    for (auto _ : state) {
        scheduler.run_parallel(count, body);
    }
    state.SetItemsProcessed(state.iterations() * state.range(1));
}
BENCHMARK(BM_RunParallel)
    ->ArgNames({"workers", "count"})
    ->ArgsProduct({{1, 2}, {1, 10, 10'000}})
    ->UseRealTime();

} // namespace
