#include "app/lesson/lesson.hpp"

#include <algorithm>

namespace tcpstep::lesson {

namespace {

template <class Is>
bool any_socket(const std::vector<Step>& steps, Is is) {
    return std::any_of(steps.begin(), steps.end(), [&](const Step& step) {
        return (step.call == Call::Socket && is(step.kind)) || any_socket(step.child, is);
    });
}

// One of the lesson's sockets is of that kind.
template <class Is>
bool any_socket(const Lesson& lesson, Is is) {
    return any_socket(lesson.client_steps, is) || any_socket(lesson.second_client_steps, is) ||
           any_socket(lesson.server_steps, is);
}

}  // namespace

std::string_view name(Call call) {
    switch (call) {
        case Call::Socket:
            return "socket";
        case Call::Bind:
            return "bind";
        case Call::Listen:
            return "listen";
        case Call::Accept:
            return "accept";
        case Call::Connect:
            return "connect";
        case Call::Send:
            return "send";
        case Call::Recv:
            return "recv";
        case Call::Shutdown:
            return "shutdown";
        case Call::Close:
            return "close";
        case Call::SetSockOpt:
            return "setsockopt";
        case Call::Dup:
            return "dup";
        case Call::GetSockName:
            return "getsockname";
        case Call::GetPeerName:
            return "getpeername";
        case Call::SendTo:
            return "sendto";
        case Call::RecvFrom:
            return "recvfrom";
        case Call::ProcNetTcp:
            return "proc_net_tcp";
        case Call::Fork:
            return "fork";
        case Call::WaitPid:
            return "waitpid";
        case Call::Exit:
            return "exit";
    }
    return "";
}

std::string_view name(Family family) {
    return family == Family::Inet ? "inet" : "unix";
}

std::string_view name(SocketType type) {
    return type == SocketType::Stream ? "stream" : "datagram";
}

bool speaks_tcp(const Lesson& lesson) {
    return any_socket(lesson, [](const SocketKind& kind) { return kind.is_tcp(); }) ||
           !any_socket(lesson, [](const SocketKind&) { return true; });
}

bool speaks_udp(const Lesson& lesson) {
    return any_socket(lesson, [](const SocketKind& kind) {
        return kind.family == Family::Inet && kind.type == SocketType::Datagram;
    });
}

std::string_view name(WireAction action) {
    switch (action) {
        case WireAction::Deliver:
            return "deliver";
        case WireAction::Drop:
            return "drop";
        case WireAction::Duplicate:
            return "duplicate";
        case WireAction::HoldBack:
            return "hold_back";
        case WireAction::Reset:
            return "reset";
        case WireAction::ResetBack:
            return "reset_back";
        case WireAction::Stay:
            return "stay";
    }
    return "";
}

}  // namespace tcpstep::lesson
