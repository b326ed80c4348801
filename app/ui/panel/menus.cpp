#include "app/ui/panel/menus.hpp"

#include <array>
#include <string>

#include <imgui.h>

#include "app/ui/controls.hpp"
#include "app/ui/popup_list.hpp"
#include "app/view/say.hpp"

namespace tcpstep::ui::panel {

using view::CopyForm;
using view::say;
using view::Text;

static constexpr float kArrow = 1.1F;  // em

float menu_button_width(const Painter& p, Text word) {
    return p.width(TextStyle::Small, say(word)) + (1.1F + kArrow) * p.em();
}

// A word with an arrow below which a menu opens; true if it is to be opened.
bool menu_button(const Scene& scene, const char* id, Rect box, Text word, Text tip, List list) {
    const Painter& p = scene.painter;
    const Touch touch = touch_area(p, id, box, say(tip));
    const ColourRole ground = touch.hovered ? ColourRole::ControlHover : ColourRole::Control;
    p.fill(box, ground, 0.33F * p.em());
    p.text({box.x + 0.6F * p.em(), box.y, box.w, box.h}, TextStyle::Small, ColourRole::Text,
           say(word));
    draw_icon(p, Icon::Down, {box.right() - 0.8F * p.em(), box.centre().y}, 0.55F * p.em(),
              ColourRole::TextDim, ground);
    return touch.clicked || scene.state.open_list == list;
}

namespace {

struct CopyRow {
    CopyForm form;
    Text words;
};
constexpr std::array kCopyRows = {CopyRow{CopyForm::Tcpdump, Text::CopyTcpdump},
                                  CopyRow{CopyForm::Json, Text::CopyJson},
                                  CopyRow{CopyForm::Packetdrill, Text::CopyPacketdrill}};

}  // namespace

float paint_copy_button(const Scene& scene, Rect head) {
    const Painter& p = scene.painter;
    const float w = menu_button_width(p, Text::CopyButton);
    if (w > head.w) return 0;
    const Rect box = {head.right() - w, head.y - 0.2F * p.em(), w, 1.5F * p.em()};
    if (menu_button(scene, "copy", box, Text::CopyButton, Text::TipCopy, List::Copy))
        ImGui::OpenPopup("copy list");
    std::vector<ListEntry> entries;
    for (const CopyRow& row : kCopyRows) entries.push_back({say(row.words)});
    if (const auto picked = popup_list(scene, "copy list", box, entries))
        scene.wish(session::CopySegment{kCopyRows[*picked].form});
    return w + 0.6F * p.em();
}

}  // namespace tcpstep::ui::panel
