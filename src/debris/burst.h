// The pieces of one object on their way: where each is, and the vertices of the sheet they are drawn with.
//
//     Burst burst(rings, centroids, areas, frame);  // at rest, exactly where the object was
//     burst.push({.center = hit, .radius = 300.0F, .speed = 400.0F}, random);
//     burst.fly(delta, laws);                       // those without a body
//     burst.place(piece, center, angle);            // those with one, from physics
//     if (burst.write_vertices(rings, vertices)) { upload(vertices); }
//
// Coordinates: the sheet's own (those of the polygon that was cut) for vertices; the world's for motion.
// Units are the world's, seconds and radians.
//
// A piece that was never moved keeps its vertices bit for bit.
//
// Thread rule: one object, one thread.
#pragma once

#include "debris/affine.h"
#include "debris/sheet.h"
#include "geometry/random.h"

#include <cstdint>
#include <limits>
#include <span>
#include <vector>

namespace cutout::debris {

// Fragment i has the points [offsets[i], offsets[i + 1]).
struct Rings {
    std::span<const Point> points;
    std::span<const std::int32_t> offsets;

    [[nodiscard]] std::span<const Point> ring(std::size_t i) const {
        const auto begin = static_cast<std::size_t>(offsets[i]);
        return points.subspan(begin, static_cast<std::size_t>(offsets[i + 1]) - begin);
    }
};

inline constexpr float for_ever = std::numeric_limits<float>::infinity();

// What moves pieces that have no body, and how all of them end.
struct Laws {
    Point gravity{};
    float linear_damping = 0.0F; // share of the speed lost in a second, as the engine's physics takes it
    float angular_damping = 0.0F;
    float fade = 0.0F;   // the last seconds of a life, in which a piece becomes transparent
    float shrink = 0.0F; // the same, in which it becomes small
};

// An explosion: adds speed away from a point.
struct Push {
    Point center{};
    float radius = for_ever; // no effect from there on
    float speed = 0.0F;      // at the centre
    float falloff = 1.0F;    // speed * (1 - distance / radius) ^ falloff
    float spin = 0.0F;       // adds a random spin, up to this much either way
};

struct Piece {
    Point rest{};     // its centroid in the sheet
    Point center{};   // and in the world
    Point velocity{}; // of a piece without a body
    Point from{};     // with a body: centre and angle a physics tick ago, to draw between
    float angle = 0.0F;
    float from_angle = 0.0F;
    float spin = 0.0F;
    float age = 0.0F;
    float lifetime = for_ever;
    float area = 0.0F;   // in the world
    float radius = 0.0F; // of a circle round its centre that holds it, in the world
    std::int32_t body = -1;
    bool alive = true;
    bool moved = false;
};

class Burst {
public:
    // One of each for each piece, in the sheet; radii as in Sheet. `to_world` has an inverse.
    Burst(std::span<const Point> centroids, std::span<const double> areas, std::span<const float> radii,
          const Affine& to_world);

    [[nodiscard]] std::span<Piece> pieces() { return pieces_; }
    [[nodiscard]] std::span<const Piece> pieces() const { return pieces_; }
    [[nodiscard]] const Affine& to_world() const { return to_world_; }
    [[nodiscard]] std::size_t alive_count() const { return alive_; }

    void inherit(Point velocity, float angular_velocity, Point center);
    void push(const Push& push, geometry::Random& random);
    // Each piece lives for `lifetime`, less up to `spread` of it by chance. Range of spread: [0, 1].
    void live(float lifetime, float spread, geometry::Random& random);

    // The pieces whose life has ended are appended to `ended`.
    void fly(float delta, const Laws& laws, std::vector<std::uint32_t>& ended);
    void place(std::uint32_t index, Point center, float angle);
    void end(std::uint32_t index);

    // Where a piece is drawn: the map from the sheet to the world. `fraction` is how far the frame is from
    // the tick before the last to the last; 1 where nothing is interpolated.
    [[nodiscard]] Affine piece_to_world(std::uint32_t index, float fraction, float scale = 1.0F) const;
    [[nodiscard]] bool is_stale() const { return stale_; } // something has moved since the last writing
    [[nodiscard]] bool fades(const Laws& laws) const;      // a piece is in its last seconds
    // False: nothing has moved since the last call.
    [[nodiscard]] bool write_vertices(const Rings& rings, const Laws& laws, float fraction,
                                      std::span<Point> out);
    // Alpha as a share of what `full` has, of the pieces that fade.
    void write_alphas(const Rings& rings, const Laws& laws, std::span<const Attribute> full,
                      std::span<Attribute> out) const;
    // The piece that covers a point of the world, or -1. The last one, which is drawn on top.
    [[nodiscard]] std::int64_t pick(const Rings& rings, Point world) const;
    // What the pieces cover, in the sheet's coordinates: two corners.
    [[nodiscard]] std::pair<Point, Point> bounds(float fraction) const;

private:
    [[nodiscard]] float scale_of(const Piece& piece, const Laws& laws) const;

    Affine to_world_;
    Affine to_sheet_;
    std::vector<Piece> pieces_;
    std::size_t alive_ = 0;
    float stretch_ = 1.0F; // the most that to_sheet_ stretches a length
    bool stale_ = false;
};

} // namespace cutout::debris
