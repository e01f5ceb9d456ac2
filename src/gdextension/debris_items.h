// The canvas items that bursts are drawn with: made, used again and freed.
//
//     const Rid item = items.take(parent, visible); // drawn with nothing yet, not interpolated
//     items.give_back({item, parent});              // hidden; the next burst gets it
//     items.drop(item);                             // hidden, and freed by release_one()
//
// An item that somebody else has set something of must be dropped: the next burst would look like that.
//
// Thread rule: the main thread.
#pragma once

#include "gdextension/debris_servers.h"

#include <cstddef>
#include <vector>

namespace cutout::engine {

class DebrisItems {
public:
    struct Item {
        binding::Rid item;
        binding::Rid parent; // as it was given; may be gone
    };

    [[nodiscard]] binding::Rid take(binding::Rid parent, bool visible);
    void give_back(const Item& item);
    void drop(binding::Rid item);
    void drop_spares();
    // Frees one that was dropped. False: there is none.
    bool release_one();
    [[nodiscard]] bool has_dropped() const { return !dropped_.empty(); }

private:
    std::vector<Item> spare_;
    std::vector<binding::Rid> dropped_;
};

} // namespace cutout::engine
