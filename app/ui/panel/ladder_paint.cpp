#include "app/ui/panel/ladder_paint.hpp"

#include <algorithm>
#include <cmath>
#include <variant>

#include "app/ui/controls.hpp"
#include "app/view/ladder/arrow_marks.hpp"

namespace tcpstep::ui::panel {

using view::ladder::Arrow;

namespace {

// How much of the marker's colour is laid under what is pointed at.
constexpr float kPointed = 0.22F;

void paint_arrow(const Painter& p, const Arrow& arrow, Point origin, bool pointed) {
    const auto at = [origin](Point point) { return Point{origin.x + point.x, origin.y + point.y}; };
    if (arrow.selected || pointed) {
        const float around = view::ladder::thickness_of(arrow, p.em()) + 0.44F * p.em();
        p.line(at(arrow.from), at(arrow.to), ColourRole::Here, around,
               arrow.selected ? kSelected : kPointed);
    }
    const view::ladder::ArrowMarks marks = view::ladder::marks_of(arrow, p.em());
    for (const view::ladder::Stroke& one : marks.strokes) {
        if (one.off > 0) {
            p.dashes(at(one.from), at(one.to), one.colour, one.thickness, one.on, one.off);
        } else {
            p.line(at(one.from), at(one.to), one.colour, one.thickness);
        }
    }
    if (marks.disc) p.disc(at(marks.disc->centre), marks.disc->radius, marks.disc->colour);
    if (marks.head)
        p.head(at(marks.head->from), at(marks.head->tip), marks.head->size, marks.head->colour);
}

void paint_text(const Painter& p, const view::ladder::LadderText& text, Point origin,
                bool pointed) {
    const Rect box = {origin.x + text.box.x, origin.y + text.box.y, text.box.w, text.box.h};
    if (text.selected || pointed) {
        const float out = 0.16F * p.em();
        p.fill({box.x - out, box.y - out, box.w + 2 * out, box.h + 2 * out}, ColourRole::Here,
               text.frame == view::ladder::Frame::Pill ? box.h / 2 + out : 0.25F * p.em(),
               text.selected ? kSelected : kPointed);
    }
    if (const auto leader = view::ladder::leader_of(text, p.em())) {
        p.line({origin.x + leader->from.x, origin.y + leader->from.y},
               {origin.x + leader->to.x, origin.y + leader->to.y}, leader->colour,
               std::max(1.0F, leader->thickness));
    }
    if (text.frame == view::ladder::Frame::Pill) {
        p.fill(box, ColourRole::Background, box.h / 2);
        p.outline(box, text.colour, box.h / 2, 1.3F * p.em() / 18);
    }
    if (text.frame == view::ladder::Frame::Box) {
        p.fill(box, ColourRole::Background, 0.45F * p.em());
        p.outline(box, ColourRole::Attention, 0.45F * p.em(), 2.6F * p.em() / 18);
    }
    if (text.frame == view::ladder::Frame::FaintBox) {
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

// Slanted strokes: what waits.
void paint_hatch(const Painter& p, const Rect& bar, ColourRole role) {
    const float apart = 0.42F * p.em();
    // They keep their places while the ladder moves, or the bar would seem to run.
    const float first = bar.y + apart / 2;
    for (float y = first; y + bar.w < bar.bottom(); y += apart) {
        p.line({bar.x, y + bar.w}, {bar.right(), y}, role, std::max(1.0F, 0.09F * p.em()), 0.9F);
    }
}

void paint_bar(const Painter& p, const view::ladder::CallBar& call, float height, Point origin,
               bool pointed) {
    const float w = call.w;
    // What lies outside of what is visible need not be hatched.
    const float apart = 0.42F * p.em();
    const float above = std::max(0.0F, std::floor(-call.top / apart) * apart);
    const float top = call.top + above;
    const Rect box = {origin.x + call.x - w / 2, origin.y + top, w,
                      std::min(call.bottom, height + apart) - top};
    if (box.h <= 0) return;
    const ColourRole role = view::role_colour(call.role);
    if (call.selected || pointed) {
        p.fill({box.x - w / 2, box.y, 2 * w, box.h}, ColourRole::Here, w / 2,
               call.selected ? kSelected : kPointed);
    }
    if (!call.blocked) return p.fill(box, role, w / 3, 0.5F);
    p.fill(box, role, w / 3, 0.22F);
    paint_hatch(p, box, role);
}

// A gap in time, cut short: both lifelines are broken.
void paint_break(const Painter& p, const view::ladder::GapBreak& gap,
                 const view::ladder::Ladder& ladder, Point origin) {
    const float em = p.em();
    const float half = 0.55F * em;
    const float rise = 0.2F * em;
    for (const float x : {ladder.client_x, ladder.server_x}) {
        const Point at = {origin.x + x, origin.y + gap.y};
        for (const float off : {-0.16F * em, 0.16F * em}) {
            p.line({at.x - half, at.y + off + rise}, {at.x + half, at.y + off - rise},
                   ColourRole::TextDim, std::max(1.0F, 0.1F * em));
        }
        p.line({at.x - half, at.y + rise}, {at.x + half, at.y - rise}, ColourRole::Panel,
               0.22F * em);
    }
}

void paint_ground(const Painter& p, const view::ladder::Ladder& ladder, Point origin) {
    const auto fill = [&](const std::optional<Rect>& row, ColourRole role, float opacity) {
        if (!row) return;
        p.fill({origin.x + row->x, origin.y + row->y, row->w, row->h}, role, 0.4F * p.em(),
               opacity);
    };
    fill(ladder.now, ColourRole::NowBand, 1);
    fill(ladder.marked, ColourRole::Here, kPointed);
    for (const float y : ladder.ticks) {
        p.line({origin.x + ladder.column - 0.3F * p.em(), origin.y + y},
               {origin.x + ladder.column, origin.y + y}, ColourRole::Edge, 1);
    }
    for (std::size_t i = 0; i + 1 < ladder.now_line.size(); i += 2) {
        const Point a = ladder.now_line[i];
        const Point b = ladder.now_line[i + 1];
        p.dashes({origin.x + a.x, origin.y + a.y}, {origin.x + b.x, origin.y + b.y},
                 ColourRole::Attention, std::max(1.0F, 0.07F * p.em()), 0.3F * p.em(),
                 0.3F * p.em(), 0.7F);
    }
}

}  // namespace

void paint_ladder(const Painter& p, const view::ladder::Ladder& ladder, Point origin,
                  const view::Selection& pointed, bool obeys) {
    paint_ground(p, ladder, origin);
    const auto points_to = [&](const view::Selection& what) {
        return pointed == what && pointed != view::Selection();
    };
    float height = 0;
    for (const view::ladder::LifelineSpan& span : ladder.lifelines) {
        height = std::max(height, span.bottom);
        const float x = std::round(origin.x + span.x - span.thickness / 2);
        const Rect line = {x, origin.y + span.top, std::round(span.thickness),
                           span.bottom - span.top};
        const bool over = span.since && points_to(view::SelectedState{span.role, *span.since});
        if (span.selected || over) {
            const float out = 0.25F * p.em();
            p.fill({line.x - out, line.y, line.w + 2 * out, line.h}, ColourRole::Here, 0,
                   span.selected ? kSelected : kPointed);
        }
        p.fill(line, view::role_colour(span.role), 0, span.opacity);
    }
    for (const view::ladder::CallBar& call : ladder.bars) {
        paint_bar(p, call, height, origin, points_to(view::SelectedCall{call.role, call.call}));
    }
    for (const view::ladder::GapBreak& gap : ladder.breaks) paint_break(p, gap, ladder, origin);
    for (const Arrow& arrow : ladder.arrows) {
        const bool over = arrow.segment != 0 && points_to(view::SelectedSegment{arrow.segment});
        paint_arrow(p, arrow, origin, over);
    }
    if (ladder.held && obeys) paint_glow(p, ladder.held->box, origin);
    for (const view::ladder::LadderText& text : ladder.texts) {
        paint_text(p, text, origin, points_to(text.stands_for));
    }
}

}  // namespace tcpstep::ui::panel
