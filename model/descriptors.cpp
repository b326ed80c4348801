#include "model/descriptors.hpp"

#include <algorithm>

namespace tcpstep::model {

namespace {

template <class Sockets>
auto* find_socket(Sockets& sockets, Descriptor fd) {
    const auto found = std::find_if(sockets.begin(), sockets.end(), [fd](const auto& socket) {
        const auto& all = socket.descriptors;
        return std::find(all.begin(), all.end(), fd) != all.end();
    });
    return found == sockets.end() ? nullptr : &*found;
}

// Linux: secs_to_retrans(). The first timeout of a SYN,ACK is 1 s, each one twice that before.
unsigned timeouts_in(std::int64_t seconds) {
    if (seconds <= 0) return 0;
    constexpr std::int64_t kLongest = 120;  // TCP_RTO_MAX
    constexpr unsigned kMostTimeouts = 255;
    unsigned timeouts = 1;
    std::int64_t timeout = 1;
    for (std::int64_t period = 1; period < seconds && timeouts < kMostTimeouts; ++timeouts) {
        timeout = std::min(2 * timeout, kLongest);
        period += timeout;
    }
    return timeouts;
}

}  // namespace

Descriptors::Socket* Descriptors::socket_of(Descriptor fd) {
    return find_socket(sockets_, fd);
}

const Descriptors::Socket* Descriptors::socket_of(Descriptor fd) const {
    return find_socket(sockets_, fd);
}

void Descriptors::opened(Descriptor fd, bool tcp) {
    closed(fd);
    if (sockets_.size() >= kMost) sockets_.erase(sockets_.begin());
    sockets_.push_back({{fd}, tcp});
}

void Descriptors::duplicated(Descriptor fd, Descriptor copy) {
    if (fd == copy) return;
    closed(copy);
    if (socket_of(fd) == nullptr) opened(fd, true);
    socket_of(fd)->descriptors.push_back(copy);
}

void Descriptors::forked(Process parent, Process child) {
    if (parent == child) return;
    for (const Descriptor fd : of(child)) closed(fd);  // the number of one that has ended
    for (const Descriptor fd : of(parent)) duplicated(fd, {fd.fd, child});
}

std::optional<Descriptor> Descriptors::closed(Descriptor fd) {
    const std::optional<Descriptor> remaining = other(fd);
    if (Socket* socket = socket_of(fd)) {
        std::erase(socket->descriptors, fd);
        std::erase_if(sockets_, [](const Socket& one) { return one.descriptors.empty(); });
    }
    return remaining;
}

std::vector<Descriptor> Descriptors::of(Process process) const {
    std::vector<Descriptor> all;
    for (const Socket& socket : sockets_) {
        for (const Descriptor fd : socket.descriptors) {
            if (fd.process == process) all.push_back(fd);
        }
    }
    return all;
}

std::optional<Descriptor> Descriptors::other(Descriptor fd) const {
    const Socket* socket = socket_of(fd);
    if (socket == nullptr) return std::nullopt;
    const auto& all = socket->descriptors;
    const auto found = std::find_if(all.begin(), all.end(), [fd](Descriptor d) { return d != fd; });
    return found == all.end() ? std::nullopt : std::optional(*found);
}

bool Descriptors::is_tcp(Descriptor fd) const {
    const Socket* socket = socket_of(fd);
    return socket == nullptr || socket->tcp;
}

void Descriptors::lingers(Descriptor fd, std::int64_t seconds) {
    if (socket_of(fd) == nullptr) opened(fd, true);
    socket_of(fd)->aborts = seconds == 0;
}

void Descriptors::inherits(Descriptor accepted, Descriptor listener) {
    if (aborts(listener)) lingers(accepted, 0);
}

bool Descriptors::aborts(Descriptor fd) const {
    const Socket* socket = socket_of(fd);
    return socket != nullptr && socket->aborts;
}

void Descriptors::defers_accept(Descriptor fd, std::int64_t seconds) {
    if (socket_of(fd) == nullptr) opened(fd, true);
    socket_of(fd)->deferral = timeouts_in(seconds);
}

unsigned Descriptors::accept_deferral(Descriptor fd) const {
    const Socket* socket = socket_of(fd);
    return socket == nullptr ? 0 : socket->deferral;
}

}  // namespace tcpstep::model
