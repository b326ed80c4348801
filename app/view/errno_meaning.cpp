#include "app/view/errno_meaning.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <memory>
#include <optional>
#include <variant>

#include "app/view/say.hpp"
#include "model/connection.hpp"

namespace tcpstep::view {

namespace {

struct Meaning {
    std::string_view name;
    Text text;
};

constexpr std::array kMeanings = {
    Meaning{"ECONNREFUSED", Text::ErrnoConnRefused},
    Meaning{"EADDRINUSE", Text::ErrnoAddrInUse},
    Meaning{"EADDRNOTAVAIL", Text::ErrnoAddrNotAvail},
    Meaning{"ENOTCONN", Text::ErrnoNotConn},
    Meaning{"EISCONN", Text::ErrnoIsConn},
    Meaning{"EPIPE", Text::ErrnoPipe},
    Meaning{"ECONNRESET", Text::ErrnoConnReset},
    Meaning{"ECONNABORTED", Text::ErrnoConnAborted},
    Meaning{"ETIMEDOUT", Text::ErrnoTimedOut},
    Meaning{"EINVAL", Text::ErrnoInval},
    Meaning{"EBADF", Text::ErrnoBadF},
    Meaning{"EAGAIN", Text::ErrnoAgain},
    Meaning{"EOPNOTSUPP", Text::ErrnoOpNotSupp},
    Meaning{"EDESTADDRREQ", Text::ErrnoDestAddrReq},
    Meaning{"EALREADY", Text::ErrnoAlready},
    Meaning{"EINPROGRESS", Text::ErrnoInProgress},
    Meaning{"EACCES", Text::ErrnoAcces},
    Meaning{"ENOBUFS", Text::ErrnoNoBufs},
    Meaning{"EMFILE", Text::ErrnoMFile},
    Meaning{"EINTR", Text::ErrnoIntr},
    Meaning{"ENETUNREACH", Text::ErrnoNetUnreach},
    Meaning{"EHOSTUNREACH", Text::ErrnoHostUnreach},
    Meaning{"ENOPROTOOPT", Text::ErrnoNoProtoOpt},
    Meaning{"EAFNOSUPPORT", Text::ErrnoAfNoSupport},
};

using namespace model;

// A socket as the calls on it tell, whatever its descriptors are.
struct Known {
    bool connected = false;  // once
    bool shut = false;       // for sending
};

// What is known of the sockets of one process, by descriptor.
class KnownSockets {
  public:
    explicit KnownSockets(const CallReturned& of) : of_(of) {}

    void take(const CallEntered& call) {
        if (call.endpoint == of_.endpoint && call.process == of_.process) calls_[call.id] = &call;
    }
    void take(const CallReturned& back) {
        const auto call = calls_.find(back.id);
        if (call == calls_.end() || !back.error.empty()) return;
        const auto on = descriptor_of(*call->second);
        const auto socket = on ? sockets_.find(on->fd) : sockets_.end();
        if (back.call == "socket") sockets_[back.result] = std::make_shared<Known>();
        if (back.call == "accept" || back.call == "accept4")
            sockets_[back.result] = std::make_shared<Known>(Known{true, false});
        if (socket == sockets_.end()) return;
        if (back.call == "connect") socket->second->connected = true;
        if (back.call == "shutdown" && !has_text(*call->second, "SHUT_RD"))
            socket->second->shut = true;
        if (back.call == "dup") sockets_[back.result] = std::shared_ptr(socket->second);
        if (back.call == "close") sockets_.erase(on->fd);
    }
    void take(const auto&) {}

    // nullptr if nothing was told of it.
    const Known* of_call() const {
        const auto call = calls_.find(of_.id);
        const auto on = call == calls_.end() ? std::nullopt : descriptor_of(*call->second);
        const auto socket = on ? sockets_.find(on->fd) : sockets_.end();
        return socket == sockets_.end() ? nullptr : socket->second.get();
    }

  private:
    static bool has_text(const CallEntered& call, std::string_view text) {
        return std::any_of(call.arguments.begin(), call.arguments.end(),
                           [&](const CallArgument& argument) {
                               const auto* own = std::get_if<std::string>(&argument.value);
                               return own != nullptr && *own == text;
                           });
    }

    const CallReturned& of_;
    std::map<CallId, const CallEntered*> calls_;
    std::map<std::int64_t, std::shared_ptr<Known>> sockets_;
};

std::string pipe_meaning(const Trace& trace, std::size_t returned, const CallReturned& call) {
    KnownSockets sockets(call);
    for (std::size_t i = 0; i < returned; ++i)
        std::visit([&](const auto& fact) { sockets.take(fact); }, trace.events()[i].fact);
    const Known* socket = sockets.of_call();
    if (socket == nullptr) return say(Text::ErrnoPipe);
    if (!socket->connected) return say(Text::ErrnoPipeUnconnected);
    return say(socket->shut ? Text::ErrnoPipeShut : Text::ErrnoPipeGone);
}

}  // namespace

std::string failure_meaning(const Trace& trace, std::size_t returned) {
    const auto* call = std::get_if<CallReturned>(&trace.events().at(returned).fact);
    if (call == nullptr) return "";
    return call->error == "EPIPE" ? pipe_meaning(trace, returned, *call)
                                  : errno_meaning(call->error);
}

std::string errno_meaning(std::string_view name) {
    const auto* const found =
        std::find_if(kMeanings.begin(), kMeanings.end(),
                     [&](const Meaning& meaning) { return meaning.name == name; });
    return found == kMeanings.end() ? "" : say(found->text);
}

}  // namespace tcpstep::view
