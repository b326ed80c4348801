#include "capture/sock_diag.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstddef>
#include <cstring>

#include <fmt/format.h>
#include <libmnl/libmnl.h>
#include <linux/inet_diag.h>
#include <linux/netlink.h>
#include <linux/sock_diag.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>

#include "capture/kernel_state.hpp"

namespace tcpstep::capture {

namespace {

// States 1 to 12 of state_of(). Not the 13th, TCP_BOUND_INACTIVE: a socket that is only bound is,
// to RFC 9293, none yet.
constexpr std::uint32_t kAllStates = 0x1ffe;

Timer timer_of(std::uint8_t kernel) {
    switch (kernel) {
        case 1:
            return Timer::Retransmit;
        case 2:
            return Timer::Keepalive;
        case 3:
            return Timer::TimeWait;
        case 4:
            return Timer::ZeroWindowProbe;
    }
    return Timer::None;
}

model::IpAddress address_of(std::uint8_t family, const std::uint32_t (&words)[4]) {
    std::array<std::uint8_t, 16> bytes{};
    std::memcpy(bytes.data(), words, bytes.size());
    if (family == AF_INET) return model::IpAddress::from_v4(bytes.data());
    // RFC 4291 2.5.5.2: ::ffff:a.b.c.d. On the wire, and to the user, this is IPv4.
    constexpr std::array<std::uint8_t, 12> kMapped = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff};
    if (std::equal(kMapped.begin(), kMapped.end(), bytes.begin())) {
        return model::IpAddress::from_v4(&bytes[kMapped.size()]);
    }
    return model::IpAddress::from_v6(bytes.data());
}

// As much of the attribute as there is: its length is that of the running kernel's structure, not
// of the one in the headers we were built with.
template <class Structure>
Structure payload_of(const nlattr* attribute) {
    Structure structure{};
    std::memcpy(&structure, mnl_attr_get_payload(attribute),
                std::min<std::size_t>(mnl_attr_get_payload_len(attribute), sizeof structure));
    return structure;
}

// TCP_INFINITE_SSTHRESH of the kernel's include/net/tcp.h.
constexpr std::uint32_t kInfiniteSsthresh = 0x7fffffff;

void take_tcp_info(const tcp_info& from, SocketInfo& into) {
    if (from.tcpi_rto != 0) into.rto = std::chrono::microseconds(from.tcpi_rto);
    SocketInfo::Path path = into.path.value_or(SocketInfo::Path{});
    path.cwnd = from.tcpi_snd_cwnd;
    path.ssthresh = from.tcpi_snd_ssthresh >= kInfiniteSsthresh ? 0 : from.tcpi_snd_ssthresh;
    path.srtt = std::chrono::microseconds(from.tcpi_rtt);
    // Before the first measurement it holds the RTO's initial value.
    if (from.tcpi_rtt != 0) path.rttvar = std::chrono::microseconds(from.tcpi_rttvar);
    into.path = path;
}

void take_memory(const std::array<std::uint32_t, SK_MEMINFO_VARS>& from, SocketInfo& into) {
    SocketInfo::Path path = into.path.value_or(SocketInfo::Path{});
    path.recv_buffer = from[SK_MEMINFO_RCVBUF];
    path.send_buffer = from[SK_MEMINFO_SNDBUF];
    into.path = path;
}

int on_attribute(const nlattr* attribute, void* user) noexcept {
    SocketInfo& into = *static_cast<SocketInfo*>(user);
    switch (mnl_attr_get_type(attribute)) {
        case INET_DIAG_INFO:
            take_tcp_info(payload_of<tcp_info>(attribute), into);
            break;
        case INET_DIAG_SKMEMINFO:
            take_memory(payload_of<std::array<std::uint32_t, SK_MEMINFO_VARS>>(attribute), into);
            break;
        default:
            break;
    }
    return MNL_CB_OK;
}

int on_socket(const nlmsghdr* message, void* user) noexcept {
    if (mnl_nlmsg_get_payload_len(message) < sizeof(inet_diag_msg)) return MNL_CB_OK;
    const auto* from = static_cast<const inet_diag_msg*>(mnl_nlmsg_get_payload(message));
    SocketInfo info;
    info.state = state_of(from->idiag_state);
    info.local = {address_of(from->idiag_family, from->id.idiag_src), ntohs(from->id.idiag_sport)};
    info.remote = {address_of(from->idiag_family, from->id.idiag_dst), ntohs(from->id.idiag_dport)};
    info.recv_q = from->idiag_rqueue;
    info.send_q = from->idiag_wqueue;
    info.timer = timer_of(from->idiag_timer);
    if (info.timer != Timer::None) info.timer_left = std::chrono::milliseconds(from->idiag_expires);
    info.retransmits = from->idiag_retrans;
    if (info.state != model::State::Listen) {
        mnl_attr_parse(message, sizeof(inet_diag_msg), on_attribute, &info);
    }
    info.inode = from->idiag_inode;
    info.uid = from->idiag_uid;
    static_cast<std::vector<SocketInfo>*>(user)->push_back(info);
    return MNL_CB_OK;
}

tl::unexpected<Error> refused(std::string_view call, int os_errno) {
    const char* remedy = os_errno == ENOENT ? "sudo modprobe tcp_diag" : "run tcpstep doctor";
    return fail(ErrorKind::MachineForbids,
                fmt::format("sock_diag: {}: {}", call, std::strerror(os_errno)), remedy, os_errno);
}

}  // namespace

