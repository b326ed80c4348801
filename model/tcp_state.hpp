#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

namespace tcpstep::model {

/// The connection states of RFC 9293 3.3.2, and Unknown where nothing proves one.
enum class State : std::uint8_t {
    Unknown,
    Closed,
    Listen,
    SynSent,
    SynRcvd,
    Established,
    FinWait1,
    FinWait2,
    CloseWait,
    Closing,
    LastAck,
    TimeWait,
};

/// Every state but Unknown, in the order of RFC 9293 Figure 5 from top to bottom.
inline constexpr std::array kStates = {
    State::Closed,      State::Listen,   State::SynSent,   State::SynRcvd,
    State::Established, State::FinWait1, State::CloseWait, State::FinWait2,
    State::Closing,     State::LastAck,  State::TimeWait,
};

/// The name as this program writes it everywhere: "SYN_SENT", "FIN_WAIT_1", "UNKNOWN".
constexpr std::string_view name(State state) {
    switch (state) {
        case State::Unknown:
            return "UNKNOWN";
        case State::Closed:
            return "CLOSED";
        case State::Listen:
            return "LISTEN";
        case State::SynSent:
            return "SYN_SENT";
        case State::SynRcvd:
            return "SYN_RCVD";
        case State::Established:
            return "ESTABLISHED";
        case State::FinWait1:
            return "FIN_WAIT_1";
        case State::FinWait2:
            return "FIN_WAIT_2";
        case State::CloseWait:
            return "CLOSE_WAIT";
        case State::Closing:
            return "CLOSING";
        case State::LastAck:
            return "LAST_ACK";
        case State::TimeWait:
            return "TIME_WAIT";
    }
    return "UNKNOWN";
}

/// The state of that name; nothing if there is none.
constexpr std::optional<State> state_named(std::string_view text) {
    if (text == name(State::Unknown)) return State::Unknown;
    for (State state : kStates) {
        if (name(state) == text) return state;
    }
    return std::nullopt;
}

/// The two ends of a connection. The client is the endpoint that opened actively (first SYN; in a
/// simultaneous open the lower address and port), the server is the other.
enum class Role : std::uint8_t { Client, Server };

constexpr Role peer(Role role) {
    return role == Role::Client ? Role::Server : Role::Client;
}

constexpr std::string_view name(Role role) {
    return role == Role::Client ? "client" : "server";
}

}  // namespace tcpstep::model
