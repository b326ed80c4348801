#include "app/watch/kernel.hpp"

#include <memory>
#include <utility>

#include <ifaddrs.h>
#include <netinet/in.h>

#include "capture/socket_sample.hpp"

namespace tcpstep::watch {

namespace {

using model::State;

// How often the machine's addresses are read again where one is not among them.
constexpr std::chrono::seconds kAddressesAgain{5};

std::set<model::IpAddress> addresses_of_machine() {
    std::set<model::IpAddress> found;
    ifaddrs* first = nullptr;
    if (::getifaddrs(&first) != 0) return found;
    const std::unique_ptr<ifaddrs, decltype(&::freeifaddrs)> all(first, &::freeifaddrs);
    for (const ifaddrs* one = first; one != nullptr; one = one->ifa_next) {
        if (one->ifa_addr == nullptr) continue;
        if (one->ifa_addr->sa_family == AF_INET) {
            const auto* v4 = reinterpret_cast<const sockaddr_in*>(one->ifa_addr);
            found.insert(model::IpAddress::from_v4(
                reinterpret_cast<const std::uint8_t*>(&v4->sin_addr.s_addr)));
        } else if (one->ifa_addr->sa_family == AF_INET6) {
            const auto* v6 = reinterpret_cast<const sockaddr_in6*>(one->ifa_addr);
            found.insert(model::IpAddress::from_v6(v6->sin6_addr.s6_addr));
        }
    }
    return found;
}

// RFC 4291 2.5.6: fe80::/10.
bool is_link_local(const model::IpAddress& address) {
    return address.v6 && address.bytes[0] == 0xfe && (address.bytes[1] & 0xc0) == 0x80;
}

}  // namespace

Result<Kernel> Kernel::open() {
    auto diag = capture::SockDiag::open();
    if (!diag) return tl::make_unexpected(diag.error());
    // A kernel without tcp_diag answers the question for one socket as if there were none.
    if (const auto all = diag->sample(); !all) return tl::make_unexpected(all.error());
    return Kernel(std::move(*diag));
}

bool Kernel::is_here(const model::IpAddress& address) {
    if (!address.v6 && address.bytes[0] == 127) return true;  // RFC 1122 3.2.1.3
    if (addresses_.contains(address)) return true;
    const auto now = std::chrono::steady_clock::now();
    if (now - looked_ < kAddressesAgain) return false;
    looked_ = now;
    addresses_ = addresses_of_machine();
    return addresses_.contains(address);
}

Result<std::optional<model::SocketSampled>> Kernel::ask(const model::SocketAddress& local,
                                                        const model::SocketAddress& remote,
                                                        std::uint32_t interface, model::Role role,
                                                        State told) {
    const auto found = diag_.find(local, remote, interface);
    if (!found) return tl::make_unexpected(found.error());
    const bool own = *found && (*found)->state != State::Listen && (*found)->remote == remote;
    if (own) return capture::sample_of(role, **found);
    // A socket of a link-local address is found by its own interface only: seen on another, such as
    // `lo`, nothing can be said of it.
    if (!is_here(local.ip) || is_link_local(local.ip)) return std::nullopt;
    model::SocketSampled none;
    none.endpoint = role;
    const bool may_listen = told == State::Listen || told == State::Unknown;
    none.state = *found && may_listen ? State::Listen : State::Closed;
    return none;
}

}  // namespace tcpstep::watch
