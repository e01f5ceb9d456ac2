// Jobs and waits for the tests of the batch room.
//
// No test measures time. What must happen is waited for with a limit far beyond any machine's noise, and
// reaching the limit is the failure; what must not happen is shown by order, not by waiting.
#pragma once

#include "batch/scheduler.h"

#include <gtest/gtest.h>

#include <atomic>
#include <chrono>
#include <functional>
#include <memory>
#include <string>
#include <thread>
#include <utility>
#include <vector>

namespace cutout::batch::test {

inline constexpr std::chrono::seconds patience{120};

// True as soon as `condition` holds; false when patience is at an end.
template <typename Condition> [[nodiscard]] bool eventually(const Condition& condition) {
    const auto end = std::chrono::steady_clock::now() + patience;
    for (int tries = 0; !condition(); ++tries) {
        if (std::chrono::steady_clock::now() > end) return false;
        if (tries < 200) {
            std::this_thread::yield();
        } else {
            std::this_thread::sleep_for(std::chrono::microseconds(50));
        }
    }
    return true;
}

// Counts the jobs alive, so that one lost or destroyed twice shows in every build.
class CountedJob : public Job {
public:
    CountedJob() { ++alive; }
    ~CountedJob() override { --alive; }

    static inline std::atomic<int> alive{0};
};

// Runs a function.
class CallJob final : public CountedJob {
public:
    using Call = std::function<geometry::Failure(const fracture::Control&)>;

    explicit CallJob(Call call) : call_(std::move(call)) {}
    geometry::Failure run(const fracture::Control& control) override { return call_(control); }

private:
    Call call_;
};

// Says how many bytes it holds, and does nothing.
class SizedJob final : public CountedJob {
public:
    explicit SizedJob(std::size_t size) : size_(size) {}
    geometry::Failure run(const fracture::Control& /*control*/) override { return {}; }
    [[nodiscard]] std::size_t bytes() const override { return size_; }

private:
    std::size_t size_;
};

inline JobPtr call_job(CallJob::Call call) {
    return std::make_unique<CallJob>(std::move(call));
}

inline JobPtr trivial_job() {
    return call_job([](const fracture::Control&) { return geometry::Failure{}; });
}

// Keeps workers busy: its jobs run until it is opened or they are cancelled.
class Gate {
public:
    [[nodiscard]] JobPtr job() {
        return call_job([this](const fracture::Control& control) {
            ++entered_;
            while (!open_.load()) {
                if (control.cancelled()) return geometry::Failure{.status = geometry::Status::cancelled};
                std::this_thread::sleep_for(std::chrono::microseconds(50));
            }
            return geometry::Failure{};
        });
    }
    void open() { open_ = true; }
    [[nodiscard]] bool wait_for(int jobs_inside) const {
        return eventually([&] { return entered_.load() >= jobs_inside; });
    }

private:
    std::atomic<bool> open_{false};
    std::atomic<int> entered_{0};
};

// Submits and returns the id, or 0 if it was refused.
inline JobId submit(Scheduler& scheduler, JobPtr job, Band band = Band::normal) {
    const JobId id = scheduler.next_id();
    return scheduler.submit(job, band, id) ? id : 0;
}

// Takes `count` finished jobs; fewer only when patience is at an end.
inline std::vector<JobPtr> take(Scheduler& scheduler, std::size_t count) {
    std::vector<JobPtr> jobs;
    while (jobs.size() < count) {
        JobPtr job;
        if (!eventually([&] { return (job = scheduler.take_finished()) != nullptr; })) break;
        jobs.push_back(std::move(job));
    }
    return jobs;
}

inline std::vector<JobId> ids_of(const std::vector<JobPtr>& jobs) {
    std::vector<JobId> ids;
    for (const JobPtr& job : jobs) {
        ids.push_back(job->id());
    }
    return ids;
}

inline void expect_consistent(const Scheduler& scheduler) {
    const Stats stats = scheduler.stats();
    EXPECT_EQ(stats.queued + stats.running + stats.finished + stats.taken, stats.submitted);
}

} // namespace cutout::batch::test
