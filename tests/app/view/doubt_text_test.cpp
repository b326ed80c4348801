// A state that is only assumed is marked wherever it is listed.
#include "app/view/doubt_text.hpp"

#include <gtest/gtest.h>

#include "app/view/event_sentence.hpp"
#include "app/view/lists/connection_list.hpp"
#include "app/view/lists/event_line.hpp"
#include "tests/app/view/ladder/sample.hpp"
#include "tests/model/many_connections.hpp"

namespace tcpstep::view {
namespace {

using namespace model;
using lists::ConnectionColumn;

TEST(DoubtText, AllListsNameAStateAlike) {
    const Trace trace = testing::ManyConnections(9).trace;
    lists::ConnectionList list(trace);
    while (list.look_on()) {
    }
    std::size_t marked = 0;
    for (ConnectionIndex i = 0; i < trace.connections().size(); ++i) {
        const Timeline timeline(trace, i);
        TimelineIndex index;
        index.catch_up(timeline);
        const lists::EventSource source{timeline, index};
        const lists::ConnectionCells cells = list.cells(i);
        for (const Role role : {Role::Client, Role::Server}) {
            const auto& changes = index.changes(role);
            if (changes.empty()) continue;
            const auto column = role == Role::Client ? ConnectionColumn::ClientState
                                                     : ConnectionColumn::ServerState;
            const std::string& state = cells[static_cast<std::size_t>(column)];
            const lists::EventRow row{changes.back().event,
                                      lists::EventRow::Change{role, changes.size() - 1}};
            const std::string what = lists::event_what(source, row) + " ";
            EXPECT_NE(what.find("→ " + state + " "), std::string::npos) << what << state;
            const Happening told = tell_event(timeline, index, changes.back().event, false);
            bool said = false;
            for (const Happening::Change& change : told.changes)
                said = said || (change.text + " ").find("→ " + state + " ") != std::string::npos;
            EXPECT_TRUE(said) << state;
            if (changes.back().what.doubt != Doubt::None) ++marked;
        }
    }
    EXPECT_GT(marked, 0U);
}

TEST(DoubtText, SoDoesTheLadder) {
    const Trace trace = testing::ManyConnections(1).trace;
    const testing::LadderSample sample(trace);
    for (const Role role : {Role::Client, Role::Server}) {
        const auto& last = sample.index.changes(role).back().what;
        EXPECT_TRUE(testing::says(sample.whole(), state_text(last.change.to, last.doubt)))
            << state_text(last.change.to, last.doubt);
    }
}

}  // namespace
}  // namespace tcpstep::view
