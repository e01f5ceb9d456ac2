#include "support/case_shrink.h"

#include <algorithm>
#include <cmath>

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
