#include "batch/thread_priority.h"

#if defined(__linux__)
#include <pthread.h>
#include <sched.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>
#elif defined(__APPLE__)
#include <pthread.h>
#include <pthread/qos.h>
#elif defined(_WIN32)
#define WIN32_LEAN_AND_MEAN
#include <windows.h>
#endif

namespace cutout::batch {

// Linux is what the tests run on; the other two branches follow their systems' manuals and are not tested.

bool lower_current_thread() {
#if defined(__linux__)
    // POSIX gives the nice value to the process, Linux to each thread: a thread id does as `who`.
    constexpr int lowest = 19;
    const auto thread = static_cast<id_t>(syscall(SYS_gettid));
    return setpriority(PRIO_PROCESS, thread, lowest) == 0;
#elif defined(__APPLE__)
    return pthread_set_qos_class_self_np(QOS_CLASS_UTILITY, 0) == 0;
#elif defined(_WIN32)
    return SetThreadPriority(GetCurrentThread(), THREAD_PRIORITY_LOWEST) != 0;
#else
    return false;
#endif
}

int current_core() {
#if defined(__linux__)
    return sched_getcpu();
#else
    return -1;
#endif
}

void leave_core(int core) {
#if defined(__linux__)
    if (core < 0 || core >= CPU_SETSIZE || sched_getcpu() != core) return;
    cpu_set_t allowed;
    if (sched_getaffinity(0, sizeof allowed, &allowed) != 0) return; // there are more than CPU_SETSIZE
    cpu_set_t others = allowed;
    CPU_CLR(core, &others);
    // The first call moves the thread, the second one lets it go where it likes again.
    if (CPU_COUNT(&others) > 0 && sched_setaffinity(0, sizeof others, &others) == 0) {
        (void)sched_setaffinity(0, sizeof allowed, &allowed);
    }
#else
    (void)core;
#endif
}

void name_current_thread(const std::string& name) {
#if defined(__linux__)
    constexpr std::size_t longest = 15; // more is refused, not cut
    (void)pthread_setname_np(pthread_self(), name.substr(0, longest).c_str());
#elif defined(__APPLE__)
    (void)pthread_setname_np(name.c_str());
#elif defined(_WIN32)
    const std::wstring wide(name.begin(), name.end()); // the names are ASCII
    (void)SetThreadDescription(GetCurrentThread(), wide.c_str());
#else
    (void)name;
#endif
}

} // namespace cutout::batch
