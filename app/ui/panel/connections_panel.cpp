#include "app/ui/panel/connections_panel.hpp"

#include <algorithm>
#include <array>
#include <chrono>
#include <limits>
#include <string>
#include <utility>
#include <vector>

#include <imgui.h>

#include "app/ui/controls.hpp"
#include "app/ui/ground.hpp"
#include "app/ui/text_field.hpp"
#include "app/view/doubt_text.hpp"
#include "app/view/lists/connection_words.hpp"
#include "app/view/say.hpp"
#include "app/view/shorten.hpp"

namespace tcpstep::ui::panel {

using view::say;
using view::Text;
using view::lists::ConnectionColumn;
using view::lists::ConnectionList;

namespace {

constexpr model::Duration kFrame = std::chrono::microseconds(16'667);  // 60 a second

// In em.
constexpr float kPad = 1.2F;
constexpr float kRow = 1.45F;
constexpr float kGap = 0.9F;  // between columns
constexpr float kBar = 1;     // at the right of the rows

constexpr float kFootFrom = 20;  // em of the window: from there on its keys stand below the rows

constexpr float kSmallest = 11;   // pixels: smaller letters cannot be read, the table scrolls
constexpr float kSideBar = 0.9F;  // em: below the rows, where it scrolls sideways
constexpr float kSideWheel = 4;   // em

struct Column {
    ConnectionColumn what;
    float width;  // in em
    bool right = false;
};
// In the order in which they stand.
constexpr std::array kColumns = {Column{ConnectionColumn::Client, 11.5F},
                                 Column{ConnectionColumn::Server, 11.5F},
                                 Column{ConnectionColumn::Segments, 4.6F, true},
                                 Column{ConnectionColumn::Octets, 5.4F, true},
                                 Column{ConnectionColumn::Seconds, 5.8F, true},
                                 Column{ConnectionColumn::ClientState, 7.4F},
                                 Column{ConnectionColumn::ServerState, 7.4F},
                                 Column{ConnectionColumn::Began, 8.2F},
                                 Column{ConnectionColumn::Ended, 10}};

constexpr float total() {
    float w = -kGap;
    for (const Column& column : kColumns) w += column.width + kGap;
    return w;
}

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

// Why the states of a row are only assumed, if they are.
std::string doubts(const view::lists::ConnectionCells& cells) {
    using model::Doubt;
    std::string words;
    for (const ConnectionColumn end :
         {ConnectionColumn::ClientState, ConnectionColumn::ServerState}) {
        const std::string& state = cells[static_cast<std::size_t>(end)];
        for (const Doubt doubt : {Doubt::NothingFollows, Doubt::BeganBefore, Doubt::NotOnTheWire,
                                  Doubt::OrderUnknown}) {
            if (!state.ends_with(view::doubt_mark(doubt))) continue;
            const std::string why = state + "  " + say(view::doubt_text(doubt));
            if (why != words) words += (words.empty() ? "" : " · ") + why;
        }
    }
    return words;
}

void choose(const Scene& scene, model::ConnectionIndex connection) {
    scene.wish(session::SelectConnection{connection});
    scene.wish(session::ToggleConnections{});
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
        choose(scene, state.list->at(state.row));
}

/// The table: its columns share the width in proportion, or where they need more than there is, it
/// scrolls sideways.
class Table {
  public:
    Table(const Scene& scene, Rect area)
        : scene_(scene),
          p_(scene.painter),
          area_(area),
          seen_(area.w - kBar * p_.em()),
          stretch_(std::max(1.0F, seen_ / (total() * p_.em()))) {
        if (hidden() > 0) scroll_sideways();
        scene.state.connections.sideways =
            std::clamp(scene.state.connections.sideways, 0.0F, hidden() / p_.em());
    }

    void paint(bool looking) {
        ConnectionListState& state = scene_.state.connections;
        paint_heads({area_.x, area_.y, area_.w, kRow * p_.em()});
        const float top = area_.y + (kRow + 0.3F) * p_.em();
        const float foot = hidden() > 0 ? kSideBar * p_.em() : 0;
        const Rect rows = {area_.x, top, area_.w, area_.bottom() - top - foot};
        if (state.list->size() == 0 && !looking) {
            p_.wrapped({rows.x, rows.y + p_.em()}, rows.w, TextStyle::Body, ColourRole::TextDim,
                       say(Text::ConnectionsNone, state.list->all()));
            return;
        }
        VirtualList list(p_, "connections", rows, kRow * p_.em(), state.list->size(), state.scroll);
        state.page = list.page();
        if (list.scrolled()) state.row_kept = false;
        if (state.row_kept) list.show(state.row, state.row);
        p_.clip({rows.x - 0.5F * p_.em(), rows.y, seen_ + 0.5F * p_.em(), rows.h});
        for (std::size_t row = list.first(); row < list.end(); ++row) paint_row(list, row);
        p_.unclip();
        list.paint_bar();
    }

  private:
    // Of the table's width, what does not fit.
    float hidden() const { return std::max(0.0F, total() * p_.em() * stretch_ - seen_ - 0.5F); }
    float sideways() const { return scene_.state.connections.sideways * p_.em(); }

    // The bar below the rows, a wheel that turns sideways, or the wheel with Shift.
    void scroll_sideways() {
        const ImGuiIO& io = ImGui::GetIO();
        float& at = scene_.state.connections.sideways;
        const bool here =
            ImGui::IsWindowHovered() && area_.contains({io.MousePos.x, io.MousePos.y});
        const float wheel = io.MouseWheelH + (io.KeyShift ? io.MouseWheel : 0);
        if (here) at -= kSideWheel * wheel;
        const float h = kSideBar * p_.em();
        const Rect bar = {area_.x, area_.bottom() - h, seen_, h};
        const float grip = seen_ * seen_ / (seen_ + hidden());
        const Touch touch = touch_area(p_, "connections sideways", bar, say(Text::TipSideways));
        if (touch.held) {
            const float to = (io.MousePos.x - bar.x - grip / 2) / (seen_ - grip);
            at = std::clamp(to, 0.0F, 1.0F) * hidden() / p_.em();
        }
        at = std::clamp(at, 0.0F, hidden() / p_.em());
        const float x = bar.x + (seen_ - grip) * sideways() / hidden();
        const float thick = 0.35F * p_.em();
        p_.fill({x, bar.bottom() - thick, grip, thick},
                touch.held || touch.hovered ? ColourRole::TextDim : ColourRole::Edge, thick / 2);
    }

    template <class Paint>
    void each_column(Rect line, Paint paint) const {
        float x = line.x - sideways();
        for (const Column& column : kColumns) {
            const float w = column.width * stretch_ * p_.em();
            paint(column, Rect{x, line.y, w, line.h});
            x += w + kGap * stretch_ * p_.em();
        }
    }

    void paint_heads(Rect line) {
        const ConnectionList& list = *scene_.state.connections.list;
        p_.clip({line.x, line.y, seen_, line.h});
        each_column(line, [&](const Column& column, Rect box) {
            const ConnectionList::Order order = list.order();
            const bool by = order.by == column.what;
            const std::string title = view::lists::column_title(column.what);
            const std::string id = "sort " + std::to_string(static_cast<int>(column.what));
            const float left = std::max(box.x, line.x);
            const Rect felt = {left, box.y, std::min(box.right(), line.x + seen_) - left, box.h};
            const Touch touch = touch_area(p_, id.c_str(), felt, say(Text::TipConnectionsSort));
            if (touch.hovered) p_.fill(box, ColourRole::ControlHover, 0.3F * p_.em());
            const float sign = by ? 0.9F * p_.em() : 0;
            const float w = std::min(box.w - sign, p_.width(TextStyle::Label, title));
            const float x = column.right ? box.right() - w - sign : box.x;
            p_.fitted({x, box.y, box.w - sign, box.h}, TextStyle::Label,
                      by ? ColourRole::Text : ColourRole::TextDim, title);
            if (by) paint_direction({x + w + 0.55F * p_.em(), box.centre().y}, order.descending);
            if (touch.clicked) {
                scene_.state.connections.order = {column.what, by && !order.descending};
            }
        });
        p_.unclip();
        p_.line({line.x, line.bottom()}, {line.right(), line.bottom()}, ColourRole::Line, 1);
    }

    void paint_direction(Point at, bool down) const {
        const float r = 0.28F * p_.em();
        const float tip = down ? r : -r;
        // Corners in clockwise order: ImGui's anti-aliasing wants it.
        const Point left = {at.x - r, at.y - 0.6F * tip};
        const Point right = {at.x + r, at.y - 0.6F * tip};
        const Point end = {at.x, at.y + 0.8F * tip};
        p_.triangle(down ? left : right, down ? right : left, end, ColourRole::Text);
    }

    void paint_row(const VirtualList& list, std::size_t row) {
        ConnectionListState& state = scene_.state.connections;
        const model::ConnectionIndex connection = state.list->at(row);
        const Rect box = list.box(row);
        ImGui::PushID(static_cast<int>(row - list.first()));
        const Touch touch = touch_area(p_, "connection", list.seen(row));
        ImGui::PopID();
        const bool shown = scene_.session.timeline().connection() == connection;
        if (shown || touch.hovered) {
            p_.fill(box, touch.hovered ? ColourRole::ControlHover : ColourRole::NowBand,
                    0.25F * p_.em());
        }
        // Where the keys are is not where the mouse is.
        if (row == state.row) paint_selected_row(p_, box);
        if (shown) {
            p_.fill({box.x - 0.4F * p_.em(), box.y, 0.22F * p_.em(), box.h}, ColourRole::Here);
        }
        const view::lists::ConnectionCells cells = state.list->cells(connection);
        std::string told;  // what has no room
        each_column(box, [&](const Column& column, Rect cell) {
            const bool client = column.what == ConnectionColumn::Client ||
                                column.what == ConnectionColumn::ClientState;
            const bool server = column.what == ConnectionColumn::Server ||
                                column.what == ConnectionColumn::ServerState;
            const std::string& words = cells[static_cast<std::size_t>(column.what)];
            const TextStyle style =
                client || server || column.right ? TextStyle::MonoSmall : TextStyle::Small;
            if (p_.width(style, words) > cell.w) told += (told.empty() ? "" : " · ") + words;
            // Letters of one size in every row.
            p_.cut(cell, style,
                   client   ? ColourRole::Client
                   : server ? ColourRole::Server
                            : ColourRole::Text,
                   words, column.right ? Align::Right : Align::Left, 1);
        });
        if (touch.hovered && !scene_.state.mouse_rests) {
            const std::string why = doubts(cells);
            if (!why.empty()) told += (told.empty() ? "" : " · ") + why;
            if (!told.empty()) paint_tip_of(p_, box, told);
        }
        if (touch.clicked) choose(scene_, connection);
    }

    const Scene& scene_;
    const Painter& p_;
    Rect area_;
    float seen_;     // of the table's width
    float stretch_;  // of the columns, to fill that
};

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
    const float all_fit = window.w / (total() + 2 * kPad + kBar + 3);
    const float em = std::max(std::min(full, all_fit), std::min(full, kSmallest));
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
    const float w = std::min(window.w - 2 * em, (total() + 2 * kPad + kBar) * 1.12F * em);
    const Rect card = {window.centre().x - w / 2, em, w, window.h - 2 * em};
    p.fill(card, ColourRole::Panel, 0.8F * em);
    p.outline(card, ColourRole::Line, 0.8F * em, 1.5F);
    const Rect inside = {card.x + kPad * em, card.y + 0.8F * em, w - 2 * kPad * em,
                         card.h - 1.6F * em};
    paint_head(here, {inside.x, inside.y, inside.w, 1.7F * em}, looking);
    const float foot = window.h < kFootFrom * em ? 0 : 1.5F * em;
    Table(here, {inside.x, inside.y + 2.3F * em, inside.w, inside.h - 2.3F * em - foot})
        .paint(looking);
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
