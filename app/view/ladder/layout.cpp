#include "app/view/ladder/layout.hpp"

#include <algorithm>
#include <cmath>
#include <tuple>
#include <utility>
#include <variant>

#include "app/view/ladder/frame.hpp"
#include "app/view/ladder/texts.hpp"

namespace tcpstep::view::ladder {

using namespace model;

namespace {

// Where more events are in sight than can be told apart, one in so many pixels is drawn.
constexpr double kThinned = 4;

// A narrower ladder, in em, has no room for times, which take so much.
constexpr float kWideEnough = 33;
constexpr float kColumn = 4.4F;

// In em, from a lifeline: the middle of the first lane of calls, and from there what is written.
constexpr float kLane = 0.42F;
constexpr float kWords = 0.43F;
constexpr float kBar = 0.33F;
constexpr float kPitch = 0.4F;       // from a lane to the next
constexpr float kBeyond = 12;        // beyond what is visible, laid out all the same
constexpr float kAboveArrow = 1;     // from a tail to what is written above it
constexpr std::size_t kNewest = 64;  // events: of what was before nothing is looked for
constexpr float kAllLanes = 1.6F;    // of many lanes, from the first to the last

}  // namespace

LadderFrame::LadderFrame(const LadderInput& input) : in_(input), axis_(input), flights_(input) {
    // The widest state's name, framed, fits beside a lifeline, unless the ladder is very narrow.
    const float state = input.measure(TextStyle::Label, "ESTABLISHED") + 1.1F * em();
    for (const Role role : {Role::Client, Role::Server}) {
        margins_[role == Role::Client ? 0 : 1] =
            std::min(state + gap(role) + 0.7F * em(), 0.3F * input.width);
    }
    column_ = input.width >= kWideEnough * em() ? kColumn * em() : 0;
    position_ = std::min(input.position, input.rows.size());
    // A row earlier, for what hangs over its row's edge.
    const double row = static_cast<double>(LadderRows::kSegment * unit());
    const auto events = [&](double beyond) {
        const double foot = input.scroll + static_cast<double>(input.height) + beyond;
        const std::size_t first = std::min(axis_.first_below(input.scroll - beyond), position_);
        return std::pair(first, std::max(first, std::min(axis_.first_below(foot) + 1, position_)));
    };
    std::tie(first_, last_) = events(row);
    in_sight_ = last_ - first_;
    thinned_ = in_sight_ > input.most_events;
    if (!thinned_) std::tie(first_, last_) = events(row + static_cast<double>(kBeyond * em()));
}

float LadderFrame::lane_pitch(Role role) const {
    const auto farther = static_cast<float>(in_.rows.lanes(role) - 1);
    return farther * kPitch <= kAllLanes ? kPitch : kAllLanes / farther;
}

float LadderFrame::lane(Role role, std::size_t lane) const {
    return (kLane + static_cast<float>(lane) * lane_pitch(role)) * em();
}

float LadderFrame::bar_width(Role role) const {
    return std::min(kBar, 0.9F * lane_pitch(role)) * em();
}

float LadderFrame::gap(Role role) const {
    return lane(role, in_.rows.lanes(role) - 1) + kWords * em();
}

std::size_t LadderFrame::next(std::size_t i) const {
    if (!thinned_) return i + 1;
    return std::min(std::max(i + 1, axis_.first_below(axis_.at(i) + kThinned)), last_);
}

float LadderFrame::line(std::size_t i, float line) const {
    if (axis_.by_event()) return row(i, (line + 0.5F) * LadderRows::kTextLine);
    return row(i) + line * LadderRows::kTextLine * unit();
}

float LadderFrame::anchor(std::size_t i, Role role) const {
    const Event& event = in_.timeline.event(i);
    if (std::holds_alternative<SegmentDelivered>(event.fact) ||
        std::holds_alternative<SegmentDropped>(event.fact)) {
        return row(i, kLandedAt);
    }
    if (const SegmentId id = in_.index.begun_by(in_.timeline, i); id != 0) {
        if (in_.index.gated()) return row(i, kGatedSentAt);
        const Segment* segment = in_.timeline.segment(id);
        return row(i, kSentAt + (segment != nullptr && segment->from == role ? 0 : kFall));
    }
    return row(i, static_cast<float>(in_.rows.lines(i) * LadderRows::kTextLine) +
                      0.5F * LadderRows::kChip);
}

namespace {

std::optional<Rect> row_of_now(const LadderFrame& frame) {
    const LadderInput& in = frame.in();
    const std::optional<std::size_t> step = in.index.last_step_before(frame.position());
    if (!step || !frame.axis().by_event()) return std::nullopt;
    // A return that joined its entry's row is shown there.
    const float above = in.rows.joins_entry(*step) ? LadderRows::kTextLine : 0;
    const float top = frame.row(*step, -above);
    float bottom = frame.row(*step + 1);
    // What the step put on its way may still be in flight: its place is drawn where it will land.
    const SegmentId begun = in.index.begun_by(in.timeline, *step);
    if (const LadderFlight* flight = frame.flights().find(begun)) {
        bottom = std::max(bottom, frame.below(flight->bottom()));
    }
    return Rect{0, top, in.width, bottom - top};
}

std::optional<Rect> marked_row(const LadderFrame& frame) {
    const auto* selected = std::get_if<SelectedEvent>(&frame.in().selection);
    if (selected == nullptr || selected->event >= frame.position()) return std::nullopt;
    const float line = LadderRows::kTextLine * frame.unit();
    if (!frame.axis().by_event())
        return Rect{0, frame.row(selected->event) - line / 2, frame.in().width, line};
    const float above = frame.in().rows.joins_entry(selected->event) ? LadderRows::kTextLine : 0;
    const float top = frame.row(selected->event, -above);
    return Rect{0, top, frame.in().width, frame.row(selected->event + 1) - top};
}

}  // namespace

Ladder lay_out_ladder(const LadderInput& input) {
    const LadderFrame frame(input);
    Ladder ladder;
    ladder.client_x = frame.x(Role::Client);
    ladder.server_x = frame.x(Role::Server);
    ladder.column = frame.column();
    ladder.now = row_of_now(frame);
    ladder.marked = marked_row(frame);
    ladder.events = frame.in_sight();
    ladder.thinned = frame.thinned();
    TextPlacer texts(input.measure, input.em, input.height, ladder.texts);
    const std::string ghost = add_arrows(frame, ladder);
    add_margins(frame, texts, ladder);
    add_labels(frame, texts, ladder, ghost);
    ladder.changes_in = frame.flights().changes_in();
    return ladder;
}

double ladder_height(const LadderInput& input, bool more) {
    const LadderAxis axis(input);
    const float least = more ? LadderRows::kSegment + LadderRows::kTextLine
                             : (axis.by_event() ? 6 : LadderRows::kTextLine);
    const float below = std::max(least, LadderFlights(input).height()) * axis.unit();
    return axis.end(std::min(input.position, input.rows.size())) + static_cast<double>(below);
}

std::optional<Reach> newest_segment(const LadderInput& input) {
    const LadderAxis axis(input);
    const TimelineIndex& index = input.index;
    const std::size_t position = std::min(input.position, input.rows.size());
    const double above = static_cast<double>(kAboveArrow * input.em);
    for (std::size_t i = position; i > 0 && position - i < kNewest; --i) {
        const Fact& fact = input.timeline.event(i - 1).fact;
        SegmentId id = index.begun_by(input.timeline, i - 1);
        if (const auto* delivered = std::get_if<SegmentDelivered>(&fact)) id = delivered->id;
        if (const auto* dropped = std::get_if<SegmentDropped>(&fact)) id = dropped->id;
        const auto begin = id == 0 ? std::nullopt : input.index.begin_of(input.timeline, id);
        if (!begin || *begin >= position) continue;
        const float sent = index.gated() ? LadderFrame::kGatedSentAt : LadderFrame::kSentAt;
        const auto landing = index.landing(id);
        const bool landed = landing && landing->event < position;
        const double bottom =
            !index.gated() ? axis.at(*begin) + axis.within(sent + LadderFrame::kFall)
            : landed       ? axis.at(landing->event) + axis.within(LadderFrame::kLandedAt)
                           : axis.end(position);
        return Reach{axis.at(*begin) + axis.within(sent) - above, bottom};
    }
    return std::nullopt;
}

const Arrow* arrow_at(const Ladder& ladder, Point point, float reach) {
    for (const LadderText& text : ladder.texts) {
        if (text.segment == 0 || !text.box.contains(point)) continue;
        for (const Arrow& arrow : ladder.arrows) {
            if (arrow.segment == text.segment) return &arrow;
        }
    }
    const Arrow* nearest = nullptr;
    float best = reach;
    for (const Arrow& arrow : ladder.arrows) {
        if (arrow.segment == 0) continue;
        const float away = distance(arrow, point);
        if (away <= best) {
            best = away;
            nearest = &arrow;
        }
    }
    return nearest;
}

Selection hit(const Ladder& ladder, Point point, float reach) {
    for (const LadderText& text : ladder.texts) {
        if (text.stands_for != Selection() && text.box.contains(point)) return text.stands_for;
    }
    if (const Arrow* arrow = arrow_at(ladder, point, reach)) {
        return SelectedSegment{arrow->segment};
    }
    for (const CallBar& bar : ladder.bars) {
        const bool inside = point.y >= bar.top && point.y < bar.bottom;
        if (inside && std::abs(point.x - bar.x) < reach / 3) {
            return SelectedCall{bar.role, bar.call};
        }
    }
    for (const LifelineSpan& span : ladder.lifelines) {
        const bool inside = point.y >= span.top && point.y < span.bottom;
        if (inside && span.since && std::abs(point.x - span.x) < reach / 2) {
            return SelectedState{span.role, *span.since};
        }
    }
    return {};
}

}  // namespace tcpstep::view::ladder
