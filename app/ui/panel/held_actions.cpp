#include "app/ui/panel/held_actions.hpp"

#include <algorithm>
#include <array>

#include "app/ui/controls.hpp"
#include "app/view/say.hpp"
#include "app/view/segment_text.hpp"

namespace tcpstep::ui::panel {

using session::AtGate;
using view::say;
using view::Text;

namespace {

constexpr float kHeight = 2.5F;  // em
constexpr float kButton = 1.75F;
constexpr float kGap = 0.35F;
constexpr float kPad = 0.5F;   // inside a button, each side
constexpr float kIcon = 1.0F;  // and for the triangle of the first
constexpr float kBeforeKey = 0.55F;
constexpr float kLegible = 0.8F;  // smaller letters than that, and words give way

struct Action {
    const char* id;
    std::string words;
    std::string key;  ///< left out where room is scarce
    std::string tip;
    session::Command command;
};

std::vector<Action> actions_on(const model::Segment& segment, bool brief) {
    using Toward = session::ResetHeld::Toward;
    const std::string flags = view::flags_label(segment);
    const std::string receiver = view::role_word(peer(segment.from));
    const std::string sender = view::role_word(segment.from);
    std::vector<Action> actions = {
        {"deliver", say(Text::ActDeliver), say(Text::ActDeliverKey),
         say(Text::TipDeliver, flags, receiver), session::DeliverHeld{}},
        {"drop", say(Text::ActDrop), say(Text::KeysDrop), say(Text::TipDrop, receiver),
         session::DropHeld{}},
        {"duplicate", say(Text::ActDuplicate), say(Text::KeysDuplicate), say(Text::TipDuplicate),
         session::DuplicateHeld{}},
        {"hold back", say(Text::ActHoldBack), say(Text::KeysHoldBack), say(Text::TipHoldBack),
         session::HoldBackHeld{}},
        {"reset receiver", brief ? say(Text::ActResetOn) : say(Text::ActReset, receiver),
         say(Text::ActResetKey), say(Text::TipReset, receiver),
         session::ResetHeld{Toward::Receiver}},
        {"reset sender", brief ? say(Text::ActResetBack) : say(Text::ActReset, sender),
         say(Text::ActResetBackKey), say(Text::TipResetBack, sender),
         session::ResetHeld{Toward::Sender}},
    };
    if (brief) {
        for (Action& action : actions) action.key.clear();
    }
    return actions;
}

std::string refusal(AtGate gate) {
    switch (gate) {
        case AtGate::NoGate:
        case AtGate::Holding:
            return {};
        case AtGate::Empty:
            return say(Text::GateEmpty);
        case AtGate::Past:
            return say(Text::GatePast);
        case AtGate::Over:
            return say(Text::GateOver);
    }
    return {};
}

float width_of(const Painter& p, const Action& action, bool first) {
    const float key =
        action.key.empty() ? 0 : p.width(TextStyle::MonoSmall, action.key) + kBeforeKey * p.em();
    return p.width(TextStyle::Small, action.words) + key +
           (2 * kPad + (first ? kIcon : 0)) * p.em();
}

// How much smaller letters must be for all buttons to stand in a row.
float fit_of(const Painter& p, const std::vector<Action>& actions, float room) {
    float wanted = kGap * p.em() * static_cast<float>(actions.size() - 1);
    for (const Action& action : actions) wanted += width_of(p, action, &action == &actions[0]);
    return std::min(1.0F, room / wanted);
}

// The first one is what one most often wants.
bool paint_action(const Painter& p, Rect box, const Action& action, bool first) {
    const float em = p.em();
    const Touch touch = touch_area(p, action.id, box, action.tip);
    const ColourRole ground = touch.hovered ? ColourRole::ControlHover
                              : first       ? ColourRole::AttentionBack
                                            : ColourRole::Control;
    const ColourRole role = first ? ColourRole::Attention : ColourRole::Text;
    p.fill(box, ground, 0.33F * em);
    float x = box.x + kPad * em;
    if (first) {
        draw_icon(p, Icon::Play, {x + 0.3F * em, box.centre().y}, 0.62F * em, role, ground);
        x += kIcon * em;
    }
    p.text({x, box.y, box.w, box.h}, TextStyle::Small, role, action.words);
    p.text({box.x, box.y, box.w - kPad * em, box.h}, TextStyle::MonoSmall, ColourRole::TextDim,
           action.key, Align::Right);
    return touch.clicked;
}

constexpr std::array kNames = {Text::ActDeliver, Text::ActDrop, Text::ActDuplicate,
                               Text::ActHoldBack, Text::ActResetAny};
constexpr float kSmallest = 0.75F;  // below that the reason stands alone

float width_of(const Painter& p, Text name) {
    return p.width(TextStyle::Small, say(name)) + 2 * kPad * p.em();
}

// Buttons that do nothing now, and why. The reason is what matters where there is no room for both.
void paint_refusal(const Painter& painter, Rect row, const std::string& why) {
    float wanted = painter.width(TextStyle::Small, why) + 0.6F * painter.em();
    for (const Text name : kNames) wanted += width_of(painter, name) + kGap * painter.em();
    const float fit = std::min(1.0F, row.w / wanted);
    const Painter p = painter.sized(painter.em() * std::max(kSmallest, fit));
    const float em = p.em();
    float x = row.x;
    for (const Text name : kNames) {
        if (fit < kSmallest) break;
        const Rect box = {x, row.y, width_of(p, name), row.h};
        p.outline(box, ColourRole::Line, 0.33F * em, 1);
        p.text(box, TextStyle::Small, ColourRole::Edge, say(name), Align::Centre);
        x = box.right() + kGap * em;
    }
    touch_area(painter, "no action", row, why);
    const bool alone = x == row.x;
    const Rect rest = {x, row.y, row.right() - x, row.h};
    (alone ? painter : p)
        .fitted(rest, TextStyle::Small, ColourRole::TextDim, why,
                alone ? Align::Left : Align::Right);
}

}  // namespace

float held_actions_height(const session::Session& session) {
    return session.at_gate() == AtGate::NoGate ? 0 : kHeight;
}

void paint_held_actions(const Scene& scene, Rect area) {
    const AtGate gate = scene.session.at_gate();
    if (gate == AtGate::NoGate) return;
    const Painter& p = scene.painter;
    p.line({area.x, area.y}, {area.right(), area.y}, ColourRole::Line, 1);
    const float h = kButton * p.em();
    const Rect row = {area.x, area.bottom() - h, area.w, h};
    if (gate != AtGate::Holding) return paint_refusal(p, row, refusal(gate));
    const model::Segment held = scene.session.held()->segment;
    std::vector<Action> actions = actions_on(held, false);
    if (fit_of(p, actions, row.w) < kLegible) actions = actions_on(held, true);
    const Painter small = p.sized(p.em() * fit_of(p, actions, row.w));
    float x = row.x;
    for (const Action& action : actions) {
        const bool first = &action == &actions[0];
        const float w = width_of(small, action, first);
        if (paint_action(small, {x, row.y, w, row.h}, action, first)) scene.wish(action.command);
        x += w + kGap * small.em();
    }
}

}  // namespace tcpstep::ui::panel
