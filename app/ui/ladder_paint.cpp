#include "app/ui/ladder_paint.hpp"

#include <cmath>

namespace tcpstep::ui {

using view::Arrow;
using view::Flight;
using view::SegmentKind;

namespace {

struct Line {
    float thickness;
    float on, off;  // dashes; no gap if off is 0
};

// Kinds differ in their lines, not by colour alone: FIN is dashed, RST dotted, data heavy.
Line line_of(const Arrow& arrow) {
    if (arrow.flight == Flight::Ghost) return {1.6F, 2, 6};
    if (arrow.again) return {2.2F, 10, 3};
    switch (arrow.kind) {
        case SegmentKind::Syn:
            return {2.6F, 0, 0};
        case SegmentKind::Fin:
            return {2.6F, 14, 6};
        case SegmentKind::Rst:
            return {2.6F, 4, 4};
        case SegmentKind::Data:
            return {3.4F, 0, 0};
        case SegmentKind::Ack:
            return {1.6F, 0, 0};
    }
    return {2, 0, 0};
}

void cross(const Painter& p, Point at, float size, ColourRole role, float thickness) {
    p.line({at.x - size, at.y - size}, {at.x + size, at.y + size}, role, thickness);
    p.line({at.x - size, at.y + size}, {at.x + size, at.y - size}, role, thickness);
}

// What stands at an arrow's tail: SYN opens (a disc), FIN ends (a bar), RST breaks (a cross).
void paint_tail(const Painter& p, const Arrow& arrow, Point from, ColourRole role, float weight) {
    const float size = 4.2F * weight;
    switch (arrow.kind) {
        case SegmentKind::Syn:
            p.disc(from, size, role);
            break;
        case SegmentKind::Fin:
            p.line({from.x, from.y - 1.5F * size}, {from.x, from.y + 1.5F * size}, role,
                   3 * weight);
            break;
        case SegmentKind::Rst:
            cross(p, from, size, role, 2.4F * weight);
            break;
        case SegmentKind::Data:
        case SegmentKind::Ack:
            break;
    }
}

void paint_arrow(const Painter& p, const Arrow& arrow, Point origin, bool pointed) {
    const float weight = p.em() / 18;
    const Point from = {origin.x + arrow.from.x, origin.y + arrow.from.y};
    Point to = {origin.x + arrow.to.x, origin.y + arrow.to.y};
    const bool ghost = arrow.flight == Flight::Ghost;
    const ColourRole role = ghost ? ColourRole::Edge : view::colour_of(arrow.kind);
    const Line line = line_of(arrow);
    if (arrow.selected || pointed) {
        p.line(from, to, ColourRole::Here, (line.thickness + 8) * weight,
               arrow.selected ? 0.4F : 0.22F);
    }
    if (arrow.flight == Flight::InFlight) {
        const Point come = {from.x + (to.x - from.x) * arrow.grown,
                            from.y + (to.y - from.y) * arrow.grown};
        p.dashes(come, to, ColourRole::Edge, 1.6F * weight, 5 * weight, 6 * weight);
        to = come;
    }
    if (line.off > 0) {
        p.dashes(from, to, role, line.thickness * weight, line.on * weight, line.off * weight);
    } else {
        p.line(from, to, role, line.thickness * weight);
    }
    if (!ghost) paint_tail(p, arrow, from, role, weight);
    if (arrow.flight == Flight::Lost) {
        cross(p, to, 7 * weight, ColourRole::Rst, 3 * weight);
    } else if (arrow.flight != Flight::InFlight) {
        p.head(from, to, (ghost ? 9.0F : 12.0F) * weight, role);
    }
}

void paint_text(const Painter& p, const view::LadderText& text, Point origin) {
    const Rect box = {origin.x + text.box.x, origin.y + text.box.y, text.box.w, text.box.h};
    if (text.frame == view::Frame::Pill) {
        p.fill(box, ColourRole::Background, box.h / 2);
        p.outline(box, text.colour, box.h / 2, 1.3F * p.em() / 18);
    }
    if (text.frame == view::Frame::Box) {
        p.fill(box, ColourRole::Background, 0.45F * p.em());
        p.outline(box, ColourRole::Attention, 0.45F * p.em(), 2.6F * p.em() / 18);
    }
    if (text.frame == view::Frame::FaintBox) {
        p.fill(box, ColourRole::Background, 0.45F * p.em());
        p.outline(box, ColourRole::Edge, 0.45F * p.em(), 1.6F * p.em() / 18);
    }
    p.text(box, text.style, text.colour, text.text, Align::Centre, text.squeeze);
}

// A halo of light that becomes fainter outward.
void paint_glow(const Painter& p, const Rect& box, Point origin) {
    constexpr int kRings = 6;
    for (int ring = kRings; ring > 0; --ring) {
        const float out = 0.13F * p.em() * static_cast<float>(ring);
        p.fill({origin.x + box.x - out, origin.y + box.y - out, box.w + 2 * out, box.h + 2 * out},
               ColourRole::Here, 0.45F * p.em() + out, 0.075F);
    }
}

}  // namespace

void paint_ladder(const Painter& p, const view::Ladder& ladder, Point origin,
                  model::SegmentId pointed, bool obeys) {
    if (ladder.now) {
        const Rect& now = *ladder.now;
        p.fill({origin.x + now.x, origin.y + now.y, now.w, now.h}, ColourRole::NowBand,
               0.4F * p.em());
    }
    for (const view::LifelineSpan& span : ladder.lifelines) {
        const float x = std::round(origin.x + span.x - span.thickness / 2);
        p.fill({x, origin.y + span.top, std::round(span.thickness), span.bottom - span.top},
               view::role_colour(span.role), 0, span.opacity);
    }
    const float bar = 0.33F * p.em();
    for (const view::CallBar& call : ladder.bars) {
        p.fill({origin.x + call.x - bar / 2, origin.y + call.top, bar, call.bottom - call.top},
               view::role_colour(call.role), bar / 3, call.open ? 0.5F : 0.35F);
    }
    for (const Arrow& arrow : ladder.arrows) {
        paint_arrow(p, arrow, origin, pointed != 0 && arrow.segment == pointed);
    }
    if (ladder.held && obeys) paint_glow(p, ladder.held->box, origin);
    for (const view::LadderText& text : ladder.texts) paint_text(p, text, origin);
}

}  // namespace tcpstep::ui
