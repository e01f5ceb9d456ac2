// One loop shared between a calling thread and whichever workers have time for it.
//
//     section.open(count, body);
//     wake_workers();
//     section.finish();         // the caller takes part, then waits for indices still in other hands
//     // meanwhile, on workers: section.help();
//
// Nobody is waited for but those who are inside body(i): a worker that is busy elsewhere, asleep or late
// simply claims nothing, and the caller alone can do it all.
//
// Thread rule: one caller at a time calls open() and finish(); help() and is_open() are for any thread.
#pragma once

#include "batch/semaphore.h"

#include <atomic>
#include <cstddef>
#include <exception>
#include <functional>

namespace cutout::batch {

class ParallelSection {
public:
    using Body = std::function<void(std::size_t)>;

    void open(std::size_t count, const Body& body);
    // Returns when body has returned for every index. Then rethrows the first exception that a body threw.
    void finish();

    // Takes indices until none is left. True: took at least one.
    bool help();
    [[nodiscard]] bool is_open() const { return unclaimed_.load(std::memory_order_seq_cst) > 0; }

private:
    enum class Outcome { nothing_left, ran, ran_and_was_last };
    [[nodiscard]] Outcome run_one();

    // Indices not yet claimed; claiming is lowering it by one. A claim made with a count read in an earlier
    // loop is a good claim in this one, because body_ and count_ are read after it.
    alignas(64) std::atomic<std::size_t> unclaimed_{0};
    alignas(64) std::atomic<std::size_t> done_{0};
    // Written before unclaimed_ is raised, not touched again until done_ == count_: whoever holds a claim may
    // read them.
    alignas(64) const Body* body_ = nullptr;
    std::size_t count_ = 0;
    std::atomic<bool> threw_{false};
    std::exception_ptr first_error_; // written by whoever raised threw_, read when all is done
    Semaphore all_done_;             // released when a helper, not the caller, was last
};

} // namespace cutout::batch
