// Jobs that the owner is done with, on their way to a thread that has time to destroy them: what a result
// holds may be many small blocks, and to free those takes longer than to make them.
//
//     remains.leave(std::move(job));          // owner
//     Job* mine = nullptr;                    // runner, of its own
//     while (remains.bury(8, mine)) { ... }   // destroys up to so many
//     remains.give_back(mine);                // before the runner leaves
//
// Thread rule: leave() and is_empty() from any thread; `mine` belongs to one.
#pragma once

#include "batch/handover_stack.h"
#include "batch/job.h"

#include <cstddef>

namespace cutout::batch {

class Remains {
public:
    Remains() = default;
    Remains(const Remains&) = delete;
    Remains& operator=(const Remains&) = delete;
    ~Remains() {
        for (Job* mine = nullptr; bury(1, mine);) {
        }
    }

    void leave(JobPtr job) { stack_.push(job.release()); }
    [[nodiscard]] bool is_empty() const { return stack_.empty(); }

    // Destroys up to `count` jobs: of `mine`, and when that is empty, of what was left meanwhile. False:
    // there were none.
    bool bury(std::size_t count, Job*& mine) {
        if (mine == nullptr) mine = stack_.take_all();
        if (mine == nullptr) return false;
        for (; count > 0 && mine != nullptr; --count) {
            const JobPtr job(mine);
            mine = job->next;
        }
        return true;
    }

    void give_back(Job* mine) {
        while (mine != nullptr) {
            Job* next = mine->next;
            stack_.push(mine);
            mine = next;
        }
    }

private:
    HandoverStack<Job> stack_;
};

} // namespace cutout::batch
