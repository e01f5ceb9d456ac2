// The physics bodies of pieces: made, read and freed in bulk.
//
//     const std::int32_t slot = bodies.add(request); // -1: there is no room, or no space
//     bodies.read(slot);                             // where physics has moved it
//     bodies.remove(slot);                           // freed by release()
//
// Thread rule: the main thread.
#pragma once

#include "gdextension/debris_servers.h"

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace cutout::engine {

struct BodySettings {
    double friction = 1.0;
    double bounce = 0.0;
    double gravity_scale = 1.0;
    double linear_damp = 0.0;
    double angular_damp = 0.0;
    std::int64_t limit = 0;    // of bodies
    std::int64_t owner_id = 0; // the object that physics names as theirs
    bool reports_contacts = false;
};

struct BodyRequest {
    std::span<const binding::Vector2> hull; // counter-clockwise, round the origin
    binding::Vector2 position;
    binding::Vector2 velocity;
    double spin = 0.0;
    double mass = 1.0;
    std::int64_t layer = 0;
    std::int64_t mask = 0;
};

struct BodyHit {
    binding::Vector2 position;
    double impulse = 0.0;
    std::int64_t collider_id = 0;
};

class DebrisBodies {
public:
    BodySettings settings;

    // Bodies of a space that is changed stay, in the new one.
    void set_space(binding::Rid space);
    [[nodiscard]] std::int64_t room() const;
    [[nodiscard]] std::int64_t count() const { return count_; }

    [[nodiscard]] std::int32_t add(const BodyRequest& request);
    [[nodiscard]] binding::Transform2D read(std::int32_t slot) const;
    [[nodiscard]] binding::Vector2 velocity(std::int32_t slot) const;
    [[nodiscard]] double spin(std::int32_t slot) const;
    void set_motion(std::int32_t slot, binding::Vector2 velocity, double spin) const;
    // The hardest contact of the last tick.
    [[nodiscard]] std::optional<BodyHit> hit(std::int32_t slot) const;
    void remove(std::int32_t slot);
    // Frees one that was removed. False: there is none.
    bool release_one();
    [[nodiscard]] std::size_t removed_count() const { return removed_.size(); }

private:
    struct Body {
        binding::Rid body;
        binding::Rid shape;
    };

    binding::Rid space_;
    std::vector<Body> slots_;
    std::vector<std::int32_t> free_slots_;
    std::vector<Body> removed_;
    std::int64_t count_ = 0;
};

} // namespace cutout::engine
