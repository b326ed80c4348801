#include "app/ui/panel/ladder_panel.hpp"

#include <algorithm>
#include <variant>

#include <imgui.h>

#include "app/ui/controls.hpp"
#include "app/ui/panel/events_panel.hpp"
#include "app/ui/panel/held_actions.hpp"
#include "app/ui/panel/ladder_area.hpp"
#include "app/ui/panel/ladder_header.hpp"
#include "app/ui/panel/ladder_paint.hpp"
#include "app/view/ladder/layout.hpp"
#include "app/view/say.hpp"
#include "app/view/segment_title.hpp"

namespace tcpstep::ui::panel {

using view::say;
using view::Text;

namespace {

constexpr float kWheel = 3;  // em that a turn of the wheel moves
constexpr model::Duration kFrame = std::chrono::microseconds(16'667);  // 60 a second

void paint_scroll_bar(const Painter& p, Rect area, double scroll, double content) {
    const auto seen = static_cast<double>(area.h);
    if (content <= seen + 1) return;
    const float h = std::max(static_cast<float>(seen * seen / content), 2 * p.em());
    const float y = area.y + (area.h - h) * static_cast<float>(scroll / (content - seen));
    p.fill({area.right() - 0.28F * p.em(), y, 0.28F * p.em(), h}, ColourRole::Edge, 0.14F * p.em(),
           0.7F);
}

// The wheel and a drag move the ladder, Ctrl with the wheel zooms, two clicks bring it back.
LadderGesture gesture_of(const Scene& scene, const Touch& touch, Rect visible) {
    const ImGuiIO& io = ImGui::GetIO();
    const float em = scene.painter.em();
    LadderGesture gesture = scene.state.ladder.asked_by_key(em);
    if (touch.hovered && io.MouseWheel != 0) {
        if (io.KeyCtrl) {
            gesture.zoom += io.MouseWheel > 0 ? 1 : -1;
            gesture.zoom_at = io.MousePos.y - visible.y;
        } else {
            gesture.pan -= kWheel * em * io.MouseWheel;
        }
    }
    if (touch.held && scene.state.ladder_dragged) gesture.pan -= io.MouseDelta.y;
    gesture.reset = touch.hovered && ImGui::IsMouseDoubleClicked(ImGuiMouseButton_Left);
    return gesture;
}

// What follows the mouse by less than that is a click that trembled.
void note_drag(const Scene& scene, const Touch& touch) {
    if (touch.held && ImGui::IsMouseDragging(ImGuiMouseButton_Left)) {
        scene.state.ladder_dragged = true;
    } else if (!touch.held && !touch.clicked) {
        scene.state.ladder_dragged = false;
    }
}

void tell_segment(const Scene& scene, model::SegmentId id) {
    const bool raw = scene.session.look().raw_numbers;
    const auto tip = view::segment_tip(scene.session.timeline(), id, raw);
    if (tip) paint_tip(scene.painter, *tip);
}

std::string empty_words(const session::Session& session) {
    using Content = session::Session::Content;
    if (session.content() == Content::Nothing) return say(Text::NothingOpen);
    const bool recording = session.content() == Content::Recording;
    const bool begun = !session.trace().connections().empty();
    if (session.watching() && !begun) return say(Text::WatchNothingYet, session.label());
    if (session.timeline().size() == 0) {
        return say(recording           ? Text::NoEventsFile
                   : session.running() ? Text::NoEventsLive
                   : session.failure() ? Text::NoEventsFailed
                                       : Text::NoEventsRan);
    }
    const bool connected = !session.trace().connections().empty();
    if (!connected && recording && session.speaks_tcp()) return say(Text::NoConnection);
    if (session.position() == 0) return say(Text::NothingYet);
    if (connected || !session.speaks_tcp()) return {};
    return say(session.running() ? Text::NoSegmentYet : Text::NoSegmentRan);
}

// Down to where something is drawn, in pixels below the ladder's top.
float drawn_down_to(const view::ladder::Ladder& ladder) {
    float lowest = 0;
    for (const view::ladder::Arrow& arrow : ladder.arrows)
        lowest = std::max({lowest, arrow.from.y, arrow.to.y});
    for (const view::ladder::LadderText& text : ladder.texts)
        lowest = std::max(lowest, text.box.bottom());
    return lowest;
}

// Where nothing is drawn but perhaps what comes next: below that, why, or what to do. Where it has
// no room what comes next tells enough.
void paint_empty(const Scene& scene, Rect area, const view::ladder::Ladder& ladder) {
    const std::string words = empty_words(scene.session);
    if (words.empty()) return;
    const Painter& p = scene.painter;
    const float em = p.em();
    const float drawn = drawn_down_to(ladder);
    const float free = area.h - drawn;
    const float most = std::max(area.w - 3 * em, 8 * em);
    // Wider where it would be higher than its place.
    float room = std::min(most, std::max(0.5F * area.w, 8 * em));
    const auto high = [&] { return p.wrapped_height(room, TextStyle::Body, words); };
    while (room < most && high() + 1.8F * em > free) room = std::min(most, 1.15F * room);
    const float h = high();
    const float around = std::clamp((free - h) / 2, 0.35F * em, em);
    if (drawn > 0 && h + 2 * around > free) return;
    const float w = std::min(room, p.width(TextStyle::Body, words));
    const float lowest = area.bottom() - around - h;
    const float y =
        std::max(area.y + drawn + around, std::min(area.y + 0.55F * area.h - h / 2, lowest));
    const Rect box = {area.centre().x - w / 2, y, w, h};
    p.fill({box.x - em, box.y - around, w + 2 * em, h + 1.8F * around}, ColourRole::Control,
           0.6F * em);
    p.wrapped({box.x, box.y}, room, TextStyle::Body, ColourRole::Text, words);
}

}  // namespace

void paint_ladder_panel(const Scene& scene, Rect area) {
    const Painter& p = scene.painter;
    const float em = p.em();
    const float pad = std::min(em, 0.03F * area.w);
    paint_panel(p, area);
    scene.state.ladder.catch_up(scene.session);
    paint_ladder_header(scene, {area.x + pad, area.y + 0.75F * em, area.w - 2 * pad, 1.5F * em});
    const float foot = held_actions_height(scene.session) * em;
    paint_held_actions(scene,
                       {area.x + pad, area.bottom() - foot - 0.4F * em, area.w - 2 * pad, foot});
    const Rect visible = ladder_area(area, em, foot);

    const Touch touch = touch_area(p, "ladder", visible);
    note_drag(scene, touch);
    view::ladder::LadderInput input{scene.session.timeline(), scene.session.index(),
                                    scene.state.ladder.rows()};
    input.position = scene.session.position();
    input.now = scene.state.now;
    input.foretells = scene.session.predicting().open() == nullptr;
    input.selected = scene.session.selected_segment();
    input.selection = scene.session.selection();
    input.raw_numbers = scene.session.look().raw_numbers;
    input.width = visible.w;
    input.height = visible.h;
    input.em = em;
    const bool more = input.position < scene.session.timeline().size() || scene.session.running();
    input.measure = p.measure();
    scene.state.ladder.settle(input, gesture_of(scene, touch, visible), more);
    const view::ladder::Ladder ladder = view::ladder::lay_out_ladder(input);
    if (ladder.changes_in) scene.changes_in(std::max(*ladder.changes_in, kFrame));
    paint_ladder_ends(scene, ladder, {visible.x, visible.y - 1.4F * em, visible.w, 1.25F * em});

    const ImVec2 mouse = ImGui::GetIO().MousePos;
    const ImVec2 moved = ImGui::GetIO().MouseDelta;
    if (moved.x != 0 || moved.y != 0 || touch.clicked) scene.state.mouse_rests = false;
    const bool points = touch.hovered && !scene.state.mouse_rests && !scene.state.ladder_dragged;
    const view::Selection pointed =
        points ? view::ladder::hit(ladder, {mouse.x - visible.x, mouse.y - visible.y}, 0.6F * em)
               : view::Selection();
    const auto* segment = std::get_if<view::SelectedSegment>(&pointed);
    p.clip(visible);
    paint_ladder(p, ladder, {visible.x, visible.y}, pointed,
                 scene.session.at_gate() == session::AtGate::Holding);
    p.unclip();
    if (input.scroll > 0) p.fade({visible.x, visible.y, visible.w, 1.2F * em}, ColourRole::Panel);
    paint_scroll_bar(p, visible, input.scroll, scene.state.ladder.content());
    paint_empty(scene, visible, ladder);
    if (segment != nullptr) tell_segment(scene, segment->id);
    if (!touch.clicked || scene.state.ladder_dragged || pointed == view::Selection()) return;
    const bool again = pointed == scene.session.selection();
    scene.wish(session::Select{again ? view::Selection() : pointed});
}

}  // namespace tcpstep::ui::panel
