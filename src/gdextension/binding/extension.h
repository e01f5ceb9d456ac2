// The extension's start and end.
//
//     constexpr binding::Extension extension = {
//         .name = "Counter", .engine = {4, 6}, .at_start = register_all, .at_end = clean_up};
//     extern "C" GDExtensionBool counter_init(GDExtensionInterfaceGetProcAddress get_proc_address,
//                                             GDExtensionClassLibraryPtr library,
//                                             GDExtensionInitialization* initialization) {
//         return binding::start(extension, get_proc_address, library, initialization);
//     }
//
// Order: at_start (scene step; register classes), then in the editor at_editor_start; at the end at_end,
// after which all classes are unregistered and the interface is forgotten. All on the main thread.
#pragma once

#include "gdextension/binding/api.h"

#include <string_view>

namespace cutout::binding {

struct Extension {
    std::string_view name; // for messages
    EngineVersion engine;  // the oldest that will do
    void (*at_start)() = nullptr;
    void (*at_editor_start)() = nullptr;
    void (*at_end)() = nullptr;
};

// `extension` must live as long as the library. Returns what the entry function returns: 0 = not loaded, and
// an engine error says why.
[[nodiscard]] GDExtensionBool start(const Extension& extension,
                                    GDExtensionInterfaceGetProcAddress get_proc_address,
                                    GDExtensionClassLibraryPtr library,
                                    GDExtensionInitialization* initialization);

// Adds one class's page to the editor's help. Only in at_editor_start; does nothing outside the editor.
void add_editor_help(std::string_view xml);

} // namespace cutout::binding
