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

Ticket* TicketBook::open(Job* job, JobId id, Band band, float microseconds) {
    Ticket* ticket = spare_;
    if (ticket != nullptr) {
        spare_ = ticket->next;
        --spare_count_;
    } else {
        ticket = new Ticket;
    }
    ticket->next = nullptr;
    // Relaxed: it becomes visible to workers through the push that follows.
    ticket->state.store(TicketState::queued, std::memory_order_relaxed);
    ticket->band = band;
    ticket->microseconds = microseconds;
    ticket->id = id;
    ticket->job = job;
    open_[static_cast<std::size_t>(band)].append(ticket);
    buckets_[bucket_of(id)].append(ticket);
    ++size_;
    return ticket;
}

void TicketBook::close(Ticket& ticket) {
    open_[static_cast<std::size_t>(ticket.band)].remove(&ticket);
    buckets_[bucket_of(ticket.id)].remove(&ticket);
    --size_;
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
    Ticket* ticket = buckets_[bucket_of(id)].first;
    while (ticket != nullptr && ticket->id != id) {
        ticket = ticket->in_bucket.next;
    }
    return ticket;
}

} // namespace cutout::batch
