#include "app/ui/panel/overlays.hpp"

#include <algorithm>
#include <optional>
#include <utility>

#include <imgui.h>

#include "app/ui/controls.hpp"
#include "app/ui/ground.hpp"
#include "app/ui/keys.hpp"
#include "app/view/say.hpp"

namespace tcpstep::ui::panel {

using view::say;
using view::Text;

std::vector<Notice> notices(const session::Session& session) {
    std::vector<Notice> list;
    for (std::string text : {session.notice(), session.remark()}) {
        if (text.empty()) continue;
        Notice notice{std::move(text)};
        notice.closes = true;
        list.push_back(std::move(notice));
    }
    const std::uint64_t lost = session.timeline().at(session.timeline().size()).segments_lost;
    if (lost > 0)
        list.push_back({say(view::counted(lost, Text::NoticeLostOne, Text::NoticeLost), lost)});
    if (session.looking_at_past())
        list.push_back({say(Text::NoticePast), ColourRole::PastBack, true});
    return list;
}

void paint_notices(const Scene& scene, Rect area, const std::vector<Notice>& list) {
    const Painter& p = scene.painter;
    if (list.empty()) return;
    const float h = area.h / static_cast<float>(list.size());
    float y = area.y;
    for (const Notice& notice : list) {
        const Rect strip = {area.x, y, area.w, h};
        p.fill(strip, notice.ground);
        p.fill({strip.x, strip.y, 0.35F * p.em(), strip.h},
               notice.ends_past ? ColourRole::Client : ColourRole::Rst);
        p.fitted({strip.x + 1.1F * p.em(), strip.y, strip.w - 2.2F * p.em(), strip.h},
                 TextStyle::Small, ColourRole::Text, notice.text);
        if (notice.ends_past && touch_area(p, "to now", strip, say(Text::TipEnd)).clicked) {
            scene.wish(session::GoEnd{});
        }
        if (notice.closes && touch_area(p, "notice", strip, say(Text::TipOpenCancel)).clicked) {
            scene.wish(session::Dismiss{});
        }
        y += h;
    }
}

namespace {

constexpr std::string_view kBetweenKeys = "   ";
constexpr float kHelpRow = 1.75F;  // em

/// Where the lines of the help stand: in one column or, where they are larger then, in two.
struct HelpLayout {
    float em = 0;
    float keys_w = 0, words_w = 0;
    std::size_t columns = 1, rows = 0;

    float column_w() const { return keys_w + words_w + 4 * em; }
    float w() const { return column_w() * static_cast<float>(columns) + 2 * em; }
    float h() const { return kHelpRow * em * static_cast<float>(rows) + 4.6F * em; }
};

HelpLayout help_layout(const Painter& painter, Rect window, const std::vector<KeyHelp>& lines) {
    HelpLayout best;
    for (const std::size_t columns : {1U, 2U}) {
        HelpLayout here;
        here.columns = columns;
        here.rows = (lines.size() + columns - 1) / columns;
        here.em = painter.em();
        for (const KeyHelp& line : lines) {
            here.keys_w = std::max(here.keys_w, painter.width(TextStyle::Flags, say(line.keys)));
            here.words_w =
                std::max(here.words_w, painter.width(TextStyle::Body, say(line.meaning)));
        }
        // Whatever the text size, the whole list is in sight.
        const float fit =
            std::min({1.0F, 0.96F * window.w / here.w(), 0.96F * window.h / here.h()});
        here.em *= fit;
        here.keys_w *= fit;
        here.words_w *= fit;
        if (here.em > best.em) best = here;
    }
    return best;
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

}  // namespace

void paint_blank(const Scene& scene, Rect window) {
    const Painter& p = scene.painter;
    p.list().AddRectFilled(ImVec2(window.x, window.y), ImVec2(window.right(), window.bottom()),
                           IM_COL32_BLACK);
    if (touch_area(p, "blank", window).clicked) scene.wish(session::ToggleBlank{});
}

void paint_help(const Scene& scene, Rect window) {
    const std::vector<KeyHelp> lines = key_help();
    const HelpLayout layout = help_layout(scene.painter, window, lines);
    const float em = layout.em;
    begin_ground("help", true);
    const Painter p = scene.painter.into(*ImGui::GetWindowDrawList()).sized(em);
    p.fill(window, ColourRole::Background, 0, 0.75F);
    const Rect card = {window.centre().x - layout.w() / 2, window.centre().y - layout.h() / 2,
                       layout.w(), layout.h()};
    p.fill(card, ColourRole::Panel, 0.8F * em);
    p.outline(card, ColourRole::Line, 0.8F * em, 1.5F);
    p.text({card.x + 2 * em, card.y + 1.1F * em, card.w, 1.4F * em}, TextStyle::Title,
           ColourRole::Text, say(Text::DoesTitle));
    std::optional<session::Command> clicked;
    const float cross = 1.7F * em;
    const Rect close = {card.right() - 2 * em - cross, card.y + 0.95F * em, cross, cross};
    if (icon_button(p, "close help", close, Icon::Cross, say(Text::TipHelpClose)))
        clicked = session::ToggleHelp{};
    for (std::size_t i = 0; i < lines.size(); ++i) {
        const float x = card.x + 2 * em + layout.column_w() * static_cast<float>(i / layout.rows);
        const float y = card.y + (3.2F + kHelpRow * static_cast<float>(i % layout.rows)) * em;
        const Rect row = {x, y, layout.column_w() - em, kHelpRow * em};
        if (const auto command = help_button(p, lines[i], row, i)) clicked = command;
        p.text({x, y, layout.keys_w, row.h}, TextStyle::Flags, ColourRole::Client,
               say(lines[i].keys));
        p.text({x + layout.keys_w + 2 * em, y, layout.words_w, row.h}, TextStyle::Body,
               ColourRole::Text, say(lines[i].meaning));
    }
    const bool beside = touch_area(p, "help ground", window).clicked;
    if (beside || clicked) scene.wish(session::ToggleHelp{});
    const bool closes = clicked && (std::holds_alternative<session::ToggleHelp>(*clicked) ||
                                    std::holds_alternative<session::Dismiss>(*clicked));
    if (clicked && !closes) scene.wish(std::move(*clicked));
    ImGui::End();
}

void paint_toast(const Scene& scene, Rect window) {
    if (!scene.session.toast() || scene.session.files().dialog() != nullptr) return;
    const Painter& p = scene.painter;
    std::string text = scene.session.toast()->text;
    if (scene.session.toast()->of_text_size) text = scene.text_size();
    const float most = window.w - 2 * p.em();
    const float w = std::min(most, p.width(TextStyle::Title, text) + 3 * p.em());
    const float h = 2.8F * p.em();
    // Over the scrub bar: there is nothing to be read, nor what may be wanted next.
    const float y = window.h - 0.25F * p.em() - h;
    const Rect box = {window.centre().x - w / 2, y, w, h};
    p.fill(box, ColourRole::Text, h / 2);
    p.fitted({box.x + 1.2F * p.em(), box.y, box.w - 2.4F * p.em(), box.h}, TextStyle::Title,
             ColourRole::Panel, text, Align::Centre);
}

}  // namespace tcpstep::ui::panel
