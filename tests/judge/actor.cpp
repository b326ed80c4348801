#include "tests/judge/actor.hpp"

#include <cerrno>
#include <cstring>
#include <utility>
#include <vector>

#include <fmt/format.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include "tests/judge/native_address.hpp"

#ifndef TCP_FASTOPEN_NO_COOKIE
#define TCP_FASTOPEN_NO_COOKIE 34
#endif

namespace tcpstep::judge {

namespace {

void set(int fd, int level, int option, int value) {
    (void)::setsockopt(fd, level, option, &value, sizeof value);
}

std::string outcome(ssize_t result) {
    return result < 0 ? std::string(std::strerror(errno)) : std::to_string(result);
}

const std::vector<char>& octets() {
    static const std::vector<char> many(1 << 18, 'x');
    return many;
}

void keep_alive(int fd) {
    set(fd, SOL_SOCKET, SO_KEEPALIVE, 1);
    set(fd, IPPROTO_TCP, TCP_KEEPIDLE, 1);  // seconds
    set(fd, IPPROTO_TCP, TCP_KEEPINTVL, 1);
}

// -1 if its address is still taken.
int open_socket(const model::SocketAddress& local, const EndPlan& plan) {
    const int fd =
        ::socket(local.ip.v6 ? AF_INET6 : AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    set(fd, SOL_SOCKET, SO_REUSEADDR, 1);
    if (plan.receive_buffer != 0) {
        set(fd, SOL_SOCKET, SO_RCVBUF, static_cast<int>(plan.receive_buffer));
    }
    if (plan.keepalive) keep_alive(fd);
    NativeAddress at(local);
    if (::bind(fd, at.get(), at.length()) == 0) return fd;
    ::close(fd);
    return -1;
}

}  // namespace

Actor::Actor(std::string name, const EndPlan& plan, const model::SocketAddress& local,
             const model::SocketAddress& remote, Journal journal)
    : name_(std::move(name)),
      plan_(&plan),
      local_(local),
      remote_(remote),
      journal_(std::move(journal)) {}

Actor::~Actor() {
    if (open()) end_socket(true);
}

bool Actor::connect(const ConnectionPlan* fast_open, Clock::time_point now) {
    fd_ = open_socket(local_, *plan_);
    if (!open()) return false;
    NativeAddress to(remote_);
    ssize_t result = 0;
    if (fast_open != nullptr) {
        if (fast_open->no_cookie) set(fd_, IPPROTO_TCP, TCP_FASTOPEN_NO_COOKIE, 1);
        result = ::sendto(fd_, octets().data(), fast_open->syn_data, MSG_FASTOPEN | MSG_NOSIGNAL,
                          to.get(), to.length());
        journal_(fmt::format("{}: sendto({}, MSG_FASTOPEN) = {}", name_, fast_open->syn_data,
                             outcome(result)));
    } else {
        result = ::connect(fd_, to.get(), to.length());
        journal_(fmt::format("{}: connect() = {}", name_, outcome(result)));
    }
    due_ = now;
    connecting_ = result >= 0 || errno == EINPROGRESS;
    if (!connecting_) end_socket(false);
    return connecting_;
}

void Actor::accepted(int fd, Clock::time_point now) {
    journal_(name_ + ": accept()");
    if (plan_->keepalive) keep_alive(fd);
    fd_ = fd;
    due_ = now;
}

// Whether the next step may be made. A connection that has failed is closed.
bool Actor::ready() {
    if (!connecting_ || plan_->impatient) return true;
    pollfd one{fd_, POLLOUT, 0};
    if (::poll(&one, 1, 0) == 0) return false;
    connecting_ = false;
    int os_errno = 0;
    socklen_t length = sizeof os_errno;
    ::getsockopt(fd_, SOL_SOCKET, SO_ERROR, &os_errno, &length);
    if (os_errno == 0) return true;
    journal_(fmt::format("{}: is not connected: {}", name_, std::strerror(os_errno)));
    next_ = plan_->steps.size();
    end_socket(false);
    return false;
}

bool Actor::act(Clock::time_point now) {
    if (finished() || !ready()) return false;
    const Step& step = plan_->steps[next_];
    if (now < due_ + step.after) return false;
    due_ = now;
    ++next_;
    make(step);
    return true;
}

void Actor::end_socket(bool abort) {
    if (abort) {
        const linger at_once{1, 0};
        ::setsockopt(fd_, SOL_SOCKET, SO_LINGER, &at_once, sizeof at_once);
    }
    ::close(std::exchange(fd_, -1));
}

void Actor::make(const Step& step) {
    ssize_t result = 0;
    std::string call;
    switch (step.call) {
        case Call::Send:
            call = fmt::format("send({})", step.octets);
            result = ::send(fd_, octets().data(), step.octets, MSG_NOSIGNAL);
            break;
        case Call::ReadSome:
            call = fmt::format("recv({})", step.octets);
            result = ::recv(fd_, nullptr, step.octets, MSG_TRUNC);  // thrown away: tcp(7)
            break;
        case Call::ShutDownSending:
            call = "shutdown(SHUT_WR)";
            result = ::shutdown(fd_, SHUT_WR);
            break;
        case Call::ShutDownBoth:
            call = "shutdown(SHUT_RDWR)";
            result = ::shutdown(fd_, SHUT_RDWR);
            break;
        case Call::Close:
        case Call::Abort:
            call = step.call == Call::Close ? "close()" : "close() with SO_LINGER 0";
            end_socket(step.call == Call::Abort);
            break;
        case Call::Disconnect: {
            call = "connect(AF_UNSPEC)";
            sockaddr nobody{};
            nobody.sa_family = AF_UNSPEC;
            result = ::connect(fd_, &nobody, sizeof nobody);
            break;
        }
    }
    journal_(fmt::format("{}: {} = {}", name_, call, outcome(result)));
}

void Actor::read_all() {
    while (true) {
        const ssize_t got = ::recv(fd_, nullptr, 1 << 20, MSG_TRUNC | MSG_DONTWAIT);
        if (got <= 0) return;  // nothing yet, the end, or no connection
        journal_(fmt::format("{}: recv() = {}", name_, got));
    }
}

}  // namespace tcpstep::judge
