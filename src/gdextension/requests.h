// Many polygons with parameters in one call: `polygons` is an Array of what read_polygon() takes; `params` is
// one for all, or an Array of the same length.
#pragma once

#include "fracture/seeded_params.h"
#include "gdextension/params_input.h"
#include "gdextension/polygon_input.h"

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace cutout::engine {

struct Request {
    Rings rings;
    fracture::SeededParams params;
    std::unique_ptr<geometry::Failure> failure; // of this item; its rings and params are meaningless then
};

// A failure of the call as a whole (lengths that differ, params of a wrong type) is returned; a failure of
// one item stands in that item.
[[nodiscard]] geometry::Failure read_requests(const binding::Array& polygons, const binding::Variant& params,
                                              std::vector<Request>& out);

// "item 3: <message>"
[[nodiscard]] std::string item_message(std::size_t index, std::string_view message);

} // namespace cutout::engine
