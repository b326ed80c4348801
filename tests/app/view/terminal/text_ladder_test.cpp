#include "app/view/terminal/text_ladder.hpp"

#include <optional>
#include <sstream>

#include <gtest/gtest.h>

#include "tests/app/view/sample_run.hpp"
#include "tests/model/story.hpp"

namespace tcpstep::view::terminal {
namespace {

using model::CallEntered;
using model::CallReturned;
using model::Role;
using model::testing::Story;
namespace testing = tcpstep::testing;

std::string ladder(const Story& story) {
    return text_ladder(model::Timeline(story.trace(), model::ConnectionIndex{0}));
}

std::string whole(const model::Trace& trace) {
    return text_ladder(model::Timeline(trace, model::ConnectionIndex{0}));
}

TEST(TextLadder, IsReadByAPersonIn80Columns) {
    Story story;
    story.lab().listen();
    story.fact(CallEntered{2, Role::Server, "accept", {{"fd", std::int64_t{3}}}});
    story.fact(CallEntered{3, Role::Client, "connect", {{"fd", std::int64_t{4}}}}).handshake();
    story.fact(CallReturned{3, Role::Client, "connect", 0, ""})
        .fact(CallReturned{2, Role::Server, "accept", 5, ""});
    story.client("PA", 1, 1, 1000).client("FA", 1001, 1).server("FA", 1, 1002).client("A", 1002, 2);
    story.fact(model::Marker{"pause", "server waits 200 ms before close()"});
    model::SocketSampled sample;
    sample.state = model::State::TimeWait;
    story.fact(sample);
    EXPECT_EQ(ladder(story),
              R"(client 127.0.0.1:43512, server 127.0.0.1:8000
        client                                         server
     ms state       calls               segments       calls         state
  0.001                           |                  | listen(3) = 0 LISTEN
  0.003                           |                  | accept(3)
  0.004             connect(4)    |                  |
  0.005 SYN_SENT                  |-S 0:0(0)-------->|               SYN_RCVD
  0.006 ESTABLISHED               |<S. 0:0(0) ack 1--|
  0.007                           |-. ack 1--------->|               ESTABLISHED
  0.008             connect() = 0 |                  |
  0.009                           |                  | accept(3) = 5
  0.010                           |-P. 1:1001(1000)->|
  0.011 FIN_WAIT_1                |-F. 1001:1001(0)->|               CLOSE_WAIT
  0.012 FIN_WAIT_2                |<F. 1:1(0)--------|               LAST_ACK
        TIME_WAIT                 |                  |
  0.013                           |-. ack 2--------->|               CLOSED
  0.014 server waits 200 ms before close()

client: CLOSED SYN_SENT ESTABLISHED FIN_WAIT_1 FIN_WAIT_2 TIME_WAIT
server: CLOSED LISTEN SYN_RCVD ESTABLISHED CLOSE_WAIT LAST_ACK CLOSED
kernel: 1 of 1 samples of sock_diag agree with the states above
)");
}

TEST(TextLadder, ShowsTheCountdownOfTimeWaitAsItWasSampled) {
    Story story;
    story.lab().listen().handshake().client("FA", 1, 1).server("FA", 1, 2).client("A", 2, 2);
    model::SocketSampled sample;
    sample.state = model::State::TimeWait;
    sample.timer = "timewait";
    sample.timer_ms = 58'904;
    story.fact(sample);
    sample.timer_ms = 48'890;
    story.fact(sample);
    const std::string text = ladder(story);
    EXPECT_NE(
        text.find(
            " the kernel says: client TIME_WAIT, timer timewait, 58.9 s left\n"),
        std::string::npos)
        << text;
    EXPECT_NE(text.find("48.9 s left"), std::string::npos) << text;
}

TEST(TextLadder, AFailedCallNamesItsErrorInALineOfItsOwn) {
    Story story;
    story.lab()
        .fact(CallEntered{2, Role::Client, "connect", {{"fd", std::int64_t{4}}}})
        .client("S", 0)
        .server("RA", 0, 1);
    story.fact(CallReturned{2, Role::Client, "connect", -1, "ECONNREFUSED"});
    const std::string text = ladder(story);
    EXPECT_NE(text.find("connect(4)    |                  |\n                    ECONNREFUSED "),
              std::string::npos)
        << text;
}

TEST(TextLadder, ANumberThatNeedsALineOfItsOwnKeepsItsSign) {
    Story story;
    story.lab().fact(CallEntered{2, Role::Client, "setsockopt", {{"fd", std::int64_t{4}}}});
    story.fact(CallReturned{2, Role::Client, "setsockopt", 0, ""});
    const std::string text = ladder(story);
    EXPECT_NE(text.find("setsockopt(4) |                  |\n                    = 0 "),
              std::string::npos)
        << text;
}

TEST(TextLadder, HowLongASegmentIsIsAlwaysTold) {
    Story story;
    story.lab().listen().handshake().client("PA", 1'234'567, 1, 1'000'000);
    EXPECT_NE(ladder(story).find("|-P. (1000000)---->|"), std::string::npos) << ladder(story);
}

TEST(TextLadder, NotesAndErrorsOfTheRunArePrintedInOneHarmlessLine) {
    Story story;
    story.lab().fact(model::Marker{"error", "the lesson\nwas \x1b[31mstopped"});
    story.fact(model::Marker{"note", "on the host's loopback"});
    story.fact(model::Unrecognized{"a:\x1b]0;b", "{}"});
    const std::string text = ladder(story);
    EXPECT_NE(text.find(R"( the lesson\nwas \x1b[31mstopped)"), std::string::npos) << text;
    EXPECT_NE(text.find(" on the host's loopback\n"), std::string::npos) << text;
    EXPECT_NE(text.find(R"(a:\x1b]0;b)"), std::string::npos) << text;
    EXPECT_EQ(text.find('\x1b'), std::string::npos);
}

TEST(TextLadder, ADisagreementIsSaid) {
    Story story;
    story.lab().listen().handshake();
    model::SocketSampled sample;
    sample.state = model::State::SynSent;
    story.fact(sample);
    const std::string text = ladder(story);
    EXPECT_NE(text.find("the kernel says the client is SYN_SENT"), std::string::npos) << text;
    EXPECT_NE(text.find("kernel: 0 of 1 samples"), std::string::npos) << text;
}

TEST(TextLadder, NoLineIsLongerThan80Columns) {
    Story story(0xfffffff0, 7);
    story.lab().listen().handshake();
    for (std::uint32_t i = 0; i < 20; ++i) story.client("PA", 1 + 4'000'000 * i, 1, 4'000'000);
    for (const char* error : {"ECONNREFUSED", "EADDRNOTAVAIL"}) {
        story.fact(CallEntered{9, Role::Server, "shutdown", {{"fd", std::int64_t{1234567}}}});
        story.fact(CallReturned{9, Role::Server, "shutdown", -1, error});
    }
    std::istringstream lines(ladder(story));
    for (std::string line; std::getline(lines, line);) EXPECT_LE(line.size(), 80U) << line;
}

TEST(TextLadder, AHeldSegmentHasARowWhenItIsSentAndOneWhenItArrives) {
    EXPECT_EQ(whole(testing::impatient_handshake()),
              R"(client 127.0.0.1:43512, server 127.0.0.1:8000
        client                                         server
     ms state       calls               segments       calls         state
  0.010                           |                  | socket() = 4
  0.030                           |                  | bind(4) = 0
  0.050                           |                  | listen(4) = 0 LISTEN
  0.080                           |                  | accept(4)
  2.090             socket() = 5  |                  |
  2.110             connect(5)    |                  |
  2.120 SYN_SENT                  |-S 0:0(0)- - - -  |
                                  | S sent again 2x  |
 3.002s                           | - - - -S 0:0(0)->|               SYN_RCVD
 3.002s                           | -S. 0:0(0) ack 1-|

client: CLOSED SYN_SENT
server: CLOSED LISTEN SYN_RCVD
segment 1: sent again 1x until the end, and never needed
segment 2: sent again 2x until the end, and never needed
kernel: 2 of 2 samples of sock_diag agree with the states above
)");
}

TEST(TextLadder, ShowsAllThatAGateDoes) {
    const std::string text = whole(testing::busy_wire());
    EXPECT_NE(text.find(R"(
  2.120 SYN_SENT                  |-S 0:0(0)- - - -  |
 1.002s                           | - - - -S 0:0(0)->|               SYN_RCVD
 1.002s                           | -S. 0:0(0) ack 1-|
 2.002s                           | X-S. 0:0(0) ack 1|
 2.002s                           |-S 0:0(0) again-  |
                                  | S sent again 1x  |
 2.002s                           | -S 0:0(0) again->|
 2.002s                           | -S. 0:0(0) again-|
 3.002s ESTABLISHED               |<-S. 0:0(0) again |
 3.002s                           |-. ack 1- - - - - |
 3.402s                           |  - - - -. ack 1->|               ESTABLISHED
)"),
              std::string::npos)
        << text;
    for (const char* row : {"| P. (5) held back |", "|P. (5) duplicated |", "| P. 6:11(5) ack 1>|",
                            "|P. 1:6(5) ack 1-X |", "|R 1:1(0) injected |",
                            " CLOSED                    |<-R 1:1(0)- - - - |"}) {
        EXPECT_NE(text.find(row), std::string::npos) << row << "\n" << text;
    }
    std::istringstream lines(text);
    for (std::string line; std::getline(lines, line);) EXPECT_LE(line.size(), 80U) << line;
}

// The trace grows by one event at a time; the timeline is another one once the connection is known.
TEST(TextLadder, GrowsByWholeRowsThatNeverChange) {
    for (const model::Trace& whole : {testing::whole_run(), testing::held_handshake(),
                                      testing::impatient_handshake(), testing::busy_wire()}) {
        model::Trace growing;
        std::optional<model::Timeline> timeline;
        TextLadder ladder;
        std::string text;
        for (const model::Event& event : whole.events()) {
            if (event.connection) growing.intern(whole.connections()[*event.connection]);
            growing.append(event);
            if (!timeline || (event.connection && !timeline->connection())) {
                timeline.emplace(growing, event.connection);
            }
            timeline->catch_up();
            const std::string rows = ladder.new_rows(*timeline);
            EXPECT_TRUE(rows.empty() || rows.back() == '\n');
            text += rows;
        }
        EXPECT_EQ(ladder.new_rows(*timeline), "");
        text += ladder.ending(*timeline);
        // Only the line that names both ends stands elsewhere: it was not known at first.
        const std::string at_once = text_ladder(model::Timeline(whole, 0));
        const std::string ends = at_once.substr(0, at_once.find('\n') + 1);
        const std::size_t told = text.find(ends);
        ASSERT_NE(told, std::string::npos) << text;
        EXPECT_EQ(ends + text.erase(told, ends.size()), at_once);
    }
}

TEST(TextLadder, TheRowOfACallWaitsForItsReturnUntilTheRunHasSettled) {
    Story story;
    story.lab();
    story.fact(CallEntered{2, Role::Server, "accept", {{"fd", std::int64_t{3}}}});
    TextLadder at_work;
    const model::Timeline entered(story.trace(), model::ConnectionIndex{0});
    EXPECT_EQ(at_work.new_rows(entered).find("accept"), std::string::npos);
    TextLadder settled;
    EXPECT_NE(settled.new_rows(entered, true).find("| accept(3)\n"), std::string::npos);

    story.fact(CallReturned{2, Role::Server, "accept", 5, ""});
    const model::Timeline returned(story.trace(), model::ConnectionIndex{0});
    EXPECT_NE(at_work.new_rows(returned).find("| accept(3) = 5\n"), std::string::npos);
    EXPECT_NE(settled.new_rows(returned).find("| accept(3) = 5\n"), std::string::npos);
}

TEST(TextLadder, ItsEndingBeginsWithAnEmptyLineOnceAllRowsAreTold) {
    const model::Trace trace = testing::impatient_handshake();
    const model::Timeline timeline(trace, 0);
    TextLadder ladder;
    ladder.new_rows(timeline, true);
    EXPECT_EQ(ladder.ending(timeline).find("\nclient: CLOSED SYN_SENT\n"), 0U);
}

TEST(TextLadder, OfNothingIsAHeading) {
    const model::Trace nothing;
    EXPECT_NE(text_ladder(model::Timeline(nothing)).find("segments"), std::string::npos);
}

}  // namespace
}  // namespace tcpstep::view::terminal
