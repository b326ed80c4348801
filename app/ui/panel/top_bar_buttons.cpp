#include "app/ui/panel/top_bar_buttons.hpp"

#include <string>
#include <vector>

#include <imgui.h>

#include "app/ui/controls.hpp"
#include "app/ui/panel/export_menu.hpp"
#include "app/ui/popup_list.hpp"
#include "app/view/say.hpp"

namespace tcpstep::ui::panel {

using session::Session;
using view::say;
using view::Text;

namespace {

std::string text_tip(const Scene& scene, Text what) {
    return say(what) + " \u00b7 " + scene.text_size();
}

constexpr float kButton = kBarButton;  // em
constexpr float kButtonGap = 0.4F;
constexpr float kTextButton = 1.15F * kButton;
constexpr float kLanguageButton = 1.5F * kButton;

std::size_t connections_of(const Session& session) {
    return session.trace().connections().size();
}

float word_width(const Painter& p, const std::string& word) {
    return p.width(TextStyle::Small, word) + 1.2F * p.em();
}

float connections_width(const Scene& scene) {
    const std::size_t all = connections_of(scene.session);
    return all < 2 ? 0 : word_width(scene.painter, say(Text::ConnectionsButton, all));
}

/// Places from right to left.
struct FromRight {
    float x;
    float y;
    float size;
    float gap;

    Rect next(float w) {
        x -= w + gap;
        return {x + gap, y, w, size};
    }
};

void paint_text_buttons(const Scene& scene, FromRight& place) {
    const Painter& p = scene.painter;
    const float w = kTextButton * p.em();
    if (word_button(p, "larger", place.next(w), "A+", text_tip(scene, Text::TipLarger)))
        scene.wish(session::TextLarger{});
    if (word_button(p, "smaller", place.next(w), "A−", text_tip(scene, Text::TipSmaller)))
        scene.wish(session::TextSmaller{});
}

void paint_buttons(const Scene& scene, FromRight place) {
    const Painter& p = scene.painter;
    const float size = place.size;
    if (word_button(p, "help", place.next(size), "?", say(Text::TipHelp)))
        scene.wish(session::ToggleHelp{});
    if (icon_button(p, "glossary", place.next(size), Icon::Book, say(Text::TipGlossary)))
        scene.wish(session::ToggleGlossary{});
    if (icon_button(p, "full", place.next(size), Icon::FullScreen, say(Text::TipFullScreen)))
        scene.wish(session::ToggleFullScreen{});
    const bool dark = p.theme() == view::Theme::Dark;
    if (icon_button(p, "theme", place.next(size), dark ? Icon::Sun : Icon::Moon,
                    say(Text::TipTheme)))
        scene.wish(session::ToggleTheme{});
    const bool chinese = scene.session.look().chinese;
    if (word_button(p, "language", place.next(kLanguageButton * p.em()),
                    chinese ? say(Text::LanguageButton) : "ZH",
                    say(chinese ? Text::TipLanguage : Text::NoChineseFont)))
        scene.wish(session::ToggleLanguage{});
    paint_text_buttons(scene, place);
    paint_export_button(scene, place.next(export_button_width(p)));
    const std::string open = say(Text::OpenButton);
    if (word_button(p, "open", place.next(word_width(p, open)), open, say(Text::TipOpen)))
        scene.wish(session::ToggleOpenDialog{});
    if (const float w = connections_width(scene); w > 0) {
        const std::string words = say(Text::ConnectionsButton, connections_of(scene.session));
        if (word_button(p, "connections", place.next(w), words, say(Text::TipConnections)))
            scene.wish(session::ToggleConnections{});
    }
}

// What has no room in large letters.
void paint_menu(const Scene& scene, FromRight place) {
    const Rect box = place.next(place.size);
    if (icon_button(scene.painter, "more buttons", box, Icon::Dots, say(Text::TipMoreButtons)))
        ImGui::OpenPopup("more buttons list");
    paint_text_buttons(scene, place);
    struct Row {
        Text words;
        session::Command command;
    };
    std::vector<Row> rows = {{Text::MenuOpen, session::ToggleOpenDialog{}},
                             {Text::MenuExport, session::ToggleExportList{}},
                             {Text::TipLanguage, session::ToggleLanguage{}},
                             {Text::TipTheme, session::ToggleTheme{}},
                             {Text::TipFullScreen, session::ToggleFullScreen{}},
                             {Text::MenuGlossary, session::ToggleGlossary{}},
                             {Text::TipHelp, session::ToggleHelp{}}};
    if (connections_of(scene.session) > 1)
        rows.insert(rows.begin(), {Text::MenuConnections, session::ToggleConnections{}});
    std::vector<ListEntry> entries;
    for (const Row& row : rows) entries.push_back({say(row.words)});
    const auto picked = popup_list(scene, "more buttons list", box, entries);
    const bool exports = picked && rows[*picked].words == Text::MenuExport;
    if (picked && !exports) scene.wish(rows[*picked].command);
    // The list of the forms opens in the place of this one.
    paint_export_list(scene, box, exports || scene.state.open_list == List::Export);
}

}  // namespace

float bar_buttons_width(const Scene& scene) {
    const Painter& p = scene.painter;
    const float connections = connections_width(scene);
    const float words = word_width(p, say(Text::OpenButton)) + export_button_width(p) + connections;
    const float gaps = connections > 0 ? 9 : 8;
    return words + (4 * kButton + 2 * kTextButton + kLanguageButton + gaps * kButtonGap) * p.em();
}

float few_bar_buttons_width(const Painter& p) {
    return (kButton + 2 * kTextButton + 2 * kButtonGap) * p.em();
}

void paint_bar_buttons(const Scene& scene, Rect box, bool menu) {
    const FromRight place = {box.right(), box.y, box.h, kButtonGap * scene.painter.em()};
    menu ? paint_menu(scene, place) : paint_buttons(scene, place);
}

}  // namespace tcpstep::ui::panel
