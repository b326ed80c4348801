#include "app/lab/socket_call.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <string_view>

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <unistd.h>

namespace tcpstep::lab {

namespace {

using lesson::Call;
using lesson::Step;

struct KernelAddress {
    sockaddr_storage storage{};
    socklen_t length = 0;
    const sockaddr* get() const { return reinterpret_cast<const sockaddr*>(&storage); }
};

KernelAddress kernel_address(const model::SocketAddress& address) {
    KernelAddress out;
    if (address.ip.v6) {
        sockaddr_in6 v6{};
        v6.sin6_family = AF_INET6;
        v6.sin6_port = htons(address.port);
        std::copy_n(address.ip.bytes.begin(), 16, v6.sin6_addr.s6_addr);
        out.length = sizeof v6;
        std::memcpy(&out.storage, &v6, sizeof v6);
    } else {
        sockaddr_in v4{};
        v4.sin_family = AF_INET;
        v4.sin_port = htons(address.port);
        std::memcpy(&v4.sin_addr, address.ip.bytes.data(), 4);
        out.length = sizeof v4;
        std::memcpy(&out.storage, &v4, sizeof v4);
    }
    return out;
}

int shutdown_how(const std::string& how) {
    if (how == "SHUT_RD") return SHUT_RD;
    return how == "SHUT_WR" ? SHUT_WR : SHUT_RDWR;
}

std::int64_t receive(int fd, std::int64_t size) {
    std::vector<char> buffer(static_cast<std::size_t>(size));
    return recv(fd, buffer.data(), buffer.size(), 0);
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

const model::SocketAddress& address_of(const Step& step, const model::SocketAddress& server) {
    return step.address ? *step.address : server;
}

std::int64_t call_kernel(const Step& step, int fd, const model::SocketAddress& server) {
    const KernelAddress address = kernel_address(address_of(step, server));
    switch (step.call) {
        case Call::Socket:
            return socket(server.ip.v6 ? AF_INET6 : AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
        case Call::Bind:
            return bind(fd, address.get(), address.length);
        case Call::Listen:
            return listen(fd, static_cast<int>(step.backlog));
        case Call::Accept:
            return accept4(fd, nullptr, nullptr, SOCK_CLOEXEC);
        case Call::Connect:
            return connect(fd, address.get(), address.length);
        case Call::Send:
            return send(fd, step.data.data(), step.data.size(), MSG_NOSIGNAL);
        case Call::Recv:
            return receive(fd, step.size);
        case Call::Shutdown:
            return shutdown(fd, shutdown_how(step.how));
        case Call::Close:
            return close(fd);
        case Call::SetSockOpt:
            return set_option(fd, step.option, step.value);
    }
    return -1;
}

}  // namespace

std::vector<model::CallArgument> arguments_of(const Step& step, const Descriptors& descriptors,
                                              const model::SocketAddress& server) {
    std::vector<model::CallArgument> arguments;
    if (!step.on.empty()) {
        const auto found = descriptors.find(step.on);
        arguments.push_back({"fd", std::int64_t{found == descriptors.end() ? -1 : found->second}});
    }
    switch (step.call) {
        case Call::Socket:
            arguments.push_back({"domain", server.ip.v6 ? "AF_INET6" : "AF_INET"});
            arguments.push_back({"type", "SOCK_STREAM"});
            break;
        case Call::Bind:
        case Call::Connect:
            arguments.push_back({"address", to_string(address_of(step, server))});
            break;
        case Call::Listen:
            arguments.push_back({"backlog", step.backlog});
            break;
        case Call::Send:
            arguments.push_back({"data", step.data});
            break;
        case Call::Recv:
            arguments.push_back({"size", step.size});
            break;
        case Call::Shutdown:
            arguments.push_back({"how", step.how});
            break;
        case Call::SetSockOpt:
            arguments.push_back({"option", step.option});
            arguments.push_back({"value", step.value});
            break;
        case Call::Accept:
        case Call::Close:
            break;
    }
    return arguments;
}

CallResult make_call(const Step& step, Descriptors& descriptors,
                     const model::SocketAddress& server) {
    const auto found = descriptors.find(step.on);
    const std::int64_t value =
        call_kernel(step, found == descriptors.end() ? -1 : found->second, server);
    const CallResult result{value, value < 0 ? errno : 0};
    if (value >= 0 && !step.as.empty()) descriptors[step.as] = static_cast<int>(value);
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
