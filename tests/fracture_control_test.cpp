#include "fracture/fracture.h"

#include "support/fracture_checker.h"
#include "support/shapes.h"

#include <atomic>
#include <chrono>
#include <gtest/gtest.h>
#include <thread>
#include <vector>

namespace {

using namespace cutout;
using fracture::Control;
using fracture::Fragments;
using fracture::SliceParams;
using fracture::VoronoiParams;
using geometry::Status;
using test::Rings;

TEST(Control, CancelledBeforeItBegins) {
    const Rings rings{test::rectangle(0, 0, 100, 100)};
    const auto views = test::views(rings);
    const std::atomic<bool> cancel{true};
    Fragments out;
    out.areas.push_back(1.0);
    const geometry::Failure failure = fracture::fracture({views}, VoronoiParams{}, {.cancel = &cancel}, out);
    EXPECT_EQ(failure.status, Status::cancelled);
    EXPECT_FALSE(failure.message.empty());
    EXPECT_EQ(out.size(), 0U);
    EXPECT_TRUE(out.areas.empty());
}

TEST(Control, CancelledOnTheWayEndsSoon) {
    test::TestRandom random(1);
    const Rings rings{test::star(random, 2000, 1000.0, 100.0)};
    const auto views = test::views(rings);
    for (const fracture::Params& params :
         {fracture::Params(VoronoiParams{.fragment_count = 100'000}),
          fracture::Params(SliceParams{.mode = fracture::SliceMode::pattern, .slice_count = 1000})}) {
        std::atomic<bool> cancel{false};
        std::atomic<float> progress{0.0F};
        Fragments out;
        geometry::Failure failure;
        std::thread worker([&] {
            failure = fracture::fracture({views}, params, {.cancel = &cancel, .progress = &progress}, out);
        });
        // Some way in, but nowhere near the end.
        while (progress.load() < 0.01F) {
            std::this_thread::sleep_for(std::chrono::milliseconds(1));
        }
        cancel = true;
        const auto begin = std::chrono::steady_clock::now();
        worker.join();
        const auto waited = std::chrono::steady_clock::now() - begin;
        EXPECT_EQ(failure.status, Status::cancelled) << failure.message;
        EXPECT_EQ(out.size(), 0U);
        EXPECT_LT(waited, std::chrono::seconds(2));
    }
}

TEST(Control, ProgressRisesToOne) {
    test::TestRandom random(2);
    const Rings rings{test::star(random, 500, 1000.0, 100.0)};
    const auto views = test::views(rings);
    // The watcher sees what the system's scheduler lets it see: on a busy machine it takes several runs.
    int steps = 0;
    for (int attempt = 0; attempt < 100 && steps < 2; ++attempt) {
        std::atomic<float> progress{0.0F};
        std::atomic<bool> done{false};
        bool rising = true;
        std::thread watcher([&] {
            float last = 0.0F;
            while (!done) {
                const float now = progress.load();
                rising = rising && now >= last && now <= 1.0F;
                steps += now > last && now < 1.0F ? 1 : 0;
                last = now;
                std::this_thread::yield();
            }
        });
        Fragments out;
        const geometry::Failure failure =
            fracture::fracture({views}, VoronoiParams{.fragment_count = 3000}, {.progress = &progress}, out);
        done = true;
        watcher.join();
        ASSERT_TRUE(failure.ok()) << failure.message;
        EXPECT_EQ(progress.load(), 1.0F);
        EXPECT_TRUE(rising);
    }
    EXPECT_GE(steps, 2);
}

TEST(Control, ReentrantAndTheSameEverywhere) {
    const Rings rings{test::comb(20, 100, 60)};
    const auto views = test::views(rings);
    const VoronoiParams params{.seed = 5, .fragment_count = 60};
    Fragments once;
    ASSERT_TRUE(fracture::fracture({views}, params, {}, once).ok());
    std::vector<std::uint64_t> hashes(4);
    std::vector<std::thread> threads;
    for (std::uint64_t& hash : hashes) {
        threads.emplace_back([&] {
            for (int i = 0; i < 5; ++i) {
                Fragments out;
                if (fracture::fracture({views}, params, {}, out).ok()) hash = test::hash_fragments(out);
            }
        });
    }
    for (std::thread& thread : threads) {
        thread.join();
    }
    for (const std::uint64_t hash : hashes) {
        EXPECT_EQ(hash, test::hash_fragments(once));
    }
}

} // namespace
