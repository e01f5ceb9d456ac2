#include "batch/parallel_section.h"

#include <utility>

namespace cutout::batch {

void ParallelSection::open(std::size_t count, const Body& body) {
    body_ = &body;
    count_ = count;
    done_.store(0, std::memory_order_relaxed);
    threw_.store(false, std::memory_order_relaxed);
    // Release (in seq_cst) publishes the above; seq_cst faces the sleeping workers, as HandoverStack::push.
    unclaimed_.store(count, std::memory_order_seq_cst);
}

ParallelSection::Outcome ParallelSection::run_one() {
    std::size_t unclaimed = unclaimed_.load(std::memory_order_relaxed);
    do {
        if (unclaimed == 0) return Outcome::nothing_left;
        // Acquire pairs with open(): later claims are read-modify-writes and continue its release sequence.
    } while (!unclaimed_.compare_exchange_weak(unclaimed, unclaimed - 1, std::memory_order_acquire,
                                               std::memory_order_relaxed));
    const std::size_t count = count_;
    try {
        (*body_)(count - unclaimed);
    } catch (...) {
        if (!threw_.exchange(true, std::memory_order_relaxed)) first_error_ = std::current_exception();
    }
    // Release: what body wrote is seen by the caller. Acquire: the last one hands on what all others wrote.
    // From here on this thread touches nothing of this loop.
    const std::size_t done = done_.fetch_add(1, std::memory_order_acq_rel) + 1;
    return done == count ? Outcome::ran_and_was_last : Outcome::ran;
}

bool ParallelSection::help() {
    bool helped = false;
    for (;;) {
        switch (run_one()) {
        case Outcome::nothing_left:
            return helped;
        case Outcome::ran:
            helped = true;
            break;
        case Outcome::ran_and_was_last:
            all_done_.release();
            return true;
        }
    }
}

void ParallelSection::finish() {
    Outcome outcome = Outcome::ran;
    while (outcome == Outcome::ran) {
        outcome = run_one();
    }
    // Either the caller was last, or exactly one helper is and releases one token.
    if (outcome == Outcome::nothing_left) all_done_.acquire();
    body_ = nullptr;
    if (threw_.load(std::memory_order_relaxed)) {
        std::rethrow_exception(std::exchange(first_error_, nullptr));
    }
}

} // namespace cutout::batch
