// Memory for jobs and tickets that is made in advance, kept, and used again.
#include "batch/scheduler.h"
#include "batch/spare_blocks.h"
#include "batch/warm_heap.h"

#include <gtest/gtest.h>

#include <atomic>
#include <cstddef>
#include <set>
#include <thread>
#include <vector>

namespace cutout::batch {
namespace {

TEST(SpareBlocks, TheOwnerFindsWhatAnotherThreadMade) {
    constexpr std::size_t count = 300;
    SpareBlocks blocks(48, 2 * count);
    std::thread([&blocks] { blocks.make(count); }).join();
    std::set<void*> first;
    for (std::size_t i = 0; i < count; ++i) {
        first.insert(blocks.take());
    }
    EXPECT_EQ(first.size(), count); // each once
    void* another = blocks.take();  // none is left: a fresh one
    EXPECT_FALSE(first.contains(another));
    for (void* block : first) {
        blocks.give_back(block);
    }
    std::set<void*> second;
    for (std::size_t i = 0; i < count; ++i) {
        second.insert(blocks.take());
    }
    EXPECT_EQ(second, first);
    for (void* block : second) {
        blocks.give_back(block);
    }
    blocks.give_back(another);
}

TEST(SpareBlocks, TakesWhileOthersMake) {
    constexpr std::size_t count = 4000;
    SpareBlocks blocks(64, count);
    std::thread one([&blocks] { blocks.make(count / 2); });
    std::thread two([&blocks] { blocks.make(count / 2); });
    std::set<void*> taken;
    for (std::size_t i = 0; i < 2 * count; ++i) {
        taken.insert(blocks.take());
    }
    one.join();
    two.join();
    EXPECT_EQ(taken.size(), 2 * count);
    for (void* block : taken) {
        blocks.give_back(block); // half of them are more than it keeps
    }
}

TEST(WarmHeap, TakesSoManyPartsAndGivesAllBack) {
    constexpr int parts = 20;
    WarmHeap heap(parts * WarmHeap::part_size);
    int added = 0;
    for (int i = 0; i < parts; ++i) {
        added += heap.add() ? 1 : 0;
    }
    EXPECT_EQ(added, parts);
    EXPECT_FALSE(heap.add());
    const WarmHeap none(0);
}

TEST(WarmHeap, PartsOfSeveralThreads) {
    constexpr int parts = 64;
    WarmHeap heap(parts * WarmHeap::part_size);
    std::atomic<int> added{0};
    const auto add = [&] {
        while (heap.add()) {
            added.fetch_add(1);
        }
    };
    std::thread one(add);
    std::thread two(add);
    one.join();
    two.join();
    EXPECT_EQ(added.load(), parts);
    WarmHeap unfinished(parts * WarmHeap::part_size);
    EXPECT_TRUE(unfinished.add()); // its destructor frees what is there
}

class Counted final : public Job {
public:
    explicit Counted(int& alive) : alive_(alive) { ++alive_; }
    ~Counted() override { --alive_; }
    geometry::Failure run(const fracture::Control& /*control*/) override { return {}; }

private:
    int& alive_;
};

TEST(Spares, AreMadeByAWorkerAndDisturbNoJob) {
    constexpr std::size_t most = spare_jobs;
    SpareBlocks blocks(256, most);
    int alive = 0;
    {
        Scheduler scheduler({.workers = 1}, {});
        scheduler.make_spares(blocks);
        for (int i = 0; i < 10; ++i) {
            JobPtr job = std::make_unique<Counted>(alive);
            ASSERT_TRUE(scheduler.submit(job, Band::normal, scheduler.next_id()));
        }
        int back = 0;
        while (back < 10) {
            if (scheduler.take_finished() != nullptr) ++back;
            std::this_thread::yield();
        }
        EXPECT_EQ(scheduler.stats().submitted, 10U); // the makers are no jobs of anybody
        scheduler.stop();                            // perhaps in the middle of it
    }
    EXPECT_EQ(alive, 0);
}

TEST(Spares, TidyDestroysSoManyAndNoMore) {
    constexpr int count = 100;
    int alive = 0;
    Scheduler scheduler({.workers = 1}, {});
    Job* list = nullptr;
    for (int i = 0; i < count; ++i) {
        JobPtr job = std::make_unique<Counted>(alive);
        ASSERT_TRUE(scheduler.submit(job, Band::normal, scheduler.next_id()));
    }
    for (int back = 0; back < count;) {
        JobPtr job = scheduler.take_finished();
        if (job == nullptr) {
            std::this_thread::yield();
            continue;
        }
        ++back;
        job->next = list;
        list = job.release();
    }
    scheduler.dispose(list);
    EXPECT_EQ(alive, count);
    while (alive > 0) { // as the worker comes to them
        const int before = alive;
        scheduler.tidy(7);
        EXPECT_GE(alive, before - 7);
        std::this_thread::yield();
    }
}

} // namespace
} // namespace cutout::batch
