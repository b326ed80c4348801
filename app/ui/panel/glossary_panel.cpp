#include "app/ui/panel/glossary_panel.hpp"

#include <algorithm>
#include <array>
#include <string>

#include <imgui.h>

#include "app/ui/controls.hpp"
#include "app/ui/ground.hpp"
#include "app/view/say.hpp"

namespace tcpstep::ui::panel {

using lesson::GlossaryEntry;
using view::say;
using view::Text;

namespace {

// In em.
constexpr float kPad = 1.4F;
constexpr float kWidest = 84;  // longer lines are hard to read
constexpr float kSideBySide = 52;
constexpr float kColumnGap = 1.5F;
constexpr float kEntryGap = 1.1F;
constexpr float kLabel = 5.5F;
constexpr float kLine = 3;  // what a turn of the wheel scrolls

struct Spelling {
    Text label;
    const std::string& call;
};

std::array<Spelling, 3> spellings(const GlossaryEntry& entry) {
    return {Spelling{Text::GlossaryPosix, entry.posix},
            Spelling{Text::GlossaryWinsock, entry.winsock}, Spelling{Text::GlossaryGo, entry.go}};
}

std::string facts(const GlossaryEntry& entry) {
    std::string words;
    for (const GlossaryEntry::Move& move : entry.moves) {
        if (!words.empty()) words += " · ";
        words += say(Text::GlossaryMove, name(move.from), name(move.to));
    }
    if (entry.moves.empty()) words = say(Text::GlossaryMovesNothing);
    words += " · " + (entry.sends.empty() ? say(Text::GlossarySendsNothing)
                                          : say(Text::GlossarySends, entry.sends));
    if (!entry.rfc.empty()) words += " · " + say(Text::GlossaryRfc, entry.rfc);
    return words;
}

/// Paints from the top of `area` downward; with `measure_only` it only finds out how high that is.
struct Column {
    const Painter& p;
    Rect area;
    bool measure_only;
    float y = area.y;

