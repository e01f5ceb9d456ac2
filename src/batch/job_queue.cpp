#include "batch/job_queue.h"

namespace cutout::batch {

void JobQueue::drain_inbox() {
    Ticket* ticket = inbox_.take_all();
    while (ticket != nullptr) {
        Ticket* next = ticket->next;
        bands_[static_cast<std::size_t>(ticket->band)].append(ticket);
        ticket = next;
    }
}

void JobQueue::drop_withdrawn_heads() {
    for (Fifo& band : bands_) {
        while (band.head != nullptr &&
               band.head->state.load(std::memory_order_acquire) == TicketState::withdrawn) {
            dropped_.push(band.pop());
        }
    }
}

JobQueue::Fifo* JobQueue::choose(bool& passes_over) {
    Fifo* highest = nullptr;
    Fifo* longest_waiting = nullptr;
    for (Fifo& band : bands_) { // rising bands
        if (band.head == nullptr) continue;
        highest = &band;
        if (longest_waiting == nullptr || band.head->id < longest_waiting->head->id) {
            longest_waiting = &band;
        }
    }
    passes_over = highest != longest_waiting && passed_over_ < starts_before_ageing;
    return passes_over ? highest : longest_waiting;
}

Ticket* JobQueue::pick() {
    const std::lock_guard<std::mutex> lock(workers_mutex_);
    drain_inbox();
    for (;;) {
        drop_withdrawn_heads();
        bool passes_over = false;
        Fifo* band = choose(passes_over);
        if (band == nullptr) return nullptr;
        Ticket* ticket = band->pop();
        if (!ticket->claim(TicketState::started)) { // withdrawn a moment ago
            dropped_.push(ticket);
            continue;
        }
        passed_over_ = passes_over ? passed_over_ + 1 : 0;
        started_.store(started_.load(std::memory_order_relaxed) + 1, std::memory_order_relaxed);
        return ticket;
    }
}

void JobQueue::sweep() {
    const std::unique_lock<std::mutex> lock(workers_mutex_, std::try_to_lock);
    if (!lock.owns_lock()) return; // a worker is at it, and drops what it finds
    drain_inbox();
    for (Fifo& band : bands_) {
        Fifo kept;
        while (band.head != nullptr) {
            Ticket* ticket = band.pop();
            if (ticket->state.load(std::memory_order_acquire) == TicketState::withdrawn) {
                dropped_.push(ticket);
            } else {
                kept.append(ticket);
            }
        }
        band = kept;
    }
}

Ticket* JobQueue::take_rest() {
    const std::lock_guard<std::mutex> lock(workers_mutex_);
    drain_inbox();
    Fifo all;
    for (Fifo& band : bands_) {
        while (band.head != nullptr) {
            all.append(band.pop());
        }
    }
    return all.head;
}

} // namespace cutout::batch
