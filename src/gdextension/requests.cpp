#include "gdextension/requests.h"

namespace cutout::engine {

using binding::Array;
using binding::Variant;
using geometry::Failure;

namespace {
void note(Failure failure, Request& request) {
    if (!failure.ok()) request.failure = std::make_unique<Failure>(std::move(failure));
}
} // namespace

Failure read_requests(const Array& polygons, const Variant& params, std::vector<Request>& out) {
    out.clear();
    const auto count = static_cast<std::size_t>(polygons.size());
    const auto list = params.get<Array>();
    if (list && list->size() != polygons.size()) {
        return bad_argument("there are " + std::to_string(count) + " polygons, but " +
                            std::to_string(list->size()) +
                            " params; give one for each, or a single Dictionary or Object for all");
    }
    // Everything is copied out of the script's containers before the first Object's to_dictionary() can run a
    // script that changes them. Copies share the content; no point is copied.
    out.resize(count);
    std::vector<Variant> each;
    if (list) each.reserve(count);
    for (std::size_t i = 0; i < count; ++i) {
        note(read_polygon(polygons.at(static_cast<std::int64_t>(i)), out[i].rings), out[i]);
        if (list) each.push_back(list->at(static_cast<std::int64_t>(i)));
    }
    if (!list) {
        fracture::Params read;
        if (Failure failure = read_params(params, read); !failure.ok()) {
            out.clear();
            return failure;
        }
        const fracture::SeededParams shared(std::make_shared<const fracture::Params>(std::move(read)));
        for (Request& request : out) {
            request.params = shared;
        }
        return {};
    }
    ParamsReader reader;
    for (std::size_t i = 0; i < count; ++i) {
        if (!out[i].failure) note(reader.read(each[i], out[i].params), out[i]);
    }
    return {};
}

std::string item_message(std::size_t index, std::string_view message) {
    return "item " + std::to_string(index) + ": " + std::string(message);
}

} // namespace cutout::engine
