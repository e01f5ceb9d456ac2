// A counting semaphore on the operating system's own.
//
// Not std::counting_semaphore: its first versions in libstdc++ could sleep through a release. And where it is
// built on a mutex, a release could wait for a preempted worker of low priority; here it never waits: glibc's
// sem_post is one atomic addition, and a system call only if somebody sleeps.
//
// Thread rule: any thread, any call. Nobody may be inside a call when it is destroyed.
#pragma once

#if defined(__APPLE__)
#include <dispatch/dispatch.h>
#elif !defined(_WIN32)
#include <semaphore.h>
#endif

namespace cutout::batch {

class Semaphore {
public:
    Semaphore();
    ~Semaphore();
    Semaphore(const Semaphore&) = delete;
    Semaphore& operator=(const Semaphore&) = delete;

    // Adds `count` tokens. What was written before it is seen by whoever gets a token.
    void release(int count = 1);
    // Takes a token, sleeping until there is one.
    void acquire();

private:
#if defined(__APPLE__)
    dispatch_semaphore_t handle_;
#elif defined(_WIN32)
    void* handle_;
#else
    sem_t handle_;
#endif
};

} // namespace cutout::batch
