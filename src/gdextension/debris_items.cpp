#include "gdextension/debris_items.h"

namespace cutout::engine {

using binding::Rid;

namespace {

// Beyond that they are freed: a hidden item costs the renderer a look in each frame.
constexpr std::size_t most_spares = 1024;

} // namespace

Rid DebrisItems::take(Rid parent, bool visible) {
    const Servers& servers = debris_servers();
    GDExtensionObjectPtr rendering = servers.rendering;
    if (spare_.empty()) {
        const auto made = servers.item_create.get<Rid>(rendering);
        servers.item_set_parent.call(rendering, made, parent);
        servers.item_set_interpolated.call(rendering, made, false);
        if (!visible) servers.item_set_visible.call(rendering, made, false);
        return made;
    }
    const Item spare = spare_.back();
    spare_.pop_back();
    servers.item_clear.call(rendering, spare.item);
    if (spare.parent != parent) servers.item_set_parent.call(rendering, spare.item, parent);
    if (visible) servers.item_set_visible.call(rendering, spare.item, true);
    return spare.item;
}

void DebrisItems::give_back(const Item& item) {
    if (spare_.size() >= most_spares) {
        drop(item.item);
        return;
    }
    const Servers& servers = debris_servers();
    servers.item_set_visible.call(servers.rendering, item.item, false);
    spare_.push_back(item);
}

void DebrisItems::drop(Rid item) {
    const Servers& servers = debris_servers();
    // Freed later, yet it must not draw the mesh's next burst.
    servers.item_set_visible.call(servers.rendering, item, false);
    dropped_.push_back(item);
}

void DebrisItems::drop_spares() {
    for (const Item& spare : spare_) {
        dropped_.push_back(spare.item);
    }
    spare_.clear();
}

bool DebrisItems::release_one() {
    if (dropped_.empty()) return false;
    const Servers& servers = debris_servers();
    servers.rendering_free.call(servers.rendering, dropped_.back());
    dropped_.pop_back();
    return true;
}

} // namespace cutout::engine
