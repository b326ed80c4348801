#include "app/ui/panel/overlays.hpp"

#include <algorithm>
#include <utility>

#include <imgui.h>

#include "app/ui/controls.hpp"
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

void paint_blank(const Scene& scene, Rect window) {
    const Painter& p = scene.painter;
    p.list().AddRectFilled(ImVec2(window.x, window.y), ImVec2(window.right(), window.bottom()),
                           IM_COL32_BLACK);
    if (touch_area(p, "blank", window).clicked) scene.wish(session::ToggleBlank{});
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
