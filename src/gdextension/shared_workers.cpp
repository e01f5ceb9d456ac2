#include "gdextension/shared_workers.h"

#include "batch/scheduler.h"

#include <memory>
#include <mutex>

namespace cutout::engine {

namespace {

struct SharedWorkers {
    std::mutex mutex; // whoever holds it is the scheduler's one owner
    std::unique_ptr<batch::Scheduler> scheduler;
};
SharedWorkers& shared_workers() {
    static SharedWorkers workers;
    return workers;
}

} // namespace

void run_on_shared_workers(std::size_t count, const std::function<void(std::size_t)>& body) {
    SharedWorkers& shared = shared_workers();
    const std::lock_guard lock(shared.mutex);
    if (!shared.scheduler) {
        // Normal priority: the caller waits for them, so a lowered worker would hold up the caller.
        const batch::WorkerOptions options{.workers = 0, .priority = batch::ThreadPriority::normal};
        shared.scheduler = std::make_unique<batch::Scheduler>(options, batch::Limits{});
    }
    shared.scheduler->run_parallel(count, body);
}

void stop_shared_workers() {
    SharedWorkers& shared = shared_workers();
    const std::lock_guard lock(shared.mutex);
    shared.scheduler.reset();
}

} // namespace cutout::engine
