#include "app/ui/panel/open_dialog.hpp"

#include <algorithm>
#include <cmath>
#include <string>

#include <imgui.h>

#include "app/browse/dialog.hpp"
#include "app/ui/controls.hpp"
#include "app/ui/ground.hpp"
#include "app/ui/text_field.hpp"
#include "app/view/escape.hpp"
#include "app/view/say.hpp"

namespace tcpstep::ui::panel {

using browse::Dialog;
using session::DoInDialog;
using view::say;
using view::Text;
using What = DoInDialog::What;

namespace {

constexpr float kRow = 1.75F;  // em

// Buttons one after the other, each as wide as its word.
class ButtonRow {
  public:
    ButtonRow(const Scene& scene, Rect row) : scene_(scene), row_(row) {}

    bool left(const char* id, Text word, Text tip, bool on = false) {
        const float w = width(word);
        const bool clicked = button(id, {row_.x, row_.y, w, row_.h}, word, tip, on);
        row_.x += w + gap();
        row_.w -= w + gap();
        return clicked;
    }
    bool right(const char* id, Text word, Text tip, bool on = false) {
        const float w = width(word);
        row_.w -= w;
        const bool clicked = button(id, {row_.right(), row_.y, w, row_.h}, word, tip, on);
        row_.w -= gap();
        return clicked;
    }

  private:
    float gap() const { return 0.5F * scene_.painter.em(); }
    float width(Text word) const {
        return scene_.painter.width(TextStyle::Small, say(word)) + 1.6F * scene_.painter.em();
    }
    bool button(const char* id, Rect box, Text word, Text tip, bool on) const {
        const bool clicked = word_button(scene_.painter, id, box, say(word), say(tip),
                                         on ? ColourRole::Attention : ColourRole::Text);
        if (on) scene_.painter.outline(box, ColourRole::Attention, gap() / 1.5F, 1.5F);
        return clicked;
    }

