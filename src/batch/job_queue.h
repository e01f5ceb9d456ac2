// The jobs that wait: an inbox that the owner pushes on, and behind it one FIFO for each band.
//
//     queue.push(ticket);              // owner: lock-free
//     Ticket* next = queue.pick();     // worker: the next to run, or null
//
// Order: inside a band by submission; a higher band first; and after `starts_before_ageing` starts that
// passed over a longer waiting job, that one.
//
// Thread rule: push(), started() and sweep() are the owner's and never wait. pick() is the workers' and locks
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

class JobQueue {
public:
    // Tickets that were found withdrawn are sent to `dropped`.
    explicit JobQueue(HandoverStack<Ticket>& dropped) : dropped_(dropped) {}

    void push(Ticket* ticket) { inbox_.push(ticket); }
    [[nodiscard]] bool inbox_empty() const { return inbox_.empty(); }

    // The next job's ticket, already in state `started`.
    [[nodiscard]] Ticket* pick();

    // How many pick() gave out, all told.
    [[nodiscard]] std::uint64_t started() const { return started_.load(std::memory_order_relaxed); }

    // Sends all withdrawn tickets to `dropped` unless a worker is inside pick() now. With all workers on long
    // jobs this is what keeps tickets of cancelled jobs from piling up.
    void sweep();

    // Only when no worker is left: the remaining tickets, whatever their state, linked by `next`.
    [[nodiscard]] Ticket* take_rest();

private:
    struct Fifo {
        Ticket* head = nullptr;
        Ticket* tail = nullptr;

        void append(Ticket* ticket) {
            ticket->next = nullptr;
            (head == nullptr ? head : tail->next) = ticket;
            tail = ticket;
        }
        Ticket* pop() {
            Ticket* ticket = head;
            head = ticket->next;
            return ticket;
        }
    };

    // All of these with the mutex held.
    void drain_inbox();
    void drop_withdrawn_heads();
    [[nodiscard]] Fifo* choose(bool& passes_over);

    HandoverStack<Ticket> inbox_;
    HandoverStack<Ticket>& dropped_;
    std::mutex workers_mutex_;
    std::array<Fifo, band_count> bands_{};
    int passed_over_ = 0;
    std::atomic<std::uint64_t> started_{0}; // written with the mutex held, read by the owner without
};

} // namespace cutout::batch
