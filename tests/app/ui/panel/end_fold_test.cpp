#include "app/ui/panel/end_fold.hpp"

#include <gtest/gtest.h>

#include "app/ui/panel/end_layout.hpp"
#include "app/ui/window/arrangement.hpp"
#include "tests/app/ui/headless.hpp"
#include "tests/app/view/sample_run.hpp"

namespace tcpstep::ui::panel {
namespace {

using namespace session;
using model::Role;
using testing::Headless;

constexpr Moment kNow{};

Session recording() {
    Session session;
    session.open_recording(testing::whole_run(), "run.qlog");
    session.apply(GoHome{}, kNow);
    return session;
}

TEST(OpenEnd, IsTheOneThatMovedLast) {
    Session session = recording();
    const UiState state;
    EXPECT_EQ(open_end(session, state), Role::Client) << "none has moved";
    for (std::size_t position = 1; position <= session.timeline().size(); ++position) {
        session.apply(Seek{position}, kNow);
        std::optional<Role> moved;
        std::size_t last = 0;
        for (const Role role : {Role::Client, Role::Server}) {
            for (const auto& change : session.index().changes(role)) {
                if (change.event >= position || change.event + 1 <= last) continue;
                last = change.event + 1;
                moved = role;
            }
        }
        EXPECT_EQ(open_end(session, state), moved.value_or(Role::Client)) << position;
    }
}

TEST(OpenEnd, IsTheChosenOneUntilOneMovesAgain) {
    Session session = recording();
    UiState state;
    const auto& client = session.index().changes(Role::Client);
    session.apply(Seek{client.at(0).event + 1}, kNow);
    ASSERT_EQ(open_end(session, state), Role::Client);
    choose_end(session, state, Role::Server);
    EXPECT_EQ(open_end(session, state), Role::Server);
    session.apply(Seek{session.index().changes(Role::Client).at(1).event + 1}, kNow);
    EXPECT_EQ(open_end(session, state), Role::Client);
}

// In large text: a click on the folded end's name unfolds it.
TEST(OpenEnd, IsChosenByAClick) {
    Session session = recording();
    session.apply(GoEnd{}, kNow);
    while (session.look().text_percent < 200) session.apply(TextLarger{}, kNow);
    Headless ui;
    ui.frame(session);
    const Role open = open_end(session, ui.state);
    window::Wanted wanted;
    wanted.server = open == Role::Server;
    const window::Arrangement a = window::arrange(1600, 900, 200, 0, wanted);
    ASSERT_EQ(a.folded, peer(open));
    const view::Rect folded = open == Role::Server ? a.client : a.server;
    const view::Rect title = narrow_places(folded, a.side_em, true).title;
    EXPECT_TRUE(ui.click(session, title.centre().x, title.centre().y).empty());
    EXPECT_EQ(open_end(session, ui.state), peer(open));
}

}  // namespace
}  // namespace tcpstep::ui::panel
