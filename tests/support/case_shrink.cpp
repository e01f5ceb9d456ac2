#include "support/case_shrink.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <utility>

namespace cutout::test {

using geometry::Point;

namespace {

class Shrinker {
public:
    Shrinker(FractureCase& best, const std::function<bool(const FractureCase&)>& fails, int budget)
        : best_(best), fails_(fails), budget_(budget) {}

    void run() {
        for (bool smaller = true; smaller && budget_ > 0;) {
            smaller = drop(
                [](FractureCase & c) -> auto& { return c.rings; }, 1);
            smaller |= drop(
                [](FractureCase & c) -> auto& { return c.sites; }, 1);
            smaller |= drop(
                [](FractureCase & c) -> auto& { return c.lines; }, 0);
            smaller |= drop(
                [](FractureCase & c) -> auto& { return c.settings; }, 0);
            smaller |= drop(
                [](FractureCase & c) -> auto& { return c.craters; }, 0);
            for (std::size_t i = 0; i < best_.craters.size(); ++i) {
                smaller |= drop(
                    [i](FractureCase & c) -> auto& { return c.craters[i].anchors; }, 0);
                smaller |= plainer(i);
            }
            for (std::size_t r = 0; r < best_.rings.size(); ++r) {
                smaller |= drop(
                    [r](FractureCase & c) -> auto& { return c.rings[r]; }, 0);
            }
        }
        round_points();
    }

private:
    bool take(const FractureCase& candidate) {
        if (budget_-- <= 0 || !fails_(candidate)) return false;
        best_ = candidate;
        return true;
    }

    // Drops stretches of a list, halves first, single entries last; keeps the first `least`.
    template <typename List> bool drop(const List& list, std::size_t least) {
        bool smaller = false;
        for (std::size_t length = std::max<std::size_t>(list(best_).size() / 2, 1); length > 0; length /= 2) {
            for (std::size_t at = least; at + length <= list(best_).size() && budget_ > 0;) {
                FractureCase candidate = best_;
                auto& entries = list(candidate);
                const auto first = entries.begin() + static_cast<std::ptrdiff_t>(at);
                entries.erase(first, first + static_cast<std::ptrdiff_t>(length));
                if (take(candidate)) {
                    smaller = true;
                } else {
                    ++at;
                }
            }
        }
        return smaller;
    }

    // Fewer pieces, a smaller seed, a circle.
    bool plainer(std::size_t i) {
        const auto attempt = [&](auto change) {
            FractureCase candidate = best_;
            if (!change(candidate.craters[i])) return false;
            return take(candidate);
        };
        bool smaller = false;
        for (const std::int32_t count : {1, 2, 3, 5, 8}) {
            smaller |= attempt([&](fracture::Crater& crater) {
                const bool fewer = count < crater.fragment_count;
                if (fewer) crater.fragment_count = count;
                return fewer;
            });
        }
        smaller |= attempt([](fracture::Crater& crater) { return std::exchange(crater.seed, 0) != 0; });
        smaller |= attempt([](fracture::Crater& crater) {
            const geometry::Point upright{0.0F, crater.axis_x.x};
            const bool other =
                std::isfinite(upright.y) && (crater.axis_x.y != 0.0F || !(crater.axis_y == upright));
            crater.axis_x.y = 0.0F;
            crater.axis_y = upright;
            return other;
        });
        return smaller;
    }

    // Coordinates to whole numbers, or to fewer digits.
    void round_points() {
        for (const double step : {1.0, 0.125, 0.001}) {
            for (std::size_t r = 0; r < best_.rings.size(); ++r) {
                for (std::size_t i = 0; i < best_.rings[r].size(); ++i) {
                    round(
                        [=](FractureCase & c) -> auto& { return c.rings[r][i]; }, step);
                }
            }
            for (std::size_t i = 0; i < best_.sites.size(); ++i) {
                round(
                    [=](FractureCase & c) -> auto& { return c.sites[i]; }, step);
            }
            for (std::size_t i = 0; i < best_.craters.size(); ++i) {
                round_crater(i, step);
            }
        }
    }
    void round_crater(std::size_t i, double step) {
        round(
            [=](FractureCase & c) -> auto& { return c.craters[i].centre; }, step);
        round(
            [=](FractureCase & c) -> auto& { return c.craters[i].axis_x; }, step);
        round(
            [=](FractureCase & c) -> auto& { return c.craters[i].axis_y; }, step);
        for (std::size_t a = 0; a < best_.craters[i].anchors.size(); ++a) {
            for (std::size_t k = 0; k < best_.craters[i].anchors[a].size(); ++k) {
                round(
                    [=](FractureCase & c) -> auto& { return c.craters[i].anchors[a][k]; }, step);
            }
        }
    }
    template <typename Place> void round(const Place& place, double step) {
        FractureCase candidate = best_;
        Point& p = place(candidate);
        const Point rounded{static_cast<float>(step * std::round(double{p.x} / step)),
                            static_cast<float>(step * std::round(double{p.y} / step))};
        if (rounded == p || !std::isfinite(p.x) || !std::isfinite(p.y)) return;
        p = rounded;
        (void)take(candidate);
    }

    FractureCase& best_;
    const std::function<bool(const FractureCase&)>& fails_;
    int budget_;
};

} // namespace

FractureCase shrink(FractureCase fracture_case, const std::function<bool(const FractureCase&)>& fails,
                    int budget) {
    Shrinker(fracture_case, fails, budget).run();
    return fracture_case;
}

} // namespace cutout::test
