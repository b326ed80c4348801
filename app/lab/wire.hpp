#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "app/lesson/lesson.hpp"
#include "model/result.hpp"

namespace tcpstep::lab {

// What passes between the program and its lab besides events: one command, and perhaps one failure.

/// Where the lab's sockets live.
enum class Network {
    Private,  ///< in namespaces of their own
    Host,     ///< on the host's loopback, captured there: needs CAP_NET_RAW
};

struct RunCommand {
    std::string lesson;  ///< the text of the lesson file
    std::optional<std::uint16_t> port;
    Network network = Network::Private;
};

/// A failure of the lab, and whether it is the private network that could not be had.
struct Failure {
    Error error;
    bool no_private_network = false;
};

std::string to_line(const RunCommand& command);
std::string to_line(const Failure& failure);

/// BadInput if it is none.
Result<RunCommand> parse_command(std::string_view line);

/// Nothing if the line is an event.
std::optional<Failure> parse_failure(std::string_view line);

}  // namespace tcpstep::lab
