// The meshes that bursts are drawn with: made, filled anew and freed.
//
//     SheetMesh mesh = meshes.take(sheet);
//     meshes.give_back(mesh);  // the next burst of its size gets it; or freed by release_one()
//
// To make a mesh costs much more than to fill one, in the renderer's server and in the driver. So meshes come
// in few sizes, and the worker that makes a sheet pads its buffers to one of them: mesh_capacity().
//
// Thread rule: the main thread; mesh_capacity() anywhere.
#pragma once

#include "gdextension/debris_servers.h"
#include "gdextension/fragment_arrays.h"

#include <cstdint>
#include <map>
#include <optional>
#include <vector>

namespace cutout::engine {

// Vertices that a mesh for so many has: 2^k or 1.5 * 2^k. It has three times as many indices; polygons of n
// points have fewer than n triangles.
[[nodiscard]] std::size_t mesh_capacity(std::size_t vertices);

struct SheetMesh {
    binding::Rid mesh;
    std::size_t capacity = 0;
};

class DebrisMeshes {
public:
    [[nodiscard]] SheetMesh take(const SheetArrays& sheet);
    void give_back(const SheetMesh& mesh);
    // Frees one that is not kept. False: there is none.
    bool release_one();
    [[nodiscard]] bool has_dropped() const { return !dropped_.empty(); }
    // None is kept any longer.
    void drop_spares();

private:
    // A mesh surface as RenderingServer.mesh_add_surface() takes it; made once, filled in for each mesh.
    class Surface {
    public:
        Surface();
        const binding::Dictionary& fill(const SheetArrays& sheet);

    private:
        binding::Dictionary values_;
        binding::Variant vertex_data_;
        binding::Variant attribute_data_;
        binding::Variant vertex_count_;
        binding::Variant index_data_;
        binding::Variant index_count_;
    };

    std::optional<Surface> surface_;                         // made at the first use
    std::map<std::size_t, std::vector<binding::Rid>> spare_; // by capacity
    std::size_t spare_vertices_ = 0;
    std::vector<binding::Rid> dropped_;
};

} // namespace cutout::engine
