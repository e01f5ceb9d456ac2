// What the operating system knows of a worker thread: its priority and its name.
//
//     if (!lower_current_thread()) { /* it works on at normal priority */ }
//     name_current_thread("cutout-0");
//     leave_core(core_of_the_main_thread);
//
// Lowered means: the game's own threads win whenever they want the core, and a worker takes what is left.
//
// Thread rule: each call concerns the calling thread and no other.
#pragma once

#include <cstdint>
#include <string>

namespace cutout::batch {

enum class ThreadPriority : std::uint8_t { lowered, normal };

// Linux: nice 19 for this thread alone. Windows: lowest. Apple: utility quality of service. Elsewhere nothing
// is done. False: refused or unknown here; the thread runs on as it was. There is no way back: an ordinary
// process may not raise what it lowered.
bool lower_current_thread();

// The core that the calling thread is on, at this moment. -1: unknown here.
[[nodiscard]] int current_core();

// If the calling thread is on this core, it moves to another one that it may use, and may come back later.
// Where there is no other one, and elsewhere than on Linux, nothing is done.
void leave_core(int core);

// The name debuggers and `top -H` show. Systems cut it: Linux to 15 bytes.
void name_current_thread(const std::string& name);

} // namespace cutout::batch
