// In which order jobs that have ended come out: as they end, or (strict) in the order in which they came into
// their band. Then a job that has ended waits for those before it.
//
//     order.add(job, band);      // accepted
//     order.end(job);            // has ended: comes out now, or when those before it have
//     Job* next = order.first(); // the next to come out, or null
//     order.take();
//
// Cost: constant, but for what becomes free at once. Thread rule: the owner's alone. It owns no job.
#pragma once

#include "batch/job.h"

#include <array>
#include <cstddef>

namespace cutout::batch {

class DeliveryOrder {
public:
    void set_strict(bool strict);

    // Accepted, or moved to another band: the last one there.
    void add(Job& job, Band band);
    // Leaves its band without having ended; to be added again.
    void remove(Job& job);
    void end(Job& job);

    [[nodiscard]] Job* first() const { return out_first_; }
    void take();
    // Jobs that have ended and are not taken, whether first() comes to them yet or not.
    [[nodiscard]] std::size_t ended() const { return ended_; }

private:
    struct Line { // through earlier_ and later_
        Job* first = nullptr;
        Job* last = nullptr;
    };

    void let_out(Job& job);
    void let_out_heads(Line& line);
    [[nodiscard]] Line& line_of(const Job& job) { return lines_[static_cast<std::size_t>(job.band_)]; }

    std::array<Line, band_count> lines_{};
    Job* out_first_ = nullptr; // linked by Job::next
    Job* out_last_ = nullptr;
    std::size_t ended_ = 0;
    bool strict_ = false;
};

} // namespace cutout::batch
