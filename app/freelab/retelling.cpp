#include "app/freelab/retelling.hpp"

#include <algorithm>
#include <array>
#include <chrono>

#include "app/freelab/moment.hpp"
#include "app/freelab/wire_story.hpp"

namespace tcpstep::freelab {

using lesson::Actor;
using lesson::Condition;

namespace {

// Longer than Linux delays an ACK as a rule (TCP_DELACK_MIN is 40 ms), and shorter than its
// shortest retransmission timeout, 200 ms.
constexpr std::chrono::milliseconds kDelayedAck{100};

// A state that the next segment ends: where none is held nobody can wait for it, and no run comes
// to its end there.
bool passes(model::State state) {
    using model::State;
    constexpr std::array kPassing = {State::SynSent, State::SynRcvd, State::FinWait1,
                                     State::Closing, State::LastAck};
    return std::find(kPassing.begin(), kPassing.end(), state) != kPassing.end();
}
bool passes(const Condition& condition) {
    const auto* in_state = std::get_if<lesson::InState>(&condition);
    return in_state != nullptr && passes(in_state->state);
}

class Teller {
  public:
    Teller(const std::vector<Made>& made, const model::Trace& trace)
        : made_(made), trace_(trace), moment_(made), wire_(told_.remarks, trace.numbers()) {}

    Retelling tell() {
        std::size_t next = 0;  // of made_
        for (std::size_t i = 0; i < trace_.events().size(); ++i) {
            const model::Event& event = trace_.events()[i];
            if (const auto* scenario = std::get_if<model::Scenario>(&event.fact))
                gated_ = scenario->gated;
            if (next < made_.size() && made_[next].entered() && made_[next].entered_at == i)
                add_step(made_[next++]);
            note_acknowledgment(event);
            moment_.pass(event);
            wire_.pass(event, moment_);
        }
        finish();
        return std::move(told_);
    }

  private:
    void add_step(const Made& made) {
        lesson::Step step = made.step;
        step.fails_with = made.error;
        step.may_stay_blocked = !made.returned_at;
        // What this actor has waited for before is certain.
        for (const Condition& condition : moment_.calls(made.actor)) {
            if (known_[made.actor].insert(text_of(condition)).second)
                step.after.push_back(condition);
        }
        // The calls are in one order: what an earlier one waited for is certain, too.
        for (const Condition& condition : moment_.changed_ends(before_)) {
            if (gated_ || !passes(condition)) step.after.push_back(condition);
        }
        if (acknowledged_) step.pause = kDelayedAck;
        acknowledged_ = false;
        before_ = moment_.ends();
        moment_.entered(made);
        steps_of(made.actor).push_back(std::move(step));
    }

    // A kernel may delay an ACK that carries nothing else, and then send it with what a call sends:
    // where it went out before the call, the call waits for it. That of the handshake is not
    // delayed.
    void note_acknowledgment(const model::Event& event) {
        const auto* sent = std::get_if<model::SegmentSent>(&event.fact);
        if (sent == nullptr || sent->copy_of != 0) return;
        const model::Segment& segment = sent->segment;
        const bool bare = segment.length == 0 && segment.flags == model::Flags(model::Flags::kAck);
        if (!bare) return;
        const bool handshake = segment.from == model::Role::Client &&
                               open_.insert(event.connection.value_or(0)).second;
        acknowledged_ = acknowledged_ || !handshake;
    }

    std::vector<lesson::Step>& steps_of(Actor actor) {
        if (actor == Actor::Server) return told_.lesson.server_steps;
        return actor == Actor::Client ? told_.lesson.client_steps
                                      : told_.lesson.second_client_steps;
    }

    void finish() {
        wire_.finish();
        told_.lesson.wire = wire_.rules();
        told_.lesson.held = gated_;
        const std::vector<Condition> ends = moment_.changed_ends({});
        const bool passing =
            std::any_of(ends.begin(), ends.end(), [](const Condition& end) { return passes(end); });
        const bool stops = gated_ && (passing || wire_.stops_on_the_way());
        told_.lesson.needs_gate = gated_ && (stops || !told_.lesson.wire.empty());
        for (const lesson::InState& end : moment_.newest_states()) {
            if (stops || !passes(end.state)) told_.lesson.ends_with.push_back(end);
        }
        if (stops) {
            told_.lesson.ends_when = ends;
            for (Condition& sent : wire_.awaited()) told_.lesson.ends_when.push_back(sent);
        }
        if (moment_.connections() == 1) leave_number_out();
    }

    // Where there is but one connection it needs no number.
    void leave_number_out() {
        for (const Actor actor : lesson::kActors) {
            for (lesson::Step& step : steps_of(actor)) leave_number_out(step.after);
        }
        leave_number_out(told_.lesson.ends_when);
        for (lesson::WireRule& rule : told_.lesson.wire) {
            rule.segment.connection = 0;
            leave_number_out(rule.after);
        }
    }
    static void leave_number_out(std::vector<Condition>& conditions) {
        for (Condition& condition : conditions) {
            if (auto* state = std::get_if<lesson::InState>(&condition)) state->connection = 0;
            if (auto* octets = std::get_if<lesson::HasReceived>(&condition)) octets->connection = 0;
            if (auto* sent = std::get_if<lesson::WasSent>(&condition)) sent->segment.connection = 0;
        }
    }

    const std::vector<Made>& made_;
    const model::Trace& trace_;
    Retelling told_;
    Moment moment_;
    WireStory wire_;
    std::map<Actor, std::set<std::string>> known_;
    Moment::Ends before_;  // when the call before was entered
    bool gated_ = false;
    bool acknowledged_ = false;              // by a bare ACK, since the call before
    std::set<model::ConnectionIndex> open_;  // whose client has sent one
};

}  // namespace

Retelling retell(const std::vector<Made>& made, const model::Trace& trace) {
    return Teller(made, trace).tell();
}

}  // namespace tcpstep::freelab
