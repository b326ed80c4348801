#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

#include "app/lab/gate_command.hpp"
#include "app/lab/make_call.hpp"
#include "app/lesson/lesson.hpp"
#include "model/result.hpp"

namespace tcpstep::lab {

// What passes between the program and its lab besides events: the command to run, commands to the
// gate (gate_command.hpp), a note whenever all is quiet, and perhaps one failure.

/// Where the lab's sockets live.
enum class Network {
    Private,  ///< in namespaces of their own
    Host,     ///< on the host's loopback, captured there: needs CAP_NET_RAW
};

struct RunCommand {
    std::string lesson;  ///< the text of the lesson file
    std::optional<std::uint16_t> port;
    Network network = Network::Private;
    std::optional<bool> gated;
    HoldPolicy hold;
    bool automatic = true;
    bool show_retransmissions = false;
    bool patience = false;  ///< see LabOptions
    bool by_hand = false;  ///< a free lab: the calls come as commands, and it ends when it is ended
};

/// A failure of the lab, and whether it is the private network that could not be had.
struct Failure {
    Error error;
    bool no_private_network = false;
};

/// The gate could not be had: nothing is held.
struct RunsFree {
    Error reason;
};

/// Nothing more happens by itself: see LabRun::settled().
struct Settled {
    std::uint64_t commands = 0;  ///< carried out so far
};

using Note = std::variant<Failure, RunsFree, Settled>;

std::string to_line(const RunCommand& command);
std::string to_line(const GateCommand& command);
std::string to_line(const MakeCall& command);
std::string to_line(const Note& note);

/// BadInput if it is none.
Result<RunCommand> parse_command(std::string_view line);

Result<GateCommand> parse_gate_command(std::string_view line);

/// What may follow the command to run.
using LabCommand = std::variant<GateCommand, MakeCall>;
Result<LabCommand> parse_lab_command(std::string_view line);

/// Nothing if the line is an event.
std::optional<Note> parse_note(std::string_view line);

}  // namespace tcpstep::lab
