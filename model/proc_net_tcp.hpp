#pragma once

#include <bit>
#include <cstdint>
#include <optional>
#include <string_view>

#include "model/address.hpp"
#include "model/tcp_state.hpp"

namespace tcpstep::model {

/// A socket as a row of /proc/net/tcp or tcp6 tells of it: proc_pid_net(5),
/// Documentation/networking/proc_net_tcp.rst of Linux. Every number but those in the last columns
/// is hexadecimal there.
struct ProcNetTcpRow {
    std::uint32_t slot = 0;  ///< "sl", its number in the table at that moment
    SocketAddress local;     ///< the address is printed as the host keeps the octets in a word, the
    SocketAddress remote;    ///< port as a number
    std::uint8_t st = 0;     ///< 01 to 0B
    State state = State::Unknown;
    std::uint32_t tx_queue = 0;  ///< octets not acknowledged
    std::uint32_t rx_queue = 0;  ///< octets not read; of a listener the accept queue
    /// "tr": 0 none, 1 retransmission, 2 another, as keepalive, 3 TIME_WAIT, 4 zero window probe.
    std::uint8_t timer = 0;
    std::uint32_t timer_ticks = 0;  ///< "tm->when": until it fires, in 1/100 s
    std::uint32_t retransmits = 0;
    std::uint32_t uid = 0;
    std::uint32_t inode = 0;  ///< 0 where no descriptor is left, or none is there yet

    bool operator==(const ProcNetTcpRow&) const = default;
};

/// Reads one row; nothing if it is none, as the table's heading is. `order` is that of the host
/// which printed it.
std::optional<ProcNetTcpRow> parse_proc_net_tcp(std::string_view row,
                                                std::endian order = std::endian::native);

/// "state" by its number in the column "st": 0x0A is LISTEN. Unknown if Linux knows none.
State state_of_st(std::uint8_t st);

}  // namespace tcpstep::model