    void wrapped(float x, float w, TextStyle style, ColourRole role, std::string_view text) {
        y += paragraph(x, y, w, style, role, text);
    }
    float paragraph(float x, float top, float w, TextStyle style, ColourRole role,
                    std::string_view text) const {
        return measure_only ? p.wrapped_height(w, style, text)
                            : p.wrapped({x, top}, w, style, role, text);
    }
    void spellings_side_by_side(const GlossaryEntry& entry) {
        const float w = (area.w - 2 * kColumnGap * p.em()) / 3;
        float x = area.x;
        float lowest = y;
        for (const Spelling& spelling : spellings(entry)) {
            float bottom =
                y + paragraph(x, y, w, TextStyle::Label, ColourRole::TextDim, say(spelling.label));
            bottom += paragraph(x, bottom, w, TextStyle::Mono, ColourRole::Client, call(spelling));
            lowest = std::max(lowest, bottom);
            x += w + kColumnGap * p.em();
        }
        y = lowest;
    }
    void spellings_below(const GlossaryEntry& entry) {
        const float label = kLabel * p.em();
        for (const Spelling& spelling : spellings(entry)) {
            paragraph(area.x, y, label, TextStyle::Label, ColourRole::TextDim, say(spelling.label));
            wrapped(area.x + label, area.w - label, TextStyle::Mono, ColourRole::Client,
                    call(spelling));
        }
    }
    static std::string call(const Spelling& spelling) {
        return spelling.call.empty() ? say(Text::GlossaryNone) : spelling.call;
    }
    void entry(const GlossaryEntry& entry) {
        if (area.w > kSideBySide * p.em()) {
            spellings_side_by_side(entry);
        } else {
            spellings_below(entry);
        }
        y += 0.25F * p.em();
        wrapped(area.x, area.w, TextStyle::Strong, ColourRole::Attention, facts(entry));
        wrapped(area.x, area.w, TextStyle::Body, ColourRole::Text, entry.does.shown());
        y += kEntryGap * p.em();
    }
};

float height_of(const Painter& p, const GlossaryEntry& entry, float w) {
    Column column{p, {0, 0, w, 0}, true};
    column.entry(entry);
    return column.y;
}

void paint_bar(const Painter& p, Rect area, float scroll, float content) {
    if (content <= area.h) return;
    const float h = std::max(area.h * area.h / content, 2 * p.em());
    const float y = area.y + (area.h - h) * scroll / (content - area.h);
    p.fill({area.right() + 0.5F * p.em(), y, 0.35F * p.em(), h}, ColourRole::Edge, 0.17F * p.em());
}

void paint_entries(const Scene& scene, const Painter& p, Rect area) {
    const lesson::Glossary& glossary = scene.session.glossary();
    UiState& state = scene.state;
    float content = 0;
    for (const GlossaryEntry& entry : glossary) content += height_of(p, entry, area.w);
    const float most = std::max(0.0F, content - area.h) / p.em();
    state.glossary_page = 0.9F * area.h / p.em();
    state.glossary_scroll =
        std::clamp(state.glossary_scroll - kLine * ImGui::GetIO().MouseWheel, 0.0F, most);
    p.clip(area);
    float y = area.y - state.glossary_scroll * p.em();
    for (const GlossaryEntry& entry : glossary) {
        const float h = height_of(p, entry, area.w);
        if (y + h > area.y && y < area.bottom()) {
            if (&entry != &glossary.front()) {
                const float rule = y - 0.55F * kEntryGap * p.em();
                p.line({area.x, rule}, {area.right(), rule}, ColourRole::Line, 1);
            }
            Column column{p, {area.x, y, area.w, h}, false};
            column.entry(entry);
        }
        y += h;
    }
    p.unclip();
    if (state.glossary_scroll > 0) p.fade({area.x, area.y, area.w, p.em()}, ColourRole::Panel);
    paint_bar(p, area, state.glossary_scroll * p.em(), content);
}

}  // namespace

void paint_glossary(const Scene& scene, Rect window) {
    const float em = std::min({scene.painter.em(), window.w / 32, window.h / 18});
    begin_ground("glossary", true);
    const Painter p = scene.painter.into(*ImGui::GetWindowDrawList()).sized(em);
    p.fill(window, ColourRole::Background, 0, 0.75F);
    const float w = std::min(window.w - 2 * em, kWidest * em);
    const Rect card = {window.centre().x - w / 2, em, w, window.h - 2 * em};
    p.fill(card, ColourRole::Panel, 0.8F * em);
    p.outline(card, ColourRole::Line, 0.8F * em, 1.5F);
    const float size = 1.75F * em;
    const Rect close = {card.right() - kPad * em - size, card.y + 0.8F * em, size, size};
    p.text({card.x + kPad * em, close.y, w, size}, TextStyle::Title, ColourRole::Text,
           say(Text::GlossaryTitle));
    if (icon_button(p, "close glossary", close, Icon::Cross, say(Text::TipGlossaryClose)))
        scene.wish(session::ToggleGlossary{});
    const float top = close.bottom() + 0.7F * em;
    const Rect inside = {card.x + kPad * em, top, w - (2 * kPad + 0.5F) * em,
                         card.bottom() - top - 0.8F * em};
    if (scene.session.glossary().empty()) {
        p.wrapped({inside.x, inside.y}, inside.w, TextStyle::Body, ColourRole::Rst,
                  scene.session.glossary_fault());
    } else {
        paint_entries(scene, p, inside);
    }
    ImGui::End();
}

bool scroll_glossary(const session::Command& command, UiState& state) {
    using namespace session;
    float& scroll = state.glossary_scroll;
    if (const auto* move = std::get_if<MoveInList>(&command)) {
        scroll += kLine * static_cast<float>(move->rows);
    } else if (std::holds_alternative<StepForward>(command)) {
        scroll += state.glossary_page;
    } else if (std::holds_alternative<StepBack>(command)) {
        scroll -= state.glossary_page;
    } else if (std::holds_alternative<GoHome>(command)) {
        scroll = 0;
    } else if (std::holds_alternative<GoEnd>(command)) {
        scroll = 1e6F;  // painting knows where it ends
    } else {
        return false;
    }
    scroll = std::max(0.0F, scroll);
    return true;
}

}  // namespace tcpstep::ui::panel
