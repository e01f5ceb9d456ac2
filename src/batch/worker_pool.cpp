#include "batch/worker_pool.h"

#include "fracture/workspace.h"

#include <algorithm>
#include <cfenv>
#include <exception>
#include <string>

#if defined(__x86_64__) || defined(_M_X64)
#include <immintrin.h>
#endif

namespace cutout::batch {

namespace {

// Looks for work before a worker goes to sleep, a few microseconds in all: waking a thread costs the owner a
// system call, and jobs come in bursts. More would take time from the game, or warm an idle machine.
constexpr int polls_before_sleep = 64;

// Jobs that are shed before the next look for work: as many as come in a group.
constexpr std::size_t sheds_at_once = group_jobs;

thread_local bool current_thread_is_worker = false;

void relax() {
#if defined(__x86_64__) || defined(_M_X64)
    _mm_pause();
#elif defined(__aarch64__) && (defined(__GNUC__) || defined(__clang__))
    __asm__ __volatile__("yield");
#endif
}

} // namespace

bool WorkerPool::on_worker() {
    return current_thread_is_worker;
}

WorkerPool::WorkerPool(Work& work, int count, ThreadPriority priority)
    : work_(work), priority_(priority), places_(std::make_unique<Place[]>(static_cast<std::size_t>(count))) {
    threads_.reserve(static_cast<std::size_t>(count));
    long_jobs_.workers.store(count, std::memory_order_relaxed);
    for (int i = 0; i < count; ++i) {
        inside_.fetch_add(1, std::memory_order_relaxed);
        try {
            threads_.emplace_back([this, i] { loop(i); });
        } catch (const std::exception&) { // the system gives no more threads
            inside_.fetch_sub(1, std::memory_order_relaxed);
            break;
        }
    }
}

WorkerPool::~WorkerPool() {
    retire();
    for (std::thread& thread : threads_) {
        thread.join();
    }
}

void WorkerPool::wake(std::size_t count) {
    // Whoever lowers `sleepers_` pays exactly as many tokens. So a burst of submissions makes one system call
    // for each sleeping worker, not one for each job.
    int sleepers = sleepers_.load(std::memory_order_seq_cst);
    while (sleepers > 0 && count > 0) {
        const int woken = static_cast<int>(std::min(count, static_cast<std::size_t>(sleepers)));
        if (sleepers_.compare_exchange_weak(sleepers, sleepers - woken, std::memory_order_seq_cst)) {
            note_owner_core();
            tokens_.release(woken);
            return;
        }
    }
}

void WorkerPool::note_owner_core() {
    const int core = current_core();
    // Workers read it all the time: it is written only when it changes.
    if (owner_core_.load(std::memory_order_relaxed) != core)
        owner_core_.store(core, std::memory_order_relaxed);
}

void WorkerPool::retire() {
    retiring_.store(true, std::memory_order_seq_cst);
    wake(threads_.size());
}

bool WorkerPool::something_to_do() const {
    return work_.parallel.is_open() || !work_.queue.inbox_empty() || !work_.remains.is_empty() ||
           retiring_.load(std::memory_order_seq_cst);
}

// Why no wake-up is lost. The owner writes (pushes a job, opens a section, leaves remains, retires) and then
// reads `sleepers_`; a worker raises `sleepers_` and then reads all four. All of it is sequentially
// consistent, so at least one of them sees the other: the worker stays awake, or the owner pays a token. Jobs
// that another worker moved on from the inbox are seen too, because pick() looks under the same mutex; long
// jobs that it leaves lying there are taken by a worker that is on a long one now, and looks again when that
// ends.
//
// Announcements and tokens bear no names: `sleepers_` plus the tokens is always the number of workers that
// have announced and not yet slept or taken it back. So a worker that finds work may only take back what is
// there without waiting: its token may just have gone to another worker that fell asleep in between, and
// nobody would pay one more while it holds a job. If nothing is there, it stays `announced` and is counted
// on; it sleeps on that announcement the next time it has nothing to do.
Ticket* WorkerPool::next_or_sleep(bool& announced) {
    if (!announced) {
        for (int i = 0; i < polls_before_sleep; ++i) {
            if (something_to_do()) return nullptr;
            relax();
        }
        sleepers_.fetch_add(1, std::memory_order_seq_cst);
        announced = true;
    }
    // Both looks come after the announcement. Without the second, a job that another worker has just moved
    // from the inbox to its band would be overlooked.
    const bool stay = something_to_do();
    Ticket* ticket = stay ? nullptr : work_.queue.pick(long_jobs_);
    if (stay || ticket != nullptr) {
        int sleepers = sleepers_.load(std::memory_order_seq_cst);
        while (announced && sleepers > 0) {
            announced = !sleepers_.compare_exchange_weak(sleepers, sleepers - 1, std::memory_order_seq_cst);
        }
        return ticket;
    }
    tokens_.acquire();
    announced = false;
    // Some systems put a thread that is woken on the core of the one that woke it. Once it has its turn
    // there, the owner waits for a whole slice of some milliseconds, even where another core is idle.
    if (priority_ == ThreadPriority::lowered) leave_core(owner_core_.load(std::memory_order_relaxed));
    return nullptr;
}

void WorkerPool::loop(int index) {
    name_current_thread("cutout-" + std::to_string(index));
    if (priority_ == ThreadPriority::lowered) (void)lower_current_thread();
    // A thread inherits its starter's rounding and denormal modes; results must not depend on those.
    std::fesetenv(FE_DFL_ENV);
    current_thread_is_worker = true;
    Place& place = places_[static_cast<std::size_t>(index)];
    fracture::Workspace workspace;
    bool announced = false; // counted in sleepers_ or in a token
    Job* dead = nullptr;    // on their way out
    while (!retiring_.load(std::memory_order_acquire)) {
        // Some systems put a thread that wakes up on the core of the one that woke it. Once it has its turn
        // there, the owner waits for a whole slice of some milliseconds, even where another core is idle.
        if (priority_ == ThreadPriority::lowered) leave_core(owner_core_.load(std::memory_order_relaxed));
        if (work_.parallel.help()) continue;
        Ticket* ticket = work_.queue.pick(long_jobs_);
        if (ticket == nullptr && work_.remains.shed(sheds_at_once, dead)) continue;
        if (ticket == nullptr) ticket = next_or_sleep(announced);
        if (ticket == nullptr) continue;
        Runner::run(work_, ticket, long_jobs_, place, workspace);
        work_.remains.shed(sheds_at_once, dead); // also when there is always something to do
    }
    work_.remains.give_back(dead);
    inside_.fetch_sub(1, std::memory_order_release);
}

} // namespace cutout::batch
