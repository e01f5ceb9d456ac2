// operator new for a whole test program: counts what each thread asks for, and can run out.
//
// Include it in one file of the program, and not where a sanitizer has an operator new of its own:
//
//     #if !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
//     #include "support/operator_new.h"
//
//     const Limit limit(3);           // this thread's fourth allocation from here on throws std::bad_alloc
//     const std::size_t before = asked;
#pragma once

#include <cstddef>
#include <cstdlib>
#include <new>

namespace cutout::test {

inline thread_local std::size_t asked = 0; // allocations of this thread
inline thread_local long allowed = -1;     // how many more it may make; -1: any number

class Limit {
public:
    explicit Limit(long count) { allowed = count; }
    Limit(const Limit&) = delete;
    Limit& operator=(const Limit&) = delete;
    ~Limit() { allowed = -1; }
};

inline void* allocate(std::size_t size) {
    ++asked;
    if (allowed == 0) throw std::bad_alloc();
    if (allowed > 0) --allowed;
    if (void* memory = std::malloc(size == 0 ? 1 : size)) return memory;
    throw std::bad_alloc();
}

} // namespace cutout::test

void* operator new(std::size_t size) {
    return cutout::test::allocate(size);
}
void* operator new[](std::size_t size) {
    return cutout::test::allocate(size);
}
void operator delete(void* memory) noexcept {
    std::free(memory);
}
void operator delete[](void* memory) noexcept {
    std::free(memory);
}
void operator delete(void* memory, std::size_t /*size*/) noexcept {
    std::free(memory);
}
void operator delete[](void* memory, std::size_t /*size*/) noexcept {
    std::free(memory);
}
