#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace tcpstep::judge {

using std::chrono::milliseconds;

/// What a whole network is set to; stories that need the same share one.
enum class Laboratory : std::uint8_t { Plain, SynCookies, NoTimestamps };

/// How the connections of a story come to be.
enum class Opening : std::uint8_t {
    Ordinary,
    Refused,         ///< nobody listens at first
    Simultaneous,    ///< two bound sockets connect to each other
    ToItself,        ///< one socket connects to its own address
    FastOpen,        ///< RFC 7413
    Overflow,        ///< more connections than the accept queue takes
    DeferAccept,     ///< TCP_DEFER_ACCEPT
    ListenerLeaves,  ///< the listener is closed early
    Again,           ///< the same addresses and ports a second time
};

std::string name(Opening opening);

enum class Call : std::uint8_t {
    Send,
    ShutDownSending,
    ShutDownBoth,
    Close,
    Abort,       ///< close() with SO_LINGER 0
    Disconnect,  ///< connect(AF_UNSPEC)
    ReadSome,
};

struct Step {
    Call call = Call::Send;
    std::uint32_t octets = 0;
    milliseconds after{0};  ///< pause before it
};

/// What one end does once it has a socket.
struct EndPlan {
    std::vector<Step> steps;
    bool reads = true;       ///< reads whatever is there, at once
    bool impatient = false;  ///< does not wait until it is connected
    bool keepalive = false;
    std::uint32_t receive_buffer = 0;  ///< octets; 0: as the system has it
};

struct ConnectionPlan {
    EndPlan client;
    EndPlan server;
    milliseconds begins{0};
    milliseconds accept_after{0};
    bool accepted = true;
    std::uint16_t client_port = 0;
    std::uint32_t syn_data = 0;   ///< octets for MSG_FASTOPEN; 0: connect()
    bool no_cookie = false;       ///< TCP_FASTOPEN_NO_COOKIE
    bool after_previous = false;  ///< begins when the one before has been closed by its client
};

/// What is lost on purpose.
enum class Kind : std::uint8_t { Syn, SynAck, ThirdAck, Fin, AckOfFin, Rst, Data, PureAck };

std::string name(Kind kind);

struct Loss {
    Kind kind = Kind::Fin;
    int times = 1;  ///< the first so many
};

/// How the gate treats the segments of a story.
struct GatePlan {
    int drop_percent = 0;
    int duplicate_percent = 0;
    int delay_percent = 0;  ///< these come late, so that others overtake them
    milliseconds latency{0};
    milliseconds jitter{0};
    std::vector<Loss> losses;
};

/// A random story, before it is played. The same seed gives the same plan.
struct Plan {
    std::uint32_t seed = 0;
    Laboratory laboratory = Laboratory::Plain;
    Opening opening = Opening::Ordinary;
    bool v6 = false;
    std::vector<ConnectionPlan> connections;
    std::uint16_t server_port = 0;
    int backlog = 8;
    std::optional<milliseconds> listener_closes;
    std::optional<milliseconds> listener_opens;  ///< Refused: when somebody listens at last
    GatePlan gate;
    bool duplicates_captured = true;  ///< what we inject is in the capture
    bool closes_in_the_end = true;    ///< whatever is still open then is closed
    std::optional<milliseconds> cut;  ///< the story ends there, wherever it is
};

Plan plan_of(std::uint32_t seed);

/// "simultaneous v6 drop 5 % ...": for the story's first line.
std::string describe(const Plan& plan);

}  // namespace tcpstep::judge
