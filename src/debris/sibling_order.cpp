#include "debris/sibling_order.h"

#include <algorithm>

namespace cutout::debris {

namespace {

constexpr SiblingOrder::Place burst_places = (SiblingOrder::stride / 2) - 1;

} // namespace

std::optional<SiblingOrder::Place> SiblingOrder::place_above(Id id) {
    const auto at = std::ranges::lower_bound(siblings_, id, {}, &Sibling::id);
    if (at == siblings_.end() || at->id != id) return std::nullopt;
    const Place place = at->place + 1 + at->bursts;
    at->bursts = (at->bursts + 1) % burst_places;
    return place;
}

// Those that keep their places: all but the ones that were moved among the others.
void SiblingOrder::keep_rising(std::span<const Id> ids) {
    kept_.clear();
    for (std::size_t i = 0; i < ids.size(); ++i) {
        const auto at = std::ranges::lower_bound(siblings_, ids[i], {}, &Sibling::id);
        if (at != siblings_.end() && at->id == ids[i]) kept_.push_back({i, at->place});
    }
    std::size_t count = 0; // of kept_, those that rise
    for (std::size_t i = 0; i < kept_.size(); ++i) {
        const Kept next = kept_[i];
        if (count > 0 && next.place < kept_[count - 1].place) {
            // Either was moved: the one before if that is the first, or if what follows is below it, too.
            const bool is_last = i + 1 == kept_.size();
            if (is_last || (count > 1 && kept_[i + 1].place > kept_[count - 1].place)) continue;
            while (count > 0 && next.place < kept_[count - 1].place) {
                --count;
            }
        }
        kept_[count++] = next;
    }
    kept_.resize(count);
}

bool SiblingOrder::update(std::span<const Id> ids) {
    keep_rising(ids);
    const std::size_t first = kept_.empty() ? 0 : kept_.front().index;
    const std::size_t end = kept_.empty() ? 0 : kept_.back().index + 1;
    if (end - first != kept_.size()) return false;
    const Place lowest = lowest_given_ - (static_cast<Place>(first) * stride);
    const Place highest = highest_given_ + (static_cast<Place>(ids.size() - end) * stride);
    if (lowest <= -limit || highest + stride >= limit) return false;
    places_.resize(ids.size());
    for (std::size_t i = 0; i < first; ++i) {
        places_[i] = lowest + (static_cast<Place>(i) * stride);
    }
    for (const Kept& kept : kept_) {
        places_[kept.index] = kept.place;
    }
    for (std::size_t i = end; i < ids.size(); ++i) {
        places_[i] = highest_given_ + (static_cast<Place>(i - end + 1) * stride);
    }
    lowest_given_ = lowest;
    highest_given_ = highest;
    note(ids);
    return true;
}

void SiblingOrder::renumber(std::span<const Id> ids, std::span<Place> bursts) {
    keep_rising(ids);
    places_.resize(ids.size());
    std::size_t burst = 0;
    Place place = 0;
    // Those that are there up to a sibling that is kept. The places next above the one below are for its own.
    const auto put_bursts = [&](std::size_t kept) {
        const Place end = kept < kept_.size() ? kept_[kept].place : limit;
        place += stride / 2;
        while (burst < bursts.size() && bursts[burst] < end) {
            bursts[burst++] = place++;
        }
    };
    std::size_t kept = 0;
    if (kept_.empty()) put_bursts(0);
    for (std::size_t i = 0; i < ids.size(); ++i) {
        const bool is_kept = kept < kept_.size() && kept_[kept].index == i;
        if (is_kept && kept == 0) put_bursts(0);
        place += stride;
        places_[i] = place;
        if (is_kept) put_bursts(++kept);
    }
    lowest_given_ = 0;
    highest_given_ = place;
    before_.clear();
    siblings_.clear();
    note(ids);
}

// They have these places now.
void SiblingOrder::note(std::span<const Id> ids) {
    before_.swap(siblings_);
    siblings_.clear();
    for (std::size_t i = 0; i < ids.size(); ++i) {
        siblings_.push_back({ids[i], places_[i], 0});
    }
    std::ranges::sort(siblings_, {}, &Sibling::id);
    auto old = before_.begin();
    for (Sibling& sibling : siblings_) {
        while (old != before_.end() && old->id < sibling.id) {
            ++old;
        }
        if (old != before_.end() && old->id == sibling.id && old->place == sibling.place) {
            sibling.bursts = old->bursts;
        }
    }
}

} // namespace cutout::debris
