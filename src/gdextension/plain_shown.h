// A Polygon2D that is drawn as nothing but a colour: many of those may be broken in one frame, and to ask a
// node for each of its properties from a script costs more than to break it.
//
//     const PlainShown plain(object);
//     if (plain) use(plain.color(), plain.to_world());
//
// Thread rule: the main thread. The node lives as long as this is used.
#pragma once

#include "gdextension/binding/engine_method.h"

namespace cutout::engine {

class PlainShown {
public:
    // False where `object` is no such node, is not seen, or draws with anything but its colour, modulated by
    // itself. What its parents give it is not looked at.
    explicit PlainShown(const binding::Variant& object);

    [[nodiscard]] explicit operator bool() const { return node_ != nullptr; }
    // Modulated.
    [[nodiscard]] binding::Color color() const;
    [[nodiscard]] binding::Transform2D to_world() const;

private:
    GDExtensionObjectPtr node_ = nullptr;
};

} // namespace cutout::engine
