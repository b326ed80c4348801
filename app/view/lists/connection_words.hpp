#pragma once

#include <string>
#include <string_view>

#include "model/connection_story.hpp"
#include "model/trace.hpp"
#include "model/trace_connections.hpp"

namespace tcpstep::view::lists {

// A connection in a table: of `tcpstep decode`, and of the window.

/// "handshake".
std::string_view beginning_text(model::Beginning began);

/// "closed, client first".
std::string ending_text(const model::ConnectionStory& story);

/// "TIME_WAIT", "CLOSED?".
std::string state_text(const model::LastState& last);

/// "127.0.0.1:8000", and "#2" ... behind it from the second generation on, as in the trace's names
/// of connections.
std::string server_text(const model::ConnectionId& id);

/// "0.008602": whole microseconds.
std::string seconds_text(model::Duration span);

}  // namespace tcpstep::view::lists
