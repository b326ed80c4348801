#include <algorithm>
#include <cmath>
#include <utility>

#include "app/view/ladder_frame.hpp"
#include "app/view/ladder_texts.hpp"
#include "app/view/say.hpp"

namespace tcpstep::view {

using namespace model;

namespace {

constexpr float kLostAt = 0.72F;          // of its way, what is lost ends
constexpr float kCross = 0.9F;            // em: the cross there
constexpr std::size_t kGhostSearch = 64;  // events looked at for the next segment

class Arrows {
  public:
    Arrows(const LadderFrame& frame, TextPlacer& texts, Ladder& out)
        : f_(frame), in_(frame.in()), texts_(texts), out_(out) {}

    void add() {
        // Those sent above what is visible may reach into it.
        std::vector<SegmentId> flying;
        for (const InFlight& flight : in_.timeline.at(f_.first()).in_flight) {
            flying.push_back(flight.segment.id);
        }
        for (SegmentId id : flying) add_arrow(id);
        for (std::size_t i = f_.first(); i < f_.last(); ++i) {
            if (SegmentId id = sent_by(in_.timeline.event(i)); id != 0) add_arrow(id);
        }
        add_ghost();
    }

  private:
    void add_arrow(SegmentId id) {
        const Segment* segment = in_.timeline.segment(id);
        const std::optional<std::size_t> sent = in_.timeline.event_of_segment(id);
        if (segment == nullptr || !sent) return;
        Arrow arrow;
        arrow.segment = id;
        arrow.kind = kind_of(*segment);
        arrow.again = in_.timeline.effects(*sent).retransmission_of != 0;
        arrow.selected = id == in_.selected;
        const std::optional<std::size_t> now = in_.index.last_step_before(f_.position());
        arrow.now = now == sent;
        arrow.from = {f_.inner(segment->from), f_.anchor(*sent, segment->from)};
        arrow.to = {f_.inner(peer(segment->from)), f_.anchor(*sent, peer(segment->from))};
        if (in_.index.gated()) {
            const auto landing = in_.index.landing(id);
            if (landing && landing->event < f_.position()) {
                arrow.flight = landing->delivered ? Flight::Arrives : Flight::Lost;
                arrow.to.y = f_.y(landing->event, LadderFrame::kLandedAt);
                if (!landing->delivered) arrow.to = along(arrow, kLostAt);
                arrow.now = arrow.now || now == landing->event;
            } else {
                arrow.flight = Flight::InFlight;
                arrow.to.y = f_.y(f_.position(), LadderFrame::kLandedAt);
            }
        }
        out_.arrows.push_back(arrow);
        label(arrow, *segment,
              arrow.again ? say(Text::LadderAgain, flags_label(*segment)) : flags_label(*segment),
              colour_of(arrow.kind));
        numbers(arrow, *segment);
    }

    // Above the arrow, at its middle or, if that is taken, elsewhere along it.
    void label(const Arrow& arrow, const Segment& segment, std::string words, ColourRole role) {
        LadderText text;
        text.style = arrow.flight == Flight::Ghost ? TextStyle::Small : TextStyle::Flags;
        text.colour = role;
        text.text = std::move(words);
        text.segment = segment.id;
        if (arrow.flight == Flight::InFlight && box_label(arrow, text)) return;
        const float w = texts_.width(text.style, text.text);
        const float h = texts_.height(text.style);
        for (float t : {0.5F, 0.36F, 0.64F, 0.24F, 0.76F}) {
            text.box = {0, 0, w, h};
            put(text.box, arrow, t, -h - 0.08F * f_.em());
            if (clear_of_cross(arrow, text.box) && texts_.try_at(text)) return;
        }
        texts_.beside(text, text.box.x, false, text.box.centre().y, w);
    }

