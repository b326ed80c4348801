#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <string_view>
#include <vector>

#include "model/address.hpp"
#include "model/result.hpp"
#include "model/tcp_state.hpp"

struct mnl_socket;

namespace tcpstep::capture {

/// The timer that runs for a socket (idiag_timer, sock_diag(7)).
enum class Timer : std::uint8_t { None, Retransmit, Keepalive, TimeWait, ZeroWindowProbe };

/// "", "retransmit", "keepalive", "timewait", "zero window probe".
std::string_view name(Timer timer);

/// What the kernel says of one TCP socket, or of a request that is not a socket yet (SYN_RCVD).
struct SocketInfo {
    model::State state = model::State::Unknown;
    model::SocketAddress local;   ///< an IPv4 address seen through an IPv6 socket is given as IPv4
    model::SocketAddress remote;  ///< all zero for a listener
    /// Octets not yet read by the process, an unread FIN counted as one; for a listener,
    /// established connections that wait for accept().
    std::uint32_t recv_q = 0;
    /// Octets not yet acknowledged, sent or not, SYN and FIN counted as one; for a listener, the
    /// backlog.
    std::uint32_t send_q = 0;
    Timer timer = Timer::None;
    std::chrono::milliseconds timer_left{0};       ///< until it fires
    std::uint32_t retransmits = 0;                 ///< of the same segment, so far
    std::optional<std::chrono::microseconds> rto;  ///< nothing for SYN_RCVD, LISTEN and TIME_WAIT
    /// What tcp_info and SO_MEMINFO add; nothing for SYN_RCVD, LISTEN and TIME_WAIT.
    struct Path {
        std::uint32_t cwnd = 0;             ///< congestion window, in segments
        std::uint32_t ssthresh = 0;         ///< in segments; 0 while the kernel's is infinite
        std::chrono::microseconds srtt{0};  ///< 0 until a round trip was measured
        std::chrono::microseconds rttvar{0};
        std::uint32_t recv_buffer = 0;  ///< SO_RCVBUF, octets of kernel memory
        std::uint32_t send_buffer = 0;  ///< SO_SNDBUF, octets of kernel memory
        bool operator==(const Path&) const = default;
    };
    std::optional<Path> path;
    std::uint32_t inode = 0;  ///< that of /proc/PID/fd; 0 if no descriptor refers to it any more
    std::uint32_t uid = 0;

    bool operator==(const SocketInfo&) const = default;
};

/// Asks the kernel for every TCP socket of the caller's network namespace (netlink, inet_diag). No
/// privilege is needed.
class SockDiag {
  public:
    /// The socket belongs to the network namespace that the caller is in now. MachineForbids if it
    /// cannot be had.
    static Result<SockDiag> open();

    /// Every TCP socket there is, IPv4 and IPv6, in all states, in no particular order. The kernel
    /// walks its tables while connections go on: the sockets are not all of one instant, and one
    /// that moves during the walk may be missing or there twice. Blocks for as long as the walk
    /// takes, about a millisecond.
    Result<std::vector<SocketInfo>> sample();

    /// The socket, or request, between these two addresses; if there is none, the listener of the
    /// local one; nothing if there is none either. One look, however many sockets there are. A
    /// socket that is bound to an interface, as those of link-local addresses are, is found only by
    /// that `interface` (if_nametoindex(3)); any other by each, and by 0.
    Result<std::optional<SocketInfo>> find(const model::SocketAddress& local,
                                           const model::SocketAddress& remote,
                                           std::uint32_t interface = 0);

  private:
    struct Close {
        void operator()(mnl_socket* socket) const;
    };

    explicit SockDiag(mnl_socket* socket) : socket_(socket) {}
    Result<void> answers_into(std::vector<SocketInfo>& into);
    Result<void> dump(std::uint8_t family, std::vector<SocketInfo>& into);

    std::unique_ptr<mnl_socket, Close> socket_;
    std::uint32_t sequence_ = 0;
};

}  // namespace tcpstep::capture
