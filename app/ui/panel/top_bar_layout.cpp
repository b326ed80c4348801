#include "app/ui/panel/top_bar_layout.hpp"

#include <algorithm>
#include <array>

namespace tcpstep::ui::panel {

namespace {

constexpr float kWhole = 1000;  // em: as wide as it wants to be
constexpr float kBadgeWords = 8;
constexpr float kHold = 17;  // em: why nothing is held may be a long sentence

/// The least that each part may have, in em; the first row for which there is room is taken.
struct Stage {
    bool name;
    bool menu;
    float badge;
    float hold;
    float picker;
};
constexpr std::array kStages = {
    Stage{true, false, kWhole, kHold, kWhole},       Stage{true, false, kBadgeWords, kHold, kWhole},
    Stage{false, false, kBadgeWords, kHold, kWhole}, Stage{false, false, kBadgeMark, kHold, kWhole},
    Stage{true, true, kBadgeWords, kHold, kWhole},   Stage{false, true, kBadgeWords, kHold, kWhole},
    Stage{false, true, kBadgeMark, kHold, 16},       Stage{false, true, kBadgeMark, 8, 12},
    Stage{false, true, kBadgeMark, kHoldMark, 9},    Stage{false, true, 0, kHoldMark, 0}};

// With the gap behind it, if it is there at all.
float with_gap(float w, float gap) {
    return w > 0 ? w + gap : 0;
}

}  // namespace

TopBarPlan plan_top_bar(float room, const TopBarWants& wants) {
    const float em = wants.em;
    const float gap = kBarGap * em;
    TopBarPlan plan;
    float left = 0;
    for (const Stage& stage : kStages) {
        plan = {stage.menu,
                stage.name ? wants.name : 0,
                std::min(wants.picker, stage.picker * em),
                wants.save,
                std::min(wants.badge, stage.badge * em),
                std::min(wants.hold, stage.hold * em),
                wants.alarm,
                stage.menu ? wants.few_buttons : wants.buttons};
        left = room - plan.buttons;
        for (const float w : {plan.name, plan.picker, plan.save, plan.badge, plan.hold, plan.alarm})
            left -= with_gap(w, gap);
        if (left >= 0) break;
    }
    // What is over goes to what matters most.
    const auto grow = [&](float& w, float wanted) {
        // What was left out comes with its gap.
        const float more = std::min(wanted - w, left - (w > 0 ? 0 : gap));
        if (more <= 0) return;
        left -= more + (w > 0 ? 0 : gap);
        w += more;
    };
    grow(plan.hold, wants.hold);
    grow(plan.picker, wants.picker);
    grow(plan.badge, wants.badge);
    // A few letters of it tell nothing.
    if (plan.badge < std::min(wants.badge, kBadgeWords * em))
        plan.badge = std::min(plan.badge, kBadgeMark * em);
    return plan;
}

}  // namespace tcpstep::ui::panel
