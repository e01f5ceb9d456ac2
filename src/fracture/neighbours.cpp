#include "fracture/neighbours.h"

#include "fracture/edge_match.h"

#include <algorithm>
#include <cmath>
#include <cstddef>

namespace cutout::fracture {

using geometry::Point;

void find_neighbours(const Fragments& fragments, Neighbours& out) {
    EdgeMatch match;
    match.build(fragments);
    find_neighbours(fragments, match, out);
}

void find_neighbours(const Fragments& fragments, const EdgeMatch& match, Neighbours& out) {
    struct Border {
        std::uint32_t low; // the lower fragment
        std::uint32_t high;
        std::uint32_t edge;
        double length;
    };
    // Each border once, its edges in the order of the lower fragment, so both sides get the same length.
    std::vector<Border> borders;
    for (std::uint32_t f = 0; f < fragments.size(); ++f) {
        const std::size_t first = borders.size();
        for (std::uint32_t e = fragments.offsets[f]; e < fragments.offsets[f + 1]; ++e) {
            const std::uint32_t partner = match.partner(e);
            if (partner == EdgeMatch::none || match.fragment_of(partner) <= f) continue;
            const Point a = fragments.points[e];
            const Point b = fragments.points[match.next(e)];
            const double dx = static_cast<double>(b.x) - static_cast<double>(a.x);
            const double dy = static_cast<double>(b.y) - static_cast<double>(a.y);
            borders.push_back({f, match.fragment_of(partner), e, std::sqrt(dx * dx + dy * dy)});
        }
        std::sort(borders.begin() + static_cast<std::ptrdiff_t>(first), borders.end(),
                  [](const Border& x, const Border& y) {
                      return x.high != y.high ? x.high < y.high : x.edge < y.edge;
                  });
        std::size_t kept = first;
        for (std::size_t i = first; i < borders.size(); ++i) {
            if (kept > first && borders[kept - 1].high == borders[i].high) {
                borders[kept - 1].length += borders[i].length;
            } else {
                borders[kept++] = borders[i];
            }
        }
        borders.resize(kept);
    }
    out.offsets.assign(fragments.size() + 1, 0);
    for (const Border& border : borders) {
        ++out.offsets[border.low + 1];
        ++out.offsets[border.high + 1];
    }
    for (std::size_t i = 0; i < fragments.size(); ++i) {
        out.offsets[i + 1] += out.offsets[i];
    }
    out.others.resize(2 * borders.size());
    out.lengths.resize(2 * borders.size());
    std::vector<std::uint32_t> place(out.offsets.begin(), out.offsets.end() - 1);
    const auto put = [&](std::uint32_t fragment, std::uint32_t other, double length) {
        out.others[place[fragment]] = other;
        out.lengths[place[fragment]++] = length;
    };
    // The borders are sorted by both fragments; so are the lists, lower neighbours first.
    for (const Border& border : borders) {
        put(border.high, border.low, border.length);
    }
    for (const Border& border : borders) {
        put(border.low, border.high, border.length);
    }
}

} // namespace cutout::fracture
