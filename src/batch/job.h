// A unit of work for the scheduler. Derive from Job, hand it over with Scheduler::submit, get it back from
// Scheduler::take_finished: the same object, never lost, never duplicated.
//
//     class Blur final : public Job {
//         geometry::Failure run(const fracture::Control& control) override;
//     };
//
// Ownership: the scheduler owns a job from submit() to take_finished(), and destroys on the owner thread the
// ones that were never taken. A worker never destroys a job.
//
// Thread rule: run() is called once at most, on a worker; everything else on the owner thread.
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

// Ageing: after this many starts that passed over a longer waiting job of a lower band, the job that waits
// longest starts, whatever its band. So every job starts, however many urgent ones keep coming.
inline constexpr int starts_before_ageing = 16;

// A job that is expected to take longer is a long one: short ones do not wait behind it. Microseconds; a
// quarter of a frame at 60 Hz.
inline constexpr float long_job_microseconds = 4000.0F;
// What is assumed of a job that says nothing: neither long, nor so short that several are claimed as one.
inline constexpr float unknown_job_microseconds = 1000.0F;

// priority < 0: low, 0: normal, 1 .. 9: high, 10 and more: urgent.
[[nodiscard]] Band band_of(std::int64_t priority);

class Job {
public:
    Job() = default;
    Job(const Job&) = delete;
    Job& operator=(const Job&) = delete;
    virtual ~Job() = default;

    // Worker thread: do the work. Looks at control.cancel often. Should not throw; an exception that escapes
    // anyway becomes this job's failure: out_of_memory for std::bad_alloc, internal_error for any other.
    virtual geometry::Failure run(const fracture::Control& control) = 0;

    // What the job holds in memory until it is taken, roughly, for the queue's bound. Asked once, at
    // submission.
    [[nodiscard]] virtual std::size_t bytes() const { return sizeof(Job); }

    // How long run() will probably take. Asked once, at submission; decides what waits for what, never a
    // result.
    [[nodiscard]] virtual float expected_microseconds() const { return unknown_job_microseconds; }
    // The job was withdrawn and will never run, or its result is wanted no more: what it holds may go. On the
    // owner thread or, after Scheduler::dispose(), on a worker.
    virtual void shed() noexcept {}

    [[nodiscard]] JobId id() const { return id_; }
    // 0 to 1; 1 once it ended well. Any thread.
    [[nodiscard]] float progress() const { return progress_.load(std::memory_order_relaxed); }
    // When run() began, nanoseconds of the steady clock; 0 before that. Any thread.
    [[nodiscard]] std::int64_t began() const { return began_.load(std::memory_order_relaxed); }
    // Both valid once finished: how it ended, and the time spent in run().
    [[nodiscard]] const geometry::Failure& failure() const { return failure_; }
    [[nodiscard]] std::int64_t cut_nanoseconds() const { return cut_nanoseconds_; }

    // Link of the list that the job is in. Whoever has taken it may use it for a list of their own.
    Job* next = nullptr;

private:
    friend class Scheduler;
    friend class DeliveryOrder;
    friend struct Runner;

    // Worker: run() with its time, its exceptions and its cancellation.
    void execute(fracture::Workspace* workspace) noexcept;
    void mark_cancelled() noexcept;
    void mark_dropped() noexcept;

    JobId id_ = 0;
    geometry::Failure failure_;
    std::int64_t cut_nanoseconds_ = 0;
    std::size_t counted_bytes_ = 0;
    std::atomic<bool> cancel_{false};
    std::atomic<float> progress_{0.0F};
    std::atomic<std::int64_t> began_{0};

    // The owner's:
    float shown_progress_ = 0.0F; // the highest that for_each_running() gave
    Job* earlier_ = nullptr;      // links of the DeliveryOrder
    Job* later_ = nullptr;
    Band band_ = Band::normal;
    bool ended_ = false;
    bool dropped_ = false; // to make room
};

using JobPtr = std::unique_ptr<Job>;

} // namespace cutout::batch
