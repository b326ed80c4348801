#include "app/ui/panel/end_panel.hpp"

#include <algorithm>
#include <string>

#include <imgui.h>

#include "app/ui/controls.hpp"
#include "app/ui/panel/diagram_panel.hpp"
#include "app/ui/panel/end_calls.hpp"
#include "app/ui/panel/end_fold.hpp"
#include "app/ui/panel/end_layout.hpp"
#include "app/ui/panel/hand_panel.hpp"
#include "app/ui/panel/kernel_panel.hpp"
#include "app/view/say.hpp"
#include "app/view/shorten.hpp"
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

// The end's address; of a lesson that has not got so far, the server's is known from the scenario.
std::string address_text(const session::Session& session, model::Role role) {
    // A pair of AF_UNIX has none; what is said there comes before any connection.
    if (!speaks_tcp(session)) return {};
    const auto connection = session.timeline().connection();
    if (!connection) return {};
    const model::ConnectionId& id = session.trace().connections()[*connection];
    return model::to_string(role == model::Role::Client ? id.client : id.server);
}

const char* id_of(model::Role role, const char* client, const char* server) {
    return role == model::Role::Client ? client : server;
}

// With its middle left out; where too little of it would be left the port tells more.
std::string shortened(const Painter& p, const std::string& whole, float room) {
    constexpr float kLeastAddress = 9;  // em
    const std::size_t port = std::min(whole.rfind(':'), whole.size());
    if (room < kLeastAddress * p.em()) return whole.substr(port);
    return view::shorten_middle(whole, TextStyle::Mono, room, p.measure());
}

void paint_address(const Scene& scene, Rect room, model::Role role) {
    const Painter& p = scene.painter;
    const std::string whole = address_text(scene.session, role);
    const bool fits = 0.8F * p.width(TextStyle::Mono, whole) <= room.w;
    const std::string address = fits ? whole : shortened(p, whole, room.w);
    p.fitted(room, TextStyle::Mono, ColourRole::TextDim, address, Align::Right);
    if (!fits) touch_area(p, id_of(role, "client at", "server at"), room, whole);
}

std::string title_of(model::Role role) {
    return say(role == model::Role::Client ? Text::ClientTitle : Text::ServerTitle);
}

void paint_title(const Scene& scene, Rect line, model::Role role) {
    const Painter& p = scene.painter;
    const std::string title = title_of(role);
    p.text(line, TextStyle::Title, view::role_colour(role), title);
    const float used = p.width(TextStyle::Title, title) + p.em();
    paint_address(scene, {line.x + used, line.y, line.w - used, line.h}, role);
}

// No figure and no word of the kernel: the calls have all the room.
void paint_without_tcp(const Scene& scene, Rect area, model::Role role) {
    const Painter& p = scene.painter;
    const float em = p.em();
    const float top = area.y + kEndTitle * em;
    const float words =
        p.wrapped({area.x, top}, area.w, TextStyle::Small, ColourRole::TextDim, say(Text::NoTcp));
    const float calls = paint_heading(p, area, top + words + 0.7F * em, say(Text::SocketCalls));
    paint_calls(scene, {area.x, calls, area.w, area.bottom() - 0.5F * em - calls}, role,
                !is_captured(scene.session));
}

void paint_narrow(const Scene& scene, Rect area, model::Role role) {
    const Painter& p = scene.painter;
    const bool sampled = !is_captured(scene.session);
    const NarrowPlaces places = narrow_places(area, p.em(), sampled);
    p.fitted(places.title, TextStyle::Title, view::role_colour(role), title_of(role));
    touch_area(p, id_of(role, "client title", "server title"), places.title,
               address_text(scene.session, role));
    paint_state(scene, places.state, role);
    paint_diagram(scene, places.figure, role, places.cause);
    paint_kernel(scene, places.kernel, role, true);
    const std::string heading = say(Text::SocketCalls);
    const float calls = paint_heading(p, places.calls, places.calls.y, heading);
    const float used = p.width(TextStyle::Label, heading) + p.em();
    paint_address(scene,
                  {places.calls.x + used, places.calls.y + 0.3F * p.em(), places.calls.w - used,
                   1.3F * p.em()},
                  role);
    paint_calls(scene, {places.calls.x, calls, places.calls.w, places.calls.bottom() - calls}, role,
                sampled);
}

