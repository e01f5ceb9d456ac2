#include "batch/scheduler.h"

#include "batch/ticket_book.h"
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

int thread_count(const WorkerOptions& options) {
    if (options.workers > 0) return std::min(options.workers, max_workers);
    const auto cores = static_cast<int>(std::min(std::thread::hardware_concurrency(), 1024U));
    return std::clamp(cores - 1, 1, max_workers);
}

} // namespace

struct Scheduler::Impl {
    Work work;
    Limits limits;
    std::unique_ptr<WorkerPool> pool;
    std::vector<std::unique_ptr<WorkerPool>> retired; // leaving: each thread ends after its job

    // The owner's side. Workers see nothing of it.
    TicketBook open;
    Job* finished_first = nullptr; // oldest first, linked by Job::next_
    Job* finished_last = nullptr;
    std::size_t finished_count = 0;
    JobId last_id = 0;        // given out
    JobId last_submitted = 0; // accepted
    std::uint64_t submitted = 0;
    std::uint64_t withdrawn = 0; // cancelled before they started
    std::uint64_t dropped = 0;   // how many tickets of those came home
    std::uint64_t taken = 0;
    std::size_t bytes = 0;
    std::int64_t cut_nanoseconds = 0;

    void finish(Job* job) {
        job->next_ = nullptr;
        (finished_first == nullptr ? finished_first : finished_last->next_) = job;
        finished_last = job;
        ++finished_count;
    }

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
            ++dropped;
        } else {
            Job* job = ticket->job;
            open.close(*ticket);
            cut_nanoseconds += job->cut_nanoseconds_;
            // Once cancel() has said yes, a job that ended well in the same instant is a cancelled one too.
            if (job->cancel_.load(std::memory_order_relaxed)) job->mark_cancelled();
            finish(job);
        }
        open.put_back(ticket);
    }

    // True: the job had not started, and never will.
    bool withdraw(Ticket* ticket) {
        if (!ticket->claim(TicketState::withdrawn)) return false;
        ++withdrawn;
        Job* job = ticket->job;
        open.close(*ticket);
        job->mark_cancelled();
        finish(job);
        return true;
    }

    // For a job that has started. True: it was not told before.
    static bool tell_to_end(Ticket* ticket) {
        // Relaxed: the flag carries no data; the worker sees it soon.
        return !ticket->job->cancel_.exchange(true, std::memory_order_relaxed);
    }

    void sweep_if_worth_it() {
        // At least as many empty tickets as jobs: so the cost of a sweep is shared by the cancels before it.
        if (withdrawn - dropped < max_empty_tickets + open.size()) return;
        work.queue.sweep();
        collect();
    }

    std::size_t cancel_all() {
        collect();
        std::size_t count = 0;
        // The queued ones first: else a worker set free by the other half would start them one by one.
        for (Ticket *ticket = open.first(), *next = nullptr; ticket != nullptr; ticket = next) {
            next = ticket->in_book.next;
            if (withdraw(ticket)) ++count;
        }
        for (Ticket* ticket = open.first(); ticket != nullptr; ticket = ticket->in_book.next) {
            if (tell_to_end(ticket)) ++count;
        }
        sweep_if_worth_it();
        return count;
    }

    void start(WorkerOptions options) {
        std::erase_if(retired, [](const auto& old) { return old->gone(); });
        retired.reserve(retired.size() + 1);
        auto fresh = std::make_unique<WorkerPool>(work, thread_count(options), options.priority);
        if (fresh->size() == 0) return; // the system gives no thread: the old ones are better than none
        if (pool != nullptr) {
            pool->retire();
            retired.push_back(std::move(pool));
        }
        pool = std::move(fresh);
    }

    void stop() {
        cancel_all();
        if (pool != nullptr) pool->retire();
        pool.reset();
        retired.clear();
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
        if (finished_first == nullptr) collect();
        JobPtr job(finished_first);
        if (job == nullptr) return job;
        finished_first = job->next_;
        --finished_count;
        ++taken;
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
    if (impl.pool == nullptr) return false;
    const std::uint64_t held = impl.submitted - impl.taken;
    if (held >= impl.limits.max_jobs) return false;
    const std::size_t bytes = job->bytes();
    if (impl.bytes > impl.limits.max_bytes || bytes > impl.limits.max_bytes - impl.bytes) return false;

    Ticket* ticket = nullptr;
    try {
        ticket = impl.open.open(job.get(), id, band);
    } catch (const std::bad_alloc&) {
        return false;
    }
    job->id_ = id;
    job->counted_bytes_ = bytes;
    impl.last_submitted = id;
    impl.bytes += bytes;
    ++impl.submitted;
    (void)job.release(); // from here on it is in the book
    impl.work.queue.push(ticket);
    impl.pool->wake(1);
    return true;
}

bool Scheduler::cancel(JobId id) {
    impl_->collect();
    Ticket* ticket = impl_->open.find(id);
    if (ticket == nullptr) return false;
    if (!impl_->withdraw(ticket)) return Impl::tell_to_end(ticket);
    impl_->sweep_if_worth_it();
    return true;
}

std::size_t Scheduler::cancel_all() {
    return impl_->cancel_all();
}

const Job* Scheduler::peek_finished() {
    if (impl_->finished_first == nullptr) impl_->collect();
    return impl_->finished_first;
}

JobPtr Scheduler::take_finished() {
    return impl_->take();
}

void Scheduler::for_each_running(const std::function<void(JobId, float)>& visit) const {
    const auto show = [&visit](Job& job) {
        const float progress = std::min(job.progress(), 1.0F);
        if (progress > job.shown_progress_) job.shown_progress_ = progress; // not so for NaN
        visit(job.id_, job.shown_progress_);
    };
    for (const auto& old : impl_->retired) {
        old->for_each_running(show);
    }
    if (impl_->pool != nullptr) impl_->pool->for_each_running(show);
}

Stats Scheduler::stats() const {
    Impl& impl = *impl_;
    // Read before collect(): so a job that ends in between counts as finished, not as running, and never more
    // are running than there are threads. One that starts and ends in between leaves fewer open than queued.
    const std::uint64_t started = impl.work.queue.started();
    impl.collect();
    Stats stats;
    stats.queued =
        std::min(static_cast<std::size_t>(impl.submitted - impl.withdrawn - started), impl.open.size());
    stats.running = impl.open.size() - stats.queued;
    stats.finished = impl.finished_count;
    stats.submitted = impl.submitted;
    stats.taken = impl.taken;
    stats.bytes = impl.bytes;
    stats.cut_nanoseconds = impl.cut_nanoseconds;
    stats.empty_tickets = static_cast<std::size_t>(impl.withdrawn - impl.dropped);
    stats.workers = impl.pool == nullptr ? 0 : impl.pool->size();
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

void Scheduler::stop() {
    impl_->stop();
}

} // namespace cutout::batch
