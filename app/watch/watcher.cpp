#include "app/watch/watcher.hpp"

#include <algorithm>
#include <utility>

#include "capture/packet.hpp"
#include "model/machine.hpp"

namespace tcpstep::watch {

using model::Role;
using model::State;

namespace {

constexpr std::array kEnds = {Role::Client, Role::Server};

std::size_t index(Role role) {
    return role == Role::Client ? 0 : 1;
}

// It may be so without a segment: the socket is gone, or its process has closed and the FIN waits
// behind data; or nothing was known of this end.
bool needs_no_segment(State told, State kernel) {
    if (told == kernel) return false;
    if (told == State::Unknown || kernel == State::Closed) return true;
    const auto* edge = model::find_transition(told, model::On::Close, model::Opened::Either);
    return edge != nullptr && edge->to == kernel;
}

// Anything but a running timer and what is in the queues for a moment.
bool differs(const std::optional<model::SocketSampled>& one,
             const std::optional<model::SocketSampled>& other) {
    if (!one || !other) return one.has_value() != other.has_value();
    return one->state != other->state || one->timer != other->timer ||
           one->retransmits != other->retransmits || one->reused != other->reused;
}

}  // namespace

void Watcher::add(Audience& audience) {
    audience_.push_back(&audience);
    facts_ = facts_ || audience.wants_facts();
}

// Several processors capture at once: a little out of order.
model::Time Watcher::in_order(model::Time time) {
    return last_ = std::max(last_, time);
}

void Watcher::tell(const model::Event& event) {
    for (Audience* each : audience_) {
        if (each->wants_facts()) each->fact(event);
    }
}

void Watcher::take(const capture::WireSegment& segment) {
    if (full() || over()) return;
    const model::Time time = in_order(segment.summary.time);
    const auto placed = flows_.place(segment, time);
    if (!placed) return;
    Flow& flow = flows_[placed->slot];
    model::SegmentSummary summary = segment.summary;
    summary.time = time;
    summary.id = static_cast<model::SegmentId>(++tally_.segments);
    summary.from = flow.sender(segment);
    if (placed->began) {
        ++tally_.connections;
        asking(placed->slot) = {};
    }
    if (facts_) {
        model::Segment whole = capture::to_segment(segment);
        whole.id = summary.id;
        whole.from = summary.from;
        tell({time, placed->slot, model::SegmentSent{std::move(whole)}});
    }
    if (summary.flags.control() || !flow.states.quiet()) flow.remember(summary);
    const std::vector<model::TrackedChange> changes = flow.states.take(summary);
    tell_moved(placed->slot, time, changes);
    if (!changes.empty()) flows_.sort(placed->slot);
    if (placed->superseded) {
        flows_.sort(*placed->superseded);
        disturb(*placed->superseded, time);
    }
    if (placed->began || summary.flags.control() || !changes.empty()) disturb(placed->slot, time);
    follow(placed->slot, summary);
}

void Watcher::tell_moved(Slot slot, model::Time time,
                         const std::vector<model::TrackedChange>& changes) {
    const auto& lately = flows_[slot].lately;
    for (const model::TrackedChange& change : changes) {
        const model::SegmentId id = change.edge() == nullptr ? change.after : change.cause;
        const auto found = std::find_if(lately.begin(), lately.end(),
                                        [id](const auto& one) { return id != 0 && one.id == id; });
        tell_moved({time, slot, change, false,
                    found == lately.end() ? std::nullopt : std::optional(*found)});
    }
}

void Watcher::tell_moved(const Moved& moved) {
    if (over()) return;
    if (!moved.is_beginning()) ++tally_.transitions;
    for (Audience* each : audience_) each->moved(moved);
}

Result<void> Watcher::tick(model::Time now, const std::function<void()>& drain) {
    if (over()) return {};
    std::vector<Look> looks;
    while (!timers_.empty() && timers_.begin()->first <= now && looks.size() < kAtOnce) {
        const Slot slot = timers_.begin()->second;
        cancel(slot);
        if (put_off(slot, now)) continue;
        auto view = look(slot);
        if (!view) return tl::make_unexpected(view.error());
        looks.push_back({slot, flows_[slot].disturbed, std::move(*view)});
    }
    drain();
    for (const Look& each : looks) {
        if (flows_[each.slot].disturbed == each.disturbed) accept(each, now);
    }
    forget_expired(now);
    ticked_ = now;
    return {};
}

void Watcher::lost(std::uint64_t total, model::Time now) {
    if (total == tally_.lost) return;
    tally_.lost = total;
    const model::Time time = in_order(now);
    tell({time, std::nullopt, model::SegmentsLost{total}});
    for (Audience* each : audience_) each->lost(time, total);
}

Watcher::Asking& Watcher::asking(Slot slot) {
    if (slot >= asking_.size()) asking_.resize(std::size_t{slot} + 1);
    return asking_[slot];
}

Result<Watcher::View> Watcher::look(Slot slot) {
    const Flow& flow = flows_[slot];
    View view;
    for (const Role role : kEnds) {
        // Of a connection to itself there is one socket, which is the client's.
        if (role == Role::Server && flow.id.client == flow.id.server) break;
        const State told = flow.states.state(role);
        auto sample = ask_(flow, role);
        if (!sample) return tl::make_unexpected(sample.error());
        view[index(role)] = std::move(*sample);
        auto& seen = view[index(role)];
        // The kernel's socket between these addresses is the next connection's.
        const bool still_waits = told == State::TimeWait && seen && seen->state == told;
        if (flow.superseded && seen && seen->state != State::Closed && !still_waits) {
            seen = model::SocketSampled{};
            seen->endpoint = role;
            seen->state = State::Closed;
            seen->reused = true;
        }
    }
    return view;
}

void Watcher::accept(const Look& look, model::Time now) {
    Asking& asking = this->asking(look.slot);
    std::array<std::optional<State>, 2> states;
    for (std::size_t i = 0; i < 2; ++i) {
        if (look.view[i]) states[i] = look.view[i]->state;
    }
    if (asking.before != states) {
        asking.before = states;
        asking.next = now + kQuiet;
        schedule(look.slot, *asking.next);
        return;
    }
    confirm(look, now);
    asking.next = next_look(flows_[look.slot], look.view, now);
    if (asking.next) schedule(look.slot, *asking.next);
}

void Watcher::confirm(const Look& look, model::Time now) {
    Flow& flow = flows_[look.slot];
    Asking& asking = this->asking(look.slot);
    const model::Time time = in_order(now);
    if (look.view[0] || look.view[1]) tell_moved(look.slot, time, flow.states.silent_until(time));
    Compared compared{time, look.slot, {}, {}};
    for (const Role role : kEnds) {
        const std::size_t i = index(role);
        const auto& sample = look.view[i];
        if (!sample) continue;
        if (!asking.told || differs(sample, asking.sampled[i])) tell({time, look.slot, *sample});
        if (needs_no_segment(flow.states.state(role), sample->state))
            prove(look.slot, role, sample->state, time);
        compared.kernel[i] = sample->state;
        compared.told[i] = flow.states.state(role);
    }
    const bool agrees = compared.agrees();
    const bool anything = compared.kernel[0] || compared.kernel[1];
    if (anything && (!asking.told || !agrees) && !over()) {
        ++tally_.compared;
        if (!agrees) ++tally_.differing;
        for (Audience* each : audience_) each->compared(compared);
    }
    if (!agrees) {  // said once; from here on the kernel's word counts
        for (const Role role : kEnds) {
            const auto& state = compared.kernel[index(role)];
            if (state && *state != compared.told[index(role)]) prove(look.slot, role, *state, time);
        }
    }
    for (const Role role : kEnds) {  // what agreed is proved, too
        if (const auto& state = compared.kernel[index(role)]) flow.states.shown(role, *state);
    }
    asking.told = true;
    asking.sampled = look.view;
    flows_.sort(look.slot);
}

void Watcher::prove(Slot slot, Role end, State state, model::Time time) {
    Flow& flow = flows_[slot];
    model::TrackedChange change;
    change.endpoint = end;
    change.from = flow.states.state(end);
    change.to = state;
    if (change.from == State::TimeWait && state == State::Closed) {
        if (const auto* edge = model::find_transition(State::TimeWait, model::On::TimeWaitEnds,
                                                      model::Opened::Either)) {
            change.edge_index = static_cast<std::uint8_t>(edge - model::kMachine.data());
        }
    }
    flow.states.shown(end, state);
    tell_moved({time, slot, change, true, std::nullopt});
}

void Watcher::forget_expired(model::Time now) {
    while (const auto slot = flows_.expired(now)) {
        cancel(*slot);
        for (Audience* each : audience_) each->forgotten(*slot);
        flows_.forget(*slot);
    }
}

}  // namespace tcpstep::watch
