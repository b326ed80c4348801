#include "app/freelab/offer.hpp"

#include <algorithm>

#include "app/view/say.hpp"

namespace tcpstep::freelab {

using lesson::Actor;
using lesson::Call;
using view::say;
using view::Text;
using Kind = Descriptor::Kind;

namespace {

// What a blocked call waits for.
Text awaited(Call call) {
    switch (call) {
        case Call::Accept:
            return Text::FreeAwaitsConnection;
        case Call::Connect:
            return Text::FreeAwaitsAnswer;
        case Call::Recv:
            return Text::FreeAwaitsData;
        case Call::Send:
            return Text::FreeAwaitsRoom;
        case Call::Close:
        case Call::Shutdown:
            return Text::FreeAwaitsAcknowledgment;
        case Call::Socket:
        case Call::Bind:
        case Call::Listen:
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
    return Text::FreeAwaitsKernel;
}

// Why not, for an actor that is not blocked and has this descriptor.
class Judge {
  public:
    Judge(const Notebook& notebook, Actor actor, const std::vector<Descriptor>& open,
          const Descriptor& on)
        : notebook_(notebook), open_(open), server_(actor == Actor::Server), on_(on) {}

    std::string why_not(Deed deed) const {
        switch (deed) {
            case Deed::Socket:
            case Deed::SetSockOpt:
            case Deed::Close:
            case Deed::Dup:
            case Deed::GetSockName:
                return "";
            case Deed::Bind:
                return bind();
            case Deed::Listen:
                return listen();
            case Deed::Accept:
                return on_.kind == Kind::Listening ? "" : say(Text::FreeNotListening);
            case Deed::Connect:
                return connect();
            case Deed::Send:
                return send();
            case Deed::Recv:
                if (on_.kind != Kind::Connected) return say(Text::FreeNotConnected);
                return on_.end_was_read ? say(Text::FreeEndWasRead) : "";
            case Deed::GetPeerName:
                return on_.kind == Kind::Connected ? "" : say(Text::FreeNotConnected);
            case Deed::Shutdown:
                if (on_.kind != Kind::Connected) return say(Text::FreeNotConnected);
                return on_.sending_is_shut ? say(Text::FreeShutBefore) : "";
            case Deed::Abort:
                return abort();
        }
        return "";
    }

  private:
    std::string bind() const {
        switch (on_.kind) {
            case Kind::Fresh:
                return "";
            case Kind::Bound:
            case Kind::Listening:
                return say(Text::FreeBoundBefore);
            case Kind::Connected:
                return say(Text::FreeConnectedHasAddress);
        }
        return "";
    }
    std::string listen() const {
        if (!server_) return say(Text::FreeClientsConnect);
        switch (on_.kind) {
            case Kind::Fresh:
                return say(Text::FreeBindFirst);
            case Kind::Bound:
                return "";
            case Kind::Listening:
                return say(Text::FreeListensBefore);
            case Kind::Connected:
                return say(Text::FreeConnectedCannotListen);
        }
        return "";
    }
    std::string connect() const {
        if (on_.kind == Kind::Listening) return say(Text::FreeListenerCannotConnect);
        if (on_.kind == Kind::Connected) return say(Text::FreeConnectedBefore);
        return server_ && !bound_client(notebook_) ? say(Text::FreeNobodyToConnectTo) : "";
    }
    std::string send() const {
        if (on_.kind != Kind::Connected) return say(Text::FreeNotConnected);
        return on_.sending_is_shut ? say(Text::FreeSendingIsShut) : "";
    }

    // Only the close() of the last descriptor ends a connection.
    std::string abort() const {
        if (on_.kind != Kind::Connected) return say(Text::FreeNothingToAbort);
        const auto same = [&](const Descriptor& one) { return same_socket(one, on_); };
        const bool another = std::count_if(open_.begin(), open_.end(), same) > 1;
        return another ? say(Text::FreeAnotherDescriptor) : "";
    }

    const Notebook& notebook_;
    const std::vector<Descriptor>& open_;
    bool server_;
    const Descriptor& on_;
};

}  // namespace

std::string why_blocked(const Notebook& notebook, Actor actor) {
    const Made* blocked = notebook.blocked(actor);
    if (blocked == nullptr) return "";
    return say(Text::FreeBlocked, name(blocked->step.call), say(awaited(blocked->step.call)));
}

std::vector<Offer> offers(const Notebook& notebook, Actor actor, const std::string& descriptor) {
    const std::string blocked = why_blocked(notebook, actor);
    const auto open = notebook.descriptors(actor);
    const auto on = std::find_if(open.begin(), open.end(),
                                 [&](const Descriptor& d) { return d.name == descriptor; });
    std::vector<Offer> all;
    for (const Deed deed : kDeeds) {
        Offer offer{deed, blocked};
        const bool needs_socket = deed != Deed::Socket;
        if (blocked.empty() && needs_socket && on == open.end()) {
            offer.reason = say(Text::FreeNoSocket);
        } else if (blocked.empty() && needs_socket) {
            offer.reason = Judge(notebook, actor, open, *on).why_not(deed);
        }
        all.push_back(std::move(offer));
    }
    return all;
}

std::string best_descriptor(const Notebook& notebook, Actor actor, Deed deed) {
    const auto open = notebook.descriptors(actor);
    if (open.empty()) return "";
    for (auto on = open.rbegin(); on != open.rend(); ++on) {
        if (Judge(notebook, actor, open, *on).why_not(deed).empty()) return on->name;
    }
    return open.back().name;
}

std::optional<model::SocketAddress> bound_client(const Notebook& notebook) {
    for (const Actor actor : {Actor::Client, Actor::SecondClient}) {
        for (const Made& made : notebook.made()) {
            if (made.actor == actor && made.step.call == Call::Bind && made.succeeded() &&
                made.step.address) {
                return made.step.address;
            }
        }
    }
    return std::nullopt;
}

}  // namespace tcpstep::freelab
