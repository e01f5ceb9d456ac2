// The engine's servers, as far as debris speaks to them: shared meshes on canvas items, and bodies; and what
// it asks of nodes.
//
//     const Servers& servers = debris_servers(); // loaded at the first use
//     if (!servers.complete) return;             // an engine error has been printed
//
// Thread rule: the main thread.
#pragma once

#include "gdextension/binding/engine_method.h"

namespace cutout::engine {

struct Servers {
    GDExtensionObjectPtr rendering = nullptr;
    GDExtensionObjectPtr physics = nullptr;

    binding::EngineMethod mesh_create;
    binding::EngineMethod mesh_add_surface;
    binding::EngineMethod mesh_update_vertices;
    binding::EngineMethod mesh_update_attributes;
    binding::EngineMethod mesh_update_indices;
    binding::EngineMethod item_create;
    binding::EngineMethod item_clear;
    binding::EngineMethod item_set_parent;
    binding::EngineMethod item_set_draw_index;
    binding::EngineMethod item_set_transform;
    binding::EngineMethod item_set_custom_rect;
    binding::EngineMethod item_add_mesh;
    binding::EngineMethod item_set_visible;
    binding::EngineMethod item_set_interpolated;
    binding::EngineMethod rendering_free;

    binding::EngineMethod shape_create;
    binding::EngineMethod shape_set_data;
    binding::EngineMethod body_create;
    binding::EngineMethod body_set_space;
    binding::EngineMethod body_add_shape;
    binding::EngineMethod body_set_state;
    binding::EngineMethod body_get_state;
    binding::EngineMethod body_set_param;
    binding::EngineMethod body_set_layer;
    binding::EngineMethod body_set_mask;
    binding::EngineMethod body_attach_object;
    binding::EngineMethod body_set_max_contacts;
    binding::EngineMethod body_get_direct_state;
    binding::EngineMethod physics_free;

    // Of PhysicsDirectBodyState2D.
    binding::EngineMethod state_contact_count;
    binding::EngineMethod state_contact_impulse;
    binding::EngineMethod state_contact_position;
    binding::EngineMethod state_contact_collider_id;

    // Of Node and CanvasItem.
    binding::EngineMethod node_get_parent;
    binding::EngineMethod node_get_children;
    binding::EngineMethod node_get_item;
    binding::EngineMethod node_is_top_level;

    bool complete = false;
};

[[nodiscard]] const Servers& debris_servers();

// Values of the engine's enums.
namespace body_state {
inline constexpr std::int64_t transform = 0;
inline constexpr std::int64_t linear_velocity = 1;
inline constexpr std::int64_t angular_velocity = 2;
inline constexpr std::int64_t sleeping = 3;
} // namespace body_state
namespace body_param {
inline constexpr std::int64_t bounce = 0;
inline constexpr std::int64_t friction = 1;
inline constexpr std::int64_t mass = 2;
inline constexpr std::int64_t gravity_scale = 5;
inline constexpr std::int64_t linear_damp = 8;
inline constexpr std::int64_t angular_damp = 9;
} // namespace body_param

// A surface of two-dimensional vertices that change, each with a colour and a texture coordinate, and
// indices: RenderingServer.ARRAY_FORMAT_* and ARRAY_FLAG_*.
inline constexpr std::int64_t sheet_format = 1 | 8 | 16 | 4096 // vertex, colour, texture coordinate, index
                                             | 33'554'432      // vertices are two-dimensional
                                             | 67'108'864      // they are updated
                                             | 34'359'738'368; // version 2 of the format
inline constexpr std::int64_t primitive_triangles = 3;

} // namespace cutout::engine
