#include "app/exports/packetdrill/others.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <utility>
#include <variant>
#include <vector>

#include "model/connection.hpp"
#include "model/timeline.hpp"

namespace tcpstep::exports::packetdrill {

using namespace model;

namespace {

/// A socket that a call gave.
struct Given {
    CallId call = 0;
    std::size_t event = 0;  // at which it was given, of all the trace's
    bool accepted = false;
    std::vector<ConnectionIndex> of = {};  // with which its descriptors were used

    bool is_of(ConnectionIndex one) const {
        return std::find(of.begin(), of.end(), one) != of.end();
    }
};

// Follows the descriptors of an end through all of a trace.
class Sockets {
  public:
    Sockets(const Trace& trace, Role side) : side_(side) {
        Connection common;
        for (std::size_t i = 0; i < trace.events().size(); ++i) {
            const Event& event = trace.events()[i];
            at_ = i;
            if (const auto* call = std::get_if<CallEntered>(&event.fact)) {
                enter(*call, event.connection);
            } else if (const auto* returned = std::get_if<CallReturned>(&event.fact)) {
                leave(*returned);
            }
            if (event.connection) continue;
            const bool listened = common.listener_fd.has_value();
            apply(common, event);
            if (!listened && common.listener_fd) listens_.push_back(i);
        }
    }

    std::vector<Given>& given() { return given_; }
    /// How often the end had begun to listen before that event. With a listener its queue goes.
    std::size_t listens_before(std::size_t event) const {
        return static_cast<std::size_t>(std::lower_bound(listens_.begin(), listens_.end(), event) -
                                        listens_.begin());
    }

  private:
    using Name = std::pair<Process, std::int64_t>;

    void enter(const CallEntered& call, std::optional<ConnectionIndex> connection) {
        if (call.endpoint != side_) return;
        open_[call.id] = &call;
        const auto fd = descriptor_of(call);
        if (!fd || !connection) return;
        const auto found = names_.find({fd->process, fd->fd});
        if (found == names_.end()) return;
        Given& given = given_[found->second];
        if (!given.is_of(*connection)) given.of.push_back(*connection);
    }
    void leave(const CallReturned& returned) {
        const auto found = open_.find(returned.id);
        if (found == open_.end()) return;
        const CallEntered& call = *found->second;
        open_.erase(found);
        if (!returned.error.empty()) return;
        const auto fd = descriptor_of(call);
        const Name name{call.process, returned.result};
        if (call.call == "socket" || call.call == "accept") {
            names_[name] = given_.size();
            given_.push_back({call.id, at_, call.call == "accept"});
        } else if (call.call == "dup" && fd) {
            if (const auto of = names_.find({fd->process, fd->fd}); of != names_.end())
                names_[name] = of->second;
        } else if (call.call == "close" && fd) {
            names_.erase({fd->process, fd->fd});
        } else if (call.call == "fork") {
            const std::map<Name, std::size_t> before = names_;
            for (const auto& [one, socket] : before)
                if (one.first == call.process)
                    names_[{static_cast<Process>(returned.result), one.second}] = socket;
        }
    }

    Role side_;
    std::size_t at_ = 0;
    std::vector<Given> given_;
    std::map<Name, std::size_t> names_;          // of given_
    std::map<CallId, const CallEntered*> open_;  // have not returned
    std::vector<std::size_t> listens_;           // events
};

// The connections that became ESTABLISHED at an end that had listened, each at which event.
std::vector<std::pair<std::size_t, ConnectionIndex>> queued(const Trace& trace, Role side) {
    std::vector<std::pair<std::size_t, ConnectionIndex>> all;
    for (ConnectionIndex one = 0; one < trace.connections().size(); ++one) {
        const Timeline timeline(trace, one);
        for (std::size_t i = 0; i < timeline.size(); ++i) {
            for (const Effects::Change& change : timeline.effects(i).changes) {
                if (change.endpoint != side || change.change.to != State::Established) continue;
                if (timeline.at(i + 1).end(side).opened() != Opened::Passively) continue;
                all.emplace_back(&timeline.event(i) - trace.events().data(), one);
            }
        }
    }
    std::sort(all.begin(), all.end());
    return all;
}

// Of what accept() gave and nothing was done with: in their order, those that became ESTABLISHED.
void tell_by_order(Sockets& sockets, const Trace& trace, Role side) {
    const auto unused = [](const Given& given) { return given.accepted && given.of.empty(); };
    std::vector<Given>& all = sockets.given();
    if (std::none_of(all.begin(), all.end(), unused)) return;
    std::map<std::size_t, std::vector<ConnectionIndex>> queues;  // by the listener
    for (const auto& [event, one] : queued(trace, side)) {
        const bool used = std::any_of(all.begin(), all.end(), [&one = one](const Given& given) {
            return given.accepted && given.is_of(one);
        });
        if (!used) queues[sockets.listens_before(event)].push_back(one);
    }
    std::map<std::size_t, std::size_t> taken;
    for (Given& given : all) {
        if (!unused(given)) continue;
        const std::size_t listener = sockets.listens_before(given.event);
        const std::vector<ConnectionIndex>& queue = queues[listener];
        const std::size_t turn = taken[listener]++;
        if (turn < queue.size()) given.of.push_back(queue[turn]);
    }
}

}  // namespace

std::set<CallId> calls_of_others(const Trace& trace, Role side, ConnectionIndex own) {
    std::set<CallId> calls;
    if (trace.connections().size() < 2) return calls;
    Sockets sockets(trace, side);
    tell_by_order(sockets, trace, side);
    for (const Given& given : sockets.given())
        if (!given.of.empty() && !given.is_of(own)) calls.insert(given.call);
    return calls;
}

}  // namespace tcpstep::exports::packetdrill
