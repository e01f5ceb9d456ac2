// Memory for objects of one size that come and go in bursts: blocks are kept for the next burst, and those of
// the first one are made by another thread. Memory that is touched for the first time costs a page fault for
// each 4 KiB, which on some machines takes longer than all the rest of a submission.
//
//     SpareBlocks blocks(sizeof(Ticket), 5120);
//     blocks.make(128);                    // a worker: so many blocks, touched, for the owner to find
//     void* block = blocks.take();         // owner: a spare one, or a fresh one
//     blocks.give_back(block);             // owner
//
// Guarantees: take() may throw std::bad_alloc; nothing else throws. Blocks are aligned as operator new does
// it. No more than `most` spare ones are kept by give_back(). All blocks must be back before the destructor.
//
// Thread rule: take(), give_back() and the destructor are the owner's; make() is for any thread, and none may
// be inside it when the destructor runs.
#pragma once

#include "batch/handover_stack.h"

#include <algorithm>
#include <cstddef>
#include <new>

namespace cutout::batch {

// So many jobs, and what goes with each, have their memory kept and made in advance: a burst of five
// thousand.
inline constexpr std::size_t spare_jobs = 5120;

class SpareBlocks {
public:
    SpareBlocks(std::size_t block_size, std::size_t most)
        : block_size_(std::max(block_size, sizeof(Spare))), most_(most) {}
    ~SpareBlocks() {
        free_all(spare_);
        free_all(made_.take_all());
    }
    SpareBlocks(const SpareBlocks&) = delete;
    SpareBlocks& operator=(const SpareBlocks&) = delete;

    // Makes up to `count` blocks; fewer where memory is short.
    void make(std::size_t count) noexcept {
        for (; count > 0; --count) {
            void* block = ::operator new(block_size_, std::nothrow);
            if (block == nullptr) return;
            // Each page is touched, also by blocks that are larger than one.
            for (std::size_t at = 0; at < block_size_; at += smallest_page) {
                static_cast<volatile std::byte*>(block)[at] = std::byte{0};
            }
            made_.push(new (block) Spare);
        }
    }

    [[nodiscard]] void* take() {
        if (spare_ == nullptr) {
            spare_ = made_.take_all(); // more than `most_` are not made
            for (const Spare* spare = spare_; spare != nullptr; spare = spare->next) {
                ++count_;
            }
        }
        if (spare_ == nullptr) return ::operator new(block_size_);
        void* block = spare_;
        spare_ = spare_->next;
        --count_;
        return block;
    }

    void give_back(void* block) noexcept {
        if (count_ >= most_) {
            ::operator delete(block);
            return;
        }
        Spare* spare = new (block) Spare;
        spare->next = spare_;
        spare_ = spare;
        ++count_;
    }

private:
    struct Spare {
        Spare* next = nullptr;
    };
    static constexpr std::size_t smallest_page = 4096;

    static void free_all(Spare* spare) {
        while (spare != nullptr) {
            Spare* next = spare->next;
            ::operator delete(spare);
            spare = next;
        }
    }

    std::size_t block_size_;
    std::size_t most_;
    Spare* spare_ = nullptr;
    std::size_t count_ = 0; // of `spare_`
    HandoverStack<Spare> made_;
};

} // namespace cutout::batch
