// Threads that are not ours and run jobs for a while: tasks of an engine's thread pool, or the owner itself
// where there are no threads.
//
//     Guests guests(work);
//     guests.run_jobs(deadline);   // any thread: until nothing waits or the time is over
//     guests.close();              // owner: nobody comes in any more, and everybody has left
//
// Thread rule: run_jobs() from any thread, at most `max_guests` at once; everything else is the owner's.
#pragma once

#include "batch/runner.h"

#include <array>
#include <atomic>
#include <chrono>
#include <cstddef>

namespace cutout::batch {

inline constexpr std::size_t max_guests = 64;

class Guests {
public:
    using Clock = std::chrono::steady_clock;

    explicit Guests(Work& work) : work_(work) {}
    Guests(const Guests&) = delete;
    Guests& operator=(const Guests&) = delete;

    // Lets guests in; at most `count` are expected at once, which decides how work is shared.
    void open(int count);
    // Nobody comes in any more, and those inside leave after what they are on.
    void send_away();
    // The same, and waits until all have left: call it when their jobs have been told to end.
    void close();

    // Runs what waits until nothing does, or until `deadline`: the clock is looked at between groups of small
    // jobs, and a job that has begun is finished. False: closed, or no place is free.
    bool run_jobs(Clock::time_point deadline);

    template <typename Visit> void for_each_running(const Visit& visit) const {
        for (const Place& place : places_) {
            Job* job = place.running.load(std::memory_order_acquire);
            if (job != nullptr) visit(*job);
        }
    }

private:
    [[nodiscard]] std::size_t take_place();

    Work& work_;
    LongJobs long_jobs_;
    std::array<Place, max_guests> places_;
    std::array<std::atomic<bool>, max_guests> taken_{};
    std::atomic<int> inside_{0};
    std::atomic<bool> closed_{true};
};

} // namespace cutout::batch
