#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "model/event.hpp"

namespace tcpstep::view {

/// The kernel is not called, but looked at: /proc/net/tcp is read.
bool is_look(std::string_view call);

/// "recv()"; "/proc/net/tcp" for a look.
std::string call_name(std::string_view call);

/// As strace does: "[4711] " before a call of a child; "" for the end's own process.
std::string process_mark(model::Process process);

/// "= 5", or, of a datagram that was cut, "= 5 of 24"; "ECONNREFUSED". "= ?", as strace says, of
/// exit(), which never returns.
std::string result_text(const model::CallReturned& returned);

/// What the call gave besides its result, for people: "\"hello\"", "127.0.0.1:8000", "\"hello\"
/// from 127.0.0.1:9000"; of rows of /proc/net/tcp each decoded, a line. Empty if there is nothing.
/// A text that was received is cut after so many characters.
std::vector<std::string> value_lines(const model::CallReturned& returned, std::size_t at_most);

/// The same in whole sentences.
std::string tell_value(const model::CallReturned& returned);

}  // namespace tcpstep::view
