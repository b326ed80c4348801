#include "capture/mark_socket.hpp"

#include <cerrno>
#include <cstddef>
#include <cstring>
#include <string_view>
#include <utility>
#include <vector>

#include <fmt/format.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include "capture/checksum.hpp"
#include "capture/gate_mark.hpp"
#include "capture/ip_header.hpp"

namespace tcpstep::capture {

namespace {

constexpr std::size_t kIpv4Minimum = 20, kIpv6Fixed = 40;
constexpr std::size_t kFlags = 13;  // in the TCP header
constexpr std::uint8_t kFin = 0x01;

tl::unexpected<Error> refused(std::string_view call, int os_errno) {
    return fail(ErrorKind::MachineForbids,
                fmt::format("raw socket: {}: {}", call, std::strerror(os_errno)),
                "run tcpstep doctor", os_errno);
}

bool set(int socket, int level, int option, int value) {
    return ::setsockopt(socket, level, option, &value, sizeof value) == 0;
}

// -1 and errno if it fails.
int open_marked(int family) {
    // IPPROTO_RAW: nothing is ever received.
    const int socket = ::socket(family, SOCK_RAW | SOCK_CLOEXEC, IPPROTO_RAW);
    if (socket < 0) return -1;
    const bool included = family == AF_INET ? set(socket, IPPROTO_IP, IP_HDRINCL, 1)
                                            : set(socket, IPPROTO_IPV6, IPV6_HDRINCL, 1);
    if (included && set(socket, SOL_SOCKET, SO_MARK, static_cast<int>(kGateMark))) return socket;
    const int os_errno = errno;
    ::close(socket);
    errno = os_errno;
    return -1;
}

void put16(std::vector<std::uint8_t>& to, std::size_t at, std::size_t value) {
    to[at] = static_cast<std::uint8_t>(value >> 8U);
    to[at + 1] = static_cast<std::uint8_t>(value);
}

// Has the IP header say how long it is. The kernel hands over at most 65531 octets of a packet,
// and loopback's may be 65536 long.
void fit_length(std::vector<std::uint8_t>& packet, bool v6) {
    const std::size_t minimum = v6 ? kIpv6Fixed : kIpv4Minimum;
    if (packet.size() < minimum) return;
    const std::size_t before = v6 ? kIpv6Fixed : 0;
    const std::size_t at = v6 ? 4 : 2;
    if (be16(packet, at) + before <= packet.size()) return;
    put16(packet, at, packet.size() - before);
    const auto size = static_cast<std::uint32_t>(packet.size());
    const auto ip = v6 ? read_ipv6_header(packet, size) : read_ipv4_header(packet, size);
    if (!ip || ip->length + kFlags >= packet.size()) return;
    packet[ip->length + kFlags] &= static_cast<std::uint8_t>(~kFin);
}

ssize_t send_to_destination(int socket, const std::vector<std::uint8_t>& packet, bool v6) {
    sockaddr_in to4{};
    sockaddr_in6 to6{};
    to4.sin_family = AF_INET;
    to6.sin6_family = AF_INET6;
    std::memcpy(v6 ? static_cast<void*>(&to6.sin6_addr) : &to4.sin_addr, &packet[v6 ? 24 : 16],
                v6 ? 16 : 4);
    const auto* to =
        v6 ? reinterpret_cast<const sockaddr*>(&to6) : reinterpret_cast<const sockaddr*>(&to4);
    ssize_t sent = -1;
    do {
        sent = ::sendto(socket, packet.data(), packet.size(), 0, to, v6 ? sizeof to6 : sizeof to4);
    } while (sent < 0 && errno == EINTR);
    return sent;
}

}  // namespace

Result<MarkSocket> MarkSocket::open() {
    MarkSocket both(open_marked(AF_INET), -1);
    if (both.v4_ < 0) return refused("open", errno);
    both.v6_ = open_marked(AF_INET6);
    if (both.v6_ < 0 && errno != EAFNOSUPPORT) return refused("open", errno);
    return both;
}

MarkSocket::MarkSocket(MarkSocket&& other) noexcept
    : v4_(std::exchange(other.v4_, -1)), v6_(std::exchange(other.v6_, -1)) {}

MarkSocket& MarkSocket::operator=(MarkSocket&& other) noexcept {
    std::swap(v4_, other.v4_);
    std::swap(v6_, other.v6_);
    return *this;
}

MarkSocket::~MarkSocket() {
    if (v4_ >= 0) ::close(v4_);
    if (v6_ >= 0) ::close(v6_);
}

Result<void> MarkSocket::send(std::span<const std::uint8_t> ip_packet) const {
    std::vector<std::uint8_t> packet(ip_packet.begin(), ip_packet.end());
    const bool v6 = !packet.empty() && packet[0] >> 4U == 6;
    fit_length(packet, v6);
    if (auto filled = fill_in_checksums(packet); !filled) return filled;
    if (send_to_destination(v6 ? v6_ : v4_, packet, v6) < 0) return refused("send", errno);
    return {};
}

}  // namespace tcpstep::capture
