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

    /// New connections are interned in `trace`, which must outlive the table. If the `server` is
    /// known, whoever has that address is the server, though both ends may open actively.
    explicit ConnectionTable(Trace& trace, std::optional<SocketAddress> server = std::nullopt)
        : trace_(&trace), server_(server) {}

    /// A SYN with a new initial sequence number, after the last connection between these addresses
    /// was reset or closed by both ends, opens the next generation.
    Placed place(const SocketAddress& source, const SocketAddress& destination,
                 const Segment& segment);

    /// The newest connection between these two; nothing if there is none yet.
    std::optional<ConnectionIndex> find(const SocketAddress& one, const SocketAddress& other) const;

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

    bool sender_is_client(const SocketAddress& source, const SocketAddress& destination,
                          Flags flags) const;

    Trace* trace_;
    std::optional<SocketAddress> server_;
    std::map<Pair, Known> known_;  // the newest connection of each pair
};

}  // namespace tcpstep::model
