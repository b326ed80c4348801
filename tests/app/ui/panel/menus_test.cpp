// The menus of the top bar and of the bytes panel.
#include "app/ui/panel/menus.hpp"

#include <gtest/gtest.h>

#include "app/ui/window/arrangement.hpp"
#include "tests/app/ui/headless.hpp"
#include "tests/app/view/sample_run.hpp"

namespace tcpstep::ui::panel {
namespace {

using namespace session;
using testing::Headless;

Session recording() {
    Setup setup;
    setup.files.exports = {{strings::Text::ExportQlog, ".qlog", false, {}},
                           {strings::Text::ExportSvg, ".svg", true, {}}};
    Session session(std::move(setup));
    session.open_recording(testing::whole_run(), "run.qlog");
    session.apply(GoEnd{}, Moment());
    return session;
}

// The command that Enter gives in the list that a key opened, `rows` below its first row.
Commands chosen(const Session& session, List list, int rows) {
    Headless ui;
    ui.state.open_list = list;
    ui.frame(session);
    ui.frame(session);
    EXPECT_TRUE(ui.state.popup_open);
    ui.state.list_move = rows;
    ui.state.list_choose = true;
    return ui.frame(session);
}

TEST(Menus, ExportHasARowForEachForm) {
    const Session session = recording();
    EXPECT_EQ(chosen(session, List::Export, 0), (Commands{ExportAs{0, {}, {}}}));
    EXPECT_EQ(chosen(session, List::Export, 1), (Commands{ExportAs{1, {}, {}}}));
}

// Enter on the range `rows` below the forms leaves the list open; then on the form `form`.
Commands chosen_of_range(Headless& ui, const Session& session, int range, int form) {
    ui.state.open_list = List::Export;
    ui.frame(session);
    ui.frame(session);
    ui.state.list_move = 2 + range;
    ui.state.list_choose = true;
    EXPECT_TRUE(ui.frame(session).empty());
    ui.frame(session);
    EXPECT_TRUE(ui.state.popup_open);
    ui.state.list_move = form - 2 - range;
    ui.state.list_choose = true;
    return ui.frame(session);
}

TEST(Menus, PicturesAreOfTheStepsThatAreChosen) {
    Session session = recording();
    session.apply(Seek{session.index().stop(3)}, Moment());
    {
        Headless ui;
        EXPECT_EQ(chosen_of_range(ui, session, 0, 1), (Commands{ExportAs{1, {}, {}}}));
    }
    {
        Headless ui;
        EXPECT_EQ(chosen_of_range(ui, session, 1, 1), (Commands{ExportAs{1, std::nullopt, 3}}));
    }
    {
        Headless ui;
        EXPECT_EQ(chosen_of_range(ui, session, 1, 0), (Commands{ExportAs{0, {}, {}}}))
            << "a trace is whole";
    }
    Headless ui;
    ui.state.export_steps.from = "2";
    ui.state.export_steps.to = "5";
    EXPECT_EQ(chosen_of_range(ui, session, 2, 1), (Commands{ExportAs{1, 2, 5}}));
}

TEST(Menus, WithoutAPictureThereIsNoRangeToChoose) {
    session::Setup setup;
    setup.files.exports = {{strings::Text::ExportQlog, ".qlog", false, {}}};
    Session session(std::move(setup));
    session.open_recording(testing::whole_run(), "run.qlog");
    EXPECT_EQ(chosen(session, List::Export, 9), (Commands{ExportAs{0, {}, {}}}));
}

TEST(Menus, CopyHasThreeForms) {
    using view::CopyForm;
    const Session session = recording();
    EXPECT_EQ(chosen(session, List::Copy, 0), Commands{CopySegment{CopyForm::Tcpdump}});
    EXPECT_EQ(chosen(session, List::Copy, 1), Commands{CopySegment{CopyForm::Json}});
    EXPECT_EQ(chosen(session, List::Copy, 2), Commands{CopySegment{CopyForm::Packetdrill}});
}

TEST(Menus, TheirButtonsOpenThem) {
    const Session session = recording();
    const view::Rect bytes = window::arrange(1600, 900, 100, 0).bytes;
    Headless ui;
    EXPECT_TRUE(ui.click(session, bytes.right() - 45, bytes.y + 20).empty());
    EXPECT_TRUE(ui.state.popup_open);
    // A click on the last row of the list below it.
    EXPECT_EQ(ui.click(session, bytes.right() - 60, bytes.y + 133),
              Commands{CopySegment{view::CopyForm::Packetdrill}});
}

TEST(Menus, WithoutASegmentThereIsNothingToCopy) {
    Session session = recording();
    session.apply(GoHome{}, Moment());
    const view::Rect bytes = window::arrange(1600, 900, 100, 0).bytes;
    Headless ui;
    EXPECT_TRUE(ui.click(session, bytes.right() - 45, bytes.y + 20).empty());
    EXPECT_FALSE(ui.state.popup_open);
}

}  // namespace
}  // namespace tcpstep::ui::panel
