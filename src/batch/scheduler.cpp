#include "batch/scheduler.h"

#include "batch/delivery_order.h"
#include "batch/guests.h"
#include "batch/recent_times.h"
#include "batch/ticket_book.h"
#include "batch/warm_heap.h"
#include "batch/worker_pool.h"

#include <algorithm>
#include <new>
#include <thread>
#include <utility>
#include <vector>

namespace cutout::batch {

namespace {

// Empty tickets of cancelled jobs that may lie in the queue before the owner clears them out itself.
constexpr std::uint64_t max_empty_tickets = 1024;

thread_local bool inside_parallel_body = false;

// present + more <= limit, without wrapping round.
bool fits(std::size_t present, std::size_t more, std::size_t limit) {
    return present <= limit && more <= limit - present;
}

// What the results of some five hundred sprites take. (bytes)
constexpr std::size_t warm_heap_bytes = std::size_t{4} << 20U;

// Makes a few spare blocks where others are shed: whoever has no job to run has time for it.
class SpareMaker final : public Job {
public:
    SpareMaker(SpareBlocks& tickets, SpareBlocks& jobs, WarmHeap& heap)
        : tickets_(tickets), jobs_(jobs), heap_(heap) {}
    geometry::Failure run(const fracture::Control& /*control*/) override { return {}; }
    void shed() noexcept override {
        tickets_.make(blocks_at_once);
        jobs_.make(blocks_at_once);
        for (std::size_t i = 0; i < parts_at_once && heap_.add(); ++i) {
        }
    }

    // A worker sheds a few at once: a job that comes meanwhile waits some two milliseconds at most.
    static constexpr std::size_t blocks_at_once = 128;
    static_assert(spare_jobs % blocks_at_once == 0);
    static constexpr std::size_t parts_at_once = 2;
    static_assert(spare_jobs / blocks_at_once * parts_at_once * WarmHeap::part_size >= warm_heap_bytes);

private:
    SpareBlocks& tickets_;
    SpareBlocks& jobs_;
    WarmHeap& heap_;
};

int thread_count(const WorkerOptions& options) {
    if (options.workers > 0) return std::min(options.workers, max_workers);
    const auto cores = static_cast<int>(std::min(std::thread::hardware_concurrency(), 1024U));
    return std::clamp(cores - 1, 1, max_workers);
}

} // namespace

struct Scheduler::Impl {
    WarmHeap heap{warm_heap_bytes};
    Work work;
    Guests guests{work};
    Limits limits;
    Overflow overflow = Overflow::reject;
    int workers = 0; // that take jobs now, or guests that are expected
    std::atomic<bool> guests_wanted{false};
    std::unique_ptr<WorkerPool> pool;
    std::vector<std::unique_ptr<WorkerPool>> retired; // leaving: each thread ends after its job

    // The owner's side. Workers see nothing of it.
    TicketBook open;
    DeliveryOrder finished;
    RecentTimes<Scheduler::recent_jobs> recent;
    JobId last_id = 0;        // given out
    JobId last_submitted = 0; // accepted
    std::uint64_t submitted = 0;
    std::uint64_t withdrawn = 0; // tickets: of jobs cancelled or dropped before they started, or moved
    std::uint64_t moved = 0;     // of those, the ones whose job has another ticket now
    std::uint64_t emptied = 0;   // how many withdrawn tickets came home
    std::size_t dropped = 0;     // jobs that made room and are not taken
    std::uint64_t taken = 0;
    std::size_t bytes = 0;
    std::int64_t cut_nanoseconds = 0;

    // Takes over what the workers have finished.
    void collect() {
        Ticket* ticket = work.finished.take_all();
        while (ticket != nullptr) {
            Ticket* next = ticket->next;
            come_home(ticket);
            ticket = next;
        }
    }

    void come_home(Ticket* ticket) {
        if (ticket->state.load(std::memory_order_relaxed) == TicketState::withdrawn) {
            ++emptied;
        } else {
            Job* job = ticket->job;
            open.close(*ticket);
            cut_nanoseconds += job->cut_nanoseconds_;
            // Once cancel() has said yes, a job that ended well in the same instant is a cancelled one too.
            if (job->cancel_.load(std::memory_order_relaxed)) job->mark_cancelled();
            if (job->failure_.ok()) recent.add(job->cut_nanoseconds_);
            finished.end(*job);
        }
        open.put_back(ticket);
    }

