#include "batch/runner.h"

namespace cutout::batch {

void Runner::run(Work& work, Ticket* chain, LongJobs& long_jobs, Place& place,
                 fracture::Workspace& workspace) {
    while (chain != nullptr) {
        Ticket* ticket = chain;
        chain = ticket->next;
        const bool is_long = ticket->is_long();
        if (ticket->claim(TicketState::started)) {
            // Relaxed: a count, read by the owner for figures only.
            work.started.fetch_add(1, std::memory_order_relaxed);
            Job& job = *ticket->job;
            place.running.store(&job, std::memory_order_release);
            job.execute(&workspace);
            place.running.store(nullptr, std::memory_order_release);
        }
        if (is_long) long_jobs.running.fetch_sub(1, std::memory_order_relaxed);
        work.finished.push(ticket); // the job is the owner's again, and so is an empty ticket
    }
}

} // namespace cutout::batch
