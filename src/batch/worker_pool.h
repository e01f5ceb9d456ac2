// A set of threads that run what waits. A pool never grows or shrinks: to change the workers, make another
// pool and retire this one; each of its threads leaves after the job it is on.
//
// Order: a worker first helps an open ParallelSection, then takes the next job of the queue.
//
// Thread rule: everything public is for the owner. wake() and retire() never wait; the destructor joins.
#pragma once

#include "batch/runner.h"
#include "batch/semaphore.h"
#include "batch/thread_priority.h"

#include <atomic>
#include <memory>
#include <thread>
#include <vector>

namespace cutout::batch {

class WorkerPool {
public:
    // Starts `count` threads, or as many as the system gives: see size().
    WorkerPool(Work& work, int count, ThreadPriority priority);
    ~WorkerPool();
    WorkerPool(const WorkerPool&) = delete;
    WorkerPool& operator=(const WorkerPool&) = delete;

    [[nodiscard]] int size() const { return static_cast<int>(threads_.size()); }

    // Call after pushing work: wakes up to `count` workers that sleep. No system call if none does.
    void wake(std::size_t count);

    // Lowered workers keep off the core that the owner is on now. Call it now and then: it costs some
    // nanoseconds.
    void note_owner_core();

    // No further job starts here once the running ones have ended.
    void retire();
    // True: retired, and every thread has left its loop, so that joining is short.
    [[nodiscard]] bool gone() const { return inside_.load(std::memory_order_acquire) == 0; }

    // visit(Job&) for each job that is on a worker of this pool. The jobs stay alive until the owner takes
    // them.
    template <typename Visit> void for_each_running(const Visit& visit) const {
        for (std::size_t i = 0; i < threads_.size(); ++i) {
            Job* job = places_[i].running.load(std::memory_order_acquire);
            if (job != nullptr) visit(*job);
        }
    }

    // True on a worker of any pool.
    [[nodiscard]] static bool on_worker();

private:
    void loop(int index);
    [[nodiscard]] Ticket* next_or_sleep(bool& announced);
    [[nodiscard]] bool something_to_do() const;

    Work& work_;
    const ThreadPriority priority_;
    std::unique_ptr<Place[]> places_; // one for each thread
    LongJobs long_jobs_;
    std::vector<std::thread> threads_;
    alignas(64) std::atomic<int> sleepers_{0}; // announced their sleep and nobody has paid their token yet
    std::atomic<int> owner_core_{-1};          // on which it was when it woke somebody
    std::atomic<bool> retiring_{false};
    std::atomic<int> inside_{0}; // threads in loop()
    Semaphore tokens_;
};

} // namespace cutout::batch
