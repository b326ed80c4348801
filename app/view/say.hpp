#pragma once

#include <cstdint>
#include <string>
#include <utility>

#include <fmt/format.h>

#include "app/strings/strings.hpp"

namespace tcpstep::view {

using strings::Text;

/// The text of that name with its placeholders filled in.
template <class... Values>
std::string say(Text id, Values&&... values) {
    return fmt::format(fmt::runtime(strings::text(id)), std::forward<Values>(values)...);
}

/// The text that fits a number of things: `one` for a single one, else `many`.
constexpr Text counted(std::uint64_t count, Text one, Text many) {
    return count == 1 ? one : many;
}

}  // namespace tcpstep::view
