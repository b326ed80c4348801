#pragma once

#include <optional>
#include <vector>

#include "model/address.hpp"
#include "model/flow_table.hpp"
#include "model/segment.hpp"
#include "model/trace.hpp"

namespace tcpstep::model {

/// Tells to which connection of a trace a segment belongs and which end sent it, by the rules of
/// FlowTable. What is in a trace stays: if hindsight corrects who is the client, or shows that a
/// SYN opened another connection, that does not change what place() has returned.
///
/// A kernel may still answer a SYN of the connection before, when the same addresses and ports have
/// connected anew: its answer, and the RST that rejects it, belong to the connection of that SYN.
class ConnectionTable {
  public:
    struct Placed {
        ConnectionIndex connection = 0;
        Role from = Role::Client;
        /// See FlowTable::Placed.
        bool syn_in_doubt = false;
    };

    /// New connections are interned in `trace`, which must outlive the table. If the `server` is
    /// known, whoever has that address is the server, though both ends may open actively.
    explicit ConnectionTable(Trace& trace, std::optional<SocketAddress> server = std::nullopt)
        : trace_(&trace), flows_(server) {}

    Placed place(const SocketAddress& source, const SocketAddress& destination,
                 const Segment& segment);

    /// The SYN in doubt, which was placed in that connection, opens the next one: its sender's
    /// socket is another by now.
    Placed begin_doubted(ConnectionIndex before);

    /// The newest connection between these two; nothing if there is none yet.
    std::optional<ConnectionIndex> find(const SocketAddress& one, const SocketAddress& other) const;

  private:
    /// The SYN that opened it, and the connection before between the same two.
    struct Opening {
        SocketAddress opener;
        std::optional<SeqNum> isn;
        std::optional<ConnectionIndex> before;  // in flows_
    };
    void note_begun(const FlowTable::Placed& placed, const SocketAddress& opener,
                    std::optional<SeqNum> isn);
    Placed in_trace(ConnectionIndex flow, const SocketAddress& source) const;
    std::optional<ConnectionIndex> answered_before(const SocketAddress& source,
                                                   const SocketAddress& destination,
                                                   const Segment& segment) const;

    Trace* trace_;
    FlowTable flows_;
    std::vector<ConnectionIndex> in_trace_;  // by the index in flows_
    std::vector<Opening> openings_;          // likewise
};

}  // namespace tcpstep::model
