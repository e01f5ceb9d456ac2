#include "gdextension/binding/engine_method.h"

namespace cutout::binding {

GDExtensionObjectPtr singleton(std::string_view name) {
    return api().global_get_singleton(StringName(name).native());
}

EngineMethod::EngineMethod(std::string_view class_name, std::string_view method, std::int64_t hash)
    : bind_(api().classdb_get_method_bind(StringName(class_name).native(), StringName(method).native(),
                                          hash)) {}

} // namespace cutout::binding
