#include "gdextension/debris_bodies.h"

#include <cmath>

namespace cutout::engine {

using binding::PackedVector2Array;
using binding::Rid;
using binding::Transform2D;
using binding::Variant;
using binding::Vector2;

void DebrisBodies::set_space(Rid space) {
    if (space == space_) return;
    space_ = space;
    const Servers& servers = debris_servers();
    for (const Body& body : slots_) {
        if (body.body) servers.body_set_space.call(servers.physics, body.body, space_);
    }
}

std::int64_t DebrisBodies::room() const {
    return space_ ? std::max<std::int64_t>(0, settings.limit - count_) : 0;
}

std::int32_t DebrisBodies::add(const BodyRequest& request) {
    static constexpr std::size_t least_corners = 3;
    if (room() == 0 || request.hull.size() < least_corners) return -1;
    const Servers& servers = debris_servers();
    GDExtensionObjectPtr physics = servers.physics;
    Body made{.body = servers.body_create.get<Rid>(physics), .shape = servers.shape_create.get<Rid>(physics)};
    servers.shape_set_data.call(physics, made.shape, Variant::of(PackedVector2Array(request.hull)));
    servers.body_add_shape.call(physics, made.body, made.shape, Transform2D(), false);
    // A new body is on layer 1 and meets it.
    if (request.layer != 1) servers.body_set_layer.call(physics, made.body, request.layer);
    if (request.mask != 1) servers.body_set_mask.call(physics, made.body, request.mask);
    const auto set = [&](std::int64_t parameter, double value) {
        servers.body_set_param.call(physics, made.body, parameter, Variant::of(value));
    };
    set(body_param::mass, request.mass);
    if (settings.friction != 1.0) set(body_param::friction, settings.friction);
    if (settings.bounce != 0.0) set(body_param::bounce, settings.bounce);
    if (settings.gravity_scale != 1.0) set(body_param::gravity_scale, settings.gravity_scale);
    if (settings.linear_damp != 0.0) set(body_param::linear_damp, settings.linear_damp);
    if (settings.angular_damp != 0.0) set(body_param::angular_damp, settings.angular_damp);
    if (settings.reports_contacts) {
        servers.body_set_max_contacts.call(physics, made.body, std::int64_t{1});
    }
    servers.body_attach_object.call(physics, made.body, settings.owner_id);
    Transform2D transform;
    transform.origin = request.position;
    servers.body_set_state.call(physics, made.body, body_state::transform, Variant::of(transform));
    servers.body_set_state.call(physics, made.body, body_state::linear_velocity,
                                Variant::of(request.velocity));
    if (request.spin != 0.0) {
        servers.body_set_state.call(physics, made.body, body_state::angular_velocity,
                                    Variant::of(request.spin));
    }
    servers.body_set_space.call(physics, made.body, space_);
    ++count_;
    if (free_slots_.empty()) {
        slots_.push_back(made);
        return static_cast<std::int32_t>(slots_.size() - 1);
    }
    const std::int32_t slot = free_slots_.back();
    free_slots_.pop_back();
    slots_[static_cast<std::size_t>(slot)] = made;
    return slot;
}

Transform2D DebrisBodies::read(std::int32_t slot) const {
    const Servers& servers = debris_servers();
    const auto state = servers.body_get_state.get<Variant>(
        servers.physics, slots_[static_cast<std::size_t>(slot)].body, body_state::transform);
    return state.get<Transform2D>().value_or(Transform2D());
}

Vector2 DebrisBodies::velocity(std::int32_t slot) const {
    const Servers& servers = debris_servers();
    const auto state = servers.body_get_state.get<Variant>(
        servers.physics, slots_[static_cast<std::size_t>(slot)].body, body_state::linear_velocity);
    return state.get<Vector2>().value_or(Vector2());
}

double DebrisBodies::spin(std::int32_t slot) const {
    const Servers& servers = debris_servers();
    const auto state = servers.body_get_state.get<Variant>(
        servers.physics, slots_[static_cast<std::size_t>(slot)].body, body_state::angular_velocity);
    return state.get<double>().value_or(0.0);
}

void DebrisBodies::set_motion(std::int32_t slot, Vector2 velocity, double spin) const {
    const Servers& servers = debris_servers();
    const Rid body = slots_[static_cast<std::size_t>(slot)].body;
    servers.body_set_state.call(servers.physics, body, body_state::linear_velocity, Variant::of(velocity));
    servers.body_set_state.call(servers.physics, body, body_state::angular_velocity, Variant::of(spin));
}

std::optional<BodyHit> DebrisBodies::hit(std::int32_t slot) const {
    const Servers& servers = debris_servers();
    GDExtensionObjectPtr state = servers.body_get_direct_state.get<GDExtensionObjectPtr>(
        servers.physics, slots_[static_cast<std::size_t>(slot)].body);
    if (state == nullptr) return std::nullopt;
    const auto contacts = servers.state_contact_count.get<std::int64_t>(state);
    std::optional<BodyHit> hardest;
    for (std::int64_t i = 0; i < contacts; ++i) {
        const auto impulse = servers.state_contact_impulse.get<Vector2>(state, i);
        const double strength = std::hypot(impulse.x, impulse.y);
        if (hardest && hardest->impulse >= strength) continue;
        hardest = BodyHit{.position = servers.state_contact_position.get<Vector2>(state, i),
                          .impulse = strength,
                          .collider_id = servers.state_contact_collider_id.get<std::int64_t>(state, i)};
    }
    return hardest;
}

void DebrisBodies::remove(std::int32_t slot) {
    Body& body = slots_[static_cast<std::size_t>(slot)];
    // Freed later, yet it must not be met any more.
    const Servers& servers = debris_servers();
    servers.body_set_space.call(servers.physics, body.body, Rid());
    removed_.push_back(body);
    body = {};
    free_slots_.push_back(slot);
    --count_;
}

bool DebrisBodies::release_one() {
    if (removed_.empty()) return false;
    const Servers& servers = debris_servers();
    const Body body = removed_.back();
    removed_.pop_back();
    servers.physics_free.call(servers.physics, body.body);
    servers.physics_free.call(servers.physics, body.shape);
    return true;
}

} // namespace cutout::engine
