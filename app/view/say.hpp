#pragma once

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

}  // namespace tcpstep::view
