#include "tests/judge/socket_lookup.hpp"

#include <array>
#include <cerrno>
#include <cstring>

#include <fmt/format.h>
#include <libmnl/libmnl.h>
#include <linux/inet_diag.h>
#include <linux/netlink.h>
#include <linux/sock_diag.h>
#include <netinet/in.h>
#include <sys/socket.h>

#include "capture/kernel_state.hpp"

namespace tcpstep::judge {

namespace {

constexpr std::uint32_t kAllStates = 0x1ffe;

void put(std::uint32_t (&words)[4], const model::IpAddress& ip) {
    std::memcpy(words, ip.bytes.data(), ip.v6 ? 16 : 4);
}

}  // namespace

void SocketLookup::Close::operator()(mnl_socket* socket) const {
    mnl_socket_close(socket);
}

Result<SocketLookup> SocketLookup::open() {
    mnl_socket* socket = mnl_socket_open2(NETLINK_SOCK_DIAG, SOCK_CLOEXEC);
    if (socket == nullptr) {
        return fail(ErrorKind::MachineForbids, fmt::format("sock_diag: {}", std::strerror(errno)),
                    "sudo modprobe tcp_diag");
    }
    SocketLookup lookup(socket);
    if (mnl_socket_bind(socket, 0, MNL_SOCKET_AUTOPID) < 0) {
        return fail(ErrorKind::MachineForbids,
                    fmt::format("sock_diag: bind: {}", std::strerror(errno)));
    }
    return lookup;
}

std::optional<Found> SocketLookup::find(const model::SocketAddress& local,
                                        const model::SocketAddress& remote) {
    alignas(nlmsghdr) std::array<char, 8192> buffer{};
    nlmsghdr* request = mnl_nlmsg_put_header(buffer.data());
    request->nlmsg_type = SOCK_DIAG_BY_FAMILY;
    request->nlmsg_flags = NLM_F_REQUEST;
    auto* which = static_cast<inet_diag_req_v2*>(
        mnl_nlmsg_put_extra_header(request, sizeof(inet_diag_req_v2)));
    which->sdiag_family = local.ip.v6 ? AF_INET6 : AF_INET;
    which->sdiag_protocol = IPPROTO_TCP;
    which->idiag_states = kAllStates;
    // Whose socket it is: looked up as the receiver of a segment is, so the ends stand as the
    // socket has them.
    put(which->id.idiag_src, local.ip);
    put(which->id.idiag_dst, remote.ip);
    which->id.idiag_sport = htons(local.port);
    which->id.idiag_dport = htons(remote.port);
    which->id.idiag_cookie[0] = which->id.idiag_cookie[1] = INET_DIAG_NOCOOKIE;
    if (mnl_socket_sendto(socket_.get(), request, request->nlmsg_len) < 0) return std::nullopt;
    const ssize_t got = mnl_socket_recvfrom(socket_.get(), buffer.data(), buffer.size());
    if (got < static_cast<ssize_t>(sizeof(nlmsghdr))) return std::nullopt;
    const auto* answer = reinterpret_cast<const nlmsghdr*>(buffer.data());
    if (answer->nlmsg_type != SOCK_DIAG_BY_FAMILY) return std::nullopt;  // ENOENT
    const auto* told = static_cast<const inet_diag_msg*>(mnl_nlmsg_get_payload(answer));
    const Found found{capture::state_of(told->idiag_state), told->idiag_timer == 1};
    if (found.state == model::State::Listen) return std::nullopt;
    return found;
}

}  // namespace tcpstep::judge
