#include "app/freelab/wish.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "app/freelab/offer.hpp"
#include "app/view/say.hpp"

namespace tcpstep::freelab {

using lesson::Actor;
using lesson::Call;
using lesson::Step;

namespace {

// A port of its own for each client that wants one.
model::SocketAddress beside(const model::SocketAddress& server, Actor actor) {
    const int distance = actor == Actor::SecondClient ? 2 : 1;
    constexpr int kHighest = 65535;
    const int port = server.port + distance;
    return {server.ip,
            static_cast<std::uint16_t>(port <= kHighest ? port : server.port - distance)};
}

Step plain(Call call, const std::string& on, const Wish& wish, const Notebook& notebook) {
    Step step;
    step.call = call;
    step.label = notebook.new_label(wish.actor, call);
    if (call != Call::Socket) step.on = on;
    if (call == Call::Socket || call == Call::Accept || call == Call::Dup)
        step.as = notebook.new_name(wish.actor, call);
    return step;
}

void fill(Step& step, const Wish& wish, const Notebook& notebook,
          const model::SocketAddress& server) {
    switch (step.call) {
        case Call::Bind:
            step.address = wish.address;
            if (!step.address && wish.actor != Actor::Server)
                step.address = beside(server, wish.actor);
            break;
        case Call::Connect:
            step.address = wish.address;
            if (!step.address && wish.actor == Actor::Server) step.address = bound_client(notebook);
            break;
        case Call::Listen:
            step.backlog = wish.number.value_or(kBacklog);
            break;
        case Call::Send:
            step.data = wish.data.value_or(kSentText);
            break;
        case Call::Recv:
            step.size = wish.number.value_or(kRecvSize);
            break;
        case Call::Shutdown:
            step.how = wish.how;
            break;
        case Call::SetSockOpt:
            step.option = wish.option;
            step.value = wish.number.value_or(kOptionValue);
            break;
        case Call::Socket:
        case Call::Accept:
        case Call::Close:
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

// Why it cannot be done; "" if it can.
std::string obstacle(const Wish& wish, const std::string& on, const Notebook& notebook) {
    if (std::string blocked = why_blocked(notebook, wish.actor); !blocked.empty()) return blocked;
    const auto open = notebook.descriptors(wish.actor);
    const bool there =
        std::any_of(open.begin(), open.end(), [&](const Descriptor& d) { return d.name == on; });
    if (wish.anyway && there) return "";
    for (const Offer& offer : offers(notebook, wish.actor, on)) {
        if (offer.deed == wish.deed) return offer.reason;
    }
    return "";
}

}  // namespace

Result<std::vector<Step>> steps_for(const Wish& wish, const Notebook& notebook,
                                    const model::SocketAddress& server) {
    const std::string on =
        wish.on.empty() ? best_descriptor(notebook, wish.actor, wish.deed) : wish.on;
    if (std::string why = obstacle(wish, on, notebook); !why.empty())
        return fail(ErrorKind::BadInput, fmt::format("{}: {}", name(wish.deed), why));
    std::vector<Step> steps;
    if (wish.deed == Deed::Abort) {
        Step linger = plain(Call::SetSockOpt, on, wish, notebook);
        linger.option = "SO_LINGER";
        linger.value = 0;
        steps.push_back(std::move(linger));
    }
    Step step = plain(call_of(wish.deed), on, wish, notebook);
    fill(step, wish, notebook, server);
    if (step.address && step.address->ip.v6 != server.ip.v6)
        return fail(ErrorKind::BadInput,
                    view::say(view::Text::LabOtherFamily, name(wish.deed), server.ip.v6 ? 6 : 4));
    steps.push_back(std::move(step));
    return steps;
}

}  // namespace tcpstep::freelab
