#include "binding_probe.h"

#include "gdextension/binding/class_builder.h"

#include <atomic>
#include <stdexcept>
#include <thread>

namespace cutout::binding_test {

using binding::Array;
using binding::Dictionary;
using binding::PackedByteArray;
using binding::PackedFloat64Array;
using binding::PackedInt32Array;
using binding::PackedInt64Array;
using binding::PackedStringArray;
using binding::PackedVector2Array;
using binding::String;
using binding::StringName;
using binding::TypedArray;
using binding::Variant;
using binding::Vector2;

namespace {

std::atomic<std::int64_t> live_count{0};

template <class Packed> Packed twice(const Packed& list) {
    Packed result(list);
    for (auto& element : result.write()) {
        element += element;
    }
    return result;
}

} // namespace

BindingProbe::BindingProbe() {
    ++live_count;
}
BindingProbe::~BindingProbe() {
    --live_count;
}

String BindingProbe::greet(const String& name) const {
    return String("Hello, " + name.utf8() + "!");
}

Array BindingProbe::reverse(const Array& list) const {
    Array result;
    const std::int64_t size = list.size();
    result.resize(size);
    for (std::int64_t i = 0; i < size; ++i) {
        result.set(i, list.at(size - 1 - i));
    }
    return result;
}

Dictionary BindingProbe::invert_keys(const Dictionary& map) const {
    Dictionary result;
    const Array keys = map.keys();
    for (std::int64_t i = 0; i < keys.size(); ++i) {
        result.set(map.at(keys.at(i)), keys.at(i));
    }
    return result;
}

PackedByteArray BindingProbe::twice_byte(const PackedByteArray& list) const {
    PackedByteArray result(list);
    for (std::uint8_t& element : result.write()) {
        element = static_cast<std::uint8_t>(2 * element);
    }
    return result;
}
PackedInt32Array BindingProbe::twice_int32(const PackedInt32Array& list) const {
    return twice(list);
}
PackedInt64Array BindingProbe::twice_int64(const PackedInt64Array& list) const {
    return twice(list);
}
PackedFloat64Array BindingProbe::twice_float64(const PackedFloat64Array& list) const {
    return twice(list);
}

PackedVector2Array BindingProbe::twice_vector2(const PackedVector2Array& list) const {
    PackedVector2Array result(list);
    for (Vector2& point : result.write()) {
        point = {point.x * 2.0F, point.y * 2.0F};
    }
    return result;
}

PackedStringArray BindingProbe::twice_string(const PackedStringArray& list) const {
    PackedStringArray result(list.size());
    for (std::int64_t i = 0; i < list.size(); ++i) {
        result.set(i, list.get(i) + list.get(i));
    }
    return result;
}

TypedArray<PackedVector2Array> BindingProbe::split(const PackedVector2Array& list) const {
    TypedArray<PackedVector2Array> result(list.size());
    for (std::int64_t i = 0; i < list.size(); ++i) {
        result.put(i, PackedVector2Array(list.read().subspan(static_cast<std::size_t>(i), 1)));
    }
    return result;
}

binding::Ref<BindingProbe> BindingProbe::make_other() {
    other_ = binding::make<BindingProbe>();
    other_->set_label(String("made"));
    return other_;
}

Array BindingProbe::defaults(std::int64_t number, double real, const String& text, const Variant& any) const {
    Array result;
    result.resize(4);
    result.set(0, Variant::of(number));
    result.set(1, Variant::of(real));
    result.set(2, Variant::of(text));
    result.set(3, any);
    return result;
}

void BindingProbe::fail() const {
    throw std::runtime_error("failed on purpose");
}

String BindingProbe::describe(const Variant& value) const {
    std::string text = value.type_name() + " " + value.text();
    if (const auto word = value.get_text()) text += " (text of " + std::to_string(word->size()) + ")";
    if (value.is_dead_object()) text += " (dead)";
    if (value.get<std::int64_t>()) text += " (int)";
    return String(text);
}

Variant BindingProbe::call_method(const Variant& object, const StringName& method) const {
    if (!object.has_method(method)) return Variant::of(String("no method"));
    Variant target(object);
    const std::optional<Variant> result = target.call(method);
    return result ? *result : Variant::of(String("call failed"));
}

std::int64_t BindingProbe::get_live_count() const {
    return live_count;
}

void BindingProbe::move_to(Vector2 where, const String& label) {
    emit(StringName("moved"), where, label);
}

void BindingProbe::become_empty() {
    emit(StringName("emptied"));
}

bool BindingProbe::shares_memory(const PackedVector2Array& points) const {
    return points.read().data() == held_.read().data();
}

double BindingProbe::sum_held_on_thread() const {
    double sum = 0.0;
    std::thread([copy = held_, &sum] {
        for (const Vector2& point : copy.read()) {
            sum += static_cast<double>(point.x) + static_cast<double>(point.y);
        }
    }).join();
    return sum;
}

void BindingProbe::register_class() {
    using binding::arg;
    using binding::value_info;
    binding::ClassBuilder<BindingProbe>(class_name, "RefCounted")
        .method("invert", &BindingProbe::invert, "value")
        .method("add", &BindingProbe::add, "a", "b")
        .method("halve", &BindingProbe::halve, "value")
        .method("turn", &BindingProbe::turn, "value")
        .method("greet", &BindingProbe::greet, "name")
        .method("name_of", &BindingProbe::name_of, "name")
        .method("echo", &BindingProbe::echo, "value")
        .method("reverse", &BindingProbe::reverse, "list")
        .method("invert_keys", &BindingProbe::invert_keys, "map")
        .method("make_other", &BindingProbe::make_other)
        .method("get_other", &BindingProbe::get_other)
        .method("drop_other", &BindingProbe::drop_other)
        .method("twice_byte", &BindingProbe::twice_byte, "list")
        .method("twice_int32", &BindingProbe::twice_int32, "list")
        .method("twice_int64", &BindingProbe::twice_int64, "list")
        .method("twice_float64", &BindingProbe::twice_float64, "list")
        .method("twice_vector2", &BindingProbe::twice_vector2, "list")
        .method("twice_string", &BindingProbe::twice_string, "list")
        .method("split", &BindingProbe::split, "list")
        .method("defaults", &BindingProbe::defaults, "number", arg("real", 2.5), arg("text", String("none")),
                arg("any", Variant()))
        .method("fail", &BindingProbe::fail)
        .method("describe", &BindingProbe::describe, "value")
        .method("call_method", &BindingProbe::call_method, "object", "method")
        .method("move_to", &BindingProbe::move_to, "where", arg("label", String("here")))
        .method("become_empty", &BindingProbe::become_empty)
        .method("hold", &BindingProbe::hold, "points")
        .method("shares_memory", &BindingProbe::shares_memory, "points")
        .method("sum_held_on_thread", &BindingProbe::sum_held_on_thread)
        .property("speed", &BindingProbe::set_speed, &BindingProbe::get_speed)
        .property("label", &BindingProbe::set_label, &BindingProbe::get_label)
        .read_only_property("live_count", &BindingProbe::get_live_count)
        .signal("moved", value_info<Vector2>("where"), value_info<String>("label"))
        .signal("emptied")
        .constant("Mode", "MODE_SLOW", 0)
        .constant("Mode", "MODE_FAST", 7);
}

} // namespace cutout::binding_test
