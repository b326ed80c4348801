#pragma once

#include <map>
#include <optional>
#include <utility>

#include "model/address.hpp"
#include "model/segment.hpp"
#include "model/trace.hpp"

namespace tcpstep::model {

/// Tells to which connection a segment belongs and which end sent it. The client is the sender of
/// the first SYN without ACK; where none was seen, the receiver of a SYN,ACK; else the end with the
/// higher port (a guess: the capture began in the middle).
class ConnectionTable {
  public:
    struct Placed {
        ConnectionIndex connection;
        Role from;
    };

    /// New connections are interned in `trace`, which must outlive the table.
    explicit ConnectionTable(Trace& trace) : trace_(&trace) {}

    /// A SYN with a new initial sequence number, after the last connection between these addresses
    /// was reset or closed by both ends, opens the next generation.
    Placed place(const SocketAddress& source, const SocketAddress& destination,
                 const Segment& segment);

  private:
    struct Known {
        ConnectionId id;
        ConnectionIndex index = 0;
        std::optional<SeqNum> client_isn;
        bool client_fin = false;
        bool server_fin = false;
        bool reset = false;

        bool over() const { return reset || (client_fin && server_fin); }
    };
    using Pair = std::pair<SocketAddress, SocketAddress>;  // the lower first

    Known& begin(const Pair& pair, const ConnectionId& id);

    Trace* trace_;
    std::map<Pair, Known> known_;  // the newest connection of each pair
};

}  // namespace tcpstep::model
