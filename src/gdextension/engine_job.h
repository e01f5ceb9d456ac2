// The job of this room: cuts a polygon of the engine's and leaves what was asked for as the engine's arrays.
#pragma once

#include "batch/fracture_job.h"
#include "batch/spare_blocks.h"
#include "gdextension/cover_input.h"
#include "gdextension/fragment_arrays.h"
#include "gdextension/outputs.h"
#include "gdextension/polygon_input.h"
#include "gdextension/requests.h"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <new>
#include <optional>
#include <utility>
#include <vector>

namespace cutout::engine {

// Where the fragments of a whole submission are collected, in its order: the script's own Array.
struct BatchResults {
    binding::Array array;
    std::int64_t first_id = 0; // of the submission's jobs, whose ids follow one another
};

class EngineJob final : public batch::FractureJob {
public:
    EngineJob(Rings rings, fracture::SeededParams params, Outputs outputs, bool is_plain)
        : FractureJob(std::move(params)), rings_(std::move(rings)), outputs_(outputs), is_plain_(is_plain) {}
    // To be filled before it is submitted.
    EngineJob(Outputs outputs, std::shared_ptr<BatchResults> batch)
        : FractureJob(fracture::SeededParams()), outputs_(outputs), is_plain_(batch != nullptr),
          batch_(std::move(batch)) {}
    [[nodiscard]] Rings& rings() { return rings_; }
    using FractureJob::set_params;

    // Jobs lie in their queue's spare blocks, each behind the way back there. As all jobs do, they come and
    // go on the owner's thread.
    struct Home {
        alignas(std::max_align_t) batch::SpareBlocks* blocks;
    };
    static std::size_t block_size() { return sizeof(Home) + sizeof(EngineJob); }
    static void* operator new(std::size_t /*size*/, batch::SpareBlocks& blocks) {
        return new (blocks.take()) Home{&blocks} + 1;
    }
    static void operator delete(void* job) {
        Home* home = static_cast<Home*>(job) - 1;
        home->blocks->give_back(home);
    }
    static void operator delete(void* job, batch::SpareBlocks& /*blocks*/) { operator delete(job); }

    // For Outputs::sheet; before the job is submitted.
    void paint(std::unique_ptr<CoverArrays> cover) { cover_ = std::move(cover); }

    // It is hit, instead of fractured as a whole. The rings are those of one or more polygons, which end
    // before these. With an output that wants_flat(); before the job is submitted.
    void hit(std::unique_ptr<fracture::Crater> crater, std::vector<std::size_t> polygon_ends) {
        crater_ = std::move(crater);
        polygon_ends_ = std::move(polygon_ends);
    }

    // Each kind of output is counted like the one that the estimate knows.
    [[nodiscard]] std::size_t bytes() const override { return outputs_.count() * FractureJob::bytes(); }

    void shed() noexcept override {
        rings_.clear();
        arrays_.reset();
        more_.reset();
        cover_.reset();
        crater_.reset();
    }

    // Valid once finished, if it ended well. What was not asked for is empty.
    [[nodiscard]] std::int64_t fragment_count() const { return count_; }
    [[nodiscard]] const FragmentArray* arrays() const { return arrays_ ? &*arrays_ : nullptr; }
    [[nodiscard]] const FlatArrays& flat() const { return more_->flat; }          // wants_flat() only
    [[nodiscard]] const DerivedArrays& derived() const { return more_->derived; } // likewise
    [[nodiscard]] Outputs outputs() const { return outputs_; }
    // deliver_completed() may deliver it: nobody waits for it but a signal, and perhaps a batch().
    [[nodiscard]] bool is_plain() const { return is_plain_; }
    [[nodiscard]] const std::shared_ptr<BatchResults>& batch() const { return batch_; }

protected:
    [[nodiscard]] geometry::PolygonView polygon() const override { return rings_.view(); }

    [[nodiscard]] geometry::Failure cut(const fracture::Params& params, const fracture::Control& control,
                                        fracture::Fragments& fragments) override {
        if (!crater_) return FractureJob::cut(params, control, fragments);
        return fracture::damage_all(rings_.view(), polygon_ends_, *crater_, control, fragments, remains_);
    }

    // On the worker: the owner finds everything built, and has nothing large to free.
    geometry::Failure publish(const fracture::Fragments& fragments,
                              const fracture::Control& control) override {
        std::optional<FragmentArray> arrays;
        std::unique_ptr<More> more;
        if (outputs_.wants_flat()) more = std::make_unique<More>();
        for (const auto& [bit, derive] : {std::pair{Outputs::triangles, &derive_triangles},
                                          std::pair{Outputs::neighbours, &derive_neighbours},
                                          std::pair{Outputs::convex_parts, &derive_parts}}) {
            if (!outputs_.has(bit)) continue;
            geometry::Failure failure = derive(fragments, control, more->derived);
            if (!failure.ok()) return failure;
        }
        if (outputs_.has(Outputs::sheet)) {
            const debris::Cover cover = cover_ ? cover_->read() : debris::Cover();
            geometry::Failure failure = derive_sheet(rings_.view(), fragments, cover, control, more->derived);
            if (!failure.ok()) return failure;
        }
        if (crater_) {
            const debris::Cover cover = cover_ ? cover_->read() : debris::Cover();
            geometry::Failure failure = to_arrays(rings_.view(), fragments, remains_, cover, control,
                                                  more->derived.remains.emplace());
            if (!failure.ok()) return failure;
            remains_ = {};
        }
        if (outputs_.has(Outputs::arrays)) arrays = to_arrays(fragments);
        if (more) more->flat = to_flat(fragments);
        arrays_ = std::move(arrays); // nothing throws any more: all or nothing
        more_ = std::move(more);
        count_ = static_cast<std::int64_t>(fragments.size());
        rings_.clear();
        return {};
    }

private:
    Rings rings_;
    Outputs outputs_;
    bool is_plain_;
    std::shared_ptr<BatchResults> batch_;
    std::int64_t count_ = 0;
    std::optional<FragmentArray> arrays_; // made on the worker: even an empty one costs
    // Rarely asked for, and large.
    struct More {
        FlatArrays flat;
        DerivedArrays derived;
    };
    std::unique_ptr<More> more_;
    std::unique_ptr<CoverArrays> cover_;
    std::unique_ptr<fracture::Crater> crater_;
    std::vector<std::size_t> polygon_ends_; // in rings
    fracture::Remains remains_;
};

} // namespace cutout::engine
