// The workers of blocking calls: one set for the whole process, made at the first use.
//
// Thread rule: run_on_shared_workers() from any thread; calls from several threads take turns. The body must
// not run scripts and must not come back here. stop_shared_workers() once, at the extension's end.
#pragma once

#include <cstddef>
#include <functional>

namespace cutout::engine {

// Calls body(i) once for each i in [0, count) on the workers and on the calling thread; returns when all are
// done. body must not throw.
void run_on_shared_workers(std::size_t count, const std::function<void(std::size_t)>& body);

void stop_shared_workers();

} // namespace cutout::engine
