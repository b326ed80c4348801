#include <algorithm>
#include <cmath>

#include "app/view/datagram_text.hpp"
#include "app/view/expected_segment.hpp"
#include "app/view/ladder/frame.hpp"
#include "app/view/say.hpp"
#include "app/view/socket_kind.hpp"

namespace tcpstep::view::ladder {

using namespace model;

namespace {

constexpr float kLostAt = 0.72F;          // of its way, what is lost ends
constexpr float kOnTheWire = 0.12F;       // of the way, what no end sent begins
constexpr std::size_t kGhostSearch = 64;  // events looked at for the next segment

class Arrows {
  public:
    Arrows(const LadderFrame& frame, Ladder& out) : f_(frame), in_(frame.in()), out_(out) {}

    std::string add() {
        // Those sent above what is visible may reach into it.
        std::vector<SegmentId> flying;
        for (const InFlight& flight : in_.timeline.at(f_.first()).in_flight) {
            if (flight.copy_of == 0) flying.push_back(flight.segment.id);
        }
        for (SegmentId id : flying) add_arrow(id);
        for (std::size_t i = f_.first(); i < f_.last(); i = f_.next(i)) {
            if (SegmentId id = in_.index.begun_by(in_.timeline, i); id != 0) add_arrow(id);
            if (const auto datagram = datagram_text(in_.timeline.event(i).fact)) {
                add_datagram(i, *datagram);
            }
        }
        if (!in_.now) return add_next();
        return in_.foretells ? add_expected() : std::string();
    }

  private:
    void add_arrow(SegmentId id) {
        const Segment* segment = in_.timeline.segment(id);
        const std::optional<std::size_t> begin = in_.index.begin_of(in_.timeline, id);
        const std::optional<std::size_t> sent = in_.timeline.event_of_segment(id);
        if (segment == nullptr || !begin || !sent) return;
        Arrow arrow;
        arrow.segment = id;
        arrow.kind = kind_of(*segment);
        arrow.again = in_.timeline.effects(*sent).retransmission_of != 0;
        arrow.selected = id == in_.selected;
        const std::optional<std::size_t> now = in_.index.last_step_before(f_.position());
        arrow.now = now == begin;
        arrow.from = {f_.inner(segment->from), f_.anchor(*begin, segment->from)};
        arrow.to = {f_.inner(peer(segment->from)), f_.anchor(*begin, peer(segment->from))};
        if (in_.index.gated()) {
            arrow.from.y = f_.row(*begin, LadderFrame::kGatedSentAt);
            const auto landing = in_.index.landing(id);
            if (landing && landing->event < f_.position()) {
                land(arrow, *landing);
                arrow.now = arrow.now || now == landing->event;
            } else {
                fly(arrow);
            }
        }
        // A duplicate or a reset of ours comes from nobody's lifeline.
        if (!std::holds_alternative<SegmentSent>(in_.timeline.event(*sent).fact)) {
            arrow.from.x = along(arrow, kOnTheWire).x;
        }
        out_.arrows.push_back(arrow);
    }

    // Nobody tells whether it arrives; on loopback it does, at once.
    void add_datagram(std::size_t i, const DatagramText& datagram) {
        Arrow arrow;
        arrow.kind = datagram.kind;
        arrow.from = {f_.inner(datagram.from), f_.row(i, LadderFrame::kSentAt)};
        arrow.to = {f_.inner(peer(datagram.from)),
                    f_.row(i, LadderFrame::kSentAt + LadderFrame::kFall)};
        arrow.now = in_.index.last_step_before(f_.position()) == i;
        arrow.datagram = datagram;
        out_.arrows.push_back(std::move(arrow));
    }

    void land(Arrow& arrow, const TimelineIndex::Landing& landing) const {
        arrow.flight = landing.delivered ? Flight::Arrives : Flight::Lost;
        arrow.to.y = f_.row(landing.event, LadderFrame::kLandedAt);
        if (!landing.delivered) arrow.to = along(arrow, kLostAt);
    }

    void fly(Arrow& arrow) const {
        arrow.flight = Flight::InFlight;
        const LadderFlight* flight = f_.flights().find(arrow.segment);
        if (flight != nullptr) arrow.grown = flight->grown;
        arrow.to.y = f_.below(flight != nullptr ? flight->lands : LadderFrame::kLandedAt);
    }

    // What TCP will answer for certain.
    std::string add_expected() {
        const auto expected = expected_segment(in_.timeline.at(f_.position()));
        if (!expected) return {};
        add_ghost(expected->from, expected->kind);
        return say(Text::LadderNext, expected->label);
    }

    // In a recording it is known what comes.
    std::string add_next() {
        if (!f_.flights().all().empty()) return {};
        if (!speaks_tcp_at(in_.timeline, f_.position())) return {};
        const std::size_t end = std::min(in_.rows.size(), f_.position() + kGhostSearch);
        for (std::size_t i = f_.position(); i < end; ++i) {
            const SegmentId id = in_.index.begun_by(in_.timeline, i);
            const Segment* segment = id == 0 ? nullptr : in_.timeline.segment(id);
            if (segment == nullptr) continue;
            add_ghost(segment->from, kind_of(*segment));
            return say(Text::LadderNext, to_label(segment->flags));
        }
        return {};
    }

    void add_ghost(Role from, SegmentKind kind) {
        Arrow arrow;
        arrow.kind = kind;
        arrow.flight = Flight::Ghost;
        arrow.from = {f_.inner(from), f_.below(f_.flights().ghost_from())};
        arrow.to = {f_.inner(peer(from)), f_.below(f_.flights().ghost_to())};
        out_.arrows.push_back(arrow);
    }

    const LadderFrame& f_;
    const LadderInput& in_;
    Ladder& out_;
};

}  // namespace

Point along(const Arrow& arrow, float t) {
    return {arrow.from.x + t * (arrow.to.x - arrow.from.x),
            arrow.from.y + t * (arrow.to.y - arrow.from.y)};
}

float distance(const Arrow& arrow, Point point) {
    const float dx = arrow.to.x - arrow.from.x;
    const float dy = arrow.to.y - arrow.from.y;
    const float square = dx * dx + dy * dy;
    const float t =
        square <= 0
            ? 0.0F
            : std::clamp(((point.x - arrow.from.x) * dx + (point.y - arrow.from.y) * dy) / square,
                         0.0F, 1.0F);
    const float x = point.x - arrow.from.x - t * dx;
    const float y = point.y - arrow.from.y - t * dy;
    return std::sqrt(x * x + y * y);  // pixels: std::hypot() guards against what cannot be, slowly
}

std::string add_arrows(const LadderFrame& frame, Ladder& ladder) {
    return Arrows(frame, ladder).add();
}

}  // namespace tcpstep::view::ladder
