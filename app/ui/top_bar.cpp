#include "app/ui/top_bar.hpp"

#include <algorithm>

#include <imgui.h>

#include "app/ui/controls.hpp"
#include "app/ui/popup_list.hpp"
#include "app/view/say.hpp"

namespace tcpstep::ui {

using session::Session;
using view::say;
using view::Text;

namespace {

std::string lesson_entry(const lesson::Lesson& lesson) {
    return say(Text::LessonEntry, lesson.order, lesson.title);
}

std::string content_title(const Session& session) {
    for (const lesson::Lesson& lesson : session.lessons()) {
        if (lesson.id == session.lesson_id()) return lesson_entry(lesson);
    }
    if (!session.trace().title.empty()) return session.trace().title;
    return session.label().empty() ? say(Text::PickALesson) : session.label();
}

void paint_picker(const Scene& scene, Rect box) {
    const Painter& p = scene.painter;
    const auto& lessons = scene.session.lessons();
    const Touch touch = touch_area(p, "lessons", box, lessons.empty() ? "" : say(Text::TipLessons));
    const bool hover = touch.hovered && !lessons.empty();
    p.fill(box, hover ? ColourRole::ControlHover : ColourRole::Control, 0.33F * p.em());
    const float arrow = lessons.empty() ? 0 : 1.4F * p.em();
    p.fitted({box.x + 0.75F * p.em(), box.y, box.w - 1.2F * p.em() - arrow, box.h},
             TextStyle::Small, ColourRole::Text, content_title(scene.session));
    if (lessons.empty()) return;
    draw_icon(p, Icon::Down, {box.right() - 0.95F * p.em(), box.centre().y}, 0.62F * p.em(),
              ColourRole::TextDim, ColourRole::Control);
    if (touch.clicked) ImGui::OpenPopup("lesson list");
    std::vector<std::string> entries;
    std::optional<std::size_t> chosen;
    for (const lesson::Lesson& lesson : lessons) {
        if (lesson.id == scene.session.lesson_id()) chosen = entries.size();
        entries.push_back(lesson_entry(lesson));
    }
    if (const auto picked = popup_list(scene, "lesson list", box, entries, chosen)) {
        scene.wish(session::PickLesson{lessons[*picked].id});
    }
}

// Where the events come from; returns where it ends.
void paint_badge(const Scene& scene, Rect room) {
    const Painter& p = scene.painter;
    const bool live = scene.session.content() == Session::Content::Lesson;
    if (scene.session.content() == Session::Content::Nothing) return;
    const std::string words =
        live ? say(Text::BadgeLive) : say(Text::BadgeRecording, scene.session.label());
    const float dot = 1.3F * p.em();
    const float w = std::min(p.width(TextStyle::Small, words) + dot + 1.5F * p.em(), room.w);
    if (w < 6 * p.em()) return;
    const Rect box = {room.x, room.y, w, room.h};
    p.fill(box, live ? ColourRole::LiveBack : ColourRole::Control, 0.33F * p.em());
    const ColourRole role = live ? ColourRole::Syn : ColourRole::TextDim;
    const Point centre = {box.x + 1.1F * p.em(), box.centre().y};
    if (live) {
        p.disc(centre, 0.3F * p.em(), role);
    } else {
        p.ring(centre, 0.27F * p.em(), role, 0.1F * p.em());
    }
    p.fitted({box.x + 0.5F * p.em() + dot, box.y, w - dot - p.em(), box.h}, TextStyle::Small,
             live ? ColourRole::Syn : ColourRole::Text, words);
}

// From right to left; returns the left edge of the leftmost.
float paint_buttons(const Scene& scene, Rect area) {
    const Painter& p = scene.painter;
    const float size = 1.75F * p.em();
    const float gap = 0.4F * p.em();
    float x = area.right() - 0.7F * p.em();
    const auto next = [&](float w) {
        x -= w + gap;
        return Rect{x + gap, area.centre().y - size / 2, w, size};
    };
    if (word_button(p, "help", next(size), "?", say(Text::TipHelp)))
        scene.wish(session::ToggleHelp{});
    if (icon_button(p, "full", next(size), Icon::FullScreen, say(Text::TipFullScreen))) {
        scene.wish(session::ToggleFullScreen{});
    }
    const bool dark = p.theme() == view::Theme::Dark;
    if (icon_button(p, "theme", next(size), dark ? Icon::Sun : Icon::Moon, say(Text::TipTheme))) {
        scene.wish(session::ToggleTheme{});
    }
    if (word_button(p, "larger", next(1.15F * size), "A+", say(Text::TipLarger))) {
        scene.wish(session::TextLarger{});
    }
    if (word_button(p, "smaller", next(1.15F * size), "A−", say(Text::TipSmaller))) {
        scene.wish(session::TextSmaller{});
    }
    return x;
}

}  // namespace

void paint_top_bar(const Scene& scene, Rect area) {
    const Painter& p = scene.painter;
    p.fill(area, ColourRole::Panel);
    const float em = p.em();
    const std::string name = say(Text::ProgramName);
    const float name_w = p.width(TextStyle::Title, name);
    p.text({area.x + 1.1F * em, area.y, name_w, area.h}, TextStyle::Title, ColourRole::Text, name);
    const float end = paint_buttons(scene, area) - 0.8F * em;
    const float h = 1.75F * em;
    const float y = area.centre().y - h / 2;
    const float picker_x = area.x + 1.1F * em + name_w + 1.5F * em;
    const Rect picker = {picker_x, y, std::clamp(20 * em, 0.0F, end - picker_x), h};
    paint_picker(scene, picker);
    const float badge_x = picker.right() + 0.8F * em;
    paint_badge(scene, {badge_x, y, end - badge_x, h});
}

}  // namespace tcpstep::ui
