#include "model/connection_table.hpp"

namespace tcpstep::model {

ConnectionTable::Placed ConnectionTable::place(const SocketAddress& source,
                                               const SocketAddress& destination,
                                               const Segment& segment) {
    const FlowTable::Placed placed =
        flows_.place(source, destination, {segment.seq, segment.ack, segment.flags});
    if (placed.began) in_trace_.push_back(trace_->intern(flows_.id(placed.connection)));
    const ConnectionIndex index = in_trace_[placed.connection];
    const bool client = trace_->connections()[index].client == source;
    return {index, client ? Role::Client : Role::Server};
}

std::optional<ConnectionIndex> ConnectionTable::find(const SocketAddress& one,
                                                     const SocketAddress& other) const {
    const auto found = flows_.find(one, other);
    return found ? std::optional(in_trace_[*found]) : std::nullopt;
}

}  // namespace tcpstep::model
