#include "app/ui/panel/kernel_panel.hpp"

#include <algorithm>
#include <string>

#include "app/ui/controls.hpp"
#include "app/view/say.hpp"

namespace tcpstep::ui::panel {

using view::KernelItem;
using view::KernelPanel;
using view::say;
using view::Text;

namespace {

constexpr float kBelow = 0.5F;  // em, between the last row and the panel's edge

// Model and kernel contradict each other: that takes the place of the heading.
void paint_alarm(const Painter& p, Rect line, std::string_view verdict) {
    const float em = p.em();
    p.fill({line.x - 0.4F * em, line.y, line.w + 0.8F * em, line.h}, ColourRole::AlarmBack,
           0.3F * em);
    draw_icon(p, Icon::Cross, {line.x + 0.35F * em, line.centre().y}, 0.6F * em, ColourRole::Rst,
              ColourRole::AlarmBack);
    p.fitted({line.x + em, line.y, line.w - em, line.h}, TextStyle::Label, ColourRole::Text,
             verdict);
}

std::string heading_of(const KernelPanel& panel) {
    return say(panel.past ? Text::KernelSaid : Text::KernelSays);
}

// Right of the heading: whether the model agrees.
void paint_verdict(const Painter& p, const char* id, Rect line, const KernelPanel& panel) {
    const float em = p.em();
    const float tick = panel.agrees ? em : 0;
    const float used = p.width(TextStyle::Label, heading_of(panel)) + 0.8F * em;
    const Rect room = {line.x + used, line.y, line.w - tick - used, line.h};
    const auto fits = [&](const std::string& words) {
        return 0.8F * p.width(TextStyle::Label, words) <= room.w;
    };
    // Where the words have no room a shorter one says it, or the tick.
    const std::string& words = fits(panel.verdict) ? panel.verdict : panel.brief;
    if (fits(words)) p.fitted(room, TextStyle::Label, panel.verdict_colour, words, Align::Right);
    if (words != panel.verdict) touch_area(p, id, line, panel.verdict);
    if (!panel.agrees) return;
    draw_icon(p, Icon::Tick, {line.right() - 0.35F * em, line.centre().y}, 0.6F * em,
              panel.verdict_colour, ColourRole::Panel);
}

// "name value", the value right behind it.
void paint_pair(const Painter& p, const KernelItem& item) {
    const float gap = 0.4F * p.em();
    const float name = p.width(TextStyle::Label, item.name);
    const float value = p.width(TextStyle::MonoSmall, item.value);
    const float squeeze = std::min(1.0F, item.box.w / (name + gap + value));
    p.text(item.box, TextStyle::Label, ColourRole::TextDim, item.name, Align::Left, squeeze);
    Rect rest = item.box;
    rest.x += (name + gap) * squeeze;
    p.text(rest, TextStyle::MonoSmall, item.loud ? ColourRole::Attention : ColourRole::Text,
           item.value, Align::Left, squeeze);
}

void paint_bar(const Painter& p, const KernelItem& item) {
    const float em = p.em();
    const float value = std::max(2.2F * em, p.width(TextStyle::MonoSmall, item.value));
    const float name = std::min(item.name_room, item.box.w - value);
    p.fitted({item.box.x, item.box.y, name - 0.3F * em, item.box.h}, TextStyle::Label,
             ColourRole::TextDim, item.name);
    const ColourRole ink = item.loud ? ColourRole::Attention : ColourRole::Text;
    p.text({item.box.right() - value, item.box.y, value, item.box.h}, TextStyle::MonoSmall, ink,
           item.value, Align::Right);
    const float h = 0.5F * em;
    const Rect bar = {item.box.x + name, item.box.centre().y - h / 2,
                      item.box.w - name - value - 0.4F * em, h};
    if (!item.fill || bar.w < em) return;
    p.fill(bar, ColourRole::Control, h / 2);
    p.outline(bar, ColourRole::Edge, h / 2, 1);
    // However little there is, it is seen.
    if (*item.fill <= 0) return;
    const float w = std::max(h, *item.fill * bar.w);
    p.fill({bar.x, bar.y, w, h}, item.loud ? ColourRole::Attention : ColourRole::Data, h / 2);
}

// A box for each place in the queue; those that are taken are filled.
void paint_boxes(const Painter& p, const KernelItem& item) {
    const float em = p.em();
    const float value = std::max(2.8F * em, p.width(TextStyle::MonoSmall, item.value));
    const float name = item.name_room;
    p.fitted({item.box.x, item.box.y, name - 0.3F * em, item.box.h}, TextStyle::Label,
             ColourRole::TextDim, item.name);
    p.text({item.box.right() - value, item.box.y, value, item.box.h}, TextStyle::MonoSmall,
           item.loud ? ColourRole::Attention : ColourRole::Text, item.value, Align::Right);
    const float room = item.box.w - name - value - 0.3F * em;
    constexpr float kApart = 0.4F;  // of a box
    const float gaps = item.apart > 0 ? kApart : 0;
    const float step = std::min(1.05F * em, room / (static_cast<float>(item.boxes) + gaps));
    const float h = 0.8F * em;
    for (unsigned i = 0; i < item.boxes; ++i) {
        const float aside = i >= item.boxes - item.apart ? gaps : 0;
        const Rect box = {item.box.x + name + (static_cast<float>(i) + aside) * step,
                          item.box.centre().y - h / 2, 0.8F * step, h};
        const ColourRole full = item.loud ? ColourRole::Attention : ColourRole::Data;
        if (i < item.filled) {
            p.fill(box, full, 0.1F * em);
        } else {
            p.outline(box, ColourRole::TextDim, 0.1F * em, 1);
        }
    }
}

void paint_ring(const Painter& p, const KernelItem& item) {
    const float thickness = 0.12F * item.box.w;
    const float radius = item.box.w / 2 - thickness / 2 - 1;
    p.ring(item.box.centre(), radius, ColourRole::Control, thickness);
    p.arc(item.box.centre(), radius, item.fill.value_or(0), ColourRole::Attention, thickness);
    const float room = 2 * (radius - thickness);
    const float w = p.width(TextStyle::Mono, item.value);
    p.text(item.box, TextStyle::Mono, ColourRole::Text, item.value, Align::Centre,
           std::min(1.15F, 0.86F * room / std::max(1.0F, w)));
}

// A small ring runs down before it.
void paint_timer(const Painter& p, const KernelItem& item) {
    const float r = 0.36F * p.em();
    KernelItem words = item;
    if (item.fill) {
        const Point centre = {item.box.x + r, item.box.centre().y};
        p.ring(centre, r, ColourRole::Control, 0.5F * r);
        p.arc(centre, r, *item.fill, ColourRole::Attention, 0.5F * r);
        words.box.x += 3.2F * r;
        words.box.w -= 3.2F * r;
    }
    paint_pair(p, words);
}

void paint_item(const Painter& p, const KernelItem& item) {
    switch (item.kind) {
        case KernelItem::Kind::State:
            return p.fitted(item.box, TextStyle::Mono, ColourRole::Text, item.value);
        case KernelItem::Kind::Remark:
            return p.fitted(item.box, TextStyle::Small, ColourRole::TextDim, item.value);
        case KernelItem::Kind::Timer:
            return paint_timer(p, item);
        case KernelItem::Kind::Ring:
            return paint_ring(p, item);
        case KernelItem::Kind::Bar:
            return paint_bar(p, item);
        case KernelItem::Kind::Boxes:
            return paint_boxes(p, item);
        case KernelItem::Kind::Fact:
            return paint_pair(p, item);
    }
}

}  // namespace

float kernel_height(unsigned rows) {
    return kHeading + 0.15F + static_cast<float>(rows) * view::kKernelRow + kBelow;
}

float paint_heading(const Painter& p, Rect area, float y, std::string_view heading) {
    p.line({area.x, y}, {area.right(), y}, ColourRole::Line, 1);
    p.text({area.x, y + 0.45F * p.em(), area.w, p.em()}, TextStyle::Label, ColourRole::TextDim,
           heading);
    return y + kHeading * p.em();
}

void paint_kernel(const Scene& scene, Rect area, model::Role role, bool state_told) {
    const Painter& p = scene.painter;
    const float em = p.em();
    const float top = area.y + (kHeading + 0.15F) * em;
    view::KernelInput input{scene.session.timeline(), scene.session.index(), role};
    input.position = scene.session.position();
    input.now = scene.state.now;
    input.over = !scene.session.running() && input.position == input.timeline.size();
    input.area = {area.x, top, area.w, area.bottom() - kBelow * em - top};
    input.em = em;
    input.state_told = state_told;
    const KernelPanel panel = view::lay_out_kernel(input);
    if (panel.changes_in) scene.changes_in(std::max(*panel.changes_in, kGlance));
    paint_heading(p, area, area.y, panel.alarm ? "" : heading_of(panel));
    const Rect heading = {area.x, area.y + 0.3F * em, area.w, 1.3F * em};
    if (panel.alarm) {
        paint_alarm(p, heading, panel.verdict);
    } else {
        paint_verdict(p, role == model::Role::Client ? "client verdict" : "server verdict", heading,
                      panel);
    }
    for (std::size_t i = 0; i < panel.items.size(); ++i) {
        const KernelItem& item = panel.items[i];
        paint_item(p, item);
        if (item.tip.empty()) continue;
        const std::string id = std::string(name(role)) + " kernel " + std::to_string(i);
        touch_area(p, id.c_str(), item.box, item.tip);
    }
}

}  // namespace tcpstep::ui::panel
