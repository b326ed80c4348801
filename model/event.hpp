#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "model/address.hpp"
#include "model/descriptors.hpp"
#include "model/segment.hpp"
#include "model/tcp_state.hpp"
#include "model/time.hpp"

namespace tcpstep::model {

// The facts. Nothing else enters the system: states, retransmissions and sentences are computed
// from these by the fold (connection.hpp). Each struct names its event in the trace format.

/// A run begins: `simulation:scenario`. In a lab both ends start CLOSED, for the namespace is new.
struct Scenario {
    std::string lesson;  ///< id of the lesson
    std::string title;
    bool lab = false;    ///< a lab run from its start: no socket existed before
    bool gated = false;  ///< every segment passes the gate: its delivery is an event of its own.
                         ///< Otherwise a segment is taken as delivered when it was captured.
    std::optional<SocketAddress> server;  ///< where the lesson's server listens
    bool tcp = true;                      ///< false: no socket of it speaks TCP, there is no state
    bool operator==(const Scenario&) const = default;
};

/// A note: `simulation:marker`.
struct Marker {
    std::string type;     ///< "lesson_finished", "pause", "note", "error", ...
    std::string message;  ///< one line for a person
    bool operator==(const Marker&) const = default;
};

/// libpcap saw a segment leave its sender: `tcp:segment_sent`.
struct SegmentSent {
    Segment segment;
    /// The earlier segment that its sender sent again with this one though nothing is lost: that
    /// segment, or an answer that acknowledges it, is held in flight. The gate absorbs such a copy:
    /// it is in flight, but counts for no segment of its own, and is dropped when what it was sent
    /// again for has arrived. 0: it stands for itself.
    SegmentId copy_of = 0;
    bool operator==(const SegmentSent&) const = default;
};

/// The gate stopped it in flight: `tcp:segment_held`. An absorbed copy (SegmentSent::copy_of)
/// stands for itself from then on.
struct SegmentHeld {
    SegmentId id = 0;
    /// The gate lets it go by itself after this time (slow motion), in milliseconds; 0: only when
    /// told.
    std::int64_t pass_ms = 0;
    bool operator==(const SegmentHeld&) const = default;
};

/// It lets another one overtake it: `tcp:segment_held_back`.
struct SegmentHeldBack {
    SegmentId id = 0;
    SegmentId behind = 0;  ///< the segment it now follows; 0: the next one that comes
    bool operator==(const SegmentHeldBack&) const = default;
};

/// The receiver's TCP was given it: `tcp:segment_delivered`.
struct SegmentDelivered {
    SegmentId id = 0;
    /// Its addresses and ports have connected anew, or still have the connection before: the
    /// receiver's kernel gave it to the socket of that generation of the connection, where it is a
    /// stray. 0: to that of the segment's own connection.
    std::uint32_t generation = 0;
    bool operator==(const SegmentDelivered&) const = default;
};

/// It will never arrive: `tcp:segment_dropped`.
struct SegmentDropped {
    SegmentId id = 0;
    bool operator==(const SegmentDropped&) const = default;
};

/// A copy was put right behind it, in flight and held as it is: `tcp:segment_duplicated`.
struct SegmentDuplicated {
    SegmentId id = 0;
    SegmentId copy = 0;  ///< the copy's own id
    bool operator==(const SegmentDuplicated&) const = default;
};

/// A segment that neither end sent was put in flight, before all others, and is held:
/// `tcp:segment_injected`.
struct SegmentInjected {
    Segment segment;  ///< `from` is the end it pretends to come from
    bool operator==(const SegmentInjected&) const = default;
};

/// Number of a socket call in its trace, from 1, in the order of entry.
using CallId = std::uint32_t;

/// One argument of a call, as a person reads it: {"backlog", 10}, {"address", "127.0.0.1:8000"}.
struct CallArgument {
    std::string name;
    std::variant<std::int64_t, std::string> value;
    bool operator==(const CallArgument&) const = default;
};

/// An actor called into the kernel: `sys:call_entered`.
struct CallEntered {
    CallId id = 0;
    Role endpoint = Role::Client;
    std::string call;  ///< the function's name: "connect"
    std::vector<CallArgument> arguments;
    Process process = 0;  ///< which of the end's processes calls
    bool operator==(const CallEntered&) const = default;
};

/// The kernel gave back control: `sys:call_returned`. Of exit(), which never does: the process is
/// gone, and `result` is its exit status.
struct CallReturned {
    CallId id = 0;
    Role endpoint = Role::Client;
    std::string call;
    std::int64_t result = 0;  ///< what the function returned; -1 on error
    std::string error;        ///< name of errno, "ECONNREFUSED"; empty if it succeeded
    /// What it gave besides: the text that was received, an address. At most some hundred octets;
    /// empty if there is nothing.
    std::string value = {};
    std::string address = {};  ///< who sent the datagram: recvfrom
    /// Octets of the datagram, if the buffer was too small and the rest of it is gone; else 0.
    std::uint32_t datagram_length = 0;
    Process process = 0;  ///< as in its entry
    bool operator==(const CallReturned&) const = default;
};

/// libpcap saw a datagram leave a UDP socket: `udp:datagram_sent`. There is no connection, and
/// nobody tells whether it arrived.
struct DatagramSent {
    Role from = Role::Client;  ///< the server if the lesson's server address sent it
    SocketAddress source;
    SocketAddress destination;
    std::uint32_t length = 0;           ///< octets of payload
    std::vector<std::uint8_t> payload;  ///< the first of them, as in Segment
    bool operator==(const DatagramSent&) const = default;
};

/// A kernel answered a datagram with an ICMP error, RFC 792, RFC 4443: `icmp:error_sent`.
struct IcmpErrorSent {
    Role from = Role::Server;  ///< the end to which the datagram had gone
    std::uint8_t type = 0;     ///< of ICMP, or ICMPv6 if the addresses are such
    std::uint8_t code = 0;
    // Of the datagram that it answers:
    SocketAddress source;
    SocketAddress destination;
    bool operator==(const IcmpErrorSent&) const = default;
};

/// What sock_diag says of one end's socket: `kernel:socket_sampled`. Only changes are events.
struct SocketSampled {
    Role endpoint = Role::Client;
    State state = State::Unknown;  ///< Closed if the kernel no longer has the socket
    std::uint32_t recv_q = 0;      ///< octets not yet read by the process
    std::uint32_t send_q = 0;      ///< octets not yet acknowledged by the peer
    std::string timer;          ///< "", "retransmit", "keepalive", "timewait", "zero window probe"
    std::int64_t timer_ms = 0;  ///< until it fires
    std::uint32_t retransmits = 0;
    std::uint32_t rto_us = 0;  ///< retransmission timeout, microseconds; 0 where there is none
    std::uint32_t inode = 0;
    // What tcp_info adds; 0 where there is none, as in SYN_RCVD and TIME_WAIT.
    std::uint32_t cwnd = 0;         ///< congestion window, in segments (RFC 5681)
    std::uint32_t ssthresh = 0;     ///< in segments; 0: not set yet, slow start has no end
    std::uint32_t rtt_us = 0;       ///< SRTT of RFC 6298, microseconds; 0: not measured yet
    std::uint32_t rttvar_us = 0;    ///< RTTVAR of RFC 6298, microseconds
    std::uint32_t recv_buffer = 0;  ///< SO_RCVBUF, octets of kernel memory
    std::uint32_t send_buffer = 0;  ///< SO_SNDBUF, octets of kernel memory
    /// Closed, and the kernel's socket between these addresses and ports is another connection's.
    bool reused = false;
    bool operator==(const SocketSampled&) const = default;
};

/// What sock_diag says of the listener: `kernel:listener_sampled`.
struct ListenerSampled {
    std::uint32_t accept_queue = 0;  ///< established connections that wait for accept()
    std::uint32_t backlog = 0;       ///< as given to listen(), cut to net.core.somaxconn
    std::uint32_t syn_queue = 0;     ///< requests in SYN_RCVD
    bool operator==(const ListenerSampled&) const = default;
};

/// The capture lost segments (pcap_stats): `capture:segments_lost`.
struct SegmentsLost {
    std::uint64_t total = 0;  ///< since the capture began
    bool operator==(const SegmentsLost&) const = default;
};

/// What a prediction is about.
enum class Asked : std::uint8_t {
    NextState,   ///< the receiver's state once it has the segment
    AckNumber,   ///< of the receiver's answer
    CallReturns  ///< which of the calls that block comes back
};

/// "next_state", "ack_number", "call_returns": as in traces.
std::string_view name(Asked asked);

/// Before a segment was delivered a student was asked what would follow, and the kernel has shown
/// it since: `lesson:prediction_checked`.
struct PredictionChecked {
    SegmentId segment = 0;
    Role endpoint = Role::Client;  ///< the segment's receiver
    Asked asked = Asked::NextState;
    /// State names, acknowledgment numbers as in the header, or calls ("server accept", "none").
    std::vector<std::string> choices;
    std::string answer;  ///< the one that was chosen
    std::string actual;  ///< the one that came true
    bool right() const { return answer == actual; }
    bool operator==(const PredictionChecked&) const = default;
};

/// One event that shows whether a claim holds: what it was, and when.
struct Sighting {
    std::int64_t at_us = 0;  ///< microseconds since the trace's first event
    std::string event;       ///< "tcp:segment_delivered"
    SegmentId segment = 0;   ///< which one it happened to; 0: it is about none
    CallId call = 0;         ///< likewise
    std::string endpoint;    ///< "client" or "server", where a state is what was seen
    std::string state;       ///< which that end came into, or the kernel says it is in
    bool operator==(const Sighting&) const = default;
};

/// What the lesson claims was checked on its run: `lesson:claim_checked`.
struct ClaimChecked {
    std::string claim;    ///< its id in the lesson
    std::string text;     ///< the claim in English
    std::string text_zh;  ///< in Simplified Chinese; "" if it is not translated
    bool holds = false;
    std::vector<Sighting> seen;  ///< in the order of the claim
    std::string found;           ///< what was found, in numbers and names; "" if that is no value
    std::string expected;        ///< what was claimed instead, where that is a value
    bool operator==(const ClaimChecked&) const = default;
};

/// An event this version does not know; kept as it was so that nothing is lost.
struct Unrecognized {
    std::string name;
    std::string data;  ///< the JSON text of its "data"
    bool operator==(const Unrecognized&) const = default;
};

using Fact =
    std::variant<Scenario, Marker, SegmentSent, SegmentHeld, SegmentHeldBack, SegmentDelivered,
                 SegmentDropped, SegmentDuplicated, SegmentInjected, CallEntered, CallReturned,
                 DatagramSent, IcmpErrorSent, SocketSampled, ListenerSampled, SegmentsLost,
                 PredictionChecked, ClaimChecked, Unrecognized>;

/// Index of a connection in Trace::connections().
using ConnectionIndex = std::uint32_t;

/// One fact and when it was so.
struct Event {
    Time time;
    /// The connection it is about; nothing for what concerns them all: the scenario, a listener,
    /// a call made before its socket was connected.
    std::optional<ConnectionIndex> connection;
    Fact fact;

    bool operator==(const Event&) const = default;
};

}  // namespace tcpstep::model
