#include "app/cli/live_ladder.hpp"

#include <algorithm>

#include <gtest/gtest.h>

#include "tests/app/view/sample_run.hpp"

namespace tcpstep::cli {
namespace {

using model::Flags;
using model::Role;
using testing::RunBuilder;

// The ladder of a trace that is told event by event.
std::string told_bit_by_bit(const model::Trace& whole, bool settled) {
    model::Trace trace;
    trace.title = whole.title;
    LiveLadder ladder(trace);
    std::string text;
    for (const model::Event& event : whole.events()) {
        if (event.connection) trace.intern(whole.connections()[*event.connection]);
        trace.append(event);
        text += ladder.new_rows(settled);
    }
    return text + ladder.rest();
}

std::size_t count(const std::string& text, const std::string& what) {
    std::size_t times = 0;
    for (std::size_t at = text.find(what); at != std::string::npos; at = text.find(what, at + 1)) {
        ++times;
    }
    return times;
}

TEST(LiveLadder, OfOneConnectionIsItsTextLadderUnderTheTitle) {
    for (const model::Trace& trace : {testing::whole_run(), testing::held_handshake()}) {
        const model::Timeline timeline(trace, model::ConnectionIndex{0});
        EXPECT_EQ(told_bit_by_bit(trace, false),
                  trace.title + "\n" + view::terminal::text_ladder(timeline));
    }
}

TEST(LiveLadder, HasNothingToSayTwice) {
    const model::Trace trace = testing::whole_run();
    LiveLadder ladder(trace);
    EXPECT_NE(ladder.new_rows(true), "");
    EXPECT_EQ(ladder.new_rows(true), "");
}

// The heading names both ends: it waits for the first segment, unless that is long in coming.
TEST(LiveLadder, WaitsForTheFirstSegment) {
    RunBuilder run;
    run.call(Role::Server, "accept");
    LiveLadder ladder(run.trace);
    EXPECT_EQ(ladder.new_rows(false), "");
    EXPECT_NE(ladder.new_rows(true).find("accept()"), std::string::npos);
    run.send(Role::Client, Flags::kSyn, 0, 0);
    const std::string more = ladder.new_rows(true);
    EXPECT_NE(more.find("S 0:0(0)"), std::string::npos);
    EXPECT_EQ(more.find("accept()"), std::string::npos) << more;
}

// listen(), SYN, SYN of a second connection, recv() that concerns both, an answer to the first.
model::Trace two_connections() {
    RunBuilder run;
    run.call(Role::Server, "listen", {{"fd", std::int64_t{3}}}).returns(Role::Server, "listen", 0);
    run.send(Role::Client, Flags::kSyn, 0, 0);
    const auto second = run.trace.intern({*model::parse_socket_address("127.0.0.1:99"),
                                          *model::parse_socket_address("127.0.0.1:8000")});
    model::Segment syn;
    syn.id = 9;
    syn.flags = Flags(Flags::kSyn);
    run.trace.append({run.trace.events().back().time, second, model::SegmentSent{syn, 0}});
    run.call(Role::Server, "recv");
    run.send(Role::Server, Flags::kSyn | Flags::kAck, 0, 1);
    return std::move(run.trace);
}

TEST(LiveLadder, TurnsFromOneConnectionToAnother) {
    const std::string text = told_bit_by_bit(two_connections(), false);
    const std::string marks[] = {"client 127.0.0.1:43512, server",
                                 "listen(",
                                 "S 0:0(0)",
                                 "-- connection 2: client 127.0.0.1:99 --",
                                 "S 0:0(0)",
                                 "recv()",
                                 "-- connection 1: client 127.0.0.1:43512 --",
                                 "S. 0:0(0)",
                                 "\n\n-- connection 1: client 127.0.0.1:43512 --\nclient: CLOSED",
                                 "\n\n-- connection 2: client 127.0.0.1:99 --\nclient: CLOSED"};
    std::size_t at = 0;
    for (const std::string& mark : marks) {
        at = text.find(mark, at);
        ASSERT_NE(at, std::string::npos) << mark << "\nis not where it should be in\n" << text;
        at += mark.size();
    }
}

TEST(LiveLadder, TellsOnceWhatConcernsAll) {
    for (const bool settled : {false, true}) {
        const std::string text = told_bit_by_bit(two_connections(), settled);
        EXPECT_EQ(count(text, "LISTEN\n"), 1U) << text;
        EXPECT_EQ(count(text, "recv()"), 1U) << text;
        EXPECT_EQ(count(text, "S 0:0(0)"), 2U) << text;
    }
}

}  // namespace
}  // namespace tcpstep::cli
