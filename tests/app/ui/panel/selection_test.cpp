// What is clicked in one panel is marked in all that show it.
#include <algorithm>

#include <gtest/gtest.h>

#include "app/ui/window/arrangement.hpp"
#include "tests/app/ui/headless.hpp"
#include "tests/app/view/sample_run.hpp"

namespace tcpstep::ui::panel {
namespace {

using namespace session;
using testing::Headless;
using view::Rect;

constexpr Moment kNow{};
constexpr model::Role C = model::Role::Client;

/// A recording with the list of events open, at the end of what `event` brought.
struct Selecting {
    Selecting() {
        session.open_recording(testing::whole_run(), "run.qlog");
        session.apply(ToggleEvents{}, kNow);
        session.apply(GoEnd{}, kNow);
    }
    void select(std::size_t event, const view::Selection& what) {
        const std::size_t end = session.index().size();
        session.apply(Seek{session.index().first_step_after(event).value_or(end)}, kNow);
        session.apply(Select{what}, kNow);
        ASSERT_EQ(session.selection(), what);
        ui.frame(session);
        ui.frame(session);
    }
    bool marks(Rect area) const { return ui.marks(area, session); }
    bool marks_in_none() const {
        return !marks(at.client) && !marks(at.server) && !marks(at.ladder) && !marks(at.events);
    }
    const view::TimelineIndex::Call& connect() const {
        const auto& calls = session.index().calls(C);
        return *std::find_if(calls.begin(), calls.end(), [&](const auto& call) {
            const model::Fact& entry = session.timeline().event(call.entered).fact;
            return std::get<model::CallEntered>(entry).call == "connect";
        });
    }
    view::SelectedCall id_of(const view::TimelineIndex::Call& call) const {
        const model::Fact& entry = session.timeline().event(call.entered).fact;
        return {C, std::get<model::CallEntered>(entry).id};
    }
    view::SelectedState syn_sent() const {
        const auto& changes = session.index().changes(C);
        const auto found = std::find_if(changes.begin(), changes.end(), [](const auto& change) {
            return change.what.change.to == model::State::SynSent;
        });
        return {C, found->event};
    }
    /// All that clicks into `area` select.
    std::vector<view::Selection> clicks_in(Rect area) {
        std::vector<view::Selection> all;
        for (float y = area.y + 4; y < area.bottom(); y += 8) {
            ui.state.card.reset();  // it would cover what is below the figure
            for (const Command& wish : ui.click(session, area.centre().x, y)) {
                if (const auto* select = std::get_if<Select>(&wish)) all.push_back(select->what);
            }
        }
        return all;
    }

    Session session;
    Headless ui;
    window::Arrangement at = window::arrange(1600, 900, 100, 0, {.events = true});
};

TEST(SharedSelection, NothingIsMarkedWhereNothingIsSelected) {
    Selecting run;
    run.select(*run.session.timeline().event_of_segment(1), {});
    EXPECT_TRUE(run.marks_in_none());
}

TEST(SharedSelection, ACallIsMarkedInItsEndsCallsTheLadderAndTheList) {
    Selecting run;
    run.select(run.connect().entered, run.id_of(run.connect()));
    EXPECT_TRUE(run.marks(run.at.client));
    EXPECT_TRUE(run.marks(run.at.ladder));
    EXPECT_TRUE(run.marks(run.at.events));
    EXPECT_FALSE(run.marks(run.at.server));
}

TEST(SharedSelection, AStayInAStateIsMarkedInTheFigureTheLadderAndTheList) {
    Selecting run;
    const view::SelectedState stay = run.syn_sent();
    run.select(stay.event, stay);
    EXPECT_TRUE(run.marks(run.at.client));
    EXPECT_TRUE(run.marks(run.at.ladder));
    EXPECT_TRUE(run.marks(run.at.events));
    EXPECT_FALSE(run.marks(run.at.server));
}

TEST(SharedSelection, OnACardTheStayIsMarked) {
    const Rect node = {400, 300, 40, 20};
    for (const model::State state : {model::State::SynSent, model::State::Established}) {
        Selecting run;
        run.session.apply(Select{run.syn_sent()}, kNow);
        run.ui.state.card = StateCard{C, state, node};
        run.ui.frame(run.session);
        run.ui.frame(run.session);
        EXPECT_EQ(run.ui.painted(view::ColourRole::Here, view::kSelectedRow, run.session).empty(),
                  state != model::State::SynSent)
            << name(state);
    }
}

TEST(SharedSelection, ASegmentIsMarkedInTheLadderAndTheList) {
    Selecting run;
    run.select(*run.session.timeline().event_of_segment(1), view::SelectedSegment{1});
    EXPECT_TRUE(run.marks(run.at.ladder));
    EXPECT_TRUE(run.marks(run.at.events));
}

TEST(SharedSelection, AClickOnACallSelectsIt) {
    Selecting run;
    // At the end later calls have its place.
    run.session.apply(Seek{run.connect().entered + 1}, kNow);
    const auto found = run.clicks_in(run.at.client);
    const view::Selection connect = run.id_of(run.connect());
    EXPECT_TRUE(std::find(found.begin(), found.end(), connect) != found.end());
    EXPECT_TRUE(std::any_of(found.begin(), found.end(), [](const view::Selection& what) {
        return std::holds_alternative<view::SelectedState>(what);
    }));
}

TEST(SharedSelection, AClickInTheListSelectsWhateverItIs) {
    Selecting run;
    run.session.apply(Seek{run.connect().entered + 1}, kNow);
    std::vector<bool> kinds(std::variant_size_v<view::Selection>);
    for (const view::Selection& what : run.clicks_in(run.at.events)) kinds[what.index()] = true;
    EXPECT_TRUE(kinds[view::Selection(view::SelectedSegment{}).index()]);
    EXPECT_TRUE(kinds[view::Selection(view::SelectedCall{}).index()]);
    EXPECT_TRUE(kinds[view::Selection(view::SelectedState{}).index()]);
}

}  // namespace
}  // namespace tcpstep::ui::panel
