// Who joins whom: the choices of merge.h. One mechanism serves two of them: the smallest set of fragments
// joins a neighbour, again and again. A set is scanned only when it is the smallest, and what it joins is no
// smaller, so it has at least doubled before it is scanned again.
#include "fracture/merge.h"

#include "fracture/neighbours.h"
#include "fracture/tuning.h"
#include "geometry/random.h"

#include <algorithm>
#include <cstddef>
#include <limits>
#include <numeric>
#include <queue>

namespace cutout::fracture {

using geometry::Failure;
using geometry::Point;
using geometry::Status;

namespace {

constexpr std::uint32_t none = std::numeric_limits<std::uint32_t>::max();

// Sets of fragments, each under the number of its first one.
class FragmentSets {
public:
    struct Border {
        std::uint32_t set = 0;
        double length = 0.0;
    };

    explicit FragmentSets(const Fragments& fragments) : area_(fragments.areas) {
        find_neighbours(fragments, neighbours_);
        const std::size_t count = fragments.size();
        parent_.resize(count);
        std::iota(parent_.begin(), parent_.end(), 0U);
        next_.assign(count, none);
        last_.resize(count);
        std::iota(last_.begin(), last_.end(), 0U);
        for (std::uint32_t f = 0; f < count; ++f) {
            queue_.push({area_[f], f});
        }
    }

    [[nodiscard]] std::uint32_t set_of(std::uint32_t fragment) {
        while (parent_[fragment] != fragment) {
            parent_[fragment] = parent_[parent_[fragment]];
            fragment = parent_[fragment];
        }
        return fragment;
    }

    // The smallest set that was not taken since it last grew, the first of equal ones; none when there is no
    // more.
    [[nodiscard]] std::uint32_t take_smallest(double& area) {
        while (!queue_.empty()) {
            const Entry top = queue_.top();
            queue_.pop();
            if (parent_[top.set] != top.set || area_[top.set] != top.area) continue; // it has grown
            area = top.area;
            return top.set;
        }
        return none;
    }

    // With whom the set shares how much border, in order of the sets.
    [[nodiscard]] std::span<const Border> borders(std::uint32_t set) {
        borders_.clear();
        for (std::uint32_t f = set; f != none; f = next_[f]) {
            for (std::uint32_t k = neighbours_.offsets[f]; k < neighbours_.offsets[f + 1]; ++k) {
                const std::uint32_t other = set_of(neighbours_.others[k]);
                if (other != set) borders_.push_back({other, neighbours_.lengths[k]});
            }
        }
        std::sort(borders_.begin(), borders_.end(), [](const Border& x, const Border& y) {
            return x.set != y.set ? x.set < y.set : x.length < y.length;
        });
        std::size_t kept = 0;
        for (const Border& border : borders_) {
            if (kept > 0 && borders_[kept - 1].set == border.set) {
                borders_[kept - 1].length += border.length;
            } else {
                borders_[kept++] = border;
            }
        }
        borders_.resize(kept);
        return borders_;
    }

    void join(std::uint32_t a, std::uint32_t b) {
        const std::uint32_t low = std::min(a, b);
        const std::uint32_t high = std::max(a, b);
        parent_[high] = low;
        next_[last_[low]] = high;
        last_[low] = last_[high];
        area_[low] += area_[high];
        queue_.push({area_[low], low});
    }

    [[nodiscard]] std::vector<std::uint32_t> groups() {
        std::vector<std::uint32_t> result(parent_.size());
        for (std::uint32_t f = 0; f < result.size(); ++f) {
            result[f] = set_of(f);
        }
        return result;
    }

private:
    struct Entry {
        double area = 0.0;
        std::uint32_t set = 0;

        // The top of the queue is the smallest.
        friend bool operator<(const Entry& a, const Entry& b) {
            return a.area != b.area ? a.area > b.area : a.set > b.set;
        }
    };

    Neighbours neighbours_;
    std::vector<double> area_;
    std::vector<std::uint32_t> parent_;
    std::vector<std::uint32_t> next_; // the fragments of a set, as a list
    std::vector<std::uint32_t> last_;
    std::priority_queue<Entry> queue_;
    std::vector<Border> borders_;
};

Failure cancelled(Fragments& fragments) {
    fragments.clear();
    return {.status = Status::cancelled, .message = "cancelled"};
}

} // namespace

Failure merge_small(double min_area, const Control& control, Fragments& fragments) {
    if (std::none_of(fragments.areas.begin(), fragments.areas.end(),
                     [&](double area) { return area < min_area; })) {
        return {};
    }
    FragmentSets sets(fragments);
    bool joined = false;
    double area = 0.0;
    for (std::uint32_t steps = 1;; ++steps) {
        if (steps % cells_per_check == 0 && control.cancelled()) return cancelled(fragments);
        const std::uint32_t smallest = sets.take_smallest(area);
        if (smallest == none || !(area < min_area)) break;
        const auto borders = sets.borders(smallest);
        if (borders.empty()) continue;
        const auto longest = std::max_element(
            borders.begin(), borders.end(), [](const auto& x, const auto& y) { return x.length < y.length; });
        sets.join(smallest, longest->set);
        joined = true;
    }
    return joined ? merge_groups(sets.groups(), control, fragments) : Failure{};
}

Failure merge_clusters(std::int32_t count, std::uint64_t seed, const Control& control, Fragments& fragments) {
    if (count <= 0 || fragments.size() <= static_cast<std::size_t>(count)) return {};
    FragmentSets sets(fragments);
    geometry::Random random(seed);
    double area = 0.0;
    std::size_t left = fragments.size();
    for (std::uint32_t steps = 1; left > static_cast<std::size_t>(count); ++steps) {
        if (steps % cells_per_check == 0 && control.cancelled()) return cancelled(fragments);
        const std::uint32_t smallest = sets.take_smallest(area);
        if (smallest == none) break; // what is left is not connected
        const auto borders = sets.borders(smallest);
        if (borders.empty()) continue;
        // Any neighbour, the likelier the longer the border.
        double sum = 0.0;
        for (const auto& border : borders) {
            sum += border.length;
        }
        double at = random.range(0.0, sum);
        std::size_t chosen = 0;
        while (chosen + 1 < borders.size() && at >= borders[chosen].length) {
            at -= borders[chosen++].length;
        }
        sets.join(smallest, borders[chosen].set);
        --left;
    }
    return merge_groups(sets.groups(), control, fragments);
}

void crater_groups(const Fragments& fragments, std::span<const Point> sites, Point centre, float radius,
                   std::vector<std::uint32_t>& groups) {
    const double squared_radius = static_cast<double>(radius) * static_cast<double>(radius);
    groups.resize(fragments.size());
    for (std::size_t i = 0; i < groups.size(); ++i) {
        const std::uint32_t cell = fragments.cells[i];
        bool near = false;
        if (cell < sites.size()) {
            const double dx = static_cast<double>(sites[cell].x) - static_cast<double>(centre.x);
            const double dy = static_cast<double>(sites[cell].y) - static_cast<double>(centre.y);
            near = dx * dx + dy * dy <= squared_radius;
        }
        groups[i] = near ? static_cast<std::uint32_t>(i) + 1 : 0;
    }
}

} // namespace cutout::fracture
