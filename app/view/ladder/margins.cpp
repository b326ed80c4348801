#include <algorithm>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "app/view/call_value.hpp"
#include "app/view/doubt_text.hpp"
#include "app/view/ladder/frame.hpp"
#include "app/view/ladder/margin_words.hpp"
#include "app/view/ladder/texts.hpp"

namespace tcpstep::view::ladder {

using namespace model;

namespace {

struct Look {
    float thickness, opacity;
};

// As a multiple of em. The more a state can do, the heavier its line.
Look look_of(State state) {
    switch (state) {
        case State::Unknown:
        case State::Closed:
            return {0.11F, 0.5F};
        case State::Listen:
            return {0.26F, 0.65F};
        case State::SynSent:
        case State::SynRcvd:
            return {0.36F, 0.85F};
        case State::Established:
            return {0.5F, 1.0F};
        case State::FinWait1:
        case State::FinWait2:
        case State::CloseWait:
        case State::Closing:
        case State::LastAck:
            return {0.36F, 0.85F};
        case State::TimeWait:
            return {0.26F, 0.65F};
    }
    return {0.11F, 0.5F};
}

class Margins {
  public:
    Margins(const LadderFrame& frame, TextPlacer& texts, Ladder& out)
        : f_(frame),
          in_(frame.in()),
          words_{{frame, texts, Role::Client}, {frame, texts, Role::Server}},
          out_(out) {}

    void add() {
        begin_at_first();
        for (std::size_t i = f_.first(); i < f_.last(); i = f_.next(i)) take(i);
        finish_lines();
        for (MarginWords& words : words_) words.settle();
    }

  private:
    void begin_at_first() {
        const Connection& connection = in_.timeline.at(f_.first());
        for (Role role : {Role::Client, Role::Server}) {
            span_start_[index(role)] = f_.top();
            state_[index(role)] = connection.end(role).state();
            if (const TimelineIndex::Change* change = last_change(role, f_.first())) {
                since_[index(role)] = change->event;
            }
        }
        if (f_.thinned()) return;
        for (const OpenCall& open : connection.open_calls) open_bar(open.call, -f_.em());
    }

    void take(std::size_t i) {
        // A bar whose end is not drawn would never end.
        if (f_.thinned()) return take_last_changes(i, f_.next(i));
        const Event& event = in_.timeline.event(i);
        if (const auto* entered = std::get_if<CallEntered>(&event.fact)) {
            open_bar(*entered, f_.row(i, 1));
            entry_text(i, *entered);
        } else if (const auto* returned = std::get_if<CallReturned>(&event.fact)) {
            const float lines = static_cast<float>(in_.rows.lines(i)) - 0.2F;
            close_bar(i, *returned, f_.row(i, lines * LadderRows::kTextLine));
            if (!in_.rows.joins_entry(i)) call_text(i, i);
        }
        take_changes(i);
    }

    void take_changes(std::size_t i) {
        float next[2] = {0, 0};
        for (const Effects::Change& change : in_.timeline.effects(i).changes) {
            const std::size_t end = index(change.endpoint);
            take_change(i, change, f_.anchor(i, change.endpoint) + next[end]);
            if (f_.axis().by_event()) next[end] += LadderRows::kChip * f_.unit();
        }
    }

    // Of each end the last one of those before `next`.
    void take_last_changes(std::size_t i, std::size_t next) {
        for (Role role : {Role::Client, Role::Server}) {
            if (const TimelineIndex::Change* change = last_change(role, next);
                change != nullptr && change->event >= i) {
                take_change(change->event, change->what, f_.row(i));
            }
        }
    }

    // The last one before event `end`; nullptr if there is none.
    const TimelineIndex::Change* last_change(Role role, std::size_t end) const {
        const auto& changes = in_.index.changes(role);
        const auto past = std::lower_bound(
            changes.begin(), changes.end(), end,
            [](const TimelineIndex::Change& one, std::size_t at) { return one.event < at; });
        return past == changes.begin() ? nullptr : &*(past - 1);
    }

    void take_change(std::size_t i, const Effects::Change& change, float at) {
        const Role role = change.endpoint;
        end_span(role, at);
        state_[index(role)] = change.change.to;
        since_[index(role)] = i;
        if (in_.rows.height(i) == 0 && !in_.rows.joins_entry(i)) return;  // the beginning
        LadderText chip;
        chip.text = state_text(change.change.to, change.doubt);
        chip.style = TextStyle::Label;
        chip.colour = role_colour(role);
        chip.frame = Frame::Pill;
        chip.stands_for = SelectedState{role, i};
        const TimelineIndex::Change* last = last_change(role, f_.position());
        const bool newest =
            last != nullptr && last->event == i && last->what.change.to == change.change.to;
        words_[index(role)].add_state(std::move(chip), i, at, newest);
    }

