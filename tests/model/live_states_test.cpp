#include "model/live_states.hpp"

#include <string>
#include <vector>

#include <gtest/gtest.h>

namespace tcpstep::model {
namespace {

std::string story(const std::vector<TrackedChange>& changes) {
    std::string text;
    for (const TrackedChange& change : changes) {
        if (!text.empty()) text += ", ";
        text += std::string(name(change.endpoint)) + " " + std::string(name(change.from)) + ">" +
                std::string(name(change.to));
        if (change.edge() == nullptr) text += " no edge";
    }
    return text;
}

class LiveStatesTest : public ::testing::Test {
  protected:
    std::string send(Role from, std::uint16_t flags, std::uint32_t seq, std::uint32_t ack,
                     std::uint32_t length = 0) {
        SegmentSummary segment;
        segment.id = ++id_;
        segment.time = Time(std::chrono::milliseconds(id_));
        segment.from = from;
        segment.flags = Flags(flags);
        segment.seq = SeqNum(seq);
        segment.ack = SeqNum(ack);
        segment.length = length;
        const auto changes = states_.take(segment);
        for (const TrackedChange& change : changes) EXPECT_EQ(change.after, id_);
        return story(changes);
    }
    void open() {
        send(Role::Client, Flags::kSyn, 100, 0);
        send(Role::Server, Flags::kSyn | Flags::kAck, 500, 101);
        send(Role::Client, Flags::kAck, 101, 501);
    }

