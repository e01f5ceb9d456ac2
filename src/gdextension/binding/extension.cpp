#include "gdextension/binding/extension.h"

#include "gdextension/binding/class_builder.h"

#include <exception>

namespace cutout::binding {

namespace {

void guarded(const Extension& extension, void (*step)()) {
    if (step == nullptr) return;
    try {
        step();
    } catch (const std::exception& exception) {
        report_error(std::string(extension.name) + ": " + exception.what(), "guarded", __FILE__, __LINE__);
    }
}

void initialize(void* userdata, GDExtensionInitializationLevel level) {
    const auto& extension = *static_cast<const Extension*>(userdata);
    if (level == GDEXTENSION_INITIALIZATION_SCENE) guarded(extension, extension.at_start);
    if (level == GDEXTENSION_INITIALIZATION_EDITOR) guarded(extension, extension.at_editor_start);
}

void deinitialize(void* userdata, GDExtensionInitializationLevel level) {
    if (level != GDEXTENSION_INITIALIZATION_SCENE) return;
    const auto& extension = *static_cast<const Extension*>(userdata);
    guarded(extension, extension.at_end);
    unregister_classes();
    unload_api();
}

} // namespace

GDExtensionBool start(const Extension& extension, GDExtensionInterfaceGetProcAddress get_proc_address,
                      GDExtensionClassLibraryPtr library, GDExtensionInitialization* initialization) {
    if (!load_api(get_proc_address, library, extension.engine, extension.name)) return 0;
    initialization->minimum_initialization_level = GDEXTENSION_INITIALIZATION_SCENE;
    initialization->userdata = const_cast<Extension*>(&extension);
    initialization->initialize = &initialize;
    initialization->deinitialize = &deinitialize;
    return 1;
}

void add_editor_help(std::string_view xml) {
    auto load = reinterpret_cast<GDExtensionsInterfaceEditorHelpLoadXmlFromUtf8CharsAndLen>(
        reinterpret_cast<void*>(api().get_proc_address("editor_help_load_xml_from_utf8_chars_and_len")));
    if (load != nullptr) load(xml.data(), static_cast<GDExtensionInt>(xml.size()));
}

} // namespace cutout::binding
