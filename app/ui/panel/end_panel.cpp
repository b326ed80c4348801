#include "app/ui/panel/end_panel.hpp"

#include <algorithm>
#include <cmath>

#include <imgui.h>

#include "app/ui/controls.hpp"
#include "app/ui/panel/diagram_panel.hpp"
#include "app/ui/panel/hand_panel.hpp"
#include "app/ui/panel/kernel_panel.hpp"
#include "app/view/call_list.hpp"
#include "app/view/say.hpp"
#include "app/view/socket_kind.hpp"
#include "model/trace.hpp"

namespace tcpstep::ui::panel {

using view::say;
using view::Text;

namespace {

// Nobody was asked: it is what libpcap saw, and no more.
bool is_captured(const session::Session& session) {
    return session.timeline().at(session.timeline().size()).captured();
}

// At the moment that is looked at: the sockets so far may all be of AF_UNIX.
bool speaks_tcp(const session::Session& session) {
    return view::speaks_tcp_at(session.timeline(), session.position());
}

constexpr float kCallRow = 1.26F;  // em
constexpr float kTitle = 2.55F;    // em, of the end's name and what is around it
constexpr float kAboveCalls = 0.7F;

// The end's address; of a lesson that has not got so far, the server's is known from the scenario.
std::string address_text(const session::Session& session, model::Role role) {
    // A pair of AF_UNIX has none; what is said there comes before any connection.
    if (!speaks_tcp(session)) return {};
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
    const Rect room = {line.x + used, line.y, line.w - used, line.h};
    const std::string whole = address_text(scene.session, role);
    // Where there is no room for all of it the port tells more than the cut address.
    const bool fits = 0.8F * p.width(TextStyle::Mono, whole) <= room.w;
    const std::string address =
        fits ? whole : whole.substr(std::min(whole.rfind(':'), whole.size()));
    p.fitted(room, TextStyle::Mono, ColourRole::TextDim, address, Align::Right);
    if (!fits) touch_area(p, role == model::Role::Client ? "client at" : "server at", room, whole);
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
void paint_call(const Scene& scene, Rect row, const view::CallLine& line, model::Role role,
                bool value_below) {
    const Painter& p = scene.painter;
    const std::string id =
        (role == model::Role::Client ? "call c" : "call s") + std::to_string(line.event);
    const view::Selection call = view::SelectedCall{role, line.id};
    const bool selected = scene.session.selection() == call;
    const bool below = value_below && !line.value.empty();
    const std::string words =
        below || line.value.empty() ? line.outcome : line.outcome + " " + line.value;
    const Touch touch = touch_area(p, id.c_str(), row, say(Text::TipCall));
    const Rect band = {row.x - 0.4F * p.em(), row.y, row.w + 0.8F * p.em(), row.h};
    if (selected) {
        const float h = below ? 2 * row.h : row.h;
        paint_selected_row(p, {band.x, band.y, band.w, h});
    } else if (line.now || touch.hovered) {
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
    if (!touch.clicked) return;
    scene.wish(session::Seek{line.event + 1});
    scene.wish(session::Select{call});
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
    for (const view::CallLine& line : calls.lines) {
        paint_call(scene, {area.x, y, area.w, row}, line, role, below);
        y += below && !line.value.empty() ? 2 * row : row;
    }
    if (calls.lines.empty()) {
        p.text({area.x, y, area.w, row}, TextStyle::Small, ColourRole::TextDim,
               say(is_captured(scene.session) ? Text::CallsNotCaptured : Text::CallsNone));
    }
}

Rect inside_of(Rect area, float em) {
    const float pad = std::min(em, 0.05F * area.w);
    return {area.x + pad, area.y, area.w - 2 * pad, area.h};
}

// The figure is as high as its names need to be read: in two lines, in letters of ten pixels, where
// the panel is too narrow for one.
float least_figure(float w) {
    constexpr float kReadable = 10;                     // pixels
    constexpr float kLongest = 7.4F;                    // "ESTABLISHED" in its own height
    constexpr float kNode = 0.29F;                      // of the width, inside
    constexpr float kTwoLines = 2 * kReadable / 0.86F;  // a node's height
    constexpr float kNodes = 6.7F / 0.7F;               // of the figure's height
    return kNode * w < kLongest * kReadable ? kNodes * kTwoLines : 0.56F * w;
}

// A narrow panel, in large letters, has the state in words; the figure stands below all else.
constexpr float kNarrow = 14;          // em
constexpr float kPill = 1.6F;          // em, of the state
constexpr unsigned kNarrowKernel = 3;  // rows
constexpr float kNarrowCalls = 4;      // rows
constexpr float kNarrowTitle = 2.2F;   // em

bool is_narrow(Rect area, float em) {
    return area.w < kNarrow * em;
}

// In em, from the top: where the kernel's word begins, the calls, the figure. A capture knows
// neither of the first two, and says so in a row.
struct NarrowTops {
    explicit NarrowTops(bool sampled)
        : kernel_rows(sampled ? kNarrowKernel : 1),
          call_rows(sampled ? kNarrowCalls : 1),
          calls(kernel + kernel_height(kernel_rows)),
          figure(calls + kHeading + call_rows * kCallRow + 0.3F) {}

    unsigned kernel_rows;
    float call_rows;
    float kernel = kNarrowTitle + kPill + 0.35F;
    float calls, figure;
};

}  // namespace

float least_height(Rect area, float em, bool sampled) {
    if (is_narrow(area, em)) {
        return (NarrowTops(sampled).figure + 0.5F) * em + least_figure(inside_of(area, em).w);
    }
    const float calls = kAboveCalls + kHeading + 2 * kCallRow + 0.3F;
    return (kTitle + calls + kernel_height(2)) * em + least_figure(inside_of(area, em).w);
}

namespace {

// More of what the kernel says where there is more room, but not at the cost of the figure.
unsigned kernel_rows(Rect area, float em, bool sampled) {
    if (!sampled) return 1;
    const float room = area.h / em;
    const unsigned most = room > 36 ? 5 : room > 28 ? 4 : room > 22.5F ? 3 : 2;
    const float spare = (area.h - least_height(area, em, sampled)) / em;
    const float more = std::floor(std::max(0.0F, spare) / view::kKernelRow);
    return std::min(most, 2 + static_cast<unsigned>(more));
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

Rect figure_in(Rect area, float em, bool sampled) {
    const Rect inside = inside_of(area, em);
    if (is_narrow(area, em)) {
        return {inside.x, area.y + NarrowTops(sampled).figure * em, inside.w,
                least_figure(inside.w)};
    }
    const float top = area.y + kTitle * em;
    const float rest = area.bottom() - kernel_height(kernel_rows(area, em, sampled)) * em - top;
    // The figure matters most: calls give way until it is as high as its width needs.
    const float least = std::max(least_figure(inside.w), 0.4F * area.h);
    float h = 0;
    for (float rows : {5.0F, 4.0F, 3.0F, 2.0F}) {
        h = rest - (kHeading + rows * kCallRow + kAboveCalls + 0.3F) * em;
        if (h > least) break;
    }
    h = std::clamp(h, 0.3F * area.h, std::max(20.5F * em, 0.3F * area.h));
    const float w = std::min(inside.w, 1.95F * h);
    return {inside.centre().x - w / 2, top, w, h};
}

namespace {

void paint_narrow(const Scene& scene, Rect area, model::Role role) {
    const Painter& p = scene.painter;
    const float em = p.em();
    const Rect inside = inside_of(area, em);
    const NarrowTops tops(!is_captured(scene.session));
    paint_state(scene, {inside.x, area.y + kNarrowTitle * em, inside.w, kPill * em}, role);
    paint_kernel(
        scene,
        {inside.x, area.y + tops.kernel * em, inside.w, kernel_height(tops.kernel_rows) * em},
        role);
    const float calls = paint_heading(p, inside, area.y + tops.calls * em, say(Text::SocketCalls));
    paint_calls(scene, {inside.x, calls, inside.w, tops.call_rows * kCallRow * em}, role);
    paint_diagram(scene, {inside.x, area.y + tops.figure * em, inside.w, least_figure(inside.w)},
                  role);
}

// All but what is done by hand.
void paint_parts(const Scene& scene, Rect area, model::Role role, bool narrow) {
    const Painter& p = scene.painter;
    const float em = p.em();
    const Rect inside = inside_of(area, em);
    paint_title(scene, {inside.x, area.y + (narrow ? 0.6F : 0.75F) * em, inside.w, 1.4F * em},
                role);

    if (!speaks_tcp(scene.session)) return paint_without_tcp(scene, inside, role);
    if (narrow) return paint_narrow(scene, area, role);
    // From the bottom: the kernel's word, then the calls; the figure takes what is left.
    // Of a capture nobody asked the kernel.
    const session::Session& session = scene.session;
    const bool sampled = !is_captured(session);
    const Rect figure = figure_in(area, em, sampled);
    paint_diagram(scene, figure, role);
    const float calls_top = figure.bottom() + kAboveCalls * em;
    const float calls = paint_heading(p, inside, calls_top, say(Text::SocketCalls));
    const float kernel = kernel_height(kernel_rows(area, em, sampled)) * em;
    const float kernel_top = area.bottom() - kernel;
    paint_calls(scene, {inside.x, calls, inside.w, kernel_top - 0.2F * em - calls}, role);
    paint_kernel(scene, {inside.x, kernel_top, inside.w, kernel}, role);
}

// In large letters, or in a small window, the panel is higher than its place: the wheel scrolls it.
void paint_scrolled(const Scene& scene, Rect area, float height, model::Role role, bool narrow) {
    const Painter& p = scene.painter;
    float& scroll = scene.state.side_scroll[role == model::Role::Client ? 0 : 1];
    const float edge = 0.35F * p.em();  // the coloured one stays
    const Rect seen = {area.x, area.y + edge, area.w, area.h - edge};
    const ImVec2 corner(seen.right(), seen.bottom());
    if (ImGui::IsMouseHoveringRect(ImVec2(seen.x, seen.y), corner) && ImGui::IsWindowHovered()) {
        scroll -= 2 * ImGui::GetIO().MouseWheel;
    }
    scroll = std::clamp(scroll, 0.0F, (height - area.h) / p.em());
    const float at = scroll * p.em();
    ImGui::PushClipRect(ImVec2(seen.x, seen.y), corner, true);
    paint_parts(scene, {area.x, area.y - at, area.w, height}, role, narrow);
    ImGui::PopClipRect();
    const float h = seen.h * area.h / height;
    const float y = seen.y + (seen.h - h) * at / (height - area.h);
    p.fill({seen.right() - 0.35F * p.em(), y, 0.25F * p.em(), h}, ColourRole::Edge, 0.12F * p.em());
}

// In a free lab the rest makes room for what is done by hand: in large letters by having the state
// in words, and fewer buttons in a row.
void paint_with_hand(const Scene& scene, Rect area, model::Role role) {
    constexpr float kLeast = 19;  // em, of the rest
    constexpr float kLeastWidth = 20.5F;
    constexpr float kLeastInWords = 8;
    constexpr float kNarrowWidth = 13.5F;
    const session::Session& session = scene.session;
    const float em = scene.painter.em();
    const float wide =
        std::min({em, area.h / (kLeast + hand_height(session, false)), area.w / kLeastWidth});
    const float in_words = std::min(
        {em, area.h / (kLeastInWords + hand_height(session, true)), area.w / kNarrowWidth});
    const bool narrow = in_words > 1.05F * wide;
    const Painter p = scene.painter.sized(narrow ? in_words : wide);
    const Scene here = scene.with(p);
    const float h = hand_height(session, narrow) * p.em();
    const Rect inside = inside_of(area, p.em());
    const Rect rest = {area.x, area.y, area.w, area.h - h};
    if (narrow && speaks_tcp(session)) {
        const float height =
            NarrowTops(true).figure * p.em() + least_figure(inside.w) + 0.5F * p.em();
        paint_scrolled(here, rest, std::max(height, rest.h + 1), role, true);
    } else {
        paint_parts(here, rest, role, false);
    }
    paint_hand(here, {inside.x, area.bottom() - h, inside.w, h}, role, narrow);
}

}  // namespace

void paint_end_panel(const Scene& scene, Rect area, model::Role role) {
    paint_panel(scene.painter, area, view::role_colour(role));
    if (scene.session.hand() != nullptr) return paint_with_hand(scene, area, role);
    const float em = scene.painter.em();
    const bool narrow = is_narrow(area, em);
    const float least =
        speaks_tcp(scene.session) ? least_height(area, em, !is_captured(scene.session)) : area.h;
    if (least <= area.h) return paint_parts(scene, area, role, narrow);
    paint_scrolled(scene, area, least, role, narrow);
}

}  // namespace tcpstep::ui::panel
