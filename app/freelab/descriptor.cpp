#include "app/freelab/descriptor.hpp"

#include <algorithm>
#include <utility>

#include "app/freelab/notebook.hpp"

namespace tcpstep::freelab {

using lesson::Call;

namespace {

Descriptor opened(const Made& made, const Descriptor* on) {
    Descriptor descriptor;
    if (made.step.call == Call::Dup && on != nullptr) descriptor = *on;
    descriptor.name = made.step.as;
    if (made.step.call != Call::Dup) descriptor.socket = descriptor.name;
    descriptor.fd = made.result;
    if (made.step.call == Call::Accept) descriptor.kind = Descriptor::Kind::Connected;
    return descriptor;
}

// What a call that succeeded has made of the descriptor it worked on.
void change(const Made& made, Descriptor& on) {
    switch (made.step.call) {
        case Call::Bind:
            on.kind = Descriptor::Kind::Bound;
            on.bound = made.step.address;
            break;
        case Call::Listen:
            on.kind = Descriptor::Kind::Listening;
            break;
        case Call::Connect:
            on.kind = Descriptor::Kind::Connected;
            break;
        case Call::Recv:
            on.end_was_read = made.result == 0;
            break;
        case Call::Shutdown:
            on.sending_is_shut = on.sending_is_shut || made.step.how != "SHUT_RD";
            break;
        case Call::Socket:
        case Call::Accept:
        case Call::Send:
        case Call::Close:
        case Call::SetSockOpt:
        case Call::Dup:
        case Call::GetSockName:
        case Call::GetPeerName:
        case Call::SendTo:
        case Call::RecvFrom:
        case Call::ProcNetTcp:
        case Call::Fork:
        case Call::WaitPid:
        case Call::Exit:
            break;
    }
}

}  // namespace

bool same_socket(const Descriptor& a, const Descriptor& b) {
    return a.socket == b.socket;
}

void apply(const Made& made, std::vector<Descriptor>& open) {
    if (!made.returned_at) return;
    const auto on = std::find_if(open.begin(), open.end(),
                                 [&](const Descriptor& d) { return d.name == made.step.on; });
    // Linux gives the descriptor back whatever close() returns, but for EBADF. close(2)
    if (made.step.call == Call::Close && on != open.end()) {
        open.erase(on);
        return;
    }
    if (!made.succeeded()) return;
    if (on != open.end()) {
        for (Descriptor& one : open) {
            if (&one != &*on && same_socket(one, *on)) change(made, one);
        }
        change(made, *on);
    }
    if (!made.step.as.empty()) open.push_back(opened(made, on == open.end() ? nullptr : &*on));
}

}  // namespace tcpstep::freelab
