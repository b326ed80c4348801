#include "capture/segment_gate.hpp"

#include <array>
#include <cerrno>
#include <cstring>
#include <fstream>
#include <sstream>
#include <string>
#include <string_view>
#include <unordered_set>
#include <utility>

#include <arpa/inet.h>
#include <fmt/format.h>
#include <libmnl/libmnl.h>
#include <linux/netfilter.h>
#include <linux/netfilter/nfnetlink_queue.h>
#include <linux/netlink.h>
#include <sys/socket.h>
// After the kernel's header, whose constants it would define otherwise.
#include <libnetfilter_queue/libnetfilter_queue.h>

#include "capture/mark_socket.hpp"
#include "capture/packet.hpp"

namespace tcpstep::capture {

namespace {

constexpr std::uint16_t kQueue = 0;
constexpr std::uint32_t kQueueLength = 65535;
constexpr int kReceiveOctets = 64 * 1024 * 1024;
// An attribute's limit, 64 KiB, and what stands before the packet.
constexpr std::size_t kMessage = 65536 + 4096;

tl::unexpected<Error> refused(std::string_view call, int os_errno) {
    std::string_view remedy = "run tcpstep doctor";
    // Linux says this also of a queue that somebody else has.
    if (os_errno == EPERM) remedy = "end what else has queue 0 in this network";
    // EINVAL: nfnetlink knows of no queues.
    if (os_errno == EPROTONOSUPPORT || os_errno == EINVAL) remedy = kQueueRemedy;
    return fail(ErrorKind::MachineForbids,
                fmt::format("segment gate: {}: {}", call, std::strerror(os_errno)),
                std::string(remedy), os_errno);
}

struct Close {
    void operator()(mnl_socket* socket) const { mnl_socket_close(socket); }
};
using Socket = std::unique_ptr<mnl_socket, Close>;

Result<void> send(mnl_socket* socket, const nlmsghdr* message, std::string_view call) {
    while (mnl_socket_sendto(socket, message, message->nlmsg_len) < 0) {
        if (errno != EINTR) return refused(call, errno);
    }
    return {};
}

// What the kernel said to the message that was just sent. Where a rule is there already a segment
// may be the first thing to come: then the queue is bound, and it is left for drain().
Result<void> answer(mnl_socket* socket, std::string_view call) {
    alignas(nlmsghdr) std::array<char, 512> buffer{};
    const int file = mnl_socket_get_fd(socket);
    while (::recv(file, buffer.data(), buffer.size(), MSG_PEEK) < 0) {
        if (errno != EINTR) return refused(call, errno);
    }
    const auto* header = reinterpret_cast<const nlmsghdr*>(buffer.data());
    if (header->nlmsg_type != NLMSG_ERROR) return {};
    ::recv(file, buffer.data(), buffer.size(), 0);
    const auto* error = static_cast<const nlmsgerr*>(mnl_nlmsg_get_payload(header));
    if (error->error != 0) return refused(call, -error->error);
    return {};
}

// One message binds the queue and sets it up, so that there is no moment in which it is bound and
// not as it should be.
Result<void> bind_queue(mnl_socket* socket) {
    alignas(nlmsghdr) std::array<char, 512> buffer{};
    nlmsghdr* message = nfq_nlmsg_put(buffer.data(), NFQNL_MSG_CONFIG, kQueue);
    message->nlmsg_flags |= NLM_F_ACK;
    nfq_nlmsg_cfg_put_cmd(message, AF_UNSPEC, NFQNL_CFG_CMD_BIND);
    nfq_nlmsg_cfg_put_params(message, NFQNL_COPY_PACKET, 0xffff);
    nfq_nlmsg_cfg_put_qmaxlen(message, kQueueLength);
    // Not cut into what fits into a frame: as it was captured.
    mnl_attr_put_u32(message, NFQA_CFG_FLAGS, htonl(NFQA_CFG_F_GSO));
    mnl_attr_put_u32(message, NFQA_CFG_MASK, htonl(NFQA_CFG_F_GSO));
    constexpr std::string_view kCall = "bind NFQUEUE's queue 0";
    if (auto sent = send(socket, message, kCall); !sent) return sent;
    return answer(socket, kCall);
}

// Room for bursts. Only the host's root may have more than net.core.rmem_max.
void make_room(mnl_socket* socket) {
    const int file = mnl_socket_get_fd(socket);
    const int octets = kReceiveOctets;
    if (::setsockopt(file, SOL_SOCKET, SO_RCVBUFFORCE, &octets, sizeof octets) != 0) {
        (void)::setsockopt(file, SOL_SOCKET, SO_RCVBUF, &octets, sizeof octets);
    }
    // What does not fit is counted by lost(); it is no reason for a failing recv().
    int on = 1;
    (void)mnl_socket_setsockopt(socket, NETLINK_NO_ENOBUFS, &on, sizeof on);
}

Result<Socket> open_queue() {
    Socket socket(mnl_socket_open2(NETLINK_NETFILTER, SOCK_CLOEXEC));
    if (!socket) return refused("socket", errno);
    if (mnl_socket_bind(socket.get(), 0, MNL_SOCKET_AUTOPID) < 0) return refused("bind", errno);
    make_room(socket.get());
    if (auto bound = bind_queue(socket.get()); !bound) return tl::unexpected(bound.error());
    return socket;
}

struct Pass {
    const SegmentGate::Sink& sink;
    std::unordered_set<std::uint32_t>& held;
    std::size_t count;
};

// noexcept: an exception must not run through libmnl's C frames.
int on_message(const nlmsghdr* message, void* user) noexcept {
    if (NFNL_MSG_TYPE(message->nlmsg_type) != NFQNL_MSG_PACKET) return MNL_CB_OK;
    std::array<nlattr*, NFQA_MAX + 1> attributes{};
    if (nfq_nlmsg_parse(message, attributes.data()) < 0) return MNL_CB_OK;
    if (attributes[NFQA_PACKET_HDR] == nullptr) return MNL_CB_OK;
    SegmentGate::Stopped stopped;
    stopped.number = ntohl(
        static_cast<const nfqnl_msg_packet_hdr*>(mnl_attr_get_payload(attributes[NFQA_PACKET_HDR]))
            ->packet_id);
    if (const nlattr* payload = attributes[NFQA_PAYLOAD]) {
        const auto* first = static_cast<const std::uint8_t*>(mnl_attr_get_payload(payload));
        stopped.bytes.assign(first, first + mnl_attr_get_payload_len(payload));
    }
    // Given where the packet is longer than an attribute can be.
    const nlattr* whole = attributes[NFQA_CAP_LEN];
    const auto length = whole != nullptr ? ntohl(mnl_attr_get_u32(whole))
                                         : static_cast<std::uint32_t>(stopped.bytes.size());
    stopped.decoded = decode(stopped.bytes, LinkType::RawIp, length);

    auto* pass = static_cast<Pass*>(user);
    pass->held.insert(stopped.number);  // first: the sink may deliver it
    ++pass->count;
    pass->sink(std::move(stopped));
    return MNL_CB_OK;
}

}  // namespace

struct SegmentGate::Impl {
    Socket socket;
    MarkSocket wire;
    std::string rule_program;
    std::unordered_set<std::uint32_t> held;
    std::vector<char> buffer = std::vector<char>(kMessage);

