// The pieces the scheduler is made of: the lock-free stack, the semaphore, the queue of bands, the book.
#include "batch/handover_stack.h"
#include "batch/job_queue.h"
#include "batch/semaphore.h"
#include "batch/ticket_book.h"
#include "batch_test_jobs.h"

#include <deque>

namespace cutout::batch::test {
namespace {

struct Node {
    Node* next = nullptr;
    int producer = 0;
    int number = 0;
};

TEST(BatchHandoverStack, GivesBackInTheOrderOfThePushes) {
    HandoverStack<Node> stack;
    EXPECT_TRUE(stack.empty());
    EXPECT_EQ(stack.take_all(), nullptr);
    std::vector<Node> nodes(5);
    for (Node& node : nodes) {
        stack.push(&node);
    }
    EXPECT_FALSE(stack.empty());
    const Node* node = stack.take_all();
    for (const Node& expected : nodes) {
        ASSERT_EQ(node, &expected);
        node = node->next;
    }
    EXPECT_EQ(node, nullptr);
    EXPECT_TRUE(stack.empty());
}

TEST(BatchHandoverStack, LosesNothingBetweenManyPushersAndTakers) {
    constexpr int producers = 3;
    constexpr int per_producer = 100'000;
    HandoverStack<Node> stack;
    std::vector<std::vector<Node>> nodes(producers, std::vector<Node>(per_producer));
    std::vector<std::thread> threads;
    for (int p = 0; p < producers; ++p) {
        threads.emplace_back([&, p] {
            for (int i = 0; i < per_producer; ++i) {
                Node& node = nodes[static_cast<std::size_t>(p)][static_cast<std::size_t>(i)];
                node.producer = p;
                node.number = i;
                stack.push(&node);
            }
        });
    }
    std::vector<int> next(producers, 0);
    int got = 0;
    EXPECT_TRUE(eventually([&] {
        for (const Node* node = stack.take_all(); node != nullptr; node = node->next) {
            EXPECT_EQ(node->number, next[static_cast<std::size_t>(node->producer)]++);
            ++got;
        }
        return got == producers * per_producer;
    }));
    for (std::thread& thread : threads) {
        thread.join();
    }
    EXPECT_TRUE(stack.empty());
}

TEST(BatchSemaphore, GivesAsManyTokensAsWereReleased) {
    constexpr int threads_count = 4;
    constexpr int per_thread = 20'000;
    Semaphore there;
    Semaphore back;
    std::vector<std::thread> threads;
    for (int t = 0; t < threads_count; ++t) {
        threads.emplace_back([&] {
            for (int i = 0; i < per_thread; ++i) {
                there.acquire();
                back.release();
            }
        });
    }
    for (int i = 0; i < threads_count * per_thread; i += 4) {
        there.release(4);
        for (int k = 0; k < 4; ++k) {
            back.acquire(); // hangs, and so fails, if a token was lost
        }
    }
    there.release(0);
    for (std::thread& thread : threads) {
        thread.join();
    }
}

// The queue and the book without threads: every step is known.
class BatchJobQueue : public testing::Test {
protected:
    Ticket* push(Band band = Band::normal, float microseconds = unknown_job_microseconds) {
        jobs.emplace_back([](const fracture::Control&) { return geometry::Failure{}; });
        Ticket* ticket = book.open(&jobs.back(), ++last_id, band, microseconds);
        queue.push(ticket);
        return ticket;
    }
    std::size_t count_dropped() {
        std::size_t count = 0;
        for (Ticket *ticket = dropped.take_all(), *next = nullptr; ticket != nullptr; ticket = next) {
            next = ticket->next;
            EXPECT_EQ(ticket->state.load(), TicketState::withdrawn);
            give_back(ticket);
            ++count;
        }
        return count;
    }
    void give_back(Ticket* ticket) {
        book.close(*ticket);
        book.put_back(ticket);
    }

