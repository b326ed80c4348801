#include "app/ui/overlays.hpp"

#include <algorithm>

#include <imgui.h>

#include "app/ui/controls.hpp"
#include "app/ui/ground.hpp"
#include "app/ui/keys.hpp"
#include "app/view/say.hpp"

namespace tcpstep::ui {

using view::say;
using view::Text;

std::vector<Notice> notices(const session::Session& session) {
    std::vector<Notice> list;
    if (!session.notice().empty()) list.push_back({session.notice()});
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
        y += h;
    }
}

void paint_help(const Scene& scene, Rect window) {
    const std::vector<KeyHelp> lines = key_help();
    const auto count = static_cast<float>(lines.size());
    // Whatever the text size, the whole list is in sight.
    const float em = std::min({scene.painter.em(), window.h / (1.75F * count + 6), window.w / 40});
    begin_ground("help", true);
    const Painter p = scene.painter.into(*ImGui::GetWindowDrawList()).sized(em);
    p.fill(window, ColourRole::Background, 0, 0.75F);
    const float row = 1.75F * em;
    float keys_w = 0;
    float words_w = 0;
    for (const KeyHelp& line : lines) {
        keys_w = std::max(keys_w, p.width(TextStyle::Flags, say(line.keys)));
        words_w = std::max(words_w, p.width(TextStyle::Body, say(line.meaning)));
    }
    const float w = keys_w + words_w + 6 * em;
    const float h = row * count + 4.6F * em;
    const Rect card = {window.centre().x - w / 2, window.centre().y - h / 2, w, h};
    p.fill(card, ColourRole::Panel, 0.8F * em);
    p.outline(card, ColourRole::Line, 0.8F * em, 1.5F);
    p.text({card.x + 2 * em, card.y + 1.1F * em, w, 1.4F * em}, TextStyle::Title, ColourRole::Text,
           say(Text::DoesTitle));
    float y = card.y + 3.2F * em;
    for (const KeyHelp& line : lines) {
        p.text({card.x + 2 * em, y, keys_w, row}, TextStyle::Flags, ColourRole::Client,
               say(line.keys));
        p.text({card.x + keys_w + 4 * em, y, words_w, row}, TextStyle::Body, ColourRole::Text,
               say(line.meaning));
        y += row;
    }
    if (touch_area(p, "help ground", window).clicked) scene.wish(session::ToggleHelp{});
    ImGui::End();
}

void paint_toast(const Scene& scene, Rect window) {
    if (!scene.session.toast()) return;
    const Painter& p = scene.painter;
    const std::string& text = scene.session.toast()->text;
    const float w = p.width(TextStyle::Title, text) + 3 * p.em();
    const float h = 2.8F * p.em();
    // Below the ladder, whose buttons may be the next thing that is wanted.
    const Rect box = {window.centre().x - w / 2, 0.8F * window.h - h / 2, w, h};
    p.fill(box, ColourRole::Text, h / 2);
    p.text(box, TextStyle::Title, ColourRole::Panel, text, Align::Centre);
}

}  // namespace tcpstep::ui
