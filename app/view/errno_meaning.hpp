#pragma once

#include <string>
#include <string_view>

namespace tcpstep::view {

/// What an errno of a socket call means, by its name: "ECONNREFUSED"; "" for one that is not in
/// the table.
std::string errno_meaning(std::string_view name);

}  // namespace tcpstep::view
