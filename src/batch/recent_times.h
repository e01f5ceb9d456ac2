// The last so many durations, for their quantiles. Thread rule: one thread.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>

namespace cutout::batch {

template <std::size_t capacity> class RecentTimes {
public:
    void add(std::int64_t nanoseconds) {
        times_[next_ % capacity] = nanoseconds;
        ++next_;
    }

    // What a share of them (0 to 1) did not exceed; 0 before the first.
    [[nodiscard]] std::int64_t quantile(double share) const {
        const std::size_t count = std::min(next_, capacity);
        if (count == 0) return 0;
        auto sorted = times_;
        const double place = std::clamp(share, 0.0, 1.0) * static_cast<double>(count - 1);
        const auto wanted = sorted.begin() + static_cast<std::ptrdiff_t>(place);
        std::nth_element(sorted.begin(), wanted, sorted.begin() + static_cast<std::ptrdiff_t>(count));
        return *wanted;
    }

private:
    std::array<std::int64_t, capacity> times_{};
    std::size_t next_ = 0;
};

} // namespace cutout::batch
