#include "batch/ticket_book.h"

#include <new>
#include <type_traits>

namespace cutout::batch {

Ticket* TicketBook::open(Job* job, JobId id, Band band, float microseconds) {
    auto* ticket = new (blocks_.take()) Ticket;
    // It becomes visible to workers through the push that follows.
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
    static_assert(std::is_trivially_destructible_v<Ticket>);
    blocks_.give_back(ticket);
}

Ticket* TicketBook::find(JobId id) const {
    Ticket* ticket = buckets_[bucket_of(id)].first;
    while (ticket != nullptr && ticket->id != id) {
        ticket = ticket->in_bucket.next;
    }
    return ticket;
}

} // namespace cutout::batch
