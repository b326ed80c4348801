// The octets at the bottom: what has no room is reached by the wheel.
#include "app/ui/panel/bytes_panel.hpp"

#include <algorithm>
#include <vector>

#include <gtest/gtest.h>

#include "app/ui/window/arrangement.hpp"
#include "tests/app/ui/headless.hpp"
#include "tests/app/view/sample_run.hpp"

namespace tcpstep::ui::panel {
namespace {

using namespace session;
using testing::Headless;

constexpr Moment kNow{};

Session recording(unsigned text_percent) {
    Session session;
    session.open_recording(testing::whole_run(), "run.qlog");
    session.apply(GoEnd{}, kNow);
    while (session.look().text_percent < text_percent) session.apply(TextLarger{}, kNow);
    return session;
}

constexpr std::pair kLow = {1024.0F, 768.0F};

TEST(BytesPanel, WhatHasNoRoomInLargeTextScrolls) {
    for (const unsigned percent : {100U, 125U}) {
        // In still larger text there is no room for it beside what happened.
        const bool large = percent > 100;
        for (const auto& [w, h] : {large ? kLow : std::pair{1600.0F, 900.0F},
                                   large ? kLow : std::pair{1280.0F, 720.0F}}) {
            const Session session = recording(percent);
            Headless ui(w, h);
            const view::Rect bytes = window::arrange(w, h, percent, 0).bytes;
            ui.move_mouse(bytes.centre().x, bytes.bottom() - 0.1F * bytes.h);
            ui.frame(session);
            ui.turn_wheel(-100);
            ui.frame(session);
            if (percent == 100) {
                EXPECT_EQ(ui.state.bytes_scroll, 0) << "all of it is in sight";
                continue;
            }
            EXPECT_GT(ui.state.bytes_scroll, 0.5F) << w;
            EXPECT_LT(ui.state.bytes_scroll, 12) << "no further than its end";
            // Another segment is seen from its top.
            Session other = recording(percent);
            other.apply(SelectSegment{1}, kNow);
            ui.frame(other);
            EXPECT_EQ(ui.state.bytes_scroll, 0);
        }
    }
}

TEST(BytesPanel, EveryBoxCanBeChosenThoughItScrolls) {
    const Session session = recording(125);
    Headless ui(kLow.first, kLow.second);
    const view::Rect bytes = window::arrange(kLow.first, kLow.second, 125, 0).bytes;
    std::vector<view::octets::ByteField::Id> chosen;
    for (float y = bytes.y; y < bytes.bottom(); y += 12) {
        for (float x = bytes.x; x < bytes.right(); x += 20) {
            ui.click(session, x, y);
            if (chosen.empty() || chosen.back() != ui.state.field) chosen.push_back(ui.state.field);
        }
    }
    std::sort(chosen.begin(), chosen.end());
    chosen.erase(std::unique(chosen.begin(), chosen.end()), chosen.end());
    EXPECT_GE(chosen.size(), 8U);
}

}  // namespace
}  // namespace tcpstep::ui::panel
