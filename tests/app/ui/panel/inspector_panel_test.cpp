// The inspector and "more" in the whole screen: keys and buttons open them, fields and bytes are
// linked, and nothing of it is lost in a small window.
#include "app/ui/panel/inspector_panel.hpp"

#include <algorithm>

#include <gtest/gtest.h>
#include <imgui.h>

#include "app/ui/window/arrangement.hpp"
#include "tests/app/session/scripted_source.hpp"
#include "tests/app/ui/headless.hpp"
#include "tests/app/view/sample_run.hpp"

namespace tcpstep::ui::panel {
namespace {

using namespace session;
using testing::Headless;

constexpr Moment kNow{};

Session recording(bool v6 = false) {
    Session session;
    session.open_recording(testing::whole_run(v6), "sample.qlog");
    session.apply(GoEnd{}, kNow);
    return session;
}

bool has(const Commands& commands, const Command& wanted) {
    return std::find(commands.begin(), commands.end(), wanted) != commands.end();
}

// Clicks all over the area and collects what was wished.
Commands clicks_in(Headless& ui, const Session& session, view::Rect area, float step = 12) {
    Commands found;
    for (float y = area.y + 4; y < area.bottom(); y += step) {
        for (float x = area.x + 4; x < area.right(); x += 2 * step) {
            for (const Command& wish : ui.click(session, x, y))
                if (!has(found, wish)) found.push_back(wish);
        }
    }
    return found;
}

TEST(Inspector, AButtonOfTheBytesOpensItAndItsOwnClosesIt) {
    Headless ui;
    Session session = recording();
    const window::Arrangement small = window::arrange(1600, 900, 100, 0);
    EXPECT_TRUE(has(clicks_in(ui, session, small.bytes), ToggleInspector{}));
    session.apply(ToggleInspector{}, kNow);
    const window::Arrangement large = window::arrange(1600, 900, 100, 0, {false, true, false});
    view::Rect head = large.bytes;
    head.h = 40;
    const Commands wishes = clicks_in(ui, session, head);
    EXPECT_TRUE(has(wishes, ToggleInspector{}));
}

TEST(Inspector, ItsButtonGoesToTheSegmentBefore) {
    Headless ui;
    Session session = recording();
    session.apply(ToggleInspector{}, kNow);
    session.apply(SelectSegment{3}, kNow);
    const window::Arrangement a = window::arrange(1600, 900, 100, 0, {false, true, false});
    view::Rect head = a.bytes;
    head.h = 40;
    EXPECT_TRUE(has(clicks_in(ui, session, head), SelectSegment{1}));
}

TEST(Inspector, FieldsAndBytesCanBeChosen) {
    Headless ui;
    Session session = recording();
    session.apply(ToggleInspector{}, kNow);
    const window::Arrangement a = window::arrange(1600, 900, 100, 0, {false, true, false});
    std::vector<model::FieldId> in_rows;
    std::vector<model::FieldId> in_hex;
    const auto visit = [&](float from, float to, std::vector<model::FieldId>& met) {
        for (float y = a.bytes.y + 50; y < a.bytes.bottom() - 10; y += 10) {
            for (float x = a.bytes.x + from * a.bytes.w; x < a.bytes.x + to * a.bytes.w; x += 15) {
                ui.state.inspected = {model::Field::EndOfOptions, 99, 99};
                ui.click(session, x, y);
                const model::FieldId now = ui.state.inspected;
                if (now.option == 99) continue;
                if (std::find(met.begin(), met.end(), now) == met.end()) met.push_back(now);
            }
        }
    };
    visit(0, 0.42F, in_rows);
    visit(0.42F, 0.7F, in_hex);
    EXPECT_GE(in_rows.size(), 30U);
    // Each that a byte shows is a field of the rows, and the other way round.
    EXPECT_GE(in_hex.size(), 15U);
    for (const model::FieldId& id : in_hex)
        EXPECT_NE(std::find(in_rows.begin(), in_rows.end(), id), in_rows.end())
            << static_cast<int>(id.field);
}

TEST(Inspector, ArrowKeysMoveFromFieldToField) {
    Headless ui;
    Session session = recording();
    EXPECT_FALSE(move_in_inspector(MoveInList{1}, session, ui.state));
    session.apply(ToggleInspector{}, kNow);
    ui.state.inspected = {model::Field::Version};
    EXPECT_TRUE(move_in_inspector(MoveInList{1}, session, ui.state));
    ui.frame(session);
    EXPECT_EQ(ui.state.inspected.field, model::Field::HeaderLength);
    EXPECT_TRUE(move_in_inspector(MoveInList{-5}, session, ui.state));
    ui.frame(session);
    EXPECT_EQ(ui.state.inspected.field, model::Field::Version);
    EXPECT_TRUE(move_in_inspector(MoveInList{1000}, session, ui.state));
    ui.frame(session);
    EXPECT_NE(ui.state.inspected.field, model::Field::Version);
    EXPECT_FALSE(move_in_inspector(StepForward{}, session, ui.state));
}

TEST(Inspector, BringsTheChosenFieldIntoSightWhereNotAllFits) {
    Headless ui(640, 480);
    Session session = recording(true);
    session.apply(ToggleInspector{}, kNow);
    ui.state.inspected = {model::Field::Version};
    ui.frame(session);
    EXPECT_EQ(ui.state.header_scroll, 0);
    ui.state.inspected = {model::Field::UrgentPointer};
    ui.state.inspect_show = true;
    ui.frame(session);
    EXPECT_GT(ui.state.header_scroll, 0);
    ui.state.inspected = {model::Field::Version};
    ui.state.inspect_show = true;
    ui.frame(session);
    EXPECT_EQ(ui.state.header_scroll, 0);
}

TEST(Inspector, IsPaintedInEveryWindowAndTextSize) {
    for (const auto& [w, h] :
         {std::pair{640.0F, 480.0F}, std::pair{1600.0F, 900.0F}, std::pair{3840.0F, 2160.0F}}) {
        Headless ui(w, h);
        for (bool v6 : {false, true}) {
            Session session = recording(v6);
            session.apply(ToggleInspector{}, kNow);
            for (int i = 0; i < 12; ++i) {
                ui.frame(session);
                session.apply(TextLarger{}, kNow);
                session.apply(StepBack{}, kNow);
                if (i == 6) session.apply(ToggleMore{}, kNow);
            }
        }
    }
}

TEST(More, AButtonOpensAndClosesIt) {
    Headless ui;
    Session session = recording();
    const window::Arrangement small = window::arrange(1600, 900, 100, 0);
    EXPECT_TRUE(has(clicks_in(ui, session, small.happened), ToggleMore{}));
    session.apply(ToggleMore{}, kNow);
    const window::Arrangement large = window::arrange(1600, 900, 100, 0, {true, false, false});
    view::Rect head = large.happened;
    head.h = 40;
    EXPECT_TRUE(has(clicks_in(ui, session, head), ToggleMore{}));
    // Beside an inspector what happened is a strip, and has the button all the same.
    session.apply(ToggleMore{}, kNow);
    session.apply(ToggleInspector{}, kNow);
    const window::Arrangement strip = window::arrange(1600, 900, 100, 0, {false, true, false});
    EXPECT_TRUE(has(clicks_in(ui, session, strip.happened), ToggleMore{}));
}

}  // namespace
}  // namespace tcpstep::ui::panel
