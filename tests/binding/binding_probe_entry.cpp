// The entry of the library that project/tests/test_binding.gd loads, and one that asks for an engine that
// does not exist, to see it refused.
#include "binding_probe.h"
#include "gdextension/binding/extension.h"

namespace {

using namespace cutout; // NOLINT(*-using-namespace): this file is the one that joins the two layers

constexpr binding::Extension probe = {
    .name = "Binding probe",
    .engine = {.major = 4, .minor = 6},
    .at_start = &binding_test::BindingProbe::register_class,
};

constexpr binding::Extension probe_of_the_future = {
    .name = "Binding probe of the future",
    .engine = {.major = 99, .minor = 1},
};

} // namespace

extern "C" __attribute__((visibility("default"))) GDExtensionBool
binding_probe_init(GDExtensionInterfaceGetProcAddress get_proc_address, GDExtensionClassLibraryPtr library,
                   GDExtensionInitialization* initialization) {
    return binding::start(probe, get_proc_address, library, initialization);
}

extern "C" __attribute__((visibility("default"))) GDExtensionBool
binding_probe_future_init(GDExtensionInterfaceGetProcAddress get_proc_address,
                          GDExtensionClassLibraryPtr library, GDExtensionInitialization* initialization) {
    return binding::start(probe_of_the_future, get_proc_address, library, initialization);
}