// The name, the state, and an arrow: a click shows the rest in the place of the other end.
void paint_folded(const Scene& scene, Rect area, model::Role role) {
    const Painter& p = scene.painter;
    const NarrowPlaces places = narrow_places(area, p.em(), true);
    const Touch touch =
        touch_area(p, id_of(role, "unfold client", "unfold server"), places.title,
                   say(Text::TipUnfold) + " \u00b7 " + address_text(scene.session, role));
    if (touch.hovered) p.fill(places.title, ColourRole::ControlHover, 0.3F * p.em());
    p.fitted(places.title, TextStyle::Title, view::role_colour(role), title_of(role));
    paint_state(scene, places.state, role);
    if (touch.clicked) choose_end(scene.session, scene.state, role);
}

// All but what is done by hand.
void paint_parts(const Scene& scene, Rect area, model::Role role, bool narrow) {
    const Painter& p = scene.painter;
    const float em = p.em();
    const Rect inside = inside_of(area, em);
    const bool tcp = speaks_tcp(scene.session);
    if (narrow && tcp) return paint_narrow(scene, area, role);
    paint_title(scene, {inside.x, area.y + (narrow ? 0.6F : 0.75F) * em, inside.w, 1.4F * em},
                role);
    if (!tcp) return paint_without_tcp(scene, inside, role);
    // From the bottom: the kernel's word, then the calls; the figure takes what is left.
    // Of a capture nobody asked the kernel.
    const bool sampled = !is_captured(scene.session);
    const Rect figure = figure_in(area, em, sampled);
    paint_diagram(scene, figure, role);
    const float calls_top = figure.bottom() + kAboveCalls * em;
    const float calls = paint_heading(p, inside, calls_top, say(Text::SocketCalls));
    const float kernel = kernel_height(kernel_rows(area, em, sampled)) * em;
    const float kernel_top = area.bottom() - kernel;
    paint_calls(scene, {inside.x, calls, inside.w, kernel_top - 0.2F * em - calls}, role, sampled);
    paint_kernel(scene, {inside.x, kernel_top, inside.w, kernel}, role);
}

// In large letters, or in a small window, the panel is higher than its place: the wheel scrolls it.
// It is `height` high, and `laid_out` for a place of that height.
void paint_scrolled(const Scene& scene, Rect area, float height, float laid_out, model::Role role,
                    bool narrow) {
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
    paint_parts(scene, {area.x, area.y - at, area.w, laid_out}, role, narrow);
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
    constexpr float kLeastInWords = 9.6F;
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
        // The figure has all the room; what stands below it is a turn of the wheel away.
        const float laid_out = rest.h + kBelowFigure * p.em();
        const float height = narrow_places({rest.x, rest.y, rest.w, laid_out}, p.em(), true).height;
        paint_scrolled(here, rest, std::max(height, rest.h + 1), laid_out, role, true);
    } else {
        paint_parts(here, rest, role, false);
    }
    paint_hand(here, {inside.x, area.bottom() - h, inside.w, h}, role, narrow);
}

}  // namespace

void paint_end_panel(const Scene& scene, Rect area, model::Role role, bool folded) {
    paint_panel(scene.painter, area, view::role_colour(role));
    if (folded && speaks_tcp(scene.session)) return paint_folded(scene, area, role);
    if (scene.session.hand() != nullptr) return paint_with_hand(scene, area, role);
    const float em = scene.painter.em();
    const bool narrow = is_narrow(area, em);
    const float least =
        speaks_tcp(scene.session) ? least_height(area, em, !is_captured(scene.session)) : area.h;
    if (least <= area.h) return paint_parts(scene, area, role, narrow);
    // A narrow one is laid out for what is in sight.
    paint_scrolled(scene, area, least, narrow ? area.h : least, role, narrow);
}

}  // namespace tcpstep::ui::panel
