#include "app/lab/socket_owner.hpp"

#include <optional>

namespace tcpstep::lab {

namespace {

bool has_taken_a_syn(model::State server) {
    return server != model::State::Unknown && server != model::State::Closed &&
           server != model::State::Listen;
}

}  // namespace

bool owns_socket(const std::vector<model::ConnectionId>& connections, model::ConnectionIndex index,
                 model::Role role, const ServerState& server_state) {
    const model::ConnectionId& asked = connections[index];
    model::ConnectionIndex newest = index;
    std::optional<model::ConnectionIndex> taken;
    for (model::ConnectionIndex i = 0; i < connections.size(); ++i) {
        const model::ConnectionId& one = connections[i];
        if (one.client != asked.client || one.server != asked.server) continue;
        if (i > newest) newest = i;
        if (has_taken_a_syn(server_state(i))) taken = i;
    }
    return index == (role == model::Role::Server ? taken.value_or(newest) : newest);
}

}  // namespace tcpstep::lab
