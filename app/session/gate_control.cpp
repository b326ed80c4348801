#include "app/session/gate_control.hpp"

#include <variant>

namespace tcpstep::session {

using namespace model;

namespace {

// Does this event say what became of an order that concerns segment `id`, or a RST (0)?
struct Answers {
    SegmentId id;

    bool operator()(const SegmentDelivered& e) const { return e.id == id; }
    bool operator()(const SegmentDropped& e) const { return e.id == id; }
    bool operator()(const SegmentDuplicated& e) const { return e.id == id; }
    bool operator()(const SegmentHeldBack& e) const { return e.id == id; }
    bool operator()(const SegmentInjected&) const { return id == 0; }
    // Where no RST would be accepted, a note says so.
    bool operator()(const Marker&) const { return id == 0; }
    template <class Other>
    bool operator()(const Other&) const {
        return false;
    }
};

}  // namespace

void GateControl::forget_run() {
    automatic_ = false;
    pending_.reset();
}

void GateControl::set_policy(lab::HoldPolicy policy, Source* run) {
    policy_ = policy;
    if (run != nullptr) run->command(lab::SetHold{policy_});
}

void GateControl::set_automatic(bool on, std::chrono::milliseconds pace, Source& run) {
    automatic_ = on;
    run.command(lab::SetAutomatic{on, pace});
}

void GateControl::order(const lab::GateCommand& command, SegmentId id, Source& run,
                        const Trace& trace) {
    if (pending_) return;
    if (automatic_) set_automatic(false, {}, run);
    pending_ = Pending{id, trace.events().size()};
    run.command(command);
}

void GateControl::catch_up(const Source& run, const Trace& trace) {
    if (!pending_) return;
    const auto& events = trace.events();
    bool answered = run.settled();
    for (std::size_t& i = pending_->looked_at; i < events.size() && !answered; ++i) {
        answered = std::visit(Answers{pending_->id}, events[i].fact);
    }
    if (answered) pending_.reset();
}

}  // namespace tcpstep::session
