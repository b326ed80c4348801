#include "app/view/terminal/text_ladder.hpp"

#include <chrono>
#include <map>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "app/view/call_list.hpp"
#include "app/view/call_value.hpp"
#include "app/view/columns.hpp"
#include "app/view/datagram_text.hpp"
#include "app/view/escape.hpp"
#include "app/view/marker_text.hpp"
#include "app/view/prediction_words.hpp"
#include "app/view/say.hpp"
#include "app/view/segment_text.hpp"
#include "app/view/terminal/text_row.hpp"
#include "app/view/time_text.hpp"
#include "app/view/timeline_index.hpp"

namespace tcpstep::view::terminal {

using namespace model;

namespace {

constexpr std::size_t kValueShown = 60;  // characters of a text that was received

std::size_t column(Role role) {
    return role == Role::Client ? 0 : 1;
}

}  // namespace

class TextLadder::Rows {
  public:
    std::string new_rows(const Timeline& timeline, bool settled) {
        timeline_ = &timeline;
        index_.catch_up(timeline);
        if (timeline.size() > 0) heading();
        for (; at_ < timeline.size(); ++at_) {
            const Fact& fact = timeline.event(at_).fact;
            const bool last = at_ + 1 == timeline.size();
            // Its return may come with the next event.
            if (std::holds_alternative<CallEntered>(fact) && last && !settled) break;
            std::visit(*this, fact);
        }
        return std::exchange(out_, {});
    }

    std::string ending(const Timeline& timeline) {
        out_ = new_rows(timeline, true);
        heading();
        summary();
        return std::exchange(out_, {});
    }

    void operator()(const SegmentSent& sent) {
        if (sent.copy_of != 0) {
            ++sent_again_[sent.copy_of];
            return show_changes();
        }
        const bool gated = timeline_->at(at_).gated;
        arrow(sent.segment.id, gated ? Way::Begins : Way::Whole);
    }
    void operator()(const SegmentHeld& held) {
        if (index_.begun_by(*timeline_, at_) != held.id) return show_changes();
        let_stand(held.id);
        arrow(held.id, Way::Begins);
    }
    void operator()(const SegmentHeldBack& back) { on_the_wire(back.id, Text::TerminalHeldBack); }
    void operator()(const SegmentDelivered& delivered) {
        if (index_.begun_by(*timeline_, at_) == delivered.id) {
            let_stand(delivered.id);
            return arrow(delivered.id, Way::Whole);
        }
        tell_sent_again(delivered.id);
        arrow(delivered.id, Way::Arrives);
    }
    void operator()(const SegmentDropped& dropped) {
        const auto begin = index_.begin_of(*timeline_, dropped.id);
        const bool absorbed = !begin || *begin > at_;
        tell_sent_again(absorbed ? index_.original_of(dropped.id) : dropped.id);
        if (absorbed) return show_changes();
        arrow(dropped.id, Way::IsLost);
    }
    void operator()(const SegmentDuplicated& made) {
        on_the_wire(made.id, Text::TerminalDuplicated);
    }
    void operator()(const SegmentInjected& injected) {
        on_the_wire(injected.segment.id, Text::TerminalInjected);
    }

    void operator()(const CallEntered& call) {
        TextRow row = begin_row();
        std::vector<std::string> cell = {call_cell(call).substr(0, TextRow::kCalls)};
        if (const CallReturned* returned = returned_at_once(call)) {
            cell = returned_cell(call_cell(call), *returned);
            states_of_event();
            ++at_;
            finish_call(row, call, cell);
            tell_option(call);
            return tell_value(*returned);
        }
        open_[call.id] = call_cell(call);
        finish_call(row, call, cell);
        tell_option(call);
    }
    void operator()(const CallReturned& returned) {
        TextRow row = begin_row();
        const auto entered = open_.find(returned.id);
        const std::string call =
            entered == open_.end() ? call_name(returned.call) : entered->second;
        finish_call(row, returned, returned_cell(call, returned));
        tell_value(returned);
    }

