#include "app/ui/panel/top_bar.hpp"

#include <algorithm>
#include <optional>
#include <string>
#include <vector>

#include <imgui.h>

#include "app/freelab/lesson_file.hpp"
#include "app/ui/controls.hpp"
#include "app/ui/panel/export_menu.hpp"
#include "app/ui/panel/hand_panel.hpp"
#include "app/ui/panel/hold_chip.hpp"
#include "app/ui/panel/menus.hpp"
#include "app/ui/popup_list.hpp"
#include "app/view/say.hpp"

namespace tcpstep::ui::panel {

using session::Session;
using view::say;
using view::Text;

namespace {

constexpr float kPickerPad = 1.2F;  // em, both sides
constexpr float kPickerArrow = 1.4F;

// Numbered by their place in the list: the files leave gaps in the order of teaching.
std::vector<ListEntry> lesson_entries(const Session& session) {
    std::vector<ListEntry> entries;
    for (const lesson::Lesson& lesson : session.lessons()) {
        entries.push_back({say(Text::LessonEntry, entries.size() + 1, lesson.title.shown()),
                           lesson.id == session.lesson_id()});
    }
    if (session.has_free_lab()) {
        entries.push_back({say(Text::FreeTitle), session.lesson_id() == freelab::kFreeLabId, true});
    }
    return entries;
}

std::string content_title(const Session& session) {
    for (const ListEntry& entry : lesson_entries(session)) {
        if (entry.ticked) return entry.words;
    }
    if (const lesson::Lesson* recorded = session.lesson()) return recorded->title.shown();
    if (!session.trace().title.empty()) return session.trace().title;
    return session.label().empty() ? say(Text::PickALesson) : session.label();
}

// As wide as its words, so that they are never cut while there is room.
float picker_width(const Scene& scene) {
    const Painter& p = scene.painter;
    const float words = p.width(TextStyle::Small, content_title(scene.session));
    return std::max(20 * p.em(), words + (kPickerPad + kPickerArrow) * p.em() + 1);
}

void paint_picker(const Scene& scene, Rect box) {
    const Painter& p = scene.painter;
    const auto& lessons = scene.session.lessons();
    const Touch touch = touch_area(p, "lessons", box, lessons.empty() ? "" : say(Text::TipLessons));
    const bool hover = touch.hovered && !lessons.empty();
    p.fill(box, hover ? ColourRole::ControlHover : ColourRole::Control, 0.33F * p.em());
    const float arrow = lessons.empty() ? 0 : kPickerArrow * p.em();
    p.fitted({box.x + 0.75F * p.em(), box.y, box.w - kPickerPad * p.em() - arrow, box.h},
             TextStyle::Small, ColourRole::Text, content_title(scene.session));
    if (lessons.empty()) return;
    draw_icon(p, Icon::Down, {box.right() - 0.95F * p.em(), box.centre().y}, 0.62F * p.em(),
              ColourRole::TextDim, ColourRole::Control);
    if (touch.clicked || scene.state.open_list == List::Lessons) ImGui::OpenPopup("lesson list");
    const auto picked = popup_list(scene, "lesson list", box, lesson_entries(scene.session));
    if (!picked) return;
    const bool lesson = *picked < lessons.size();
    scene.wish(session::PickLesson{lesson ? lessons[*picked].id : freelab::kFreeLabId});
}

/// Where the events come from, and how that stands.
struct Badge {
    std::string words;
    std::string tip;
    ColourRole role = ColourRole::Text;
    ColourRole ground = ColourRole::Control;
    enum class Mark : std::uint8_t { Disc, Ring, Cross } mark = Mark::Ring;
};

// Where the sockets are is certain only once an event has come from there.
Badge badge_of(const Session& session) {
    using Mark = Badge::Mark;
    if (session.watching()) {
        return {say(Text::WatchLabel, session.label()),
                {},
                ColourRole::Syn,
                ColourRole::LiveBack,
                Mark::Disc};
    }
    if (session.content() == Session::Content::Recording)
        return {say(Text::BadgeRecording, session.label()), {}};
    if (session.failure()) {
        return {say(Text::BadgeFailed), session.notice(), ColourRole::Rst, ColourRole::Control,
                Mark::Cross};
    }
    const bool host = session.host_reason().has_value();
    const std::string tip = host ? session.host_reason()->line() : std::string();
    if (!session.running()) return {say(host ? Text::BadgeRanHost : Text::BadgeRanPrivate), tip};
    if (session.timeline().size() == 0) return {say(Text::BadgeStarting), {}};
    if (host) {
        return {say(Text::BadgeHost), tip, ColourRole::Attention, ColourRole::AttentionBack,
                Mark::Disc};
    }
    return {say(Text::BadgePrivate), tip, ColourRole::Syn, ColourRole::LiveBack, Mark::Disc};
}

// To the next disagreement after what is looked at, or to the first.
void show_disagreement(const Scene& scene) {
    const model::Timeline& timeline = scene.session.timeline();
    std::optional<std::size_t> found;
    for (std::size_t i = 0; i < timeline.size(); ++i) {
        if (!timeline.effects(i).disagreement) continue;
        if (!found) found = i + 1;
        if (i >= scene.session.position()) {
            found = i + 1;
            break;
        }
    }
    if (found) scene.wish(session::Seek{*found});
}

void paint_mark(const Painter& p, const Badge& badge, Point at) {
    const float r = 0.28F * p.em();
    switch (badge.mark) {
        case Badge::Mark::Disc:
            return p.disc(at, r, badge.role);
        case Badge::Mark::Ring:
            return p.ring(at, r, badge.role, 0.1F * p.em());
        case Badge::Mark::Cross:
            return draw_icon(p, Icon::Cross, at, 2 * r, badge.role, badge.ground);
    }
}

// Returns how much of the room it took.
float paint_badge(const Scene& scene, Rect room) {
    const Painter& p = scene.painter;
    if (scene.session.content() == Session::Content::Nothing) return 0;
    const Badge badge = badge_of(scene.session);
    const float dot = 1.3F * p.em();
    const float w = std::min(p.width(TextStyle::Small, badge.words) + dot + 1.5F * p.em(), room.w);
    if (w < 6 * p.em()) return 0;
    const Rect box = {room.x, room.y, w, room.h};
    p.fill(box, badge.ground, 0.33F * p.em());
    paint_mark(p, badge, {box.x + 1.1F * p.em(), box.centre().y});
    p.fitted({box.x + 0.5F * p.em() + dot, box.y, w - dot - p.em(), box.h}, TextStyle::Small,
             badge.role, badge.words);
    if (!badge.tip.empty()) touch_area(p, "badge", box, badge.tip);
    return w + 0.8F * p.em();
}

// At the right end of the room; returns how much of it that took.
float paint_disagreements(const Scene& scene, Rect room) {
    const std::size_t count = scene.session.disagreements();
    if (count == 0) return 0;
    const Painter& p = scene.painter;
    const std::string words = say(Text::Disagreements, count);
    const float mark = 1.3F * p.em();
    const float w = std::min(room.w, p.width(TextStyle::Small, words) + mark + p.em());
    const Rect box = {room.right() - w, room.y, w, room.h};
    const Touch touch = touch_area(p, "disagreements", box, say(Text::TipDisagreements));
    p.fill(box, ColourRole::AlarmBack, 0.33F * p.em());
    if (touch.hovered) p.outline(box, ColourRole::Rst, 0.33F * p.em(), 1.5F);
    draw_icon(p, Icon::Cross, {box.x + 1.0F * p.em(), box.centre().y}, 0.56F * p.em(),
              ColourRole::Rst, ColourRole::AlarmBack);
    p.fitted({box.x + 0.4F * p.em() + mark, box.y, w - mark - 0.8F * p.em(), box.h},
             TextStyle::Small, ColourRole::Text, words);
    if (touch.clicked) show_disagreement(scene);
    return w + 0.8F * p.em();
}

std::string text_tip(const Scene& scene, Text what) {
    return say(what) + " \u00b7 " + scene.text_size();
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
    if (icon_button(p, "glossary", next(size), Icon::Book, say(Text::TipGlossary)))
        scene.wish(session::ToggleGlossary{});
    if (icon_button(p, "full", next(size), Icon::FullScreen, say(Text::TipFullScreen))) {
        scene.wish(session::ToggleFullScreen{});
    }
    const bool dark = p.theme() == view::Theme::Dark;
    if (icon_button(p, "theme", next(size), dark ? Icon::Sun : Icon::Moon, say(Text::TipTheme))) {
        scene.wish(session::ToggleTheme{});
    }
    const bool chinese = scene.session.look().chinese;
    if (word_button(p, "language", next(1.5F * size), chinese ? say(Text::LanguageButton) : "ZH",
                    say(chinese ? Text::TipLanguage : Text::NoChineseFont))) {
        scene.wish(session::ToggleLanguage{});
    }
    if (word_button(p, "larger", next(1.15F * size), "A+", text_tip(scene, Text::TipLarger))) {
        scene.wish(session::TextLarger{});
    }
    if (word_button(p, "smaller", next(1.15F * size), "A−", text_tip(scene, Text::TipSmaller))) {
        scene.wish(session::TextSmaller{});
    }
    paint_export_button(scene, next(export_button_width(p)));
    const std::string open = say(Text::OpenButton);
    if (word_button(p, "open", next(p.width(TextStyle::Small, open) + 1.2F * p.em()), open,
                    say(Text::TipOpen))) {
        scene.wish(session::ToggleOpenDialog{});
    }
    if (const std::size_t all = scene.session.trace().connections().size(); all > 1) {
        const std::string words = say(Text::ConnectionsButton, all);
        const float w = p.width(TextStyle::Small, words) + p.em();
        if (word_button(p, "connections", next(w), words, say(Text::TipConnections)))
            scene.wish(session::ToggleConnections{});
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
    // Where there is little room, what is held and where the events come from have their part.
    const float all = std::max(0.0F, end - picker_x);
    const float most = all < 50 * em ? 0.42F * all : all;
    const Rect picker = {picker_x, y, std::min(picker_width(scene), most), h};
    paint_picker(scene, picker);
    // From the right: what must not be overlooked comes first, where the events come from last.
    Rect room = {picker.right() + 0.8F * em, y, 0, h};
    room.w = std::max(0.0F, end - room.x);
    const float save = paint_save_button(scene, room);
    room.x += save;
    room.w = std::max(0.0F, room.w - save);
    room.w -= paint_disagreements(scene, room);
    const float chip = hold_chip_width(scene, room.w);
    const float badge = paint_badge(scene, {room.x, y, room.w - chip - 0.8F * em, h});
    paint_hold_chip(scene, {room.x + badge, y, chip, h});
}

}  // namespace tcpstep::ui::panel
