#include "app/view/socket_owners.hpp"

#include "model/connection.hpp"

namespace tcpstep::view {

using namespace model;

SocketOwners::Socket SocketOwners::enter(const CallEntered& call, bool own) {
    const auto descriptor = descriptor_of(call);
    if (!descriptor) return 0;
    const std::size_t role = role_index(call.endpoint);
    const auto found = names_[role].find({descriptor->process, descriptor->fd});
    if (found == names_[role].end()) return 0;
    const Socket socket = found->second;
    if (own) uses_[role][socket - 1].own = true;
    if (call.call == "close") names_[role].erase(found);
    return socket;
}

SocketOwners::Socket SocketOwners::leave(const CallEntered& call, const CallReturned& returned,
                                         Socket on) {
    if (!returned.error.empty()) return on;
    const std::size_t role = role_index(call.endpoint);
    const Name name{call.process, returned.result};
    if (call.call == "socket") {
        uses_[role].push_back({});
        return names_[role][name] = uses_[role].size();
    }
    if (call.call == "dup" && on != 0) names_[role][name] = on;
    // Also where a socket() was not seen, whatever had that number before is closed.
    if (call.call == "accept") names_[role].erase(name);
    return on;
}

void SocketOwners::take(const Timeline::OthersCall& call) {
    const std::size_t role = role_index(call.endpoint);
    const auto found = names_[role].find({call.process, call.descriptor});
    if (found == names_[role].end()) return;
    uses_[role][found->second - 1].others = has_others_[role] = true;
    if (call.closes) names_[role].erase(found);
}

bool SocketOwners::is_others(Role role, Socket socket) const {
    if (socket == 0) return false;
    const Use& use = uses_[role_index(role)][socket - 1];
    return use.others && !use.own;
}

}  // namespace tcpstep::view
