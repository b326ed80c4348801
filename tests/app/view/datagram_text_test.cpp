#include "app/view/datagram_text.hpp"

#include <algorithm>

#include <gtest/gtest.h>

#include "app/view/copied_segment.hpp"
#include "app/view/event_sentence.hpp"
#include "app/view/scrub_marks.hpp"
#include "app/view/terminal/text_ladder.hpp"
#include "tests/app/view/ladder/sample.hpp"

namespace tcpstep::view {
namespace {

using namespace model;

const SocketAddress kClient = *parse_socket_address("127.0.0.1:9000");
const SocketAddress kServer = *parse_socket_address("127.0.0.1:8000");

// A datagram there, one back, and one that is refused.
Trace run() {
    Trace trace;
    const auto add = [&trace](Fact fact) {
        const auto at = static_cast<std::int64_t>(trace.events().size());
        trace.append({Time(std::chrono::microseconds(10 * at)), std::nullopt, std::move(fact)});
    };
    Scenario scenario;
    scenario.lab = true;
    scenario.tcp = false;
    add(scenario);
    add(DatagramSent{Role::Client, kClient, kServer, 5, {}});
    add(DatagramSent{Role::Server, kServer, kClient, 12, {}});
    add(DatagramSent{Role::Client, kClient, kServer, 1, {}});
    add(IcmpErrorSent{Role::Server, 3, 3, kClient, kServer});
    return trace;
}

TEST(DatagramText, SaysWhatGoesWhichWay) {
    const auto sent = datagram_text(DatagramSent{Role::Server, kServer, kClient, 12, {}});
    ASSERT_TRUE(sent);
    EXPECT_EQ(sent->words, (std::vector<std::string>{"UDP · 12 octets", "UDP"}));
    EXPECT_EQ(sent->way, "127.0.0.1:8000 to 127.0.0.1:9000");
    const auto error = datagram_text(IcmpErrorSent{Role::Server, 3, 3, kClient, kServer});
    ASSERT_TRUE(error);
    EXPECT_EQ(error->words,
              (std::vector<std::string>{"ICMP Destination unreachable (port unreachable)",
                                        "ICMP port unreachable", "ICMP"}));
    EXPECT_EQ(error->numbers,
              (std::vector<std::string>{"type 3 code 3 · 127.0.0.1 to 127.0.0.1", "type 3 code 3"}))
        << "back to whom it is told; ICMP has no ports";
    EXPECT_EQ(error->kind, SegmentKind::Rst);
    EXPECT_FALSE(datagram_text(SegmentHeld{1}));
}

TEST(DatagramText, AnErrorHasItsWordInBothVersions) {
    const SocketAddress six = *parse_socket_address("[::1]:9");
    EXPECT_EQ(icmp_error_text({Role::Server, 1, 4, six, six}), "port unreachable");
    EXPECT_EQ(icmp_error_text({Role::Server, 3, 1, kClient, kServer}), "host unreachable");
    EXPECT_EQ(icmp_error_text({Role::Server, 11, 1, kClient, kServer}), "time exceeded");
    const IcmpErrorSent late{Role::Server, 11, 0, kClient, kServer};
    EXPECT_EQ(datagram_text(late)->words.front(), "ICMP time exceeded");
    const IcmpErrorSent rare{Role::Server, 3, 13, kClient, kServer};
    EXPECT_EQ(datagram_text(rare)->words.front(), "ICMP type 3 code 13");
    EXPECT_EQ(datagram_text(rare)->numbers.size(), 1U) << "type and code are said";
    EXPECT_EQ(icmp_error_text({Role::Server, 3, 13, kClient, kServer}), "type 3 code 13");
    EXPECT_EQ(icmp_error_text({Role::Server, 1, 4, kClient, kServer}), "type 1 code 4");
}

TEST(DatagramText, IsAnArrowInTheTerminal) {
    const Trace trace = run();
    EXPECT_EQ(terminal::text_ladder(Timeline(trace)),
              R"(        client                                         server
     ms state       calls               segments       calls         state
  0.000 There is no TCP here, and so no states: only calls, and what they send.
  0.010                           |-UDP (5)--------->|
  0.020                           |<UDP (12)---------|
  0.030                           |-UDP (1)--------->|
  0.040                           |<port unreachable-|

)");
}

TEST(DatagramText, IsAnArrowInTheWindow) {
    const testing::LadderSample sample(run());
    const ladder::Ladder ladder = sample.at(sample.timeline.size());
    ASSERT_EQ(ladder.arrows.size(), 4U);
    EXPECT_LT(ladder.arrows[0].from.x, ladder.arrows[0].to.x);
    EXPECT_GT(ladder.arrows[1].from.x, ladder.arrows[1].to.x);
    for (std::size_t i = 1; i < 4; ++i) {
        EXPECT_LT(ladder.arrows[i - 1].to.y, ladder.arrows[i].from.y) << "each in a row of its own";
    }
    EXPECT_TRUE(ladder.arrows[3].now);
    EXPECT_TRUE(testing::says(ladder, "UDP · 5 octets"));
    EXPECT_TRUE(testing::says(ladder, "ICMP port unreachable"));
    EXPECT_TRUE(testing::says(sample.at(sample.timeline.size(), 1100),
                              "ICMP Destination unreachable (port unreachable)"));
    EXPECT_TRUE(testing::says(sample.at(sample.timeline.size(), 1100),
                              "type 3 code 3 · 127.0.0.1 to 127.0.0.1"));
    EXPECT_TRUE(testing::says(ladder, "127.0.0.1:9000 to 127.0.0.1:8000"));
    EXPECT_TRUE(testing::says(sample.at(sample.timeline.size(), 420), "ICMP"))
        << "where there is less room";
    EXPECT_EQ(sample.at(2).arrows.size(), 1U) << "what comes later is not drawn";
}

TEST(DatagramText, IsAStepAndAMark) {
    const testing::LadderSample sample(run());
    EXPECT_EQ(sample.index.steps().size(), 4U);
    const auto marks = scrub_marks(sample.timeline, sample.index, 100);
    EXPECT_TRUE(std::all_of(marks.begin(), marks.end(), [](const auto& m) { return m.segment; }));
    EXPECT_NE(marks.front().colour, marks.back().colour);
}

TEST(DatagramText, IsToldInASentence) {
    const testing::LadderSample sample(run());
    const auto told = [&](std::size_t event) {
        return tell_event(sample.timeline, sample.index, event, false).sentence;
    };
    EXPECT_TRUE(
        told(1).starts_with("The client sends a datagram of 5 octets from "
                            "127.0.0.1:9000 to 127.0.0.1:8000."))
        << told(1);
    EXPECT_TRUE(told(3).starts_with("The client sends a datagram of 1 octet from")) << told(3);
    EXPECT_TRUE(
        told(4).starts_with("The server's kernel answers with an ICMP error, port "
                            "unreachable: 127.0.0.1:8000 could"))
        << told(4);
}

TEST(DatagramCopied, AsTcpdumpAsPacketdrillAndAsJson) {
    const Trace trace = run();
    const Timeline timeline(trace);
    TimelineIndex index;
    index.catch_up(timeline);
    const auto copied = [&](std::size_t position, CopyForm form) {
        return copied_datagram(timeline, index, position, form).value_or("nothing");
    };
    EXPECT_EQ(copied(1, CopyForm::Tcpdump), "nothing") << "none was sent yet";
    EXPECT_EQ(copied(2, CopyForm::Tcpdump),
              "00:00:00.000010 IP 127.0.0.1.9000 > 127.0.0.1.8000: UDP, length 5");
    EXPECT_EQ(copied(3, CopyForm::Packetdrill), "+0.000010 < udp (12)");
    // What answers it is not what one copies: the datagram before it is.
    EXPECT_EQ(copied(5, CopyForm::Packetdrill), "+0.000010 > udp (1)");
    EXPECT_NE(copied(3, CopyForm::Json).find("\"name\":\"udp:datagram_sent\""), std::string::npos)
        << copied(3, CopyForm::Json);
}

}  // namespace
}  // namespace tcpstep::view
