#include "app/lab/socket_owner.hpp"

#include <algorithm>
#include <optional>

namespace tcpstep::lab {

namespace {

bool has_taken_a_syn(model::State server) {
    return server != model::State::Unknown && server != model::State::Closed &&
           server != model::State::Listen;
}

// Of the connections between the same two as that one: the newest, and the newest whose SYN has
// reached the server.
struct Latest {
    model::ConnectionIndex newest;
    std::optional<model::ConnectionIndex> taken;
};

Latest latest_of(const std::vector<model::ConnectionId>& connections, model::ConnectionIndex index,
                 const ServerState& server_state) {
    const model::ConnectionId& asked = connections[index];
    Latest latest{index, std::nullopt};
    for (model::ConnectionIndex i = 0; i < connections.size(); ++i) {
        const model::ConnectionId& one = connections[i];
        if (one.client != asked.client || one.server != asked.server) continue;
        latest.newest = std::max(latest.newest, i);
        if (has_taken_a_syn(server_state(i))) latest.taken = i;
    }
    return latest;
}

}  // namespace

bool owns_socket(const std::vector<model::ConnectionId>& connections, model::ConnectionIndex index,
                 model::Role role, const ServerState& server_state) {
    const Latest latest = latest_of(connections, index, server_state);
    return index ==
           (role == model::Role::Server ? latest.taken.value_or(latest.newest) : latest.newest);
}

model::ConnectionIndex receiving(const std::vector<model::ConnectionId>& connections,
                                 model::ConnectionIndex index, model::Role role,
                                 const ServerState& server_state) {
    const Latest latest = latest_of(connections, index, server_state);
    if (role == model::Role::Client) return latest.newest;
    const model::ConnectionIndex owner = latest.taken.value_or(index);
    // Linux: a socket in TIME_WAIT makes room for a later connection's SYN (TCP_TW_SYN).
    return owner < index && server_state(owner) == model::State::TimeWait ? index : owner;
}

}  // namespace tcpstep::lab