    const Scene& scene_;
    Rect row_;
};

// The chosen row stays in sight; the wheel moves what is in sight.
float scrolled(const Scene& scene, Rect list, const Dialog& dialog) {
    const float em = scene.painter.em();
    const float page = list.h / em;
    const float all = kRow * static_cast<float>(dialog.rows().size());
    float scroll = scene.state.dialog_scroll;
    if (dialog.chosen() != scene.state.dialog_chosen || dialog.chosen() == 0) {
        const bool moved = dialog.chosen() != scene.state.dialog_chosen;
        scene.state.dialog_chosen = dialog.chosen();
        const float top = kRow * static_cast<float>(dialog.chosen());
        if (moved) scroll = std::clamp(scroll, top + kRow - page, top);
    }
    const ImVec2 mouse = ImGui::GetIO().MousePos;
    const bool over =
        mouse.x >= list.x && mouse.x < list.right() && mouse.y >= list.y && mouse.y < list.bottom();
    if (over) scroll -= 3 * kRow * ImGui::GetIO().MouseWheel;
    scroll = std::clamp(scroll, 0.0F, std::max(0.0F, all - page));
    scene.state.dialog_scroll = scroll;
    return scroll;
}

void paint_scroll_bar(const Painter& p, Rect list, float scroll, std::size_t rows) {
    const float all = kRow * static_cast<float>(rows) * p.em();
    if (all <= list.h) return;
    const float h = std::max(1.2F * p.em(), list.h * list.h / all);
    const float y = list.y + (list.h - h) * scroll * p.em() / (all - list.h);
    p.fill({list.right() - 0.35F * p.em(), y, 0.3F * p.em(), h}, ColourRole::Edge, 0.15F * p.em());
}

void paint_row(const Scene& scene, Rect box, const Dialog::Row& row, bool chosen, std::size_t i) {
    const Painter& p = scene.painter;
    const float em = p.em();
    ImGui::PushID(static_cast<int>(i));
    const Touch touch = touch_area(p, "row", box);
    ImGui::PopID();
    if (chosen || touch.hovered)
        p.fill(box, chosen ? ColourRole::ControlHover : ColourRole::Control, 0.3F * em);
    const std::string size = row.size ? browse::size_text(*row.size) : std::string();
    const float size_w = size.empty() ? 0 : 5.5F * em;
    // A folder is told by its slash and by strong letters, never by colour alone.
    p.fitted({box.x + 0.6F * em, box.y, box.w - 1.4F * em - size_w, box.h},
             row.folder ? TextStyle::Strong : TextStyle::Small,
             row.folder ? ColourRole::Client : ColourRole::Text, view::escaped(row.name));
    p.text({box.right() - size_w - 0.8F * em, box.y, size_w, box.h}, TextStyle::Small,
           ColourRole::TextDim, size, Align::Right);
    // The second click on a row opens it.
    if (touch.clicked) scene.wish(session::PickInDialog{i, chosen});
}

void paint_rows(const Scene& scene, Rect list, const Dialog& dialog) {
    const Painter& p = scene.painter;
    p.fill(list, ColourRole::Background, 0.33F * p.em());
    if (dialog.rows().empty()) {
        const bool waits = !dialog.recent() && !dialog.listed();
        const Text words = dialog.recent() ? Text::OpenNoRecent
                           : waits         ? Text::OpenListing
                                           : Text::OpenNothing;
        if (!dialog.fault().empty()) return;
        return p.text(list, TextStyle::Small, ColourRole::TextDim, say(words), Align::Centre);
    }
    const float scroll = scrolled(scene, list, dialog);
    const float row_h = kRow * p.em();
    p.clip(list);
    const auto first = static_cast<std::size_t>(scroll / kRow);
    for (std::size_t i = first; i < dialog.rows().size(); ++i) {
        const float y = list.y + (kRow * static_cast<float>(i) - scroll) * p.em();
        if (y >= list.bottom()) break;
        // What is half out of sight must not be clicked outside the list.
        Rect box = {list.x, y, list.w - 0.6F * p.em(), row_h};
        if (box.bottom() > list.bottom() + 0.5F * row_h || box.y < list.y - 0.5F * row_h) continue;
        paint_row(scene, box, dialog.rows()[i], i == dialog.chosen(), i);
    }
    p.unclip();
    paint_scroll_bar(p, list, scroll, dialog.rows().size());
}

void paint_places(const Scene& scene, Rect row, const Dialog& dialog) {
    ButtonRow buttons(scene, row);
    const auto does = [&](What what) { scene.wish(DoInDialog{what}); };
    if (buttons.left("open up", Text::OpenUp, Text::TipOpenUp)) does(What::FolderAbove);
    if (buttons.left("open home", Text::OpenHome, Text::TipOpenHome)) does(What::HomeFolder);
    if (buttons.left("open recent", Text::OpenRecent, Text::TipOpenRecent, dialog.recent()))
        does(What::RecentFiles);
    if (buttons.right("open all", Text::OpenAll, Text::TipOpenAll, dialog.all_files()))
        does(What::AllFiles);
}

// What takes no longer shows nothing.
bool reading_takes_long(const Scene& scene) {
    constexpr double kShort = 0.15;  // s
    return scene.session.files().reading() != nullptr && scene.state.reading_since &&
           ImGui::GetTime() - *scene.state.reading_since >= kShort;
}

void paint_card(const Scene& scene, Rect card, const Dialog& dialog) {
    const Painter& p = scene.painter;
    const float em = p.em();
    p.fill(card, ColourRole::Panel, 0.8F * em);
    p.outline(card, ColourRole::Line, 0.8F * em, 1.5F);
    const Rect inside = {card.x + 1.4F * em, card.y + em, card.w - 2.8F * em, card.h - 2 * em};
    p.fitted({inside.x, inside.y, inside.w, 1.4F * em}, TextStyle::Title, ColourRole::Text,
             say(Text::OpenTitle));
    const float h = 1.75F * em;
    paint_places(scene, {inside.x, inside.y + 2.1F * em, inside.w, h}, dialog);
    const Rect field = {inside.x, inside.y + 4.4F * em, inside.w, h};
    const PathEdit edit =
        path_field(scene, "open path", field, dialog.text(), scene.state.dialog_field,
                   scene.state.dialog_letters, say(Text::TipOpenPath));
    if (edit.typed) scene.wish(session::TypeInDialog{*edit.typed});
    if (edit.complete) scene.wish(DoInDialog{What::Complete});
    const float foot = inside.bottom() - h;
    const float list_y = field.bottom() + 0.6F * em;
    paint_rows(scene, {inside.x, list_y, inside.w, foot - 2.1F * em - list_y}, dialog);
    if (!dialog.fault().empty()) {
        const Rect line = {inside.x, foot - 1.8F * em, inside.w, 1.5F * em};
        draw_icon(p, Icon::Cross, {line.x + 0.5F * em, line.centre().y}, 0.56F * em,
                  ColourRole::Rst, ColourRole::Panel);
        const std::string fault = view::escaped(dialog.fault());
        p.fitted({line.x + 1.3F * em, line.y, line.w - 1.3F * em, line.h}, TextStyle::Small,
                 ColourRole::Text, fault);
        touch_area(p, "open fault", line, fault);
    }
    ButtonRow buttons(scene, {inside.x, foot, inside.w, h});
    if (buttons.right("open go", Text::OpenGo, Text::TipOpenGo, true))
        scene.wish(session::DeliverHeld{});
    if (buttons.right("open cancel", Text::OpenCancel, Text::TipOpenCancel))
        scene.wish(session::ToggleOpenDialog{});
}

}  // namespace

void paint_open_dialog(const Scene& scene, Rect window) {
    const Dialog* dialog = scene.session.files().dialog();
    if (dialog == nullptr) {
        scene.state.dialog_field.clear();
        scene.state.dialog_letters = {};
        scene.state.dialog_scroll = 0;
        return;
    }
    if (reading_takes_long(scene)) return;  // its place is that of the card
    begin_ground("open dialog", true);
    const float em = std::min({scene.painter.em(), window.w / 34, window.h / 21});
    const Painter p = scene.painter.into(*ImGui::GetWindowDrawList()).sized(em);
    p.fill(window, ColourRole::Background, 0, 0.75F);
    const float w = std::min(window.w - 2 * em, 52 * em);
    const float h = std::min(window.h - 2 * em, 36 * em);
    paint_card(scene.with(p), {window.centre().x - w / 2, window.centre().y - h / 2, w, h},
               *dialog);
    ImGui::End();
}

void paint_reading(const Scene& scene, Rect window) {
    const session::FileControl::Reading* reading = scene.session.files().reading();
    if (reading == nullptr) {
        scene.state.reading_since.reset();
        return;
    }
    if (!scene.state.reading_since) scene.state.reading_since = ImGui::GetTime();
    scene.changes_in(std::chrono::milliseconds(100));
    if (!reading_takes_long(scene)) return;

    const float em = std::min(scene.painter.em(), window.w / 32);
    const float w = 28 * em;
    const float h = 6.6F * em;
    const Rect card = {window.centre().x - w / 2, 0.46F * window.h - h / 2, w, h};
    begin_card("reading", {card.x - 2, card.y - 2, card.w + 4, card.h + 4});  // with its edge
    const Painter p = scene.painter.into(*ImGui::GetWindowDrawList()).sized(em);
    p.fill(card, ColourRole::Panel, 0.8F * em);
    p.outline(card, ColourRole::Edge, 0.8F * em, 1.5F);
    const Rect inside = {card.x + 1.2F * em, card.y + 0.9F * em, w - 2.4F * em, h - 1.8F * em};
    const std::string name = reading->path.substr(reading->path.rfind('/') + 1);
    p.fitted({inside.x, inside.y, inside.w, 1.3F * em}, TextStyle::Strong, ColourRole::Text,
             say(Text::ReadingFile, view::escaped(name)));
    const auto octets = static_cast<double>(reading->so_far->octets);
    const auto size = static_cast<double>(reading->so_far->size);
    const bool states = reading->so_far->read;
    const auto part = states     ? 1.0F
                      : size > 0 ? static_cast<float>(std::min(1.0, octets / size))
                                 : 0.0F;
    const Rect bar = {inside.x, inside.y + 1.9F * em, inside.w, 0.5F * em};
    p.fill(bar, ColourRole::Control, 0.25F * em);
    p.fill({bar.x, bar.y, bar.w * part, bar.h}, ColourRole::Syn, 0.25F * em);
    const Rect foot = {inside.x, inside.bottom() - 1.75F * em, inside.w, 1.75F * em};
    p.fitted(
        {foot.x, foot.y, foot.w - 8 * em, foot.h}, TextStyle::Small, ColourRole::TextDim,
        states ? say(Text::ReadingStates) : say(Text::ReadingOctets, octets / 1e6, size / 1e6));
    if (ButtonRow(scene.with(p), foot)
            .right("reading cancel", Text::OpenCancel, Text::TipReadingCancel)) {
        scene.wish(session::CancelOpening{});
    }
    ImGui::End();
}

}  // namespace tcpstep::ui::panel
