// A unit of work for the scheduler. Derive from Job, hand it over with Scheduler::submit, get it back from
// Scheduler::take_finished: the same object, never lost, never duplicated.
#pragma once

#include "fracture/fracture.h"
#include "geometry/status.h"

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <memory>

namespace cutout::batch {

using JobId = std::int64_t;

// Bands of priority. Inside a band jobs start in the order of submission; a higher band starts first.
enum class Band : std::uint8_t { low = 0, normal = 1, high = 2, urgent = 3 };
inline constexpr std::size_t band_count = 4;

// priority < 0: low, 0: normal, 1 .. 9: high, 10 and more: urgent.
[[nodiscard]] Band band_of(std::int64_t priority);

class Job {
public:
    Job() = default;
    Job(const Job&) = delete;
    Job& operator=(const Job&) = delete;
    virtual ~Job() = default;

    // Worker thread: do the work. Looks at control.cancel often. Must not throw; a std::bad_alloc that
    // escapes anyway is turned into Status::out_of_memory by the scheduler.
    virtual geometry::Failure run(const fracture::Control& control) = 0;

    // What the job holds in memory until it is taken, roughly, for the queue's bound. Asked once, at
    // submission.
    [[nodiscard]] virtual std::size_t bytes() const { return sizeof(Job); }

    [[nodiscard]] JobId id() const { return id_; }
    [[nodiscard]] const geometry::Failure& failure() const { return failure_; } // valid once finished
    [[nodiscard]] std::int64_t cut_nanoseconds() const {
        return cut_nanoseconds_;
    } // time in run(), once finished

private:
    friend class Scheduler;
    JobId id_ = 0;
    Band band_ = Band::normal;
    geometry::Failure failure_;
    std::int64_t cut_nanoseconds_ = 0;
    std::size_t counted_bytes_ = 0;
    std::atomic<bool> cancel_{false};
    std::atomic<float> progress_{0.0F};
    Job* next_ = nullptr; // link of whichever queue holds the job
};

using JobPtr = std::unique_ptr<Job>;

} // namespace cutout::batch
