#include "app/ui/panel/connections_table.hpp"

#include <algorithm>
#include <array>
#include <string>

#include <imgui.h>

#include "app/ui/controls.hpp"
#include "app/view/doubt_text.hpp"
#include "app/view/lists/connection_words.hpp"
#include "app/view/say.hpp"

namespace tcpstep::ui::panel {

using view::say;
using view::Text;
using view::lists::ConnectionColumn;
using view::lists::ConnectionList;

namespace {

// In em.
constexpr float kRow = 1.45F;
constexpr float kGap = 0.9F;      // between columns
constexpr float kInset = 0.55F;   // of words from a row's edge
constexpr float kBar = 1;         // at the right of the rows
constexpr float kSideBar = 0.9F;  // below the rows, where it scrolls sideways
constexpr float kSideWheel = 4;

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
    float w = 2 * kInset - kGap;
    for (const Column& column : kColumns) w += column.width + kGap;
    return w;
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

/// The table: its columns share the width in proportion, or where they need more than there is, it
/// scrolls sideways.
class Table {
  public:
    Table(const Scene& scene, Rect area)
        : scene_(scene),
          p_(scene.painter),
          area_(area),
          seen_(area.w - kBar * p_.em()),
          stretch_(std::max(1.0F, (seen_ / p_.em() - 2 * kInset) / (total() - 2 * kInset))) {
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
        p_.clip({rows.x, rows.y, seen_, rows.h});
        for (std::size_t row = list.first(); row < list.end(); ++row) paint_row(list, row);
        p_.unclip();
        list.paint_bar();
    }

  private:
    // Of the table's width, what does not fit.
    float hidden() const { return std::max(0.0F, total() * p_.em() - seen_ - 0.5F); }
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
        float x = line.x + kInset * p_.em() - sideways();
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
        Rect box = list.box(row);
        box.w = seen_;
        ImGui::PushID(static_cast<int>(row - list.first()));
        const Touch touch = touch_area(p_, "connection", list.seen(row));
        ImGui::PopID();
        const bool shown = scene_.session.timeline().connection() == connection;
        if (shown || touch.hovered) {
            p_.fill(box, touch.hovered ? ColourRole::ControlHover : ColourRole::NowBand,
                    0.25F * p_.em());
        }
        // Where the keys are is not where the mouse is.
        if (row == state.row) paint_selected_row(p_, {box.x + 1, box.y + 1, box.w - 2, box.h - 2});
        if (shown) {
            p_.fill({box.x, box.y, 0.22F * p_.em(), box.h}, ColourRole::Here);
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
        if (touch.clicked) choose_connection(scene_, connection);
    }

    const Scene& scene_;
    const Painter& p_;
    Rect area_;
    float seen_;     // of the table's width
    float stretch_;  // of the columns, to fill that
};

}  // namespace

float connections_table_width() {
    return total() + kBar;
}

void paint_connections_table(const Scene& scene, Rect area, bool looking) {
    Table(scene, area).paint(looking);
}

void choose_connection(const Scene& scene, model::ConnectionIndex connection) {
    scene.wish(session::SelectConnection{connection});
    scene.wish(session::ToggleConnections{});
}

}  // namespace tcpstep::ui::panel
