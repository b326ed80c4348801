#pragma once

#include <array>
#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "app/lesson/actor.hpp"
#include "app/lesson/claim.hpp"
#include "app/lesson/condition.hpp"
#include "app/lesson/local_text.hpp"
#include "app/lesson/story.hpp"
#include "app/lesson/wire_rule.hpp"
#include "model/address.hpp"
#include "model/tcp_state.hpp"

namespace tcpstep::lesson {

/// What a lesson can call, by their POSIX names. ProcNetTcp is none: it reads /proc/net/tcp.
enum class Call : std::uint8_t {
    Socket,
    Bind,
    Listen,
    Accept,
    Connect,
    Send,
    Recv,
    Shutdown,
    Close,
    SetSockOpt,
    Dup,
    GetSockName,
    GetPeerName,
    SendTo,
    RecvFrom,
    ProcNetTcp,
    Fork,
    WaitPid,
    Exit
};

/// "socket", "bind", ...: as in lesson files and in traces.
std::string_view name(Call call);

/// The options that a lesson can set with setsockopt(), by their POSIX and Linux names. Each takes
/// a number; SO_LINGER's is in seconds, and turns it on. socket(7), tcp(7)
inline constexpr std::array<std::string_view, 9> kSocketOptions = {
    "SO_REUSEADDR",     "SO_LINGER",  "SO_RCVBUF",    "SO_SNDBUF",       "TCP_NODELAY",
    "TCP_DEFER_ACCEPT", "TCP_SYNCNT", "TCP_QUICKACK", "TCP_USER_TIMEOUT"};

enum class Family : std::uint8_t {
    Inet,  ///< AF_INET or AF_INET6, as the lesson's server address
    Unix
};
enum class SocketType : std::uint8_t { Stream, Datagram };

/// "inet", "unix"; "stream", "datagram": as in lesson files.
std::string_view name(Family family);
std::string_view name(SocketType type);

/// What socket() makes.
struct SocketKind {
    Family family = Family::Inet;
    SocketType type = SocketType::Stream;
    bool is_tcp() const { return family == Family::Inet && type == SocketType::Stream; }
};

/// One socket call of an actor, and what it waits for before it makes it.
struct Step {
    std::string label;  ///< unique within its role; the call's name unless given
    Call call = Call::Socket;
    /// The lesson's name of the descriptor it works on, or of the child; "" for none.
    std::string on;
    std::string as;                ///< the name under which a new descriptor, or child, is kept
    SocketKind kind;               ///< socket
    std::vector<Condition> after;  ///< all must hold before the call is made
    std::chrono::milliseconds pause{0};  ///< then this long: a pause that the lesson is about
    std::int64_t backlog = 0;            ///< listen
    std::int64_t size = 0;               ///< recv, recvfrom: octets of buffer
    std::string data;                    ///< send, sendto: the text
    bool urgent = false;                 ///< send: its last octet is urgent data, MSG_OOB
    std::string how;                     ///< shutdown: "SHUT_RD", "SHUT_WR" or "SHUT_RDWR"
    /// bind, connect, sendto: instead of the lesson's server address.
    std::optional<model::SocketAddress> address;
    std::string path;        ///< the same for AF_UNIX: the abstract name, "@" before it
    std::string option;      ///< setsockopt: one of kSocketOptions
    std::int64_t value = 0;  ///< setsockopt; exit: the status
    std::string fails_with;  ///< name of the errno it is meant to fail with; "" to succeed
    /// The run does not wait for it to return, and takes whatever it returns. The actor's last.
    bool may_stay_blocked = false;
    std::vector<Step> child;  ///< fork: what the child does, beside what its parent goes on to do
};

/// What only a run shows that waits as long as it takes: the lesson's "patience".
struct Patience {
    std::vector<InState> ends_with;  ///< instead of the lesson's
    std::vector<Claim> claims;       ///< besides the lesson's
};

/// A lesson: a data file in assets/lessons, described in assets/lessons/README.md.
struct Lesson {
    std::string id;
    LocalText title;
    LocalText summary;  ///< one or two sentences for the student
    int order = 0;      ///< place in the order of teaching
    bool held = false;  ///< every segment is held until it is let go
    /// Run free it would tell another story, or none: it means something only if it is held.
    bool needs_gate = false;
    model::SocketAddress server;
    std::vector<Step> client_steps;
    std::vector<Step> second_client_steps;  ///< most lessons have none
    std::vector<Step> server_steps;
    /// The script of the wire for a held run. The first rule that fits a segment counts; what none
    /// fits is delivered.
    std::vector<WireRule> wire;
    std::vector<InState> ends_with;  ///< the states in which the run is complete
    /// Of a lesson that stops on the way, its segments held: when these hold too, and all is quiet,
    /// the run is complete, though segments stay in flight (WireAction::Stay) or octets are not
    /// acknowledged.
    std::vector<Condition> ends_when;
    /// What was done by hand and is not in it, of a free lab that was saved: run again it may go
    /// another way, and that is no failure.
    std::vector<LocalText> differs;
    std::vector<Passage> story;  ///< what is told while it goes on
    std::vector<Claim> claims;   ///< what the run shows, each with its check
    std::optional<Patience> patience;
    std::string source;  ///< the file's text, for the lab to read again

    const std::vector<Step>& steps(Actor actor) const {
        if (actor == Actor::Server) return server_steps;
        return actor == Actor::Client ? client_steps : second_client_steps;
    }
};

/// False if all of its sockets are of another kind: then there is no TCP state to be seen.
bool speaks_tcp(const Lesson& lesson);
/// One of its sockets is a UDP socket.
bool speaks_udp(const Lesson& lesson);

}  // namespace tcpstep::lesson
