#include "app/ui/end_panel.hpp"

#include <algorithm>
#include <cmath>

#include "app/ui/controls.hpp"
#include "app/ui/diagram_panel.hpp"
#include "app/ui/hand_panel.hpp"
#include "app/view/call_list.hpp"
#include "app/view/kernel_words.hpp"
#include "app/view/say.hpp"
#include "model/trace.hpp"

namespace tcpstep::ui {

using view::say;
using view::Text;

namespace {

// A running time is painted anew so often: tenths of a second are for the eye that looks now, and a
// frame for each would keep a processor busy where there is no graphics card.
constexpr model::Duration kGlance = std::chrono::milliseconds(500);

constexpr float kCallRow = 1.26F;  // em
constexpr float kRoomy = 23;       // em of height that leave room for everything
constexpr float kHeading = 1.75F;  // a rule and the heading below it

// The end's address; of a lesson that has not got so far, the server's is known from the scenario.
std::string address_text(const session::Session& session, model::Role role) {
    const auto connection = session.timeline().connection();
    if (!connection) return {};
    const model::ConnectionId& id = session.trace().connections()[*connection];
    return model::to_string(role == model::Role::Client ? id.client : id.server);
}

void paint_title(const Scene& scene, Rect line, model::Role role) {
    const Painter& p = scene.painter;
    const std::string title =
        say(role == model::Role::Client ? Text::ClientTitle : Text::ServerTitle);
    p.text(line, TextStyle::Title, view::role_colour(role), title);
    const float used = p.width(TextStyle::Title, title) + p.em();
    p.fitted({line.x + used, line.y, line.w - used, line.h}, TextStyle::Mono, ColourRole::TextDim,
             address_text(scene.session, role), Align::Right);
}

// A rule across the panel and the part's heading below it; returns where the part begins.
float paint_heading(const Painter& p, Rect area, float y, std::string_view heading) {
    p.line({area.x, y}, {area.right(), y}, ColourRole::Line, 1);
    p.text({area.x, y + 0.45F * p.em(), area.w, p.em()}, TextStyle::Label, ColourRole::TextDim,
           heading);
    return y + kHeading * p.em();
}

ColourRole outcome_colour(view::CallOutcome outcome) {
    switch (outcome) {
        case view::CallOutcome::Returned:
            return ColourRole::TextDim;
        case view::CallOutcome::Failed:
            return ColourRole::Rst;
        case view::CallOutcome::Blocked:
            return ColourRole::Attention;
    }
    return ColourRole::TextDim;
}

// What a call gave stands behind its outcome, or in a row of its own where there is room.
void paint_call(const Scene& scene, Rect row, const view::CallLine& line, const char* id,
                bool value_below) {
    const Painter& p = scene.painter;
    const bool below = value_below && !line.value.empty();
    const std::string words =
        below || line.value.empty() ? line.outcome : line.outcome + " " + line.value;
    const Touch touch = touch_area(p, id, row, say(Text::TipCall));
    const Rect band = {row.x - 0.4F * p.em(), row.y, row.w + 0.8F * p.em(), row.h};
    if (line.now || touch.hovered) {
        p.fill(band, line.now ? ColourRole::NodeVisited : ColourRole::NowBand, 0.25F * p.em());
    }
    const float outcome = std::min(p.width(TextStyle::Small, words), 0.5F * row.w);
    p.fitted({row.x, row.y, row.w - outcome - 0.6F * p.em(), row.h}, TextStyle::Mono,
             ColourRole::Text, line.call);
    p.fitted({row.right() - outcome, row.y, outcome, row.h}, TextStyle::Small,
             outcome_colour(line.kind), words, Align::Right);
    if (below) {
        p.fitted({row.x, row.y + row.h, row.w, row.h}, TextStyle::Small, ColourRole::Text,
                 line.value, Align::Right);
    }
    if (touch.clicked) scene.wish(session::Seek{line.event + 1});
}

void paint_calls(const Scene& scene, Rect area, model::Role role) {
    const Painter& p = scene.painter;
    const float row = kCallRow * p.em();
    const auto room = static_cast<std::size_t>(std::max(1.0F, std::floor(area.h / row)));
    view::CallList calls = view::call_list(scene.session.timeline(), scene.session.index(), role,
                                           scene.session.position(), room, scene.state.now);
    if (calls.changes_in) scene.changes_in(std::max(*calls.changes_in, kGlance));
    float y = area.y;
    if (calls.earlier > 0 && calls.lines.size() > 1) {
        // The first line makes room for saying that there are more.
        calls.lines.erase(calls.lines.begin());
        p.text({area.x, y, area.w, row}, TextStyle::Small, ColourRole::TextDim,
               say(Text::CallsEarlier, calls.earlier + 1));
        y += row;
    }
    const auto values =
        std::count_if(calls.lines.begin(), calls.lines.end(),
                      [](const view::CallLine& line) { return !line.value.empty(); });
    const bool below =
        calls.lines.size() + static_cast<std::size_t>(values) <= room && calls.earlier == 0;
    const std::string prefix = role == model::Role::Client ? "call c" : "call s";
    for (const view::CallLine& line : calls.lines) {
        const std::string id = prefix + std::to_string(line.event);
        paint_call(scene, {area.x, y, area.w, row}, line, id.c_str(), below);
        y += below && !line.value.empty() ? 2 * row : row;
    }
    if (calls.lines.empty()) {
        p.text({area.x, y, area.w, row}, TextStyle::Small, ColourRole::TextDim,
               say(Text::CallsNone));
    }
}

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

// Right of the heading: whether the model agrees.
void paint_verdict(const Painter& p, Rect line, const view::KernelWords& words) {
    const float em = p.em();
    const float tick = words.agrees ? em : 0;
    const float used = p.width(TextStyle::Label, say(Text::KernelSays)) + 0.8F * em;
    p.fitted({line.x + used, line.y, line.w - tick - used, line.h}, TextStyle::Label,
             words.verdict_colour, words.verdict, Align::Right);
    if (!words.agrees) return;
    draw_icon(p, Icon::Tick, {line.right() - 0.35F * em, line.centre().y}, 0.6F * em,
              words.verdict_colour, ColourRole::Panel);
}

void paint_kernel(const Scene& scene, Rect area, float top, model::Role role, bool second_line) {
    const Painter& p = scene.painter;
    const float em = p.em();
    view::KernelInput input{scene.session.timeline(), scene.session.index(), role};
    input.position = scene.session.position();
    input.now = scene.state.now;
    input.room = area.w;
    input.measure = p.measure();
    const view::KernelWords words = view::kernel_words(input);
    if (words.changes_in) scene.changes_in(std::max(*words.changes_in, kGlance));
    const float y = paint_heading(p, area, top, words.alarm ? "" : say(Text::KernelSays));
    const Rect heading = {area.x, top + 0.3F * em, area.w, 1.3F * em};
    if (words.alarm) {
        paint_alarm(p, heading, words.verdict);
    } else {
        paint_verdict(p, heading, words);
    }
    p.fitted({area.x, y, area.w, 1.2F * em}, words.sampled ? TextStyle::Mono : TextStyle::Small,
             words.sampled ? ColourRole::Text : ColourRole::TextDim, words.first);
    if (!second_line) return;
    p.fitted({area.x, y + 1.2F * em, area.w, 1.2F * em}, TextStyle::MonoSmall, ColourRole::TextDim,
             words.second);
}

Rect inside_of(Rect area, float em) {
    const float pad = std::min(em, 0.05F * area.w);
    return {area.x + pad, area.y, area.w - 2 * pad, area.h};
}

// The second line of what the kernel says is left out where room is scarce.
float kernel_height(Rect area, float em) {
    return (kHeading + (area.h > kRoomy * em ? 2.7F : 1.5F)) * em;
}

// No figure and no word of the kernel: the calls have all the room.
void paint_without_tcp(const Scene& scene, Rect area, model::Role role) {
    const Painter& p = scene.painter;
    const float em = p.em();
    const float top = area.y + 2.55F * em;
    const float words =
        p.wrapped({area.x, top}, area.w, TextStyle::Small, ColourRole::TextDim, say(Text::NoTcp));
    const float calls = paint_heading(p, area, top + words + 0.7F * em, say(Text::SocketCalls));
    paint_calls(scene, {area.x, calls, area.w, area.bottom() - 0.5F * em - calls}, role);
}

}  // namespace

Rect figure_in(Rect area, float em) {
    const Rect inside = inside_of(area, em);
    const float top = area.y + 2.55F * em;
    const float rest = area.bottom() - kernel_height(area, em) - top;
    // The figure matters most: calls give way until it is as high as its width needs.
    float h = 0;
    for (float rows : {5.0F, 4.0F, 3.0F, 2.0F}) {
        h = rest - (kHeading + rows * kCallRow + 1.0F) * em;
        if (h > std::max(0.4F * area.h, 0.56F * inside.w)) break;
    }
    h = std::clamp(h, 0.3F * area.h, std::max(20.5F * em, 0.3F * area.h));
    const float w = std::min(inside.w, 1.95F * h);
    return {inside.centre().x - w / 2, top, w, h};
}

namespace {

// All but what is done by hand.
void paint_parts(const Scene& scene, Rect area, model::Role role) {
    const Painter& p = scene.painter;
    const float em = p.em();
    const Rect inside = inside_of(area, em);
    paint_title(scene, {inside.x, area.y + 0.75F * em, inside.w, 1.4F * em}, role);

    if (!scene.session.speaks_tcp()) return paint_without_tcp(scene, inside, role);
    // From the bottom: the kernel's word, then the calls; the figure takes what is left.
    const bool roomy = area.h > kRoomy * em;
    const Rect figure = figure_in(area, em);
    paint_diagram(scene, figure, role);
    const float calls_top = figure.bottom() + 0.7F * em;
    const float calls = paint_heading(p, inside, calls_top, say(Text::SocketCalls));
    const float kernel_top = area.bottom() - kernel_height(area, em);
    paint_calls(scene, {inside.x, calls, inside.w, kernel_top - 0.2F * em - calls}, role);
    paint_kernel(scene, inside, kernel_top, role, roomy);
}

}  // namespace

void paint_end_panel(const Scene& scene, Rect area, model::Role role) {
    paint_panel(scene.painter, area, view::role_colour(role));
    const float hand = hand_height(scene.session);
    if (hand == 0) return paint_parts(scene, area, role);
    // In a free lab the rest makes room for what is done by hand.
    constexpr float kLeast = 18;  // em
    const Painter p = scene.painter.sized(std::min(scene.painter.em(), area.h / (kLeast + hand)));
    const float h = hand * p.em();
    const Rect inside = inside_of(area, p.em());
    paint_parts(scene.with(p), {area.x, area.y, area.w, area.h - h}, role);
    paint_hand(scene.with(p), {inside.x, area.bottom() - h, inside.w, h}, role);
}

}  // namespace tcpstep::ui
