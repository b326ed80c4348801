#include "app/ui/ladder_view.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

#include "app/view/ladder/axis.hpp"
#include "app/view/ladder/flights.hpp"

namespace tcpstep::ui {

namespace {

constexpr float kZoomStep = 1.25F;
constexpr float kTimeZoomStep = 1.6F;  // time has a wider range
constexpr float kLine = 3;             // em that a key scrolls
constexpr float kFade = 1.2F;          // em at the top
constexpr float kFoot = 0.6F;          // em below what has happened
constexpr float kAboveHeld = 1.4F;     // em, which fade at the top
constexpr int kLooks = 3;              // at most, until it is where it was looked for
constexpr float kBelowBox = 2;         // em: a line of numbers and a line of words

// How far up the held segment's tail lies, with room for the words above it; 0 if it is in sight.
float start_of_held(const view::ladder::Ladder& ladder, float em) {
    for (const view::ladder::Arrow& arrow : ladder.arrows)
        if (arrow.segment == ladder.held->segment)
            return std::min(0.0F, arrow.from.y - kAboveHeld * em);
    return 0;
}

// How far up one can go with all boxes, and what is written below them, in sight.
float lowest_box(const view::ladder::Ladder& ladder, const view::ladder::LadderInput& input) {
    auto lowest =
        static_cast<float>(view::ladder::LadderAxis(input).end(input.position) - input.scroll);
    for (const view::ladder::LadderText& text : ladder.texts) {
        if (text.frame == view::ladder::Frame::Box || text.frame == view::ladder::Frame::FaintBox)
            lowest = std::max(lowest, text.box.bottom());
    }
    return std::min(0.0F, lowest + kBelowBox * input.em - input.height);
}

}  // namespace

void LadderView::catch_up(const session::Session& session) {
    const view::TimeAxis axis = session.look().time_axis;
    if (of_ != session.timeline_number()) {
        *this = LadderView();
        of_ = session.timeline_number();
        axis_ = axis;
    }
    if (axis_ != axis) {
        axis_ = axis;
        zoom_ = 1;
        follows_ = true;
    }
    rows_.catch_up(session.timeline(), session.index());
    // Those are of no use on the axis by event.
    if (axis_ != view::TimeAxis::ByEvent) times_.catch_up(session.timeline(), session.index());
}

// To what is newest, with the whole of the newest arrow rather than with room for what comes; but
// what the user is to decide on, the held segment, is in sight before all.
double LadderView::followed(view::ladder::LadderInput input, double most) {
    if (view::ladder::LadderFlights(input).all().empty()) {
        const auto arrow = view::ladder::newest_segment(input);
        if (!arrow) return most;
        const double end = view::ladder::LadderAxis(input).end(input.position) +
                           static_cast<double>(kFoot * input.em);
        const double least = std::clamp(end - static_cast<double>(input.height), 0.0, most);
        if (arrow->bottom < least) return most;
        return std::clamp(arrow->top - static_cast<double>(kFade * input.em), least, most);
    }
    input.scroll = most;
    view::ladder::Ladder ladder = view::ladder::lay_out_ladder(input);
    if (!ladder.held) return most;
    // On an axis of time its box comes along to where now is.
    if (input.axis != view::TimeAxis::ByEvent && ladder.held->box.y >= 0) return most;
    // With its numbers below it; where there is no room, the box alone.
    const auto above = [&](const view::Rect& box) {
        return std::clamp(input.height - box.h, 0.0F, kAboveHeld * input.em);
    };
    const float to_box = std::min(0.0F, ladder.held->box.y - above(ladder.held->box));
    // Whence it comes is told rather than where the last of those on their way will land.
    const float to_start = std::max(start_of_held(ladder, input.em), lowest_box(ladder, input));
    float up = std::min(to_box, to_start);
    // Far from what is in sight not all is laid out, and its place was a guess.
    for (int look = 0; look < kLooks && up != 0; ++look) {
        input.scroll = std::clamp(input.scroll + static_cast<double>(up), 0.0, most);
        ladder = view::ladder::lay_out_ladder(input);
        if (!ladder.held) break;
        const view::Rect& box = ladder.held->box;
        up = box.y < 0 || box.bottom() > input.height ? box.y - above(box) : 0;
    }
    return input.scroll;
}

// What is above the first event, or its moment, has the same height at every size.
double LadderView::zoomed(const view::ladder::LadderInput& input, std::optional<float> pointed,
                          double before, float old) {
    view::ladder::LadderInput then = input;
    then.zoom = old;
    const view::ladder::LadderAxis axis(then);
    const double now = axis.end(input.position) - before;
    const auto height = static_cast<double>(input.height);
    const bool sees_now = now >= 0 && now <= height;
    const double at = pointed ? static_cast<double>(*pointed) : sees_now ? now : height / 2;
    const double pad = axis.at(0);
    return (before + at - pad) * static_cast<double>(input.zoom / old) + pad - at;
}

void LadderView::settle(view::ladder::LadderInput& input, const LadderGesture& gesture, bool more) {
    input.axis = axis_;
    input.times = &times_;
    if (gesture.follow && follows_) zoom_ = 1;
    if (gesture.reset) zoom_ = 1;
    if (gesture.follow || gesture.reset) follows_ = true;
    const double before = scroll_ * static_cast<double>(em_ > 0 ? input.em / em_ : 1);
    em_ = input.em;
    const view::ladder::ZoomLimits limits = view::ladder::zoom_limits(input);
    const float step = axis_ == view::TimeAxis::ByEvent ? kZoomStep : kTimeZoomStep;
    float wanted = zoom_ * std::pow(step, static_cast<float>(gesture.zoom));
    // Passing the normal size one stops there.
    if ((zoom_ < 1 && wanted > 1) || (zoom_ > 1 && wanted < 1)) wanted = 1;
    const float old = std::exchange(zoom_, std::clamp(wanted, limits.least, limits.most));
    input.zoom = zoom_;
    content_ = view::ladder::ladder_height(input, more);
    const double most = std::max(0.0, content_ - static_cast<double>(input.height));
    double scroll = before;
    if (zoom_ != old) scroll = zoomed(input, gesture.zoom_at, before, old);
    if (gesture.pan != 0 && most > 0) {
        if (follows_) scroll = followed(input, most);
        scroll += static_cast<double>(gesture.pan);
        follows_ = gesture.pan > 0 && follows_ && scroll >= most;
    }
    scroll_ = follows_ ? followed(input, most) : std::clamp(scroll, 0.0, most);
    input.scroll = scroll_;
}

bool LadderView::take(const session::Command& command) {
    if (const auto* zoom = std::get_if<session::ZoomLadder>(&command)) {
        asked_.zoom += zoom->steps;
    } else if (const auto* move = std::get_if<session::MoveInList>(&command)) {
        asked_.pan += static_cast<float>(move->rows);
    } else if (std::holds_alternative<session::FollowLadder>(command)) {
        asked_.follow = true;
    } else {
        return false;
    }
    return true;
}

LadderGesture LadderView::asked_by_key(float em) {
    LadderGesture asked = std::exchange(asked_, {});
    asked.pan *= kLine * em;
    return asked;
}

}  // namespace tcpstep::ui
