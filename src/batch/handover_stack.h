// The way from one thread to another without a lock: a stack that anyone may push on and that is only ever
// taken whole (Treiber 1986, without the pop that brings the ABA problem).
//
//     HandoverStack<Ticket> inbox;
//     inbox.push(ticket);                                    // any thread
//     for (Ticket* t = inbox.take_all(); t != nullptr; ...)  // any thread; oldest first, linked by t->next
//
// Order: take_all() gives what was pushed in the order of the pushes. Ownership goes with the pointer.
//
// Progress: a push fails to swap only if another push or take succeeded in between, so a preempted thread
// never holds anyone up.
#pragma once

#include <atomic>

namespace cutout::batch {

template <typename Node> class HandoverStack {
public:
    HandoverStack() = default;

    void push(Node* node) {
        Node* head = head_.load(std::memory_order_relaxed);
        do {
            node->next = head;
            // Sequentially consistent, not just release: "push, then look whether a worker sleeps" faces
            // "announce sleep, then look whether something was pushed", and one of the two must see the
            // other.
        } while (
            !head_.compare_exchange_weak(head, node, std::memory_order_seq_cst, std::memory_order_relaxed));
    }

    [[nodiscard]] Node* take_all() {
        if (empty()) return nullptr; // spares the exchange, which takes the cache line from the pushers
        // Acquire (in seq_cst): pairs with every push, so all nodes are seen as their pushers left them.
        Node* newest = head_.exchange(nullptr, std::memory_order_seq_cst);
        Node* oldest_first = nullptr;
        while (newest != nullptr) {
            Node* older = newest->next;
            newest->next = oldest_first;
            oldest_first = newest;
            newest = older;
        }
        return oldest_first;
    }

    [[nodiscard]] bool empty() const { return head_.load(std::memory_order_seq_cst) == nullptr; }

private:
    alignas(64) std::atomic<Node*> head_{nullptr};
};

} // namespace cutout::batch
