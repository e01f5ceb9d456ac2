// A class that uses every feature of the binding layer once, for project/tests/test_binding.gd. It ships with
// nothing.
#pragma once

#include "gdextension/binding/instance.h"
#include "gdextension/binding/ref.h"

#include <cstdint>

namespace cutout::binding_test {

class BindingProbe final : public binding::Instance {
public:
    static constexpr const char* class_name = "BindingProbe";
    static void register_class();

    BindingProbe();
    ~BindingProbe() override;

    // Every supported type, in and out.
    bool invert(bool value) { return !value; }
    std::int64_t add(std::int64_t a, std::int64_t b) const { return a + b; }
    double halve(double value) const { return value / 2.0; }
    binding::Vector2 turn(binding::Vector2 value) const { return {-value.y, value.x}; }
    binding::String greet(const binding::String& name) const;
    binding::StringName name_of(const binding::StringName& name) const { return name; }
    binding::Variant echo(const binding::Variant& value) const { return value; }
    binding::Array reverse(const binding::Array& list) const;
    binding::Dictionary invert_keys(const binding::Dictionary& map) const;
    binding::PackedByteArray twice_byte(const binding::PackedByteArray& list) const;
    binding::PackedInt32Array twice_int32(const binding::PackedInt32Array& list) const;
    binding::PackedInt64Array twice_int64(const binding::PackedInt64Array& list) const;
    binding::PackedFloat64Array twice_float64(const binding::PackedFloat64Array& list) const;
    binding::PackedVector2Array twice_vector2(const binding::PackedVector2Array& list) const;
    binding::PackedStringArray twice_string(const binding::PackedStringArray& list) const;
    binding::TypedArray<binding::PackedVector2Array> split(const binding::PackedVector2Array& list) const;

    // An object of a class registered here: new, the one made last, or null.
    binding::Ref<BindingProbe> make_other();
    binding::Ref<BindingProbe> get_other() const { return other_; }
    void drop_other() { other_ = {}; }

    // Arguments that may be left out.
    binding::Array defaults(std::int64_t number, double real, const binding::String& text,
                            const binding::Variant& any) const;
    void fail() const;
    binding::String describe(const binding::Variant& value) const;
    binding::Variant call_method(const binding::Variant& object, const binding::StringName& method) const;

    // Properties.
    void set_speed(double value) { speed_ = value; }
    double get_speed() const { return speed_; }
    void set_label(const binding::String& value) { label_ = value; }
    binding::String get_label() const { return label_; }
    std::int64_t get_live_count() const;

    // Signals.
    void move_to(binding::Vector2 where, const binding::String& label);
    void become_empty();

    // Memory that is shared with a script, and read by another thread.
    void hold(const binding::PackedVector2Array& points) { held_ = points; }
    bool shares_memory(const binding::PackedVector2Array& points) const;
    double sum_held_on_thread() const;

private:
    double speed_ = 1.5;
    binding::String label_;
    binding::PackedVector2Array held_;
    binding::Ref<BindingProbe> other_;
};

} // namespace cutout::binding_test
