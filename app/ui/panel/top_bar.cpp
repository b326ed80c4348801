#include "app/ui/panel/top_bar.hpp"

#include <algorithm>
#include <optional>
#include <string>
#include <vector>

#include <imgui.h>

#include "app/freelab/lesson_file.hpp"
#include "app/ui/controls.hpp"
#include "app/ui/panel/hand_panel.hpp"
#include "app/ui/panel/hold_chip.hpp"
#include "app/ui/panel/top_bar_buttons.hpp"
#include "app/ui/panel/top_bar_layout.hpp"
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
    const bool cut = picker_width(scene) > box.w + 1;
    const std::string tip = lessons.empty() ? "" : say(Text::TipLessons);
    const Touch touch =
        touch_area(p, "lessons", box, cut ? content_title(scene.session) + " \u00b7 " + tip : tip);
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

float badge_width(const Scene& scene) {
    if (scene.session.content() == Session::Content::Nothing) return 0;
    const Painter& p = scene.painter;
    const Badge badge = badge_of(scene.session);
    return p.width(TextStyle::Small, badge.words) + 2.8F * p.em();
}

// Where there is no room for its words they are told beside the mouse.
void paint_badge(const Scene& scene, Rect box) {
    if (box.w <= 0) return;
    const Painter& p = scene.painter;
    const Badge badge = badge_of(scene.session);
    const float dot = 1.3F * p.em();
    p.fill(box, badge.ground, 0.33F * p.em());
    const bool words = box.w > 4 * p.em();
    paint_mark(p, badge, {words ? box.x + 1.1F * p.em() : box.centre().x, box.centre().y});
    const bool cut = box.w + 1 < badge_width(scene);
    if (words) {
        p.fitted({box.x + 0.5F * p.em() + dot, box.y, box.w - dot - p.em(), box.h},
                 TextStyle::Small, badge.role, badge.words);
    }
    const std::string tip = !cut                ? badge.tip
                            : badge.tip.empty() ? badge.words
                                                : badge.words + " \u00b7 " + badge.tip;
    if (!tip.empty()) touch_area(p, "badge", box, tip);
}

float disagreements_width(const Scene& scene) {
    const std::size_t count = scene.session.disagreements();
    if (count == 0) return 0;
    const Painter& p = scene.painter;
    return p.width(TextStyle::Small, say(Text::Disagreements, count)) + 2.3F * p.em();
}

void paint_disagreements(const Scene& scene, Rect box) {
    const std::size_t count = scene.session.disagreements();
    if (count == 0) return;
    const Painter& p = scene.painter;
    const std::string words = say(Text::Disagreements, count);
    const float mark = 1.3F * p.em();
    const Touch touch = touch_area(p, "disagreements", box, say(Text::TipDisagreements));
    p.fill(box, ColourRole::AlarmBack, 0.33F * p.em());
    if (touch.hovered) p.outline(box, ColourRole::Rst, 0.33F * p.em(), 1.5F);
    draw_icon(p, Icon::Cross, {box.x + 1.0F * p.em(), box.centre().y}, 0.56F * p.em(),
              ColourRole::Rst, ColourRole::AlarmBack);
    p.fitted({box.x + 0.4F * p.em() + mark, box.y, box.w - mark - 0.8F * p.em(), box.h},
             TextStyle::Small, ColourRole::Text, words);
    if (touch.clicked) show_disagreement(scene);
}

}  // namespace

void paint_top_bar(const Scene& scene, Rect area) {
    const Painter& p = scene.painter;
    p.fill(area, ColourRole::Panel);
    const float em = p.em();
    const float gap = kBarGap * em;
    const std::string name = say(Text::ProgramName);
    TopBarWants wants;
    wants.em = em;
    wants.name = p.width(TextStyle::Title, name) + 0.7F * em;
    wants.picker = picker_width(scene);
    wants.save = save_button_width(scene);
    wants.badge = badge_width(scene);
    wants.hold = hold_chip_width(scene);
    wants.alarm = disagreements_width(scene);
    wants.buttons = bar_buttons_width(scene);
    wants.few_buttons = few_bar_buttons_width(p);
    const float left = area.x + 1.1F * em;
    const float right = area.right() - 0.7F * em;
    const TopBarPlan plan = plan_top_bar(right - left, wants);
    const float size = kBarButton * em;
    Rect box = {left, area.centre().y - size / 2, plan.name, size};
    if (plan.name > 0) {
        p.text(box, TextStyle::Title, ColourRole::Text, name);
        box.x += plan.name + gap;
    }
    const auto next = [&](float w) {
        const Rect taken = {box.x, box.y, w, size};
        if (w > 0) box.x += w + gap;
        return taken;
    };
    paint_picker(scene, next(plan.picker));
    paint_save_button(scene, next(plan.save));
    paint_badge(scene, next(plan.badge));
    paint_hold_chip(scene, next(plan.hold));
    // What must not be overlooked stands beside the buttons.
    paint_disagreements(scene, {right - plan.buttons - gap - plan.alarm, box.y, plan.alarm, size});
    paint_bar_buttons(scene, {right - plan.buttons, box.y, plan.buttons, size}, plan.menu);
}

}  // namespace tcpstep::ui::panel