    void entry_text(std::size_t i, const CallEntered& call) {
        // Its return may stand in the same row: the next step, if that has happened already.
        const std::optional<std::size_t> step = in_.index.first_step_after(i);
        if (step && *step < f_.position() && in_.rows.joins_entry(*step)) {
            call_text(i, *step);
        } else {
            call_words(i, i, {call.endpoint, call.id},
                       {process_mark(call.process) + call_name(call.call)}, ColourRole::TextDim,
                       MarginWords::Call::Entered);
        }
    }

    // "bind() = 0", or in two lines "connect()" and "ECONNREFUSED", from the top of row `i`.
    void call_text(std::size_t i, std::size_t return_event) {
        const Event& event = in_.timeline.event(return_event);
        const auto& returned = std::get<CallReturned>(event.fact);
        const bool failed = !returned.error.empty();
        const std::string call = process_mark(returned.process) + call_name(returned.call);
        const std::string result = result_text(returned);
        std::vector<std::string> words = {call, result};
        if (text_lines(event) == 1) words = {call + " " + result};
        call_words(i, return_event, {returned.endpoint, returned.id}, std::move(words),
                   failed ? ColourRole::Rst : ColourRole::Text,
                   failed ? MarginWords::Call::Failed : MarginWords::Call::Returned);
    }

    // In row `i`, of what event `told` is.
    void call_words(std::size_t i, std::size_t told, SelectedCall call,
                    std::vector<std::string> words, ColourRole colour, MarginWords::Call how) {
        std::vector<LadderText> lines;
        for (std::string& line : words) {
            LadderText text;
            text.style = TextStyle::MonoSmall;
            text.colour = colour;
            text.text = std::move(line);
            text.stands_for = call;
            lines.push_back(std::move(text));
        }
        if (told == newest_step_) how = MarginWords::Call::Now;
        const float last = f_.line(i, static_cast<float>(lines.size() - 1));
        words_[index(call.end)].add_call(std::move(lines), f_.line(i, 0), last, how);
    }

    void open_bar(const CallEntered& call, float top) {
        const Role role = call.endpoint;
        const float away = f_.lane(role, in_.rows.lane(role, call.id));
        CallBar bar{
            role, f_.x(role) + LadderFrame::outward(role) * away, f_.bar_width(role), top, top,
            true};
        bar.call = call.id;
        bar.selected = Selection(SelectedCall{call.endpoint, call.id}) == in_.selection;
        open_bars_[index(call.endpoint)][call.id] = bar;
    }

    void close_bar(std::size_t i, const CallReturned& returned, float bottom) {
        auto& open = open_bars_[index(returned.endpoint)];
        const auto found = open.find(returned.id);
        if (found == open.end()) return;
        found->second.open = false;
        found->second.blocked = !in_.rows.joins_entry(i);
        // However short it was it is seen, within its row.
        const float row = f_.axis().by_event() ? 5 * f_.unit() * in_.zoom : f_.em();
        const float least = std::min(0.5F * f_.em(), row);
        found->second.bottom = std::max(bottom, found->second.top + least);
        out_.bars.push_back(found->second);
        open.erase(found);
    }

    void end_span(Role role, float at) {
        const std::size_t end = index(role);
        const Look look = look_of(state_[end]);
        if (at > span_start_[end]) {
            out_.lifelines.push_back({role, state_[end], f_.x(role), span_start_[end], at,
                                      look.thickness * f_.em(), look.opacity, since_[end]});
            out_.lifelines.back().selected =
                since_[end] && Selection(SelectedState{role, *since_[end]}) == in_.selection;
        }
        span_start_[end] = at;
    }

    void finish_lines() {
        for (Role role : {Role::Client, Role::Server}) {
            const float end = std::max(in_.height, span_start_[index(role)]);
            end_span(role, end);
            for (auto& [id, bar] : open_bars_[index(role)]) {
                words_[index(role)].not_returned(id);
                // A call whose return lies below what is visible reaches to its end as well.
                bar.bottom = std::max(in_.height, bar.top);
                out_.bars.push_back(bar);
            }
        }
    }

    static std::size_t index(Role role) { return role == Role::Client ? 0 : 1; }

    const LadderFrame& f_;
    const LadderInput& in_;
    MarginWords words_[2];
    const std::optional<std::size_t> newest_step_ = in_.index.last_step_before(f_.position());
    Ladder& out_;
    float span_start_[2] = {0, 0};
    State state_[2] = {State::Unknown, State::Unknown};
    std::optional<std::size_t> since_[2];
    std::unordered_map<CallId, CallBar> open_bars_[2];
};

}  // namespace

void add_margins(const LadderFrame& frame, TextPlacer& texts, Ladder& ladder) {
    Margins(frame, texts, ladder).add();
}

}  // namespace tcpstep::view::ladder