    // The job if it had not started, and never will by this ticket; else null.
    Job* withdraw(Ticket* ticket) {
        if (!ticket->claim(TicketState::withdrawn)) return nullptr;
        ++withdrawn;
        open.close(*ticket);
        return ticket->job;
    }

    // True: the job had not started, and never will.
    bool cancel_queued(Ticket* ticket) {
        Job* job = withdraw(ticket);
        if (job == nullptr) return false;
        job->shed();
        job->mark_cancelled();
        finished.end(*job);
        return true;
    }

    bool drop(Ticket* ticket) {
        Job* job = withdraw(ticket);
        if (job == nullptr) return false;
        job->shed();
        job->mark_dropped();
        bytes -= job->counted_bytes_;
        job->counted_bytes_ = 0;
        ++dropped;
        finished.end(*job);
        return true;
    }

    [[nodiscard]] bool has_room(std::size_t jobs, std::size_t more) const {
        const std::size_t held = static_cast<std::size_t>(submitted - taken) - dropped;
        return fits(held, jobs, limits.max_jobs) && fits(bytes, more, limits.max_bytes);
    }

    // visit(Ticket*) for each queued job of the bands up to `highest`, oldest of the lowest first, until it
    // says false. Steps over those that have started: no more than there are runners, and some that end now.
    template <typename Visit> void for_each_queued(Band highest, const Visit& visit) {
        for (std::size_t band = 0; band <= static_cast<std::size_t>(highest); ++band) {
            for (Ticket *ticket = open.first(static_cast<Band>(band)), *next = nullptr; ticket != nullptr;
                 ticket = next) {
                next = ticket->in_book.next;
                if (ticket->state.load(std::memory_order_relaxed) != TicketState::queued) continue;
                if (!visit(ticket)) return;
            }
        }
    }

    // Whether dropping queued jobs can make the room; counted before any is dropped.
    [[nodiscard]] bool can_make_room(std::size_t jobs, std::size_t more, Band band) {
        if (jobs > limits.max_jobs || more > limits.max_bytes || dropped >= limits.max_jobs) return false;
        const std::size_t held = static_cast<std::size_t>(submitted - taken) - dropped;
        std::size_t count = 0;
        std::size_t freed = 0;
        bool enough = false;
        for_each_queued(band, [&](const Ticket* ticket) {
            ++count;
            freed += ticket->job->counted_bytes_;
            enough = fits(held - count, jobs, limits.max_jobs) && fits(bytes - freed, more, limits.max_bytes);
            return !enough && dropped + count < limits.max_jobs;
        });
        return enough;
    }

    [[nodiscard]] bool make_room(std::size_t jobs, std::size_t more, Band band) {
        if (has_room(jobs, more)) return true;
        if (overflow == Overflow::reject) return false;
        collect();
        if (!can_make_room(jobs, more, band)) return false;
        for_each_queued(band, [&](Ticket* ticket) {
            (void)drop(ticket); // a worker may be faster
            return !has_room(jobs, more) && dropped < limits.max_jobs;
        });
        sweep_if_worth_it();
        return has_room(jobs, more);
    }

    // For a job that has started. True: it was not told before.
    static bool tell_to_end(Ticket* ticket) {
        // Relaxed: the flag carries no data; the worker sees it soon.
        return !ticket->job->cancel_.exchange(true, std::memory_order_relaxed);
    }

    void sweep_if_worth_it() {
        // At least as many empty tickets as jobs: so the cost of a sweep is shared by the cancels before it.
        if (withdrawn - emptied < max_empty_tickets + open.size()) return;
        work.queue.sweep();
        collect();
    }

    std::size_t cancel_all() {
        collect();
        std::size_t count = 0;
        // The queued ones first: else a worker set free by the other half would start them one by one.
        for_each_queued(Band::urgent, [&](Ticket* ticket) {
            if (cancel_queued(ticket)) ++count;
            return true;
        });
        for (std::size_t band = 0; band < band_count; ++band) {
            for (Ticket* ticket = open.first(static_cast<Band>(band)); ticket != nullptr;
                 ticket = ticket->in_book.next) {
                if (tell_to_end(ticket)) ++count;
            }
        }
        sweep_if_worth_it();
        return count;
    }

