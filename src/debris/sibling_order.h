// Draw indices of siblings, with room between any two of them for bursts.
//
//     SiblingOrder order;
//     if (!order.update(ids))          // as they lie now, the lowest first
//         order.renumber(ids, bursts); // there was no room: bursts have other places now, too
//     order.places()[i];               // that of ids[i]; they rise
//     order.place_above(ids[i]);       // for a burst: above it and below the next one; each call another
//
// A sibling keeps its place while others come and go. So a burst that stands where a sibling stood stays
// there without being touched, which is the point of it: the engine numbers siblings anew, without gaps, each
// time one comes or goes.
//
// Thread rule: one object is used by one thread at a time.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace cutout::debris {

class SiblingOrder {
public:
    using Id = std::uint64_t;
    using Place = std::int64_t;

    // Between siblings that came one after the other.
    static constexpr Place stride = 1024;
    // The engine's draw indices have 32 bits. Places are nearer to 0 than this.
    static constexpr Place limit = 1 << 30;

    // `ids` differ from each other. New ones at either end, and those that were moved there, are above, or
    // below, all bursts. False: nothing has changed, because one came or was moved between others.
    [[nodiscard]] bool update(std::span<const Id> ids);
    // The same in all cases. `bursts` are the places of all bursts, rising; they are replaced. Siblings that
    // are new between others are above the bursts that lie there.
    void renumber(std::span<const Id> ids, std::span<Place> bursts);

    [[nodiscard]] const std::vector<Place>& places() const { return places_; }

    // Nothing: it was not among the last ids. After some hundred calls for one sibling they repeat.
    [[nodiscard]] std::optional<Place> place_above(Id id);

private:
    struct Sibling {
        Id id = 0;
        Place place = 0;
        Place bursts = 0; // so many places above it have been given
    };
    struct Kept {
        std::size_t index = 0; // among the ids
        Place place = 0;
    };

    void keep_rising(std::span<const Id> ids);
    void note(std::span<const Id> ids);

    std::vector<Sibling> siblings_; // by id
    std::vector<Sibling> before_;
    std::vector<Place> places_;
    std::vector<Kept> kept_;
    Place lowest_given_ = 0;
    Place highest_given_ = 0;
};

} // namespace cutout::debris
