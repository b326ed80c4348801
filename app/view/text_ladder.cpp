#include "app/view/text_ladder.hpp"

#include <algorithm>
#include <chrono>
#include <map>
#include <optional>
#include <vector>

#include <fmt/format.h>

#include "app/view/call_list.hpp"
#include "app/view/escape.hpp"
#include "app/view/say.hpp"
#include "app/view/segment_text.hpp"

namespace tcpstep::view {

namespace {

using model::Role;

// time state calls arrow calls state: with one column between them, 80.
constexpr std::size_t kTime = 7, kState = 11, kCalls = 13, kArrow = 20;

struct Row {
    std::string time;
    std::string state[2];
    std::string calls[2];
    std::string arrow;

    std::string line() const {
        std::string text = fmt::format(
            "{:>{}} {:<{}} {:<{}} {:<{}} {:<{}} {}", time, kTime, state[0], kState, calls[0],
            kCalls, arrow.empty() ? "|" + std::string(kArrow - 2, ' ') + "|" : arrow, kArrow,
            calls[1], kCalls, state[1]);
        text.erase(text.find_last_not_of(' ') + 1);
        return text + "\n";
    }
};

std::size_t column(Role role) {
    return role == Role::Client ? 0 : 1;
}

// Since the first event: milliseconds with microseconds, "0.118"; from a second on "1.2345s".
std::string time_cell(model::Duration since) {
    const double ms = std::chrono::duration<double, std::milli>(since).count();
    if (ms < 999.9995) return fmt::format("{:.3f}", ms);
    const double s = ms / 1000;
    return fmt::format("{:.{}f}s", s, s < 100 ? 3 : 0);
}

// "|--S. 0:0(0) ack 1-->|". What is too long loses its acknowledgment first, then its range, but
// neither its flags nor its length: "P. (1000000)".
std::string arrow_cell(const model::Segment& segment, model::SeqBase base) {
    const std::size_t room = kArrow - 4;  // both lifelines, the head and one dash
    std::string text = to_line(segment, base);
    if (text.size() > room) text = text.substr(0, text.find(" ack "));
    if (text.size() > room) {
        text = fmt::format("{} ({})", text.substr(0, text.find(' ')), segment.length);
    }
    const std::string dashes(room - text.size(), '-');
    return segment.from == Role::Client ? "|-" + text + dashes + ">|" : "|<" + text + dashes + "-|";
}

// "accept(7)": of the arguments only the descriptor has a place; the window shows them all.
std::string call_cell(const model::CallEntered& call) {
    for (const model::CallArgument& argument : call.arguments) {
        const auto* fd = std::get_if<std::int64_t>(&argument.value);
        if (argument.name == "fd" && fd != nullptr)
            return fmt::format("{}({})", escaped(call.call), *fd);
    }
    return escaped(call.call) + "()";
}

// "accept(7) = 8", in as many lines as the column needs: "= 8" or a failure's name takes one of its
// own.
std::vector<std::string> returned_cell(const std::string& call,
                                       const model::CallReturned& returned) {
    const std::string result = result_text(returned);
    for (const std::string& head : {call, escaped(returned.call) + "()"}) {
        std::string one = fmt::format("{} {}", head, result);
        if (one.size() <= kCalls) return {std::move(one)};
    }
    return {call.substr(0, kCalls), result.substr(0, kCalls)};
}

class Ladder {
  public:
    explicit Ladder(const model::Timeline& timeline) : timeline_(timeline) {
        if (timeline.size() > 0) start_ = timeline.event(0).time;
    }

    std::string text() {
        heading();
        for (at_ = 0; at_ < timeline_.size(); ++at_) std::visit(*this, timeline_.event(at_).fact);
        summary();
        return std::move(out_);
    }

    void operator()(const model::SegmentSent& sent) {
        const model::Segment& segment = sent.segment;
        Row row = begin_row();
        row.arrow = arrow_cell(segment, base_of(timeline_.at(at_ + 1), segment.from, false));
        finish(row);
    }

    void operator()(const model::CallEntered& call) {
        Row row = begin_row();
        std::vector<std::string> cell = {call_cell(call).substr(0, kCalls)};
        if (const model::CallReturned* returned = returned_at_once(call)) {
            cell = returned_cell(call_cell(call), *returned);
            states_of_event();
            ++at_;
        } else {
            open_[call.id] = call_cell(call);
        }
        finish_call(row, call.endpoint, cell);
    }

    void operator()(const model::CallReturned& returned) {
        Row row = begin_row();
        const auto entered = open_.find(returned.id);
        const std::string call =
            entered == open_.end() ? escaped(returned.call) + "()" : entered->second;
        finish_call(row, returned.endpoint, returned_cell(call, returned));
    }

