#include "app/ui/panel/connections_panel.hpp"

#include <algorithm>
#include <chrono>
#include <limits>
#include <string>
#include <utility>

#include <imgui.h>

#include "app/ui/controls.hpp"
#include "app/ui/ground.hpp"
#include "app/ui/panel/connections_table.hpp"
#include "app/ui/text_field.hpp"
#include "app/view/say.hpp"

namespace tcpstep::ui::panel {

using view::say;
using view::Text;

namespace {

constexpr model::Duration kFrame = std::chrono::microseconds(16'667);  // 60 a second

constexpr float kPad = 1.2F;     // em
constexpr float kFootFrom = 20;  // em of the window: from there on its keys stand below the rows
constexpr float kLeastOfAsked = 0.8F;  // letters are not made smaller than that, the table scrolls

void refresh(const Scene& scene) {
    ConnectionListState& state = scene.state.connections;
    if (!state.list || state.of != scene.session.trace_number()) {
        // Keys may have been pressed before its first frame.
        ConnectionListState anew;
        anew.steps = state.steps;
        anew.choose = state.choose;
        anew.show = state.show;
        state = std::move(anew);
        state.list.emplace(scene.session.trace());
        state.of = scene.session.trace_number();
    }
    if (std::exchange(state.language, strings::language()) != strings::language())
        state.list->retell();
    if (state.text != state.list->filter() || !(state.order == state.list->order()))
        state.sought = state.row_kept = true;
    if (state.text != state.list->filter()) state.to_first = true;
    state.list->filter(state.text);
    state.list->sort(state.order);
}

// Begins at the connection that is shown.
void open(const Scene& scene) {
    ConnectionListState& state = scene.state.connections;
    if (std::exchange(state.open, true)) return;
    state.at = scene.session.timeline().connection().value_or(0);
    state.sought = state.row_kept = true;
}

// Rows come and change their places while the list is worked out.
void find_row(ConnectionListState& state, bool looking) {
    if (!state.sought) return;
    state.row = state.to_first ? 0 : state.list->row_of(state.at).value_or(0);
    if (state.to_first && state.list->size() > 0) state.at = state.list->at(0);
    state.sought = looking;
    if (!looking) state.to_first = false;
}

void obey_keys(const Scene& scene) {
    ConnectionListState& state = scene.state.connections;
    const auto count = static_cast<long>(state.list->size());
    if (count == 0) return;
    const long row = std::clamp(static_cast<long>(state.row) + state.steps, 0L, count - 1);
    state.row = static_cast<std::size_t>(row);
    if (std::exchange(state.steps, 0) != 0) {
        state.row_kept = true;
        state.at = state.list->at(state.row);
    }
    if (std::exchange(state.show, false) &&
        scene.session.timeline().connection() != state.list->at(state.row))
        scene.wish(session::SelectConnection{state.list->at(state.row)});
    // While rows are still sought, or letters are on their way to the filter, the first one is not
    // known.
    const bool typing = scene.state.filter_letters.expected();
    if (!state.to_first && !typing && std::exchange(state.choose, false))
        choose_connection(scene, state.list->at(state.row));
}

// The title, how many there are, the text that is looked for, and the cross.
void paint_head(const Scene& scene, Rect line, bool looking) {
    const Painter& p = scene.painter;
    ConnectionListState& state = scene.state.connections;
    const Rect close = {line.right() - line.h, line.y, line.h, line.h};
    if (icon_button(p, "close connections", close, Icon::Cross, say(Text::TipConnectionsClose)))
        scene.wish(session::ToggleConnections{});
    const std::string title = say(Text::ConnectionsTitle);
    const float title_w = p.width(TextStyle::Title, title);
    p.text(line, TextStyle::Title, ColourRole::Text, title);
    const std::string count = say(looking ? Text::EventsLooking : Text::EventsCount,
                                  state.list->size(), state.list->all());
    const float count_x = line.x + title_w + p.em();
    const float count_w = p.width(TextStyle::Small, count);
    p.text({count_x, line.y, count_w, line.h}, TextStyle::Small, ColourRole::TextDim, count);
    const float right = close.x - 0.8F * p.em();
    const float w = std::min(18 * p.em(), right - count_x - count_w - p.em());
    if (w < 3 * p.em()) return;
    // Whoever types means the filter; these have done something else.
    EarlyLetters& early = scene.state.filter_letters;
    if (!keyboard_is_taken() && !early.expected() && early.typed_beside(U"[]jJ/"))
        scene.state.focus_filter = true;
    if (filter_field(scene, "connection filter", {right - w, line.y, w, line.h}, state.text,
                     say(Text::TipConnectionsFilter), say(Text::EventsFilter)))
        state.choose = true;
}

}  // namespace

void paint_connections(const Scene& scene, Rect window) {
    const float full = std::min(scene.painter.em(), window.h / 18);
    const float all_fit = window.w / (connections_table_width() + 2 * kPad + 3);
    const float em = all_fit < kLeastOfAsked * full ? full : std::min(full, all_fit);
    begin_ground("connection list", true);
    const Painter p = scene.painter.into(*ImGui::GetWindowDrawList()).sized(em);
    const Scene here = scene.with(p);
    refresh(here);
    const bool looking = scene.state.connections.list->look_on();
    if (looking) scene.changes_in(kFrame);
    open(here);
    find_row(scene.state.connections, looking);
    obey_keys(here);
    p.fill(window, ColourRole::Background, 0, 0.75F);
    const float w =
        std::min(window.w - 2 * em, (connections_table_width() + 2 * kPad) * 1.12F * em);
    const Rect card = {window.centre().x - w / 2, em, w, window.h - 2 * em};
    p.fill(card, ColourRole::Panel, 0.8F * em);
    p.outline(card, ColourRole::Line, 0.8F * em, 1.5F);
    const Rect inside = {card.x + kPad * em, card.y + 0.8F * em, w - 2 * kPad * em,
                         card.h - 1.6F * em};
    paint_head(here, {inside.x, inside.y, inside.w, 1.7F * em}, looking);
    const float foot = window.h < kFootFrom * em ? 0 : 1.5F * em;
    paint_connections_table(
        here, {inside.x, inside.y + 2.3F * em, inside.w, inside.h - 2.3F * em - foot}, looking);
    if (foot > 0) {
        p.fitted({inside.x, inside.bottom() - 1.2F * em, inside.w, 1.3F * em}, TextStyle::Small,
                 ColourRole::TextDim, say(Text::ConnectionsKeys));
    }
    ImGui::End();
}

bool is_key_of_connections(const session::Command& command) {
    return std::holds_alternative<session::StepConnection>(command) ||
           std::holds_alternative<session::ToggleConnections>(command) ||
           std::holds_alternative<session::FilterList>(command);
}

bool move_in_connections(const session::Command& command, const session::Session& session,
                         UiState& state) {
    using namespace session;
    if (!session.look().connections) return false;
    ConnectionListState& list = state.connections;
    const auto page = static_cast<long>(list.page);
    if (const auto* move = std::get_if<MoveInList>(&command)) {
        list.steps += move->rows;
    } else if (std::holds_alternative<StepForward>(command)) {
        list.steps += page;
    } else if (std::holds_alternative<StepBack>(command)) {
        list.steps -= page;
    } else if (std::holds_alternative<GoHome>(command)) {
        list.steps = std::numeric_limits<int>::min();
    } else if (std::holds_alternative<GoEnd>(command)) {
        list.steps = std::numeric_limits<int>::max();
    } else if (std::holds_alternative<DeliverHeld>(command)) {
        list.choose = true;
    } else if (std::holds_alternative<FilterList>(command)) {
        state.focus_filter = true;
    } else if (const auto* step = std::get_if<StepConnection>(&command)) {
        list.steps += step->by;
        list.show = true;
    } else {
        return false;
    }
    return true;
}

}  // namespace tcpstep::ui::panel
