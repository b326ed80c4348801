#include "model/connection_table.hpp"

#include <algorithm>

namespace tcpstep::model {

ConnectionTable::Placed ConnectionTable::place(const SocketAddress& source,
                                               const SocketAddress& destination,
                                               const Segment& segment) {
    if (const auto older = answered_before(source, destination, segment)) {
        return in_trace(*older, source);
    }
    const FlowTable::Placed placed =
        flows_.place(source, destination, {segment.seq, segment.ack, segment.flags});
    if (placed.began) {
        const Flags flags = segment.flags;
        if (flags.answers_syn()) {
            note_begun(placed, destination, segment.ack + 0xffffffffU);
        } else {
            note_begun(placed, source, flags.opens() ? std::optional(segment.seq) : std::nullopt);
        }
    }
    Placed answer = in_trace(placed.connection, source);
    answer.syn_in_doubt = placed.syn_in_doubt;
    return answer;
}

ConnectionTable::Placed ConnectionTable::begin_doubted(ConnectionIndex before) {
    const auto flow = static_cast<ConnectionIndex>(
        std::find(in_trace_.begin(), in_trace_.end(), before) - in_trace_.begin());
    const FlowTable::Doubtful syn = flows_.doubtful(flow);
    const FlowTable::Placed placed = flows_.begin_doubted(flow);
    note_begun(placed, syn.source, syn.isn);
    return in_trace(placed.connection, syn.source);
}

std::optional<ConnectionIndex> ConnectionTable::find(const SocketAddress& one,
                                                     const SocketAddress& other) const {
    const auto found = flows_.find(one, other);
    return found ? std::optional(in_trace_[*found]) : std::nullopt;
}

void ConnectionTable::note_begun(const FlowTable::Placed& placed, const SocketAddress& opener,
                                 std::optional<SeqNum> isn) {
    in_trace_.push_back(trace_->intern(flows_.id(placed.connection)));
    openings_.push_back({opener, isn, placed.before});
}

ConnectionTable::Placed ConnectionTable::in_trace(ConnectionIndex flow,
                                                  const SocketAddress& source) const {
    const ConnectionIndex index = in_trace_[flow];
    const bool client = trace_->connections()[index].client == source;
    return {.connection = index, .from = client ? Role::Client : Role::Server};
}

// In flows_: the connection before the newest whose SYN this answers (a SYN,ACK, or the ACK by
// which its request defends itself against another SYN), or whose SYN,ACK this RST rejects.
std::optional<ConnectionIndex> ConnectionTable::answered_before(const SocketAddress& source,
                                                                const SocketAddress& destination,
                                                                const Segment& segment) const {
    const auto newest = flows_.find(source, destination);
    if (!newest) return std::nullopt;
    const Flags flags = segment.flags;
    const bool rejects = flags.rst() && !flags.ack();
    if (!rejects && !flags.ack()) return std::nullopt;
    for (auto older = openings_[*newest].before; older; older = openings_[*older].before) {
        const Opening& opening = openings_[*older];
        if (!opening.isn || source == destination) continue;
        const SeqNum next = *opening.isn + 1;
        const bool by_opener = source == opening.opener;
        if (by_opener ? rejects && segment.seq == next : flags.ack() && segment.ack == next) {
            return older;
        }
    }
    return std::nullopt;
}

}  // namespace tcpstep::model
