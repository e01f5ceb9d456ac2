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

// Where the items of a call go, each in its place.
class RequestPlaces {
public:
    // Before anything else: so many, each with empty rings.
    virtual void make(std::size_t count) = 0;
    virtual Rings& rings(std::size_t index) = 0;
    virtual void set_params(std::size_t index, fracture::SeededParams params) = 0;
    // Its rings and params are meaningless then. Called once for an item at most.
    virtual void fail(std::size_t index, geometry::Failure failure) = 0;
    [[nodiscard]] virtual bool has_failed(std::size_t index) const = 0;

protected:
    ~RequestPlaces() = default;
};
[[nodiscard]] geometry::Failure read_requests(const binding::Array& polygons, const binding::Variant& params,
                                              RequestPlaces& out);

// A failure of the call as a whole (lengths that differ, params of a wrong type) is returned; a failure of
// one item stands in that item.
[[nodiscard]] geometry::Failure read_requests(const binding::Array& polygons, const binding::Variant& params,
                                              std::vector<Request>& out);

// "item 3: <message>"
[[nodiscard]] std::string item_message(std::size_t index, std::string_view message);

} // namespace cutout::engine
