#include "app/cli/live_ladder.hpp"

#include <algorithm>
#include <optional>
#include <utility>
#include <variant>

#include "app/cli/wrapped.hpp"
#include "app/view/escape.hpp"
#include "app/view/event_more.hpp"
#include "app/view/say.hpp"

namespace tcpstep::cli {

using model::ConnectionIndex;
using model::Timeline;
using view::say;
using view::Text;

namespace {

constexpr std::size_t kIndent = 10;  // what is more stands under the client's state
constexpr std::size_t kLeastColumns = 40;

}  // namespace

std::string LiveLadder::new_rows(bool settled) {
    // The heading names both ends; they are known with the first segment.
    if (parts_.empty() && trace_.connections().empty() && !settled) return "";
    const auto& events = trace_.events();
    for (std::size_t i = taken_.events().size(); i < events.size(); ++i) take(events[i]);
    for (std::size_t i = 0; settled && i < parts_.size(); ++i) tell(i, true);
    return std::exchange(out_, {});
}

std::string LiveLadder::rest() {
    std::string text = new_rows(true);
    for (std::size_t i = 0; i < parts_.size(); ++i) {
        std::string ending = parts_[i].ladder.ending(parts_[i].timeline);
        // An empty line comes first.
        if (parts_.size() > 1) ending.insert(1, heading(i));
        text += ending;
    }
    return text;
}

void LiveLadder::take(const model::Event& event) {
    if (taken_.events().empty())
        out_ += view::escaped(title_.empty() ? trace_.title : title_) + "\n";
    const std::size_t speaker = part_of(event);
    for (std::size_t i = 0; i < parts_.size(); ++i) {
        if (i != speaker) tell(i, true);
    }
    taken_.append(event);
    for (std::size_t i = 0; i < parts_.size(); ++i) {
        parts_[i].timeline.catch_up();
        if (i == speaker) {
            // With more below it, a call cannot wait for its return to share a row with it.
            if (tell(i, more_.told) && more_.told) tell_more(parts_[i]);
        } else {
            parts_[i].ladder.new_rows(parts_[i].timeline, true);  // the speaker tells it
        }
    }
}

// A new one if the event is the first of its connection.
std::size_t LiveLadder::part_of(const model::Event& event) {
    if (parts_.empty()) {
        const bool known = !trace_.connections().empty();
        if (known) taken_.intern(trace_.connections().front());
        parts_.push_back(
            {Timeline(taken_, known ? std::optional(ConnectionIndex{0}) : std::nullopt), {}});
    }
    if (!event.connection) return turn_;
    while (taken_.connections().size() <= *event.connection) {
        const auto index = static_cast<ConnectionIndex>(taken_.connections().size());
        taken_.intern(trace_.connections()[index]);
        if (index == 0) {
            parts_.front().timeline = Timeline(taken_, index);
            parts_.front().index = {};
            continue;
        }
        parts_.push_back({Timeline(taken_, index), {}});
        // What has happened so far stands above already.
        parts_.back().ladder.new_rows(parts_.back().timeline, true);
    }
    return *event.connection;
}

// Whether there was anything to tell.
bool LiveLadder::tell(std::size_t part, bool settled) {
    const std::string rows = parts_[part].ladder.new_rows(parts_[part].timeline, settled);
    if (rows.empty()) return false;
    if (turn_ != part) out_ += heading(part);
    turn_ = part;
    out_ += rows;
    return true;
}

// About the latest event, whose rows stand above.
void LiveLadder::tell_more(Part& part) {
    part.index.catch_up(part.timeline);
    const std::size_t latest = part.timeline.size() - 1;
    // With the first event comes the heading; that a run begins needs no rule.
    if (std::holds_alternative<model::Scenario>(part.timeline.event(latest).fact)) return;
    for (const view::MoreLine& line : view::tell_more(part.timeline, part.index, latest, false)) {
        std::string text = line.label + ": ";
        if (!line.source.empty()) text += line.source + ". ";
        text += line.text;
        const std::size_t columns = std::max(more_.columns, kLeastColumns) - kIndent;
        std::size_t indent = kIndent;
        for (const std::string& piece : wrapped_to_columns(view::escaped(text), columns - 2)) {
            out_ += std::string(indent, ' ') + piece + "\n";
            indent = kIndent + 2;
        }
    }
}

std::string LiveLadder::heading(std::size_t part) const {
    return say(Text::TerminalConnection, part + 1, to_string(taken_.connections()[part].client)) +
           "\n";
}

}  // namespace tcpstep::cli
