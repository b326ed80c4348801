#pragma once

#include <cstddef>
#include <string>

#include "app/cli/connections_now.hpp"

namespace tcpstep::cli {

/// The line at which the user steps, like a row of the ladder: the client's state, whether the
/// kernel agrees, and the call it is blocked in; the held segment on its way; the same of the
/// server. Where nothing is held: what is awaited.
///
///     SYN_SENT= connect 3 s <--[2 S.]-- SYN_RCVD= accept 3 s  ? keys
///
/// ASCII, at most `columns` - 1 characters; with more room it says more. `automatic`: the lesson's
/// own script steps. `hint` stands behind it where there is room: "? keys".
std::string prompt_line(const ConnectionsNow& connections, bool automatic, model::Time now,
                        std::size_t columns, const std::string& hint);

/// Its keys and signs, in lines of at most 79 characters.
std::string prompt_help();

}  // namespace tcpstep::cli
