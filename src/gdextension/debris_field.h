// CutoutDebrisField: the pieces of many objects, drawn and moved without a node each.
//
// The script's side of it is in doc_classes/CutoutDebrisField.xml; scripts use the node CutoutDebris2D in
// front of it. All pieces of one object (a *burst*) share one mesh and one canvas item.
//
// No call's cost grows with the number of points, but draw()'s: each piece that moved has its vertices
// written and uploaded, about a nanosecond a point.
//
// Thread rule: the main thread.
#pragma once

#include "debris/burst.h"
#include "debris/sibling_order.h"
#include "gdextension/binding/instance.h"
#include "gdextension/debris_bodies.h"
#include "gdextension/debris_items.h"
#include "gdextension/debris_meshes.h"
#include "gdextension/flat_fragments.h"

#include <cmath>
#include <cstdint>
#include <limits>
#include <map>
#include <memory>
#include <string>
#include <vector>

namespace cutout::engine {

// A piece's id holds its burst's and its place there.
inline constexpr std::int64_t place_bits = 20;
inline constexpr std::int64_t most_pieces_of_burst = std::int64_t{1} << place_bits;
[[nodiscard]] inline std::int64_t piece_id(std::int64_t burst, std::uint32_t index) {
    return (burst << place_bits) | index;
}

[[nodiscard]] inline bool is_finite(binding::Vector2 v) {
    return std::isfinite(v.x) && std::isfinite(v.y);
}

class DebrisField final : public binding::Instance {
public:
    static void register_class();

    DebrisField() = default;
    ~DebrisField() override;

    void set_owner(std::int64_t object_id);
    void set_space(binding::Rid space);
    void set_laws(binding::Vector2 gravity, double linear_damp, double angular_damp, double fade,
                  double shrink);
    void set_life(double lifetime, double spread, std::int64_t max_pieces);
    void set_push(binding::Vector2 center, double radius, double speed, double falloff, double spin);
    void set_bodies(std::int64_t limit, double min_area, double friction, double bounce,
                    double gravity_scale);
    void set_contacts(bool reported, double min_impulse);

    std::int64_t spawn(const binding::Variant& fragments, const binding::Transform2D& to_world,
                       binding::Rid parent_item, std::int64_t draw_index, binding::Rid texture,
                       const binding::Color& color, binding::Vector2 velocity, double angular_velocity,
                       double mass, std::int64_t layer, std::int64_t mask, const binding::Variant& look);
    std::int64_t spawn_plain(const binding::Variant& fragments, const binding::Variant& shown,
                             binding::Rid parent_item, std::int64_t draw_index, double mass,
                             std::int64_t layer, std::int64_t mask);
    binding::String get_last_error() const;

    void fly(double delta);
    void sync_bodies();
    void set_world_to_item(const binding::Transform2D& world_to_item);
    void draw(double fraction);
    bool release(std::int64_t usec);
    void clear();
    void set_visible(bool visible);
    void set_parent_item(binding::Rid parent_item);

    // Where siblings of what is broken lie, and bursts among them.
    static constexpr std::int64_t nowhere = std::numeric_limits<std::int32_t>::min();
    static constexpr std::int64_t above_all = nowhere + 1;
    void follow_siblings(std::int64_t parent_id);
    void order_siblings();
    std::int64_t place_above(const binding::Variant& sibling);

    void push();
    std::int64_t evict(std::int64_t count, bool least_visible);
    bool has_ended() const;
    binding::PackedInt64Array take_ended();
    bool has_hits() const;
    binding::PackedFloat64Array take_hits();
    binding::PackedInt64Array take_hit_colliders();

    std::int64_t pick(binding::Vector2 world) const;
    bool has_piece(std::int64_t piece);
    bool has_body(std::int64_t piece);
    bool end_piece(std::int64_t piece);
    binding::Transform2D get_piece_transform(std::int64_t piece);
    binding::PackedVector2Array get_piece_polygon(std::int64_t piece);
    binding::PackedVector2Array get_piece_uvs(std::int64_t piece);
    binding::PackedColorArray get_piece_colors(std::int64_t piece);
    double get_piece_share(std::int64_t piece);
    binding::Vector2 get_piece_velocity(std::int64_t piece);
    double get_piece_spin(std::int64_t piece);
    binding::Vector2 get_piece_center(std::int64_t piece);
    double get_piece_area(std::int64_t piece);
    bool set_piece_motion(std::int64_t piece, binding::Vector2 velocity, double spin);

