// The part of DebrisField that keeps bursts between the siblings of the objects that they were.
#include "gdextension/debris_field.h"

#include <algorithm>

namespace cutout::engine {

using binding::Array;
using binding::Rid;

namespace {

GDExtensionObjectPtr as_canvas_item(std::uint64_t id) {
    static void* const tag = binding::api().classdb_get_class_tag(binding::StringName("CanvasItem").native());
    GDExtensionObjectPtr object = id == 0 ? nullptr : binding::api().object_get_instance_from_id(id);
    return object == nullptr ? nullptr : binding::api().object_cast_to(object, tag);
}

} // namespace

void DebrisField::order_siblings(const Array& siblings) {
    const Servers& servers = debris_servers();
    sibling_ids_.clear();
    for (std::int64_t i = 0; i < siblings.size(); ++i) {
        const auto id = binding::api().variant_get_object_instance_id(siblings.at(i).native());
        if (static_cast<std::int64_t>(id) != bodies_.settings.owner_id) sibling_ids_.push_back(id);
    }
    if (!siblings_.update(sibling_ids_)) move_bursts();
    for (std::size_t i = 0; i < sibling_ids_.size(); ++i) {
        GDExtensionObjectPtr node = as_canvas_item(sibling_ids_[i]);
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

std::int64_t DebrisField::place_above(std::int64_t sibling_id) {
    return siblings_.place_above(static_cast<debris::SiblingOrder::Id>(sibling_id)).value_or(nowhere);
}

void DebrisField::forget_siblings() {
    siblings_ = {};
}

} // namespace cutout::engine
