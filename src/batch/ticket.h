// What waits in the queue in a job's place.
//
// A queue of the jobs themselves could not let go of one in its middle. So the queue holds tickets: the owner
// withdraws a job by one atomic swap, hands it back at once, and the empty ticket is dropped when a worker
// comes to it.
//
// Life: the owner makes a ticket and only the owner frees it. It travels
//
//     owner -> inbox -> FIFO of its band -> (worker) -> finished -> owner
//
// A worker takes several tickets of small jobs at once; each is `queued` until the worker comes to it. A job
// that changes its band gets a new ticket, and the old one travels on empty.
//
// Both a worker that ran its job and a worker that found it withdrawn send it on to `finished`. So a
// ticket that the owner still knows is alive, and workers never call the allocator on the owner's memory.
#pragma once

#include "batch/job.h"

#include <atomic>
#include <cstdint>

namespace cutout::batch {

// queued -> started (by a worker) or queued -> withdrawn (by the owner): whoever swaps it has the job.
enum class TicketState : std::uint8_t { queued, started, withdrawn };

struct Ticket;

struct TicketLinks {
    Ticket* previous = nullptr;
    Ticket* next = nullptr;
};

struct Ticket {
    Ticket* next = nullptr; // link of the queue it is in; belongs to whoever holds that queue
    std::atomic<TicketState> state{TicketState::queued};
    Band band = Band::normal;
    float microseconds = 0.0F; // Job::expected_microseconds()
    JobId id = 0;              // rises in the order of submission, over all bands
    Job* job = nullptr;        // meant for whoever wins the swap; nobody else may look behind it

    // Links of the owner's TicketBook.
    TicketLinks in_book;
    TicketLinks in_bucket;

    [[nodiscard]] bool is_long() const { return microseconds > long_job_microseconds; }

    // Acquire: the job is seen as the other side left it. Release: nothing more is needed, but the loser's
    // acquire load pairs with it.
    [[nodiscard]] bool claim(TicketState by) {
        TicketState expected = TicketState::queued;
        return state.compare_exchange_strong(expected, by, std::memory_order_acq_rel,
                                             std::memory_order_acquire);
    }
};

} // namespace cutout::batch
