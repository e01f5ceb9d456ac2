// The owner's record of all jobs that are queued or running: by id, and for each band in the order in which
// they came into it. Also where tickets come from and go back to.
//
//     Ticket* ticket = book.open(job, id, band, microseconds);   // job submitted
//     book.close(*book.find(id));                                // job finished or withdrawn
//     book.put_back(ticket);                                     // no queue holds the ticket any more
//
// The memory of tickets: spare_blocks.h; blocks() is where another thread may make some.
//
// Cost: all calls but find() are constant; find() is up to `size() / bucket_count` steps. Nothing is ever
// rehashed: a burst of submissions has no slow one among them.
//
// Ownership: every ticket belongs to the book, from open() to put_back(), wherever it travels meanwhile.
//
// Thread rule: the owner's alone.
#pragma once

#include "batch/spare_blocks.h"
#include "batch/ticket.h"

#include <array>
#include <cstddef>

namespace cutout::batch {

class TicketBook {
public:
    TicketBook() = default;
    TicketBook(const TicketBook&) = delete;
    TicketBook& operator=(const TicketBook&) = delete;

    // A ticket for the job, entered in the book as the last of its band. May throw std::bad_alloc; then
    // nothing has changed.
    [[nodiscard]] Ticket* open(Job* job, JobId id, Band band, float microseconds);
    // Strikes the job out. The ticket stays alive: it may still lie in a queue.
    void close(Ticket& ticket);
    // The ticket has come home.
    void put_back(Ticket* ticket);

    [[nodiscard]] Ticket* find(JobId id) const;
    // The job that came into the band first; go on with Ticket::in_book.next.
    [[nodiscard]] Ticket* first(Band band) const { return open_[static_cast<std::size_t>(band)].first; }
    [[nodiscard]] std::size_t size() const { return size_; }
    [[nodiscard]] SpareBlocks& blocks() { return blocks_; }

private:
    // A list through the tickets' links of one kind.
    template <TicketLinks Ticket::*links> struct List {
        Ticket* first = nullptr;
        Ticket* last = nullptr;

        void append(Ticket* ticket) {
            ticket->*links = {.previous = last, .next = nullptr};
            (last == nullptr ? first : (last->*links).next) = ticket;
            last = ticket;
        }
        void remove(Ticket* ticket) {
            const TicketLinks around = ticket->*links;
            (around.previous == nullptr ? first : (around.previous->*links).next) = around.next;
            (around.next == nullptr ? last : (around.next->*links).previous) = around.previous;
        }
    };

    // Ids come one after the other, so their low bits spread them evenly.
    static constexpr std::size_t bucket_count = 4096;
    static std::size_t bucket_of(JobId id) { return static_cast<std::size_t>(id) % bucket_count; }

    std::array<List<&Ticket::in_book>, band_count> open_{};
    std::array<List<&Ticket::in_bucket>, bucket_count> buckets_{};
    std::size_t size_ = 0;
    SpareBlocks blocks_{sizeof(Ticket), spare_jobs};
};

} // namespace cutout::batch
