// Numbers in messages: the shortest text that reads back as the same number, whatever the locale.
#pragma once

#include "geometry/types.h"

#include <array>
#include <charconv>
#include <string>
#include <string_view>

namespace cutout::geometry {

template <typename Number> [[nodiscard]] std::string to_text(Number value) {
    std::array<char, 64> buffer{};
    const auto [end, error] = std::to_chars(buffer.data(), buffer.data() + buffer.size(), value);
    return error == std::errc{} ? std::string(buffer.data(), end) : std::string("?");
}

// The parts one after the other.
template <typename... Parts> [[nodiscard]] std::string concat(const Parts&... parts) {
    std::string result;
    (result.append(std::string_view(parts)), ...);
    return result;
}

[[nodiscard]] inline std::string to_text(Point p) {
    return concat("(", to_text(p.x), ", ", to_text(p.y), ")");
}

} // namespace cutout::geometry
