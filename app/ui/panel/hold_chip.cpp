#include "app/ui/panel/hold_chip.hpp"

#include <algorithm>
#include <array>

#include <imgui.h>

#include "app/session/hold_words.hpp"
#include "app/ui/controls.hpp"
#include "app/ui/popup_list.hpp"
#include "app/view/say.hpp"

namespace tcpstep::ui::panel {

using session::Session;
using view::say;
using view::Text;

namespace {

constexpr std::array kHolds = {lab::Hold::Every, lab::Hold::Control, lab::Hold::FromClient,
                               lab::Hold::FromServer, lab::Hold::None};
constexpr float kMark = 1.3F;   // em: before the words
constexpr float kArrow = 1.3F;  // and after them

bool is_slow(const Session& session) {
    return session.hold_policy().transit.count() > 0;
}

/// What the chip says, and whether there is something to choose.
struct Chip {
    enum class Kind : std::uint8_t { None, Choice, Refused, ByDesign } kind = Kind::None;
    std::string words;
    std::string tip;
    ColourRole role = ColourRole::TextDim;
    ColourRole ground = ColourRole::Control;
    Icon mark = Icon::Play;
    ColourRole mark_role = ColourRole::TextDim;
};

bool wants_gate(const Session& session) {
    const auto& lessons = session.lessons();
    const auto found = std::find_if(
        lessons.begin(), lessons.end(),
        [&](const lesson::Lesson& lesson) { return lesson.id == session.lesson_id(); });
    return found != lessons.end() && found->held;
}

Chip chip_of(const Session& session) {
    using Kind = Chip::Kind;
    // What failed holds nothing, and the line beside it says why.
    if (session.content() != Session::Content::Lesson || session.failure()) return {};
    if (const std::optional<Error>& why = session.free_reason()) {
        // What to do is the part that must be read; the note beside the mouse has all of it.
        return {Kind::Refused,
                say(Text::HoldRefused, why->remedy.empty() ? why->what : why->remedy),
                say(Text::TipHoldRefused, why->line()),
                ColourRole::Text,
                ColourRole::AlarmBack,
                Icon::Cross,
                ColourRole::Rst};
    }
    if (!session.index().gated() && !wants_gate(session)) {
        return {Kind::ByDesign, say(Text::HoldByDesign), say(Text::TipHoldByDesign)};
    }
    std::string words = say(Text::Hold, session::hold_words(session.hold_policy().what));
    if (is_slow(session)) words += say(Text::HoldSlowly);
    return {Kind::Choice,          std::move(words),          say(Text::TipHold),
            ColourRole::Attention, ColourRole::AttentionBack, Icon::Tick,
            ColourRole::Attention};
}

void choose(const Scene& scene, Rect anchor) {
    std::vector<ListEntry> entries;
    const lab::HoldPolicy& policy = scene.session.hold_policy();
    for (const lab::Hold hold : kHolds) {
        entries.push_back({say(Text::Hold, session::hold_words(hold)), hold == policy.what, false});
    }
    entries.push_back(
        {say(Text::HoldListSlow, lab::kDefaultTransit.count()), is_slow(scene.session), true});
    const auto picked = popup_list(scene, "hold list", anchor, entries);
    if (!picked) return;
    if (*picked < kHolds.size()) {
        scene.wish(session::ChooseHold{kHolds[*picked]});
    } else {
        scene.wish(session::ToggleSlowMotion{});
    }
}

}  // namespace

float hold_chip_width(const Scene& scene) {
    const Painter& p = scene.painter;
    const Chip chip = chip_of(scene.session);
    if (chip.kind == Chip::Kind::None) return 0;
    const float arrow = chip.kind == Chip::Kind::Choice ? kArrow : 0;
    return p.width(TextStyle::Small, chip.words) + (kMark + arrow + 1.1F) * p.em();
}

void paint_hold_chip(const Scene& scene, Rect box) {
    const Painter& p = scene.painter;
    const float em = p.em();
    const Chip chip = chip_of(scene.session);
    if (chip.kind == Chip::Kind::None || box.w <= 0) return;
    const bool choice = chip.kind == Chip::Kind::Choice;
    // Where there is no room for its words they are told beside the mouse.
    const bool cut = box.w + 1 < hold_chip_width(scene);
    const Touch touch =
        touch_area(p, "hold", box, cut ? chip.words + " \u00b7 " + chip.tip : chip.tip);
    p.fill(box, chip.ground, 0.33F * em);
    if (touch.hovered && choice) p.outline(box, chip.role, 0.33F * em, 1.5F);
    const Point mark = {box.x + 1.0F * em, box.centre().y};
    draw_icon(p, chip.mark, mark, 0.65F * em, chip.mark_role, chip.ground);
    const float arrow = choice ? kArrow * em : 0;
    const float left = box.x + 0.5F * em + kMark * em;
    if (box.w > 4.5F * em) {
        p.fitted({left, box.y, box.right() - left - 0.5F * em - arrow, box.h}, TextStyle::Small,
                 chip.role, chip.words);
    }
    if (!choice) return;
    draw_icon(p, Icon::Down, {box.right() - 0.85F * em, box.centre().y}, 0.6F * em, chip.role,
              chip.ground);
    if (touch.clicked || scene.state.open_list == List::Hold) ImGui::OpenPopup("hold list");
    choose(scene, box);
}

}  // namespace tcpstep::ui::panel
