#include "gdextension/binding/class_builder.h"

#include <algorithm>
#include <deque>

namespace cutout::binding {

namespace {

// Values of the engine's global enums (extension_api.json).
constexpr std::uint32_t property_usage_default = 6;
constexpr std::uint32_t property_usage_nil_is_variant = 131'072;
constexpr std::uint32_t property_hint_none = 0;
constexpr std::uint32_t property_hint_array_type = 31;
constexpr std::int32_t notification_postinitialize = 0;

// Addresses of records and methods are the engine's userdata: the containers must not move them. The vector
// is heap-allocated so that no handle outlives unregister_classes().
std::vector<std::unique_ptr<ClassRecord>>& classes() {
    static std::vector<std::unique_ptr<ClassRecord>> list;
    return list;
}

// The engine's form of a list of ValueInfo. Owns the texts that the form points to.
class PropertyInfos {
public:
    void add(const ValueInfo& value) {
        texts_.push_back({StringName(value.name),
                          StringName(value.object_class == nullptr ? "" : value.object_class),
                          String(value.element == nullptr ? "" : value.element)});
        Texts& texts = texts_.back();
        std::uint32_t usage = property_usage_default;
        if (value.type == GDEXTENSION_VARIANT_TYPE_NIL) usage |= property_usage_nil_is_variant;
        infos_.push_back({value.type, texts.name.native(), texts.class_name.native(),
                          value.element == nullptr ? property_hint_none : property_hint_array_type,
                          texts.hint.native(), usage});
    }
    [[nodiscard]] GDExtensionPropertyInfo* data() { return infos_.data(); }
    [[nodiscard]] std::size_t size() const { return infos_.size(); }

private:
    struct Texts {
        StringName name;
        StringName class_name;
        String hint;
    };
    std::deque<Texts> texts_; // a deque: the form points into it
    std::vector<GDExtensionPropertyInfo> infos_;
};

} // namespace

void Instance::emit_values(const GDExtensionConstVariantPtr* values, std::size_t count) {
    Variant result;
    GDExtensionCallError error{GDEXTENSION_CALL_OK, 0, 0};
    // The engine constructs the result in place; a nil Variant owns nothing, so nothing is lost.
    api().object_method_bind_call(api().object_emit_signal, object_, values,
                                  static_cast<GDExtensionInt>(count), result.native(), &error);
}

bool Method::resolve(const GDExtensionConstVariantPtr* given, GDExtensionInt given_count, const void** values,
                     GDExtensionCallError& error) const {
    const std::size_t most = arguments.size();
    const std::size_t least = most - defaults.size();
    const auto count = static_cast<std::size_t>(std::max<GDExtensionInt>(given_count, 0));
    if (count > most) {
        error = {GDEXTENSION_CALL_ERROR_TOO_MANY_ARGUMENTS, 0, static_cast<std::int32_t>(most)};
        return false;
    }
    if (count < least) {
        error = {GDEXTENSION_CALL_ERROR_TOO_FEW_ARGUMENTS, 0, static_cast<std::int32_t>(least)};
        return false;
    }
    for (std::size_t i = 0; i < count; ++i) {
        const GDExtensionVariantType wanted = arguments[i].type;
        if (wanted != GDEXTENSION_VARIANT_TYPE_NIL) {
            const GDExtensionVariantType got = api().variant_get_type(given[i]);
            if (got != wanted && api().variant_can_convert_strict(got, wanted) == 0) {
                error = {GDEXTENSION_CALL_ERROR_INVALID_ARGUMENT, static_cast<std::int32_t>(i),
                         static_cast<std::int32_t>(wanted)};
                return false;
            }
        }
        values[i] = given[i];
    }
    for (std::size_t i = count; i < most; ++i) {
        values[i] = defaults[i - least].native();
    }
    return true;
}

void Method::report_exception(const char* what) const {
    report_error(full_name + "(): " + what, name.c_str(), __FILE__, __LINE__);
}

namespace detail {

ClassRecord& add_class(std::string_view name, std::string_view parent, GDExtensionClassCreateInstance2 create,
                       GDExtensionClassFreeInstance free, GDExtensionClassRecreateInstance recreate) {
    classes().push_back(std::make_unique<ClassRecord>());
    ClassRecord& record = *classes().back();
    record.name = StringName(name);
    record.parent = StringName(parent);
    record.text = name;
    GDExtensionClassCreationInfo5 info{};
    info.is_exposed = 1;
    info.create_instance_func = create;
    info.free_instance_func = free;
    info.recreate_instance_func = recreate;
    info.class_userdata = &record;
    api().classdb_register_extension_class5(api().library, record.name.native(), record.parent.native(),
                                            &info);
    return record;
}

void add_method(ClassRecord& record, std::unique_ptr<Method> method) {
    method->full_name = record.text + "." + method->name;
    PropertyInfos arguments;
    for (const ValueInfo& argument : method->arguments) {
        arguments.add(argument);
    }
    PropertyInfos result;
    result.add(method->result);
    std::vector<GDExtensionClassMethodArgumentMetadata> metadata(method->arguments.size(),
                                                                 GDEXTENSION_METHOD_ARGUMENT_METADATA_NONE);
    std::vector<GDExtensionVariantPtr> defaults;
    for (Variant& value : method->defaults) {
        defaults.push_back(value.native());
    }
    StringName name(method->name);

    GDExtensionClassMethodInfo info{};
    info.name = name.native();
    info.method_userdata = method.get();
    info.call_func = method->call;
    info.ptrcall_func = method->pointer_call;
    info.method_flags = GDEXTENSION_METHOD_FLAG_NORMAL;
    if (method->is_const) info.method_flags |= static_cast<std::uint32_t>(GDEXTENSION_METHOD_FLAG_CONST);
    info.has_return_value = method->has_result ? 1 : 0;
    info.return_value_info = method->has_result ? result.data() : nullptr;
    info.return_value_metadata = GDEXTENSION_METHOD_ARGUMENT_METADATA_NONE;
    info.argument_count = static_cast<std::uint32_t>(arguments.size());
    info.arguments_info = arguments.data();
    info.arguments_metadata = metadata.data();
    info.default_argument_count = static_cast<std::uint32_t>(defaults.size());
    info.default_arguments = defaults.data();
    api().classdb_register_extension_class_method(api().library, record.name.native(), &info);
    record.methods.push_back(std::move(method));
}

void add_property(const ClassRecord& record, const ValueInfo& property, std::string_view setter,
                  std::string_view getter) {
    PropertyInfos info;
    info.add(property);
    api().classdb_register_extension_class_property(api().library, record.name.native(), info.data(),
                                                    StringName(setter).native(), StringName(getter).native());
}

void add_signal(const ClassRecord& record, std::string_view name,
                std::initializer_list<ValueInfo> arguments) {
    PropertyInfos infos;
    for (const ValueInfo& argument : arguments) {
        infos.add(argument);
    }
    api().classdb_register_extension_class_signal(api().library, record.name.native(),
                                                  StringName(name).native(), infos.data(),
                                                  static_cast<GDExtensionInt>(infos.size()));
}

void add_constant(const ClassRecord& record, std::string_view enum_name, std::string_view name,
                  std::int64_t value) {
    api().classdb_register_extension_class_integer_constant(api().library, record.name.native(),
                                                            StringName(enum_name).native(),
                                                            StringName(name).native(), value, 0);
}

const ClassRecord* find_class(std::string_view name) {
    for (const auto& record : classes()) {
        if (record->text == name) return record.get();
    }
    return nullptr;
}

GDExtensionObjectPtr new_object(const ClassRecord& record) {
    return api().classdb_construct_object2(record.parent.native());
}

void bind(GDExtensionObjectPtr object, Instance* instance) {
    static constexpr GDExtensionInstanceBindingCallbacks nothing_to_do{};
    api().object_set_instance_binding(object, api().library, instance, &nothing_to_do);
}

void join(const ClassRecord& record, GDExtensionObjectPtr object, Instance* instance, bool notify) {
    api().object_set_instance(object, record.name.native(), instance);
    if (!notify) return;
    const std::int64_t what = notification_postinitialize;
    const GDExtensionBool reversed = 0;
    const std::array<GDExtensionConstTypePtr, 2> arguments{&what, &reversed};
    api().object_method_bind_ptrcall(api().object_notification, object, arguments.data(), nullptr);
}

} // namespace detail

Instance* instance_of(const Variant& value) {
    const std::uint64_t id = value.object_id();
    GDExtensionObjectPtr object = id == 0 ? nullptr : api().object_get_instance_from_id(id);
    if (object == nullptr) return nullptr;
    return static_cast<Instance*>(api().object_get_instance_binding(object, api().library, nullptr));
}

void unregister_classes() {
    while (!classes().empty()) {
        api().classdb_unregister_extension_class(api().library, classes().back()->name.native());
        classes().pop_back();
    }
    classes().shrink_to_fit();
}

} // namespace cutout::binding
