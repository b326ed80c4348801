#include "app/view/expected_segment.hpp"

#include <gtest/gtest.h>

#include "tests/app/view/sample_run.hpp"

namespace tcpstep::view {
namespace {

using namespace model;
using testing::RunBuilder;

constexpr Role C = Role::Client;
constexpr Role S = Role::Server;
constexpr std::uint16_t kSynAck = Flags::kSyn | Flags::kAck;
constexpr std::uint16_t kData = Flags::kPsh | Flags::kAck;
constexpr std::uint16_t kFinAck = Flags::kFin | Flags::kAck;

// "server SYN, ACK", or "nothing".
std::string expected_after(const RunBuilder& run) {
    Connection connection;
    for (const Event& event : run.trace.events()) apply(connection, event);
    const auto expected = expected_segment(connection);
    if (!expected) return "nothing";
    return std::string(name(expected->from)) + " " + expected->label;
}

RunBuilder listening() {
    RunBuilder run(true);
    run.call(S, "listen", {{"fd", std::int64_t{4}}}).returns(S, "listen", 0);
    return run;
}

RunBuilder syn_held() {
    RunBuilder run = listening();
    run.send(C, Flags::kSyn, 0, 0).held(1);
    return run;
}

RunBuilder established() {
    RunBuilder run = syn_held();
    run.delivered(1).send(S, kSynAck, 0, 1).held(2).delivered(2);
    run.send(C, Flags::kAck, 1, 1).held(3).delivered(3);
    return run;
}

TEST(ExpectedSegment, NothingFollowsByItself) {
    EXPECT_EQ(expected_after(listening()), "nothing");
    EXPECT_EQ(expected_after(established()), "nothing");  // a server blocked in accept()
}

TEST(ExpectedSegment, OfTheHandshake) {
    EXPECT_EQ(expected_after(syn_held()), "server SYN, ACK");
    EXPECT_EQ(expected_after(syn_held().delivered(1).send(S, kSynAck, 0, 1).held(2)), "client ACK");
    RunBuilder third = syn_held();
    third.delivered(1).send(S, kSynAck, 0, 1).held(2).delivered(2);
    EXPECT_EQ(expected_after(third.send(C, Flags::kAck, 1, 1).held(3)), "nothing");
}

TEST(ExpectedSegment, OfASimultaneousOpenIsASynAckToEachSyn) {
    RunBuilder run(true);
    run.send(C, Flags::kSyn, 0, 0).held(1).send(S, Flags::kSyn, 0, 0).held(2);
    EXPECT_EQ(expected_after(run), "server SYN, ACK");
    EXPECT_EQ(expected_after(run.delivered(1)), "client SYN, ACK");
}

TEST(ExpectedSegment, OfDataAndOfAFinIsAnAck) {
    EXPECT_EQ(expected_after(established().send(C, kData, 1, 1, 5).held(4)), "server ACK");
    EXPECT_EQ(expected_after(established().send(S, kFinAck, 1, 1).held(4)), "client ACK");
    RunBuilder fin_wait = established();
    fin_wait.send(C, kFinAck, 1, 1).held(4).delivered(4).send(S, Flags::kAck, 1, 2).held(5);
    EXPECT_EQ(expected_after(fin_wait), "nothing");  // an ACK is not acknowledged
    // Whether that end was closed, and so answers with a RST, nobody can tell from outside.
    EXPECT_EQ(expected_after(fin_wait.delivered(5).send(S, kData, 1, 2, 5).held(6)), "nothing");
}

TEST(ExpectedSegment, OfAClosedPortIsARst) {
    RunBuilder run(true);
    EXPECT_EQ(expected_after(run.send(C, Flags::kSyn, 0, 0).held(1)), "server RST, ACK");
    RunBuilder reset = established();
    reset.injected(C, Flags::kRst, 1);
    EXPECT_EQ(expected_after(reset), "nothing");  // no one answers a RST
    RunBuilder twice = reset;
    EXPECT_EQ(expected_after(twice.delivered(4).injected(C, Flags::kRst, 1)), "nothing");
    reset.delivered(4).send(C, kData, 1, 1, 5).held(5);
    EXPECT_EQ(expected_after(reset), "server RST");
}

TEST(ExpectedSegment, IsOnlyWhatTheNextOneBrings) {
    // The third segment arrives first and brings nothing; the data behind it is not looked at.
    RunBuilder run = syn_held();
    run.delivered(1).send(S, kSynAck, 0, 1).held(2).delivered(2);
    run.send(C, Flags::kAck, 1, 1).held(3).send(C, kData, 1, 1, 5).held(4);
    EXPECT_EQ(expected_after(run), "nothing");
    EXPECT_EQ(expected_after(run.held_back(3, 4)), "server ACK");
}

TEST(ExpectedSegment, NothingOfAListenerThatThrowsTheSegmentAway) {
    EXPECT_EQ(expected_after(syn_held().fact(ListenerSampled{2, 1, 0})), "nothing");
}

TEST(ExpectedSegment, ACookieIsASynAckToo) {
    RunBuilder run = syn_held();
    run.fact(ListenerSampled{0, 0, 1});
    EXPECT_EQ(expected_after(run), "server SYN, ACK");
    run.delivered(1).send(S, kSynAck, 0, 1).held(2).delivered(2);
    run.send(C, Flags::kAck, 1, 1).held(3);
    EXPECT_EQ(expected_after(run), "nothing");
}

TEST(ExpectedSegment, NothingWhereTheKernelContradictsTheModel) {
    EXPECT_EQ(expected_after(syn_held().sample(S, State::Established)), "nothing");
}

}  // namespace
}  // namespace tcpstep::view