    void operator()(const model::SegmentHeld& held) { gate(held.id, Text::TerminalHeld); }
    void operator()(const model::SegmentDelivered& delivered) {
        gate(delivered.id, Text::TerminalDelivered);
    }
    void operator()(const model::SegmentDropped& dropped) {
        gate(dropped.id, Text::TerminalDropped);
    }
    void operator()(const model::SegmentDuplicated& copied) {
        gate(copied.id, Text::TerminalDuplicated);
    }
    void operator()(const model::SegmentInjected& injected) {
        gate(injected.segment.id, Text::TerminalInjected);
    }

    void operator()(const model::Marker& marker) {
        if (marker.type != "lesson_finished") note(escaped(marker.message));
    }
    void operator()(const model::SegmentsLost& lost) {
        note(say(counted(lost.total, Text::LadderLostOne, Text::LadderLost), lost.total));
    }
    void operator()(const model::SocketSampled& sample) {
        ++samples_;
        if (!timeline_.effects(at_).disagreement) return;
        ++disagreements_;
        note(say(Text::LadderDisagrees, role_word(sample.endpoint), name(sample.state)));
    }
    void operator()(const model::ListenerSampled&) {}
    void operator()(const model::Scenario&) { states_of_event(); }
    void operator()(const model::Unrecognized& event) {
        note(say(Text::SayUnrecognized, escaped(event.name)));
    }

  private:
    void heading() {
        if (const auto connection = timeline_.connection()) {
            const model::ConnectionId& id = timeline_.trace().connections()[*connection];
            out_ += say(Text::TerminalEnds, to_string(id.client), to_string(id.server)) + "\n";
        }
        Row row;
        row.time = say(Text::TerminalTime);
        row.state[0] = row.state[1] = say(Text::TerminalState);
        row.calls[0] = row.calls[1] = say(Text::TerminalCalls);
        row.arrow = fmt::format("{:^{}}", say(Text::TerminalSegments), kArrow);
        const std::string sides =
            fmt::format("{:<{}}", say(Text::Client), kState + kCalls + 1 + kArrow + 2);
        out_ += fmt::format("{} {}{}\n", std::string(kTime, ' '), sides, say(Text::Server));
        out_ += row.line();
    }

    Row begin_row() const {
        Row row;
        row.time = time_cell(timeline_.event(at_).time - start_);
        return row;
    }

    // Notes the changes of the event, and gives each end's last new state.
    std::vector<std::pair<Role, model::State>> states_of_event() {
        std::vector<std::pair<Role, model::State>> changes;
        for (const model::Effects::Change& change : timeline_.effects(at_).changes) {
            changes.emplace_back(change.endpoint, change.change.to);
            history_[column(change.endpoint)] += fmt::format(" {}", name(change.change.to));
        }
        return changes;
    }

    // Prints the row, and one more for each further state that the same event led through.
    void finish(Row& row) {
        std::vector<Row> rows = {row};
        std::size_t used[2] = {0, 0};
        for (const auto& [role, state] : states_of_event()) {
            const std::size_t side = column(role);
            if (used[side] == rows.size()) rows.emplace_back();
            rows[used[side]++].state[side] = name(state);
        }
        for (const Row& one : rows) out_ += one.line();
    }

    void finish_call(Row& row, Role role, const std::vector<std::string>& cell) {
        row.calls[column(role)] = cell.front();
        finish(row);
        for (std::size_t i = 1; i < cell.size(); ++i) {
            Row more;
            more.calls[column(role)] = cell[i];
            out_ += more.line();
        }
    }

    void gate(model::SegmentId id, Text what) {
        Row row = begin_row();
        row.arrow = fmt::format("|{:^{}}|", say(what, id), kArrow - 2);
        finish(row);
    }

    void note(const std::string& text) {
        out_ += fmt::format("{:>{}} {}\n", begin_row().time, kTime, text);
        states_of_event();
    }

    // The call's return, if it is the very next event: then both stand in one row.
    const model::CallReturned* returned_at_once(const model::CallEntered& call) const {
        if (at_ + 1 >= timeline_.size()) return nullptr;
        const auto* returned = std::get_if<model::CallReturned>(&timeline_.event(at_ + 1).fact);
        return returned != nullptr && returned->id == call.id ? returned : nullptr;
    }

    void summary() {
        out_ += "\n";
        for (Role role : {Role::Client, Role::Server}) {
            if (!history_[column(role)].empty())
                out_ += fmt::format("{}:{}\n", role_word(role), history_[column(role)]);
        }
        if (samples_ == 0) return;
        out_ += say(Text::TerminalKernel, samples_ - disagreements_, samples_) + "\n";
    }

    const model::Timeline& timeline_;
    model::Time start_;
    std::size_t at_ = 0;
    std::map<model::CallId, std::string> open_;  // calls that have not returned, as shown
    std::string history_[2];
    std::size_t samples_ = 0;
    std::size_t disagreements_ = 0;
    std::string out_;
};

}  // namespace

std::string text_ladder(const model::Timeline& timeline) {
    return Ladder(timeline).text();
}

}  // namespace tcpstep::view