    std::deque<CallJob> jobs;
    JobId last_id = 0;
    TicketBook book;
    HandoverStack<Ticket> dropped;
    JobQueue queue{dropped};
    LongJobs long_jobs;
};

TEST_F(BatchJobQueue, PicksInOrder) {
    Ticket* first = push();
    Ticket* second = push();
    EXPECT_EQ(queue.pick(long_jobs), first);
    EXPECT_EQ(first->next, nullptr);
    EXPECT_TRUE(first->claim(TicketState::started));
    Ticket* urgent = push(Band::urgent);
    EXPECT_EQ(queue.pick(long_jobs), urgent);
    EXPECT_EQ(queue.pick(long_jobs), second);
    EXPECT_EQ(queue.pick(long_jobs), nullptr);
    for (Ticket* ticket : {first, second, urgent}) {
        give_back(ticket);
    }
}

TEST_F(BatchJobQueue, DropsWhatWasWithdrawnWhereverItLies) {
    std::vector<Ticket*> tickets;
    for (int i = 0; i < 9; ++i) {
        tickets.push_back(push(static_cast<Band>(i % 3)));
    }
    for (const std::size_t i : {0U, 1U, 4U, 8U}) {
        EXPECT_TRUE(tickets[i]->claim(TicketState::withdrawn));
        EXPECT_FALSE(tickets[i]->claim(TicketState::started));
    }
    for (const std::size_t i : {2U, 5U, 7U, 3U, 6U}) {
        Ticket* ticket = queue.pick(long_jobs);
        ASSERT_EQ(ticket, tickets[i]);
        give_back(ticket);
    }
    EXPECT_EQ(queue.pick(long_jobs), nullptr);
    EXPECT_EQ(count_dropped(), 4U);
    EXPECT_EQ(book.size(), 0U);
}

TEST_F(BatchJobQueue, ASweepDropsWithdrawnTicketsAndKeepsTheOrderOfTheRest) {
    std::vector<Ticket*> kept;
    for (int i = 0; i < 100; ++i) {
        Ticket* ticket = push(i < 50 ? Band::high : Band::low);
        if (i % 3 == 0) {
            EXPECT_TRUE(ticket->claim(TicketState::withdrawn));
        } else {
            kept.push_back(ticket);
        }
    }
    queue.sweep();
    EXPECT_EQ(count_dropped(), 34U);
    for (Ticket* expected : kept) {
        Ticket* ticket = queue.pick(long_jobs);
        ASSERT_EQ(ticket, expected);
        give_back(ticket);
    }
    EXPECT_EQ(queue.pick(long_jobs), nullptr);
}

TEST_F(BatchJobQueue, TakeRestGivesEverything) {
    push(Band::low);
    push(Band::urgent);
    EXPECT_EQ(queue.pick(long_jobs)->id, 2);
    give_back(book.find(2));
    push(Band::normal);
    std::size_t count = 0;
    for (Ticket *ticket = queue.take_rest(), *next = nullptr; ticket != nullptr; ticket = next) {
        next = ticket->next;
        give_back(ticket);
        ++count;
    }
    EXPECT_EQ(count, 2U);
    EXPECT_EQ(queue.pick(long_jobs), nullptr);
}

// How many tickets a pick gives.
std::size_t length(const Ticket* chain) {
    std::size_t count = 0;
    for (; chain != nullptr; chain = chain->next) {
        ++count;
    }
    return count;
}

TEST_F(BatchJobQueue, SmallJobsAreHandedOutInGroupsAndInOrder) {
    std::vector<Ticket*> tickets;
    for (int i = 0; i < 100; ++i) {
        tickets.push_back(push(Band::normal, 1.0F));
    }
    long_jobs.workers = 2;
    std::size_t next = 0;
    std::size_t groups = 0;
    for (Ticket* chain = queue.pick(long_jobs); chain != nullptr; chain = queue.pick(long_jobs), ++groups) {
        EXPECT_LE(length(chain), static_cast<std::size_t>(group_jobs));
        EXPECT_LE(length(chain), std::max<std::size_t>(1, (100 - next) / 4)) << "half of an equal share";
        for (; chain != nullptr; chain = chain->next) {
            ASSERT_EQ(chain, tickets[next++]);
        }
    }
    EXPECT_EQ(next, 100U);
    EXPECT_LT(groups, 30U);
    for (Ticket* ticket : tickets) {
        give_back(ticket);
    }
}

TEST_F(BatchJobQueue, AGroupIsShortAndOfOneBand) {
    std::vector<Ticket*> tickets;
    for (int i = 0; i < 40; ++i) {
        tickets.push_back(push(i < 2 ? Band::high : Band::normal, i < 2 ? 1.0F : 0.4F * group_microseconds));
    }
    EXPECT_EQ(length(queue.pick(long_jobs)), 1U); // half a share of two
    EXPECT_EQ(length(queue.pick(long_jobs)), 1U);
    EXPECT_EQ(length(queue.pick(long_jobs)), 2U) << "three would take longer than a group may";
    for (Ticket* ticket : tickets) {
        give_back(ticket);
    }
}

TEST_F(BatchJobQueue, LongJobsLeaveOneWorkerFree) {
    const float long_time = 2.0F * long_job_microseconds;
    Ticket* long_first = push(Band::normal, long_time);
    Ticket* long_second = push(Band::urgent, long_time);
    Ticket* long_third = push(Band::normal, long_time);
    Ticket* short_one = push(Band::low);
    long_jobs.workers = 3;
    EXPECT_EQ(queue.pick(long_jobs), long_second);
    EXPECT_EQ(queue.pick(long_jobs), long_first);
    EXPECT_EQ(queue.pick(long_jobs), short_one) << "two of three workers are on long jobs";
    EXPECT_EQ(queue.pick(long_jobs), nullptr);
    long_jobs.running -= 1; // one ends
    EXPECT_EQ(queue.pick(long_jobs), long_third);
    for (Ticket* ticket : {long_first, long_second, long_third, short_one}) {
        give_back(ticket);
    }
}

TEST_F(BatchJobQueue, OneWorkerTakesLongAndShortInOrder) {
    Ticket* long_first = push(Band::normal, 2.0F * long_job_microseconds);
    Ticket* short_one = push();
    Ticket* long_second = push(Band::normal, 2.0F * long_job_microseconds);
    for (Ticket* expected : {long_first, short_one, long_second}) {
        EXPECT_EQ(queue.pick(long_jobs), expected);
        give_back(expected);
    }
}

TEST_F(BatchJobQueue, TheBookFindsEveryOpenJobAndKeepsTheirOrder) {
    constexpr JobId count = 20'000; // several to a bucket
    std::vector<Ticket*> tickets;
    for (JobId id = 1; id <= count; ++id) {
        tickets.push_back(book.open(nullptr, id, Band::normal, 0.0F));
    }
    EXPECT_EQ(book.size(), static_cast<std::size_t>(count));
    for (JobId id = 1; id <= count; ++id) {
        ASSERT_EQ(book.find(id), tickets[static_cast<std::size_t>(id - 1)]);
    }
    EXPECT_EQ(book.find(0), nullptr);
    EXPECT_EQ(book.find(-1), nullptr);
    EXPECT_EQ(book.find(count + 1), nullptr);
    for (JobId id = 1; id <= count; ++id) {
        if (id % 3 != 0) give_back(tickets[static_cast<std::size_t>(id - 1)]);
    }
    JobId expected = 0;
    for (const Ticket* ticket = book.first(Band::normal); ticket != nullptr; ticket = ticket->in_book.next) {
        ASSERT_EQ(ticket->id, expected += 3);
    }
    for (JobId id = 1; id <= count; ++id) {
        ASSERT_EQ(book.find(id) != nullptr, id % 3 == 0);
    }
    for (JobId id = 3; id <= count; id += 3) {
        give_back(book.find(id));
    }
    EXPECT_EQ(book.size(), 0U);
    EXPECT_EQ(book.first(Band::normal), nullptr);
}

} // namespace
} // namespace cutout::batch::test
