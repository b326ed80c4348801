#include "model/connection_table.hpp"

#include <algorithm>

namespace tcpstep::model {

bool ConnectionTable::sender_is_client(const SocketAddress& source,
                                       const SocketAddress& destination, Flags flags) const {
    if (server_ && source == *server_) return false;
    if (server_ && destination == *server_) return true;
    if (flags.syn()) return !flags.ack();
    return source.port >= destination.port;
}

ConnectionTable::Placed ConnectionTable::place(const SocketAddress& source,
                                               const SocketAddress& destination,
                                               const Segment& segment) {
    const Pair pair = std::minmax(source, destination);
    const bool opens = segment.flags.syn() && !segment.flags.ack();
    const auto found = known_.find(pair);

    const auto begin_as = [&](unsigned generation) {
        const bool client = sender_is_client(source, destination, segment.flags);
        return &begin(pair, client ? ConnectionId{source, destination, generation}
                                   : ConnectionId{destination, source, generation});
    };
    Known* known = nullptr;
    if (found == known_.end()) {
        known = begin_as(1);
    } else if (opens && found->second.over() && found->second.client_isn != segment.seq) {
        known = begin_as(found->second.id.generation + 1);
    } else {
        known = &found->second;
    }

    const Role from = source == known->id.client ? Role::Client : Role::Server;
    if (opens && from == Role::Client && !known->client_isn) known->client_isn = segment.seq;
    if (segment.flags.fin()) (from == Role::Client ? known->client_fin : known->server_fin) = true;
    if (segment.flags.rst()) known->reset = true;
    return {known->index, from};
}

std::optional<ConnectionIndex> ConnectionTable::find(const SocketAddress& one,
                                                     const SocketAddress& other) const {
    const auto found = known_.find(std::minmax(one, other));
    return found == known_.end() ? std::nullopt : std::optional(found->second.index);
}

ConnectionTable::Known& ConnectionTable::begin(const Pair& pair, const ConnectionId& id) {
    Known& known = known_[pair];
    known = Known{};
    known.id = id;
    known.index = trace_->intern(id);
    return known;
}

}  // namespace tcpstep::model
