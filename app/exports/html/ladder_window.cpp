#include "app/exports/html/ladder_window.hpp"

#include <algorithm>
#include <cmath>

#include "app/exports/picture/svg_ladder.hpp"
#include "app/view/ladder/axis.hpp"

namespace tcpstep::exports::html {

using view::ladder::Arrow;
using view::ladder::CallBar;
using view::ladder::GapBreak;
using view::ladder::Ladder;
using view::ladder::LadderAxis;
using view::ladder::LadderText;
using view::ladder::LifelineSpan;

namespace {

// In em. Words that make room for what happens move no farther than kSlack; what is laid out
// without what stands above it may be placed otherwise in the uppermost kMargin. The window moves
// in steps, so that most frames are laid out from the same top, alike to the last bit.
constexpr double kSlack = 6;
constexpr double kMargin = 12;
constexpr double kStep = 8;

constexpr float kWordsHigh = 1.5F;  // em: an arrow's head, a mark at its tail

Reach between(float a, float b, float more = 0) {
    return {std::min(a, b) - more, std::max(a, b) + more};
}
Reach reach_of(const LifelineSpan& span) {
    return {span.top, span.bottom};
}
Reach reach_of(const CallBar& bar) {
    return {bar.top, bar.bottom};
}
Reach reach_of(const Arrow& arrow) {
    return between(arrow.from.y, arrow.to.y, 14);
}
Reach reach_of(const LadderText& text) {
    const float moment = text.leads_to ? text.leads_to->y : text.box.y;
    return {std::min(text.box.y, moment), std::max(text.box.bottom(), moment)};
}
Reach reach_of(const GapBreak& gap) {
    return between(gap.y, gap.y, 18 * kWordsHigh);
}

void move_down(Ladder& ladder, float by) {
    if (ladder.now) ladder.now->y += by;
    if (ladder.marked) ladder.marked->y += by;
    for (view::Point& point : ladder.now_line) point.y += by;
    for (float& y : ladder.ticks) y += by;
    for (GapBreak& gap : ladder.breaks) gap.y += by;
    for (LifelineSpan& span : ladder.lifelines) {
        span.top += by;
        span.bottom += by;
    }
    for (CallBar& bar : ladder.bars) {
        bar.top += by;
        bar.bottom += by;
    }
    for (Arrow& arrow : ladder.arrows) {
        arrow.from.y += by;
        arrow.to.y += by;
    }
    for (LadderText& text : ladder.texts) {
        text.box.y += by;
        if (text.leads_to) text.leads_to->y += by;
    }
}

void forget_above(Ladder& ladder, float line) {
    const auto ends_above = [line](const auto& one) { return reach_of(one).bottom <= line; };
    std::erase_if(ladder.ticks, [line](float y) { return y <= line; });
    std::erase_if(ladder.breaks, ends_above);
    std::erase_if(ladder.lifelines, ends_above);
    std::erase_if(ladder.bars, ends_above);
    std::erase_if(ladder.arrows, ends_above);
    std::erase_if(ladder.texts, ends_above);
}

}  // namespace

void set_height(view::ladder::LadderInput& input, float height) {
    const double scale = LadderAxis(input).per_second();
    input.height = height;
    const double fitted = LadderAxis(input).per_second();
    if (fitted > 0) input.zoom *= static_cast<float>(scale / fitted);
}

// The highest place that may look otherwise than in the frame before.
double LadderWindow::changed_from(std::size_t frame) const {
    const LadderAxis axis(whole_);
    const std::size_t before = played_.positions[frame - 1];
    const auto told = played_.told(frame - 1);
    double from = std::min(axis.at(told.value_or(0)), axis.end(before)) - kSlack * whole_.em;
    for (const std::size_t position : {before, played_.positions[frame]})
        from = std::min(from, oldest_in_flight(position));
    return from - whole_.scroll;
}

// All of its way moves, as long as it is not known where it ends.
double LadderWindow::oldest_in_flight(std::size_t position) const {
    const LadderAxis axis(whole_);
    double oldest = axis.end(position);
    if (!played_.index.gated()) return oldest;
    for (const model::InFlight& flight : played_.timeline.at(position).in_flight) {
        if (const auto begin = played_.index.begin_of(played_.timeline, flight.segment.id))
            oldest = std::min(oldest, axis.at(*begin));
    }
    return oldest;
}

void LadderWindow::move_to(std::size_t frame) {
    // By time, what stands above decides where words go below: such a ladder is laid out whole.
    if (frame == 0 || whole_.axis != view::TimeAxis::ByEvent) return;
    const double em = whole_.em;
    const double highest = changed_from(frame) - kMargin * em;
    top_ = std::max(top_, kStep * em * std::floor(highest / (kStep * em)));
    line_ = top_ > 0 ? static_cast<float>(top_ + kMargin * em) : 0;
}

// What begins above the window is laid out as if it began at its top.
void LadderWindow::mend_tops(Ladder& ladder) {
    for (LifelineSpan& span : ladder.lifelines) {
        const float top = std::max(span.top, 0.0F);
        span.top = states_.try_emplace({span.role, span.since, span.state}, top).first->second;
    }
    for (CallBar& bar : ladder.bars)
        bar.top = calls_.try_emplace({bar.role, bar.call}, bar.top).first->second;
}

Ladder LadderWindow::lay_out(std::size_t frame) {
    move_to(frame);
    view::ladder::LadderInput input = whole_;
    input.position = played_.positions[frame];
    input.scroll += top_;
    input.height -= static_cast<float>(top_);
    Ladder ladder = view::ladder::lay_out_ladder(input);
    move_down(ladder, static_cast<float>(top_));
    mend_tops(ladder);
    forget_above(ladder, line_);
    return ladder;
}

std::array<std::vector<Reach>, 5> reaches(const Ladder& ladder) {
    std::array<std::vector<Reach>, 5> all;
    const auto of = [&all](picture::Layer layer) -> std::vector<Reach>& {
        return all[static_cast<std::size_t>(layer)];
    };
    if (ladder.now) of(picture::Layer::Ground).push_back({ladder.now->y, ladder.now->bottom()});
    for (const float y : ladder.ticks) of(picture::Layer::Ground).push_back(between(y, y, 1));
    for (std::size_t i = 0; i + 1 < ladder.now_line.size(); i += 2) {
        of(picture::Layer::Ground)
            .push_back(between(ladder.now_line[i].y, ladder.now_line[i + 1].y, 1));
    }
    for (const LifelineSpan& span : ladder.lifelines)
        of(picture::Layer::States).push_back(reach_of(span));
    for (const CallBar& bar : ladder.bars) of(picture::Layer::Calls).push_back(reach_of(bar));
    for (const GapBreak& gap : ladder.breaks) of(picture::Layer::Calls).push_back(reach_of(gap));
    for (const Arrow& arrow : ladder.arrows)
        of(picture::Layer::Segments).push_back(reach_of(arrow));
    for (const LadderText& text : ladder.texts) of(picture::Layer::Words).push_back(reach_of(text));
    return all;
}

}  // namespace tcpstep::exports::html
