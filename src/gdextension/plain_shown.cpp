#include "gdextension/plain_shown.h"

#include <cstdint>

namespace cutout::engine {

using binding::Color;
using binding::EngineMethod;
using binding::PackedColorArray;
using binding::Transform2D;
using binding::Variant;
using binding::Vector2;

namespace {

struct Methods {
    // Of CanvasItem.
    EngineMethod is_visible{"CanvasItem", "is_visible_in_tree", 36873697};
    EngineMethod get_material{"CanvasItem", "get_material", 5934680};
    EngineMethod uses_parent_material{"CanvasItem", "get_use_parent_material", 36873697};
    EngineMethod get_z_index{"CanvasItem", "get_z_index", 3905245786};
    EngineMethod get_light_mask{"CanvasItem", "get_light_mask", 3905245786};
    EngineMethod get_visibility_layer{"CanvasItem", "get_visibility_layer", 3905245786};
    EngineMethod get_filter{"CanvasItem", "get_texture_filter", 121960042};
    EngineMethod get_repeat{"CanvasItem", "get_texture_repeat", 2667158319};
    EngineMethod is_behind{"CanvasItem", "is_draw_behind_parent_enabled", 36873697};
    EngineMethod is_top_level{"CanvasItem", "is_set_as_top_level", 36873697};
    EngineMethod get_modulate{"CanvasItem", "get_modulate", 3444240500};
    EngineMethod get_self_modulate{"CanvasItem", "get_self_modulate", 3444240500};
    EngineMethod get_transform{"CanvasItem", "get_global_transform", 3814499831};
    // Of Polygon2D.
    EngineMethod get_offset{"Polygon2D", "get_offset", 3341600327};
    EngineMethod get_texture{"Polygon2D", "get_texture", 3635182373};
    EngineMethod get_colors{"Polygon2D", "get_vertex_colors", 1392750486};
    EngineMethod get_internal_count{"Polygon2D", "get_internal_vertex_count", 3905245786};
    EngineMethod is_inverted{"Polygon2D", "get_invert_enabled", 36873697};
    EngineMethod get_color{"Polygon2D", "get_color", 3444240500};
    void* tag = binding::class_tag("Polygon2D");

    [[nodiscard]] bool exist() const {
        for (const EngineMethod* method :
             {&is_visible, &get_material, &uses_parent_material, &get_z_index, &get_light_mask,
              &get_visibility_layer, &get_filter, &get_repeat, &is_behind, &is_top_level, &get_modulate,
              &get_self_modulate, &get_transform, &get_offset, &get_texture, &get_colors, &get_internal_count,
              &is_inverted, &get_color}) {
            if (!method->exists()) return false;
        }
        return tag != nullptr;
    }
};

const Methods& methods() {
    static const Methods all;
    return all;
}

// Whether a resource that a node has is null.
bool is_null(const EngineMethod& getter, GDExtensionObjectPtr node) {
    // The engine leaves a reference in it.
    auto* resource = getter.get<GDExtensionObjectPtr>(node);
    if (resource == nullptr) return true;
    binding::api().ref_set_object(static_cast<void*>(&resource), nullptr);
    return false;
}

bool is_plain(GDExtensionObjectPtr node) {
    const Methods& m = methods();
    constexpr std::int64_t from_parent = 0; // TEXTURE_FILTER_PARENT_NODE, TEXTURE_REPEAT_PARENT_NODE
    const auto number = [node](const EngineMethod& getter) { return getter.get<std::int64_t>(node); };
    return m.is_visible.get<bool>(node) && is_null(m.get_material, node) &&
           !m.uses_parent_material.get<bool>(node) && number(m.get_z_index) == 0 &&
           number(m.get_light_mask) == 1 && number(m.get_visibility_layer) == 1 &&
           number(m.get_filter) == from_parent && number(m.get_repeat) == from_parent &&
           m.get_offset.get<Vector2>(node) == Vector2{} && is_null(m.get_texture, node) &&
           m.get_colors.get<PackedColorArray>(node).size() == 0 && number(m.get_internal_count) == 0 &&
           !m.is_inverted.get<bool>(node) && !m.is_behind.get<bool>(node) && !m.is_top_level.get<bool>(node);
}

Color operator*(const Color& a, const Color& b) {
    return {.r = a.r * b.r, .g = a.g * b.g, .b = a.b * b.b, .a = a.a * b.a};
}

} // namespace

PlainShown::PlainShown(const Variant& object) {
    static const bool complete = methods().exist(); // without one of them no node is plain
    GDExtensionObjectPtr node = complete ? binding::object_of(object.object_id(), methods().tag) : nullptr;
    if (node != nullptr && is_plain(node)) node_ = node;
}

Color PlainShown::color() const {
    const Methods& m = methods();
    return m.get_color.get<Color>(node_) * m.get_modulate.get<Color>(node_) *
           m.get_self_modulate.get<Color>(node_);
}

Transform2D PlainShown::to_world() const {
    return methods().get_transform.get<Transform2D>(node_);
}

} // namespace cutout::engine
