#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "model/address.hpp"
#include "model/result.hpp"
#include "model/tcp_state.hpp"
#include "model/time.hpp"

namespace tcpstep::judge {

/// Where a true state is known from.
enum class Source : std::uint8_t {
    Tracepoint,  ///< sock:inet_sock_set_state
    Diag,        ///< sock_diag, asked after a step
    Cookie,      ///< a SYN cookie was sent: the kernel keeps nothing, but a SYN,ACK is out
};

std::string_view name(Source source);

/// A state that an end really entered.
struct TrueState {
    model::State state = model::State::Unknown;
    model::Time time;
    Source source = Source::Tracepoint;
    /// It may be told or not. It came without a segment, by a call that sends nothing or by a
    /// timer, and no capture can show it; or an old copy made a listener open anew what was over,
    /// which is no part of the connection.
    bool unseen = false;

    bool operator==(const TrueState&) const = default;
};

struct TrueEnd {
    model::SocketAddress address;
    std::vector<TrueState> states;
    /// What a capture can show at best, where that is less: close() takes the kernel's socket to
    /// FIN_WAIT_1 though the FIN must wait behind data, and until the FIN is sent, if ever it is,
    /// every segment is as from an end that was not closed. Empty: `states`.
    std::vector<TrueState> shown;

    bool operator==(const TrueEnd&) const = default;
};

/// One use of one pair of addresses.
struct TrueConnection {
    TrueEnd client;
    TrueEnd server;
    unsigned generation = 1;  ///< which use of these addresses

    bool operator==(const TrueConnection&) const = default;
};

/// What really happened in one story.
struct Truth {
    std::uint32_t seed = 0;
    bool complete = true;  ///< false: from sock_diag alone, states passed within a step are missing
    bool lossless = true;  ///< every segment arrived, though perhaps late, and more than once
    bool settled = true;   ///< false: segments or retransmissions were still to come
    std::string story;     ///< Plan in words
    std::vector<TrueConnection> connections;

    bool operator==(const Truth&) const = default;
};

/// Lines: "seed", "complete", "lossless", "settled", "story"; "connection CLIENT SERVER
/// GENERATION", and for each state of its ends "client STATE NANOSECONDS SOURCE [unseen]"; of what
/// is shown "client-shown ...".
std::string to_text(const Truth& truth);

/// Reads what to_text writes. BadInput names the line.
Result<Truth> parse_truth(std::string_view text);

}  // namespace tcpstep::judge
