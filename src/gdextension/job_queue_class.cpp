// What scripts see of JobQueue.
#include "gdextension/binding/class_builder.h"
#include "gdextension/job_queue.h"
#include "gdextension/status_constants.h"

namespace cutout::engine {

void JobQueue::register_class() {
    using binding::arg;
    binding::ClassBuilder<JobQueue> builder("CutoutJobQueue", "RefCounted");
    builder
        .method("configure", &JobQueue::configure, arg("workers", 0), arg("lowered", true),
                arg("backend", own_threads))
        .method("set_overflow", &JobQueue::set_overflow, "overflow")
        .method("set_strict_order", &JobQueue::set_strict_order, "strict")
        .method("run_jobs", &JobQueue::run_jobs, "usec")
        .method("set_limits", &JobQueue::set_limits, "max_jobs", "max_bytes")
        .method("get_worker_count", &JobQueue::get_worker_count)
        .method("stop", &JobQueue::stop)
        .method("next_id", &JobQueue::next_id)
        .method("submit", &JobQueue::submit, "polygon", "params", arg("priority", 0),
                arg("output", Outputs::arrays), arg("plain", false), arg("cover", binding::Array()))
        .method("submit_hit", &JobQueue::submit_hit, "polygons", "params", "priority", "output", "cover",
                "disc", "anchors")
        .method("submit_many", &JobQueue::submit_many, "polygons", "params", arg("priority", 0),
                arg("output", Outputs::arrays), arg("results", binding::Variant()))
        .method("get_last_status", &JobQueue::get_last_status)
        .method("get_last_error", &JobQueue::get_last_error)
        .method("cancel", &JobQueue::cancel, "id")
        .method("set_priority", &JobQueue::set_priority, "id", "priority")
        .method("cancel_all", &JobQueue::cancel_all)
        .method("has_finished", &JobQueue::has_finished)
        .method("peek_fragment_count", &JobQueue::peek_fragment_count)
        .method("peek_id", &JobQueue::peek_id)
        .method("take", &JobQueue::take)
        .method("deliver_completed", &JobQueue::deliver_completed, "target", "live", "limits")
        .method("end_delivery", &JobQueue::end_delivery)
        .method("release_batch", &JobQueue::release_batch, "first_id")
        .method("tidy", &JobQueue::tidy)
        .method("warm_up", &JobQueue::warm_up)
        .method("get_id", &JobQueue::get_id)
        .method("get_status", &JobQueue::get_status)
        .method("get_message", &JobQueue::get_message)
        .method("get_fragments", &JobQueue::get_fragments)
        .method("get_flat", &JobQueue::get_flat)
        .method("get_cut_usec", &JobQueue::get_cut_usec)
        .method("get_running", &JobQueue::get_running)
        .method("get_queued_count", &JobQueue::get_queued_count)
        .method("get_running_count", &JobQueue::get_running_count)
        .method("get_finished_count", &JobQueue::get_finished_count)
        .method("get_total_cut_usec", &JobQueue::get_total_cut_usec)
        .method("get_cut_quantile", &JobQueue::get_cut_quantile, "share");
    builder.constant("Backend", "BACKEND_OWN_THREADS", own_threads)
        .constant("Backend", "BACKEND_GUESTS", guests)
        .constant("Overflow", "OVERFLOW_REJECT", reject)
        .constant("Overflow", "OVERFLOW_DROP_OLDEST", drop_oldest);
    builder.constant("Output", "OUTPUT_ARRAYS", Outputs::arrays)
        .constant("Output", "OUTPUT_FLAT", Outputs::flat)
        .constant("Output", "OUTPUT_TRIANGLES", Outputs::triangles)
        .constant("Output", "OUTPUT_NEIGHBOURS", Outputs::neighbours)
        .constant("Output", "OUTPUT_CONVEX_PARTS", Outputs::convex_parts)
        .constant("Output", "OUTPUT_SHEET", Outputs::sheet);
    for (const geometry::Status status : all_statuses) {
        builder.constant("Status", status_name(status), static_cast<std::int64_t>(status));
    }
}

} // namespace cutout::engine
