#include "gdextension/job_queue.h"

#include "gdextension/binding/class_builder.h"
#include "gdextension/requests.h"

#include <algorithm>
#include <chrono>
#include <map>
#include <mutex>
#include <utility>

namespace cutout::engine {

using binding::PackedFloat64Array;
using binding::PackedInt64Array;
using binding::String;
using binding::Variant;
using geometry::Failure;
using geometry::Status;

namespace {

constexpr std::int64_t refused = -1;
constexpr std::int64_t nanoseconds_per_microsecond = 1000;

// All queues, so that the extension's end can stop the workers of one that a script has leaked.
struct LiveQueues {
    std::mutex mutex;
    std::vector<JobQueue*> list;
};
LiveQueues& live_queues() {
    static LiveQueues queues;
    return queues;
}

const EngineJob& engine_job(const batch::Job& job) {
    return static_cast<const EngineJob&>(job);
}

void report(const char* method, const std::string& message) {
    binding::report_error("CutoutJobQueue." + std::string(method) + "(): " + message, method, __FILE__,
                          __LINE__);
}

// For what not even the empty queue would take. Waiting does not help there, so it is not queue_full.
Failure why_never(std::size_t jobs, std::size_t bytes, const batch::Limits& limits) {
    if (jobs > limits.max_jobs) {
        return bad_argument("these are " + std::to_string(jobs) + " jobs, more than the queue's limit of " +
                            std::to_string(limits.max_jobs) +
                            "; submit them in parts, or raise the limit with set_limits()");
    }
    if (bytes > limits.max_bytes) {
        return bad_argument(std::string(jobs == 1 ? "this job needs" : "these jobs need") + " about " +
                            std::to_string(bytes) + " bytes, more than the queue's limit of " +
                            std::to_string(limits.max_bytes) + "; raise the limit with set_limits()" +
                            (jobs == 1 ? "," : ", submit them in parts,") + " or ask for fewer fragments");
    }
    return {};
}

Failure check_output(Outputs outputs, std::int64_t bits) {
    if (outputs.valid()) return {};
    return bad_argument("output is " + std::to_string(bits) +
                        "; it must be a sum of CutoutJobQueue.OUTPUT_* constants, 1 to " +
                        std::to_string(Outputs::all));
}

// The jobs of a submission, made where they will stay.
class IntoJobs final : public RequestPlaces {
public:
    IntoJobs(batch::SpareBlocks& blocks, Outputs outputs, const std::shared_ptr<BatchResults>& batch)
        : blocks_(blocks), outputs_(outputs), batch_(batch) {}
    void make(std::size_t count) override {
        jobs_.reserve(count);
        while (jobs_.size() < count) {
            jobs_.push_back(std::unique_ptr<EngineJob>(new (blocks_) EngineJob(outputs_, batch_)));
        }
    }
    Rings& rings(std::size_t index) override { return jobs_[index]->rings(); }
    void set_params(std::size_t index, fracture::SeededParams params) override {
        jobs_[index]->set_params(std::move(params));
    }
    void fail(std::size_t index, Failure failure) override { failures_.emplace(index, std::move(failure)); }
    [[nodiscard]] bool has_failed(std::size_t index) const override { return failures_.contains(index); }