    LiveStates states_;
    SegmentId id_ = 0;
};

TEST_F(LiveStatesTest, EachChangeIsToldOnceAsSoonAsASegmentShowsIt) {
    EXPECT_EQ(send(Role::Client, Flags::kSyn, 100, 0),
              "client UNKNOWN>CLOSED no edge, client CLOSED>SYN_SENT");
    EXPECT_EQ(send(Role::Server, Flags::kSyn | Flags::kAck, 500, 101),
              "server UNKNOWN>LISTEN no edge, server LISTEN>SYN_RCVD");
    EXPECT_EQ(send(Role::Client, Flags::kAck, 101, 501),
              "client SYN_SENT>ESTABLISHED, server SYN_RCVD>ESTABLISHED");
    EXPECT_EQ(send(Role::Client, Flags::kAck | Flags::kPsh, 101, 501, 5), "");
    EXPECT_EQ(send(Role::Server, Flags::kAck, 501, 106), "");
    EXPECT_EQ(states_.state(Role::Client), State::Established);
    EXPECT_EQ(send(Role::Client, Flags::kFin | Flags::kAck, 106, 501),
              "client ESTABLISHED>FIN_WAIT_1");
    EXPECT_EQ(send(Role::Server, Flags::kAck, 501, 107),
              "server ESTABLISHED>CLOSE_WAIT, client FIN_WAIT_1>FIN_WAIT_2");
    EXPECT_EQ(send(Role::Server, Flags::kFin | Flags::kAck, 501, 107),
              "server CLOSE_WAIT>LAST_ACK");
    EXPECT_EQ(send(Role::Client, Flags::kAck, 107, 502),
              "client FIN_WAIT_2>TIME_WAIT, server LAST_ACK>CLOSED");
}

TEST_F(LiveStatesTest, SilenceShowsThatASegmentHasArrivedAndItsAnswerTellsNothingAgain) {
    open();
    send(Role::Client, Flags::kFin | Flags::kAck, 101, 501);
    const Time now(std::chrono::milliseconds(id_ + 4));
    EXPECT_EQ(story(states_.silent_until(now)), "server ESTABLISHED>CLOSE_WAIT");
    EXPECT_EQ(story(states_.silent_until(now + std::chrono::seconds(1))), "");
    EXPECT_EQ(send(Role::Server, Flags::kAck, 501, 102), "client FIN_WAIT_1>FIN_WAIT_2");
}

TEST_F(LiveStatesTest, SilenceAloneAnswersNoSyn) {
    send(Role::Client, Flags::kSyn, 100, 0);
    EXPECT_EQ(story(states_.silent_until(Time(std::chrono::milliseconds(20)))), "");
}

TEST_F(LiveStatesTest, ARetransmissionTellsNothingAgain) {
    open();
    EXPECT_EQ(send(Role::Server, Flags::kSyn | Flags::kAck, 500, 101), "");
    EXPECT_EQ(send(Role::Client, Flags::kAck, 101, 501), "");
}

TEST_F(LiveStatesTest, WhatTheKernelShowedIsWhereTheNextChangeBegins) {
    open();
    states_.shown(Role::Client, State::Closed);
    EXPECT_EQ(send(Role::Server, Flags::kRst | Flags::kAck, 501, 101), "server ESTABLISHED>CLOSED");
    EXPECT_EQ(states_.state(Role::Client), State::Closed);
}

TEST_F(LiveStatesTest, NothingLeadsBackBehindWhatTheKernelShowed) {
    open();
    states_.shown(Role::Client, State::Established);
    states_.shown(Role::Server, State::Established);
    id_ += 1000;  // milliseconds of silence: then it was no data that the ACK's loss had held up
    EXPECT_EQ(send(Role::Client, Flags::kAck | Flags::kPsh, 101, 501, 5), "");
    EXPECT_EQ(story(states_.silent_until(Time(std::chrono::milliseconds(id_ + 400)))), "");
    id_ += 400;
    EXPECT_EQ(send(Role::Client, Flags::kAck | Flags::kPsh, 101, 501, 5), "");
    EXPECT_EQ(send(Role::Server, Flags::kSyn | Flags::kAck, 500, 101), "");
    EXPECT_EQ(states_.state(Role::Server), State::Established);
    EXPECT_EQ(send(Role::Server, Flags::kFin | Flags::kAck, 501, 106),
              "server ESTABLISHED>FIN_WAIT_1");
}

// The server's ACK was captured, and dropped before the client's TCP.
TEST_F(LiveStatesTest, WhatTheKernelDeniedIsNotAssumedAgain) {
    open();
    send(Role::Client, Flags::kFin | Flags::kAck, 101, 501);
    EXPECT_EQ(send(Role::Server, Flags::kAck, 501, 102),
              "server ESTABLISHED>CLOSE_WAIT, client FIN_WAIT_1>FIN_WAIT_2");
    for (int copy = 0; copy < 3; ++copy) {
        states_.shown(Role::Client, State::FinWait1);
        id_ += 400;
        EXPECT_EQ(send(Role::Client, Flags::kFin | Flags::kAck, 101, 501), "");
        EXPECT_EQ(send(Role::Server, Flags::kAck, 501, 102), "");
    }
    EXPECT_EQ(states_.state(Role::Client), State::FinWait1);
    states_.shown(Role::Client, State::FinWait2);
    EXPECT_EQ(send(Role::Server, Flags::kFin | Flags::kAck, 501, 102),
              "server CLOSE_WAIT>LAST_ACK");
    EXPECT_EQ(send(Role::Client, Flags::kAck, 102, 502),
              "client FIN_WAIT_2>TIME_WAIT, server LAST_ACK>CLOSED");
}

TEST_F(LiveStatesTest, WhatTheKernelShowedOfAConnectionThatBeganBeforeIsNotTakenBack) {
    send(Role::Client, Flags::kAck | Flags::kPsh, 1000, 2000, 3);
    states_.shown(Role::Server, State::Established);
    states_.shown(Role::Client, State::Established);
    send(Role::Client, Flags::kFin | Flags::kAck, 1003, 2000);
    states_.shown(Role::Server, State::CloseWait);
    EXPECT_EQ(send(Role::Server, Flags::kAck, 2000, 1004), "client FIN_WAIT_1>FIN_WAIT_2");
    EXPECT_EQ(send(Role::Server, Flags::kFin | Flags::kAck, 2000, 1004),
              "server CLOSE_WAIT>LAST_ACK");
}

TEST_F(LiveStatesTest, ASocketThatIsGoneDoesNotComeBack) {
    open();
    states_.shown(Role::Client, State::Established);
    states_.shown(Role::Client, State::Closed);  // its retransmission gave up
    EXPECT_EQ(send(Role::Server, Flags::kFin | Flags::kAck, 501, 101),
              "server ESTABLISHED>FIN_WAIT_1");
    EXPECT_EQ(send(Role::Client, Flags::kRst, 101, 0), "server FIN_WAIT_1>CLOSED");
    EXPECT_EQ(states_.state(Role::Client), State::Closed);
}

TEST_F(LiveStatesTest, AListenerThatMissedTheFirstSynTakesTheNext) {
    send(Role::Client, Flags::kSyn, 100, 0);
    states_.shown(Role::Server, State::Closed);
    send(Role::Client, Flags::kSyn, 100, 0);
    send(Role::Server, Flags::kSyn | Flags::kAck, 500, 101);
    send(Role::Client, Flags::kAck, 101, 501);
    EXPECT_EQ(states_.state(Role::Server), State::Established);
}

TEST_F(LiveStatesTest, NoCloseIsToldOfAnEndThatSentNoFin) {
    open();
    send(Role::Client, Flags::kAck | Flags::kPsh, 101, 501, 4);
    send(Role::Server, Flags::kFin | Flags::kAck, 501, 101);
    EXPECT_EQ(send(Role::Client, Flags::kRst, 101, 0),
              "client ESTABLISHED>CLOSED no edge, server FIN_WAIT_1>CLOSED");
}

TEST_F(LiveStatesTest, WhatBeganBeforeIsProvedByWhatIsSent) {
    send(Role::Client, Flags::kAck | Flags::kPsh, 1000, 2000, 5);
    send(Role::Server, Flags::kAck | Flags::kPsh, 2000, 1005, 5);
    EXPECT_EQ(states_.state(Role::Client), State::Established);
    EXPECT_EQ(states_.state(Role::Server), State::Established);
}

}  // namespace
}  // namespace tcpstep::model
