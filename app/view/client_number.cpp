#include "app/view/client_number.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <optional>
#include <string_view>
#include <utility>

#include "app/view/say.hpp"
#include "app/view/segment_text.hpp"
#include "model/connection.hpp"

namespace tcpstep::view {

using namespace model;

namespace {

// Whose sockets the client's are, as its calls tell: that of a second client says so (the call's
// argument "client").
class Clients {
  public:
    explicit Clients(const Trace& trace) {
        for (const Event& event : trace.events()) {
            if (const auto* call = std::get_if<CallEntered>(&event.fact)) {
                enter(*call, event.connection);
            } else if (const auto* back = std::get_if<CallReturned>(&event.fact)) {
                leave(*back);
            }
        }
    }

    bool several() const { return several_; }
    unsigned of_call(CallId id) const { return find(calls_, id); }
    unsigned of_connection(ConnectionIndex index) const { return find(connections_, index); }

  private:
    void enter(const CallEntered& call, std::optional<ConnectionIndex> connection) {
        if (call.endpoint != Role::Client) return;
        unsigned number = 1;
        if (const auto on = descriptor_of(call)) {
            number = std::max(1U, find(sockets_, on->fd));
            if (connection) connections_.emplace(*connection, number);
        }
        for (const CallArgument& argument : call.arguments) {
            const auto* given = std::get_if<std::int64_t>(&argument.value);
            if (argument.name != "client" || given == nullptr) continue;
            number = static_cast<unsigned>(*given);
            several_ = true;
        }
        calls_[call.id] = number;
    }
    void leave(const CallReturned& back) {
        const bool opens = back.call == "socket" || back.call == "dup" || back.call == "accept";
        if (back.endpoint == Role::Client && opens && back.error.empty())
            sockets_[back.result] = std::max(1U, of_call(back.id));
    }
    template <class Key>
    static unsigned find(const std::map<Key, unsigned>& all, Key key) {
        const auto found = all.find(key);
        return found == all.end() ? 0 : found->second;
    }

    std::map<CallId, unsigned> calls_;
    std::map<std::int64_t, unsigned> sockets_;
    std::map<ConnectionIndex, unsigned> connections_;
    bool several_ = false;
};

// Nobody knows of what is captured how many clients there are.
bool of_a_lab(const Trace& trace) {
    const auto* scenario =
        trace.events().empty() ? nullptr : std::get_if<Scenario>(&trace.events().front().fact);
    return scenario != nullptr && scenario->lab;
}

}  // namespace

unsigned client_number(const Timeline& timeline, std::size_t event) {
    if (!of_a_lab(timeline.trace())) return 0;
    const Clients clients(timeline.trace());
    if (!clients.several()) return 0;
    const Fact& fact = timeline.event(event).fact;
    if (const auto* call = std::get_if<CallEntered>(&fact)) return clients.of_call(call->id);
    if (const auto* back = std::get_if<CallReturned>(&fact)) return clients.of_call(back->id);
    return timeline.connection() ? clients.of_connection(*timeline.connection()) : 0;
}

EndWords::EndWords(const Timeline& timeline, std::size_t event)
    : client_(role_word(Role::Client)), server_(role_word(Role::Server)) {
    if (const unsigned number = client_number(timeline, event); number != 0)
        client_ = say(Text::ClientNumber, number);
}

std::string without_article(std::string sentence) {
    using namespace std::string_view_literals;
    constexpr std::array kShorter = {std::pair{"The client "sv, "Client "sv},
                                     std::pair{"the client "sv, "client "sv}};
    for (const auto& [with, without] : kShorter) {
        for (std::size_t at = sentence.find(with); at != std::string::npos;
             at = sentence.find(with, at + 1)) {
            const std::size_t next = at + with.size();
            const bool number =
                next < sentence.size() && sentence[next] >= '1' && sentence[next] <= '9';
            if (number) sentence.replace(at, with.size(), without);
        }
    }
    return sentence;
}

}  // namespace tcpstep::view
