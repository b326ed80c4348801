#include "app/view/socket_kind.hpp"

#include <algorithm>
#include <string_view>

namespace tcpstep::view {

using namespace model;

namespace {

bool has_text(const CallEntered& call, std::string_view word) {
    return std::any_of(call.arguments.begin(), call.arguments.end(), [word](const auto& one) {
        const auto* text = std::get_if<std::string>(&one.value);
        return text != nullptr && *text == word;
    });
}

SocketKind made_by(const CallEntered& socket) {
    if (has_text(socket, "AF_UNIX")) return SocketKind::Unix;
    return has_text(socket, "SOCK_DGRAM") ? SocketKind::Udp : SocketKind::Tcp;
}

bool gives_descriptor(std::string_view call) {
    return call == "socket" || call == "accept" || call == "accept4" || call == "dup";
}

const CallEntered* entry_of(const Timeline& timeline, std::size_t before, CallId id) {
    for (std::size_t i = before; i-- > 0;) {
        const auto* entered = std::get_if<CallEntered>(&timeline.event(i).fact);
        if (entered != nullptr && entered->id == id) return entered;
    }
    return nullptr;
}

// The call that gave the end that descriptor last: in a child it is what the parent had made.
SocketKind kind_of(const Timeline& timeline, std::size_t before, Role role, std::int64_t fd) {
    for (std::size_t i = before; i-- > 0;) {
        const auto* given = std::get_if<CallReturned>(&timeline.event(i).fact);
        if (given == nullptr || given->endpoint != role || given->result != fd) continue;
        if (!gives_descriptor(given->call)) continue;
        const CallEntered* call = entry_of(timeline, i, given->id);
        if (call == nullptr) break;
        if (call->call == "socket") return made_by(*call);
        const auto from = descriptor_of(*call);
        if (!from) break;
        fd = from->fd;
    }
    return timeline.at(before).tcp ? SocketKind::Tcp : SocketKind::Udp;
}

}  // namespace

SocketKind socket_kind(const Timeline& timeline, std::size_t event, const CallEntered& call) {
    if (call.call == "socket") return made_by(call);
    const auto fd = descriptor_of(call);
    return kind_of(timeline, event, call.endpoint, fd ? fd->fd : -1);
}

// Most runs begin with what decides it: this looks at a few events only.
bool speaks_tcp_at(const Timeline& timeline, std::size_t position) {
    if (!timeline.at(timeline.size()).tcp) return false;
    bool local = false;
    for (std::size_t i = 0; i < std::min(position, timeline.size()); ++i) {
        const Fact& fact = timeline.event(i).fact;
        if (std::holds_alternative<SegmentSent>(fact)) return true;
        const auto* call = std::get_if<CallEntered>(&fact);
        if (call == nullptr || call->call != "socket") continue;
        if (made_by(*call) != SocketKind::Unix) return true;
        local = true;
    }
    return !local;
}

}  // namespace tcpstep::view