    // Of the item that comes first.
    [[nodiscard]] Failure first_failure() const {
        if (failures_.empty()) return {};
        const auto& [index, first] = *failures_.begin();
        Failure failure = first;
        failure.message = item_message(index, first.message);
        return failure;
    }
    [[nodiscard]] std::vector<std::unique_ptr<EngineJob>>& jobs() { return jobs_; }

private:
    batch::SpareBlocks& blocks_;
    Outputs outputs_;
    const std::shared_ptr<BatchResults>& batch_;
    std::vector<std::unique_ptr<EngineJob>> jobs_;
    std::map<std::size_t, Failure> failures_;
};

} // namespace

JobQueue::JobQueue() {
    LiveQueues& queues = live_queues();
    const std::lock_guard lock(queues.mutex);
    queues.list.push_back(this);
}

JobQueue::~JobQueue() {
    LiveQueues& queues = live_queues();
    const std::lock_guard lock(queues.mutex);
    std::erase(queues.list, this);
    drop_held();
}

void JobQueue::shut_down_all() {
    LiveQueues& queues = live_queues();
    const std::lock_guard lock(queues.mutex);
    for (JobQueue* queue : queues.list) {
        queue->for_guests_ = nullptr;
        queue->drop_held();
        queue->scheduler_.reset();
        queue->taken_.reset();
        queue->taken_flat_ = {};
        queue->params_reader_ = {};
    }
}

bool JobQueue::owned(const char* method) {
    std::thread::id owner{};
    const std::thread::id caller = std::this_thread::get_id();
    if (owner_.compare_exchange_strong(owner, caller) || owner == caller) return true;
    report(method,
           "called on another thread than the one that uses this queue; make a queue for each thread");
    return false;
}

batch::Scheduler& JobQueue::scheduler() {
    if (!scheduler_) {
        scheduler_ = std::make_unique<batch::Scheduler>(options_, limits_);
        scheduler_->set_overflow(overflow_);
        scheduler_->set_strict_order(strict_order_);
        for_guests_ = scheduler_.get();
    }
    return *scheduler_;
}

void JobQueue::refuse(Failure failure) {
    last_ = std::move(failure);
}

void JobQueue::configure(std::int64_t workers, bool lowered, std::int64_t backend) {
    if (!owned("configure")) return;
    if (backend != own_threads && backend != guests) {
        refuse(bad_argument("backend is " + std::to_string(backend) +
                            "; it must be BACKEND_OWN_THREADS or BACKEND_GUESTS"));
        report("configure", last_.message);
        return;
    }
    if (workers < 0 || workers > batch::max_workers) {
        refuse(bad_argument("workers is " + std::to_string(workers) + "; it must be 0 (automatic) to " +
                            std::to_string(batch::max_workers)));
        report("configure", last_.message);
        return;
    }
    options_.workers = static_cast<int>(workers);
    options_.priority = lowered ? batch::ThreadPriority::lowered : batch::ThreadPriority::normal;
    options_.backend = backend == guests ? batch::Backend::guests : batch::Backend::own_threads;
    if (scheduler_) scheduler_->configure(options_);
    last_ = {};
}

void JobQueue::set_overflow(std::int64_t overflow) {
    if (!owned("set_overflow")) return;
    if (overflow != reject && overflow != drop_oldest) {
        refuse(bad_argument("overflow is " + std::to_string(overflow) +
                            "; it must be OVERFLOW_REJECT or OVERFLOW_DROP_OLDEST"));
        report("set_overflow", last_.message);
        return;
    }
    overflow_ = overflow == reject ? batch::Overflow::reject : batch::Overflow::drop_oldest;
    if (scheduler_) scheduler_->set_overflow(overflow_);
    last_ = {};
}

void JobQueue::set_strict_order(bool strict) {
    if (!owned("set_strict_order")) return;
    strict_order_ = strict;
    if (scheduler_) scheduler_->set_strict_order(strict);
}

bool JobQueue::run_jobs(std::int64_t usec) {
    // Any thread: no owned() here.
    batch::Scheduler* scheduler = for_guests_;
    constexpr std::int64_t longest = 3'600'000'000; // an hour
    return scheduler != nullptr &&
           scheduler->run_jobs(std::chrono::microseconds(std::clamp<std::int64_t>(usec, 0, longest)));
}

void JobQueue::set_limits(std::int64_t max_jobs, std::int64_t max_bytes) {
    if (!owned("set_limits")) return;
    if (max_jobs < 1 || max_bytes < 1) {
        refuse(bad_argument("max_jobs is " + std::to_string(max_jobs) + " and max_bytes is " +
                            std::to_string(max_bytes) + "; both must be 1 or more"));
        report("set_limits", last_.message);
        return;
    }
    limits_ = {.max_jobs = static_cast<std::size_t>(max_jobs),
               .max_bytes = static_cast<std::size_t>(max_bytes)};
    if (scheduler_) scheduler_->set_limits(limits_);
    last_ = {};
}

std::int64_t JobQueue::get_worker_count() {
    return owned("get_worker_count") ? scheduler().stats().workers : 0;
}

void JobQueue::stop() {
    if (!owned("stop")) return;
    delivery_ended_ = true;
    ++stops_;
    drop_held();
    scheduler().stop(); // also before the first job: none is taken afterwards
}

void JobQueue::release_batch(std::int64_t first_id) {
    if (!owned("release_batch")) return;
    const auto found = held_.find(first_id);
    if (found == held_.end()) return;
    // First our reference to the whole: so the last to each of its parts is the job's, and a worker's to
    // free.
    engine_job(*found->second).batch()->array = binding::Array();
    scheduler().dispose(found->second);
    held_.erase(found);
}

void JobQueue::warm_up() {
    if (!owned("warm_up") || warm_) return;
    warm_ = true;
    scheduler().make_spares(job_blocks_);
}

void JobQueue::tidy() {
    constexpr std::size_t at_once = 512; // some fifty microseconds
    if (owned("tidy") && scheduler_) scheduler_->tidy(at_once);
}

void JobQueue::drop_held() {
    for (auto& [first_id, jobs] : held_) {
        while (jobs != nullptr) {
            const batch::JobPtr job(jobs);
            jobs = job->next;
        }
    }
    held_.clear();
}

std::int64_t JobQueue::next_id() {
    return owned("next_id") ? scheduler().next_id() : refused;
}

Failure JobQueue::why_full(std::size_t jobs, std::size_t bytes, batch::Band band) {
    const batch::Stats stats = scheduler().stats();
    if (stats.workers == 0) return bad_argument("the queue was stopped; call configure() to start it again");
    if (Failure failure = why_never(jobs, bytes, limits_); !failure.ok()) return failure;
    if (scheduler().make_room(jobs, bytes, band)) return {};
    const std::size_t held = stats.queued + stats.running + stats.finished - stats.dropped;
    if (held + jobs > limits_.max_jobs) {
        return {.status = Status::queue_full,
                .message = "the queue is full: it holds " + std::to_string(held) + " jobs of at most " +
                           std::to_string(limits_.max_jobs) +
                           "; take finished jobs first, or raise the limit with set_limits()"};
    }
    if (stats.bytes + bytes > limits_.max_bytes) {
        return {.status = Status::queue_full,
                .message = "the queue is full: it holds about " + std::to_string(stats.bytes) +
                           " bytes and this needs " + std::to_string(bytes) + ", at most " +
                           std::to_string(limits_.max_bytes) +
                           "; take finished jobs first, or raise the limit with set_limits()"};
    }
    return {.status = Status::queue_full,
            .message = "the queue is full, and " + std::to_string(stats.dropped) +
                       " jobs that were dropped from it wait to be taken; take finished jobs first"};
}

Failure JobQueue::enqueue(std::vector<std::unique_ptr<EngineJob>>& jobs, batch::Band band,
                          PackedInt64Array& ids) {
    std::size_t bytes = 0;
    for (const auto& job : jobs) {
        bytes += job->bytes();
    }
    if (Failure failure = why_full(jobs.size(), bytes, band); !failure.ok()) return failure;
    const std::span<std::int64_t> places = ids.write();
    for (std::size_t i = 0; i < jobs.size(); ++i) {
        places[i] = scheduler().next_id();
        batch::JobPtr job = std::move(jobs[i]);
        if (scheduler().submit(job, band, places[i])) continue;
        for (const std::int64_t id : places.first(i)) {
            scheduler().cancel(id);
            withdrawn_.push_back(id);
        }
        return {.status = Status::out_of_memory, .message = "there is no memory for another job"};
    }
    return {};
}

std::int64_t JobQueue::submit(const Variant& polygon, const Variant& params, std::int64_t priority,
                              std::int64_t output, bool plain, const binding::Array& cover) {
    if (!owned("submit")) return refused;
    return submit_one(polygon, params, priority, output, plain, cover, {});
}

std::int64_t JobQueue::submit_hit(const binding::Array& polygons, const Variant& params,
                                  std::int64_t priority, std::int64_t output, const binding::Array& cover,
                                  const binding::Transform2D& disc, const binding::Array& anchors) {
    if (!owned("submit_hit")) return refused;
    Hit hit;
    Failure failure = read_crater(disc, anchors, hit.crater);
    if (failure.ok() && polygons.size() == 0) failure = bad_argument("there is no polygon to hit");
    std::size_t count = 0;
    for (std::int64_t i = 0; failure.ok() && i < polygons.size(); ++i) {
        Rings one;
        failure = read_polygon(polygons.at(i), one);
        if (!failure.ok()) break;
        count += one.view().rings.size();
        hit.rings.add_all(one);
        hit.polygon_ends.push_back(count);
    }
    if (failure.ok() && !Outputs(output).wants_flat()) {
        failure = bad_argument("output of a hit must have OUTPUT_FLAT or OUTPUT_SHEET in it");
    }
    if (failure.ok()) return submit_one({}, params, priority, output, false, cover, std::move(hit));
    refuse(std::move(failure));
    return refused;
}

std::int64_t JobQueue::submit_one(const Variant& polygon, const Variant& params, std::int64_t priority,
                                  std::int64_t output, bool plain, const binding::Array& cover, Hit hit) {
    const Variant keep = self(); // to_dictionary() may let go of the last reference
    Rings rings;
    fracture::SeededParams parameters;
    const Outputs outputs(output);
    Failure failure = check_output(outputs, output);
    if (hit.crater) {
        rings = std::move(hit.rings);
    } else if (failure.ok()) {
        failure = read_polygon(polygon, rings);
    }
    std::unique_ptr<CoverArrays> painted;
    if (failure.ok()) failure = read_cover(cover, painted);
    if (failure.ok()) failure = params_reader_.read(params, parameters);
    if (failure.ok() && hit.crater) {
        if (const auto* voronoi = std::get_if<fracture::VoronoiParams>(&parameters.shared())) {
            hit.crater->fragment_count = voronoi->fragment_count;
            hit.crater->seed = parameters.seed();
        } else {
            failure = bad_argument("the parameters of a hit must be of the type \"voronoi\"");
        }
    }
    PackedInt64Array ids(1);
    if (failure.ok()) {
        std::vector<std::unique_ptr<EngineJob>> jobs;
        jobs.push_back(std::unique_ptr<EngineJob>(
            new (job_blocks_) EngineJob(std::move(rings), std::move(parameters), outputs, plain)));
        jobs.back()->paint(std::move(painted));
        jobs.back()->hit(std::move(hit.crater), std::move(hit.polygon_ends));
        failure = enqueue(jobs, batch::band_of(priority), ids);
    }
    refuse(std::move(failure));
    return last_.ok() ? ids.read().front() : refused;
}

PackedInt64Array JobQueue::submit_many(const binding::Array& polygons, const Variant& params,
                                       std::int64_t priority, std::int64_t output, const Variant& results) {
    if (!owned("submit_many")) return {};
    const Variant keep = self(); // to_dictionary() may let go of the last reference
    std::shared_ptr<BatchResults> batch;
    if (auto array = results.get<binding::Array>();
        array && array->size() == polygons.size() && array->is_open()) {
        batch = std::make_shared<BatchResults>(BatchResults{.array = std::move(*array)});
    } else if (!results.is_nil()) {
        refuse(bad_argument(
            "results must be an Array with a place for each polygon, neither typed nor read-only"));
        return {};
    }
    const Outputs outputs(output);
    Failure failure = check_output(outputs, output);
    IntoJobs places(job_blocks_, outputs, batch);
    if (failure.ok()) failure = read_requests(polygons, params, places);
    if (failure.ok()) failure = places.first_failure();
    PackedInt64Array ids(failure.ok() ? static_cast<std::int64_t>(places.jobs().size()) : 0);
    if (failure.ok()) failure = enqueue(places.jobs(), batch::band_of(priority), ids);
    // No job of it is delivered before the next call on this thread.
    if (failure.ok() && batch && ids.size() > 0) batch->first_id = ids.read().front();
    refuse(std::move(failure));
    return last_.ok() ? ids : PackedInt64Array();
}

std::int64_t JobQueue::get_last_status() {
    return owned("get_last_status") ? static_cast<std::int64_t>(last_.status) : 0;
}

String JobQueue::get_last_error() {
    return owned("get_last_error") ? String(last_.message) : String();
}

bool JobQueue::cancel(std::int64_t id) {
    return owned("cancel") && scheduler_ && scheduler_->cancel(id);
}

bool JobQueue::set_priority(std::int64_t id, std::int64_t priority) {
    return owned("set_priority") && scheduler_ && scheduler_->set_band(id, batch::band_of(priority));
}

std::int64_t JobQueue::cancel_all() {
    if (!owned("cancel_all") || !scheduler_) return 0;
    return static_cast<std::int64_t>(scheduler_->cancel_all());
}

const EngineJob* JobQueue::peek() {
    if (!scheduler_) return nullptr;
    const batch::Job* job = scheduler_->peek_finished();
    while (job != nullptr && !withdrawn_.empty() && std::erase(withdrawn_, job->id()) > 0) {
        scheduler_->take_finished().reset();
        job = scheduler_->peek_finished();
    }
    return job == nullptr ? nullptr : &engine_job(*job);
}

bool JobQueue::has_finished() {
    return owned("has_finished") && peek() != nullptr;
}

std::int64_t JobQueue::peek_fragment_count() {
    if (!owned("peek_fragment_count")) return 0;
    const EngineJob* job = peek();
    return job == nullptr || !job->failure().ok() ? 0 : job->fragment_count();
}

std::int64_t JobQueue::peek_id() {
    if (!owned("peek_id")) return refused;
    const EngineJob* job = peek();
    return job == nullptr ? refused : job->id();
}

bool JobQueue::take() {
    if (!owned("take")) return false;
    taken_.reset();
    taken_flat_ = {};
    if (peek() == nullptr) return false;
    taken_ = scheduler_->take_finished();
    return taken_ != nullptr;
}

std::int64_t JobQueue::get_id() {
    return owned("get_id") && taken_ ? taken_->id() : refused;
}

std::int64_t JobQueue::get_status() {
    return owned("get_status") && taken_ ? static_cast<std::int64_t>(taken_->failure().status) : 0;
}

String JobQueue::get_message() {
    return owned("get_message") && taken_ ? String(taken_->failure().message) : String();
}

const EngineJob* JobQueue::taken_well() const {
    return taken_ && taken_->failure().ok() ? &engine_job(*taken_) : nullptr;
}

FragmentArray JobQueue::get_fragments() {
    if (!owned("get_fragments")) return {};
    const EngineJob* job = taken_well();
    return job == nullptr || job->arrays() == nullptr ? FragmentArray() : *job->arrays();
}

binding::Ref<FlatFragments> JobQueue::get_flat() {
    if (!owned("get_flat")) return {};
    const EngineJob* job = taken_well();
    if (job == nullptr || !job->outputs().wants_flat()) return {};
    if (!taken_flat_) {
        auto made = binding::make<FlatFragments>();
        if (!made) return {};
        made->fill(job->flat(), job->derived(), job->arrays());
        taken_flat_ = made;
    }
    return taken_flat_;
}

std::int64_t JobQueue::get_cut_usec() {
    return owned("get_cut_usec") && taken_ ? taken_->cut_nanoseconds() / nanoseconds_per_microsecond : 0;
}

PackedFloat64Array JobQueue::get_running() {
    if (!owned("get_running") || !scheduler_) return {};
    std::vector<double> rows;
    scheduler_->for_each_running([&rows](batch::JobId id, float progress, std::int64_t nanoseconds) {
        rows.push_back(static_cast<double>(id));
        rows.push_back(static_cast<double>(progress));
        rows.push_back(static_cast<double>(nanoseconds) * 1e-6);
    });
    return PackedFloat64Array(std::span<const double>(rows));
}

std::int64_t JobQueue::get_queued_count() {
    return owned("get_queued_count") && scheduler_ ? static_cast<std::int64_t>(scheduler_->stats().queued)
                                                   : 0;
}

std::int64_t JobQueue::get_running_count() {
    return owned("get_running_count") && scheduler_ ? static_cast<std::int64_t>(scheduler_->stats().running)
                                                    : 0;
}

std::int64_t JobQueue::get_finished_count() {
    return owned("get_finished_count") && scheduler_ ? static_cast<std::int64_t>(scheduler_->stats().finished)
                                                     : 0;
}

std::int64_t JobQueue::get_total_cut_usec() {
    if (!owned("get_total_cut_usec") || !scheduler_) return 0;
    return scheduler_->stats().cut_nanoseconds / nanoseconds_per_microsecond;
}

double JobQueue::get_cut_quantile(double share) {
    if (!owned("get_cut_quantile") || !scheduler_) return 0.0;
    return static_cast<double>(scheduler_->cut_quantile(share)) / 1000.0;
}

} // namespace cutout::engine
