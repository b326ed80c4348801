#include "app/view/ladder_layout.hpp"

#include <algorithm>
#include <cmath>

#include "app/view/ladder_frame.hpp"
#include "app/view/ladder_texts.hpp"

namespace tcpstep::view {

using namespace model;

LadderFrame::LadderFrame(const LadderInput& input) : in_(input), flights_(input) {
    // The widest state's name, framed, fits beside a lifeline, unless the ladder is very narrow.
    const float state = input.measure(TextStyle::Label, "ESTABLISHED") + 1.1F * em();
    margin_ = std::min(state + gap() + 0.5F * em(), 0.3F * input.width);
    position_ = std::min(input.position, input.rows.size());
    // A row earlier, for what hangs over its row's edge.
    const float units = (input.scroll - kTopPad * em()) / unit() - LadderRows::kSegment;
    first_ = units <= 0 ? 0 : input.rows.first_below(static_cast<std::uint32_t>(units));
    first_ = std::min(first_, position_);
    last_ = first_;
    while (last_ < position_ && y(last_) < input.height) ++last_;
}

float LadderFrame::anchor(std::size_t i, Role role) const {
    const Event& event = in_.timeline.event(i);
    if (std::holds_alternative<SegmentDelivered>(event.fact) ||
        std::holds_alternative<SegmentDropped>(event.fact)) {
        return y(i, kLandedAt);
    }
    if (const SegmentId id = in_.index.begun_by(in_.timeline, i); id != 0) {
        if (in_.index.gated()) return y(i, kGatedSentAt);
        const Segment* segment = in_.timeline.segment(id);
        return y(i, kSentAt + (segment != nullptr && segment->from == role ? 0 : kFall));
    }
    return y(i, static_cast<float>(in_.rows.lines(i) * LadderRows::kTextLine) +
                    0.5F * LadderRows::kChip);
}

namespace {

std::optional<Rect> row_of_now(const LadderFrame& frame) {
    const LadderInput& in = frame.in();
    const std::optional<std::size_t> step = in.index.last_step_before(frame.position());
    if (!step) return std::nullopt;
    // A return that joined its entry's row is shown there.
    const float above = in.rows.joins_entry(*step) ? LadderRows::kTextLine * frame.unit() : 0;
    const float top = frame.y(*step) - above;
    float bottom = frame.y(*step + 1);
    // What the step put on its way may still be in flight: its place is drawn where it will land.
    const SegmentId begun = in.index.begun_by(in.timeline, *step);
    if (const LadderFlight* flight = frame.flights().find(begun)) {
        bottom = std::max(bottom, frame.y(frame.position(), flight->bottom()));
    }
    return Rect{0, top, in.width, bottom - top};
}

}  // namespace

Ladder lay_out_ladder(const LadderInput& input) {
    const LadderFrame frame(input);
    Ladder ladder;
    ladder.client_x = frame.x(Role::Client);
    ladder.server_x = frame.x(Role::Server);
    ladder.now = row_of_now(frame);
    TextPlacer texts(input.measure, input.em, ladder.texts);
    add_margins(frame, texts, ladder);
    add_labels(frame, texts, ladder, add_arrows(frame, ladder));
    ladder.changes_in = frame.flights().changes_in();
    return ladder;
}

float ladder_height(const LadderInput& input, bool more) {
    const float rows =
        static_cast<float>(input.rows.top(std::min(input.position, input.rows.size())));
    const float least = more ? LadderRows::kSegment + LadderRows::kTextLine : 2;
    const float tenths = rows + std::max(least, LadderFlights(input).height());
    return (LadderFrame::kTopPad + tenths * LadderFrame::kLine / 10) * input.em;
}

const Arrow* arrow_at(const Ladder& ladder, Point point, float reach) {
    const auto hit = [](SegmentId id) { return id != 0; };
    for (const LadderText& text : ladder.texts) {
        if (!hit(text.segment) || !text.box.contains(point)) continue;
        for (const Arrow& arrow : ladder.arrows) {
            if (arrow.segment == text.segment) return &arrow;
        }
    }
    const Arrow* nearest = nullptr;
    float best = reach;
    for (const Arrow& arrow : ladder.arrows) {
        const float along = arrow.to.x - arrow.from.x;
        if (!hit(arrow.segment) || along == 0) continue;
        const float t = (point.x - arrow.from.x) / along;
        if (t < 0 || t > 1) continue;
        const float away = std::abs(point.y - (arrow.from.y + t * (arrow.to.y - arrow.from.y)));
        if (away <= best) {
            best = away;
            nearest = &arrow;
        }
    }
    return nearest;
}

}  // namespace tcpstep::view
