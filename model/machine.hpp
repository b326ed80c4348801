#pragma once

#include <array>
#include <cstdint>
#include <string_view>

#include "model/tcp_state.hpp"

namespace tcpstep::model {

/// What can move the machine: the user's calls, arriving segments and timers of RFC 9293 3.3.2.
enum class On : std::uint8_t {
    PassiveOpen,   ///< listen()
    ActiveOpen,    ///< connect(): a SYN is sent
    Close,         ///< close() or shutdown(SHUT_WR): a FIN is sent
    Abort,         ///< close() with SO_LINGER 0, or with unread data: mostly a RST is sent
    RcvSyn,        ///< a SYN without ACK arrives
    RcvSynAck,     ///< a SYN with an ACK of our SYN arrives
    RcvAckOfSyn,   ///< an ACK of our SYN arrives
    RcvFin,        ///< a FIN arrives, all before it having arrived
    RcvAckOfFin,   ///< an ACK of our FIN arrives
    RcvRst,        ///< an acceptable RST arrives
    TimeWaitEnds,  ///< 2 MSL have passed
    UserTimeout,   ///< retransmission gave up, or the keepalive did
};

std::string_view name(On on);

/// The segment that a transition makes its endpoint send.
enum class Sends : std::uint8_t { Nothing, Syn, SynAck, Ack, Fin, Rst };

/// How the endpoint came to be; RFC 9293 Figure 5 note 1 needs it for a RST in SYN_RCVD.
enum class Opened : std::uint8_t { Either, Passively, Actively };

/// One edge of the machine.
struct Transition {
    State from;
    On on;
    State to;
    Sends sends;
    std::string_view rfc;             ///< section of RFC 9293 that demands it
    bool in_figure = true;            ///< drawn in RFC 9293 Figure 5; the others stand in its text
    Opened only_if = Opened::Either;  ///< holds only for an endpoint opened this way
};

/// The RFC 9293 state machine as data. The diagram, the tracker, the explanations and the tests
/// all read this table; a pair that is not in it moves nothing.
///
/// Where Linux departs from the figure the table follows Linux, with the reason beside the line.
inline constexpr std::array kMachine = {
    // RFC 9293 Figure 5, from top to bottom.
    Transition{State::Closed, On::PassiveOpen, State::Listen, Sends::Nothing, "3.10.1"},
    Transition{State::Closed, On::ActiveOpen, State::SynSent, Sends::Syn, "3.10.1"},
    Transition{State::Listen, On::Close, State::Closed, Sends::Nothing, "3.10.4"},
    Transition{State::Listen, On::ActiveOpen, State::SynSent, Sends::Syn, "3.10.1"},
    Transition{State::Listen, On::RcvSyn, State::SynRcvd, Sends::SynAck, "3.10.7.2"},
    Transition{State::SynSent, On::Close, State::Closed, Sends::Nothing, "3.10.4"},
    Transition{State::SynSent, On::RcvSyn, State::SynRcvd, Sends::SynAck, "3.10.7.3"},
    Transition{State::SynSent, On::RcvSynAck, State::Established, Sends::Ack, "3.10.7.3"},
    Transition{State::SynRcvd, On::RcvAckOfSyn, State::Established, Sends::Nothing, "3.10.7.4"},
    Transition{State::SynRcvd, On::RcvRst, State::Listen, Sends::Nothing, "3.10.7.4", true,
               Opened::Passively},
    Transition{State::SynRcvd, On::Close, State::FinWait1, Sends::Fin, "3.10.4"},
    Transition{State::Established, On::Close, State::FinWait1, Sends::Fin, "3.10.4"},
    Transition{State::Established, On::RcvFin, State::CloseWait, Sends::Ack, "3.10.7.4"},
    Transition{State::FinWait1, On::RcvAckOfFin, State::FinWait2, Sends::Nothing, "3.10.7.4"},
    // FIN and ACK in one segment: the figure's note 2 allows FIN_WAIT_1 to TIME_WAIT in one step;
    // Linux takes the ACK first and passes through FIN_WAIT_2, so there is no edge of its own.
    Transition{State::FinWait1, On::RcvFin, State::Closing, Sends::Ack, "3.10.7.4"},
    Transition{State::FinWait2, On::RcvFin, State::TimeWait, Sends::Ack, "3.10.7.4"},
    Transition{State::CloseWait, On::Close, State::LastAck, Sends::Fin, "3.10.4"},
    Transition{State::Closing, On::RcvAckOfFin, State::TimeWait, Sends::Nothing, "3.10.7.4"},
    Transition{State::LastAck, On::RcvAckOfFin, State::Closed, Sends::Nothing, "3.10.7.4"},
    Transition{State::TimeWait, On::TimeWaitEnds, State::Closed, Sends::Nothing, "3.10.8"},

    // Linux: a listener without room for requests answers a SYN with a cookie (RFC 4987 3.6) and
    // keeps nothing, so it stays in LISTEN; the ACK that brings the cookie back makes the socket.
    Transition{State::Listen, On::RcvAckOfSyn, State::Established, Sends::Nothing, "3.10.7.2",
               false},

    // A RST ends every other state (3.10.7.3 second check, 3.10.7.4 second check).
    Transition{State::SynSent, On::RcvRst, State::Closed, Sends::Nothing, "3.10.7.3", false},
    Transition{State::SynRcvd, On::RcvRst, State::Closed, Sends::Nothing, "3.10.7.4", false,
               Opened::Actively},
    Transition{State::Established, On::RcvRst, State::Closed, Sends::Nothing, "3.10.7.4", false},
    Transition{State::FinWait1, On::RcvRst, State::Closed, Sends::Nothing, "3.10.7.4", false},
    Transition{State::FinWait2, On::RcvRst, State::Closed, Sends::Nothing, "3.10.7.4", false},
    Transition{State::CloseWait, On::RcvRst, State::Closed, Sends::Nothing, "3.10.7.4", false},
    Transition{State::Closing, On::RcvRst, State::Closed, Sends::Nothing, "3.10.7.4", false},
    Transition{State::LastAck, On::RcvRst, State::Closed, Sends::Nothing, "3.10.7.4", false},
    // Linux: net.ipv4.tcp_rfc1337 is 0, so a RST kills TIME_WAIT as the RFC's text says.
    Transition{State::TimeWait, On::RcvRst, State::Closed, Sends::Nothing, "3.10.7.4", false},

    // ABORT call (3.10.5). Linux: an abort of a request still in SYN_RCVD leaves the listener in
    // LISTEN. One in CLOSING or LAST_ACK sends nothing, as the RFC says: the FIN has told the peer,
    // and what comes afterwards meets no socket and is answered by a RST without ACK. Where data is
    // unread, or the FIN still waits to be sent, a RST,ACK goes out there, too (__tcp_close(),
    // tcp_disconnect(); seen on 6.18). In TIME_WAIT nobody has a socket to abort.
    Transition{State::SynSent, On::Abort, State::Closed, Sends::Nothing, "3.10.5", false},
    Transition{State::SynRcvd, On::Abort, State::Listen, Sends::Rst, "3.10.5", false,
               Opened::Passively},
    Transition{State::SynRcvd, On::Abort, State::Closed, Sends::Rst, "3.10.5", false,
               Opened::Actively},
    Transition{State::Established, On::Abort, State::Closed, Sends::Rst, "3.10.5", false},
    Transition{State::FinWait1, On::Abort, State::Closed, Sends::Rst, "3.10.5", false},
    Transition{State::FinWait2, On::Abort, State::Closed, Sends::Rst, "3.10.5", false},
    Transition{State::CloseWait, On::Abort, State::Closed, Sends::Rst, "3.10.5", false},
    Transition{State::Closing, On::Abort, State::Closed, Sends::Nothing, "3.10.5", false},
    Transition{State::LastAck, On::Abort, State::Closed, Sends::Nothing, "3.10.5", false},

    // The retransmission timer gives up (3.8.3, R2; 3.10.8 USER TIMEOUT).
    Transition{State::SynSent, On::UserTimeout, State::Closed, Sends::Nothing, "3.10.8", false},
    Transition{State::SynRcvd, On::UserTimeout, State::Listen, Sends::Nothing, "3.10.8", false,
               Opened::Passively},
    Transition{State::SynRcvd, On::UserTimeout, State::Closed, Sends::Nothing, "3.10.8", false,
               Opened::Actively},
    Transition{State::Established, On::UserTimeout, State::Closed, Sends::Nothing, "3.10.8", false},
    Transition{State::FinWait1, On::UserTimeout, State::Closed, Sends::Nothing, "3.10.8", false},
    Transition{State::FinWait2, On::UserTimeout, State::Closed, Sends::Nothing, "3.10.8", false},
    Transition{State::CloseWait, On::UserTimeout, State::Closed, Sends::Nothing, "3.10.8", false},
    Transition{State::Closing, On::UserTimeout, State::Closed, Sends::Nothing, "3.10.8", false},
    Transition{State::LastAck, On::UserTimeout, State::Closed, Sends::Nothing, "3.10.8", false},
};

namespace detail {

/// Index in kMachine by state, by what happens and by how the endpoint came to be; -1: no edge.
using Edges = std::array<std::array<std::array<std::int8_t, 3>, 12>, 12>;

constexpr Edges edges_of_machine() {
    Edges edges{};
    for (auto& of_state : edges) {
        for (auto& of_event : of_state) of_event = {-1, -1, -1};
    }
    for (std::size_t i = kMachine.size(); i-- > 0;) {
        const Transition& edge = kMachine[i];
        for (std::size_t opened = 0; opened < 3; ++opened) {
            const bool holds =
                edge.only_if == Opened::Either || static_cast<std::size_t>(edge.only_if) == opened;
            if (!holds) continue;
            edges[static_cast<std::size_t>(edge.from)][static_cast<std::size_t>(edge.on)][opened] =
                static_cast<std::int8_t>(i);
        }
    }
    return edges;
}

inline constexpr Edges kEdges = edges_of_machine();

}  // namespace detail

/// The edge that leaves `from` on `on`, or nullptr: then `on` does not move an endpoint in `from`.
constexpr const Transition* find_transition(State from, On on, Opened opened = Opened::Actively) {
    const std::int8_t index =
        detail::kEdges[static_cast<std::size_t>(from)][static_cast<std::size_t>(on)]
                      [static_cast<std::size_t>(opened)];
    return index < 0 ? nullptr : &kMachine[static_cast<std::size_t>(index)];
}

}  // namespace tcpstep::model
