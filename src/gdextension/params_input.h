// Parameters as a script hands them over: a Dictionary, or an Object with `to_dictionary() -> Dictionary`.
//
//     fracture::Params params;
//     geometry::Failure failure = read_params(value, params);
//
// Keys and words may be String or StringName. Unknown keys, wrong types and values out of range are failures
// that name the key. Lists of points share the memory of the script's arrays, like the rings of a polygon
// (polygon_input.h): reading them costs nothing for each point. An Object's method may run a script, and that
// script may do anything: hold no reference into an engine container across the call.
#pragma once

#include "fracture/params.h"
#include "fracture/seeded_params.h"
#include "gdextension/binding/variant.h"
#include "geometry/status.h"

#include <memory>
#include <string>
#include <vector>

namespace cutout::engine {

[[nodiscard]] geometry::Failure read_params(const binding::Variant& value, fracture::Params& out);

// Reads many, one after the other. What differs from the one before in its seed alone, shares the rest with
// it, and costs two look-ups for each key; so this has no effect on what is read.
//
//     ParamsReader reader;
//     for (const Variant& value : list) failure = reader.read(value, out[i++]);
class ParamsReader {
public:
    [[nodiscard]] geometry::Failure read(const binding::Variant& value, fracture::SeededParams& out);

private:
    [[nodiscard]] bool is_like_last(const binding::Dictionary& dictionary, std::int64_t& seed) const;
    void remember(const binding::Dictionary& dictionary);

    struct Entry {
        binding::Variant key;
        binding::Variant value; // a number or a bool
        bool is_seed = false;
    };
    std::vector<Entry> last_; // of the last Dictionary, if it can be compared
    bool comparable_ = false;
    std::shared_ptr<const fracture::Params> params_; // what it was read to
};

} // namespace cutout::engine
