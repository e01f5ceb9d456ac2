// Starting, changing and stopping the workers; what becomes of the jobs meanwhile.
#include "batch_test_jobs.h"

#include <algorithm>
#include <set>

#if defined(__linux__)
#include <pthread.h>
#include <sched.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>
#endif

namespace cutout::batch::test {
namespace {

using geometry::Status;

TEST(BatchLifecycle, StopCancelsQueuedAndRunningJobsAndAllCanBeTaken) {
    const int before = CountedJob::alive;
    {
        Scheduler scheduler({.workers = 2}, {});
        Gate gate; // never opened
        submit(scheduler, gate.job());
        submit(scheduler, gate.job());
        ASSERT_TRUE(gate.wait_for(2));
        for (int i = 0; i < 1000; ++i) {
            submit(scheduler, trivial_job(), static_cast<Band>(i % 4));
        }
        scheduler.stop();
        const Stats stats = scheduler.stats();
        EXPECT_EQ(stats.finished, 1002U);
        EXPECT_EQ(stats.running, 0U);
        EXPECT_EQ(stats.queued, 0U);
        EXPECT_EQ(stats.workers, 0);
        EXPECT_EQ(stats.empty_tickets, 0U);
        std::set<JobId> ids;
        while (const JobPtr job = scheduler.take_finished()) {
            EXPECT_EQ(job->failure().status, Status::cancelled);
            ids.insert(job->id());
        }
        EXPECT_EQ(ids.size(), 1002U);
        scheduler.stop();
        EXPECT_EQ(scheduler.take_finished(), nullptr);
    }
    EXPECT_EQ(CountedJob::alive, before);
}

TEST(BatchLifecycle, StopKeepsWhatHadFinished) {
    Scheduler scheduler({.workers = 1}, {});
    const JobId done = submit(scheduler, trivial_job());
    ASSERT_TRUE(eventually([&] { return scheduler.stats().finished == 1; }));
    scheduler.stop();
    const JobPtr job = scheduler.take_finished();
    ASSERT_NE(job, nullptr);
    EXPECT_EQ(job->id(), done);
    EXPECT_EQ(job->failure().status, Status::ok);
}

TEST(BatchLifecycle, AfterStopSubmissionsAreRefusedUntilWorkersStartAgain) {
    Scheduler scheduler({.workers = 1}, {});
    scheduler.stop();
    JobPtr job = trivial_job();
    EXPECT_FALSE(scheduler.submit(job, Band::normal, scheduler.next_id()));
    EXPECT_NE(job, nullptr);
    EXPECT_FALSE(scheduler.cancel(1));
    EXPECT_EQ(scheduler.cancel_all(), 0U);
    scheduler.configure({.workers = 2});
    EXPECT_EQ(scheduler.stats().workers, 2);
    EXPECT_TRUE(scheduler.submit(job, Band::normal, scheduler.next_id()));
    EXPECT_EQ(take(scheduler, 1).size(), 1U);
}

TEST(BatchLifecycle, DestructionFreesQueuedRunningAndFinishedJobs) {
    const int before = CountedJob::alive;
    for (int round = 0; round < 50; ++round) {
        Gate gate;
        Scheduler scheduler({.workers = 2}, {});
        submit(scheduler, trivial_job());
        submit(scheduler, gate.job());
        for (int i = 0; i < 40; ++i) {
            const JobId id = submit(scheduler, trivial_job());
            if (i % 3 == 0) scheduler.cancel(id);
        }
        if (round % 2 == 0) {
            EXPECT_TRUE(gate.wait_for(1));
        }
    }
    EXPECT_EQ(CountedJob::alive, before);
}

TEST(BatchLifecycle, CreatingAndDestroyingAnIdleSchedulerEndsAtOnce) {
    for (int i = 0; i < 200; ++i) {
        const Scheduler scheduler({.workers = 1 + i % 4}, {});
    }
}

TEST(BatchLifecycle, ChangingTheWorkersKeepsEveryJobAndItsOrder) {
    Scheduler scheduler({.workers = 1}, {});
    Gate gate;
    const JobId running = submit(scheduler, gate.job());
    ASSERT_TRUE(gate.wait_for(1));
    std::vector<JobId> expected;
    for (int i = 0; i < 300; ++i) {
        expected.push_back(submit(scheduler, trivial_job()));
    }
    scheduler.configure({.workers = 1}); // does not wait: the gate is closed
    EXPECT_EQ(ids_of(take(scheduler, 300)), expected);
    int visits = 0;
    scheduler.for_each_running([&](JobId id, float, std::int64_t) {
        ++visits;
        EXPECT_EQ(id, running) << "a job on a worker that is leaving is still shown";
    });
    EXPECT_EQ(visits, 1);
    gate.open();
    EXPECT_EQ(ids_of(take(scheduler, 1)), std::vector<JobId>{running});
}

TEST(BatchLifecycle, StopReachesJobsOnWorkersThatAreLeaving) {
    Scheduler scheduler({.workers = 2}, {});
    Gate gate; // never opened
    submit(scheduler, gate.job());
    submit(scheduler, gate.job());
    ASSERT_TRUE(gate.wait_for(2));
    scheduler.configure({.workers = 1});
    submit(scheduler, gate.job());
    ASSERT_TRUE(gate.wait_for(3));
    scheduler.configure({.workers = 3});
    scheduler.stop();
    EXPECT_EQ(take(scheduler, 3).size(), 3U);
}

TEST(BatchLifecycle, WorkerCounts) {
    const unsigned cores = std::thread::hardware_concurrency();
    const int automatic = std::max(1, static_cast<int>(cores) - 1);
    Scheduler scheduler({.workers = 0}, {});
    EXPECT_EQ(scheduler.stats().workers, std::min(automatic, max_workers));
    scheduler.configure({.workers = -3});
    EXPECT_EQ(scheduler.stats().workers, std::min(automatic, max_workers));
    scheduler.configure({.workers = 5});
    EXPECT_EQ(scheduler.stats().workers, 5);
    scheduler.configure({.workers = 100'000});
    EXPECT_EQ(scheduler.stats().workers, max_workers);
    submit(scheduler, trivial_job());
    EXPECT_EQ(take(scheduler, 1).size(), 1U);
}

TEST(BatchLifecycle, AllWorkersRunJobsAtOnce) {
    Scheduler scheduler({.workers = 4}, {});
    Gate gate;
    for (int i = 0; i < 4; ++i) {
        submit(scheduler, gate.job());
    }
    EXPECT_TRUE(gate.wait_for(4));
    EXPECT_EQ(scheduler.stats().running, 4U);
    gate.open();
    EXPECT_EQ(take(scheduler, 4).size(), 4U);
}

#if defined(__linux__)

struct ThreadFacts {
    std::string name;
    int nice = 0;
};

std::vector<ThreadFacts> facts_of_workers(ThreadPriority priority) {
    constexpr int workers = 3;
    Scheduler scheduler({.workers = workers, .priority = priority}, {});
    std::vector<ThreadFacts> facts(workers);
    std::atomic<int> inside{0};
    for (auto& fact : facts) {
        submit(scheduler, call_job([&fact, &inside](const fracture::Control&) {
                   char name[16] = {};
                   pthread_getname_np(pthread_self(), name, sizeof name);
                   fact.name = name;
                   fact.nice = getpriority(PRIO_PROCESS, static_cast<id_t>(syscall(SYS_gettid)));
                   ++inside;
                   (void)eventually([&] { return inside.load() == workers; }); // one job on each worker
                   return geometry::Failure{};
               }));
    }
    EXPECT_EQ(take(scheduler, workers).size(), static_cast<std::size_t>(workers));
    std::sort(facts.begin(), facts.end(), [](const auto& a, const auto& b) { return a.name < b.name; });
    return facts;
}

TEST(BatchThreads, AreNamedAndLoweredAndTheOwnerIsNot) {
    const int own = getpriority(PRIO_PROCESS, static_cast<id_t>(syscall(SYS_gettid)));
    const auto facts = facts_of_workers(ThreadPriority::lowered);
    for (std::size_t i = 0; i < facts.size(); ++i) {
        EXPECT_EQ(facts[i].name, "cutout-" + std::to_string(i));
        EXPECT_EQ(facts[i].nice, 19);
    }
    EXPECT_EQ(getpriority(PRIO_PROCESS, static_cast<id_t>(syscall(SYS_gettid))), own);
}

TEST(BatchThreads, StayAtTheOwnersPriorityWhenAskedTo) {
    const int own = getpriority(PRIO_PROCESS, static_cast<id_t>(syscall(SYS_gettid)));
    for (const ThreadFacts& facts : facts_of_workers(ThreadPriority::normal)) {
        EXPECT_EQ(facts.nice, own);
    }
}

cpu_set_t allowed_cores() {
    cpu_set_t cores;
    CPU_ZERO(&cores);
    EXPECT_EQ(sched_getaffinity(0, sizeof cores, &cores), 0);
    return cores;
}

TEST(BatchThreads, LeaveACoreForAnotherAndMayUseAllOfThemAfterwards) {
    std::thread([] {
        const cpu_set_t before = allowed_cores();
        if (CPU_COUNT(&before) < 2) GTEST_SKIP() << "there is one core";
        int moved = 0;
        for (int i = 0; i < 20; ++i) {
            const int core = current_core();
            leave_core(core);
            moved += current_core() != core ? 1 : 0; // unless it was moved back at once
            const cpu_set_t after = allowed_cores();
            ASSERT_TRUE(CPU_EQUAL(&before, &after));
        }
        EXPECT_GT(moved, 10);
    }).join();
}

TEST(BatchThreads, StayWhereThereIsNoOtherCore) {
    std::thread([] {
        cpu_set_t one;
        CPU_ZERO(&one);
        CPU_SET(current_core(), &one);
        ASSERT_EQ(sched_setaffinity(0, sizeof one, &one), 0);
        const int core = current_core();
        leave_core(core);
        EXPECT_EQ(current_core(), core);
        const cpu_set_t after = allowed_cores();
        EXPECT_TRUE(CPU_EQUAL(&one, &after));
        leave_core(-1);
        leave_core(1 << 20);
    }).join();
}

#endif

// Says on which thread it was shed.
class ShedJob final : public CountedJob {
public:
    explicit ShedJob(std::atomic<int>& elsewhere)
        : elsewhere_(elsewhere), owner_(std::this_thread::get_id()) {}
    ~ShedJob() override { EXPECT_EQ(std::this_thread::get_id(), owner_) << "a worker never destroys a job"; }
    geometry::Failure run(const fracture::Control& /*control*/) override { return {}; }
    void shed() noexcept override { elsewhere_ += std::this_thread::get_id() != owner_ ? 1 : 0; }

private:
    std::atomic<int>& elsewhere_;
    std::thread::id owner_;
};

TEST(BatchDispose, WorkersShedAndTheOwnerDestroys) {
    const int before = CountedJob::alive;
    std::atomic<int> elsewhere{0};
    constexpr int count = 1000;
    {
        Scheduler scheduler({.workers = 2}, {});
        for (int i = 0; i < count; ++i) {
            submit(scheduler, std::make_unique<ShedJob>(elsewhere));
        }
        Job* list = nullptr;
        for (JobPtr& job : take(scheduler, count)) {
            job->next = list;
            list = job.release();
        }
        scheduler.dispose(list);
        EXPECT_TRUE(eventually([&] { return elsewhere == count; }));
        EXPECT_TRUE(eventually([&] {
            scheduler.dispose(nullptr);
            return CountedJob::alive == before;
        }));
        // What is disposed of as the last thing is not lost either.
        submit(scheduler, std::make_unique<ShedJob>(elsewhere));
        scheduler.dispose(take(scheduler, 1)[0].release());
    }
    EXPECT_EQ(CountedJob::alive, before);
}

TEST(BatchDispose, WithoutWorkersItIsDoneAtOnce) {
    const int before = CountedJob::alive;
    std::atomic<int> elsewhere{0};
    Scheduler scheduler({.workers = 1, .backend = Backend::guests}, {});
    submit(scheduler, std::make_unique<ShedJob>(elsewhere));
    EXPECT_TRUE(scheduler.run_jobs(std::chrono::microseconds(0)));
    scheduler.dispose(take(scheduler, 1)[0].release());
    EXPECT_EQ(CountedJob::alive, before);
    EXPECT_EQ(elsewhere, 0);
}

} // namespace
} // namespace cutout::batch::test
