// Jobs that the owner is done with: a thread that has time frees what they hold. A result may be many small
// blocks, which take longer to free than to make. The jobs themselves go back to the owner: a block is best
// freed by the thread that allocated it, because allocators lock what belongs to another.
//
//     remains.leave(std::move(job));          // owner
//     Job* mine = nullptr;                    // runner, of its own
//     while (remains.shed(8, mine)) { ... }   // Job::shed() for up to so many
//     remains.give_back(mine);                // before the runner leaves
//     remains.destroy_shed();                 // owner; or destroy_shed(100), to spread the cost
//
// Thread rule: leave() and destroy_shed() are the owner's; the rest is for any thread; `mine` belongs to one.
#pragma once

#include "batch/handover_stack.h"
#include "batch/job.h"

#include <cstddef>
#include <limits>

namespace cutout::batch {

class Remains {
public:
    Remains() = default;
    Remains(const Remains&) = delete;
    Remains& operator=(const Remains&) = delete;
    ~Remains() {
        destroy_all(left_.take_all());
        destroy_shed();
    }

    void leave(JobPtr job) { left_.push(job.release()); }
    [[nodiscard]] bool is_empty() const { return left_.empty(); }

    // Sheds up to `count` jobs: of `mine`, and when that is empty, of what was left meanwhile. False: there
    // were none.
    bool shed(std::size_t count, Job*& mine) {
        if (mine == nullptr) mine = left_.take_all();
        if (mine == nullptr) return false;
        for (; count > 0 && mine != nullptr; --count) {
            Job* job = mine;
            mine = job->next;
            job->shed();
            shed_.push(job);
        }
        return true;
    }

    void destroy_shed() { destroy_shed(std::numeric_limits<std::size_t>::max()); }
    // No more than so many.
    void destroy_shed(std::size_t most) {
        if (gone_ == nullptr) gone_ = shed_.take_all();
        for (; most > 0 && gone_ != nullptr; --most) {
            const JobPtr gone(gone_);
            gone_ = gone->next;
            if (gone_ == nullptr) gone_ = shed_.take_all();
        }
    }
    // Where no runner comes to shed any more; some may still be on their way out.
    void destroy_left() { destroy_all(left_.take_all()); }

    void give_back(Job* mine) {
        while (mine != nullptr) {
            Job* next = mine->next;
            left_.push(mine);
            mine = next;
        }
    }

private:
    static void destroy_all(Job* job) {
        while (job != nullptr) {
            const JobPtr gone(job);
            job = gone->next;
        }
    }

    HandoverStack<Job> left_;
    HandoverStack<Job> shed_;
    Job* gone_ = nullptr; // the owner's: taken from shed_
};

} // namespace cutout::batch
