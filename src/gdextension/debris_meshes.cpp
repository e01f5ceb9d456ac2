#include "gdextension/debris_meshes.h"

#include <algorithm>
#include <bit>

namespace cutout::engine {

using binding::Dictionary;
using binding::Rid;
using binding::Variant;

namespace {

constexpr std::size_t least_capacity = 32;
// Larger meshes are rare, and their time is that of their points.
constexpr std::size_t largest_kept = 8192;
// Of all spare meshes together: with 26 bytes a vertex (indices included) about 6 MiB.
constexpr std::size_t most_spare_vertices = 262'144;

} // namespace

std::size_t mesh_capacity(std::size_t vertices) {
    if (vertices <= least_capacity) return least_capacity;
    const std::size_t power = std::bit_ceil(vertices);
    const std::size_t between = power / 4 * 3;
    return vertices <= between ? between : power;
}

DebrisMeshes::Surface::Surface()
    : vertex_data_(Variant::of(binding::String("vertex_data"))),
      attribute_data_(Variant::of(binding::String("attribute_data"))),
      vertex_count_(Variant::of(binding::String("vertex_count"))),
      index_data_(Variant::of(binding::String("index_data"))),
      index_count_(Variant::of(binding::String("index_count"))) {
    values_.set(Variant::of(binding::String("primitive")), Variant::of(primitive_triangles));
    values_.set(Variant::of(binding::String("format")), Variant::of(sheet_format));
    // Not used: the canvas item has a rectangle of its own.
    values_.set(Variant::of(binding::String("aabb")),
                Variant::of(binding::Aabb{.position = {}, .size = {1.0F, 1.0F, 1.0F}}));
}

const Dictionary& DebrisMeshes::Surface::fill(const SheetArrays& sheet) {
    values_.set(vertex_data_, Variant::of(sheet.vertices));
    values_.set(attribute_data_, Variant::of(sheet.attributes));
    values_.set(vertex_count_, Variant::of(static_cast<std::int64_t>(sheet.capacity)));
    values_.set(index_data_, Variant::of(sheet.indices));
    values_.set(index_count_, Variant::of(static_cast<std::int64_t>(3 * sheet.capacity)));
    return values_;
}

SheetMesh DebrisMeshes::take(const SheetArrays& sheet) {
    const Servers& servers = debris_servers();
    GDExtensionObjectPtr rendering = servers.rendering;
    SheetMesh made{.mesh = {}, .capacity = sheet.capacity};
    if (const auto at = spare_.find(sheet.capacity); at != spare_.end() && !at->second.empty()) {
        made.mesh = at->second.back();
        at->second.pop_back();
        spare_vertices_ -= sheet.capacity;
        const std::int64_t first = 0;
        servers.mesh_update_vertices.call(rendering, made.mesh, first, first, sheet.vertices);
        servers.mesh_update_attributes.call(rendering, made.mesh, first, first, sheet.attributes);
        servers.mesh_update_indices.call(rendering, made.mesh, first, first, sheet.indices);
        return made;
    }
    if (!surface_) surface_.emplace();
    made.mesh = servers.mesh_create.get<Rid>(rendering);
    servers.mesh_add_surface.call(rendering, made.mesh, surface_->fill(sheet));
    return made;
}

void DebrisMeshes::give_back(const SheetMesh& mesh) {
    if (mesh.capacity > largest_kept || spare_vertices_ + mesh.capacity > most_spare_vertices) {
        dropped_.push_back(mesh.mesh);
        return;
    }
    spare_[mesh.capacity].push_back(mesh.mesh);
    spare_vertices_ += mesh.capacity;
}

bool DebrisMeshes::release_one() {
    if (dropped_.empty()) return false;
    const Servers& servers = debris_servers();
    servers.rendering_free.call(servers.rendering, dropped_.back());
    dropped_.pop_back();
    return true;
}

void DebrisMeshes::drop_spares() {
    for (const auto& [capacity, meshes] : spare_) {
        dropped_.insert(dropped_.end(), meshes.begin(), meshes.end());
    }
    spare_.clear();
    spare_vertices_ = 0;
}

} // namespace cutout::engine
