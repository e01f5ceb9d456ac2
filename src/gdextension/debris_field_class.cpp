// The rest of DebrisField: its settings, single pieces, and what scripts see of it.
#include "gdextension/binding/class_builder.h"
#include "gdextension/cover_input.h"
#include "gdextension/debris_field.h"

#include <algorithm>
#include <cmath>

namespace cutout::engine {

using binding::PackedColorArray;
using binding::PackedFloat64Array;
using binding::PackedInt64Array;
using binding::PackedVector2Array;
using binding::Rid;
using binding::Transform2D;
using binding::Vector2;

void DebrisField::set_owner(std::int64_t object_id) {
    bodies_.settings.owner_id = object_id;
}

void DebrisField::set_space(Rid space) {
    bodies_.set_space(space);
}

void DebrisField::set_laws(Vector2 gravity, double linear_damp, double angular_damp, double fade,
                           double shrink) {
    laws_ = {.gravity = {gravity.x, gravity.y},
             .linear_damping = static_cast<float>(linear_damp),
             .angular_damping = static_cast<float>(angular_damp),
             .fade = static_cast<float>(fade),
             .shrink = static_cast<float>(shrink)};
    bodies_.settings.traits.linear_damp = linear_damp;
    bodies_.settings.traits.angular_damp = angular_damp;
}

void DebrisField::set_life(double lifetime, double spread, std::int64_t max_pieces) {
    lifetime_ = lifetime > 0.0 ? static_cast<float>(lifetime) : debris::for_ever;
    lifetime_spread_ = static_cast<float>(std::clamp(spread, 0.0, 1.0));
    max_pieces_ = std::max<std::int64_t>(1, max_pieces);
    if (piece_count_ > max_pieces_) evict(piece_count_ - max_pieces_, false);
}

void DebrisField::set_push(Vector2 center, double radius, double speed, double falloff, double spin) {
    const auto is_number = [](double value) { return std::isfinite(static_cast<float>(value)); };
    if (!is_finite(center) || !is_number(speed) || !is_number(falloff) || !is_number(spin)) {
        binding::report_error("CutoutDebrisField.set_push(): center, speed, falloff and spin must be finite; "
                              "nothing is pushed",
                              "set_push", __FILE__, __LINE__);
        push_ = {};
        return;
    }
    push_ = {.center = {center.x, center.y},
             .radius = radius > 0.0 ? static_cast<float>(radius) : debris::for_ever,
             .speed = static_cast<float>(speed),
             .falloff = static_cast<float>(std::max(0.0, falloff)),
             .spin = static_cast<float>(std::abs(spin))};
}

void DebrisField::set_bodies(std::int64_t limit, double min_area, double friction, double bounce,
                             double gravity_scale) {
    if (limit < bodies_.settings.limit) bodies_.unpark();
    bodies_.settings.limit = std::max<std::int64_t>(0, limit);
    if (bodies_.count() > bodies_.settings.limit) take_bodies(bodies_.count() - bodies_.settings.limit);
    min_body_area_ = min_area;
    bodies_.settings.traits.friction = friction;
    bodies_.settings.traits.bounce = bounce;
    bodies_.settings.traits.gravity_scale = gravity_scale;
}

void DebrisField::set_contacts(bool reported, double min_impulse) {
    bodies_.settings.traits.reports_contacts = reported;
    min_impulse_ = min_impulse;
}

binding::String DebrisField::get_last_error() const {
    return binding::String(last_error_);
}

void DebrisField::set_visible(bool visible) {
    if (visible == visible_) return;
    visible_ = visible;
    const Servers& servers = debris_servers();
    for (const auto& [id, shown] : bursts_) {
        servers.item_set_visible.call(servers.rendering, shown->item, visible);
    }
}

void DebrisField::set_parent_item(Rid parent_item) {
    const Servers& servers = debris_servers();
    for (const auto& [id, shown] : bursts_) {
        if (shown->parent == parent_item) continue;
        shown->parent = parent_item;
        servers.item_set_parent.call(servers.rendering, shown->item, parent_item);
    }
}

bool DebrisField::has_ended() const {
    return !ended_.empty();
}

PackedInt64Array DebrisField::take_ended() {
    PackedInt64Array list{std::span<const std::int64_t>(ended_)};
    ended_.clear();
    return list;
}

bool DebrisField::has_hits() const {
    return !hits_.empty();
}

// Four numbers a hit: piece, x, y, impulse.
PackedFloat64Array DebrisField::take_hits() {
    std::vector<double> numbers;
    for (const Hit& hit : hits_) {
        numbers.insert(numbers.end(), {static_cast<double>(hit.piece), hit.hit.position.x, hit.hit.position.y,
                                       hit.hit.impulse});
    }
    PackedFloat64Array list{std::span<const double>(numbers)};
    return list;
}

PackedInt64Array DebrisField::take_hit_colliders() {
    std::vector<std::int64_t> ids;
    ids.reserve(hits_.size());
    for (const Hit& hit : hits_) {
        ids.push_back(hit.hit.collider_id);
    }
    hits_.clear();
    return PackedInt64Array{std::span<const std::int64_t>(ids)};
}

std::int64_t DebrisField::pick(Vector2 world) const {
    for (auto at = bursts_.rbegin(); at != bursts_.rend(); ++at) {
        const std::int64_t index = at->second->burst.pick(at->second->rings(), {world.x, world.y});
        if (index >= 0) return piece_id(at->first, static_cast<std::uint32_t>(index));
    }
    return -1;
}

bool DebrisField::has_piece(std::int64_t piece) {
    return static_cast<bool>(find(piece));
}

bool DebrisField::end_piece(std::int64_t piece) {
    const Found found = find(piece);
    if (!found) return false;
    end(*found.shown, found.index);
    ended_.push_back(piece);
    drop_empty();
    return true;
}

Transform2D DebrisField::get_piece_transform(std::int64_t piece) {
    const Found found = find(piece);
    return found ? to_transform(found.shown->burst.piece_to_world(found.index, 1.0F)) : Transform2D();
}

std::pair<std::size_t, std::size_t> DebrisField::Found::range() const {
    const std::span<const std::int32_t> ends = shown->offsets.read();
    return {static_cast<std::size_t>(ends[index]), static_cast<std::size_t>(ends[index + 1])};
}

PackedVector2Array DebrisField::get_piece_polygon(std::int64_t piece) {
    const Found found = find(piece);
    if (!found) return {};
    const auto [begin, end] = found.range();
    return PackedVector2Array(found.shown->points.read().subspan(begin, end - begin));
}

PackedVector2Array DebrisField::get_piece_uvs(std::int64_t piece) {
    const Found found = find(piece);
    if (!found) return {};
    const auto [begin, end] = found.range();
    const auto* const all = reinterpret_cast<const debris::Attribute*>(found.shown->attributes.read().data());
    std::vector<Vector2> uvs;
    for (std::size_t i = begin; i < end; ++i) {
        uvs.push_back({all[i].uv.x, all[i].uv.y});
    }
    return PackedVector2Array(std::span<const Vector2>(uvs));
}

PackedColorArray DebrisField::get_piece_colors(std::int64_t piece) {
    const Found found = find(piece);
    if (!found) return {};
    const auto [begin, end] = found.range();
    const auto* const all = reinterpret_cast<const debris::Attribute*>(found.shown->attributes.read().data());
    const auto share = [](std::uint8_t channel) { return static_cast<float>(channel) / 255.0F; };
    std::vector<binding::Color> colors;
    for (std::size_t i = begin; i < end; ++i) {
        colors.push_back({share(all[i].r), share(all[i].g), share(all[i].b), share(all[i].a)});
    }
    return PackedColorArray(std::span<const binding::Color>(colors));
}

double DebrisField::get_piece_share(std::int64_t piece) {
    const Found found = find(piece);
    if (!found) return 0.0;
    double whole = 0.0;
    for (const debris::Piece& each : found.shown->burst.pieces()) {
        whole += each.area;
    }
    return whole > 0.0 ? found.piece().area / whole : 0.0;
}

Vector2 DebrisField::get_piece_velocity(std::int64_t piece) {
    const Found found = find(piece);
    if (!found) return {};
    if (found.piece().body >= 0) return bodies_.velocity(found.piece().body);
    return {found.piece().velocity.x, found.piece().velocity.y};
}

double DebrisField::get_piece_spin(std::int64_t piece) {
    const Found found = find(piece);
    if (!found) return 0.0;
    return found.piece().body >= 0 ? bodies_.spin(found.piece().body) : found.piece().spin;
}

Vector2 DebrisField::get_piece_center(std::int64_t piece) {
    const Found found = find(piece);
    return found ? Vector2{found.piece().center.x, found.piece().center.y} : Vector2{};
}

double DebrisField::get_piece_area(std::int64_t piece) {
    const Found found = find(piece);
    return found ? found.piece().area : 0.0;
}

bool DebrisField::has_body(std::int64_t piece) {
    const Found found = find(piece);
    return found && found.piece().body >= 0;
}

bool DebrisField::set_piece_motion(std::int64_t piece, Vector2 velocity, double spin) {
    const Found found = find(piece);
    if (!found || !is_finite(velocity) || !std::isfinite(static_cast<float>(spin))) return false;
    found.piece().velocity = {velocity.x, velocity.y};
    found.piece().spin = static_cast<float>(spin);
    if (found.piece().body >= 0) bodies_.set_motion(found.piece().body, velocity, spin);
    return true;
}

Rid DebrisField::get_item(std::int64_t burst) {
    const auto at = bursts_.find(burst);
    if (at == bursts_.end()) return {};
    at->second->is_item_shared = true;
    return at->second->item;
}

std::int64_t DebrisField::get_draw_index(std::int64_t burst) const {
    const auto at = bursts_.find(burst);
    return at == bursts_.end() ? 0 : at->second->draw_index;
}

binding::Variant DebrisField::get_look(std::int64_t burst) const {
    const auto at = bursts_.find(burst);
    return at == bursts_.end() ? binding::Variant() : at->second->look;
}

PackedInt64Array DebrisField::get_burst_pieces(std::int64_t burst) const {
    std::vector<std::int64_t> ids;
    if (const auto at = bursts_.find(burst); at != bursts_.end()) {
        const auto pieces = at->second->burst.pieces();
        for (std::uint32_t i = 0; i < pieces.size(); ++i) {
            if (pieces[i].alive) ids.push_back(piece_id(burst, i));
        }
    }
    return PackedInt64Array{std::span<const std::int64_t>(ids)};
}

std::int64_t DebrisField::get_burst_of(std::int64_t piece) {
    return find(piece) ? piece >> place_bits : -1;
}

std::int64_t DebrisField::get_piece_count() const {
    return piece_count_;
}

std::int64_t DebrisField::get_body_count() const {
    return bodies_.count();
}

std::int64_t DebrisField::get_burst_count() const {
    return static_cast<std::int64_t>(bursts_.size());
}

void DebrisField::register_class() {
    binding::ClassBuilder<DebrisField>("CutoutDebrisField", "RefCounted")
        .method("set_owner", &DebrisField::set_owner, "object_id")
        .method("set_space", &DebrisField::set_space, "space")
        .method("set_laws", &DebrisField::set_laws, "gravity", "linear_damp", "angular_damp", "fade",
                "shrink")
        .method("set_life", &DebrisField::set_life, "lifetime", "spread", "max_pieces")
        .method("set_push", &DebrisField::set_push, "center", "radius", "speed", "falloff", "spin")
        .method("set_bodies", &DebrisField::set_bodies, "limit", "min_area", "friction", "bounce",
                "gravity_scale")
        .method("set_contacts", &DebrisField::set_contacts, "reported", "min_impulse")
        .method("spawn", &DebrisField::spawn, "fragments", "to_world", "parent_item", "draw_index", "texture",
                "color", "velocity", "angular_velocity", "mass", "layer", "mask",
                binding::arg("look", binding::Variant()))
        .method("spawn_plain", &DebrisField::spawn_plain, "fragments", "shown", "parent_item", "draw_index",
                "mass", "layer", "mask")
        .method("get_last_error", &DebrisField::get_last_error)
        .method("fly", &DebrisField::fly, "delta")
        .method("sync_bodies", &DebrisField::sync_bodies)
        .method("set_world_to_item", &DebrisField::set_world_to_item, "world_to_item")
        .method("draw", &DebrisField::draw, "fraction")
        .method("release", &DebrisField::release, "usec")
        .method("clear", &DebrisField::clear)
        .method("set_visible", &DebrisField::set_visible, "visible")
        .method("set_parent_item", &DebrisField::set_parent_item, "parent_item")
        .method("follow_siblings", &DebrisField::follow_siblings, "parent_id")
        .method("order_siblings", &DebrisField::order_siblings)
        .method("place_above", &DebrisField::place_above, "sibling")
        .method("push", &DebrisField::push)
        .method("evict", &DebrisField::evict, "count", "least_visible")
        .method("has_ended", &DebrisField::has_ended)
        .method("take_ended", &DebrisField::take_ended)
        .method("has_hits", &DebrisField::has_hits)
        .method("take_hits", &DebrisField::take_hits)
        .method("take_hit_colliders", &DebrisField::take_hit_colliders)
        .method("pick", &DebrisField::pick, "world")
        .method("has_piece", &DebrisField::has_piece, "piece")
        .method("has_body", &DebrisField::has_body, "piece")
        .method("end_piece", &DebrisField::end_piece, "piece")
        .method("get_piece_transform", &DebrisField::get_piece_transform, "piece")
        .method("get_piece_polygon", &DebrisField::get_piece_polygon, "piece")
        .method("get_piece_uvs", &DebrisField::get_piece_uvs, "piece")
        .method("get_piece_colors", &DebrisField::get_piece_colors, "piece")
        .method("get_piece_share", &DebrisField::get_piece_share, "piece")
        .method("get_piece_velocity", &DebrisField::get_piece_velocity, "piece")
        .method("get_piece_spin", &DebrisField::get_piece_spin, "piece")
        .method("get_piece_center", &DebrisField::get_piece_center, "piece")
        .method("get_piece_area", &DebrisField::get_piece_area, "piece")
        .method("set_piece_motion", &DebrisField::set_piece_motion, "piece", "velocity", "spin")
        .method("get_item", &DebrisField::get_item, "burst")
        .method("get_draw_index", &DebrisField::get_draw_index, "burst")
        .method("get_look", &DebrisField::get_look, "burst")
        .method("get_burst_pieces", &DebrisField::get_burst_pieces, "burst")
        .method("get_burst_of", &DebrisField::get_burst_of, "piece")
        .method("get_piece_count", &DebrisField::get_piece_count)
        .method("get_body_count", &DebrisField::get_body_count)
        .method("get_burst_count", &DebrisField::get_burst_count);
}

} // namespace cutout::engine
