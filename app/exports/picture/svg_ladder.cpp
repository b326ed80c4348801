#include "app/exports/picture/svg_ladder.hpp"

#include <algorithm>
#include <ostream>

#include <fmt/format.h>

#include "app/view/ladder/arrow_marks.hpp"

namespace tcpstep::exports::picture {

using view::ColourRole;
using view::Rect;
using view::ladder::Arrow;

namespace {

void paint_arrow(const SvgCanvas& c, const Arrow& arrow) {
    const view::ladder::ArrowMarks marks = view::ladder::marks_of(arrow, c.em());
    for (const view::ladder::Stroke& one : marks.strokes)
        c.dashes(one.from, one.to, one.colour, one.thickness, one.on, one.off);
    if (marks.disc) c.disc(marks.disc->centre, marks.disc->radius, marks.disc->colour);
    if (marks.head) c.head(marks.head->from, marks.head->tip, marks.head->size, marks.head->colour);
}

std::string segment_attributes(model::SegmentId id) {
    return fmt::format("class=\"segment\" data-segment=\"{}\"", id);
}

void paint_arrows(const SvgCanvas& c, const Page& page, const std::function<void(Layer)>& painted) {
    for (const Arrow& arrow : page.ladder.arrows) {
        const auto tip = std::lower_bound(
            page.tips.begin(), page.tips.end(), arrow.segment,
            [](const SegmentTip& one, model::SegmentId id) { return one.segment < id; });
        c.open_group(segment_attributes(arrow.segment));
        if (tip != page.tips.end() && tip->segment == arrow.segment) c.title(tip->text);
        paint_arrow(c, arrow);
        c.close_group();
        painted(Layer::Segments);
    }
}

void paint_text(const SvgCanvas& c, const view::ladder::LadderText& text) {
    const float em = c.em();
    const Rect& box = text.box;
    if (const auto leader = view::ladder::leader_of(text, em))
        c.line(leader->from, leader->to, leader->colour, leader->thickness);
    switch (text.frame) {
        case view::ladder::Frame::None:
            break;
        case view::ladder::Frame::Pill:
            c.fill(box, ColourRole::Background, box.h / 2);
            c.outline(box, text.colour, box.h / 2, 1.3F);
            break;
        case view::ladder::Frame::Box:
            c.fill(box, ColourRole::Background, 0.45F * em);
            c.outline(box, ColourRole::Attention, 0.45F * em, 2.6F);
            break;
        case view::ladder::Frame::FaintBox:
            c.fill(box, ColourRole::Background, 0.45F * em);
            c.outline(box, ColourRole::Edge, 0.45F * em, 1.6F);
            break;
    }
    c.text(box, text.style, text.colour, text.text, true, text.squeeze);
}

std::string hatch_of(model::Role role) {
    return role == model::Role::Client ? "client-waits" : "server-waits";
}

void paint_bar(const SvgCanvas& c, const view::ladder::CallBar& call, float height) {
    const float w = call.w;
    const float top = std::max(call.top, 0.0F);
    const Rect box = {call.x - w / 2, top, w, std::min(call.bottom, height) - top};
    if (box.h <= 0) return;
    const ColourRole role = view::role_colour(call.role);
    if (!call.blocked) return c.fill(box, role, w / 3, 0.5F);
    c.fill(box, role, w / 3, 0.22F);
    c.fill_with(box, hatch_of(call.role), w / 3);
}

// A gap in time, cut short: both lifelines are broken.
void paint_break(const SvgCanvas& c, const view::ladder::GapBreak& gap,
                 const view::ladder::Ladder& ladder) {
    const float em = c.em();
    const float half = 0.55F * em;
    const float rise = 0.2F * em;
    for (const float x : {ladder.client_x, ladder.server_x}) {
        for (const float off : {-0.16F * em, 0.16F * em}) {
            c.line({x - half, gap.y + off + rise}, {x + half, gap.y + off - rise},
                   ColourRole::TextDim, 0.1F * em);
        }
        c.line({x - half, gap.y + rise}, {x + half, gap.y - rise}, ColourRole::Panel, 0.22F * em);
    }
}

void paint_ground(const SvgCanvas& c, const view::ladder::Ladder& ladder,
                  const std::function<void(Layer)>& painted) {
    const float em = c.em();
    if (ladder.now) {
        c.fill(*ladder.now, ColourRole::NowBand, 0.4F * em);
        painted(Layer::Ground);
    }
    for (const float y : ladder.ticks) {
        c.line({ladder.column - 0.3F * em, y}, {ladder.column, y}, ColourRole::Edge, 1);
        painted(Layer::Ground);
    }
    for (std::size_t i = 0; i + 1 < ladder.now_line.size(); i += 2) {
        c.dashes(ladder.now_line[i], ladder.now_line[i + 1], ColourRole::Attention, 0.07F * em,
                 0.3F * em, 0.3F * em, 0.7F);
        painted(Layer::Ground);
    }
}

}  // namespace

void define_hatches(const SvgCanvas& canvas) {
    const float w = 0.33F * canvas.em();
    const float apart = 0.42F * canvas.em();
    for (const model::Role role : {model::Role::Client, model::Role::Server}) {
        // One stroke, and the ends of its neighbours.
        std::string strokes;
        for (const float y : {-apart, 0.0F, apart}) {
            strokes +=
                fmt::format("M0 {}L{} {}", svg_number(y + apart), svg_number(w), svg_number(y));
        }
        canvas.out() << fmt::format(
            "<pattern id=\"{}\" patternUnits=\"userSpaceOnUse\" width=\"{}\" height=\"{}\">"
            "<path d=\"{}\" stroke=\"{}\" stroke-width=\"{}\" fill=\"none\"/></pattern>\n",
            hatch_of(role), svg_number(w), svg_number(apart), strokes,
            canvas.ink(view::role_colour(role)), svg_number(0.09F * canvas.em()));
    }
}

void paint_ladder(const SvgCanvas& c, const Page& page, const std::function<void(Layer)>& painted) {
    const view::ladder::Ladder& ladder = page.ladder;
    paint_ground(c, ladder, painted);
    for (const view::ladder::LifelineSpan& span : ladder.lifelines) {
        c.open_group("class=\"state\"");
        c.title(fmt::format("{} {}", view::role_word(span.role), model::name(span.state)));
        c.fill({span.x - span.thickness / 2, span.top, span.thickness, span.bottom - span.top},
               view::role_colour(span.role), 0, span.opacity);
        c.close_group();
        painted(Layer::States);
    }
    for (const view::ladder::CallBar& call : ladder.bars) {
        paint_bar(c, call, page.area.h);
        painted(Layer::Calls);
    }
    for (const view::ladder::GapBreak& gap : ladder.breaks) {
        paint_break(c, gap, ladder);
        painted(Layer::Calls);
    }
    paint_arrows(c, page, painted);
    for (const view::ladder::LadderText& text : ladder.texts) {
        if (text.segment != 0) c.open_group(segment_attributes(text.segment));
        paint_text(c, text);
        if (text.segment != 0) c.close_group();
        painted(Layer::Words);
    }
}

}  // namespace tcpstep::exports::picture
