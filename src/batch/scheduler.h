// Jobs in, finished jobs out, and the owner never waits.
//
//     Scheduler scheduler({.workers = 0}, {});                  // 0 = one fewer than the cores, at least one
//     scheduler.submit(std::make_unique<MyJob>(), Band::normal, scheduler.next_id());
//     ...
//     while (JobPtr job = scheduler.take_finished()) { deliver(*job); }
//
// Order: inside a band jobs start in the order of submission; a higher band starts first; finished jobs come
// out in the order in which they finished. Every job that submit() accepted comes out of take_finished()
// exactly once: done, failed or cancelled.
//
// Thread rule: one thread, the owner, calls everything here. No call of the owner takes a lock that a worker
// could hold: submission and return are lock-free stacks, workers sleep on a semaphore. (stop(), configure()
// and the destructor join the workers: they wait for the running jobs to notice their cancellation.)
#pragma once

#include "batch/job.h"

#include <functional>
#include <memory>

namespace cutout::batch {

enum class ThreadPriority : std::uint8_t { lowered, normal };

struct WorkerOptions {
    int workers = 0; // 0 = automatic: one fewer than the cores, at least one; [0 .. 256]
    ThreadPriority priority = ThreadPriority::lowered;
};

struct Limits {
    std::size_t max_jobs = 65'536;        // accepted and not yet taken
    std::size_t max_bytes = 256UL << 20U; // sum of Job::bytes() of those
};

struct Stats {
    std::size_t queued = 0;           // accepted, not yet started
    std::size_t running = 0;          // on a worker now
    std::size_t finished = 0;         // waiting for take_finished()
    std::uint64_t submitted = 0;      // all told
    std::uint64_t taken = 0;          // all told
    std::int64_t cut_nanoseconds = 0; // sum over all finished jobs
    int workers = 0;
};

class Scheduler {
public:
    Scheduler(WorkerOptions options, Limits limits);
    ~Scheduler();
    Scheduler(const Scheduler&) = delete;
    Scheduler& operator=(const Scheduler&) = delete;

    // A fresh id, never 0, never handed out twice.
    [[nodiscard]] JobId next_id();

    // True: accepted. False: a limit is reached; the job is untouched and still the caller's.
    [[nodiscard]] bool submit(JobPtr& job, Band band, JobId id);

    // True: the job was queued or running and will come out as Status::cancelled (or, if it ended in the same
    // instant, as whatever it ended with). False: unknown, already finished, or taken.
    bool cancel(JobId id);
    std::size_t cancel_all();

    // The next finished job without taking it, or null. Stays valid until it is taken.
    [[nodiscard]] const Job* peek_finished();
    // The next finished job, or null.
    [[nodiscard]] JobPtr take_finished();

    // For each job on a worker now: its id and progress, 0 to 1.
    void for_each_running(const std::function<void(JobId, float)>& visit) const;

    [[nodiscard]] Stats stats() const;

    // Changes the workers. Queued and running jobs are kept (running ones finish first).
    void configure(WorkerOptions options);
    void set_limits(Limits limits);

    // Calls body(i) for each i in [0, count) on all workers and on the calling thread, and returns when all
    // are done. Goes before every queued job. body must not throw.
    void run_parallel(std::size_t count, const std::function<void(std::size_t)>& body);

    // Cancels everything and joins the workers, in bounded time. Jobs not yet taken can still be taken.
    void stop();

private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

} // namespace cutout::batch
