#include "batch/guests.h"

#include "fracture/workspace.h"

#include <cfenv>
#include <thread>

namespace cutout::batch {

void Guests::open(int count) {
    long_jobs_.workers.store(count, std::memory_order_relaxed);
    closed_.store(false, std::memory_order_seq_cst);
}

void Guests::send_away() {
    closed_.store(true, std::memory_order_seq_cst);
}

void Guests::close() {
    send_away();
    while (inside_.load(std::memory_order_seq_cst) > 0) {
        std::this_thread::yield();
    }
}

std::size_t Guests::take_place() {
    for (std::size_t i = 0; i < max_guests; ++i) {
        if (!taken_[i].exchange(true, std::memory_order_acquire)) return i;
    }
    return max_guests;
}

bool Guests::run_jobs(Clock::time_point deadline) {
    // Both sequentially consistent, here and in close(): either we see that it is closed, or it sees us.
    inside_.fetch_add(1, std::memory_order_seq_cst);
    struct Leave {
        std::atomic<int>& inside;
        ~Leave() { inside.fetch_sub(1, std::memory_order_seq_cst); }
    };
    const Leave leave{inside_};
    if (closed_.load(std::memory_order_seq_cst)) return false;
    const std::size_t place = take_place();
    if (place == max_guests) return false;

    // The thread's own rounding and denormal modes come back afterwards; results must not depend on them.
    std::fenv_t environment{};
    std::fegetenv(&environment);
    std::fesetenv(FE_DFL_ENV);
    {
        fracture::Workspace workspace;
        while (!closed_.load(std::memory_order_relaxed)) {
            Ticket* chain = work_.queue.pick(long_jobs_);
            if (chain == nullptr) break;
            Runner::run(work_, chain, long_jobs_, places_[place], workspace);
            if (Clock::now() >= deadline) break;
        }
    }
    std::fesetenv(&environment);
    taken_[place].store(false, std::memory_order_release);
    return true;
}

} // namespace cutout::batch
