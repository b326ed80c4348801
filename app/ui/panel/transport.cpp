#include "app/ui/panel/transport.hpp"

#include <algorithm>

#include <imgui.h>

#include "app/ui/controls.hpp"
#include "app/view/say.hpp"
#include "app/view/scrub_marks.hpp"
#include "app/view/time_text.hpp"

namespace tcpstep::ui::panel {

using view::say;
using view::Text;

namespace {

// Returns where the buttons end.
float paint_buttons(const Scene& scene, Rect area) {
    const Painter& p = scene.painter;
    const float em = p.em();
    const float h = 2 * em;
    float x = area.x + 1.1F * em;
    const auto next = [&] {
        const Rect box = {x, area.centre().y - h / 2, 2.25F * em, h};
        x = box.right() + 0.44F * em;
        return box;
    };
    const session::Session& session = scene.session;
    const bool playing = session.playback().playing() || session.automatic();
    // At the present moment of a held run both drive the lab.
    const bool live = session.at_gate() == session::AtGate::Holding ||
                      session.at_gate() == session::AtGate::Empty;
    const Text play = playing ? Text::TipPause : live ? Text::TipPlayLive : Text::TipPlay;
    if (icon_button(p, "home", next(), Icon::ToStart, say(Text::TipHome)))
        scene.wish(session::GoHome{});
    if (icon_button(p, "back", next(), Icon::Back, say(Text::TipBack)))
        scene.wish(session::StepBack{});
    if (icon_button(p, "play", next(), playing ? Icon::Pause : Icon::Play, say(play))) {
        scene.wish(session::TogglePlay{});
    }
    if (icon_button(p, "step", next(), Icon::Step, say(live ? Text::TipStepLive : Text::TipStep),
                    true))
        scene.wish(session::StepForward{});
    if (icon_button(p, "end", next(), Icon::ToEnd, say(Text::TipEnd))) scene.wish(session::GoEnd{});
    return x;
}

float paint_speed(const Scene& scene, Rect area, float x) {
    const Painter& p = scene.painter;
    const float em = p.em();
    const Rect box = {x, area.centre().y - em, 5.6F * em, 2 * em};
    const float third = 1.6F * em;
    p.fill(box, ColourRole::Control, 0.44F * em);
    const Rect slower = {box.x, box.y, third, box.h};
    const Rect faster = {box.right() - third, box.y, third, box.h};
    const Touch less = touch_area(p, "slower", slower, say(Text::TipSlower));
    const Touch more = touch_area(p, "faster", faster, say(Text::TipFaster));
    if (less.hovered) p.fill(slower, ColourRole::ControlHover, 0.44F * em);
    if (more.hovered) p.fill(faster, ColourRole::ControlHover, 0.44F * em);
    draw_icon(p, Icon::Slower, slower.centre(), 0.7F * em, ColourRole::TextDim,
              ColourRole::Control);
    draw_icon(p, Icon::Faster, faster.centre(), 0.7F * em, ColourRole::TextDim,
              ColourRole::Control);
    p.text(box, TextStyle::Small, ColourRole::Text,
           say(Text::Speed, scene.session.playback().speed()), Align::Centre);
    if (less.clicked) scene.wish(session::SpeedDown{});
    if (more.clicked) scene.wish(session::SpeedUp{});
    return box.right();
}

constexpr float kWideBar = 12;  // em: with less, words give way
constexpr float kLeastBar = 4;  // narrower there is none
constexpr float kBeforeBar = 1.5F;
constexpr float kAfterBar = 1.3F;

// `left`: where the bar begins. Returns where the words begin: in large letters they are numbers,
// and the time, which stands above as well, goes before the bar does.
float paint_words(const Scene& scene, Rect area, float left) {
    const Painter& p = scene.painter;
    const float em = p.em();
    const model::Timeline& timeline = scene.session.timeline();
    // Of the event that is told, not of the kernel's samples that are passed over with it.
    const view::TimelineIndex& index = scene.session.index();
    const auto shown = index.last_step_before(scene.session.position());
    const std::string time =
        shown ? view::offset_text(timeline.event(*shown).time - timeline.event(0).time) : "+0 s";
    const std::size_t steps = index.steps().size();
    const std::size_t number = index.steps_before(scene.session.position());
    // Room for the widest there can be, so that the bar does not move from event to event.
    const float time_w =
        std::max(p.width(TextStyle::Mono, time), p.width(TextStyle::Mono, "+88.8 ms"));
    const float gap = 0.9F * em;
    float right = area.right() - gap;
    const float room = right - left - kAfterBar * em;
    Text words = Text::EventOf;
    const auto count_width = [&] { return p.width(TextStyle::Small, say(words, steps, steps)); };
    if (room - time_w - gap - count_width() < kWideBar * em) words = Text::EventOfShort;
    if (room - time_w - gap - count_width() >= kLeastBar * em) {
        p.text({right - time_w, area.y, time_w, area.h}, TextStyle::Mono, ColourRole::Text, time,
               Align::Right);
        right -= time_w + gap;
    }
    const float count_w = count_width();
    p.text({right - count_w, area.y, count_w, area.h}, TextStyle::Small, ColourRole::TextDim,
           say(words, number, steps), Align::Right);
    return right - count_w;
}

void paint_bar(const Scene& scene, Rect area) {
    const Painter& p = scene.painter;
    const float em = p.em();
    const model::Timeline& timeline = scene.session.timeline();
    const float y = area.centre().y;
    const float here =
        area.x + area.w * view::fraction_of(scene.session.position(), timeline.size());
    const float thick = 0.22F * em;
    p.fill({area.x, y - thick / 2, area.w, thick}, ColourRole::Line, thick / 2);
    p.fill({area.x, y - thick / 2, here - area.x, thick}, ColourRole::Text, thick / 2);
    const auto resolution = static_cast<std::size_t>(std::max(1.0F, area.w / (0.75F * em)));
    for (const view::ScrubMark& mark :
         view::scrub_marks(timeline, scene.session.index(), resolution)) {
        p.disc({area.x + area.w * mark.at, y}, (mark.segment ? 0.3F : 0.2F) * em, mark.colour);
    }
    p.disc({here, y}, 0.58F * em, ColourRole::Panel);
    p.disc({here, y}, 0.48F * em, ColourRole::Here);

    const Rect grip = {area.x - 0.6F * em, area.y, area.w + 1.2F * em, area.h};
    const Touch touch = touch_area(p, "scrub", grip, say(Text::TipScrub));
    if (!touch.held || timeline.size() == 0) return;
    const std::size_t position =
        view::position_at((ImGui::GetIO().MousePos.x - area.x) / area.w, timeline.size());
    if (position != scene.session.position()) scene.wish(session::Seek{position});
}

}  // namespace

void paint_transport(const Scene& scene, Rect area) {
    const Painter& p = scene.painter;
    p.fill(area, ColourRole::Panel);
    float left = paint_buttons(scene, area);
    left = paint_speed(scene, area, left + 0.6F * p.em()) + kBeforeBar * p.em();
    const float right = paint_words(scene, area, left) - kAfterBar * p.em();
    if (right - left < kLeastBar * p.em()) return;
    paint_bar(scene, {left, area.y, right - left, area.h});
}

}  // namespace tcpstep::ui::panel
