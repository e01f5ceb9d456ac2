// What a second worker brings: the same fractures by one worker and by two, pair by pair.
//
//     batch_scaling_bench [pairs]
//
// Each run submits 2000 sprites (workload W2, with random sites chosen on the worker) and ends with the last
// of them; the owner sleeps meanwhile, so that on a machine of two cores both are the workers'. Printed: the
// time of a job by one worker, and the ratio of the throughputs, median and range over the pairs.
#include "batch/fracture_job.h"
#include "batch/scheduler.h"
#include "support/workloads.h"

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <thread>
#include <utility>
#include <vector>

namespace {

using namespace cutout;
using Clock = std::chrono::steady_clock;

constexpr std::size_t jobs = 2000;

class SpriteJob final : public batch::FractureJob {
public:
    SpriteJob(const test::WorkloadCase& sprite, const fracture::Params& params)
        : FractureJob(params), views_(sprite.rings.begin(), sprite.rings.end()) {}

protected:
    [[nodiscard]] geometry::PolygonView polygon() const override { return {views_}; }
    // What a job leaves: the points and where each piece begins.
    geometry::Failure publish(const fracture::Fragments& fragments, const fracture::Control&) override {
        points_ = fragments.points;
        offsets_ = fragments.offsets;
        return {};
    }

private:
    std::vector<geometry::RingView> views_;
    std::vector<geometry::Point> points_;
    std::vector<std::uint32_t> offsets_;
};

double seconds(const std::vector<test::WorkloadCase>& sprites, int workers) {
    batch::Scheduler scheduler({.workers = workers, .priority = batch::ThreadPriority::normal},
                               {.max_jobs = jobs});
    const auto begin = Clock::now();
    for (std::size_t i = 0; i < jobs; ++i) {
        fracture::VoronoiParams params;
        params.fragment_count = 16;
        params.seed = static_cast<std::int64_t>(i);
        batch::JobPtr job = std::make_unique<SpriteJob>(sprites[i % sprites.size()], params);
        if (!scheduler.submit(job, batch::Band::normal, scheduler.next_id())) std::abort();
    }
    while (scheduler.stats().finished < jobs) {
        std::this_thread::sleep_for(std::chrono::microseconds(100));
    }
    return std::chrono::duration<double>(Clock::now() - begin).count();
}

double median(std::vector<double> values) {
    std::sort(values.begin(), values.end());
    return values[values.size() / 2];
}

} // namespace

int main(int argc, char** argv) {
    const int pairs = argc > 1 ? std::max(1, std::atoi(argv[1])) : 51;
    std::vector<test::WorkloadCase> sprites;
    for (const test::Workload& workload : test::workloads()) {
        if (workload.name == "W2") sprites = workload.variants;
    }
    std::vector<double> ratios;
    std::vector<double> alone;
    for (int i = 0; i < pairs + 1; ++i) {
        const double one = seconds(sprites, 1);
        const double two = seconds(sprites, 2);
        if (i == 0) continue; // warms up
        ratios.push_back(one / two);
        alone.push_back(one / static_cast<double>(jobs) * 1e6);
    }
    const auto [low, high] = std::minmax_element(ratios.begin(), ratios.end());
    std::printf("one worker: %.1f us a job (median of %d)\n", median(alone), pairs);
    std::printf("two workers / one worker: %.2f (median; %.2f to %.2f)\n", median(ratios), *low, *high);
    return 0;
}
