// The library's entry: what the engine calls when it loads the extension.
#include "gdextension/batch_native.h"
#include "gdextension/binding/extension.h"
#include "gdextension/debris_field.h"
#include "gdextension/editor_help.h"
#include "gdextension/flat_fragments.h"
#include "gdextension/job_queue.h"
#include "gdextension/shared_workers.h"

namespace {

using namespace cutout; // NOLINT(*-using-namespace): this file is the one that joins the two layers

void at_start() {
    engine::FlatFragments::register_class();
    engine::BatchNative::register_class();
    engine::JobQueue::register_class();
    engine::DebrisField::register_class();
}

void at_editor_start() {
    for (const std::string_view page : engine::editor_help_pages()) {
        binding::add_editor_help(page);
    }
}

// Before the classes go: afterwards no thread of ours runs and no engine value of ours is left.
void at_end() {
    engine::JobQueue::shut_down_all();
    engine::stop_shared_workers();
}

constexpr binding::Extension extension = {
    .name = "Cutout Batch",
    .engine = {.major = 4, .minor = 6},
    .at_start = &at_start,
    .at_editor_start = &at_editor_start,
    .at_end = &at_end,
};

} // namespace

extern "C" __attribute__((visibility("default"))) GDExtensionBool
cutout_library_init(GDExtensionInterfaceGetProcAddress get_proc_address, GDExtensionClassLibraryPtr library,
                    GDExtensionInitialization* initialization) {
    return binding::start(extension, get_proc_address, library, initialization);
}
