#include "gdextension/debris_servers.h"

#include <string>

namespace cutout::engine {

namespace {

using binding::EngineMethod;

Servers load() {
    Servers servers;
    servers.rendering = binding::singleton("RenderingServer");
    servers.physics = binding::singleton("PhysicsServer2D");
    std::string missing;
    const auto load_from = [&missing](const char* class_name) {
        return [&missing, class_name](EngineMethod& method, const char* name, std::int64_t hash) {
            method = EngineMethod(class_name, name, hash);
            if (!method.exists()) missing += std::string(" ") + class_name + "." + name;
        };
    };
    const auto rendering = load_from("RenderingServer");
    rendering(servers.mesh_create, "mesh_create", 529393457);
    rendering(servers.mesh_add_surface, "mesh_add_surface", 1217542888);
    rendering(servers.mesh_update_vertices, "mesh_surface_update_vertex_region", 2900195149);
    rendering(servers.mesh_update_attributes, "mesh_surface_update_attribute_region", 2900195149);
    rendering(servers.mesh_update_indices, "mesh_surface_update_index_region", 2900195149);
    rendering(servers.item_create, "canvas_item_create", 529393457);
    rendering(servers.item_clear, "canvas_item_clear", 2722037293);
    rendering(servers.item_set_parent, "canvas_item_set_parent", 395945892);
    rendering(servers.item_set_draw_index, "canvas_item_set_draw_index", 3411492887);
    rendering(servers.item_set_transform, "canvas_item_set_transform", 1246044741);
    rendering(servers.item_set_custom_rect, "canvas_item_set_custom_rect", 1333997032);
    rendering(servers.item_add_mesh, "canvas_item_add_mesh", 316450961);
    rendering(servers.item_set_visible, "canvas_item_set_visible", 1265174801);
    rendering(servers.item_set_interpolated, "canvas_item_set_interpolated", 1265174801);
    rendering(servers.rendering_free, "free_rid", 2722037293);
    const auto physics = load_from("PhysicsServer2D");
    physics(servers.shape_create, "convex_polygon_shape_create", 529393457);
    physics(servers.shape_set_data, "shape_set_data", 3175752987);
    physics(servers.body_create, "body_create", 529393457);
    physics(servers.body_set_space, "body_set_space", 395945892);
    physics(servers.body_add_shape, "body_add_shape", 339056240);
    physics(servers.body_set_state, "body_set_state", 1706355209);
    physics(servers.body_get_state, "body_get_state", 4036367961);
    physics(servers.body_set_param, "body_set_param", 2715630609);
    physics(servers.body_set_layer, "body_set_collision_layer", 3411492887);
    physics(servers.body_set_mask, "body_set_collision_mask", 3411492887);
    physics(servers.body_attach_object, "body_attach_object_instance_id", 3411492887);
    physics(servers.body_set_max_contacts, "body_set_max_contacts_reported", 3411492887);
    physics(servers.body_get_direct_state, "body_get_direct_state", 1191931871);
    physics(servers.physics_free, "free_rid", 2722037293);
    const auto state = load_from("PhysicsDirectBodyState2D");
    state(servers.state_contact_count, "get_contact_count", 3905245786);
    state(servers.state_contact_impulse, "get_contact_impulse", 2299179447);
    state(servers.state_contact_position, "get_contact_local_position", 2299179447);
    state(servers.state_contact_collider_id, "get_contact_collider_id", 923996154);
    const auto node = load_from("Node");
    node(servers.node_get_parent, "get_parent", 3160264692);
    node(servers.node_get_children, "get_children", 873284517);
    const auto item = load_from("CanvasItem");
    item(servers.node_get_item, "get_canvas_item", 2944877500);
    item(servers.node_is_top_level, "is_set_as_top_level", 36873697);
    servers.complete = missing.empty() && servers.rendering != nullptr && servers.physics != nullptr;
    if (!servers.complete) {
        binding::report_error("CutoutDebrisField: this engine lacks" +
                                  (missing.empty() ? std::string(" a server") : missing),
                              "debris_servers", __FILE__, __LINE__);
    }
    return servers;
}

} // namespace

const Servers& debris_servers() {
    static const Servers servers = load();
    return servers;
}

} // namespace cutout::engine
