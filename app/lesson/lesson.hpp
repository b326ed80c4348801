#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "model/address.hpp"
#include "model/tcp_state.hpp"

namespace tcpstep::lesson {

/// The step named by `label` of the given actor has been entered, or has returned.
struct StepReached {
    model::Role actor = model::Role::Client;
    std::string label;
    bool returned = true;  ///< false: it is enough that the call was entered
};

/// An endpoint is in that state, by what was captured.
struct InState {
    model::Role endpoint = model::Role::Client;
    model::State state = model::State::Unknown;
};

using Condition = std::variant<StepReached, InState>;

/// The socket calls that a lesson can make, by their POSIX names.
enum class Call : std::uint8_t {
    Socket,
    Bind,
    Listen,
    Accept,
    Connect,
    Send,
    Recv,
    Shutdown,
    Close
};

/// "socket", "bind", ...: as in lesson files and in traces.
std::string_view name(Call call);

/// One socket call of an actor, and what it waits for before it makes it.
struct Step {
    std::string label;  ///< unique within its actor; the call's name unless given
    Call call = Call::Socket;
    std::string on;  ///< the lesson's name of the descriptor it works on; "" for socket
    std::string as;  ///< the name under which a new descriptor is kept
    std::vector<Condition> after;        ///< all must hold before the call is made
    std::chrono::milliseconds pause{0};  ///< then this long: a pause that the lesson is about
    std::int64_t backlog = 0;            ///< listen
    std::int64_t size = 0;               ///< recv: octets of buffer
    std::string data;                    ///< send: the text
    std::string how;                     ///< shutdown: "SHUT_RD", "SHUT_WR" or "SHUT_RDWR"
    std::string fails_with;  ///< name of the errno it is meant to fail with; "" to succeed
};

/// A lesson: a data file in assets/lessons, described in assets/lessons/README.md.
struct Lesson {
    std::string id;
    std::string title;
    std::string summary;  ///< one or two sentences for the student
    int order = 0;        ///< place in the order of teaching
    bool held = false;    ///< every segment is held until it is let go
    model::SocketAddress server;
    std::vector<Step> client_steps;
    std::vector<Step> server_steps;
    std::vector<InState> ends_with;  ///< the states in which the run is complete
    std::string source;              ///< the file's text, for the lab to read again

    const std::vector<Step>& steps(model::Role role) const {
        return role == model::Role::Client ? client_steps : server_steps;
    }
};

}  // namespace tcpstep::lesson
