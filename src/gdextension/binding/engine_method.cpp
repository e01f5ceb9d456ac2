#include "gdextension/binding/engine_method.h"

namespace cutout::binding {

GDExtensionObjectPtr singleton(std::string_view name) {
    return api().global_get_singleton(StringName(name).native());
}

void* class_tag(std::string_view name) {
    return api().classdb_get_class_tag(StringName(name).native());
}

GDExtensionObjectPtr object_of(std::uint64_t id, void* tag) {
    GDExtensionObjectPtr object = id == 0 ? nullptr : api().object_get_instance_from_id(id);
    return object == nullptr ? nullptr : api().object_cast_to(object, tag);
}

EngineMethod::EngineMethod(std::string_view class_name, std::string_view method, std::int64_t hash)
    : bind_(api().classdb_get_method_bind(StringName(class_name).native(), StringName(method).native(),
                                          hash)) {}

} // namespace cutout::binding
