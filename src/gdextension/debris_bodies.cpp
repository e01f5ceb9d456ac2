#include "gdextension/debris_bodies.h"

#include <cmath>

namespace cutout::engine {

using binding::Rid;
using binding::Transform2D;
using binding::Variant;
using binding::Vector2;

void DebrisBodies::set_space(Rid space) {
    if (space == space_) return;
    unpark();
    space_ = space;
    const Servers& servers = debris_servers();
    for (const Body& body : slots_) {
        if (body.body) servers.body_set_space.call(servers.physics, body.body, space_);
    }
}

std::int64_t DebrisBodies::room() const {
    return space_ ? std::max<std::int64_t>(0, settings.limit - count_) : 0;
}

DebrisBodies::Body DebrisBodies::make() const {
    const Servers& servers = debris_servers();
    GDExtensionObjectPtr physics = servers.physics;
    Body made;
    made.body = servers.body_create.get<Rid>(physics);
    made.shape = servers.shape_create.get<Rid>(physics);
    servers.body_attach_object.call(physics, made.body, settings.owner_id);
    return made;
}

void DebrisBodies::set_filter(Body& body, std::int64_t layer, std::int64_t mask) const {
    const Servers& servers = debris_servers();
    if (body.layer != layer) servers.body_set_layer.call(servers.physics, body.body, layer);
    if (body.mask != mask) servers.body_set_mask.call(servers.physics, body.body, mask);
    body.layer = layer;
    body.mask = mask;
}

void DebrisBodies::dress(Body& body, const BodyRequest& request) {
    const Servers& servers = debris_servers();
    GDExtensionObjectPtr physics = servers.physics;
    const auto set = [&](std::int64_t parameter, double value) {
        servers.body_set_param.call(physics, body.body, parameter, Variant::of(value));
    };
    set(body_param::mass, request.mass);
    const BodyTraits& traits = settings.traits;
    if (!(body.traits == traits)) {
        set(body_param::friction, traits.friction);
        set(body_param::bounce, traits.bounce);
        set(body_param::gravity_scale, traits.gravity_scale);
        set(body_param::linear_damp, traits.linear_damp);
        set(body_param::angular_damp, traits.angular_damp);
        if (!traits.reports_contacts) servers.body_set_max_contacts.call(physics, body.body, std::int64_t{0});
        body.traits = traits;
    }
    // Also forgets those of the piece before.
    if (traits.reports_contacts) servers.body_set_max_contacts.call(physics, body.body, std::int64_t{1});
    place_.inside<Transform2D>().origin = request.position;
    servers.body_set_state.call(physics, body.body, body_state::transform, place_);
    // A new body, and one that slept, has neither.
    if (request.velocity.x != 0.0F || request.velocity.y != 0.0F) {
        servers.body_set_state.call(physics, body.body, body_state::linear_velocity,
                                    Variant::of(request.velocity));
    }
    if (request.spin != 0.0) {
        servers.body_set_state.call(physics, body.body, body_state::angular_velocity,
                                    Variant::of(request.spin));
    }
}

std::int32_t DebrisBodies::add(const BodyRequest& request) {
    if (room() == 0) return -1;
    const Servers& servers = debris_servers();
    GDExtensionObjectPtr physics = servers.physics;
    const bool is_parked = !parked_.empty();
    // The one that waits longest: so the bodies of a burst go on together, near to each other in memory and
    // in the space.
    Body body = is_parked ? parked_.front() : make();
    if (is_parked) {
        parked_.pop_front();
        dress(body, request);
        // After it has moved: to change where it lay would cost the space another search for its place.
        servers.shape_set_data.call(physics, body.shape, request.hull);
        // Last: until then nothing is near that the space would have to look at.
        set_filter(body, request.layer, request.mask);
    } else {
        set_filter(body, request.layer, request.mask);
        servers.shape_set_data.call(physics, body.shape, request.hull);
        servers.body_add_shape.call(physics, body.body, body.shape, Transform2D(), false);
        dress(body, request);
        servers.body_set_space.call(physics, body.body, space_);
    }
    ++count_;
    if (free_slots_.empty()) {
        slots_.push_back(body);
        return static_cast<std::int32_t>(slots_.size() - 1);
    }
    const std::int32_t slot = free_slots_.back();
    free_slots_.pop_back();
    slots_[static_cast<std::size_t>(slot)] = body;
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
    const Servers& servers = debris_servers();
    --count_;
    if (space_ && count_ + static_cast<std::int64_t>(parked_.size()) < settings.limit) {
        set_filter(body, 0, 0);
        servers.body_set_state.call(servers.physics, body.body, body_state::sleeping, Variant::of(true));
        parked_.push_back(body);
    } else {
        // Freed later, yet it must not be met any more.
        servers.body_set_space.call(servers.physics, body.body, Rid());
        removed_.push_back(body);
    }
    body = {};
    free_slots_.push_back(slot);
}

void DebrisBodies::unpark() {
    const Servers& servers = debris_servers();
    for (const Body& body : parked_) {
        servers.body_set_space.call(servers.physics, body.body, Rid());
        removed_.push_back(body);
    }
    parked_.clear();
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
