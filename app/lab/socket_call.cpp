#include "app/lab/socket_call.hpp"

#include <array>
#include <cerrno>
#include <cstring>
#include <optional>
#include <string_view>
#include <utility>

#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <sys/uio.h>
#include <unistd.h>

#include "app/lab/kernel_address.hpp"
#include "app/lab/proc_net_tcp.hpp"
#include "app/lab/received_text.hpp"

namespace tcpstep::lab {

namespace {

using lesson::Call;
using lesson::Family;
using lesson::SocketType;
using lesson::Step;

bool is_datagram(int fd) {
    int type = SOCK_STREAM;
    socklen_t length = sizeof type;
    return getsockopt(fd, SOL_SOCKET, SO_TYPE, &type, &length) == 0 && type == SOCK_DGRAM;
}

int shutdown_how(const std::string& how) {
    if (how == "SHUT_RD") return SHUT_RD;
    return how == "SHUT_WR" ? SHUT_WR : SHUT_RDWR;
}

Given result_of(std::int64_t value) {
    Given given;
    given.value = value;
    given.os_errno = value < 0 ? errno : 0;
    return given;
}

// recv() and recvfrom(); a stream has no sender and no boundaries.
Given receive(int fd, std::span<char> buffer) {
    iovec part{buffer.data(), buffer.size()};
    KernelAddress sender;
    msghdr message{};
    message.msg_name = &sender.storage;
    message.msg_namelen = sizeof sender.storage;
    message.msg_iov = &part;
    message.msg_iovlen = 1;
    // Linux: with MSG_TRUNC a datagram's whole length is returned, but a stream's octets are thrown
    // away: recv(2), tcp(7).
    const bool datagram = is_datagram(fd);
    Given given = result_of(recvmsg(fd, &message, datagram ? MSG_TRUNC : 0));
    const auto size = static_cast<std::int64_t>(buffer.size());
    if (given.value > size) {
        given.datagram_length = static_cast<std::uint32_t>(given.value);
        given.value = size;
    }
    sender.length = message.msg_namelen;
    if (given.value >= 0 && datagram) given.address = sender;
    return given;
}

// getsockname() and getpeername().
Given ask_address(int fd, int (*ask)(int, sockaddr*, socklen_t*)) {
    KernelAddress address;
    Given given = result_of(ask(fd, address.get(), &address.length));
    if (given.os_errno == 0) given.address = address;
    return given;
}

struct SocketOption {
    std::string_view name;
    int level;
    int number;
};

constexpr std::array<SocketOption, lesson::kSocketOptions.size()> kOptions = {{
    {"SO_REUSEADDR", SOL_SOCKET, SO_REUSEADDR},
    {"SO_LINGER", SOL_SOCKET, SO_LINGER},
    {"SO_RCVBUF", SOL_SOCKET, SO_RCVBUF},
    {"SO_SNDBUF", SOL_SOCKET, SO_SNDBUF},
    {"TCP_NODELAY", IPPROTO_TCP, TCP_NODELAY},
    {"TCP_DEFER_ACCEPT", IPPROTO_TCP, TCP_DEFER_ACCEPT},
    {"TCP_SYNCNT", IPPROTO_TCP, TCP_SYNCNT},
    {"TCP_QUICKACK", IPPROTO_TCP, TCP_QUICKACK},
    {"TCP_USER_TIMEOUT", IPPROTO_TCP, TCP_USER_TIMEOUT},
}};

std::int64_t set_option(int fd, const std::string& name, std::int64_t value) {
    const int number = static_cast<int>(value);
    for (const SocketOption& option : kOptions) {
        if (option.name != name) continue;
        const linger lingering{1, number};
        const bool lingers = option.level == SOL_SOCKET && option.number == SO_LINGER;
        return lingers ? setsockopt(fd, option.level, option.number, &lingering, sizeof lingering)
                       : setsockopt(fd, option.level, option.number, &number, sizeof number);
    }
    errno = ENOPROTOOPT;  // setsockopt(2)'s answer to an option that it does not know
    return -1;
}

KernelAddress address_for(const Step& step, const model::SocketAddress& server) {
    if (!step.path.empty()) return abstract_address(step.path);
    return kernel_address(step.address.value_or(server));
}

int new_socket(const lesson::SocketKind& kind, bool v6) {
    const int type = kind.type == SocketType::Stream ? SOCK_STREAM : SOCK_DGRAM;
    const int domain = kind.family == Family::Unix ? AF_UNIX : v6 ? AF_INET6 : AF_INET;
    return socket(domain, type | SOCK_CLOEXEC, 0);
}

// "127.0.0.1:8000", "@name"
std::string address_argument(const Step& step, const model::SocketAddress& server) {
    return step.path.empty() ? to_string(step.address.value_or(server)) : step.path;
}

}  // namespace

Given call_kernel(const Step& step, int fd, const model::SocketAddress& server,
                  std::span<char> buffer) {
    const KernelAddress address = address_for(step, server);
    switch (step.call) {
        case Call::Socket:
            return result_of(new_socket(step.kind, server.ip.v6));
        case Call::Bind:
            return result_of(bind(fd, address.get(), address.length));
        case Call::Listen:
            return result_of(listen(fd, static_cast<int>(step.backlog)));
        case Call::Accept:
            return result_of(accept4(fd, nullptr, nullptr, SOCK_CLOEXEC));
        case Call::Connect:
            return result_of(connect(fd, address.get(), address.length));
        case Call::Send:
            return result_of(send(fd, step.data.data(), step.data.size(),
                                  MSG_NOSIGNAL | (step.urgent ? MSG_OOB : 0)));
        case Call::SendTo:
            return result_of(sendto(fd, step.data.data(), step.data.size(), MSG_NOSIGNAL,
                                    address.get(), address.length));
        case Call::Recv:
        case Call::RecvFrom:
            return receive(fd, buffer);
        case Call::Shutdown:
            return result_of(shutdown(fd, shutdown_how(step.how)));
        case Call::Close:
            return result_of(close(fd));
        case Call::SetSockOpt:
            return result_of(set_option(fd, step.option, step.value));
        case Call::Dup:
            return result_of(fcntl(fd, F_DUPFD_CLOEXEC, 0));
        case Call::GetSockName:
            return ask_address(fd, getsockname);
        case Call::GetPeerName:
            return ask_address(fd, getpeername);
        case Call::ProcNetTcp:
        case Call::Fork:
        case Call::WaitPid:
        case Call::Exit:
            break;  // no calls on sockets
    }
    return {};
}

bool takes_data(Call call) {
    return call == Call::Recv || call == Call::RecvFrom;
}

CallResult in_words(const Step& step, const Given& given, std::string received) {
    CallResult result{given.value, given.os_errno, "", "", given.datagram_length};
    if (given.os_errno != 0) return result;
    if (takes_data(step.call)) result.text = received_text(std::move(received));
    if (step.call == Call::RecvFrom) result.address = to_text(given.address);
    if (step.call == Call::GetSockName || step.call == Call::GetPeerName)
        result.text = to_text(given.address);
    return result;
}

void keep_descriptor(const Step& step, const CallResult& result, Descriptors& descriptors) {
    if (result.value >= 0 && !step.as.empty())
        descriptors[step.as] = static_cast<int>(result.value);
}

std::vector<model::CallArgument> arguments_of(const Step& step, const Descriptors& descriptors,
                                              const model::SocketAddress& server) {
    std::vector<model::CallArgument> arguments;
    if (!step.on.empty() && step.call != Call::WaitPid) {
        const auto found = descriptors.find(step.on);
        arguments.push_back({"fd", std::int64_t{found == descriptors.end() ? -1 : found->second}});
    }
    switch (step.call) {
        case Call::Socket:
            arguments.push_back({"domain", step.kind.family == Family::Unix ? "AF_UNIX"
                                           : server.ip.v6                   ? "AF_INET6"
                                                                            : "AF_INET"});
            arguments.push_back(
                {"type", step.kind.type == SocketType::Stream ? "SOCK_STREAM" : "SOCK_DGRAM"});
            break;
        case Call::Bind:
        case Call::Connect:
            arguments.push_back({"address", address_argument(step, server)});
            break;
        case Call::Listen:
            arguments.push_back({"backlog", step.backlog});
            break;
        case Call::Send:
            arguments.push_back({"data", step.data});
            if (step.urgent) arguments.push_back({"flags", "MSG_OOB"});
            break;
        case Call::SendTo:
            arguments.push_back({"data", step.data});
            arguments.push_back({"address", address_argument(step, server)});
            break;
        case Call::Recv:
        case Call::RecvFrom:
            arguments.push_back({"size", step.size});
            break;
        case Call::Shutdown:
            arguments.push_back({"how", step.how});
            break;
        case Call::SetSockOpt:
            arguments.push_back({"option", step.option});
            arguments.push_back({"value", step.value});
            break;
        case Call::Exit:
            arguments.push_back({"status", step.value});
            break;
        case Call::Accept:
        case Call::Close:
        case Call::Dup:
        case Call::GetSockName:
        case Call::GetPeerName:
        case Call::ProcNetTcp:
        case Call::Fork:
        case Call::WaitPid:
            break;
    }
    return arguments;
}

CallResult make_call(const Step& step, Descriptors& descriptors,
                     const model::SocketAddress& server) {
    const auto found = descriptors.find(step.on);
    const int fd = found == descriptors.end() ? -1 : found->second;
    if (step.call == Call::ProcNetTcp) {
        ProcNetTcp told =
            read_proc_net_tcp(server, step.on.empty() ? std::nullopt : std::optional(fd));
        return {told.rows, told.os_errno, std::move(told.text)};
    }
    std::string buffer(static_cast<std::size_t>(step.size), '\0');
    const Given given = call_kernel(step, fd, server, buffer);
    if (takes_data(step.call) && given.value >= 0)
        buffer.resize(static_cast<std::size_t>(given.value));
    CallResult result = in_words(step, given, std::move(buffer));
    keep_descriptor(step, result, descriptors);
    return result;
}

void allow_address_reuse(int fd) {
    const int yes = 1;
    setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
}

std::string errno_name(int os_errno) {
    if (os_errno == 0) return "";
    const char* name = strerrorname_np(os_errno);
    return name != nullptr ? name : "errno " + std::to_string(os_errno);
}

}  // namespace tcpstep::lab