    binding::Rid get_item(std::int64_t burst);
    std::int64_t get_draw_index(std::int64_t burst) const;
    binding::Variant get_look(std::int64_t burst) const;
    binding::PackedInt64Array get_burst_pieces(std::int64_t burst) const;
    std::int64_t get_burst_of(std::int64_t piece);
    std::int64_t get_piece_count() const;
    std::int64_t get_body_count() const;
    std::int64_t get_burst_count() const;

private:
    struct Shown { // a burst and what it is drawn with
        Shown(debris::Burst made, const FlatArrays& flat)
            : burst(std::move(made)), points(flat.points), offsets(flat.offsets) {}

        debris::Burst burst;
        binding::PackedVector2Array points;
        binding::PackedInt32Array offsets;
        binding::PackedByteArray vertices;
        binding::PackedByteArray attributes; // as they were
        binding::PackedByteArray faded;      // as they are shown; empty while that is the same
        SheetMesh mesh;
        binding::Rid item;
        binding::Rid parent;         // of the item
        bool is_item_shared = false; // somebody has asked for the item
        std::int64_t draw_index = 0;
        binding::Variant look; // a script's

        [[nodiscard]] debris::Rings rings() const;
    };
    struct Hit {
        std::int64_t piece = 0;
        BodyHit hit;
    };
    // A piece by its id, while it lives.
    struct Found {
        Shown* shown = nullptr;
        std::uint32_t index = 0;

        [[nodiscard]] explicit operator bool() const { return shown != nullptr; }
        [[nodiscard]] debris::Piece& piece() const { return shown->burst.pieces()[index]; }
        // Its points, and what stands beside them, in the burst's: from the first to before the second.
        [[nodiscard]] std::pair<std::size_t, std::size_t> range() const;
    };
    using Bursts = std::map<std::int64_t, std::unique_ptr<Shown>>; // oldest first

    [[nodiscard]] static std::string check(const FlatFragments* fragments,
                                           const binding::Transform2D& to_world);
    [[nodiscard]] Found find(std::int64_t piece);
    void show(Shown& shown, const SheetArrays& sheet, binding::Rid parent, std::int64_t draw_index,
              binding::Rid texture, const binding::Color& color);
    void give_bodies(Shown& shown, const SheetArrays& sheet, double mass, std::int64_t layer,
                     std::int64_t mask);
    struct SmallPiece {
        float area = 0.0F;
        std::int64_t burst = 0;
        std::uint32_t index = 0;
    };
    // The smallest of those that count, up to so many, in any order.
    [[nodiscard]] std::vector<SmallPiece> smallest(std::int64_t most,
                                                   bool (*counts)(const debris::Piece&)) const;
    void take_bodies(std::int64_t count);
    [[nodiscard]] const binding::Variant& turned(const binding::Variant& hull, const debris::Affine& map);
    void end(Shown& shown, std::uint32_t index);
    void put(Shown& shown) const;
    void fit_rectangle(Shown& shown, float fraction) const;
    void drop(Shown& shown);
    void drop_empty();
    void move_bursts();

    DebrisBodies bodies_;
    Bursts bursts_;
    debris::SiblingOrder siblings_;
    std::vector<debris::SiblingOrder::Id> sibling_ids_;
    std::uint64_t parent_id_ = 0; // of the siblings
    std::int64_t next_above_ = std::int64_t{1} << 30;
    DebrisMeshes meshes_;
    DebrisItems items_;
    std::vector<std::int64_t> ended_;
    std::vector<Hit> hits_;
    debris::Laws laws_;
    debris::Push push_;
    geometry::Random random_{1};
    std::vector<binding::Vector2> hull_;
    binding::Variant turned_hull_;
    std::vector<std::uint32_t> chosen_;
    std::vector<std::uint32_t> ended_now_;
    debris::Affine world_to_item_;
    std::string last_error_;
    std::int64_t next_burst_ = 1;
    std::int64_t piece_count_ = 0;
    std::int64_t max_pieces_ = 16'384;
    double min_body_area_ = 0.0;
    double min_impulse_ = 0.0;
    float lifetime_ = debris::for_ever;
    float lifetime_spread_ = 0.0F;
    bool visible_ = true;
};

} // namespace cutout::engine
