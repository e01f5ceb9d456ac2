#include "fracture/edge_match.h"

#include <algorithm>
#include <cstddef>

namespace cutout::fracture {

void EdgeMatch::build(const Fragments& fragments) {
    const std::size_t count = fragments.points.size();
    numbers_.clear();
    numbers_.reserve(count);
    number_.resize(count);
    next_.resize(count);
    fragment_of_.resize(count);
    next_leaving_.resize(count);
    for (std::size_t i = 0; i < count; ++i) {
        number_[i] = numbers_.number(fragments.points[i]);
    }
    first_leaving_.assign(numbers_.points().size(), none);
    for (std::size_t f = fragments.size(); f-- > 0;) {
        const std::uint32_t begin = fragments.offsets[f];
        const std::uint32_t end = fragments.offsets[f + 1];
        for (std::uint32_t i = end; i-- > begin;) {
            next_[i] = i + 1 == end ? begin : i + 1;
            fragment_of_[i] = static_cast<std::uint32_t>(f);
            next_leaving_[i] = first_leaving_[number_[i]];
            first_leaving_[number_[i]] = i;
        }
    }
    partner_.assign(count, none);
    for (std::uint32_t i = 0; i < count; ++i) {
        if (partner_[i] != none) continue;
        for (std::uint32_t e = first_leaving_[number_[next_[i]]]; e != none; e = next_leaving_[e]) {
            if (number_[next_[e]] != number_[i]) continue;
            partner_[i] = e;
            partner_[e] = i;
            break;
        }
    }
}

} // namespace cutout::fracture
