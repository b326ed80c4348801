#include "app/ui/panel/top_bar_layout.hpp"

#include <gtest/gtest.h>

namespace tcpstep::ui::panel {
namespace {

// About what a lesson in English wants.
TopBarWants usual(float em) {
    TopBarWants wants;
    wants.em = em;
    wants.name = 6 * em;
    wants.picker = 20 * em;
    wants.badge = 15 * em;
    wants.hold = 11 * em;
    wants.buttons = 28 * em;
    wants.few_buttons = 7 * em;
    return wants;
}

float used(const TopBarPlan& plan, float em) {
    float sum = plan.buttons;
    for (const float w : {plan.name, plan.picker, plan.save, plan.badge, plan.hold, plan.alarm})
        sum += w > 0 ? w + kBarGap * em : 0;
    return sum;
}

TEST(TopBar, HasEverythingInFullWhereThereIsRoom) {
    const TopBarWants wants = usual(18);
    const TopBarPlan plan = plan_top_bar(1568, wants);
    EXPECT_FALSE(plan.menu);
    EXPECT_EQ(plan.name, wants.name);
    EXPECT_EQ(plan.picker, wants.picker);
    EXPECT_EQ(plan.hold, wants.hold);
    EXPECT_EQ(plan.buttons, wants.buttons);
}

// The window is as wide as it was, the letters are not: 88 em at 100 %, 44 at 200 %.
TEST(TopBar, NeverTakesMoreThanThereIsAndLosesNoButton) {
    for (float ems = 28; ems < 100; ems += 0.5F) {
        for (const bool lab : {false, true}) {
            TopBarWants wants = usual(10);
            if (lab) wants.save = 80;
            if (lab) wants.badge = 0;
            const TopBarPlan plan = plan_top_bar(10 * ems, wants);
            EXPECT_LE(used(plan, 10), 10 * ems + 0.01F) << ems;
            EXPECT_EQ(plan.buttons, plan.menu ? wants.few_buttons : wants.buttons) << ems;
            EXPECT_EQ(plan.save, wants.save) << ems;
            EXPECT_GE(plan.hold, kHoldMark * 10) << ems;
            EXPECT_LE(plan.picker, wants.picker) << ems;
            EXPECT_LE(plan.badge, wants.badge) << ems;
        }
    }
}

TEST(TopBar, AtTwiceTheTextTheTitleAndWhatIsHeldAreWhole) {
    const TopBarWants wants = usual(36);
    const TopBarPlan plan = plan_top_bar(1600 - 65, wants);
    EXPECT_TRUE(plan.menu);
    EXPECT_EQ(plan.name, 0);
    EXPECT_GE(plan.picker, 16 * 36);
    EXPECT_EQ(plan.hold, wants.hold);
    EXPECT_GE(plan.badge, kBadgeMark * 36) << "at least its mark";
}

TEST(TopBar, ALongReasonWhyNothingIsHeldPushesNoButtonAway) {
    TopBarWants wants = usual(18);
    wants.hold = 60 * 18;
    const TopBarPlan plan = plan_top_bar(1568, wants);
    EXPECT_FALSE(plan.menu);
    EXPECT_GE(plan.hold, 17 * 18);
    EXPECT_LE(used(plan, 18), 1568.01F);
}

TEST(TopBar, ADisagreementIsNeverCut) {
    TopBarWants wants = usual(36);
    wants.alarm = 9 * 36;
    EXPECT_EQ(plan_top_bar(1600 - 65, wants).alarm, wants.alarm);
}

}  // namespace
}  // namespace tcpstep::ui::panel