    void operator()(const Marker& marker) {
        if (marker.type != "lesson_finished")
            note(marker_text(marker, timeline_->trace().numbers()));
    }
    void operator()(const SegmentsLost& lost) {
        note(say(counted(lost.total, Text::LadderLostOne, Text::LadderLost), lost.total));
    }
    void operator()(const SocketSampled& sample) {
        ++samples_;
        if (timeline_->effects(at_).disagreement) {
            ++disagreements_;
            note(say(Text::LadderDisagrees, role_word(sample.endpoint), name(sample.state)));
        }
        show_changes();
        if (sample.state != State::TimeWait || sample.timer.empty()) return;
        note(say(Text::LadderCountdown, role_word(sample.endpoint), name(sample.state),
                 sample.timer, span_text(std::chrono::milliseconds(sample.timer_ms))));
    }
    void operator()(const ListenerSampled&) {}
    void operator()(const DatagramSent& sent) { datagram(sent); }
    void operator()(const IcmpErrorSent& sent) { datagram(sent); }
    void operator()(const Scenario& scenario) {
        if (!scenario.tcp) note(say(Text::NoTcp));
        states_of_event();
    }
    void operator()(const ClaimChecked&) {}
    void operator()(const PredictionChecked& checked) {
        note(prediction_text(checked, *timeline_, false));
    }
    void operator()(const Unrecognized& event) {
        note(say(Text::SayUnrecognized, escaped(event.name)));
    }

  private:
    // Once; which ends they are may be known only later.
    void heading() {
        if (const auto connection = timeline_->connection(); connection && !ends_told_) {
            const ConnectionId& id = timeline_->trace().connections()[*connection];
            out_ += say(Text::TerminalEnds, to_string(id.client), to_string(id.server)) + "\n";
            ends_told_ = true;
        }
        if (std::exchange(headed_, true)) return;
        if (timeline_->size() > 0) start_ = timeline_->event(0).time;
        TextRow row;
        row.time = say(Text::TerminalTime);
        row.state[0] = row.state[1] = say(Text::TerminalState);
        row.calls[0] = row.calls[1] = say(Text::TerminalCalls);
        row.arrow = fmt::format("{:^{}}", say(Text::TerminalSegments), TextRow::kArrow);
        constexpr std::size_t kSide = TextRow::kState + TextRow::kCalls + 1 + TextRow::kArrow + 2;
        out_ += fmt::format("{} {:<{}}{}\n", std::string(TextRow::kTime, ' '), say(Text::Client),
                            kSide, say(Text::Server));
        out_ += row.line();
    }

    TextRow begin_row() const {
        TextRow row;
        row.time = time_cell(timeline_->event(at_).time - start_);
        return row;
    }

    // Notes the changes of the event, and gives each end's new states.
    std::vector<std::pair<Role, State>> states_of_event() {
        std::vector<std::pair<Role, State>> changes;
        for (const Effects::Change& change : timeline_->effects(at_).changes) {
            changes.emplace_back(change.endpoint, change.change.to);
            history_[column(change.endpoint)] += fmt::format(" {}", name(change.change.to));
        }
        return changes;
    }

    // Prints the row, and one more for each further state that the same event led through.
    void finish(const TextRow& row) {
        std::vector<TextRow> rows = {row};
        std::size_t used[2] = {0, 0};
        for (const auto& [role, state] : states_of_event()) {
            const std::size_t side = column(role);
            if (used[side] == rows.size()) rows.emplace_back();
            rows[used[side]++].state[side] = name(state);
        }
        for (const TextRow& one : rows) out_ += one.line();
    }

    // `call`: what was entered or has returned. Whose it is, if a child's, stands above it.
    template <class Call>
    void finish_call(TextRow& row, const Call& call, std::vector<std::string> cell) {
        if (call.process != 0) cell.insert(cell.begin(), process_mark(call.process));
        row.calls[column(call.endpoint)] = cell.front();
        finish(row);
        for (std::size_t i = 1; i < cell.size(); ++i) {
            TextRow more;
            more.calls[column(call.endpoint)] = cell[i];
            out_ += more.line();
        }
    }

    // Which option a call sets, and to what, is longer than its column.
    void tell_option(const CallEntered& call) {
        if (call.call != "setsockopt" || call.arguments.size() < 2) return;
        out_ += fmt::format("{:>{}} {} {}\n", "", TextRow::kTime,
                            caller_word(call.endpoint, call.process), call_text(call));
    }

