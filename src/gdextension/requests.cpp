#include "gdextension/requests.h"

#include <utility>

namespace cutout::engine {

using binding::Array;
using binding::Variant;
using geometry::Failure;

namespace {

class IntoList final : public RequestPlaces {
public:
    explicit IntoList(std::vector<Request>& list) : list_(list) {}
    void make(std::size_t count) override { list_.resize(count); }
    Rings& rings(std::size_t index) override { return list_[index].rings; }
    void set_params(std::size_t index, fracture::SeededParams params) override {
        list_[index].params = std::move(params);
    }
    void fail(std::size_t index, Failure failure) override {
        list_[index].failure = std::make_unique<Failure>(std::move(failure));
    }
    [[nodiscard]] bool has_failed(std::size_t index) const override {
        return list_[index].failure != nullptr;
    }

private:
    std::vector<Request>& list_;
};

bool has_object(const Array& list) {
    for (std::int64_t i = 0; i < list.size(); ++i) {
        if (list.at(i).type() == GDEXTENSION_VARIANT_TYPE_OBJECT) return true;
    }
    return false;
}

} // namespace

Failure read_requests(const Array& polygons, const Variant& params, RequestPlaces& out) {
    const auto count = static_cast<std::size_t>(polygons.size());
    const auto list = params.get<Array>();
    if (list && list->size() != polygons.size()) {
        return bad_argument("there are " + std::to_string(count) + " polygons, but " +
                            std::to_string(list->size()) +
                            " params; give one for each, or a single Dictionary or Object for all");
    }
    // Everything is copied out of the script's containers before the first Object's to_dictionary() can run a
    // script that changes them. Copies share the content; no point is copied.
    out.make(count);
    for (std::size_t i = 0; i < count; ++i) {
        Failure failure = read_polygon(polygons.at(static_cast<std::int64_t>(i)), out.rings(i));
        if (!failure.ok()) out.fail(i, std::move(failure));
    }
    if (!list) {
        fracture::Params read;
        if (Failure failure = read_params(params, read); !failure.ok()) return failure;
        const fracture::SeededParams shared(std::make_shared<const fracture::Params>(std::move(read)));
        for (std::size_t i = 0; i < count; ++i) {
            out.set_params(i, shared);
        }
        return {};
    }
    // Where there is no Object, no script runs, and the list can be read where it is.
    std::vector<Variant> each;
    if (has_object(*list)) {
        each.reserve(count);
        for (std::size_t i = 0; i < count; ++i) {
            each.push_back(list->at(static_cast<std::int64_t>(i)));
        }
    }
    ParamsReader reader;
    for (std::size_t i = 0; i < count; ++i) {
        if (out.has_failed(i)) continue;
        fracture::SeededParams read;
        Failure failure = reader.read(each.empty() ? list->at(static_cast<std::int64_t>(i)) : each[i], read);
        if (failure.ok()) {
            out.set_params(i, std::move(read));
        } else {
            out.fail(i, std::move(failure));
        }
    }
    return {};
}

Failure read_requests(const Array& polygons, const Variant& params, std::vector<Request>& out) {
    out.clear();
    IntoList places(out);
    Failure failure = read_requests(polygons, params, places);
    if (!failure.ok()) out.clear();
    return failure;
}

std::string item_message(std::size_t index, std::string_view message) {
    return "item " + std::to_string(index) + ": " + std::string(message);
}

} // namespace cutout::engine
