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
class ConnectionTable {
  public:
    struct Placed {
        ConnectionIndex connection;
        Role from;
    };

    /// New connections are interned in `trace`, which must outlive the table. If the `server` is
    /// known, whoever has that address is the server, though both ends may open actively.
    explicit ConnectionTable(Trace& trace, std::optional<SocketAddress> server = std::nullopt)
        : trace_(&trace), flows_(server) {}

    Placed place(const SocketAddress& source, const SocketAddress& destination,
                 const Segment& segment);

    /// The newest connection between these two; nothing if there is none yet.
    std::optional<ConnectionIndex> find(const SocketAddress& one, const SocketAddress& other) const;

  private:
    Trace* trace_;
    FlowTable flows_;
    std::vector<ConnectionIndex> in_trace_;  // by the index in flows_
};

}  // namespace tcpstep::model
