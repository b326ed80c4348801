#pragma once

namespace tcpstep::ui::panel {

/// How wide the parts of the top bar want to be; pixels, 0 for what is not there.
struct TopBarWants {
    float em = 18;
    float name = 0;         ///< of the program
    float picker = 0;       ///< the lesson's title in full
    float save = 0;         ///< never narrower
    float badge = 0;        ///< where the events come from
    float hold = 0;         ///< what is held
    float alarm = 0;        ///< disagreements; never narrower
    float buttons = 0;      ///< all of them, with the gaps between them
    float few_buttons = 0;  ///< the text's size, and a button whose list has all others
};

/// How wide they are; pixels, 0 for what is not shown.
struct TopBarPlan {
    bool menu = false;  ///< most buttons stand in a list
    float name = 0, picker = 0, save = 0, badge = 0, hold = 0, alarm = 0, buttons = 0;
};

constexpr float kBarGap = 0.8F;     ///< em, between two parts
constexpr float kBadgeMark = 2.2F;  ///< em: the mark alone
constexpr float kHoldMark = 3.6F;   ///< em: its mark, and the arrow of its list

/// Divides `room` pixels: in letters that leave no room for all, where the events come from gives
/// way first, then the program's name, then buttons stand in a list, then what is held is a mark,
/// and at last the title is cut. Nothing is wider than it wants to be, and all of it fits, if
/// there is room for any.
TopBarPlan plan_top_bar(float room, const TopBarWants& wants);

}  // namespace tcpstep::ui::panel
