#include "debris/burst.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace cutout::debris {

namespace {

constexpr double turn = 6.283185307179586;

Affine rotation(float angle, float scale) {
    const float c = std::cos(angle) * scale;
    const float s = std::sin(angle) * scale;
    return {{c, s}, {-s, c}, {}};
}

// What a length is multiplied by at most: the larger singular value.
float spectral_norm(const Affine& map) {
    const auto square = [](float value) { return static_cast<double>(value) * value; };
    const double sum = square(map.x.x) + square(map.x.y) + square(map.y.x) + square(map.y.y);
    const double twice_det = 2.0 * map.area_factor();
    const double difference = std::sqrt(std::max(0.0, (sum * sum) - (twice_det * twice_det)));
    constexpr double rounding = 1.0 + 1e-6;
    return static_cast<float>(std::sqrt(0.5 * (sum + difference)) * rounding);
}

bool covers(std::span<const Point> ring, Point p) {
    bool inside = false;
    for (std::size_t i = 0, before = ring.size() - 1; i < ring.size(); before = i++) {
        const Point a = ring[i];
        const Point b = ring[before];
        if ((a.y > p.y) == (b.y > p.y)) continue;
        const double x = a.x + (static_cast<double>(b.x) - a.x) * (static_cast<double>(p.y) - a.y) /
                                   (static_cast<double>(b.y) - a.y);
        if (p.x < x) inside = !inside;
    }
    return inside;
}

Point between(const Piece& piece, float fraction) {
    return piece.from + (piece.center - piece.from) * fraction;
}

// How much is left in the last seconds of a life.
float left(const Piece& piece, float seconds) {
    if (!(seconds > 0.0F)) return 1.0F;
    return std::clamp((piece.lifetime - piece.age) / seconds, 0.0F, 1.0F);
}

} // namespace

Burst::Burst(std::span<const Point> centroids, std::span<const double> areas, std::span<const float> radii,
             const Affine& to_world)
    : to_world_(to_world), to_sheet_(*to_world.inverse()), pieces_(centroids.size()),
      alive_(centroids.size()) {
    stretch_ = std::max(length(to_sheet_.x) + length(to_sheet_.y), 0.0F);
    const double factor = std::abs(to_world.area_factor());
    const float lengthens = spectral_norm(to_world);
    for (std::size_t i = 0; i < pieces_.size(); ++i) {
        Piece& piece = pieces_[i];
        piece.rest = centroids[i];
        piece.center = to_world.apply(piece.rest);
        piece.from = piece.center;
        piece.area = static_cast<float>(areas[i] * factor);
        piece.radius = radii[i] * lengthens;
    }
}

void Burst::inherit(Point velocity, float angular_velocity, Point center) {
    for (Piece& piece : pieces_) {
        const Point arm = piece.center - center;
        piece.velocity = piece.velocity + velocity + Point{-arm.y, arm.x} * angular_velocity;
        piece.spin += angular_velocity;
    }
}

void Burst::push(const Push& push, geometry::Random& random) {
    for (Piece& piece : pieces_) {
        Point arm = piece.center - push.center;
        float distance = length(arm);
        if (!(distance > 0.0F)) { // right in the middle: any way will do
            const auto angle = static_cast<float>(random.range(0.0, turn));
            arm = {std::cos(angle), std::sin(angle)};
            distance = 0.0F;
        } else {
            arm = arm * (1.0F / distance);
        }
        const float share = 1.0F - (distance / push.radius);
        if (!(share > 0.0F)) continue;
        piece.velocity = piece.velocity + arm * (push.speed * std::pow(share, push.falloff));
        piece.spin += static_cast<float>(random.range(-push.spin, push.spin));
    }
}

void Burst::live(float lifetime, float spread, geometry::Random& random) {
    for (Piece& piece : pieces_) {
        piece.lifetime = lifetime * static_cast<float>(1.0 - spread * random.unit());
    }
}

void Burst::fly(float delta, const Laws& laws, std::vector<std::uint32_t>& ended) {
    const float keep = std::max(0.0F, 1.0F - (laws.linear_damping * delta));
    const float keep_spin = std::max(0.0F, 1.0F - (laws.angular_damping * delta));
    for (std::size_t i = 0; i < pieces_.size(); ++i) {
        Piece& piece = pieces_[i];
        if (!piece.alive) continue;
        piece.age += delta;
        if (piece.age >= piece.lifetime) {
            ended.push_back(static_cast<std::uint32_t>(i));
            continue;
        }
        if (piece.lifetime - piece.age < std::max(laws.fade, laws.shrink)) stale_ = true;
        if (piece.body >= 0) continue;
        piece.velocity = (piece.velocity + laws.gravity * delta) * keep;
        piece.spin *= keep_spin;
        if (piece.velocity == Point{} && piece.spin == 0.0F) continue;
        piece.center = piece.center + piece.velocity * delta;
        piece.angle += piece.spin * delta;
        // It moves in each frame, not in each tick: what lies between two ticks is no place of its own.
        piece.from = piece.center;
        piece.from_angle = piece.angle;
        piece.moved = true;
        stale_ = true;
    }
}

