// Jobs in, finished jobs out, and the owner never waits.
//
//     Scheduler scheduler({.workers = 0}, {});                  // 0 = one fewer than the cores, at least one
//     JobPtr job = std::make_unique<MyJob>();
//     if (!scheduler.submit(job, Band::normal, scheduler.next_id())) { /* full: still in `job` */ }
//     ...
//     while (JobPtr done = scheduler.take_finished()) { deliver(*done); }
//
// Order: inside a band jobs start in the order of submission; a higher band starts first, but see
// `starts_before_ageing`; long jobs (`long_job_microseconds`) leave one of two or more workers free, so short
// ones may pass them. Finished jobs come out in the order in which they finished, or see
// set_strict_order(). Every job that submit() accepted comes out of take_finished() exactly once: done,
// failed or cancelled.
//
// Thread rule: one thread, the owner, calls everything here but run_jobs(). No call of the owner waits for a
// lock that a worker could hold: submission and return are lock-free stacks, workers sleep on a semaphore.
// Only stop() and the destructor wait for threads: for the running jobs to notice their cancellation. (What
// no scheduler can mend: the memory allocator has locks of its own. Large blocks are best freed by the thread
// that made them.)
#pragma once

#include "batch/job.h"
#include "batch/spare_blocks.h"
#include "batch/thread_priority.h"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>

namespace cutout::batch {

inline constexpr int max_workers = 256;

// Who runs the jobs: threads that the scheduler starts, or whoever calls run_jobs().
enum class Backend : std::uint8_t { own_threads, guests };

struct WorkerOptions {
    int workers = 0; // 0 = automatic: one fewer than the cores, at least one; [0 .. max_workers], clamped
    ThreadPriority priority = ThreadPriority::lowered; // of own threads
    Backend backend = Backend::own_threads;
};

// What becomes of a submission that finds the queue full.
enum class Overflow : std::uint8_t {
    reject,      // it is refused
    drop_oldest, // the oldest queued job of the lowest band makes room, if that band is no higher than its
                 // own
};

struct Limits {
    std::size_t max_jobs = 65'536;        // accepted and not yet taken
    std::size_t max_bytes = 256UL << 20U; // sum of Job::bytes() of those
};

// Always: queued + running + finished + taken == submitted.
struct Stats {
    std::size_t queued = 0;           // accepted, not yet started
    std::size_t running = 0;          // on a worker now
    std::size_t finished = 0;         // waiting for take_finished()
    std::uint64_t submitted = 0;      // all told
    std::uint64_t taken = 0;          // all told
    std::size_t bytes = 0;            // sum of Job::bytes() over queued, running and finished
    std::int64_t cut_nanoseconds = 0; // time in run(), all finished jobs told
    std::size_t empty_tickets = 0;    // left in the queue by cancelled jobs, about 80 bytes each; bounded
    int workers = 0;                  // threads that take jobs, or guests expected; 0 after stop()
    std::size_t dropped = 0;          // of `finished`, those that made room
};

class Scheduler {
public:
    Scheduler(WorkerOptions options, Limits limits);
    ~Scheduler();
    Scheduler(const Scheduler&) = delete;
    Scheduler& operator=(const Scheduler&) = delete;

    // A fresh id: 1, 2, 3, ...; never handed out twice. For jobs, and for whatever else shares their numbers.
    [[nodiscard]] JobId next_id();

    // True: accepted, and `job` is empty. False: `job` is untouched and still the caller's, because a limit
    // is reached, memory is short, or there are no workers (after stop()). A null job, an id that next_id()
    // did not give, and an id that is not higher than all accepted before are the caller's bug and refused
    // too.
    [[nodiscard]] bool submit(JobPtr& job, Band band, JobId id);

    // True: the job was queued or running, and will come out as Status::cancelled, even if it ends well in
    // the same instant. A queued one is there to be taken at once, whatever the workers are doing.
    // False: unknown, finished, taken, or cancelled before.
    bool cancel(JobId id);
    // How many that made.
    std::size_t cancel_all();

    // Moves a queued job to another band, as the last one there. False: it has started, or is unknown.
    bool set_band(JobId id, Band band);

    // True: so many more jobs with so many bytes would be accepted now. With Overflow::drop_oldest it makes
    // the room, if dropping can: the jobs dropped come out at once, failed with Status::queue_full, and do
    // not count against the limits any more. No more than Limits::max_jobs of those may wait to be taken.
    [[nodiscard]] bool make_room(std::size_t jobs, std::size_t bytes, Band band);
    void set_overflow(Overflow overflow);

    // true: inside a band jobs come out in the order in which they came in, each waiting for those before it.
    void set_strict_order(bool strict);

    // The next finished job without taking it, or null. Stays valid until it is taken.
    [[nodiscard]] const Job* peek_finished();
    // The next finished job, or null.
    [[nodiscard]] JobPtr take_finished();

    // For jobs that were taken, linked by Job::next: Job::shed() on a worker that has time, then destroyed on
    // this thread, in a later dispose() or in stop(). At once where there are no workers.
    void dispose(Job* first);
    // Destroys up to so many of those that were shed meanwhile, so that their memory is there for the next
    // submission.
    void tidy(std::size_t most);

    // A worker that has time makes the memory of the first `spare_jobs` submissions: of their tickets, and in
    // `jobs`, which must outlive this scheduler; and some for their results (warm_heap.h). Nothing happens
    // where there are no workers of our own.
    void make_spares(SpareBlocks& jobs);

    // For each job on a worker now: its id, its progress, 0 to 1, never lower than the last time, and the
    // nanoseconds since it began. `visit` may cancel jobs, and call nothing else here.
    void for_each_running(const std::function<void(JobId, float, std::int64_t)>& visit) const;

    // The time in run() that so large a share of the last jobs did not exceed, of up to `recent_jobs` that
    // ended well. Nanoseconds; 0 before the first. `share` from 0 to 1.
    static constexpr std::size_t recent_jobs = 512;
    [[nodiscard]] std::int64_t cut_quantile(double share) const;

    // Any thread: runs waiting jobs here, until none waits or so long is over; a job that has begun is
    // finished. False: the backend is not Backend::guests, or too many are at it.
    bool run_jobs(std::chrono::microseconds limit);

    [[nodiscard]] Stats stats() const;

    // Changes the workers, and waits for no job: queued ones are kept, running ones end on their old threads,
    // which then leave. Starts workers again after stop().
    void configure(WorkerOptions options);
    // Lower limits drop nothing: they refuse until enough has been taken.
    void set_limits(Limits limits);

    // Calls body(i) once for each i in [0, count), on all idle workers and on the calling thread, and returns
    // when all are done. Goes before every queued job, and never waits for a worker that is on a job. If a
    // body throws, the other indices still run and the first exception is thrown on here. Inside a body or a
    // job (there on any thread) it does the whole loop on that thread.
    void run_parallel(std::size_t count, const std::function<void(std::size_t)>& body);

    // Cancels everything and joins the workers: as soon as the running jobs have looked at their cancel flag.
    // Jobs not yet taken can still be taken. Calling it twice is fine.
    void stop();

private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

} // namespace cutout::batch
