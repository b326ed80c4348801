#include <algorithm>
#include <unordered_map>
#include <utility>

#include "app/view/ladder_frame.hpp"
#include "app/view/ladder_texts.hpp"
#include "app/view/say.hpp"

namespace tcpstep::view {

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
        : f_(frame), in_(frame.in()), texts_(texts), out_(out) {}

    void add() {
        begin_at_first();
        for (std::size_t i = f_.first(); i < f_.last(); ++i) take(i);
        finish_lines();
    }

  private:
    void begin_at_first() {
        const Connection& connection = in_.timeline.at(f_.first());
        for (Role role : {Role::Client, Role::Server}) {
            span_start_[index(role)] = f_.top();
            state_[index(role)] = connection.end(role).state();
        }
        for (const OpenCall& open : connection.open_calls) open_bar(open.call, -f_.em());
    }

    void take(std::size_t i) {
        const Event& event = in_.timeline.event(i);
        if (const auto* entered = std::get_if<CallEntered>(&event.fact)) {
            open_bar(*entered, f_.y(i, 1));
            entry_text(i, *entered);
        } else if (const auto* returned = std::get_if<CallReturned>(&event.fact)) {
            close_bar(returned->id, returned->endpoint,
                      in_.rows.joins_entry(i) ? f_.y(i) : f_.y(i, 0.8F * LadderRows::kTextLine));
            if (!in_.rows.joins_entry(i)) return_text(i, *returned);
        } else if (const auto* marker = std::get_if<Marker>(&event.fact)) {
            centred_text(i, marker->message, ColourRole::TextDim);
        } else if (const auto* lost = std::get_if<SegmentsLost>(&event.fact)) {
            centred_text(i, say(Text::LadderLost, lost->total), ColourRole::Rst);
        } else if (const auto* sample = std::get_if<SocketSampled>(&event.fact)) {
            if (in_.timeline.effects(i).disagreement) {
                centred_text(
                    i, say(Text::LadderDisagrees, role_word(sample->endpoint), name(sample->state)),
                    ColourRole::Rst);
            }
        }
        take_changes(i);
    }

    void take_changes(std::size_t i) {
        float next[2] = {0, 0};
        for (const Effects::Change& change : in_.timeline.effects(i).changes) {
            const std::size_t end = index(change.endpoint);
            const float at = f_.anchor(i, change.endpoint) + next[end];
            end_span(change.endpoint, at);
            state_[end] = change.change.to;
            next[end] += LadderRows::kChip * f_.unit();
            if (in_.rows.height(i) == 0 && !in_.rows.joins_entry(i)) continue;  // the beginning
            LadderText chip;
            chip.text = std::string(name(change.change.to));
            chip.style = TextStyle::Label;
            chip.colour = role_colour(change.endpoint);
            chip.frame = Frame::Pill;
            outside(std::move(chip), change.endpoint, at);
        }
    }

    void outside(LadderText text, Role role, float middle) {
        texts_.beside(std::move(text), f_.x(role) + LadderFrame::outward(role) * f_.gap(),
                      role == Role::Client, middle, f_.outer_room());
    }

    void entry_text(std::size_t i, const CallEntered& call) {
        LadderText text;
        text.style = TextStyle::MonoSmall;
        text.colour = ColourRole::TextDim;
        text.text = call.call + "()";
        // Its return may stand in the same row: the next step, if that has happened already.
        const std::optional<std::size_t> step = in_.index.first_step_after(i);
        if (step && *step < f_.position() && in_.rows.joins_entry(*step)) {
            const auto& returned = std::get<CallReturned>(in_.timeline.event(*step).fact);
            set_result(text, returned);
        }
        outside(std::move(text), call.endpoint, f_.y(i, 0.5F * LadderRows::kTextLine));
    }

    void return_text(std::size_t i, const CallReturned& returned) {
        LadderText text;
        text.style = TextStyle::MonoSmall;
        text.text = returned.call + "()";
        set_result(text, returned);
        outside(std::move(text), returned.endpoint, f_.y(i, 0.5F * LadderRows::kTextLine));
    }

    static void set_result(LadderText& text, const CallReturned& returned) {
        text.colour = returned.error.empty() ? ColourRole::Text : ColourRole::Rst;
        text.text += returned.error.empty() ? fmt::format(" = {}", returned.result)
                                            : fmt::format(" {}", returned.error);
    }

    void centred_text(std::size_t i, std::string words, ColourRole colour_role) {
        const float room = f_.x(Role::Server) - f_.x(Role::Client) - 2 * f_.em();
        const float w = std::min(texts_.width(TextStyle::Small, words), room);
        LadderText text;
        text.text = std::move(words);
        text.style = TextStyle::Small;
        text.colour = colour_role;
        texts_.beside(std::move(text), (f_.x(Role::Client) + f_.x(Role::Server) - w) / 2, false,
                      f_.y(i, 0.5F * LadderRows::kTextLine), room);
    }

    void open_bar(const CallEntered& call, float top) {
        std::size_t lane = 0;
        for (const auto& [id, bar] : open_bars_[index(call.endpoint)]) {
            if (bar.open) ++lane;
        }
        const float away =
            (0.42F + 0.36F * static_cast<float>(std::min<std::size_t>(lane, 1))) * f_.em();
        open_bars_[index(call.endpoint)][call.id] = {
            call.endpoint, f_.x(call.endpoint) + LadderFrame::outward(call.endpoint) * away, top,
            top, true};
    }

    void close_bar(CallId id, Role role, float bottom) {
        auto& open = open_bars_[index(role)];
        const auto found = open.find(id);
        if (found == open.end()) return;
        found->second.open = false;
        found->second.bottom = std::max(bottom, found->second.top + 0.5F * f_.em());
        out_.bars.push_back(found->second);
        open.erase(found);
    }

    void end_span(Role role, float at) {
        const std::size_t end = index(role);
        const Look look = look_of(state_[end]);
        if (at > span_start_[end]) {
            out_.lifelines.push_back({role, state_[end], f_.x(role), span_start_[end], at,
                                      look.thickness * f_.em(), look.opacity});
        }
        span_start_[end] = at;
    }

    void finish_lines() {
        for (Role role : {Role::Client, Role::Server}) {
            end_span(role, in_.height);
            for (auto& [id, bar] : open_bars_[index(role)]) {
                // A call whose return lies below what is visible reaches to its end as well.
                bar.bottom = in_.height;
                out_.bars.push_back(bar);
            }
        }
    }

    static std::size_t index(Role role) { return role == Role::Client ? 0 : 1; }

    const LadderFrame& f_;
    const LadderInput& in_;
    TextPlacer& texts_;
    Ladder& out_;
    float span_start_[2] = {0, 0};
    State state_[2] = {State::Unknown, State::Unknown};
    std::unordered_map<CallId, CallBar> open_bars_[2];
};

}  // namespace

void add_margins(const LadderFrame& frame, TextPlacer& texts, Ladder& ladder) {
    Margins(frame, texts, ladder).add();
}

}  // namespace tcpstep::view
