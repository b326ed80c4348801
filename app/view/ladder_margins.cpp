#include <algorithm>
#include <unordered_map>
#include <utility>

#include "app/view/call_value.hpp"
#include "app/view/escape.hpp"
#include "app/view/ladder_frame.hpp"
#include "app/view/ladder_texts.hpp"
#include "app/view/marker_text.hpp"
#include "app/view/say.hpp"
#include "app/view/shorten.hpp"

namespace tcpstep::view {

using namespace model;

namespace {

constexpr std::size_t kNoteShown = 400;  // octets: more than two lines can hold

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
            close_bar(
                returned->id, returned->endpoint,
                f_.y(i, (static_cast<float>(in_.rows.lines(i)) - 0.2F) * LadderRows::kTextLine));
            if (!in_.rows.joins_entry(i)) call_text_at(i, *returned, text_lines(event));
        } else if (const auto* marker = std::get_if<Marker>(&event.fact)) {
            note(i, marker_text(*marker),
                 marker->type == "error" ? ColourRole::Rst : ColourRole::TextDim);
        } else if (const auto* lost = std::get_if<SegmentsLost>(&event.fact)) {
            note(i, say(counted(lost->total, Text::LadderLostOne, Text::LadderLost), lost->total),
                 ColourRole::Rst);
        } else if (const auto* sample = std::get_if<SocketSampled>(&event.fact)) {
            if (in_.timeline.effects(i).disagreement) {
                note(i,
                     say(Text::LadderDisagrees, role_word(sample->endpoint), name(sample->state)),
                     ColourRole::Rst);
            } else if (!in_.timeline.effects(i).changes.empty()) {
                note(i, say(Text::LadderTimeWaitOver), ColourRole::TextDim);
            }
        } else if (const auto* back = std::get_if<SegmentHeldBack>(&event.fact)) {
            if (const Segment* segment = in_.timeline.segment(back->id)) {
                note(i, say(Text::LadderHeldBack, flags_label(*segment)), ColourRole::TextDim);
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
        // Its return may stand in the same row: the next step, if that has happened already.
        const std::optional<std::size_t> step = in_.index.first_step_after(i);
        if (step && *step < f_.position() && in_.rows.joins_entry(*step)) {
            const Event& event = in_.timeline.event(*step);
            call_text_at(i, std::get<CallReturned>(event.fact), text_lines(event));
        } else {
            call_line(i, 0, call.endpoint, process_mark(call.process) + call_name(call.call),
                      ColourRole::TextDim);
        }
    }

    // "bind() = 0", or in two lines "connect()" and "ECONNREFUSED", from the top of row `i`.
    void call_text_at(std::size_t i, const CallReturned& returned, std::uint8_t lines) {
        const ColourRole role = returned.error.empty() ? ColourRole::Text : ColourRole::Rst;
        const std::string call = process_mark(returned.process) + call_name(returned.call);
        const std::string result = result_text(returned);
        if (lines == 1) {
            call_line(i, 0, returned.endpoint, call + " " + result, role);
        } else {
            call_line(i, 0, returned.endpoint, call, role);
            call_line(i, 1, returned.endpoint, result, role);
        }
    }

    void call_line(std::size_t i, std::uint8_t line, Role role, std::string words,
                   ColourRole colour_role) {
        LadderText text;
        text.style = TextStyle::MonoSmall;
        text.colour = colour_role;
        text.text = std::move(words);
        outside(std::move(text), role, middle_of_line(i, line));
    }

    float middle_of_line(std::size_t i, float line) const {
        return f_.y(i, (line + 0.5F) * LadderRows::kTextLine);
    }

    // Between the lifelines, in as many lines as the row has; what does not fit is left out.
    void note(std::size_t i, std::string_view words, ColourRole colour_role) {
        const float room = f_.x(Role::Server) - f_.x(Role::Client) - 2 * f_.em();
        const std::string shown = escaped(words.substr(0, kNoteShown));
        const auto lines = break_lines(shown, TextStyle::Small, room, in_.measure);
        const std::size_t rows = in_.rows.lines(i);
        const float first = lines.size() < rows ? 0.5F : 0;  // one line in the middle of two
        for (std::size_t line = 0; line < std::min(lines.size(), rows); ++line) {
            LadderText text;
            text.style = TextStyle::Small;
            text.colour = colour_role;
            text.text = lines[line];
            if (line + 1 == rows && rows < lines.size()) {  // the last one tells that there is more
                const auto at = static_cast<std::size_t>(lines[line].data() - shown.data());
                text.text = shorten_end(shown.substr(at), text.style, room, in_.measure);
            }
            texts_.centred(std::move(text), (f_.x(Role::Client) + f_.x(Role::Server)) / 2,
                           middle_of_line(i, first + static_cast<float>(line)), room);
        }
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
