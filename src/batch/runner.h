// What everybody shares who runs jobs, and how a job is run: by a worker of ours (WorkerPool) or by a thread
// that only lends itself (Guests).
//
// Thread rule: any thread; a Place and a Workspace belong to one thread at a time.
#pragma once

#include "batch/handover_stack.h"
#include "batch/job_queue.h"
#include "batch/parallel_section.h"
#include "batch/remains.h"

#include <atomic>
#include <cstdint>

namespace cutout::fracture {
struct Workspace;
}

namespace cutout::batch {

// What the owner and all runners share. Outlives every runner.
struct Work {
    HandoverStack<Ticket> finished; // started and ended, or withdrawn and dropped
    JobQueue queue{finished};
    ParallelSection parallel;
    Remains remains;
    alignas(64) std::atomic<std::uint64_t> started{0}; // jobs, all told
};

// Where a runner shows what it is on.
struct alignas(64) Place {
    // Emptied before the job is pushed onto `finished`: so once the owner has taken the job from there, it
    // can no longer read it here.
    std::atomic<Job*> running{nullptr};
};

struct Runner {
    // Runs the jobs of a chain that JobQueue::pick gave, but for those withdrawn meanwhile.
    static void run(Work& work, Ticket* chain, LongJobs& long_jobs, Place& place,
                    fracture::Workspace& workspace);
};

} // namespace cutout::batch
