// The part of DebrisField that keeps bursts between the siblings of the objects that they were.
#include "gdextension/debris_field.h"

#include <algorithm>

namespace cutout::engine {

using binding::Array;
using binding::Rid;
using binding::Variant;

namespace {

GDExtensionObjectPtr node_of(std::uint64_t id) {
    static void* const tag = binding::class_tag("Node");
    return binding::object_of(id, tag);
}
GDExtensionObjectPtr canvas_item_of(std::uint64_t id) {
    static void* const tag = binding::class_tag("CanvasItem");
    return binding::object_of(id, tag);
}

} // namespace

void DebrisField::follow_siblings(std::int64_t parent_id) {
    siblings_ = {};
    parent_id_ = static_cast<std::uint64_t>(parent_id);
}

void DebrisField::order_siblings() {
    const Servers& servers = debris_servers();
    GDExtensionObjectPtr parent = node_of(parent_id_);
    if (parent == nullptr) return;
    const bool internal_too = true;
    const auto siblings = servers.node_get_children.get<Array>(parent, internal_too);
    sibling_ids_.clear();
    for (std::int64_t i = 0; i < siblings.size(); ++i) {
        const std::uint64_t id = siblings.at(i).object_id();
        if (static_cast<std::int64_t>(id) != bodies_.settings.owner_id) sibling_ids_.push_back(id);
    }
    if (!siblings_.update(sibling_ids_)) move_bursts();
    for (std::size_t i = 0; i < sibling_ids_.size(); ++i) {
        GDExtensionObjectPtr node = canvas_item_of(sibling_ids_[i]);
        // One on top level is no child of the item.
        if (node == nullptr || servers.node_is_top_level.get<bool>(node)) continue;
        servers.item_set_draw_index.call(servers.rendering, servers.node_get_item.get<Rid>(node),
                                         siblings_.places()[i]);
    }
}

void DebrisField::move_bursts() {
    std::vector<Shown*> moved;
    for (const auto& [id, shown] : bursts_) {
        if (shown->draw_index < debris::SiblingOrder::limit) moved.push_back(shown.get());
    }
    std::ranges::stable_sort(moved, {}, &Shown::draw_index); // of one place the older below
    std::vector<debris::SiblingOrder::Place> places;
    places.reserve(moved.size());
    for (const Shown* shown : moved) {
        places.push_back(shown->draw_index);
    }
    siblings_.renumber(sibling_ids_, places);
    const Servers& servers = debris_servers();
    for (std::size_t i = 0; i < moved.size(); ++i) {
        moved[i]->draw_index = places[i];
        servers.item_set_draw_index.call(servers.rendering, moved[i]->item, places[i]);
    }
}

std::int64_t DebrisField::place_above(const Variant& sibling) {
    const std::uint64_t id = sibling.object_id();
    GDExtensionObjectPtr node = node_of(id);
    if (node == nullptr) return above_all;
    auto* const parent = debris_servers().node_get_parent.get<GDExtensionObjectPtr>(node);
    if (parent == nullptr || binding::api().object_get_instance_id(parent) != parent_id_) return above_all;
    return siblings_.place_above(id).value_or(nowhere);
}

} // namespace cutout::engine
