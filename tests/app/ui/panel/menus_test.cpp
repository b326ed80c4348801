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
    setup.files.exports = {{strings::Text::ExportQlog, ".qlog", {}},
                           {strings::Text::CopyJson, ".json", {}}};
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
    EXPECT_EQ(chosen(session, List::Export, 0), Commands{ExportAs{0}});
    EXPECT_EQ(chosen(session, List::Export, 1), Commands{ExportAs{1}});
    EXPECT_EQ(chosen(session, List::Export, 9), Commands{ExportAs{1}});
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
