// The physics bodies of pieces: made, read and freed in bulk.
//
//     const std::int32_t slot = bodies.add(request); // -1: there is no room, or no space
//     bodies.read(slot);                             // where physics has moved it
//     bodies.remove(slot);                           // parked for the next one
//
// What physics spends most on is putting a body into a space and taking it out. So a body whose piece is gone
// stays where it is, asleep, on no layer and with no mask: nothing meets it. The next piece gets it.
//
// Thread rule: the main thread.
#pragma once

#include "gdextension/debris_servers.h"

#include <cstdint>
#include <deque>
#include <optional>
#include <vector>

namespace cutout::engine {

// What all bodies that are made now have in common.
struct BodyTraits {
    double friction = 1.0;
    double bounce = 0.0;
    double gravity_scale = 1.0;
    double linear_damp = 0.0;
    double angular_damp = 0.0;
    bool reports_contacts = false;

    friend bool operator==(const BodyTraits&, const BodyTraits&) = default;
};

struct BodySettings {
    BodyTraits traits;
    std::int64_t limit = 0;    // of bodies
    std::int64_t owner_id = 0; // the object that physics names as theirs
};

struct BodyRequest {
    // A PackedVector2Array: three points or more, counter-clockwise, round the origin.
    const binding::Variant& hull;
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
    // Those that are parked are to be freed, too.
    void unpark();
    // Frees one that no piece will get. False: there is none.
    bool release_one();
    [[nodiscard]] std::size_t removed_count() const { return removed_.size(); }

private:
    struct Body {
        binding::Rid body;
        binding::Rid shape;
        BodyTraits traits; // as it has them
        std::int64_t layer = 1;
        std::int64_t mask = 1;
    };
    [[nodiscard]] Body make() const;
    void dress(Body& body, const BodyRequest& request);
    void set_filter(Body& body, std::int64_t layer, std::int64_t mask) const;

    binding::Rid space_;
    std::vector<Body> slots_;
    std::vector<std::int32_t> free_slots_;
    std::deque<Body> parked_;   // in the space
    std::vector<Body> removed_; // in none
    // Holds a Transform2D: to make one for each body costs as much as the call.
    binding::Variant place_ = binding::Variant::of(binding::Transform2D());
    std::int64_t count_ = 0;
};

} // namespace cutout::engine
