// The job of this room: cuts a polygon of the engine's and leaves the engine arrays of its fragments.
#pragma once

#include "batch/fracture_job.h"
#include "gdextension/fragment_arrays.h"
#include "gdextension/polygon_input.h"

#include <utility>

namespace cutout::engine {

class EngineJob final : public batch::FractureJob {
public:
    EngineJob(Rings rings, const fracture::Params& params) : FractureJob(params), rings_(std::move(rings)) {}

    // Valid once finished; empty unless it ended well.
    [[nodiscard]] const FragmentArray& arrays() const { return arrays_; }

protected:
    [[nodiscard]] geometry::PolygonView polygon() const override { return rings_.view(); }

    // On the worker: the owner finds everything built, and has nothing large to free.
    void publish(fracture::Fragments& fragments) override {
        arrays_ = to_arrays(fragments);
        fragments = fracture::Fragments{};
        rings_.clear();
    }

private:
    Rings rings_;
    FragmentArray arrays_;
};

} // namespace cutout::engine