    void start(WorkerOptions options) {
        std::erase_if(retired, [](const auto& old) { return old->gone(); });
        retired.reserve(retired.size() + 1);
        std::unique_ptr<WorkerPool> fresh;
        if (options.backend == Backend::own_threads) {
            fresh = std::make_unique<WorkerPool>(work, thread_count(options), options.priority);
            if (fresh->size() == 0) return; // the system gives no thread: the old ones are better than none
        }
        if (pool != nullptr) {
            pool->retire();
            retired.push_back(std::move(pool));
        }
        pool = std::move(fresh);
        workers = pool != nullptr ? pool->size() : thread_count(options);
        guests_wanted = pool == nullptr;
        if (guests_wanted) {
            guests.open(workers);
        } else {
            guests.send_away();
        }
    }

    void stop() {
        cancel_all();
        if (pool != nullptr) pool->retire();
        pool.reset();
        retired.clear();
        guests_wanted = false;
        guests.close();
        work.remains.destroy_left();
        work.remains.destroy_shed();
        workers = 0;
        collect();
        // All jobs are finished now; what the queue still holds are empty tickets.
        Ticket* ticket = work.queue.take_rest();
        while (ticket != nullptr) {
            Ticket* next = ticket->next;
            come_home(ticket);
            ticket = next;
        }
    }

