// Parameters that many fractures share, and the seed that each has of its own.
//
//     const auto shared = std::make_shared<const Params>(std::move(params));
//     const SeededParams one(shared, 1);
//     const SeededParams another(shared, 2);
//     Params room;
//     Failure failure = fracture(polygon, another.get(room), control, out);
//
// Thread rule: like std::shared_ptr: one object, one thread; copies on different threads are fine.
#pragma once

#include "fracture/params.h"

#include <cstdint>
#include <memory>
#include <utility>
#include <variant>

namespace cutout::fracture {

class SeededParams {
public:
    SeededParams() = default; // of nothing: none but assignment is allowed
    explicit SeededParams(std::shared_ptr<const Params> params)
        : params_(std::move(params)), seed_(seed_of(*params_)) {}
    SeededParams(std::shared_ptr<const Params> params, std::int64_t seed)
        : params_(std::move(params)), seed_(seed) {}

    // All but the seed.
    [[nodiscard]] const Params& shared() const { return *params_; }
    [[nodiscard]] std::int64_t seed() const { return seed_; }
    // With the seed: the shared ones where that is theirs, else a copy in `room`.
    [[nodiscard]] const Params& get(Params& room) const {
        if (seed_of(*params_) == seed_) return *params_;
        room = *params_;
        std::visit([this](auto& operation) { operation.seed = seed_; }, room);
        return room;
    }

private:
    static std::int64_t seed_of(const Params& params) {
        return std::visit([](const auto& operation) { return operation.seed; }, params);
    }

    std::shared_ptr<const Params> params_;
    std::int64_t seed_ = 0;
};

} // namespace cutout::fracture
