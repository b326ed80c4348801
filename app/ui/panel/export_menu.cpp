#include "app/ui/panel/export_menu.hpp"

#include <algorithm>
#include <array>
#include <string>
#include <utility>
#include <vector>

#include <imgui.h>

#include "app/ui/panel/menus.hpp"
#include "app/ui/popup_list.hpp"
#include "app/ui/text_field.hpp"
#include "app/view/say.hpp"

namespace tcpstep::ui::panel {

using view::say;
using view::Text;

namespace {

using Which = ExportSteps::Which;

constexpr std::array kRanges = {Which::All, Which::ToHere, Which::Between};

// Both numbers, in em.
constexpr float kField = 3.4F;
constexpr float kGap = 0.5F;

void paint_number(const Scene& scene, const char* id, Rect box, std::string& text, Text tip) {
    const std::string before = text;
    text_field(scene, id, box, text, say(tip));
    if (text == before) return;
    text = ExportSteps::digits_of(text);
    scene.state.export_steps.which = Which::Between;
}

void paint_numbers(const Scene& scene, Rect box) {
    const Painter& p = scene.painter;
    const float em = p.em();
    const float h = 1.5F * em;
    const float y = box.centre().y - h / 2;
    const float to_w = p.width(TextStyle::Small, say(Text::ExportTo));
    ExportSteps& steps = scene.state.export_steps;
    Rect field = {box.x, y, kField * em, h};
    if (std::exchange(scene.state.export_focus, false)) ImGui::SetKeyboardFocusHere();
    paint_number(scene, "from step", field, steps.from, Text::TipExportFrom);
    p.text({field.right() + kGap * em, box.y, to_w, box.h}, TextStyle::Small, ColourRole::Text,
           say(Text::ExportTo));
    field.x = field.right() + 2 * kGap * em + to_w;
    paint_number(scene, "to step", field, steps.to, Text::TipExportTo);
}

ListEntry range_entry(const Scene& scene, Which which, std::size_t shown, std::size_t all) {
    ListEntry entry;
    entry.stays = true;
    entry.ticked = scene.state.export_steps.which == which;
    switch (which) {
        case Which::All:
            entry.words = say(Text::ExportAll, all);
            entry.rule_above = true;
            break;
        case Which::ToHere:
            entry.words = say(Text::ExportToHere, shown);
            break;
        case Which::Between: {
            const Painter& p = scene.painter;
            entry.words = say(Text::ExportFrom);
            entry.behind =
                (2 * kField + 3 * kGap) * p.em() + p.width(TextStyle::Small, say(Text::ExportTo));
            entry.paint_behind = paint_numbers;
            break;
        }
    }
    return entry;
}

}  // namespace

float export_button_width(const Painter& painter) {
    return menu_button_width(painter, Text::ExportButton);
}

void paint_export_button(const Scene& scene, Rect box) {
    const bool opens =
        menu_button(scene, "export", box, Text::ExportButton, Text::TipExport, List::Export);
    paint_export_list(scene, box, opens);
}

void paint_export_list(const Scene& scene, Rect box, bool opens) {
    const auto& forms = scene.session.files().exports();
    if (opens && !forms.empty()) ImGui::OpenPopup("export list");
    const view::TimelineIndex& index = scene.session.index();
    const std::size_t all = index.steps().size();
    const std::size_t shown =
        std::max<std::size_t>(index.steps_before(scene.session.position()), 1);
    ExportSteps& steps = scene.state.export_steps;
    if (steps.from.empty() && steps.to.empty() && steps.which != Which::Between) {
        steps.from = std::to_string(1);
        steps.to = std::to_string(all);
    } else if (steps.to == std::to_string(steps.last)) {
        steps.to = std::to_string(all);
    }
    steps.last = all;
    std::vector<ListEntry> entries;
    for (const session::ExportForm& form : forms) entries.push_back({say(form.words)});
    const bool any =
        std::any_of(forms.begin(), forms.end(), [](const auto& form) { return form.of_steps; });
    if (any)
        for (const Which which : kRanges) entries.push_back(range_entry(scene, which, shown, all));
    const auto picked = popup_list(scene, "export list", box, entries);
    if (!picked) return;
    if (*picked >= forms.size()) {
        steps.which = kRanges[*picked - forms.size()];
        scene.state.export_focus = steps.which == Which::Between;
        return;
    }
    ExportSteps::Range range;
    if (forms[*picked].of_steps) range = steps.range(shown);
    scene.wish(session::ExportAs{*picked, range.from, range.to});
}

}  // namespace tcpstep::ui::panel
