#include "gdextension/debris_field.h"

#include "gdextension/cover_input.h"
#include "gdextension/plain_shown.h"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <utility>
#include <vector>

namespace cutout::engine {

using binding::Color;
using binding::PackedByteArray;
using binding::PackedFloat64Array;
using binding::PackedInt64Array;
using binding::PackedVector2Array;
using binding::Rid;
using binding::Transform2D;
using binding::Variant;
using binding::Vector2;
using debris::Point;
using debris::operator-; // NOLINT(misc-unused-using-decls): of two points

namespace {

Point to_point(Vector2 v) {
    return {v.x, v.y};
}
Vector2 to_vector(Point p) {
    return {p.x, p.y};
}

// A Vector2 is a point: two floats.
std::span<const Point> as_points(std::span<const Vector2> vectors) {
    static_assert(sizeof(Point) == sizeof(Vector2));
    return {reinterpret_cast<const Point*>(vectors.data()), vectors.size()};
}

} // namespace

debris::Rings DebrisField::Shown::rings() const {
    return {.points = as_points(points.read()), .offsets = offsets.read()};
}

DebrisField::~DebrisField() {
    clear();
    bodies_.unpark();
    items_.drop_spares();
    meshes_.drop_spares();
    while (release(std::numeric_limits<std::int64_t>::max())) {
    }
}

std::string DebrisField::check(const FlatFragments* fragments, const Transform2D& to_world) {
    if (!debris_servers().complete) return "this engine lacks what debris needs; see the error before";
    if (fragments == nullptr) return "fragments must be a CutoutFragments";
    if (fragments->sheet() == nullptr) {
        return "the fragments have no sheet; submit the polygon with CutoutJobQueue.OUTPUT_SHEET";
    }
    if (fragments->get_count() == 0) return "there are no fragments";
    if (fragments->get_count() > most_pieces_of_burst) return "there are more than 2^20 fragments";
    if (!to_affine(to_world).inverse()) {
        return "the object's transform is not finite, or makes its area zero: nothing of it can be seen";
    }
    return "";
}

std::int64_t DebrisField::spawn(const Variant& fragments, const Transform2D& to_world, Rid parent_item,
                                std::int64_t draw_index, Rid texture, const Color& color, Vector2 velocity,
                                double angular_velocity, double mass, std::int64_t layer, std::int64_t mask,
                                const Variant& look) {
    const auto* given = binding::instance_of<FlatFragments>(fragments);
    last_error_ = check(given, to_world);
    if (last_error_.empty() && !(is_finite(velocity) && std::isfinite(static_cast<float>(angular_velocity)) &&
                                 std::isfinite(static_cast<float>(mass)))) {
        last_error_ = "velocity, angular_velocity and mass must be finite";
    }
    if (!last_error_.empty()) return -1;
    const std::int64_t count = given->get_count();
    if (piece_count_ + count > max_pieces_) evict(piece_count_ + count - max_pieces_, false);
    const FlatArrays& flat = given->flat();
    const SheetArrays& sheet = *given->sheet();
    auto shown = std::make_unique<Shown>(
        debris::Burst(as_points(flat.centroids.read()), flat.areas.read(), sheet.radii, to_affine(to_world)),
        flat);
    const Point origin = to_point(to_world.origin);
    shown->burst.inherit(to_point(velocity), static_cast<float>(angular_velocity), origin);
    if (push_.speed != 0.0F || push_.spin != 0.0F) shown->burst.push(push_, random_);
    shown->burst.live(lifetime_, lifetime_spread_, random_);
    show(*shown, sheet, parent_item, draw_index, texture, color);
    if (bodies_.room() > 0) give_bodies(*shown, sheet, mass, layer, mask);
    shown->look = look;
    piece_count_ += count;
    const std::int64_t id = next_burst_++;
    bursts_.emplace_hint(bursts_.end(), id, std::move(shown));
    if (piece_count_ > max_pieces_)
        evict(piece_count_ - max_pieces_, true); // the new ones alone are too many
    return id;
}

std::int64_t DebrisField::spawn_plain(const Variant& fragments, const Variant& shown, Rid parent_item,
                                      std::int64_t draw_index, double mass, std::int64_t layer,
                                      std::int64_t mask) {
    const PlainShown plain(shown);
    if (!plain) return 0;
    const Color color = plain.color();
    return spawn(fragments, plain.to_world(), parent_item, draw_index, {}, color, {}, 0.0, mass, layer, mask,
                 Variant::of(color));
}

void DebrisField::show(Shown& shown, const SheetArrays& sheet, Rid parent, std::int64_t draw_index,
                       Rid texture, const Color& color) {
    const Servers& servers = debris_servers();
    GDExtensionObjectPtr rendering = servers.rendering;
    shown.vertices = sheet.vertices;
    shown.attributes = sheet.attributes;
    shown.mesh = meshes_.take(sheet);
    shown.item = items_.take(parent, visible_);
    shown.parent = parent;
    // Those of one place would be in any order.
    shown.draw_index = draw_index == above_all ? next_above_++ : draw_index;
    servers.item_set_draw_index.call(rendering, shown.item, shown.draw_index);
    servers.item_add_mesh.call(rendering, shown.item, shown.mesh.mesh, Transform2D(), color, texture);
    put(shown);
    fit_rectangle(shown, 1.0F);
}

// A hull as it is after a map. Physics wants it counter-clockwise.
const Variant& DebrisField::turned(const Variant& hull, const debris::Affine& map) {
    const auto points = map == debris::Affine{} ? std::nullopt : hull.get<PackedVector2Array>();
    if (!points) return hull;
    hull_.clear();
    for (const Vector2 point : points->read()) {
        hull_.push_back(to_vector(map.turn(to_point(point))));
    }
    if (map.area_factor() < 0.0) std::ranges::reverse(hull_);
    turned_hull_ = Variant::of(PackedVector2Array(hull_));
    return turned_hull_;
}

// The largest pieces first, as many as there is room for.
void DebrisField::give_bodies(Shown& shown, const SheetArrays& sheet, double mass, std::int64_t layer,
                              std::int64_t mask) {
    const std::span<debris::Piece> pieces = shown.burst.pieces();
    chosen_.clear();
    double area = 0.0;
    for (std::uint32_t i = 0; i < pieces.size(); ++i) {
        area += pieces[i].area;
        if (pieces[i].area >= min_body_area_ && !sheet.hulls[i].is_nil()) chosen_.push_back(i);
    }
    const auto room = static_cast<std::size_t>(bodies_.room());
    if (chosen_.size() > room) {
        std::ranges::nth_element(chosen_, chosen_.begin() + static_cast<std::ptrdiff_t>(room),
                                 [&](std::uint32_t a, std::uint32_t b) {
                                     return pieces[a].area != pieces[b].area ? pieces[a].area > pieces[b].area
                                                                             : a < b;
                                 });
        chosen_.resize(room);
    }
    debris::Affine turns = shown.burst.to_world();
    turns.origin = {};
    for (const std::uint32_t i : chosen_) {
        debris::Piece& piece = pieces[i];
        piece.body = bodies_.add({.hull = turned(sheet.hulls[i], turns),
                                  .position = to_vector(piece.center),
                                  .velocity = to_vector(piece.velocity),
                                  .spin = piece.spin,
                                  .mass = std::max(mass * piece.area / area, 1e-6),
                                  .layer = layer,
                                  .mask = mask});
    }
}

std::vector<DebrisField::SmallPiece> DebrisField::smallest(std::int64_t most,
                                                           bool (*counts)(const debris::Piece&)) const {
    std::vector<SmallPiece> all;
    for (const auto& [id, shown] : bursts_) {
        const std::span<const debris::Piece> pieces = std::as_const(shown->burst).pieces();
        for (std::uint32_t i = 0; i < pieces.size(); ++i) {
            if (counts(pieces[i])) all.push_back({.area = pieces[i].area, .burst = id, .index = i});
        }
    }
    const auto size = static_cast<std::int64_t>(all.size());
    const auto wanted = static_cast<std::ptrdiff_t>(std::clamp<std::int64_t>(most, 0, size));
    std::ranges::nth_element(all, all.begin() + wanted, {},
                             [](const SmallPiece& p) { return std::tuple(p.area, p.burst, p.index); });
    all.resize(static_cast<std::size_t>(wanted));
    return all;
}

// From the smallest pieces, which fly on freely as they are.
void DebrisField::take_bodies(std::int64_t count) {
    for (const SmallPiece& small : smallest(count, [](const debris::Piece& p) { return p.body >= 0; })) {
        debris::Burst& burst = bursts_.at(small.burst)->burst;
        debris::Piece& piece = burst.pieces()[small.index];
        const Transform2D transform = bodies_.read(piece.body);
        burst.place(small.index, to_point(transform.origin), std::atan2(transform.x.y, transform.x.x));
        piece.velocity = to_point(bodies_.velocity(piece.body));
        piece.spin = static_cast<float>(bodies_.spin(piece.body));
        bodies_.remove(piece.body);
        piece.body = -1;
    }
}

void DebrisField::fly(double delta) {
    for (auto& [id, shown] : bursts_) {
        ended_now_.clear();
        shown->burst.fly(static_cast<float>(delta), laws_, ended_now_);
        for (const std::uint32_t index : ended_now_) {
            end(*shown, index);
            ended_.push_back(piece_id(id, index));
        }
    }
    if (!ended_.empty()) drop_empty();
}

void DebrisField::sync_bodies() {
    if (bodies_.count() == 0) return;
    for (auto& [id, shown] : bursts_) {
        const std::span<debris::Piece> pieces = shown->burst.pieces();
        for (std::uint32_t i = 0; i < pieces.size(); ++i) {
            const std::int32_t body = pieces[i].body;
            if (body < 0) continue;
            const Transform2D transform = bodies_.read(body);
            const float angle = std::atan2(transform.x.y, transform.x.x);
            shown->burst.place(i, to_point(transform.origin), angle);
            if (!bodies_.settings.traits.reports_contacts) continue;
            if (const auto hit = bodies_.hit(body); hit && hit->impulse >= min_impulse_) {
                hits_.push_back({.piece = piece_id(id, i), .hit = *hit});
            }
        }
    }
}

void DebrisField::put(Shown& shown) const {
    const Servers& servers = debris_servers();
    servers.item_set_transform.call(servers.rendering, shown.item,
                                    to_transform(world_to_item_.after(shown.burst.to_world())));
}

void DebrisField::fit_rectangle(Shown& shown, float fraction) const {
    const Servers& servers = debris_servers();
    const auto [low, high] = shown.burst.bounds(fraction);
    servers.item_set_custom_rect.call(
        servers.rendering, shown.item, true,
        binding::Rect2{.position = to_vector(low), .size = to_vector(high - low)});
}

void DebrisField::set_world_to_item(const Transform2D& world_to_item) {
    const debris::Affine given = to_affine(world_to_item);
    if (given == world_to_item_) return;
    world_to_item_ = given;
    for (auto& [id, shown] : bursts_) {
        put(*shown);
    }
}

void DebrisField::draw(double fraction) {
    const Servers& servers = debris_servers();
    const auto share = static_cast<float>(fraction);
    for (auto& [id, shown] : bursts_) {
        if (!shown->burst.is_stale()) continue;
        const debris::Rings rings = shown->rings();
        const std::size_t count = rings.points.size();
        auto* const places = reinterpret_cast<Point*>(shown->vertices.write().data());
        if (!shown->burst.write_vertices(rings, laws_, share, {places, count})) continue;
        servers.mesh_update_vertices.call(servers.rendering, shown->mesh.mesh, std::int64_t{0},
                                          std::int64_t{0}, shown->vertices);
        fit_rectangle(*shown, share);
        if (!shown->burst.fades(laws_)) continue;
        if (shown->faded.size() == 0) shown->faded = shown->attributes;
        const auto* const full = reinterpret_cast<const debris::Attribute*>(shown->attributes.read().data());
        auto* const faded = reinterpret_cast<debris::Attribute*>(shown->faded.write().data());
        shown->burst.write_alphas(rings, laws_, {full, count}, {faded, count});
        servers.mesh_update_attributes.call(servers.rendering, shown->mesh.mesh, std::int64_t{0},
                                            std::int64_t{0}, shown->faded);
    }
}

bool DebrisField::release(std::int64_t usec) {
    const auto end = std::chrono::steady_clock::now() +
                     std::chrono::microseconds(std::clamp<std::int64_t>(usec, 0, 1'000'000));
    static constexpr int at_a_time = 16; // between two looks at the clock
    do {
        for (int i = 0; i < at_a_time; ++i) {
            if (!items_.release_one() && !meshes_.release_one() && !bodies_.release_one()) return false;
        }
    } while (std::chrono::steady_clock::now() < end);
    return items_.has_dropped() || meshes_.has_dropped() || bodies_.removed_count() > 0;
}

void DebrisField::end(Shown& shown, std::uint32_t index) {
    debris::Piece& piece = shown.burst.pieces()[index];
    if (piece.body >= 0) bodies_.remove(piece.body);
    shown.burst.end(index);
    --piece_count_;
}

void DebrisField::drop(Shown& shown) {
    const std::span<debris::Piece> pieces = shown.burst.pieces();
    for (std::uint32_t i = 0; i < pieces.size(); ++i) {
        if (pieces[i].alive) end(shown, i);
    }
    if (shown.is_item_shared) {
        items_.drop(shown.item);
    } else {
        items_.give_back({.item = shown.item, .parent = shown.parent});
    }
    meshes_.give_back(shown.mesh);
}

void DebrisField::drop_empty() {
    std::vector<std::unique_ptr<Shown>> gone; // with the last of a look a script may run: at the end
    for (auto at = bursts_.begin(); at != bursts_.end();) {
        if (at->second->burst.alive_count() > 0) {
            ++at;
            continue;
        }
        drop(*at->second);
        gone.push_back(std::move(at->second));
        at = bursts_.erase(at);
    }
}

void DebrisField::clear() {
    const Bursts gone = std::exchange(bursts_, {}); // with the last of a look a script may run: at the end
    for (const auto& [id, shown] : gone) {
        drop(*shown);
    }
    ended_.clear();
    hits_.clear();
}

std::int64_t DebrisField::evict(std::int64_t count, bool least_visible) {
    std::int64_t evicted = 0;
    if (!least_visible) {
        for (auto& [id, shown] : bursts_) {
            const auto pieces = shown->burst.pieces();
            for (std::uint32_t i = 0; i < pieces.size() && evicted < count; ++i) {
                if (!pieces[i].alive) continue;
                end(*shown, i);
                ended_.push_back(piece_id(id, i));
                ++evicted;
            }
            if (evicted >= count) break;
        }
    } else {
        for (const SmallPiece& small : smallest(count, [](const debris::Piece& p) { return p.alive; })) {
            end(*bursts_.at(small.burst), small.index);
            ended_.push_back(piece_id(small.burst, small.index));
            ++evicted;
        }
    }
    drop_empty();
    return evicted;
}

void DebrisField::push() {
    for (auto& [id, shown] : bursts_) {
        const std::span<debris::Piece> pieces = shown->burst.pieces();
        for (debris::Piece& piece : pieces) {
            if (piece.body < 0) continue;
            piece.velocity = to_point(bodies_.velocity(piece.body));
            piece.spin = static_cast<float>(bodies_.spin(piece.body));
        }
        shown->burst.push(push_, random_);
        for (const debris::Piece& piece : pieces) {
            if (piece.body >= 0) bodies_.set_motion(piece.body, to_vector(piece.velocity), piece.spin);
        }
    }
}

DebrisField::Found DebrisField::find(std::int64_t piece) {
    if (piece < 0) return {};
    const auto at = bursts_.find(piece >> place_bits);
    const auto index = static_cast<std::uint32_t>(piece & (most_pieces_of_burst - 1));
    if (at == bursts_.end() || index >= at->second->burst.pieces().size()) return {};
    if (!at->second->burst.pieces()[index].alive) return {};
    return {.shown = at->second.get(), .index = index};
}

} // namespace cutout::engine
