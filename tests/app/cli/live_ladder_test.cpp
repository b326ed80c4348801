#include "app/cli/live_ladder.hpp"

#include <algorithm>
#include <sstream>

#include <gtest/gtest.h>

#include "app/view/event_more.hpp"
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

// The rows are those of the plain ladder, but for a call and its return that share one there.
TEST(LiveLadder, TellsMoreBelowTheRowOfEachEvent) {
    const model::Trace trace = testing::held_handshake();
    LiveLadder plain(trace);
    LiveLadder ladder(trace, {}, {true, 72});
    const std::string text = ladder.new_rows(true);
    EXPECT_EQ(plain.new_rows(true).find("RFC"), std::string::npos);
    const std::string marks[] = {
        "S 0:0(0)",       "Rule: RFC 9293 3.10.1",      "Cause: ",
        "Numbers: ",      "->|               SYN_RCVD", "Rule: RFC 9293 3.10.7.2",
        "S. 0:0(0) ack 1"};
    std::size_t at = 0;
    for (const std::string& mark : marks) {
        at = text.find(mark, at);
        ASSERT_NE(at, std::string::npos) << mark << "\nis not where it should be in\n" << text;
    }
    std::istringstream lines(text);
    for (std::string line; std::getline(lines, line);) {
        // What is more is indented and never wider than asked for; "→", "·" take three, two octets.
        if (line.starts_with("          ")) {
            EXPECT_LE(line.size(), 72U + 8U) << line;
        }
    }
    EXPECT_EQ(ladder.new_rows(true), "");
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

// Each event's row, and at once below it all that there is to tell of that event.
TEST(LiveLadder, TellsOfEachEventWhatTheWindowTells) {
    int calls = 0;  // which have rows of their own
    for (const model::Trace& whole : {testing::whole_run(), testing::busy_wire()}) {
        model::Trace trace;
        trace.intern(whole.connections().front());
        LiveLadder ladder(trace, "title", {true, 10'000});
        for (const model::Event& event : whole.events()) {
            trace.append(event);
            const std::string text = ladder.new_rows(false);
            if (std::holds_alternative<model::Scenario>(event.fact)) continue;
            const model::Timeline timeline(trace, model::ConnectionIndex{0});
            view::TimelineIndex index;
            index.catch_up(timeline);
            if (text.empty()) continue;  // has no row
            std::size_t at = 0;
            for (const view::MoreLine& line :
                 view::tell_more(timeline, index, timeline.size() - 1, false)) {
                at = text.find(line.text, at);
                ASSERT_NE(at, std::string::npos) << line.label << ": " << line.text << "\n" << text;
            }
            EXPECT_NE(at, 0U) << text;
            const bool a_call = std::holds_alternative<model::CallEntered>(event.fact);
            EXPECT_TRUE(!a_call || text.find("Rule") != std::string::npos) << text;
            calls += a_call ? 1 : 0;
        }
    }
    EXPECT_GT(calls, 5);
}

TEST(LiveLadder, TellsMoreOfEachConnectionInItsOwnNumbers) {
    const model::Trace trace = two_connections();
    LiveLadder ladder(trace, {}, {true, 80});
    const std::string text = ladder.rest();
    const std::size_t second = text.find("-- connection 2");
    ASSERT_NE(second, std::string::npos);
    EXPECT_NE(text.find("Rule: RFC 9293 3.10.1", second), std::string::npos) << text;
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
