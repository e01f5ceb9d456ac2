// CutoutBatchNative: fractures now, and returns when it is done.
//
// The script's side of it is in doc_classes/CutoutBatchNative.xml.
//
// Thread rule: any thread, also several at once; calls with many items take turns at the shared workers.
#pragma once

#include "gdextension/binding/instance.h"
#include "gdextension/binding/ref.h"
#include "gdextension/flat_fragments.h"
#include "gdextension/fragment_arrays.h"
#include "gdextension/requests.h"

#include <cstdint>
#include <mutex>
#include <string>
#include <vector>

namespace cutout::engine {

class BatchNative final : public binding::Instance {
public:
    static void register_class();

    FragmentArray fracture(const binding::Variant& polygon, const binding::Variant& params);
    binding::Ref<FlatFragments> fracture_flat(const binding::Variant& polygon,
                                              const binding::Variant& params);
    binding::TypedArray<binding::Array> process_batch_parallel(const binding::Array& polygons,
                                                               const binding::Variant& params);
    binding::TypedArray<binding::Array> process_batch_streaming(const binding::Array& polygons,
                                                                const binding::Variant& params,
                                                                std::int64_t chunk_size);
    binding::Array get_parameters(const binding::String& type);
    binding::PackedStringArray get_errors();
    binding::PackedInt32Array get_statuses();

private:
    binding::TypedArray<binding::Array> process(const char* method, const binding::Array& polygons,
                                                const binding::Variant& params, std::int64_t chunk_size);
    // Prints the failures and keeps the list for get_errors() and get_statuses().
    void keep(const char* method, const std::vector<geometry::Failure>& failures, bool number_items);

    std::mutex mutex_; // guards what follows
    std::vector<std::string> errors_;
    std::vector<std::int32_t> statuses_;
};

} // namespace cutout::engine
