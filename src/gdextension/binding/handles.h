// Values of the engine's built-in types, owned.
//
//     Array list;                                  // the engine's own Array
//     list.append(PackedVector2Array(points));     // shares the points' memory, copies none
//     Variant first = list.get(0);
//
// A handle is the engine's value itself, made, copied and destroyed through the interface. Copying does what
// it does in a script: Array and Dictionary share their content; packed arrays share their memory until one
// of the sharers writes (copy-on-write); texts are shared and never change. Moving leaves an empty value
// behind. No handle may exist before load_api() or after unload_api(): none may be a static variable.
//
// Thread rule: one handle is used by one thread at a time. Handles that share memory may be copied, read and
// destroyed on different threads at once: the engine counts its references atomically.
#pragma once

#include "gdextension/binding/api.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <utility>

namespace cutout::binding {

static_assert(sizeof(void*) == 8, "the sizes below are those of 64-bit engines");

// The engine's Vector2 in a single-precision build.
struct Vector2 {
    float x = 0.0F;
    float y = 0.0F;

    friend bool operator==(const Vector2&, const Vector2&) = default;
};

// The engine's Rect2, Transform2D (columns), Color and RID.
struct Rect2 {
    Vector2 position;
    Vector2 size;
};
struct Transform2D {
    Vector2 x{1.0F, 0.0F};
    Vector2 y{0.0F, 1.0F};
    Vector2 origin;
};
struct Color {
    float r = 1.0F;
    float g = 1.0F;
    float b = 1.0F;
    float a = 1.0F;
};
struct Rid {
    std::uint64_t id = 0;

    [[nodiscard]] explicit operator bool() const { return id != 0; }
    friend bool operator==(const Rid&, const Rid&) = default;
};
struct Aabb {
    std::array<float, 3> position{};
    std::array<float, 3> size{};
};

// Base of all handles but Variant: `Size` bytes that the engine fills.
template <GDExtensionVariantType Type, std::size_t Size> class Handle {
public:
    static constexpr GDExtensionVariantType variant_type = Type;

    Handle() { operations(Type).construct(bytes_, nullptr); }
    Handle(const Handle& other) {
        const GDExtensionConstTypePtr source = other.bytes_;
        operations(Type).copy(bytes_, &source);
    }
    // Moving swaps bytes. The engine does the same with its values when an array of them grows: none of them
    // knows its own address.
    Handle(Handle&& other) noexcept : Handle() { swap(other); }
    Handle& operator=(const Handle& other) {
        if (this != &other) {
            Handle copy(other);
            swap(copy);
        }
        return *this;
    }
    Handle& operator=(Handle&& other) noexcept {
        swap(other);
        return *this;
    }
    ~Handle() { operations(Type).destroy(bytes_); }

    void swap(Handle& other) noexcept { std::swap(bytes_, other.bytes_); }

    // The address to hand to the interface. Read-only functions of the interface take it from a const handle.
    [[nodiscard]] void* native() { return bytes_; }
    [[nodiscard]] const void* native() const { return bytes_; }

    // The handle that lies at an address the engine gave.
    [[nodiscard]] static Handle& at(void* address) { return *static_cast<Handle*>(address); }

protected:
    struct Uninitialized {};
    explicit Handle(Uninitialized /*tag*/) {}

private:
    alignas(8) std::byte bytes_[Size]; // NOLINT(*-avoid-c-arrays): filled by the engine
};

class StringName;

class String : public Handle<GDEXTENSION_VARIANT_TYPE_STRING, 8> {
public:
    String() = default;
    explicit String(std::string_view utf8);
    explicit String(const StringName& name);
    [[nodiscard]] std::string utf8() const;
};

class StringName : public Handle<GDEXTENSION_VARIANT_TYPE_STRING_NAME, 8> {
public:
    StringName() = default;
    explicit StringName(std::string_view utf8);
    [[nodiscard]] std::string utf8() const { return String(*this).utf8(); }
    // Equal names are the same object in the engine.
    friend bool operator==(const StringName& a, const StringName& b) {
        return *static_cast<void* const*>(a.native()) == *static_cast<void* const*>(b.native());
    }
};

// A packed array of plain elements: one block of memory, shared until somebody writes.
template <class Element, GDExtensionVariantType Type> class PackedArray : public Handle<Type, 16> {
public:
    PackedArray() = default;
    explicit PackedArray(std::int64_t size) { resize(size); }
    explicit PackedArray(std::span<const Element> elements);

    [[nodiscard]] std::int64_t size() const;
    // New elements have no particular value: write them. Throws std::bad_alloc when the engine has no memory
    // or `size` is negative.
    void resize(std::int64_t size);

    // Valid while this handle lives and is not written to, whatever other sharers do.
    [[nodiscard]] std::span<const Element> read() const;
    // Makes the memory this handle's own first.
    [[nodiscard]] std::span<Element> write();
};

using PackedByteArray = PackedArray<std::uint8_t, GDEXTENSION_VARIANT_TYPE_PACKED_BYTE_ARRAY>;
using PackedInt32Array = PackedArray<std::int32_t, GDEXTENSION_VARIANT_TYPE_PACKED_INT32_ARRAY>;
using PackedColorArray = PackedArray<Color, GDEXTENSION_VARIANT_TYPE_PACKED_COLOR_ARRAY>;
using PackedInt64Array = PackedArray<std::int64_t, GDEXTENSION_VARIANT_TYPE_PACKED_INT64_ARRAY>;
using PackedFloat64Array = PackedArray<double, GDEXTENSION_VARIANT_TYPE_PACKED_FLOAT64_ARRAY>;
using PackedVector2Array = PackedArray<Vector2, GDEXTENSION_VARIANT_TYPE_PACKED_VECTOR2_ARRAY>;

class PackedStringArray : public Handle<GDEXTENSION_VARIANT_TYPE_PACKED_STRING_ARRAY, 16> {
public:
    PackedStringArray() = default;
    explicit PackedStringArray(std::int64_t size) { resize(size); }
    [[nodiscard]] std::int64_t size() const;
    void resize(std::int64_t size);
    // `index` is in [0, size()).
    [[nodiscard]] std::string get(std::int64_t index) const;
    void set(std::int64_t index, std::string_view utf8);
};

extern template class PackedArray<std::uint8_t, GDEXTENSION_VARIANT_TYPE_PACKED_BYTE_ARRAY>;
extern template class PackedArray<std::int32_t, GDEXTENSION_VARIANT_TYPE_PACKED_INT32_ARRAY>;
extern template class PackedArray<std::int64_t, GDEXTENSION_VARIANT_TYPE_PACKED_INT64_ARRAY>;
extern template class PackedArray<Color, GDEXTENSION_VARIANT_TYPE_PACKED_COLOR_ARRAY>;
extern template class PackedArray<double, GDEXTENSION_VARIANT_TYPE_PACKED_FLOAT64_ARRAY>;
extern template class PackedArray<Vector2, GDEXTENSION_VARIANT_TYPE_PACKED_VECTOR2_ARRAY>;

} // namespace cutout::binding
