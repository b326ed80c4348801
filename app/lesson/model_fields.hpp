#pragma once

#include <array>
#include <string>
#include <vector>

#include "app/lesson/json_object.hpp"
#include "model/address.hpp"
#include "model/segment.hpp"
#include "model/tcp_state.hpp"

namespace tcpstep::lesson {

// Fields of lesson files whose values are words of the model, or names. Each must be there.

inline constexpr std::array kRoles = {model::Role::Client, model::Role::Server};

/// "CLOSE_WAIT"; any state but UNKNOWN.
model::State read_state(JsonObject& object, const char* key);

/// ["CLOSED", "SYN_SENT"]: one or more.
std::vector<model::State> read_states(JsonObject& object, const char* key);

/// The name of an errno of Linux: "ECONNREFUSED".
std::string read_errno(JsonObject& object, const char* key);

/// "four-way-close": small letters, digits and hyphens.
std::string read_id(JsonObject& object, const char* key);

/// "127.0.0.1:8000", "[::1]:8000"; the port is not 0.
model::SocketAddress read_address(JsonObject& object, const char* key);

/// Which of the run's connections, from 1; 0 if the field "connection" is not there.
unsigned read_connection(JsonObject& object);

/// ["SYN", "ACK"]: one or more, each once, by the names that traces use.
model::Flags read_flags(JsonObject& object, const char* key);

}  // namespace tcpstep::lesson
