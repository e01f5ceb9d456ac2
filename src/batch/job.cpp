#include "batch/job.h"

#include <chrono>
#include <exception>
#include <new>
#include <string>

namespace cutout::batch {

namespace {

// The message is wanted most when memory is short: if the long one cannot be had, the short one fits into the
// string itself.
void set_failure(geometry::Failure& failure, geometry::Status status, const char* message,
                 const char* detail) noexcept {
    failure.status = status;
    failure.ring = -1;
    failure.vertex = -1;
    failure.where = {};
    try {
        failure.message = std::string(message) + detail;
    } catch (...) {
        failure.message.clear();
        failure.message.assign("no memory left"); // 14 characters: no allocation
    }
}

} // namespace

Band band_of(std::int64_t priority) {
    constexpr std::int64_t urgent_from = 10;
    if (priority < 0) return Band::low;
    if (priority == 0) return Band::normal;
    return priority < urgent_from ? Band::high : Band::urgent;
}

void Job::mark_cancelled() noexcept {
    if (failure_.status == geometry::Status::cancelled) return;
    set_failure(failure_, geometry::Status::cancelled, "cancelled", "");
}

void Job::mark_dropped() noexcept {
    dropped_ = true;
    set_failure(failure_, geometry::Status::queue_full, "dropped: the queue was full",
                ", and it was the oldest job of the lowest priority in it");
}

void Job::execute(fracture::Workspace* workspace) noexcept {
    if (cancel_.load(std::memory_order_relaxed)) {
        mark_cancelled();
        return;
    }
    const auto begin = std::chrono::steady_clock::now();
    began_.store(std::chrono::duration_cast<std::chrono::nanoseconds>(begin.time_since_epoch()).count(),
                 std::memory_order_relaxed);
    try {
        failure_ = run({.cancel = &cancel_, .progress = &progress_, .workspace = workspace});
    } catch (const std::bad_alloc&) {
        set_failure(failure_, geometry::Status::out_of_memory,
                    "The job ran out of memory; try a smaller one.", "");
    } catch (const std::exception& error) {
        set_failure(failure_, geometry::Status::internal_error, "The job threw an exception: ", error.what());
    } catch (...) {
        set_failure(failure_, geometry::Status::internal_error, "The job threw an exception.", "");
    }
    const auto end = std::chrono::steady_clock::now();
    cut_nanoseconds_ = std::chrono::duration_cast<std::chrono::nanoseconds>(end - begin).count();
    if (failure_.ok()) progress_.store(1.0F, std::memory_order_relaxed);
}

} // namespace cutout::batch