    // In a box on its way, as far as it has come; false if there is no room.
    bool box_label(const Arrow& arrow, LadderText text) {
        text.frame = Frame::Box;
        const float w = texts_.width(text.style, text.text) + 1.8F * f_.em();
        const float h = texts_.height(text.style) + 0.7F * f_.em();
        text.box = {(arrow.from.x + arrow.to.x - w) / 2, (arrow.from.y + arrow.to.y - h) / 2, w, h};
        return texts_.try_at(std::move(text));
    }

    // Below it, as many of them as fit.
    void numbers(const Arrow& arrow, const Segment& segment) {
        const SeqBase base =
            base_of(in_.timeline.at(in_.timeline.size()), segment.from, in_.raw_numbers);
        const float room = arrow.flight == Flight::Lost
                               ? std::abs(arrow.to.x - arrow.from.x) - kCross * f_.em()
                               : f_.x(Role::Server) - f_.x(Role::Client) - 2.5F * f_.em();
        LadderText text;
        text.style = TextStyle::MonoSmall;
        text.colour = ColourRole::TextDim;
        text.segment = segment.id;
        for (const std::string& word : number_words(segment, base)) {
            const std::string longer = text.text.empty() ? word : text.text + "  " + word;
            if (!text.text.empty() && texts_.width(text.style, longer) > room) break;
            text.text = longer;
        }
        const float w = texts_.width(text.style, text.text);
        const float below = (arrow.flight == Flight::InFlight ? 1.0F : 0.14F) * f_.em();
        for (float t : {0.5F, 0.4F, 0.6F}) {
            text.box = {0, 0, w, texts_.height(text.style)};
            put(text.box, arrow, t, below);
            if (clear_of_cross(arrow, text.box) && texts_.try_at(text)) return;
        }
    }

    static Point along(const Arrow& arrow, float t) {
        return {arrow.from.x + t * (arrow.to.x - arrow.from.x),
                arrow.from.y + t * (arrow.to.y - arrow.from.y)};
    }

    bool clear_of_cross(const Arrow& arrow, const Rect& box) const {
        const float size = kCross * f_.em();
        return arrow.flight != Flight::Lost ||
               !overlap(box, {arrow.to.x - size / 2, arrow.to.y - size / 2, size, size});
    }

    // Centres `box` at the fraction `t` of the arrow's way, `below` it (above if negative), clear
    // of the slanted line on its whole width.
    static void put(Rect& box, const Arrow& arrow, float t, float below) {
        const Point at = along(arrow, t);
        const float slope =
            std::abs((arrow.to.y - arrow.from.y) / (arrow.to.x - arrow.from.x)) * box.w / 2;
        box.x = at.x - box.w / 2;
        box.y = at.y + below + (below < 0 ? -slope : slope);
    }

    void add_ghost() {
        if (!in_.timeline.at(f_.position()).in_flight.empty()) return;
        const std::size_t end = std::min(in_.rows.size(), f_.position() + kGhostSearch);
        for (std::size_t i = f_.position(); i < end; ++i) {
            const SegmentId id = sent_by(in_.timeline.event(i));
            const Segment* segment = id == 0 ? nullptr : in_.timeline.segment(id);
            if (segment == nullptr) continue;
            Arrow arrow;
            arrow.kind = kind_of(*segment);
            arrow.flight = Flight::Ghost;
            arrow.from = {f_.inner(segment->from), f_.y(f_.position(), LadderFrame::kSentAt)};
            arrow.to = {f_.inner(peer(segment->from)),
                        f_.y(f_.position(), LadderFrame::kSentAt + LadderFrame::kFall)};
            out_.arrows.push_back(arrow);
            label(arrow, {}, say(Text::LadderNext, to_label(segment->flags)), ColourRole::TextDim);
            return;
        }
    }

    const LadderFrame& f_;
    const LadderInput& in_;
    TextPlacer& texts_;
    Ladder& out_;
};

}  // namespace

void add_arrows(const LadderFrame& frame, TextPlacer& texts, Ladder& ladder) {
    Arrows(frame, texts, ladder).add();
}

}  // namespace tcpstep::view
