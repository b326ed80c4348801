#include "app/ui/panel/help_panel.hpp"

#include <algorithm>
#include <optional>
#include <string>
#include <utility>

#include <imgui.h>

#include "app/ui/controls.hpp"
#include "app/ui/ground.hpp"
#include "app/view/say.hpp"

namespace tcpstep::ui::panel {

using view::say;
using view::Text;

namespace {

constexpr std::string_view kBetweenKeys = "   ";

// In em.
constexpr float kRow = 1.75F;
constexpr float kPad = 2;       // around all
constexpr float kTightPad = 1;  // where letters need the room
constexpr float kGap = 2;       // between keys and words
constexpr float kHead = 3.2F;
constexpr float kFoot = 1.4F;
constexpr float kTurn = 2.5F;    // what the wheel scrolls
constexpr float kFewWords = 11;  // narrower words stand below the keys
constexpr float kOfWindow = 0.96F;
constexpr float kLeastOfAsked = 0.8F;  // letters are not made smaller to be in sight

struct Widest {
    float keys = 0, words = 0;
};

Widest widest(const Painter& p, const std::vector<KeyHelp>& lines) {
    Widest most;
    for (const KeyHelp& line : lines) {
        most.keys = std::max(most.keys, p.width(TextStyle::Flags, say(line.keys)));
        most.words = std::max(most.words, p.width(TextStyle::Body, say(line.meaning)));
    }
    return most;
}

std::size_t rows_of(std::size_t lines, std::size_t columns) {
    return (lines + columns - 1) / columns;
}

// All in one line each.
void place_in_columns(HelpLayout& help, const Widest& most, float pad, std::size_t lines) {
    const float em = help.em;
    const float w = most.keys + kGap * em + most.words;
    const std::size_t rows = rows_of(lines, help.columns);
    help.keys_w = most.keys;
    for (std::size_t i = 0; i < lines; ++i) {
        help.places.push_back({static_cast<float>(i / rows) * (w + pad),
                               static_cast<float>(i % rows) * kRow * em, w, kRow * em});
    }
    help.rows.w = static_cast<float>(help.columns) * (w + pad) - pad;
    help.content = static_cast<float>(rows) * kRow * em;
}

// One below the other, with words broken into lines.
void place_wrapped(const Painter& p, HelpLayout& help, const Widest& most, float room,
                   const std::vector<KeyHelp>& lines) {
    const float em = help.em;
    help.keys_w = most.keys;
    help.below = room - most.keys - em < kFewWords * em;
    const float words = help.below ? room - em : room - most.keys - em;
    float y = 0;
    for (const KeyHelp& line : lines) {
        const float high = p.wrapped_height(words, TextStyle::Body, say(line.meaning));
        const float h = (help.below ? 1.4F * em : 0) + high + 0.5F * em;
        help.places.push_back({0, y, room, h});
        y += h;
    }
    help.rows.w = room;
    help.content = y;
}

// What the mouse does to it; nothing if it is not clicked.
std::optional<session::Command> help_button(const Painter& p, const KeyHelp& line, Rect box,
                                            std::size_t number) {
    std::optional<session::Command> clicked;
    const auto part = [&](Rect area, std::size_t command) {
        const std::string id = "key " + std::to_string(number) + " " + std::to_string(command);
        const Touch touch = touch_area(p, id.c_str(), area);
        if (touch.hovered) p.fill(area, ColourRole::ControlHover, 0.3F * p.em());
        if (touch.clicked) clicked = line.commands[command];
    };
    if (line.commands.size() == 1) {
        part(box, 0);
        return clicked;
    }
    const std::string keys = say(line.keys);
    float x = box.x;
    std::size_t from = 0;
    for (std::size_t i = 0; i < line.commands.size(); ++i) {
        const std::size_t end = std::min(keys.find(kBetweenKeys, from), keys.size());
        const float until =
            box.x + p.width(TextStyle::Flags, keys.substr(0, end) + std::string(kBetweenKeys));
        part({x, box.y, until - x, box.h}, i);
        x = until;
        from = std::min(end + kBetweenKeys.size(), keys.size());
    }
    return clicked;
}

void paint_line(const Painter& p, const HelpLayout& help, const KeyHelp& line, Rect row) {
    const float em = help.em;
    const Rect keys = {row.x, row.y, help.keys_w, help.wraps ? 1.5F * em : row.h};
    p.text(keys, TextStyle::Flags, ColourRole::Client, say(line.keys));
    if (help.below) {
        p.wrapped({row.x + em, row.y + 1.5F * em}, row.w - em, TextStyle::Body, ColourRole::Text,
                  say(line.meaning));
    } else if (!help.wraps) {
        const float x = row.x + help.keys_w + kGap * em;
        p.text({x, row.y, row.right() - x, row.h}, TextStyle::Body, ColourRole::Text,
               say(line.meaning));
    } else {
        const float x = row.x + help.keys_w + em;
        p.wrapped({x, row.y + 0.25F * em}, row.right() - x, TextStyle::Body, ColourRole::Text,
                  say(line.meaning));
    }
}

std::optional<session::Command> paint_lines(const Painter& p, const HelpLayout& help,
                                            const std::vector<KeyHelp>& lines, float scroll) {
    std::optional<session::Command> clicked;
    ImGui::PushClipRect(ImVec2(help.card.x, help.rows.y),
                        ImVec2(help.card.right(), help.rows.bottom()), true);
    for (std::size_t i = 0; i < lines.size(); ++i) {
        Rect row = help.places[i];
        row.x += help.rows.x;
        row.y += help.rows.y - scroll;
        if (row.bottom() < help.rows.y || row.y > help.rows.bottom()) continue;
        if (const auto command = help_button(p, lines[i], row, i)) clicked = command;
        paint_line(p, help, lines[i], row);
    }
    ImGui::PopClipRect();
    return clicked;
}

// That there is more: lines fade out where they go on, and a bar tells how far one is.
void paint_more(const Painter& p, const HelpLayout& help, float scroll) {
    const Rect& rows = help.rows;
    const float hidden = help.content - rows.h;
    if (hidden <= 0) return;
    const float em = help.em;
    const float fade = 1.2F * em;
    if (scroll > 0) p.fade({rows.x, rows.y, rows.w, fade}, ColourRole::Panel);
    if (scroll < hidden - 1)
        p.fade_up({rows.x, rows.bottom() - fade, rows.w, fade}, ColourRole::Panel);
    const float h = std::max(rows.h * rows.h / help.content, 2 * em);
    const float y = rows.y + (rows.h - h) * scroll / hidden;
    p.fill({help.card.right() - 0.6F * em, y, 0.35F * em, h}, ColourRole::Edge, 0.17F * em);
}

}  // namespace

HelpLayout help_layout(const Painter& painter, Rect window, const std::vector<KeyHelp>& lines) {
    HelpLayout help;
    const float asked = painter.em();
    const Widest most = widest(painter, lines);
    const float room_w = kOfWindow * window.w;
    const float room_h = kOfWindow * window.h;
    const auto card_w = [&](std::size_t columns, float pad) {
        return static_cast<float>(columns) * (most.keys + most.words + (kGap + pad) * asked) +
               pad * asked;
    };
    for (const std::size_t columns : {1U, 2U}) {
        const float h =
            (kRow * static_cast<float>(rows_of(lines.size(), columns)) + kHead + kFoot) * asked;
        const float fit = std::min({1.0F, room_w / card_w(columns, kPad), room_h / h});
        if (fit * asked <= help.em) continue;
        help.em = fit * asked;
        help.columns = columns;
    }
    float pad = kPad * help.em;
    if (help.em < kLeastOfAsked * asked) {
        help.em = asked;
        help.columns = card_w(2, kPad) <= room_w ? 2 : 1;
        if (help.columns == 1 && card_w(1, kPad) > room_w) pad = kTightPad * asked;
    }
    const Painter p = painter.sized(help.em);
    const Widest here = widest(p, lines);
    help.wraps = pad < kPad * help.em;
    if (help.wraps) {
        place_wrapped(p, help, here, room_w - 2 * pad, lines);
    } else {
        place_in_columns(help, here, pad, lines.size());
    }
    const float w = std::min(help.rows.w + 2 * pad, window.w);
    const float h = std::min(help.content + (kHead + kFoot) * help.em, room_h);
    help.card = {window.centre().x - w / 2, window.centre().y - h / 2, w, h};
    help.rows = {help.card.x + pad, help.card.y + kHead * help.em, help.rows.w,
                 h - (kHead + kFoot) * help.em};
    return help;
}

void paint_help(const Scene& scene, Rect window) {
    const std::vector<KeyHelp> lines = key_help();
    const HelpLayout help = help_layout(scene.painter, window, lines);
    const float em = help.em;
    UiState& state = scene.state;
    begin_ground("help", true);
    const Painter p = scene.painter.into(*ImGui::GetWindowDrawList()).sized(em);
    state.help_most = std::max(0.0F, help.content - help.rows.h) / em;
    state.help_page = 0.9F * help.rows.h / em;
    state.help_scroll =
        std::clamp(state.help_scroll - kTurn * ImGui::GetIO().MouseWheel, 0.0F, state.help_most);
    p.fill(window, ColourRole::Background, 0, 0.75F);
    p.fill(help.card, ColourRole::Panel, 0.8F * em);
    p.outline(help.card, ColourRole::Line, 0.8F * em, 1.5F);
    p.text({help.rows.x, help.card.y + 1.1F * em, help.rows.w, 1.4F * em}, TextStyle::Title,
           ColourRole::Text, say(Text::DoesTitle));
    const float cross = 1.7F * em;
    const Rect close = {help.rows.right() - cross, help.card.y + 0.95F * em, cross, cross};
    std::optional<session::Command> clicked;
    if (icon_button(p, "close help", close, Icon::Cross, say(Text::TipHelpClose)))
        clicked = session::ToggleHelp{};
    const float scroll = state.help_scroll * em;
    if (const auto command = paint_lines(p, help, lines, scroll)) clicked = command;
    paint_more(p, help, scroll);
    const bool beside = touch_area(p, "help ground", window).clicked;
    if (beside || clicked) scene.wish(session::ToggleHelp{});
    const bool closes = clicked && (std::holds_alternative<session::ToggleHelp>(*clicked) ||
                                    std::holds_alternative<session::Dismiss>(*clicked));
    if (clicked && !closes) scene.wish(std::move(*clicked));
    ImGui::End();
}

bool scroll_help(const session::Command& command, const session::Session& session, UiState& state) {
    using namespace session;
    if (!session.look().help || state.help_most <= 0) return false;
    float& scroll = state.help_scroll;
    if (const auto* move = std::get_if<MoveInList>(&command)) {
        scroll += kTurn * static_cast<float>(move->rows);
    } else if (std::holds_alternative<StepForward>(command)) {
        scroll += state.help_page;
    } else if (std::holds_alternative<StepBack>(command)) {
        scroll -= state.help_page;
    } else if (std::holds_alternative<GoHome>(command)) {
        scroll = 0;
    } else if (std::holds_alternative<GoEnd>(command)) {
        scroll = state.help_most;
    } else {
        return false;
    }
    scroll = std::clamp(scroll, 0.0F, state.help_most);
    return true;
}

}  // namespace tcpstep::ui::panel
