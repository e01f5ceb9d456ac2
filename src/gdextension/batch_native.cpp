#include "gdextension/batch_native.h"

#include "gdextension/binding/class_builder.h"
#include "gdextension/params_list.h"
#include "gdextension/shared_workers.h"

#include <algorithm>
#include <limits>
#include <new>
#include <optional>

namespace cutout::engine {

using binding::Array;
using binding::PackedInt32Array;
using binding::PackedStringArray;
using binding::TypedArray;
using binding::Variant;
using geometry::Failure;
using geometry::Status;

namespace {

void convert(const fracture::Fragments& fragments, FragmentArray& out) {
    out = to_arrays(fragments);
}
void convert(const fracture::Fragments& fragments, FlatArrays& out) {
    out = to_flat(fragments);
}

// Never throws: it runs on workers.
template <class Output> Failure cut(const Rings& rings, const fracture::Params& params, Output& out) {
    try {
        fracture::Fragments fragments;
        Failure failure = fracture::fracture(rings.view(), params, {}, fragments);
        if (failure.ok()) convert(fragments, out);
        return failure;
    } catch (const std::bad_alloc&) {
        return {.status = Status::out_of_memory, .message = "there is not enough memory for the fragments"};
    } catch (const std::exception& exception) {
        return {.status = Status::internal_error, .message = exception.what()};
    }
}

void report(const char* method, const std::string& message) {
    binding::report_error("CutoutBatchNative." + std::string(method) + "(): " + message, method, __FILE__,
                          __LINE__);
}

} // namespace

FragmentArray BatchNative::fracture(const Variant& polygon, const Variant& params) {
    Rings rings;
    fracture::Params parameters;
    FragmentArray result;
    Failure failure = read_polygon(polygon, rings);
    if (failure.ok()) failure = read_params(params, parameters);
    if (failure.ok()) failure = cut(rings, parameters, result);
    keep("fracture", {failure}, false);
    return result;
}

binding::Ref<FlatFragments> BatchNative::fracture_flat(const Variant& polygon, const Variant& params) {
    Rings rings;
    fracture::Params parameters;
    FlatArrays flat;
    Failure failure = read_polygon(polygon, rings);
    if (failure.ok()) failure = read_params(params, parameters);
    if (failure.ok()) failure = cut(rings, parameters, flat);
    const bool ok = failure.ok();
    keep("fracture_flat", {std::move(failure)}, false);
    if (!ok) return {};
    auto result = binding::make<FlatFragments>();
    if (result) result->fill(std::move(flat), {}, nullptr);
    return result;
}

TypedArray<Array> BatchNative::process_batch_parallel(const Array& polygons, const Variant& params) {
    return process("process_batch_parallel", polygons, params, std::numeric_limits<std::int64_t>::max());
}

TypedArray<Array> BatchNative::process_batch_streaming(const Array& polygons, const Variant& params,
                                                       std::int64_t chunk_size) {
    return process("process_batch_streaming", polygons, params, chunk_size);
}

TypedArray<Array> BatchNative::process(const char* method, const Array& polygons, const Variant& params,
                                       std::int64_t chunk_size) {
    std::vector<Request> requests;
    Failure failure = read_requests(polygons, params, requests);
    if (failure.ok() && chunk_size < 1) {
        failure = bad_argument("chunk_size is " + std::to_string(chunk_size) + "; it must be 1 or more");
    }
    if (!failure.ok()) {
        keep(method, {failure}, false);
        return {};
    }
    const std::size_t count = requests.size();
    const auto chunk =
        static_cast<std::size_t>(std::min(chunk_size, std::max<std::int64_t>(polygons.size(), 1)));
    TypedArray<Array> results(static_cast<std::int64_t>(count));
    std::vector<Failure> failures(count);
    std::vector<FragmentArray> cuts;
    for (std::size_t begin = 0; begin < count; begin += chunk) {
        const std::size_t size = std::min(chunk, count - begin);
        cuts.clear(); // not assign(): copies of one Array would share their content
        cuts.resize(size);
        run_on_shared_workers(size, [&](std::size_t i) {
            Request& request = requests[begin + i];
            fracture::Params room;
            failures[begin + i] = request.failure ? std::move(*request.failure)
                                                  : cut(request.rings, request.params.get(room), cuts[i]);
            request.rings.clear();
        });
        for (std::size_t i = 0; i < size; ++i) {
            results.put(static_cast<std::int64_t>(begin + i), std::move(cuts[i]));
        }
    }
    keep(method, failures, true);
    return results;
}

void BatchNative::keep(const char* method, const std::vector<Failure>& failures, bool number_items) {
    std::vector<std::string> errors(failures.size());
    std::vector<std::int32_t> statuses(failures.size());
    for (std::size_t i = 0; i < failures.size(); ++i) {
        statuses[i] = static_cast<std::int32_t>(failures[i].status);
        if (failures[i].ok()) continue;
        errors[i] = failures[i].message;
        report(method, number_items ? item_message(i, failures[i].message) : failures[i].message);
    }
    const std::lock_guard lock(mutex_);
    errors_ = std::move(errors);
    statuses_ = std::move(statuses);
}

Array BatchNative::get_parameters(const binding::String& type) {
    Array list;
    const Failure failure = list_parameters(type.utf8(), list);
    if (!failure.ok()) report("get_parameters", failure.message);
    return list;
}

PackedStringArray BatchNative::get_errors() {
    const std::lock_guard lock(mutex_);
    PackedStringArray list(static_cast<std::int64_t>(errors_.size()));
    for (std::size_t i = 0; i < errors_.size(); ++i) {
        list.set(static_cast<std::int64_t>(i), errors_[i]);
    }
    return list;
}

PackedInt32Array BatchNative::get_statuses() {
    const std::lock_guard lock(mutex_);
    return PackedInt32Array(std::span<const std::int32_t>(statuses_));
}

void BatchNative::register_class() {
    binding::ClassBuilder<BatchNative>("CutoutBatchNative", "RefCounted")
        .method("fracture", &BatchNative::fracture, "polygon", "params")
        .method("fracture_flat", &BatchNative::fracture_flat, "polygon", "params")
        .method("process_batch_parallel", &BatchNative::process_batch_parallel, "polygons", "params")
        .method("process_batch_streaming", &BatchNative::process_batch_streaming, "polygons", "params",
                "chunk_size")
        .method("get_parameters", &BatchNative::get_parameters, "type")
        .method("get_errors", &BatchNative::get_errors)
        .method("get_statuses", &BatchNative::get_statuses);
}

} // namespace cutout::engine
