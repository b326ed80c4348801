#include "app/freelab/moment.hpp"

#include <algorithm>

#include <nlohmann/json.hpp>

#include "app/lesson/json_of.hpp"

namespace tcpstep::freelab {

using lesson::Actor;
using lesson::Condition;
using model::Role;
using model::State;

namespace {

constexpr std::array kRoles = {Role::Client, Role::Server};

}  // namespace

void Moment::pass(const model::Event& event) {
    if (const auto* back = std::get_if<model::CallReturned>(&event.fact)) {
        for (const Made* made : last_) {
            if (made->id == back->id) returned_.push_back(made);
        }
    }
    if (event.connection) {
        while (connections_.size() <= *event.connection) connections_.push_back(common_);
        apply(connections_[*event.connection], event);
    } else {
        apply(common_, event);
        for (model::Connection& connection : connections_) apply(connection, event);
    }
    look();
}

void Moment::look() {
    const bool none = connections_.empty();
    ends_.resize(none ? 1 : connections_.size());
    for (std::size_t i = 0; i < ends_.size(); ++i) {
        const model::Connection& connection = none ? common_ : connections_[i];
        for (std::size_t role = 0; role < kRoles.size(); ++role) {
            const model::Endpoint& end = connection.end(kRoles[role]);
            End& seen = ends_[i][role];
            // That 60 s have passed nobody wants to wait for again.
            const bool waited_out = seen.state == State::TimeWait && end.state() == State::Closed;
            if (!waited_out) seen.state = end.state();
            seen.octets = std::max<std::uint64_t>(seen.octets, end.octets_received());
        }
    }
}

std::vector<Condition> Moment::calls(std::optional<Actor> except) const {
    std::vector<Condition> conditions;
    for (const Actor actor : lesson::kActors) {
        if (actor == except) continue;
        const auto last = std::find_if(last_.rbegin(), last_.rend(),
                                       [&](const Made* made) { return made->actor == actor; });
        if (last == last_.rend()) continue;
        const bool returned =
            std::find(returned_.begin(), returned_.end(), *last) != returned_.end();
        conditions.emplace_back(lesson::StepReached{role_of(actor), (*last)->step.label, returned});
    }
    return conditions;
}

std::vector<Condition> Moment::changed_ends(
    const Ends& before, std::optional<model::ConnectionIndex> connection) const {
    std::vector<Condition> conditions;
    for (std::size_t i = 0; i < ends_.size(); ++i) {
        if (connection && *connection != i) continue;
        // The newest needs no number; that it is the newest may change.
        const auto number = connections_.empty() ? 0U : static_cast<unsigned>(i + 1);
        for (std::size_t role = 0; role < kRoles.size(); ++role) {
            const End& now = ends_[i][role];
            const End then = i < before.size() ? before[i][role] : End{};
            if (now.state != then.state && now.state != State::Unknown && !connections_.empty())
                conditions.emplace_back(lesson::InState{kRoles[role], now.state, number});
            if (now.octets > then.octets)
                conditions.emplace_back(lesson::HasReceived{kRoles[role], now.octets, number});
        }
    }
    return conditions;
}

std::vector<lesson::InState> Moment::newest_states() const {
    std::vector<lesson::InState> states;
    if (ends_.empty()) return states;
    for (std::size_t role = 0; role < kRoles.size(); ++role) {
        const State state = ends_.back()[role].state;
        if (state != State::Unknown) states.push_back({kRoles[role], state, 0});
    }
    return states;
}

std::string text_of(const Condition& condition) {
    return lesson::json_of(std::vector{condition}).dump();
}

}  // namespace tcpstep::freelab
