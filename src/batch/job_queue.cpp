#include "batch/job_queue.h"

#include <algorithm>

namespace cutout::batch {

void JobQueue::drain_inbox() {
    Ticket* ticket = inbox_.take_all();
    while (ticket != nullptr) {
        Ticket* next = ticket->next;
        fifos_[fifo_of(*ticket)].append(ticket);
        ticket = next;
    }
}

void JobQueue::drop_withdrawn_heads() {
    for (Fifo& fifo : fifos_) {
        while (fifo.head != nullptr &&
               fifo.head->state.load(std::memory_order_acquire) == TicketState::withdrawn) {
            dropped_.push(fifo.pop());
        }
    }
}

JobQueue::Choice JobQueue::choose(bool long_ones) {
    Fifo* highest = nullptr;
    Fifo* longest_waiting = nullptr;
    for (std::size_t i = 0; i < fifo_count; ++i) { // rising bands
        Fifo& fifo = fifos_[i];
        const bool is_long = i % 2 == 1;
        if (fifo.head == nullptr || (is_long && !long_ones)) continue;
        // Inside a band the two are one FIFO, as far as long ones may start.
        const bool same_band = highest == &fifos_[i - i % 2] && is_long;
        if (!same_band || fifo.head->id < highest->head->id) highest = &fifo;
        if (longest_waiting == nullptr || fifo.head->id < longest_waiting->head->id) {
            longest_waiting = &fifo;
        }
    }
    const bool passes_over = highest != longest_waiting && passed_over_ < starts_before_ageing;
    return {passes_over ? highest : longest_waiting, passes_over};
}

Ticket* JobQueue::take_group(Fifo& fifo, int workers) {
    // Half of an equal share: what comes in late still finds something to share.
    const std::size_t share = fifo.size / (2 * static_cast<std::size_t>(std::max(workers, 1)));
    Fifo group;
    float microseconds = fifo.head->microseconds;
    group.append(fifo.pop());
    while (fifo.head != nullptr && group.size < std::min<std::size_t>(group_jobs, share)) {
        microseconds += fifo.head->microseconds;
        if (microseconds > group_microseconds) break;
        group.append(fifo.pop());
    }
    return group.head;
}

Ticket* JobQueue::pick(LongJobs& long_jobs) {
    const std::lock_guard<std::mutex> lock(workers_mutex_);
    drain_inbox();
    drop_withdrawn_heads();
    const Choice choice = choose(long_jobs.may_start());
    if (choice.fifo == nullptr) return nullptr;
    const std::size_t before = choice.fifo->size;
    Ticket* chain = take_group(*choice.fifo, long_jobs.workers.load(std::memory_order_relaxed));
    if (chain->is_long()) long_jobs.running.fetch_add(1, std::memory_order_relaxed);
    const auto count = static_cast<int>(before - choice.fifo->size);
    passed_over_ = choice.passes_over ? passed_over_ + count : 0;
    return chain;
}

void JobQueue::sweep() {
    const std::unique_lock<std::mutex> lock(workers_mutex_, std::try_to_lock);
    if (!lock.owns_lock()) return; // a worker is at it, and drops what it finds
    drain_inbox();
    for (Fifo& fifo : fifos_) {
        Fifo kept;
        while (fifo.head != nullptr) {
            Ticket* ticket = fifo.pop();
            if (ticket->state.load(std::memory_order_acquire) == TicketState::withdrawn) {
                dropped_.push(ticket);
            } else {
                kept.append(ticket);
            }
        }
        fifo = kept;
    }
}

Ticket* JobQueue::take_rest() {
    const std::lock_guard<std::mutex> lock(workers_mutex_);
    drain_inbox();
    Fifo all;
    for (Fifo& fifo : fifos_) {
        while (fifo.head != nullptr) {
            all.append(fifo.pop());
        }
    }
    return all.head;
}

} // namespace cutout::batch
