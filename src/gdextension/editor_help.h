// The pages of doc_classes/*.xml, put into the library at build time.
#pragma once

#include <span>
#include <string_view>

namespace cutout::engine {

[[nodiscard]] std::span<const std::string_view> editor_help_pages();

} // namespace cutout::engine
