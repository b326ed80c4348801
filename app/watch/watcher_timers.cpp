#include <algorithm>

#include "app/watch/watcher.hpp"

// When the kernel is asked.

namespace tcpstep::watch {

using model::Role;
using model::State;

namespace {

constexpr std::chrono::seconds kAgain{1};         // in a state that does not last
constexpr std::chrono::seconds kEstablished{30};  // in one that does
constexpr std::chrono::milliseconds kLate{20};    // timers of the kernel fire a little later

std::size_t index(Role role) {
    return role == Role::Client ? 0 : 1;
}

}  // namespace

std::optional<model::Time> Watcher::due() const {
    if (over()) return std::nullopt;
    if (timers_.empty()) {
        return flows_.size() == 0 ? std::nullopt : std::optional(ticked_ + kAgain);
    }
    return std::max(std::min(timers_.begin()->first, ticked_ + model::Duration(kAgain)),
                    ticked_ + kPause);
}

void Watcher::schedule(Slot slot, model::Time when) {
    cancel(slot);
    asking(slot).timer = timers_.emplace(when, slot);
}

void Watcher::cancel(Slot slot) {
    Asking& asking = this->asking(slot);
    if (asking.timer) timers_.erase(*asking.timer);
    asking.timer.reset();
}

// What was seen before proves nothing any more.
void Watcher::disturb(Slot slot, model::Time when) {
    ++flows_[slot].disturbed;
    asking(slot).before.reset();
    asking(slot).told = false;
    schedule(slot, when + kQuiet);
}

// Cheap: it is done for every segment.
void Watcher::follow(Slot slot, const model::SegmentSummary& segment) {
    Flow& flow = flows_[slot];
    flow.unacknowledged[index(segment.from)].sent(segment, segment.time);
    flow.unacknowledged[index(peer(segment.from))].answered(segment, segment.time);
    // An end that has waited for long already does not hide that the other one begins to.
    bool begins = false;
    for (std::size_t end = 0; end < 2; ++end)
        begins =
            begins || (can_wait(slot, end) && flow.unacknowledged[end].since() == segment.time);
    if (!begins) return;
    const model::Time when = segment.time + kAgain;
    const auto& timer = asking(slot).timer;
    if (!timer || when < (*timer)->first) schedule(slot, when);
}

// Its socket is here, and may give up.
bool Watcher::can_wait(Slot slot, std::size_t end) const {
    const auto& sample = asking_[slot].sampled[end];
    return sample && sample->state != State::Closed;
}

// When a socket that is here will have waited long enough for an acknowledgment to be asked for.
std::optional<model::Time> Watcher::in_vain(Slot slot) const {
    std::optional<model::Time> since;
    for (std::size_t i = 0; i < 2; ++i) {
        if (!can_wait(slot, i)) continue;
        const auto one = flows_[slot].unacknowledged[i].since();
        if (one) since = since ? std::min(*since, *one) : *one;
    }
    return since ? std::optional(*since + model::Duration(kAgain)) : std::nullopt;
}

// The timer was set for what has been acknowledged meanwhile: nothing is asked.
bool Watcher::put_off(Slot slot, model::Time now) {
    const Asking& asking = this->asking(slot);
    if (!asking.told || (asking.next && *asking.next <= now)) return false;
    const auto when = in_vain(slot);
    if (when && *when <= now) return false;
    if (when && (!asking.next || *when < *asking.next)) {
        schedule(slot, *when);
    } else if (asking.next) {
        schedule(slot, *asking.next);
    }
    return true;
}

std::optional<model::Time> Watcher::next_look(const Flow& flow, const View& view,
                                              model::Time now) const {
    if (!view[0] && !view[1]) return std::nullopt;  // neither end is here
    std::optional<model::Duration> wait;
    const auto within = [&wait](model::Duration time) {
        wait = wait ? std::min(*wait, time) : time;
    };
    for (const Role role : {Role::Client, Role::Server}) {
        const auto& sample = view[index(role)];
        if (!sample) continue;
        const State state = flow.states.state(role);
        if (state != State::Closed && flow.unacknowledged[index(role)].since() &&
            !sample->timer.empty()) {  // it may give up whenever that fires
            within(std::clamp<model::Duration>(std::chrono::milliseconds(sample->timer_ms) + kLate,
                                               kAgain, kEstablished));
        }
        switch (state) {
            case State::Closed:
                break;
            case State::Unknown:
            case State::Listen:
            case State::Established:
                within(kEstablished);
                break;
            case State::TimeWait:
                within(
                    std::max<model::Duration>(std::chrono::milliseconds(sample->timer_ms), kAgain) +
                    kLate);
                break;
            case State::SynSent:
            case State::SynRcvd:
            case State::FinWait1:
            case State::FinWait2:
            case State::CloseWait:
            case State::Closing:
            case State::LastAck:
                within(kAgain);
                break;
        }
    }
    return wait ? std::optional(now + *wait) : std::nullopt;
}

}  // namespace tcpstep::watch
