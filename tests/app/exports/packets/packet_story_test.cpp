#include "app/exports/packets/packet_story.hpp"

#include <chrono>

#include <gtest/gtest.h>

#include "app/exports/packets/packet_comment.hpp"
#include "app/strings/strings.hpp"
#include "tests/app/view/sample_run.hpp"

namespace tcpstep::exports::packets {
namespace {

using namespace model;
using namespace std::chrono_literals;
using Fate = PacketStory::Fate;
using S = State;

const PacketStory& story_of(const std::vector<PacketStory>& stories, SegmentId id) {
    for (const PacketStory& story : stories) {
        if (story.segment == id) return story;
    }
    static const PacketStory none;
    ADD_FAILURE() << "no segment " << id;
    return none;
}

TEST(PacketStory, HasTheStatesBeforeAndAfter) {
    const auto stories = packet_stories(testing::whole_run(), std::nullopt);
    struct Case {
        SegmentId id;
        S client, client_after, server, server_after;
    };
    for (const Case& c : {Case{1, S::Closed, S::SynSent, S::Listen, S::SynRcvd},
                          Case{2, S::SynSent, S::Established, S::SynRcvd, S::SynRcvd},
                          Case{3, S::Established, S::Established, S::SynRcvd, S::Established},
                          Case{4, S::Established, S::Established, S::Established, S::Established},
                          Case{8, S::Established, S::FinWait1, S::Established, S::CloseWait},
                          Case{9, S::FinWait1, S::FinWait2, S::CloseWait, S::CloseWait},
                          Case{10, S::FinWait2, S::TimeWait, S::CloseWait, S::LastAck},
                          Case{11, S::TimeWait, S::TimeWait, S::LastAck, S::Closed}}) {
        const PacketStory& story = story_of(stories, c.id);
        EXPECT_EQ(story.end(Role::Client).before, c.client) << c.id;
        EXPECT_EQ(story.end(Role::Client).after, c.client_after) << c.id;
        EXPECT_EQ(story.end(Role::Server).before, c.server) << c.id;
        EXPECT_EQ(story.end(Role::Server).after, c.server_after) << c.id;
        EXPECT_EQ(story.fate, Fate::Taken);
    }
}

// As in the window: a SYN shows that its sender was CLOSED, and moves it.
TEST(PacketStory, OfACaptureASegmentMovesFromTheStateThatItShows) {
    Trace capture;
    const Trace run = testing::whole_run();
    for (const ConnectionId& id : run.connections()) capture.intern(id);
    for (const Event& event : run.events())
        if (std::holds_alternative<SegmentSent>(event.fact)) capture.append(event);
    const auto stories = packet_stories(capture, std::nullopt);
    const std::string comment = packet_comment(capture, story_of(stories, 1));
    EXPECT_NE(comment.find("client: CLOSED → SYN_SENT"), std::string::npos) << comment;
    EXPECT_NE(comment.find("server: LISTEN → SYN_RCVD"), std::string::npos) << comment;
}

TEST(PacketStory, OfASegmentThatIsHeldTheReceiverMeetsItWhenItArrives) {
    const auto stories = packet_stories(testing::busy_wire(), std::nullopt);
    const PacketStory& syn = story_of(stories, 1);
    EXPECT_EQ(syn.fate, Fate::Delivered);
    EXPECT_EQ(syn.end(Role::Client).after, S::SynSent);
    EXPECT_EQ(syn.end(Role::Server).before, S::Listen);
    EXPECT_EQ(syn.end(Role::Server).after, S::SynRcvd);
    ASSERT_TRUE(syn.held_at);
    EXPECT_EQ(syn.landed - *syn.held_at, 1s + 10us);
    const PacketStory& reset = story_of(stories, 13);
    EXPECT_EQ(reset.end(Role::Client).before, S::Established);
    EXPECT_EQ(reset.end(Role::Client).after, S::Closed);
}

TEST(PacketStory, TellsWhatTheGateDid) {
    const auto stories = packet_stories(testing::busy_wire(), std::nullopt);
    ASSERT_EQ(stories.size(), 13U);
    struct Case {
        SegmentId id;
        Fate fate;
        SegmentId original;
        bool absorbed;
    };
    for (const Case& c :
         {Case{2, Fate::Dropped, 0, false}, Case{3, Fate::Delivered, 1, true},
          Case{4, Fate::Dropped, 1, true}, Case{5, Fate::Delivered, 2, false},
          Case{6, Fate::Delivered, 0, false}, Case{9, Fate::Dropped, 7, false},
          Case{10, Fate::InFlight, 0, false}, Case{13, Fate::Delivered, 0, false}}) {
        const PacketStory& story = story_of(stories, c.id);
        EXPECT_EQ(story.fate, c.fate) << c.id;
        EXPECT_EQ(story.original, c.original) << c.id;
        EXPECT_EQ(story.absorbed, c.absorbed) << c.id;
    }
    EXPECT_EQ(story_of(stories, 9).from, Role::Client);
}

TEST(PacketStory, NamesTheCallsThatSentItAndThatItLetReturn) {
    const Trace trace = testing::busy_wire();
    const auto stories = packet_stories(trace, std::nullopt);
    const auto comment = [&](SegmentId id) { return packet_comment(trace, story_of(stories, id)); };
    EXPECT_EQ(comment(1),
              "Segment 1 · client → server\n"
              "sent by: client: connect(127.0.0.1:8000)\n"
              "client: CLOSED → SYN_SENT\n"
              "server: LISTEN → SYN_RCVD\n"
              "held for 1 s, then delivered");
    EXPECT_EQ(comment(2),
              "Segment 2 · server → client\n"
              "client: SYN_SENT\n"
              "server: SYN_RCVD\n"
              "held for 1 s, then dropped: it never arrives");
    EXPECT_EQ(comment(4),
              "Segment 1c · client → server\n"
              "absorbed: sent again though segment 1 was not lost\n"
              "client: SYN_SENT\n"
              "server: SYN_RCVD\n"
              "dropped: it never arrives");
    EXPECT_EQ(comment(5),
              "Segment 3 · server → client\n"
              "sent again: segment 2 once more\n"
              "client: SYN_SENT → ESTABLISHED\n"
              "server: SYN_RCVD\n"
              "held for 1 s, then delivered\n"
              "then returned: client: connect() = 0");
    EXPECT_NE(comment(7).find("\nsent by: client: send(\"hello\")\n"), std::string::npos)
        << comment(7);
    EXPECT_NE(comment(9).find("duplicated by tcpstep: a copy of segment 5"), std::string::npos);
    EXPECT_NE(comment(10).find("held, and not let go when the trace ends"), std::string::npos);
    EXPECT_NE(comment(13).find("injected by tcpstep: the server did not send it"),
              std::string::npos);
}

TEST(PacketStory, IsToldInTheLanguageOfTheProgram) {
    const Trace trace = testing::busy_wire();
    const auto stories = packet_stories(trace, std::nullopt);
    strings::set_language(strings::Language::Chinese);
    const std::string comment = packet_comment(trace, stories.front());
    strings::set_language(strings::Language::English);
    EXPECT_NE(comment.find("客户端：CLOSED → SYN_SENT"), std::string::npos) << comment;
    EXPECT_NE(comment.find("扣留 1 s，然后交付"), std::string::npos) << comment;
}

TEST(PacketStory, ADatagramHasTheCallThatGaveIt) {
    Trace trace;
    Time now{};
    for (const std::uint32_t length : {5U, 6U, 22U}) {
        DatagramSent sent;
        sent.source = *parse_socket_address("127.0.0.1:9000");
        sent.destination = *parse_socket_address("127.0.0.1:8000");
        sent.length = length;
        trace.append({now += 1ms, std::nullopt, sent});
    }
    const auto read = [&](CallId id, std::int64_t result, std::uint32_t whole) {
        CallEntered call;
        call.id = id;
        call.endpoint = Role::Server;
        call.call = "recvfrom";
        trace.append({now += 1ms, std::nullopt, call});
        CallReturned returned;
        returned.id = id;
        returned.endpoint = Role::Server;
        returned.call = "recvfrom";
        returned.result = result;
        returned.datagram_length = whole;
        trace.append({now += 1ms, std::nullopt, returned});
        return trace.events().size() - 1;
    };
    const std::vector<std::size_t> calls = {read(1, 5, 0), read(2, 6, 0), read(3, 8, 22)};
    const auto stories = packet_stories(trace, std::nullopt);
    ASSERT_EQ(stories.size(), 3U);
    for (std::size_t i = 0; i < 3; ++i)
        EXPECT_EQ(stories[i].call_backs, std::vector<std::size_t>{calls[i]}) << i;
}

TEST(PacketStory, OfOneConnectionOnly) {
    EXPECT_EQ(packet_stories(testing::whole_run(), 0).size(), 11U);
    EXPECT_EQ(packet_stories(testing::whole_run(), 1).size(), 0U);
}

}  // namespace
}  // namespace tcpstep::exports::packets
