#include "tests/judge/derive.hpp"

#include <algorithm>
#include <variant>

#include <fmt/format.h>

namespace tcpstep::judge {

namespace {

using model::SocketAddress;
using model::State;
using model::Time;

// RFC 9293 3.10.7.4 calls them so.
bool is_synchronized(State state) {
    return state != State::Closed && state != State::Listen && state != State::SynSent &&
           state != State::SynRcvd;
}

// One end through the whole story, all uses of its addresses.
class EndHistory {
  public:
    EndHistory(const Record& record, SocketAddress local, SocketAddress remote)
        : record_(&record), local_(local), remote_(remote) {}

    std::vector<TrueState> tell();

  private:
    struct Fact {
        Time time;
        std::variant<StateEvent, Sample> what;
    };

    bool ours(const SocketAddress& local, const SocketAddress& remote) const {
        return local == local_ && remote == remote_;
    }
    bool is_refused(const StateEvent& event) const;
    std::vector<Fact> facts() const;
    State current() const { return states_.empty() ? State::Closed : states_.back().state; }
    void enter(State state, Time time, Source source);
    void take(const StateEvent& event);
    void take(const Sample& sample);
    bool has_begun_since(Time time, Time until) const;
    bool is_kept(Time time) const;
    void take_cookies(Time until);
    const model::Segment* last_syn(Time until) const;
    bool is_seen(const TrueState& closed, State before, Time until) const;

