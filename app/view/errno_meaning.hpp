#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "model/trace.hpp"

namespace tcpstep::view {

/// What an errno of a socket call means, by its name: "ECONNREFUSED"; "" for one that is not in
/// the table.
std::string errno_meaning(std::string_view name);

/// The same of the call whose return is event `returned` of the trace: EPIPE by what is known of
/// its socket, which was never connected, is shut down for sending, or has lost its connection.
std::string failure_meaning(const model::Trace& trace, std::size_t returned);

}  // namespace tcpstep::view
