// A job that fractures one polygon. It owns nothing of the points: the derived class says where they lie and
// keeps them there, and may turn the fragments into something else while still on the worker.
//
//     class EngineJob final : public FractureJob {
//         geometry::PolygonView polygon() const override { return view_; }
//         geometry::Failure publish(const fracture::Fragments& fragments, const fracture::Control&) override
//         {
//             arrays_ = to_arrays(fragments);
//             return {};
//         }
//     };
//
// Ownership: the points must stay alive and unchanged from submit() until the job is taken. The fragments are
// the worker's, which uses their memory again for the next job: what shall stay of them, publish() copies.
//
// Thread rule: polygon() is called on the owner thread (for the job's size) and on the worker; publish() on
// the worker, after a fracture that went well and was not cancelled; what it returns is how the job ends, and
// if it may take long it looks at control.cancel. An exception from either fails the job.
#pragma once

#include "batch/job.h"
#include "fracture/fracture.h"
#include "fracture/seeded_params.h"
#include "geometry/types.h"

#include <memory>
#include <utility>

namespace cutout::batch {

class FractureJob : public Job {
public:
    explicit FractureJob(const fracture::Params& params)
        : FractureJob(fracture::SeededParams(std::make_shared<const fracture::Params>(params))) {}
    // Jobs of one submission may share theirs.
    explicit FractureJob(fracture::SeededParams params) : params_(std::move(params)) {}

    geometry::Failure run(const fracture::Control& control) final;
    // The points, and an estimate of the fragments from the parameters.
    [[nodiscard]] std::size_t bytes() const override;
    // The same for the time, from measured costs of a point and of a fragment on the fast way.
    [[nodiscard]] float expected_microseconds() const override;

protected:
    // Before the job is submitted.
    void set_params(fracture::SeededParams params) { params_ = std::move(params); }

    [[nodiscard]] virtual geometry::PolygonView polygon() const = 0;
    // On the worker.
    [[nodiscard]] virtual geometry::Failure
    cut(const fracture::Params& params, const fracture::Control& control, fracture::Fragments& fragments) {
        return fracture::fracture(polygon(), params, control, fragments);
    }
    [[nodiscard]] virtual geometry::Failure publish(const fracture::Fragments& fragments,
                                                    const fracture::Control& control) = 0;

private:
    fracture::SeededParams params_;
};

} // namespace cutout::batch
