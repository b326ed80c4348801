#include "app/view/claim_selection.hpp"

#include <chrono>

#include <gtest/gtest.h>

#include "tests/app/view/sample_run.hpp"

namespace tcpstep::view {
namespace {

using namespace model;

constexpr Role C = Role::Client;
constexpr Role S = Role::Server;

/// Both ends call, with ids of their own; the client has been in SYN_SENT.
struct OneRun {
    OneRun() : trace(make()), timeline(trace, 0) { index.catch_up(timeline); }
    static Trace make() {
        testing::RunBuilder run;
        run.call(C, "socket").returns(C, "socket", 5).call(C, "connect");
        run.send(C, Flags::kSyn, 0, 0).send(S, Flags::kSyn | Flags::kAck, 0, 1);
        run.returns(C, "connect", 0).sample(C, State::Established);
        return run.trace;
    }
    std::int64_t at(std::size_t event) const {
        const Duration since = timeline.event(event).time - trace.events().front().time;
        return std::chrono::duration_cast<std::chrono::microseconds>(since).count();
    }
    Selection of(std::vector<Sighting> seen) const {
        ClaimChecked checked;
        checked.seen = std::move(seen);
        return selection_of_claim(checked, timeline, index);
    }
    Trace trace;
    Timeline timeline;
    TimelineIndex index;
};

TEST(ClaimSelection, IsTheLastSegmentThatIsNamed) {
    const OneRun run;
    EXPECT_EQ(run.of({{1, "", 1, 0, "", ""}, {2, "", 2, 0, "", ""}, {3, "", 0, 0, "", ""}}),
              Selection(SelectedSegment{2}));
    EXPECT_EQ(run.of({{1, "", 77, 0, "", ""}}), Selection()) << "there is none";
    EXPECT_EQ(run.of({}), Selection());
}

TEST(ClaimSelection, IsTheCallThatEnteredOrReturnedThen) {
    const OneRun run;
    const TimelineIndex::Call& connect = run.index.calls(C)[1];
    const auto id = std::get<CallEntered>(run.timeline.event(connect.entered).fact).id;
    for (const std::size_t event : {connect.entered, *connect.returned}) {
        EXPECT_EQ(run.of({{run.at(event), "sys:call", 0, id, "", ""}}),
                  Selection(SelectedCall{C, id}));
    }
    EXPECT_EQ(run.of({{run.at(0), "sys:call", 0, id, "", ""}}), Selection());
}

TEST(ClaimSelection, IsTheStayInTheStateThatWasSeen) {
    const OneRun run;
    const auto& changes = run.index.changes(C);
    const auto& last = changes.back();
    ASSERT_EQ(last.what.change.to, State::Established);
    // The kernel says it later.
    EXPECT_EQ(run.of({{run.at(run.timeline.size() - 1), "", 0, 0, "client", "ESTABLISHED"}}),
              Selection(SelectedState{C, last.event}));
    EXPECT_EQ(run.of({{run.at(last.event) - 1, "", 0, 0, "client", "ESTABLISHED"}}), Selection());
    EXPECT_EQ(run.of({{run.at(last.event), "", 0, 0, "server", "TIME_WAIT"}}), Selection());
}

}  // namespace
}  // namespace tcpstep::view