    const Record* record_;
    SocketAddress local_, remote_;
    std::vector<TrueState> states_;
    std::optional<StateEvent> ended_;  // closed, or a time-wait entry: the next sample tells
    Time cookies_until_;
    model::SeqNum syn_ack_;         // the number of its last SYN,ACK
    bool was_established_ = false;  // since then
};

bool EndHistory::is_refused(const StateEvent& event) const {
    return std::any_of(record_->refusals.begin(), record_->refusals.end(), [&](const Refusal& one) {
        return one.client == event.local && event.time >= one.before && event.time <= one.after;
    });
}

std::vector<EndHistory::Fact> EndHistory::facts() const {
    std::vector<Fact> facts;
    for (const StateEvent& event : record_->events) {
        if (ours(event.local, event.remote) && !is_refused(event))
            facts.push_back({event.time, event});
    }
    for (const Sample& sample : record_->samples) {
        if (!ours(sample.local, sample.remote)) continue;
        // What changed while the kernel was asked says nothing of before or after.
        const bool torn = std::any_of(
            record_->events.begin(), record_->events.end(), [&](const StateEvent& event) {
                return ours(event.local, event.remote) && !is_refused(event) &&
                       event.time >= sample.before && event.time <= sample.after;
            });
        if (!torn) facts.push_back({sample.before, sample});
    }
    std::stable_sort(facts.begin(), facts.end(),
                     [](const Fact& a, const Fact& b) { return a.time < b.time; });
    return facts;
}

void EndHistory::enter(State state, Time time, Source source) {
    was_established_ = was_established_ || is_synchronized(state);
    if (state != current()) states_.push_back({state, time, source});
}

void EndHistory::take(const StateEvent& event) {
    // Told by nobody: passed within this step, or a time-wait entry that made room.
    // LISTEN is its listener's, of which the kernel makes a copy for it.
    if (event.from != State::Listen) {
        enter(event.from, event.time, Source::Tracepoint);
    } else if (current() == State::SynRcvd && has_begun_since(states_.back().time, event.time)) {
        // The request that it was made of is another than that of the connection before.
        enter(State::Listen, event.time, Source::Tracepoint);
    }
    // Linux: a socket for which the accept queue has no room is made, and closed at once: what
    // there was before, a request or nothing, is there still.
    const bool may_stay = event.from == State::FinWait2 || event.from == State::Closing ||
                          event.from == State::SynRcvd;
    if (event.to == State::Closed && may_stay) {
        ended_ = event;
    } else {
        enter(event.to, event.time, Source::Tracepoint);
    }
}

void EndHistory::take(const Sample& sample) {
    const State found = sample.found ? sample.found->state : State::Closed;
    if (ended_) {
        const StateEvent ended = *ended_;
        ended_.reset();
        // Of a SYN cookie nothing is kept before the ACK is taken.
        const bool cookie = !states_.empty() && states_.back().source == Source::Cookie;
        if (ended.from != State::SynRcvd || !cookie) enter(found, ended.time, Source::Diag);
        return;
    }
    if (!sample.found && current() == State::SynRcvd) {
        if (states_.back().source == Source::Cookie) return;
        const bool listens = !record_->listener_gone || sample.before < *record_->listener_gone;
        enter(listens ? State::Listen : State::Closed, sample.before, Source::Diag);
    } else if (found != current() && (current() != State::Listen || sample.found)) {
        // Something new where a time-wait entry was, or another socket.
        const bool opens =
            found == State::SynSent || (found == State::SynRcvd && current() != State::SynSent);
        if (opens) enter(State::Closed, sample.before, Source::Diag);
        enter(found, sample.before, Source::Diag);
    }
}

bool EndHistory::has_begun_since(Time time, Time until) const {
    return std::any_of(record_->begun.begin(), record_->begun.end(), [&](const Begun& begun) {
        return begun.client == remote_ && begun.server == local_ && begun.time > time &&
               begun.time <= until;
    });
}

bool EndHistory::is_kept(Time time) const {
    const auto after = std::find_if(
        record_->samples.begin(), record_->samples.end(),
        [&](const Sample& one) { return ours(one.local, one.remote) && one.before >= time; });
    return after == record_->samples.end() || after->found;
}

// A SYN that was answered with a SYN,ACK, and the kernel keeps nothing of it: a SYN cookie. Not
// only in their own laboratory: also where a listener has too many requests.
void EndHistory::take_cookies(Time until) {
    for (const Captured& one : record_->captured) {
        if (one.time < cookies_until_ || one.time >= until) continue;
        const model::Flags flags = one.packet.segment.flags;
        if (!ours(one.packet.source, one.packet.destination)) continue;
        if (!flags.syn() || !flags.ack()) continue;
        // A copy of one that opened what is over.
        const bool old = one.packet.segment.seq == syn_ack_ && was_established_;
        if (one.packet.segment.seq != syn_ack_) was_established_ = false;
        syn_ack_ = one.packet.segment.seq;
        if (old || is_kept(one.time)) continue;
        if (current() == State::TimeWait) enter(State::Closed, one.time, Source::Cookie);
        if (current() == State::Closed || current() == State::Listen) {
            enter(State::SynRcvd, one.time, Source::Cookie);
        }
    }
    cookies_until_ = until;
}

// Whether a segment shows that the end has closed: it was brought about by one that arrived, or the
// end answered with RST afterwards, as who has no socket does; before it was opened again `until`.
bool EndHistory::is_seen(const TrueState& closed, State before, Time until) const {
    for (const Delivery& delivery : record_->deliveries) {
        if (!ours(delivery.destination, delivery.source)) continue;
        if (closed.time < delivery.before || closed.time > delivery.after) continue;
        if (before != State::TimeWait || delivery.flags.rst()) return true;
    }
    if (before == State::TimeWait) return false;
    const auto& all = record_->captured;
    const model::Segment* syn = before == State::SynSent ? last_syn(closed.time) : nullptr;
    return std::any_of(all.begin(), all.end(), [&](const Captured& one) {
        const model::Segment& segment = one.packet.segment;
        if (!ours(one.packet.source, one.packet.destination) || !segment.flags.rst()) return false;
        // Not one that answers an old segment: that is answered with a RST in SYN_SENT, too.
        if (syn != nullptr && !beyond_up_to(segment.seq, syn->seq, syn->end())) return false;
        return one.time + std::chrono::milliseconds(1) >= closed.time && one.time < until;
    });
}

const model::Segment* EndHistory::last_syn(Time until) const {
    const model::Segment* last = nullptr;
    for (const Captured& one : record_->captured) {
        if (one.time >= until) break;
        const model::Flags flags = one.packet.segment.flags;
        if (!ours(one.packet.source, one.packet.destination)) continue;
        if (flags.syn() && !flags.ack()) last = &one.packet.segment;
    }
    return last;
}

std::vector<TrueState> EndHistory::tell() {
    for (const Fact& fact : facts()) {
        take_cookies(fact.time);
        std::visit([this](const auto& what) { take(what); }, fact.what);
    }
    take_cookies(record_->ended);
    if (ended_) enter(State::Closed, ended_->time, Source::Tracepoint);
    for (std::size_t i = 0; i < states_.size(); ++i) {
        if (states_[i].state != State::Closed && states_[i].state != State::Listen) continue;
        const State before = i == 0 ? State::Closed : states_[i - 1].state;
        const Time until = i + 1 < states_.size() ? states_[i + 1].time : record_->ended;
        states_[i].unseen = !is_seen(states_[i], before, until);
    }
    if (!states_.empty() && states_.back().source == Source::Cookie &&
        states_.back().state == State::SynRcvd) {
        states_.push_back({State::Listen, record_->ended, Source::Cookie, true});
    }
    return states_;
}

std::vector<Time> beginnings(const Record& record, const SocketAddress& client,
                             const SocketAddress& server) {
    std::vector<Time> times;
    for (const Begun& begun : record.begun) {
        if (begun.client == client && begun.server == server) times.push_back(begun.time);
    }
    return times;
}

bool opens(const TrueState& state, bool client) {
    return state.state == (client ? State::SynSent : State::SynRcvd);
}

bool over(const std::vector<TrueState>& states, std::size_t at) {
    return at == 0 || states[at - 1].state == State::Closed ||
           states[at - 1].state == State::Listen;
}

// The states of an end by the uses of its addresses: each from its first opening after it began.
std::vector<std::vector<TrueState>> uses_of(const std::vector<TrueState>& all,
                                            const std::vector<Time>& times, bool client) {
    std::vector<std::vector<TrueState>> uses(times.size());
    std::size_t use = 0;
    for (std::size_t i = 0; i < all.size(); ++i) {
        if (opens(all[i], client) && over(all, i)) {
            while (use + 1 < times.size() && all[i].time >= times[use + 1]) ++use;
        }
        uses[use].push_back(all[i]);
    }
    return uses;
}

// When this end's first FIN was captured between two moments.
std::optional<Time> fin_of(const Record& record, const SocketAddress& local,
                           const SocketAddress& remote, Time from, Time until) {
    for (const Captured& one : record.captured) {
        const capture::Packet& packet = one.packet;
        if (packet.source != local || packet.destination != remote) continue;
        if (packet.segment.flags.fin() && one.time >= from && one.time < until) return one.time;
    }
    return std::nullopt;
}

// TrueEnd::shown.
std::vector<TrueState> shown_of(const std::vector<TrueState>& states, std::optional<Time> fin) {
    std::vector<TrueState> shown;
    bool waits = false;  // the FIN, behind data
    for (std::size_t i = 0; i < states.size(); ++i) {
        TrueState one = states[i];
        const bool moves_on = i + 1 < states.size() && (!fin || states[i + 1].time < *fin);
        if (one.state == State::FinWait1 && (!fin || moves_on)) {
            waits = true;
        } else if (one.state == State::LastAck && !fin) {
            waits = true;
        } else if (waits && one.state == State::Closing) {
            one.state = State::CloseWait;
            shown.push_back(one);
            if (fin) shown.push_back({State::LastAck, *fin, one.source});
        } else {
            if (waits && one.state == State::TimeWait) one.state = State::Closed;
            shown.push_back(one);
        }
    }
    return waits ? shown : std::vector<TrueState>{};
}

// Once it was established and is over, only an old copy opens it again.
void excuse_revived(std::vector<TrueState>& states) {
    bool established = false;
    bool over = false;
    for (TrueState& one : states) {
        if (over) one.unseen = true;
        established |= one.state == State::Established;
        over |= established && (one.state == State::Closed || one.state == State::Listen);
    }
}

// One end's use of its addresses, of all that it was in.
TrueEnd end_of(const Record& record, const SocketAddress& local, const SocketAddress& remote,
               const std::vector<std::vector<TrueState>>& uses, std::size_t which) {
    TrueEnd end{local, uses[which], {}};
    if (end.states.empty()) return end;
    Time until = record.ended;
    for (std::size_t i = uses.size(); i-- > which + 1;) {
        if (!uses[i].empty()) until = uses[i].front().time;
    }
    excuse_revived(end.states);
    end.shown = shown_of(end.states, fin_of(record, local, remote, end.states.front().time, until));
    return end;
}

}  // namespace

Truth derive(const Record& record) {
    Truth truth;
    truth.seed = record.plan.seed;
    truth.complete = record.traced;
    truth.lossless = record.lossless;
    truth.settled = record.settled;
    truth.story = describe(record.plan);
    std::vector<std::pair<SocketAddress, SocketAddress>> told;
    for (const Begun& begun : record.begun) {
        const auto which = std::pair(begun.client, begun.server);
        if (std::find(told.begin(), told.end(), which) != told.end()) continue;
        told.push_back(which);
        const auto times = beginnings(record, begun.client, begun.server);
        const auto client =
            uses_of(EndHistory(record, begun.client, begun.server).tell(), times, true);
        const auto server =
            uses_of(EndHistory(record, begun.server, begun.client).tell(), times, false);
        for (std::size_t use = 0; use < times.size(); ++use) {
            TrueConnection connection;
            connection.generation = static_cast<unsigned>(use + 1);
            connection.client = end_of(record, begun.client, begun.server, client, use);
            connection.server = end_of(record, begun.server, begun.client, server, use);
            // One socket: it is both ends.
            if (begun.client == begun.server) connection.server = {begun.server, {}, {}};
            truth.connections.push_back(std::move(connection));
        }
    }
    return truth;
}

}  // namespace tcpstep::judge
