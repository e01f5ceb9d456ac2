// A full queue that makes room: which jobs go, how they end, and what it never does.
#include "batch_test_jobs.h"

#include <set>

namespace cutout::batch::test {
namespace {

using geometry::Status;

// One worker, kept busy, so that what is submitted stays queued.
class BatchOverflow : public testing::Test {
protected:
    void SetUp() override {
        scheduler.set_overflow(Overflow::drop_oldest);
        running = submit(scheduler, gate.job(), Band::low);
        ASSERT_TRUE(gate.wait_for(1));
        scheduler.set_limits({.max_jobs = 4, .max_bytes = 100'000});
    }
    JobId add(Band band) { return submit(scheduler, trivial_job(), band); }
    // The next finished job, which was dropped; 0 if it is anything else.
    JobId take_dropped() {
        const JobPtr job = scheduler.take_finished();
        if (job == nullptr || job->failure().status != Status::queue_full) return 0;
        EXPECT_NE(job->failure().message.find("dropped"), std::string::npos) << job->failure().message;
        return job->id();
    }

    Gate gate;
    JobId running = 0;
    Scheduler scheduler{{.workers = 1}, {}};
};

TEST_F(BatchOverflow, TheOldestOfTheLowestBandGoes) {
    const JobId high = add(Band::high);
    const JobId low = add(Band::low);
    const JobId low2 = add(Band::low);
    ASSERT_NE(high * low * low2, 0);
    const JobId normal = add(Band::normal);
    EXPECT_NE(normal, 0);
    EXPECT_EQ(take_dropped(), low);
    const JobId normal2 = add(Band::normal);
    EXPECT_NE(normal2, 0);
    EXPECT_EQ(take_dropped(), low2);
    EXPECT_NE(add(Band::urgent), 0);
    EXPECT_EQ(take_dropped(), normal);
    EXPECT_NE(add(Band::normal), 0);
    EXPECT_EQ(take_dropped(), normal2);
    EXPECT_EQ(add(Band::low), 0) << "nothing lower waits, and the running job is not dropped";
    EXPECT_EQ(scheduler.take_finished(), nullptr);
    expect_consistent(scheduler);
    gate.open();
    EXPECT_EQ(take(scheduler, 4).size(), 4U);
}

TEST_F(BatchOverflow, DroppedJobsComeOutEvenWhenManyWait) {
    std::set<JobId> ids;
    for (int i = 0; i < 3 + 4; ++i) { // three fit, and four more are dropped, as many as the limit of jobs
        const JobId id = add(Band::normal);
        ASSERT_NE(id, 0);
        ids.insert(id);
    }
    EXPECT_EQ(scheduler.stats().dropped, 4U);
    EXPECT_EQ(add(Band::normal), 0) << "dropped jobs are bounded too";
    for (int i = 0; i < 4; ++i) {
        EXPECT_EQ(ids.erase(take_dropped()), 1U);
    }
    EXPECT_EQ(scheduler.stats().dropped, 0U);
    EXPECT_NE(add(Band::normal), 0);
    EXPECT_EQ(ids.erase(take_dropped()), 1U);
    expect_consistent(scheduler);
}

TEST_F(BatchOverflow, RoomInBytesTakesAsManyAsItNeedsAndNoMore) {
    std::vector<JobId> ids;
    for (int i = 0; i < 3; ++i) {
        ids.push_back(submit(scheduler, std::make_unique<SizedJob>(30'000)));
    }
    EXPECT_NE(submit(scheduler, std::make_unique<SizedJob>(50'000)), 0);
    EXPECT_EQ(take_dropped(), ids[0]);
    EXPECT_EQ(take_dropped(), ids[1]);
    EXPECT_EQ(scheduler.take_finished(), nullptr);
    EXPECT_LE(scheduler.stats().bytes, 100'000U);
    // What cannot fit drops nothing.
    EXPECT_EQ(submit(scheduler, std::make_unique<SizedJob>(100'001)), 0);
    EXPECT_EQ(submit(scheduler, std::make_unique<SizedJob>(SIZE_MAX)), 0);
    EXPECT_EQ(submit(scheduler, std::make_unique<SizedJob>(40'000), Band::low), 0);
    EXPECT_EQ(scheduler.take_finished(), nullptr);
}

TEST_F(BatchOverflow, MakeRoomIsForManyAtOnceOrForNone) {
    const JobId first = add(Band::normal);
    const JobId second = add(Band::normal);
    EXPECT_TRUE(scheduler.make_room(1, 0, Band::normal)) << "there is room";
    EXPECT_EQ(scheduler.take_finished(), nullptr);
    EXPECT_FALSE(scheduler.make_room(4, 0, Band::normal)) << "one is running";
    EXPECT_FALSE(scheduler.make_room(3, 0, Band::low)) << "none so low";
    EXPECT_EQ(scheduler.take_finished(), nullptr);
    EXPECT_TRUE(scheduler.make_room(3, 0, Band::normal));
    EXPECT_EQ(take_dropped(), first);
    EXPECT_EQ(take_dropped(), second);
}

TEST_F(BatchOverflow, AMovedJobIsDroppedFromItsNewBand) {
    const JobId first = add(Band::normal);
    const JobId second = add(Band::normal);
    const JobId third = add(Band::normal);
    EXPECT_TRUE(scheduler.set_band(first, Band::high));
    EXPECT_TRUE(scheduler.set_band(third, Band::low));
    EXPECT_NE(add(Band::high), 0);
    EXPECT_EQ(take_dropped(), third);
    EXPECT_NE(add(Band::high), 0);
    EXPECT_EQ(take_dropped(), second);
    EXPECT_NE(add(Band::high), 0);
    EXPECT_EQ(take_dropped(), first);
}

TEST(BatchOverflowStorm, EveryAcceptedJobComesOutOnce) {
    Scheduler scheduler({.workers = 2}, {.max_jobs = 50});
    scheduler.set_overflow(Overflow::drop_oldest);
    std::set<JobId> open;
    std::uint64_t random = 12345;
    std::size_t dropped = 0;
    const auto take_one = [&] {
        const JobPtr job = scheduler.take_finished();
        if (job == nullptr) return false;
        EXPECT_EQ(open.erase(job->id()), 1U);
        if (job->failure().status == Status::queue_full) ++dropped;
        return true;
    };
    for (int i = 0; i < 50'000; ++i) {
        random = random * 6364136223846793005ULL + 1442695040888963407ULL;
        const auto band = static_cast<Band>((random >> 40U) % band_count);
        const JobId id = scheduler.next_id();
        JobPtr job = trivial_job();
        if (scheduler.submit(job, band, id)) open.insert(id);
        if ((random >> 50U) % 4 == 0)
            (void)scheduler.set_band(id - static_cast<JobId>((random >> 55U) % 20), band);
        if ((random >> 45U) % 16 == 0) (void)scheduler.cancel(id - 3);
        if ((random >> 48U) % 4 == 0) (void)take_one();
        if (i == 25'000) scheduler.set_strict_order(true);
        ASSERT_LE(scheduler.stats().finished - scheduler.stats().dropped, 50U);
    }
    EXPECT_TRUE(eventually([&] {
        while (take_one()) {
        }
        return open.empty();
    }));
    EXPECT_GT(dropped, 0U);
    expect_consistent(scheduler);
}

} // namespace
} // namespace cutout::batch::test
