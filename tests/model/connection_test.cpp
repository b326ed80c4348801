#include "model/connection.hpp"

#include <utility>
#include <vector>

#include <gtest/gtest.h>

#include "model/timeline.hpp"
#include "tests/model/story.hpp"

namespace tcpstep::model {
namespace {

using testing::Story;

TEST(Connection, TimeWaitEndsWhenTheKernelSaysSoAfterAMinute) {
    for (const auto& [seconds, state] :
         {std::pair{1, State::TimeWait}, std::pair{61, State::Closed}}) {
        Story story;
        story.lab().handshake().four_way_close();
        ASSERT_EQ(story.result().client.state(), State::TimeWait);
        Trace trace = story.trace();
        SocketSampled gone;
        gone.endpoint = Role::Client;
        gone.state = State::Closed;
        trace.append(
            {trace.events().back().time + std::chrono::seconds(seconds), ConnectionIndex{0}, gone});
        const Timeline timeline(trace, ConnectionIndex{0});
        const Endpoint& client = timeline.at(timeline.size()).client;
        EXPECT_EQ(client.state(), state) << seconds;
        EXPECT_EQ(timeline.effects(timeline.size() - 1).disagreement, state == State::TimeWait);
    }
}

// Linux: a later SYN between the same ports ends it, or a connect() from them.
TEST(Connection, TimeWaitEndsEarlyWhereThePortsAreReused) {
    for (const bool reused : {false, true}) {
        Story story;
        story.lab().handshake().four_way_close();
        SocketSampled gone;
        gone.endpoint = Role::Client;
        gone.state = State::Closed;
        gone.reused = reused;
        story.fact(gone);
        EXPECT_EQ(story.result().client.state(), reused ? State::Closed : State::TimeWait);
    }
}

TEST(Connection, AnInjectedRstMovesItsReceiverOnly) {
    Story story;
    story.lab(true)
        .listen()
        .client("S", 0)
        .fact(SegmentDelivered{1})
        .server("SA", 0, 1)
        .fact(SegmentDelivered{2});
    Segment rst;
    rst.id = 3;
    rst.from = Role::Server;
    rst.flags = Flags(Flags::kRst);
    rst.seq = SeqNum(5001);
    story.fact(SegmentInjected{rst}).fact(SegmentDelivered{3});
    EXPECT_EQ(story.result().client.state(), State::Closed);
    EXPECT_EQ(story.result().server.state(), State::SynRcvd);
}

TEST(Connection, ARunWithoutTcpHasNoStates) {
    Story story;
    Scenario scenario;
    scenario.lab = true;
    scenario.tcp = false;
    story.fact(scenario);
    EXPECT_EQ(story.result().client.state(), State::Unknown);
    EXPECT_EQ(story.result().server.state(), State::Unknown);
}

TEST(Connection, FactsAboutWhatIsNotThereAreHarmless) {
    Story story;
    story.fact(SegmentDelivered{9})
        .fact(SegmentDropped{9})
        .fact(SegmentHeld{9})
        .fact(SegmentDuplicated{9, 10});
    story.fact(CallReturned{9, Role::Server, "listen", 0, ""});
    EXPECT_TRUE(story.result().in_flight.empty());
    EXPECT_EQ(story.result().server.state(), State::Unknown);
}

TEST(Connection, LostSegmentsAreCarried) {
    Story story;
    story.fact(SegmentsLost{7});
    EXPECT_EQ(story.result().segments_lost, 7U);
}

}  // namespace
}  // namespace tcpstep::model
