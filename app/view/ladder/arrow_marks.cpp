#include "app/view/ladder/arrow_marks.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

#include "app/view/ladder/frame.hpp"

namespace tcpstep::view::ladder {

namespace {

// All sizes are for letters of that height.
constexpr float kEm = 18;

constexpr float kTail = 4.2F;  // half of a glyph at the tail
constexpr float kLost = 7;     // half of the cross where a segment is lost
constexpr float kHead = 12;    // as long as it is wide
constexpr float kGhostHead = 9;
constexpr float kFinApart = 3.9F;  // from the middle of one of FIN's lines to the other's
constexpr float kFinShorter = 7;   // they end in the head, where it is wide enough
constexpr float kFinLine = 1.5F;

struct Look {
    float thickness;
    float on = 0, off = 0;
};

constexpr Look kNotYet = {1.6F, 1.6F, 5.4F};  // dots
constexpr float kDash = 11, kDashApart = 6;

Look look_of(const Arrow& arrow) {
    if (arrow.flight == Flight::Ghost) return kNotYet;
    Look look{2};
    switch (arrow.kind) {
        case SegmentKind::Syn:
            look = {2.6F};
            break;
        case SegmentKind::Fin:
            look = {kFinLine};
            break;
        case SegmentKind::Rst:
            look = {2.8F, 2.8F, 3.6F};
            break;
        case SegmentKind::Data:
            look = {3.4F};
            break;
        case SegmentKind::Ack:
            look = {1.6F};
            break;
    }
    if (arrow.again) {
        look.on = kDash;
        look.off = kDashApart;
    }
    return look;
}

bool is_double(const Arrow& arrow) {
    return arrow.kind == SegmentKind::Fin && arrow.flight != Flight::Ghost;
}

class Marks {
  public:
    Marks(const Arrow& arrow, float em)
        : arrow_(arrow),
          weight_(em / kEm),
          ghost_(arrow.flight == Flight::Ghost),
          colour_(ghost_ ? ColourRole::Edge : colour_of(arrow.kind)) {}

    ArrowMarks make() {
        Point to = arrow_.to;
        if (arrow_.flight == Flight::InFlight) {
            to = along(arrow_, arrow_.grown);
            line(to, arrow_.to, ColourRole::Edge, kNotYet);
        }
        body(to);
        if (!ghost_) tail();
        if (arrow_.flight == Flight::Lost) {
            cross(to, kLost, ColourRole::Rst, 3);
        } else if (arrow_.flight != Flight::InFlight) {
            marks_.head = Head{arrow_.from, to, (ghost_ ? kGhostHead : kHead) * weight_, colour_};
        }
        return std::move(marks_);
    }

  private:
    void body(Point to) {
        const Look look = look_of(arrow_);
        const float length = std::hypot(to.x - arrow_.from.x, to.y - arrow_.from.y);
        if (!is_double(arrow_) || length <= 0) return line(arrow_.from, to, colour_, look);
        const Point d = {(to.x - arrow_.from.x) / length, (to.y - arrow_.from.y) / length};
        const float shorter = arrow_.flight == Flight::Arrives ? kFinShorter * weight_ : 0;
        const float side = kFinApart / 2 * weight_;
        for (const float away : {-side, side}) {
            line({arrow_.from.x - d.y * away, arrow_.from.y + d.x * away},
                 {to.x - d.x * shorter - d.y * away, to.y - d.y * shorter + d.x * away}, colour_,
                 look);
        }
    }

    void tail() {
        const float size = kTail * weight_;
        const Point from = arrow_.from;
        switch (arrow_.kind) {
            case SegmentKind::Syn:
                marks_.disc = Disc{from, size, colour_};
                break;
            case SegmentKind::Fin:
                line({from.x, from.y - 1.5F * size}, {from.x, from.y + 1.5F * size}, colour_, {3});
                break;
            case SegmentKind::Rst:
                cross(from, kTail, colour_, 2.4F);
                break;
            case SegmentKind::Data:
            case SegmentKind::Ack:
                break;
        }
    }

    void cross(Point at, float size, ColourRole colour, float thickness) {
        const float half = size * weight_;
        line({at.x - half, at.y - half}, {at.x + half, at.y + half}, colour, {thickness});
        line({at.x - half, at.y + half}, {at.x + half, at.y - half}, colour, {thickness});
    }

    void line(Point from, Point to, ColourRole colour, const Look& look) {
        marks_.strokes.push_back(
            {from, to, colour, look.thickness * weight_, look.on * weight_, look.off * weight_});
    }

    const Arrow& arrow_;
    float weight_;
    bool ghost_;
    ColourRole colour_;
    ArrowMarks marks_;
};

}  // namespace

ArrowMarks marks_of(const Arrow& arrow, float em) {
    return Marks(arrow, em).make();
}

std::optional<Stroke> leader_of(const LadderText& text, float em) {
    if (!text.leads_to) return std::nullopt;
    const Point to = *text.leads_to;
    const bool right = to.x > text.box.centre().x;
    return Stroke{
        {right ? text.box.right() : text.box.x, text.box.centre().y}, to, text.colour, 0.07F * em};
}

float thickness_of(const Arrow& arrow, float em) {
    return ((is_double(arrow) ? kFinApart : 0) + look_of(arrow).thickness) * em / kEm;
}

Rect tail_box(const Arrow& arrow, float em) {
    const bool bare = arrow.kind == SegmentKind::Data || arrow.kind == SegmentKind::Ack;
    if (bare || arrow.flight == Flight::Ghost) return {arrow.from.x, arrow.from.y, 0, 0};
    const float half = kTail * em / kEm;
    const float high = arrow.kind == SegmentKind::Fin ? 1.5F * half : half;
    return {arrow.from.x - half, arrow.from.y - high, 2 * half, 2 * high};
}

Rect end_box(const Arrow& arrow, float em) {
    if (arrow.flight == Flight::InFlight) return {arrow.to.x, arrow.to.y, 0, 0};
    if (arrow.flight == Flight::Lost) {
        const float half = kLost * em / kEm;
        return {arrow.to.x - half, arrow.to.y - half, 2 * half, 2 * half};
    }
    const float size = (arrow.flight == Flight::Ghost ? kGhostHead : kHead) * em / kEm;
    const float length = std::hypot(arrow.to.x - arrow.from.x, arrow.to.y - arrow.from.y);
    if (length <= 0) return {arrow.to.x, arrow.to.y, 0, 0};
    const Point d = {(arrow.to.x - arrow.from.x) / length * size,
                     (arrow.to.y - arrow.from.y) / length * size};
    const Point base = {arrow.to.x - d.x, arrow.to.y - d.y};
    const auto [left, right] = std::minmax({arrow.to.x, base.x - d.y / 2, base.x + d.y / 2});
    const auto [top, bottom] = std::minmax({arrow.to.y, base.y - d.x / 2, base.y + d.x / 2});
    return {left, top, right - left, bottom - top};
}

}  // namespace tcpstep::view::ladder