    Result<void> decide(std::uint32_t number, int verdict);
};

// The kernel is not asked for an answer: that would be mixed up with segments that stop meanwhile.
// It carries the verdict out before the call returns, and knows each number that we know.
Result<void> SegmentGate::Impl::decide(std::uint32_t number, int verdict) {
    if (held.count(number) == 0) {
        return fail(ErrorKind::BadInput,
                    fmt::format("segment gate: no segment {} is held", number));
    }
    alignas(nlmsghdr) std::array<char, 256> message{};
    nlmsghdr* header = nfq_nlmsg_put(message.data(), NFQNL_MSG_VERDICT, kQueue);
    nfq_nlmsg_verdict_put(header, static_cast<int>(number), verdict);
    if (auto sent = send(socket.get(), header, "verdict"); !sent) return sent;
    held.erase(number);
    return {};
}

SegmentGate::SegmentGate(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
SegmentGate::SegmentGate(SegmentGate&&) noexcept = default;
SegmentGate& SegmentGate::operator=(SegmentGate&&) noexcept = default;
SegmentGate::~SegmentGate() = default;

Result<SegmentGate> SegmentGate::open(RulePrograms programs) {
    auto wire = MarkSocket::open();
    if (!wire) return tl::unexpected(wire.error());
    auto socket = open_queue();
    if (!socket) return tl::unexpected(socket.error());
    // Last: from here on segments stop, and there is somebody who takes them.
    auto program = install_gate_rule(programs);
    if (!program) return tl::unexpected(program.error());
    return SegmentGate(std::make_unique<Impl>(
        Impl{std::move(*socket), std::move(*wire), std::move(*program), {}}));
}

const std::string& SegmentGate::rule_program() const {
    return impl_->rule_program;
}

int SegmentGate::descriptor() const {
    return mnl_socket_get_fd(impl_->socket.get());
}

Result<std::size_t> SegmentGate::drain(const Sink& sink) {
    Pass pass{sink, impl_->held, 0};
    std::vector<char>& buffer = impl_->buffer;
    // More than can have been there: ends also if segments come as fast as they are read.
    for (std::uint32_t messages = 0; messages < kQueueLength; ++messages) {
        const ssize_t got = ::recv(descriptor(), buffer.data(), buffer.size(), MSG_DONTWAIT);
        if (got < 0 && (errno == EAGAIN || errno == EWOULDBLOCK)) break;
        if (got < 0 && (errno == EINTR || errno == ENOBUFS)) continue;
        if (got < 0) return refused("receive", errno);
        const int read =
            mnl_cb_run(buffer.data(), static_cast<std::size_t>(got), 0, 0, on_message, &pass);
        // ENOENT: a verdict came too late, the kernel had thrown the segment away with `lo` down.
        if (read < 0 && errno != ENOENT) return refused("drain", errno);
    }
    return pass.count;
}

Result<void> SegmentGate::deliver(std::uint32_t number) {
    return impl_->decide(number, NF_ACCEPT);
}

Result<void> SegmentGate::drop(std::uint32_t number) {
    return impl_->decide(number, NF_DROP);
}

Result<void> SegmentGate::inject(std::span<const std::uint8_t> ip_packet) {
    return impl_->wire.send(ip_packet);
}

std::uint64_t SegmentGate::lost() const {
    // A line for each queue: its number, then port, waiting, copy mode, copy range, dropped for the
    // queue's length, dropped for the socket's buffer. net/netfilter/nfnetlink_queue.c
    std::ifstream queues("/proc/thread-self/net/netfilter/nfnetlink_queue");
    for (std::string line; std::getline(queues, line);) {
        std::istringstream words(line);
        std::array<std::uint64_t, 7> columns{};
        for (std::uint64_t& column : columns) words >> column;
        if (words && columns[0] == kQueue) return columns[5] + columns[6];
    }
    return 0;
}

}  // namespace tcpstep::capture
