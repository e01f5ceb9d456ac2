// The owner's record of all jobs that are queued or running: by id, and in the order of submission. Also
// where tickets come from and go back to.
//
// Ownership: every ticket belongs to the book, from make() to put_back(), wherever it travels meanwhile.
//
// Thread rule: the owner's alone.
#pragma once

#include "batch/ticket.h"

#include <cstddef>
#include <unordered_map>

namespace cutout::batch {

class TicketBook {
public:
    TicketBook() = default;
    ~TicketBook();
    TicketBook(const TicketBook&) = delete;
    TicketBook& operator=(const TicketBook&) = delete;

    // A ticket for the job, entered in the book. May throw std::bad_alloc; then nothing has changed.
    [[nodiscard]] Ticket* open(Job* job, JobId id, Band band);
    // Strikes the job out. The ticket stays alive: it may still lie in a queue.
    void close(Ticket* ticket, JobId id);
    // The ticket has come home, and no queue holds it any more.
    void put_back(Ticket* ticket);

    [[nodiscard]] Ticket* find(JobId id) const;
    [[nodiscard]] Ticket* first() const { return first_; } // go on with Ticket::open_next
    [[nodiscard]] std::size_t size() const { return by_id_.size(); }

private:
    std::unordered_map<JobId, Ticket*> by_id_;
    Ticket* first_ = nullptr;
    Ticket* last_ = nullptr;
    Ticket* spare_ = nullptr; // linked by Ticket::next
    std::size_t spare_count_ = 0;
    std::uint64_t last_sequence_ = 0;
};

} // namespace cutout::batch