void Burst::place(std::uint32_t index, Point center, float angle) {
    Piece& piece = pieces_[index];
    const bool still = piece.center == center && piece.angle == angle;
    // A tick in which it stands still moves what is drawn once more, when that lies between two ticks.
    if (still && piece.from == center && piece.from_angle == angle) return;
    piece.from = piece.center;
    piece.from_angle = piece.angle;
    piece.center = center;
    piece.angle = angle;
    piece.moved = true;
    stale_ = true;
}

void Burst::end(std::uint32_t index) {
    Piece& piece = pieces_[index];
    if (!piece.alive) return;
    piece.alive = false;
    piece.body = -1;
    --alive_;
    stale_ = true;
}

float Burst::scale_of(const Piece& piece, const Laws& laws) const {
    return left(piece, laws.shrink);
}

Affine Burst::piece_to_world(std::uint32_t index, float fraction, float scale) const {
    const Piece& piece = pieces_[index];
    if (!piece.moved && scale == 1.0F) return to_world_;
    const Point center = between(piece, fraction);
    const float angle = piece.from_angle +
                        std::remainder(piece.angle - piece.from_angle, static_cast<float>(turn)) * fraction;
    Affine map = rotation(angle, scale).after({to_world_.x, to_world_.y, {}});
    map.origin = center - map.turn(piece.rest);
    return map;
}

bool Burst::write_vertices(const Rings& rings, const Laws& laws, float fraction, std::span<Point> out) {
    if (!stale_) return false;
    stale_ = false;
    for (std::size_t i = 0; i < pieces_.size(); ++i) {
        const Piece& piece = pieces_[i];
        const auto begin = static_cast<std::size_t>(rings.offsets[i]);
        const std::span<const Point> ring = rings.ring(i);
        const std::span<Point> places = out.subspan(begin, ring.size());
        if (!piece.alive) {
            std::ranges::fill(places, piece.rest);
            continue;
        }
        const float scale = scale_of(piece, laws);
        if (!piece.moved && scale == 1.0F) {
            std::ranges::copy(ring, places.begin());
            continue;
        }
        // The next frame draws another moment between the same ticks.
        stale_ =
            stale_ || (fraction < 1.0F && (piece.from != piece.center || piece.from_angle != piece.angle));
        const Affine turned = to_sheet_.after(piece_to_world(static_cast<std::uint32_t>(i), fraction, scale));
        const Point center = to_sheet_.apply(between(piece, fraction));
        for (std::size_t k = 0; k < ring.size(); ++k) {
            places[k] = turned.turn(ring[k] - piece.rest) + center;
        }
    }
    return true;
}

bool Burst::fades(const Laws& laws) const {
    return laws.fade > 0.0F && std::ranges::any_of(pieces_, [&](const Piece& piece) {
               return piece.alive && left(piece, laws.fade) < 1.0F;
           });
}

void Burst::write_alphas(const Rings& rings, const Laws& laws, std::span<const Attribute> full,
                         std::span<Attribute> out) const {
    for (std::size_t i = 0; i < pieces_.size(); ++i) {
        const Piece& piece = pieces_[i];
        if (!piece.alive) continue;
        const float share = left(piece, laws.fade);
        const auto begin = static_cast<std::size_t>(rings.offsets[i]);
        const auto end = static_cast<std::size_t>(rings.offsets[i + 1]);
        for (std::size_t k = begin; k < end; ++k) {
            out[k].a = static_cast<std::uint8_t>(std::lround(static_cast<float>(full[k].a) * share));
        }
    }
}

std::int64_t Burst::pick(const Rings& rings, Point world) const {
    for (std::size_t i = pieces_.size(); i-- > 0;) {
        const Piece& piece = pieces_[i];
        if (!piece.alive || length(world - piece.center) > piece.radius * 1.001F) continue;
        const auto back = piece_to_world(static_cast<std::uint32_t>(i), 1.0F).inverse();
        if (back && covers(rings.ring(i), back->apply(world))) return static_cast<std::int64_t>(i);
    }
    return -1;
}

std::pair<Point, Point> Burst::bounds(float fraction) const {
    Point low{for_ever, for_ever};
    Point high{-for_ever, -for_ever};
    for (const Piece& piece : pieces_) {
        if (!piece.alive) continue;
        const Point center = to_sheet_.apply(between(piece, fraction));
        const float radius = piece.radius * stretch_;
        low = {std::min(low.x, center.x - radius), std::min(low.y, center.y - radius)};
        high = {std::max(high.x, center.x + radius), std::max(high.y, center.y + radius)};
    }
    if (low.x > high.x) return {};
    return {low, high};
}

} // namespace cutout::debris
