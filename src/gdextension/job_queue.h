// CutoutJobQueue: polygons in, finished fragments out, and no call waits for a worker.
//
// The script's side of it is in doc_classes/CutoutJobQueue.xml. Here: a thin door in front of
// batch::Scheduler, which it makes at the first use.
//
// Thread rule: the first call binds the queue to its thread; from any other thread every call but run_jobs()
// is refused with an engine error and changes nothing. The destructor may run on any thread: nobody else
// knows the queue then.
#pragma once

#include "batch/scheduler.h"
#include "batch/spare_blocks.h"
#include "gdextension/binding/instance.h"
#include "gdextension/binding/ref.h"
#include "gdextension/engine_job.h"
#include "gdextension/flat_fragments.h"
#include "gdextension/params_input.h"

#include <atomic>
#include <cstdint>
#include <memory>
#include <string>
#include <thread>
#include <unordered_map>
#include <vector>

namespace cutout::engine {

class JobQueue final : public binding::Instance {
public:
    // Values of BACKEND_* and OVERFLOW_*.
    static constexpr std::int64_t own_threads = 0;
    static constexpr std::int64_t guests = 1;
    static constexpr std::int64_t reject = 0;
    static constexpr std::int64_t drop_oldest = 1;

    static void register_class();
    // Ends the workers of every queue that is still alive, and drops its jobs. For the extension's end.
    static void shut_down_all();

    JobQueue();
    ~JobQueue() override;

    void configure(std::int64_t workers, bool lowered, std::int64_t backend);
    void set_overflow(std::int64_t overflow);
    void set_strict_order(bool strict);
    bool run_jobs(std::int64_t usec);
    void set_limits(std::int64_t max_jobs, std::int64_t max_bytes);
    std::int64_t get_worker_count();
    void stop();

    std::int64_t next_id();
    std::int64_t submit(const binding::Variant& polygon, const binding::Variant& params,
                        std::int64_t priority, std::int64_t output, bool plain, const binding::Array& cover);
    std::int64_t submit_hit(const binding::Array& polygons, const binding::Variant& params,
                            std::int64_t priority, std::int64_t output, const binding::Array& cover,
                            const binding::Transform2D& disc, const binding::Array& anchors);
    binding::PackedInt64Array submit_many(const binding::Array& polygons, const binding::Variant& params,
                                          std::int64_t priority, std::int64_t output,
                                          const binding::Variant& results);
    std::int64_t get_last_status();
    binding::String get_last_error();

    bool cancel(std::int64_t id);
    bool set_priority(std::int64_t id, std::int64_t priority);
    std::int64_t cancel_all();

    bool has_finished();
    std::int64_t peek_fragment_count();
    std::int64_t peek_id();
    bool take();
    binding::PackedFloat64Array deliver_completed(const binding::Variant& target,
                                                  const binding::Dictionary& live,
                                                  const binding::PackedFloat64Array& limits);
    void end_delivery();
    void release_batch(std::int64_t first_id);
    void tidy();
    void warm_up();
    std::int64_t get_id();
    std::int64_t get_status();
    binding::String get_message();
    FragmentArray get_fragments();
    binding::Ref<FlatFragments> get_flat();
    std::int64_t get_cut_usec();

    binding::PackedFloat64Array get_running();
    std::int64_t get_queued_count();
    std::int64_t get_running_count();
    std::int64_t get_finished_count();
    std::int64_t get_total_cut_usec();
    double get_cut_quantile(double share);

private:
    // False, and an engine error, on a thread that does not own the queue.
    [[nodiscard]] bool owned(const char* method);
    [[nodiscard]] batch::Scheduler& scheduler();
    void drop_held();
    // Remembers why a submission was refused.
    void refuse(geometry::Failure failure);
    [[nodiscard]] geometry::Failure why_full(std::size_t jobs, std::size_t bytes, batch::Band band);
    [[nodiscard]] geometry::Failure enqueue(std::vector<std::unique_ptr<EngineJob>>& jobs, batch::Band band,
                                            binding::PackedInt64Array& ids);
    struct Hit { // empty: the polygon is fractured as a whole
        std::unique_ptr<fracture::Crater> crater;
        Rings rings; // of all polygons
        std::vector<std::size_t> polygon_ends;
    };
    [[nodiscard]] std::int64_t submit_one(const binding::Variant& polygon, const binding::Variant& params,
                                          std::int64_t priority, std::int64_t output, bool plain,
                                          const binding::Array& cover, Hit hit);
    [[nodiscard]] const EngineJob* peek();
    // The job of the last take(), if it ended well.
    [[nodiscard]] const EngineJob* taken_well() const;

    std::atomic<std::thread::id> owner_;
    batch::WorkerOptions options_;
    batch::Limits limits_;
    batch::Overflow overflow_ = batch::Overflow::reject;
    ParamsReader params_reader_;
    bool strict_order_ = false;
    batch::SpareBlocks job_blocks_{EngineJob::block_size(), batch::spare_jobs}; // outlives every job
    std::unique_ptr<batch::Scheduler> scheduler_;                               // made at the first use
    std::atomic<batch::Scheduler*> for_guests_{nullptr};                        // the same, for other threads
    geometry::Failure last_;
    batch::JobPtr taken_;
    // Jobs that deliver_completed() has delivered, by the first id of their submission; linked by Job::next.
    // Their fragments are in the script's hands for a while yet.
    std::unordered_map<std::int64_t, batch::Job*> held_;
    std::uint64_t stops_ = 0;
    bool warm_ = false;                      // warm_up() was called
    bool delivery_ended_ = false;            // by a handler, for the rest of a deliver_completed()
    binding::Ref<FlatFragments> taken_flat_; // of that job, made when it is asked for
    std::vector<batch::JobId> withdrawn_; // jobs of a submission that failed half-way; they come out unseen
};

} // namespace cutout::engine
