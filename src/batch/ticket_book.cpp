#include "batch/ticket_book.h"

namespace cutout::batch {

namespace {
// Tickets kept for the next jobs; about 80 bytes each. Beyond that they go back to the allocator.
constexpr std::size_t max_spare_tickets = 4096;
} // namespace

TicketBook::~TicketBook() {
    while (spare_ != nullptr) {
        Ticket* next = spare_->next;
        delete spare_;
        spare_ = next;
    }
}

Ticket* TicketBook::open(Job* job, JobId id, Band band) {
    auto& entry = by_id_[id];
    Ticket* ticket = spare_;
    if (ticket != nullptr) {
        spare_ = ticket->next;
        --spare_count_;
    } else {
        try {
            ticket = new Ticket;
        } catch (...) {
            by_id_.erase(id);
            throw;
        }
    }
    ticket->next = nullptr;
    // Relaxed: it becomes visible to workers through the push that follows.
    ticket->state.store(TicketState::queued, std::memory_order_relaxed);
    ticket->band = band;
    ticket->sequence = ++last_sequence_;
    ticket->job = job;
    ticket->open_previous = last_;
    ticket->open_next = nullptr;
    (last_ == nullptr ? first_ : last_->open_next) = ticket;
    last_ = ticket;
    entry = ticket;
    return ticket;
}

void TicketBook::close(Ticket* ticket, JobId id) {
    by_id_.erase(id);
    (ticket->open_previous == nullptr ? first_ : ticket->open_previous->open_next) = ticket->open_next;
    (ticket->open_next == nullptr ? last_ : ticket->open_next->open_previous) = ticket->open_previous;
}

void TicketBook::put_back(Ticket* ticket) {
    if (spare_count_ == max_spare_tickets) {
        delete ticket;
        return;
    }
    ticket->next = spare_;
    spare_ = ticket;
    ++spare_count_;
}

Ticket* TicketBook::find(JobId id) const {
    const auto found = by_id_.find(id);
    return found == by_id_.end() ? nullptr : found->second;
}

} // namespace cutout::batch
