#include "app/view/ladder/rows.hpp"

#include <algorithm>
#include <variant>

#include "app/view/call_value.hpp"
#include "app/view/datagram_text.hpp"

namespace tcpstep::view::ladder {

using namespace model;

namespace {

// What stands in one line beside a lifeline, "connect() = 0", and between them in a small window.
constexpr std::size_t kCallLine = 13;
constexpr std::size_t kNoteLine = 28;

// How many state names stand below each other on the busier side.
std::uint32_t most_changes(const Effects& effects) {
    std::uint32_t client = 0;
    std::uint32_t server = 0;
    for (const Effects::Change& change : effects.changes) {
        ++(change.endpoint == Role::Client ? client : server);
    }
    return std::max(client, server);
}

std::uint32_t height_of(const Timeline& timeline, const TimelineIndex& index, std::size_t i,
                        std::uint32_t lines) {
    const Fact& fact = timeline.event(i).fact;
    const std::uint32_t chips = most_changes(timeline.effects(i));
    const std::uint32_t further = chips > 1 ? (chips - 1) * LadderRows::kChip : 0;
    if (std::holds_alternative<SegmentDelivered>(fact) ||
        std::holds_alternative<SegmentDropped>(fact)) {
        return LadderRows::kLanded + further;
    }
    if (datagram_text(fact)) return LadderRows::kSegment;
    if (index.begun_by(timeline, i) != 0) {
        return (index.gated() ? LadderRows::kSent : LadderRows::kSegment) + further;
    }
    // Text, with the state names below it.
    return lines * LadderRows::kTextLine + chips * LadderRows::kChip;
}

}  // namespace

std::uint8_t text_lines(const Event& event) {
    if (const auto* returned = std::get_if<CallReturned>(&event.fact)) {
        const bool is_long = process_mark(returned->process).size() + returned->call.size() + 2 +
                                 result_text(*returned).size() >
                             kCallLine;
        return !returned->error.empty() || is_long ? 2 : 1;
    }
    const auto* marker = std::get_if<Marker>(&event.fact);
    return marker != nullptr && marker->message.size() > kNoteLine ? 2 : 1;
}

void LadderRows::catch_up(const Timeline& timeline, const TimelineIndex& index) {
    for (std::size_t i = size(); i < timeline.size(); ++i) {
        const Event& event = timeline.event(i);
        note_lane(event);
        const Effects& effects = timeline.effects(i);
        bool joined = false;
        std::uint8_t lines = 0;
        std::uint32_t height = 0;
        if (index.is_step(i)) {
            if (const auto* returned = std::get_if<CallReturned>(&event.fact);
                returned && any_step_) {
                const auto* entered =
                    std::get_if<CallEntered>(&timeline.event(previous_step_).fact);
                joined = entered != nullptr && entered->id == returned->id &&
                         entered->endpoint == returned->endpoint;
            }
            // The first line of what joins its entry's row stands there already.
            lines = static_cast<std::uint8_t>(text_lines(event) - (joined ? 1 : 0));
            height = height_of(timeline, index, i, lines);
            previous_step_ = i;
            any_step_ = true;
        } else if (!effects.changes.empty() && i > 0) {
            // The run's first moment (both ends CLOSED) needs no row; any later change does.
            height = most_changes(effects) * kChip;
        }
        joined_.push_back(joined);
        lines_.push_back(lines);
        tops_.push_back(tops_.back() + height);
    }
}

void LadderRows::note_lane(const Event& event) {
    if (const auto* entered = std::get_if<CallEntered>(&event.fact)) {
        Lanes& lanes = lanes_[of(entered->endpoint)];
        auto free = std::find(lanes.begin(), lanes.end(), std::nullopt);
        if (free == lanes.end()) free = lanes.insert(free, std::nullopt);
        *free = entered->id;
        const auto lane = static_cast<std::size_t>(free - lanes.begin());
        if (lane > 0) farther_[{entered->endpoint, entered->id}] = lane;
    } else if (const auto* returned = std::get_if<CallReturned>(&event.fact)) {
        Lanes& lanes = lanes_[of(returned->endpoint)];
        std::replace(lanes.begin(), lanes.end(), std::optional(returned->id),
                     std::optional<CallId>());
    }
}

std::size_t LadderRows::lane(Role role, CallId call) const {
    const auto farther = farther_.find({role, call});
    return farther == farther_.end() ? 0 : farther->second;
}

std::size_t LadderRows::first_below(std::uint32_t y) const {
    // tops_[i + 1] is the end of row i.
    const auto end = std::upper_bound(tops_.begin() + 1, tops_.end(), y);
    return static_cast<std::size_t>(end - (tops_.begin() + 1));
}

}  // namespace tcpstep::view::ladder