    // What a call gave is longer than its column.
    void tell_value(const CallReturned& returned) {
        const std::string call =
            say(Text::TerminalValue, caller_word(returned.endpoint, returned.process),
                call_name(returned.call));
        for (const std::string& line : value_lines(returned, kValueShown)) {
            // Rows are long, and their look is named right above.
            out_ += is_look(returned.call)
                        ? fmt::format("    {}\n", line)
                        : fmt::format("{:>{}} {} {}\n", "", TextRow::kTime, call, line);
        }
    }

    // An event that is told by nothing but the states it led to.
    void show_changes() {
        if (!timeline_->effects(at_).changes.empty()) finish(begin_row());
    }

    SeqBase base_for(const Segment& segment) const {
        return base_of(timeline_->at(at_ + 1), segment.from, false);
    }

    void arrow(SegmentId id, Way way) {
        TextRow row = begin_row();
        const Segment* segment = timeline_->segment(id);
        const auto sent = timeline_->event_of_segment(id);
        if (segment == nullptr || !sent) return show_changes();
        const bool again = timeline_->effects(*sent).retransmission_of != 0;
        row.arrow = arrow_cell(*segment, base_for(*segment), way, again);
        finish(row);
    }

    void datagram(const Fact& fact) {
        const auto text = datagram_text(fact);
        TextRow row = begin_row();
        row.arrow = datagram_cell(text->from, text->lines);
        finish(row);
    }

    void on_the_wire(SegmentId id, Text words) {
        TextRow row = begin_row();
        const Segment* segment = timeline_->segment(id);
        if (segment == nullptr) return;
        row.arrow = wire_cell(words, *segment, base_for(*segment));
        finish(row);
    }

    // How often it was sent again in copies that the gate absorbed, now that they are gone.
    void tell_sent_again(SegmentId id) {
        const auto told = sent_again_.extract(id);
        const Segment* segment = timeline_->segment(id);
        if (!told || told.mapped() == 0 || segment == nullptr) return;
        TextRow row;
        row.arrow = sent_again_cell(*segment, told.mapped());
        out_ += row.line();
    }
    // A copy that has a row of its own is not counted as well.
    void let_stand(SegmentId copy) {
        const auto counted = sent_again_.find(index_.original_of(copy));
        if (counted != sent_again_.end() && counted->second > 0) --counted->second;
    }

    void note(const std::string& text) {
        out_ += fmt::format("{:>{}} {}\n", begin_row().time, TextRow::kTime, text);
    }

    // The call's return, if it is the very next event: then both stand in one row.
    const CallReturned* returned_at_once(const CallEntered& call) const {
        if (at_ + 1 >= timeline_->size()) return nullptr;
        const auto* returned = std::get_if<CallReturned>(&timeline_->event(at_ + 1).fact);
        return returned != nullptr && returned->id == call.id ? returned : nullptr;
    }

    void summary() {
        out_ += "\n";
        for (Role role : {Role::Client, Role::Server}) {
            if (!history_[column(role)].empty())
                out_ += fmt::format("{}:{}\n", role_word(role), history_[column(role)]);
        }
        for (const auto& [id, count] : sent_again_) {
            if (count > 0)
                out_ += say(Text::TerminalStillHeld, timeline_->number(id), count) + "\n";
        }
        if (samples_ == 0) return;
        out_ += say(Text::TerminalKernel, samples_ - disagreements_, samples_) + "\n";
    }

    const Timeline* timeline_ = nullptr;  // valid during new_rows() and ending()
    TimelineIndex index_;
    Time start_;
    std::size_t at_ = 0;  // the next event
    bool headed_ = false;
    bool ends_told_ = false;
    std::map<CallId, std::string> open_;           // calls that have not returned, as shown
    std::map<SegmentId, std::size_t> sent_again_;  // absorbed copies that were not told yet
    std::string history_[2];
    std::size_t samples_ = 0;
    std::size_t disagreements_ = 0;
    std::string out_;
};

TextLadder::TextLadder() : rows_(std::make_unique<Rows>()) {}
TextLadder::~TextLadder() = default;
TextLadder::TextLadder(TextLadder&&) noexcept = default;
TextLadder& TextLadder::operator=(TextLadder&&) noexcept = default;

std::string TextLadder::new_rows(const Timeline& timeline, bool settled) {
    return rows_->new_rows(timeline, settled);
}

std::string TextLadder::ending(const Timeline& timeline) {
    return rows_->ending(timeline);
}

std::string text_ladder(const Timeline& timeline) {
    return TextLadder().ending(timeline);
}

}  // namespace tcpstep::view::terminal
