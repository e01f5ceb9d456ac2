// Memory of worker threads' own heaps, touched in advance: what a first burst leaves as results is made
// there. A page that is touched for the first time costs a fault, and a heap grows in small steps, each a
// system call under a lock that the owner's faults wait for, too.
//
//     WarmHeap heap(4 << 20);
//     heap.add(); ...            // a worker, again and again: one part, until there are enough
//     // the last frees all parts, so that the allocator has them for whatever comes
//
// What stays are a few bytes behind each part: allocators give the end of a heap back to the system, and a
// heap with something at its end they leave as it is. No setting of the allocator is changed.
//
// Thread rule: add() is for any thread, and none may be inside it when the destructor runs.
#pragma once

#include "batch/handover_stack.h"

#include <atomic>
#include <cstddef>
#include <new>

namespace cutout::batch {

class WarmHeap {
public:
    explicit WarmHeap(std::size_t bytes) : missing_(static_cast<int>(bytes / part_size)) {}
    ~WarmHeap() {
        free_all(parts_);
        free_all(ends_);
    }
    WarmHeap(const WarmHeap&) = delete;
    WarmHeap& operator=(const WarmHeap&) = delete;

    // Larger ones would come from the system each by itself, and go back to it.
    static constexpr std::size_t part_size = std::size_t{64} << 10U;

    // False: there are enough, or memory is short.
    bool add() noexcept {
        const int before = missing_.fetch_sub(1, std::memory_order_relaxed);
        if (before <= 0) return false;
        const bool made = make(part_size, parts_) && make(sizeof(Block), ends_);
        // (Others may still be making theirs: those are freed by the destructor.)
        if (before == 1) free_all(parts_);
        return made;
    }

private:
    struct Block {
        Block* next = nullptr;
    };
    static constexpr std::size_t smallest_page = 4096;

    static bool make(std::size_t size, HandoverStack<Block>& out) noexcept {
        void* block = ::operator new(size, std::nothrow);
        if (block == nullptr) return false;
        for (std::size_t at = 0; at < size; at += smallest_page) {
            static_cast<volatile std::byte*>(block)[at] = std::byte{0};
        }
        out.push(new (block) Block);
        return true;
    }
    static void free_all(HandoverStack<Block>& blocks) noexcept {
        for (Block* block = blocks.take_all(); block != nullptr;) {
            Block* next = block->next;
            ::operator delete(block);
            block = next;
        }
    }

    std::atomic<int> missing_;
    HandoverStack<Block> parts_;
    HandoverStack<Block> ends_;
};

} // namespace cutout::batch
