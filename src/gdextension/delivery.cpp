// JobQueue::deliver_completed(): the signals of many plain jobs in one call from a script, which costs more
// than some of the fractures do.
#include "gdextension/job_queue.h"

#include <array>
#include <chrono>
#include <memory>
#include <span>

namespace cutout::engine {

using binding::Dictionary;
using binding::PackedFloat64Array;
using binding::StringName;
using binding::Variant;

namespace {

using Clock = std::chrono::steady_clock;

// A whole group is charged as one; so it stays small.
constexpr int most_in_group = 16;

double microseconds(Clock::duration duration) {
    return std::chrono::duration<double, std::micro>(duration).count();
}

// What CutoutFrameBudget.admits() decides by. See CutoutFrameBudget.get_group_limits().
struct Admission {
    double left_usec = 0.0;
    double fixed_usec = 0.0;
    double fragment_usec = 0.0;
    double left_fragments = 0.0;
    bool first_is_free = false;

    static constexpr std::size_t numbers = 5;
    explicit Admission(std::span<const double> values)
        : left_usec(values[0]), fixed_usec(values[1]), fragment_usec(values[2]), left_fragments(values[3]),
          first_is_free(values[4] != 0.0) {}

    [[nodiscard]] bool has_time(double fragments, double spent) const {
        return spent + fixed_usec + fragment_usec * fragments <= left_usec;
    }
};

// What held a group's next job back.
enum class Held { nothing = 0, time = 1, fragments = 2 };

} // namespace

PackedFloat64Array JobQueue::deliver_completed(const Variant& target, const Dictionary& live,
                                               const PackedFloat64Array& limits) {
    if (!owned("deliver_completed")) return {};
    const Variant keep = self(); // a handler may let go of the last reference
    const Variant signal = Variant::of(StringName("job_completed"));
    // Looked at before a job is taken: it would be lost.
    if (limits.read().size() != Admission::numbers || !target.has_signal(signal)) {
        binding::report_error("CutoutJobQueue.deliver_completed(): target must be an object with the signal "
                              "job_completed, and limits 5 numbers",
                              "deliver_completed", __FILE__, __LINE__);
        return {};
    }
    const Admission admission(limits.read());
    Dictionary open = live; // shared, not a copy
    const auto begin = Clock::now();
    auto mark = begin;
    int jobs = 0;
    double fragments = 0.0;
    double last_fragments = 0.0;
    double last_usec = 0.0;
    Held held = Held::nothing;
    batch::Job* delivered = nullptr;
    std::shared_ptr<BatchResults> batch; // of all jobs of the group
    const std::uint64_t stops_before = stops_;
    delivery_ended_ = false;
    while (jobs < most_in_group) {
        const EngineJob* next = peek();
        if (next == nullptr || !next->is_plain() || !next->failure().ok() || next->outputs().wants_flat() ||
            next->arrays() == nullptr) {
            break;
        }
        if (jobs == 0) batch = next->batch();
        if (next->batch() != batch) break;
        const auto count = static_cast<double>(next->fragment_count());
        if (jobs > 0 || !admission.first_is_free) {
            if (!admission.has_time(count, microseconds(mark - begin))) {
                held = Held::time;
            } else if (fragments + count > admission.left_fragments) {
                held = Held::fragments;
            }
            if (held != Held::nothing) break;
        }
        {
            batch::JobPtr job = scheduler_->take_finished();
            const auto& done = static_cast<const EngineJob&>(*job);
            const Variant id = Variant::of(done.id());
            open.erase(id);
            const Variant pieces = Variant::of(*done.arrays());
            const std::array<const Variant*, 3> values{&signal, &id, &pieces};
            (void)target.emit(values);
            // Unless the script has shrunk it meanwhile.
            if (const std::int64_t place = batch ? done.id() - batch->first_id : -1;
                place >= 0 && place < batch->array.size()) {
                batch->array.set(place, pieces);
            }
            // Not destroyed here: a worker frees the pieces, unless the script keeps them.
            // After a stop() nobody is left who would release the batch.
            batch::Job*& list = batch && stops_ == stops_before ? held_[batch->first_id] : delivered;
            job->next = list;
            list = job.release();
        }
        const auto now = Clock::now();
        ++jobs;
        fragments += count;
        last_fragments = count;
        last_usec = microseconds(now - mark);
        mark = now;
        // A handler may have stopped the queue, or cancelled what is to be delivered next.
        if (delivery_ended_) break;
    }
    scheduler_->dispose(delivered);
    const std::array<double, 7> result{static_cast<double>(jobs),
                                       fragments,
                                       microseconds(mark - begin),
                                       last_fragments,
                                       last_usec,
                                       static_cast<double>(held),
                                       batch ? static_cast<double>(batch->first_id) : 0.0};
    return PackedFloat64Array(std::span<const double>(result));
}

void JobQueue::end_delivery() {
    if (owned("end_delivery")) delivery_ended_ = true;
}

} // namespace cutout::engine
