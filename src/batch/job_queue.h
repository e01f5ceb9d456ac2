// The jobs that wait: an inbox that the owner pushes on, and behind it for each band one FIFO of short jobs
// and one of long ones.
//
//     queue.push(ticket);                 // owner: lock-free
//     Ticket* chain = queue.pick(long);   // worker: the next to run, linked by `next`, or null
//
// Order: inside a band by submission; a higher band first; and after `starts_before_ageing` starts that
// passed over a longer waiting job, that one. Long jobs leave one worker free: while all others are on long
// ones, short jobs that came later pass them.
//
// Small jobs are handed out several at a time, as many as are expected to take `group_microseconds` together
// and no more than half of an equal share of what waits: so the lock is far from every job's way, and no
// worker sits on work that another could do.
//
// Thread rule: push() and sweep() are the owner's and never wait. pick() is the workers' and locks
// against other workers alone: the mutex is never waited for by the owner.
#pragma once

#include "batch/handover_stack.h"
#include "batch/ticket.h"

#include <array>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <mutex>

namespace cutout::batch {

// A group of small jobs that a worker takes at once: at most so many, expected to take at most so long.
inline constexpr int group_jobs = 8;
inline constexpr float group_microseconds = 100.0F;

// How many long jobs may be on the workers of one pool, and how many are.
struct LongJobs {
    std::atomic<int> workers{1};
    std::atomic<int> running{0};

    // One worker stays free for short jobs, if there are two.
    [[nodiscard]] bool may_start() const {
        const int all = workers.load(std::memory_order_relaxed);
        return all < 2 || running.load(std::memory_order_relaxed) < all - 1;
    }
};

class JobQueue {
public:
    // Tickets that were found withdrawn are sent to `dropped`.
    explicit JobQueue(HandoverStack<Ticket>& dropped) : dropped_(dropped) {}

    void push(Ticket* ticket) { inbox_.push(ticket); }
    [[nodiscard]] bool inbox_empty() const { return inbox_.empty(); }

    // The next jobs' tickets, in order; the caller claims each as it comes to it. A long job comes alone and
    // is counted in `long_jobs`: the caller counts it out again.
    [[nodiscard]] Ticket* pick(LongJobs& long_jobs);

    // Sends all withdrawn tickets to `dropped` unless a worker is inside pick() now. With all workers on long
    // jobs this is what keeps tickets of cancelled jobs from piling up.
    void sweep();

    // Only when no worker is left: the remaining tickets, whatever their state, linked by `next`.
    [[nodiscard]] Ticket* take_rest();

private:
    struct Fifo {
        Ticket* head = nullptr;
        Ticket* tail = nullptr;
        std::size_t size = 0;

        void append(Ticket* ticket) {
            ticket->next = nullptr;
            (head == nullptr ? head : tail->next) = ticket;
            tail = ticket;
            ++size;
        }
        Ticket* pop() {
            Ticket* ticket = head;
            head = ticket->next;
            --size;
            return ticket;
        }
    };
    struct Choice {
        Fifo* fifo = nullptr;
        bool passes_over = false; // a longer waiting job of a lower band
    };

    static constexpr std::size_t fifo_count = 2 * band_count; // rising bands; in each: short, long
    static std::size_t fifo_of(const Ticket& ticket) {
        return 2 * static_cast<std::size_t>(ticket.band) + (ticket.is_long() ? 1 : 0);
    }

    // All of these with the mutex held.
    void drain_inbox();
    void drop_withdrawn_heads();
    [[nodiscard]] Choice choose(bool long_ones);
    [[nodiscard]] Ticket* take_group(Fifo& fifo, int workers);

    HandoverStack<Ticket> inbox_;
    HandoverStack<Ticket>& dropped_;
    std::mutex workers_mutex_;
    std::array<Fifo, fifo_count> fifos_{};
    int passed_over_ = 0;
};

} // namespace cutout::batch
