#include "batch/semaphore.h"

#include <cerrno>
#include <system_error>

#if defined(_WIN32)
#define WIN32_LEAN_AND_MEAN
#include <windows.h>
#endif

namespace cutout::batch {

// Linux is what the tests run on; the other two branches follow their systems' manuals and are not tested.

#if defined(__APPLE__)

Semaphore::Semaphore() : handle_(dispatch_semaphore_create(0)) {
    if (handle_ == nullptr) throw std::system_error(ENOMEM, std::generic_category(), "semaphore");
}

Semaphore::~Semaphore() {
    dispatch_release(handle_);
}

void Semaphore::release(int count) {
    for (int i = 0; i < count; ++i) {
        dispatch_semaphore_signal(handle_);
    }
}

void Semaphore::acquire() {
    dispatch_semaphore_wait(handle_, DISPATCH_TIME_FOREVER);
}

#elif defined(_WIN32)

Semaphore::Semaphore() : handle_(CreateSemaphoreW(nullptr, 0, MAXLONG, nullptr)) {
    if (handle_ == nullptr) {
        throw std::system_error(static_cast<int>(GetLastError()), std::system_category(), "semaphore");
    }
}

Semaphore::~Semaphore() {
    CloseHandle(handle_);
}

void Semaphore::release(int count) {
    if (count > 0) ReleaseSemaphore(handle_, count, nullptr);
}

void Semaphore::acquire() {
    WaitForSingleObject(handle_, INFINITE);
}

#else

Semaphore::Semaphore() : handle_{} {
    if (sem_init(&handle_, 0, 0) != 0) throw std::system_error(errno, std::generic_category(), "semaphore");
}

Semaphore::~Semaphore() {
    sem_destroy(&handle_);
}

void Semaphore::release(int count) {
    for (int i = 0; i < count; ++i) {
        sem_post(&handle_);
    }
}

void Semaphore::acquire() {
    // The only way to fail here is a signal handler that ran meanwhile.
    while (sem_wait(&handle_) != 0) {
    }
}

#endif

} // namespace cutout::batch
