// The inspector and "more" in the whole screen: keys and buttons open them, fields and bytes are
// linked, and nothing of it is lost in a small window.
#include "app/ui/panel/inspector_panel.hpp"

#include <algorithm>
#include <map>

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

// Where a click chooses which octet of the payload, in a part of the inspector.
std::map<std::uint16_t, int> octets_chosen(Headless& ui, const Session& session, view::Rect in,
                                           float step) {
    std::map<std::uint16_t, int> chosen;
    for (float y = in.y; y < in.bottom(); y += 12) {
        for (float x = in.x; x < in.right(); x += step) {
            ui.state.inspected = {};
            ui.click(session, x, y);
            if (ui.state.inspected.field == model::Field::Payload) ++chosen[ui.state.inspected.nth];
        }
    }
    return chosen;
}

model::Trace run_with_payload(std::vector<std::uint8_t> payload, std::uint32_t length) {
    testing::RunBuilder run;
    run.send(model::Role::Client, model::Flags::kSyn, 0, 0);
    run.send(model::Role::Server, model::Flags::kSyn, 0, 1);
    run.send(model::Role::Client, 0, 1, 1);
    run.send(model::Role::Client, model::Flags::kPsh, 1, 1, length, std::move(payload));
    return std::move(run.trace);
}

TEST(Inspector, TheOctetsOfThePayloadCanBeChosenInRowsHexAndText) {
    Headless ui(1600, 1200);
    Session session;
    session.open_recording(run_with_payload({'h', 'i', '\n', 0xc3, 0xa9}, 5), "sample.qlog");
    session.apply(GoEnd{}, kNow);
    session.apply(ToggleInspector{}, kNow);
    // So high that nothing is scrolled.
    const view::Rect all = window::arrange(1600, 1200, 100, 0, {false, true, false}).bytes;
    const auto part = [&](float from, float to) {
        return view::Rect{all.x + from * all.w, all.y + 60, (to - from) * all.w, all.h - 80};
    };
    EXPECT_EQ(octets_chosen(ui, session, part(0.05F, 0.45F), 40).size(), 5U);
    EXPECT_EQ(octets_chosen(ui, session, part(0.46F, 0.69F), 8).size(), 5U);
    // As text the two octets of "é" are one character.
    const auto in_text = octets_chosen(ui, session, part(0.7F, 0.75F), 6);
    EXPECT_EQ(in_text.size(), 4U);
    EXPECT_EQ(in_text.count(4), 0U);
}

TEST(Inspector, ShowsWhatADatagramCarries) {
    Headless ui;
    Session session;
    testing::RunBuilder run;
    run.fact(model::Scenario{"udp", "Datagrams", true, false, {}, false});
    run.fact(model::DatagramSent{model::Role::Client,
                                 *model::parse_socket_address("127.0.0.1:1"),
                                 *model::parse_socket_address("127.0.0.1:2"),
                                 300,
                                 {'h', 'i'}});
    session.open_recording(std::move(run.trace), "sample.qlog");
    session.apply(GoEnd{}, kNow);
    // The key has a button here as well, and so has the copy.
    view::Rect head = window::arrange(1600, 900, 100, 0).bytes;
    head.h = 40;
    EXPECT_TRUE(has(clicks_in(ui, session, head), ToggleInspector{}));
    bool copies = false;
    for (float x = head.x; x < head.right() && !copies; x += 12) {
        ui.click(session, x, head.y + 20);
        ui.frame(session);
        copies = ui.state.popup_open;
    }
    EXPECT_TRUE(copies) << "the list of what to copy";
    ui.state.close_popup = true;
    for (int frame = 0; frame < 2; ++frame) ui.frame(session);
    session.apply(ToggleInspector{}, kNow);
    const view::Rect all = window::arrange(1600, 900, 100, 0, {false, true, false}).bytes;
    const view::Rect rows{all.x, all.y + 40, 0.45F * all.w, 80};
    EXPECT_EQ(octets_chosen(ui, session, rows, 40).size(), 2U);
}

TEST(Inspector, IsPaintedWithAnyPayload) {
    std::vector<std::uint8_t> every;
    for (int octet = 0; octet < 256; ++octet) every.push_back(static_cast<std::uint8_t>(octet));
    for (const auto& [w, h] : {std::pair{640.0F, 480.0F}, std::pair{1280.0F, 720.0F}}) {
        Headless ui(w, h);
        Session session;
        session.open_recording(run_with_payload(every, 1460), "sample.qlog");
        session.apply(GoEnd{}, kNow);
        session.apply(ToggleInspector{}, kNow);
        for (int i = 0; i < 8; ++i) {
            ui.state.inspected = {model::Field::Payload, 0, static_cast<std::uint16_t>(i * 36)};
            ui.state.inspect_show = true;
            ui.frame(session);
            session.apply(TextLarger{}, kNow);
        }
        EXPECT_GT(ui.state.hex_scroll, 0);
        EXPECT_GT(ui.state.header_scroll, 0);
    }
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

// Rows and bytes are linked whether or not what is pointed at is in sight in the other.
TEST(Inspector, WhatIsPointedAtInTheBytesComesIntoSightInTheRows) {
    Headless ui(1280, 560);
    Session session = recording(true);
    session.apply(ToggleInspector{}, kNow);
    ui.state.inspected = {model::Field::Version};
    ui.frame(session);
    ASSERT_EQ(ui.state.header_scroll, 0);
    const view::Rect all = window::arrange(1280, 560, 100, 0, {false, true, false}).bytes;
    bool found = false;
    for (float y = all.y; y < all.bottom() && !found; y += 6) {
        for (float x = all.centre().x; x < all.right() && !found; x += 6) {
            ui.move_mouse(x, y);
            ui.frame(session);
            ui.frame(session);
            found = ui.state.inspect_pointed &&
                    ui.state.inspect_pointed->field == model::Field::UrgentPointer;
        }
    }
    ASSERT_TRUE(found);
    EXPECT_GT(ui.state.header_scroll, 0);
    // It stays there while the wheel turns elsewhere, and the mouse rests.
    const float there = ui.state.header_scroll;
    ui.frame(session);
    EXPECT_EQ(ui.state.header_scroll, there);
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
    // It is as high as what is told needs, and at most so high.
    const window::Arrangement large = window::arrange(1600, 900, 100, 0, {true, false, false});
    EXPECT_TRUE(has(clicks_in(ui, session, large.happened), ToggleMore{}));
    // Beside an inspector what happened is a strip, and has the button all the same.
    session.apply(ToggleMore{}, kNow);
    session.apply(ToggleInspector{}, kNow);
    const window::Arrangement strip = window::arrange(1600, 900, 100, 0, {false, true, false});
    EXPECT_TRUE(has(clicks_in(ui, session, strip.happened), ToggleMore{}));
}

}  // namespace
}  // namespace tcpstep::ui::panel