std::string_view name(Timer timer) {
    switch (timer) {
        case Timer::None:
            return "";
        case Timer::Retransmit:
            return "retransmit";
        case Timer::Keepalive:
            return "keepalive";
        case Timer::TimeWait:
            return "timewait";
        case Timer::ZeroWindowProbe:
            return "zero window probe";
    }
    return "";
}

void SockDiag::Close::operator()(mnl_socket* socket) const {
    mnl_socket_close(socket);
}

Result<SockDiag> SockDiag::open() {
    mnl_socket* socket = mnl_socket_open2(NETLINK_SOCK_DIAG, SOCK_CLOEXEC);
    if (socket == nullptr) return refused("socket", errno);
    SockDiag diag(socket);
    if (mnl_socket_bind(socket, 0, MNL_SOCKET_AUTOPID) < 0) return refused("bind", errno);
    return diag;
}

Result<std::vector<SocketInfo>> SockDiag::sample() {
    std::vector<SocketInfo> sockets;
    if (auto v4 = dump(AF_INET, sockets); !v4) return tl::unexpected(v4.error());
    // ENOENT: a kernel without IPv6 has no IPv6 sockets to tell of.
    if (auto v6 = dump(AF_INET6, sockets); !v6 && v6.error().os_errno != ENOENT) {
        return tl::unexpected(v6.error());
    }
    return sockets;
}

namespace {

// With the same things to tell of each socket, whichever are asked for.
inet_diag_req_v2& put_request(char* buffer, std::uint16_t flags, std::uint32_t sequence,
                              std::uint8_t family) {
    nlmsghdr* request = mnl_nlmsg_put_header(buffer);
    request->nlmsg_type = SOCK_DIAG_BY_FAMILY;
    request->nlmsg_flags = static_cast<std::uint16_t>(NLM_F_REQUEST | flags);
    request->nlmsg_seq = sequence;
    auto* which = static_cast<inet_diag_req_v2*>(
        mnl_nlmsg_put_extra_header(request, sizeof(inet_diag_req_v2)));
    which->sdiag_family = family;
    which->sdiag_protocol = IPPROTO_TCP;
    which->idiag_ext = 1U << (INET_DIAG_INFO - 1U) | 1U << (INET_DIAG_SKMEMINFO - 1U);
    which->idiag_states = kAllStates;
    return *which;
}

}  // namespace

Result<void> SockDiag::dump(std::uint8_t family, std::vector<SocketInfo>& into) {
    alignas(nlmsghdr) std::array<char, MNL_NLMSG_HDRLEN + sizeof(inet_diag_req_v2)> request;
    put_request(request.data(), NLM_F_DUMP, ++sequence_, family);
    if (mnl_socket_sendto(socket_.get(), request.data(), request.size()) < 0) {
        return refused("send", errno);
    }
    return answers_into(into);
}

Result<std::optional<SocketInfo>> SockDiag::find(const model::SocketAddress& local,
                                                 const model::SocketAddress& remote,
                                                 std::uint32_t interface) {
    alignas(nlmsghdr) std::array<char, MNL_NLMSG_HDRLEN + sizeof(inet_diag_req_v2)> request;
    inet_diag_req_v2& which =
        put_request(request.data(), NLM_F_ACK, ++sequence_, local.ip.v6 ? AF_INET6 : AF_INET);
    which.id.idiag_sport = htons(local.port);
    which.id.idiag_dport = htons(remote.port);
    std::memcpy(which.id.idiag_src, local.ip.bytes.data(), local.ip.bytes.size());
    std::memcpy(which.id.idiag_dst, remote.ip.bytes.data(), remote.ip.bytes.size());
    which.id.idiag_if = interface;
    which.id.idiag_cookie[0] = which.id.idiag_cookie[1] = INET_DIAG_NOCOOKIE;
    if (mnl_socket_sendto(socket_.get(), request.data(), request.size()) < 0) {
        return refused("send", errno);
    }
    std::vector<SocketInfo> found;
    if (auto answered = answers_into(found); !answered) {
        if (answered.error().os_errno != ENOENT) return tl::unexpected(answered.error());
    }
    if (found.empty()) return std::nullopt;
    return found.front();
}

// Until the kernel says that this was all.
Result<void> SockDiag::answers_into(std::vector<SocketInfo>& into) {
    alignas(nlmsghdr) std::array<char, 32768> buffer;  // the kernel's own limit for one answer
    const unsigned port = mnl_socket_get_portid(socket_.get());
    while (true) {
        const ssize_t got = mnl_socket_recvfrom(socket_.get(), buffer.data(), buffer.size());
        if (got < 0 && errno == EINTR) continue;
        if (got < 0) return refused("receive", errno);
        const int more = mnl_cb_run(buffer.data(), static_cast<std::size_t>(got), sequence_, port,
                                    on_socket, &into);
        if (more < 0) return refused("dump", errno);
        if (more == MNL_CB_STOP) return {};
    }
}

}  // namespace tcpstep::capture