    JobPtr take() {
        if (finished.first() == nullptr) collect();
        JobPtr job(finished.first());
        if (job == nullptr) return job;
        finished.take();
        ++taken;
        if (job->dropped_) --dropped;
        bytes -= job->counted_bytes_;
        return job;
    }
};

Scheduler::Scheduler(WorkerOptions options, Limits limits) : impl_(std::make_unique<Impl>()) {
    impl_->limits = limits;
    impl_->start(options);
}

Scheduler::~Scheduler() {
    stop();
    while (impl_->take() != nullptr) {
    }
}

JobId Scheduler::next_id() {
    return ++impl_->last_id;
}

bool Scheduler::submit(JobPtr& job, Band band, JobId id) {
    Impl& impl = *impl_;
    if (job == nullptr || id <= impl.last_submitted || id > impl.last_id) return false;
    if (impl.workers == 0) return false;
    const std::size_t bytes = job->bytes();
    if (!impl.make_room(1, bytes, band)) return false;

    Ticket* ticket = nullptr;
    try {
        ticket = impl.open.open(job.get(), id, band, job->expected_microseconds());
    } catch (const std::bad_alloc&) {
        return false;
    }
    job->id_ = id;
    job->counted_bytes_ = bytes;
    impl.last_submitted = id;
    impl.bytes += bytes;
    ++impl.submitted;
    impl.finished.add(*job, band);
    (void)job.release(); // from here on it is in the book
    impl.work.queue.push(ticket);
    if (impl.pool != nullptr) impl.pool->wake(1);
    return true;
}

bool Scheduler::cancel(JobId id) {
    impl_->collect();
    Ticket* ticket = impl_->open.find(id);
    if (ticket == nullptr) return false;
    if (!impl_->cancel_queued(ticket)) return Impl::tell_to_end(ticket);
    impl_->sweep_if_worth_it();
    return true;
}

std::size_t Scheduler::cancel_all() {
    return impl_->cancel_all();
}

bool Scheduler::set_band(JobId id, Band band) {
    Impl& impl = *impl_;
    impl.collect();
    Ticket* old = impl.open.find(id);
    if (old == nullptr || old->state.load(std::memory_order_relaxed) != TicketState::queued) return false;
    if (old->band == band) return true;
    Job* job = old->job;
    Ticket* fresh = nullptr;
    try {
        fresh = impl.open.open(job, id, band, old->microseconds);
    } catch (const std::bad_alloc&) {
        return false;
    }
    if (impl.withdraw(old) == nullptr) { // a worker was faster
        impl.open.close(*fresh);
        impl.open.put_back(fresh);
        return false;
    }
    ++impl.moved;
    impl.finished.remove(*job);
    impl.finished.add(*job, band);
    impl.work.queue.push(fresh);
    if (impl.pool != nullptr) impl.pool->wake(1);
    impl.sweep_if_worth_it();
    return true;
}

bool Scheduler::make_room(std::size_t jobs, std::size_t bytes, Band band) {
    return impl_->make_room(jobs, bytes, band);
}

void Scheduler::set_overflow(Overflow overflow) {
    impl_->overflow = overflow;
}

void Scheduler::set_strict_order(bool strict) {
    impl_->finished.set_strict(strict);
}

const Job* Scheduler::peek_finished() {
    if (impl_->finished.first() == nullptr) impl_->collect();
    return impl_->finished.first();
}

JobPtr Scheduler::take_finished() {
    return impl_->take();
}

void Scheduler::dispose(Job* first) {
    impl_->work.remains.destroy_shed();
    // What was left to threads that are leaving now, or have left: nobody else would come for it.
    if (impl_->pool == nullptr) impl_->work.remains.destroy_left();
    if (first == nullptr) return;
    while (first != nullptr) {
        JobPtr job(first);
        first = job->next;
        if (impl_->pool != nullptr) impl_->work.remains.leave(std::move(job));
    }
    if (impl_->pool != nullptr) impl_->pool->wake(1);
}

void Scheduler::tidy(std::size_t most) {
    impl_->work.remains.destroy_shed(most);
    if (impl_->pool != nullptr) impl_->pool->note_owner_core();
}

void Scheduler::make_spares(SpareBlocks& jobs) {
    Job* first = nullptr;
    for (std::size_t made = 0; made < spare_jobs; made += SpareMaker::blocks_at_once) {
        auto maker = std::make_unique<SpareMaker>(impl_->open.blocks(), jobs, impl_->heap);
        maker->next = first;
        first = maker.release();
    }
    dispose(first);
}

void Scheduler::for_each_running(const std::function<void(JobId, float, std::int64_t)>& visit) const {
    const std::int64_t now = std::chrono::duration_cast<std::chrono::nanoseconds>(
                                 std::chrono::steady_clock::now().time_since_epoch())
                                 .count();
    const auto show = [&visit, now](Job& job) {
        const float progress = std::min(job.progress(), 1.0F);
        if (progress > job.shown_progress_) job.shown_progress_ = progress; // not so for NaN
        const std::int64_t began = job.began();
        visit(job.id_, job.shown_progress_, began == 0 ? 0 : std::max<std::int64_t>(0, now - began));
    };
    impl_->guests.for_each_running(show);
    for (const auto& old : impl_->retired) {
        old->for_each_running(show);
    }
    if (impl_->pool != nullptr) impl_->pool->for_each_running(show);
}

Stats Scheduler::stats() const {
    Impl& impl = *impl_;
    // Read before collect(): so a job that ends in between counts as finished, not as running, and never more
    // are running than there are threads. One that starts and ends in between leaves fewer open than queued.
    const std::uint64_t started = impl.work.started.load(std::memory_order_relaxed);
    impl.collect();
    Stats stats;
    stats.queued = std::min(static_cast<std::size_t>(impl.submitted + impl.moved - impl.withdrawn - started),
                            impl.open.size());
    stats.running = impl.open.size() - stats.queued;
    stats.finished = impl.finished.ended();
    stats.dropped = impl.dropped;
    stats.submitted = impl.submitted;
    stats.taken = impl.taken;
    stats.bytes = impl.bytes;
    stats.cut_nanoseconds = impl.cut_nanoseconds;
    stats.empty_tickets = static_cast<std::size_t>(impl.withdrawn - impl.emptied);
    stats.workers = impl.workers;
    return stats;
}

void Scheduler::configure(WorkerOptions options) {
    impl_->start(options);
}

void Scheduler::set_limits(Limits limits) {
    impl_->limits = limits;
}

void Scheduler::run_parallel(std::size_t count, const std::function<void(std::size_t)>& body) {
    if (count == 0) return;
    if (inside_parallel_body || WorkerPool::on_worker()) {
        for (std::size_t i = 0; i < count; ++i) {
            body(i);
        }
        return;
    }
    struct Inside {
        Inside() { inside_parallel_body = true; }
        ~Inside() { inside_parallel_body = false; }
    };
    const Inside inside;
    ParallelSection& section = impl_->work.parallel;
    section.open(count, body);
    if (impl_->pool != nullptr) impl_->pool->wake(count - 1);
    section.finish();
}

std::int64_t Scheduler::cut_quantile(double share) const {
    impl_->collect();
    return impl_->recent.quantile(share);
}

bool Scheduler::run_jobs(std::chrono::microseconds limit) {
    if (!impl_->guests_wanted) return false;
    return impl_->guests.run_jobs(Guests::Clock::now() + limit);
}

void Scheduler::stop() {
    impl_->stop();
}

} // namespace cutout::batch
