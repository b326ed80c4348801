#include "model/timeline.hpp"

#include <chrono>
#include <random>
#include <utility>

#include <gtest/gtest.h>

#include "tests/model/story.hpp"

namespace tcpstep::model {
namespace {

using testing::Story;

Story long_story() {
    Story story(0xffffff00);
    story.lab().listen().handshake();
    for (std::uint32_t i = 0; i < 200; ++i) {
        story.client("PA", 1 + 5 * i, 1, 5).server("A", 1, 6 + 5 * i);
    }
    return story;
}

TEST(Timeline, FoldOfEveryPrefixEqualsApplyingOneByOne) {
    const Story story = long_story();
    const Timeline timeline(story.trace(), ConnectionIndex{0});
    ASSERT_GT(timeline.size(), 4 * Timeline::kStride);
    Connection one_by_one;
    EXPECT_EQ(timeline.at(0), one_by_one);
    for (std::size_t i = 0; i < timeline.size(); ++i) {
        EXPECT_EQ(apply(one_by_one, timeline.event(i)), timeline.effects(i)) << "event " << i;
        EXPECT_EQ(timeline.at(i + 1), one_by_one) << "after event " << i;
    }
}

TEST(Timeline, AnyOrderOfLookingGivesTheSame) {
    const Story story = long_story();
    const Timeline forward(story.trace(), ConnectionIndex{0});
    std::vector<Connection> expected;
    for (std::size_t p = 0; p <= forward.size(); ++p) expected.push_back(forward.at(p));

    const Timeline jumping(story.trace(), ConnectionIndex{0});
    for (std::size_t p = expected.size(); p-- > 0;)
        EXPECT_EQ(jumping.at(p), expected[p]) << "back at " << p;
    std::mt19937 random(7);
    std::uniform_int_distribution<std::size_t> any(0, expected.size() - 1);
    for (int i = 0; i < 500; ++i) {
        const std::size_t p = any(random);
        EXPECT_EQ(jumping.at(p), expected[p]) << "jump to " << p;
    }
}

TEST(Timeline, GrowsWithItsTrace) {
    const Story story = long_story();
    Trace growing;
    growing.intern(story.trace().connections()[0]);
    Timeline timeline(growing, ConnectionIndex{0});
    for (const Event& event : story.trace().events()) {
        growing.append(event);
        timeline.catch_up();
    }
    const Timeline whole(story.trace(), ConnectionIndex{0});
    ASSERT_EQ(timeline.size(), whole.size());
    for (std::size_t p = 0; p <= whole.size(); ++p) EXPECT_EQ(timeline.at(p), whole.at(p));
}

TEST(Timeline, SeesItsConnectionAndWhatConcernsAll) {
    Story story;
    story.lab().listen().handshake();
    Trace trace = story.trace();
    const ConnectionIndex other = trace.intern(*parse_connection_id("127.0.0.1:2-127.0.0.1:8000"));
    Segment syn;
    syn.id = 99;
    syn.flags = Flags(Flags::kSyn);
    trace.append({trace.events().back().time, other, SegmentSent{syn}});

    const Timeline first(trace, ConnectionIndex{0});
    EXPECT_EQ(first.size(), 6U);
    EXPECT_EQ(first.event_of_segment(99), std::nullopt);
    const Timeline second(trace, other);
    EXPECT_EQ(second.size(), 4U);
    EXPECT_EQ(second.at(4).client.state(), State::SynSent);
    EXPECT_EQ(second.at(4).server.state(), State::SynRcvd) << "it shares the listener";
    const Timeline none(trace);
    EXPECT_EQ(none.size(), 3U);
    EXPECT_EQ(none.at(3).server.state(), State::Listen);
}

TEST(Timeline, FindsSegmentsAndWhatACopyCopies) {
    Story story;
    story.lab(true)
        .listen()
        .client("S", 0)
        .fact(SegmentDuplicated{1, 2})
        .fact(SegmentDuplicated{2, 3});
    const Timeline timeline(story.trace(), ConnectionIndex{0});
    EXPECT_EQ(timeline.event_of_segment(1), 3U);
    EXPECT_EQ(timeline.event_of_segment(3), 5U);
    ASSERT_NE(timeline.segment(3), nullptr);
    EXPECT_TRUE(timeline.segment(3)->flags.syn());
    EXPECT_EQ(timeline.segment(4), nullptr);
}

TEST(Timeline, ACopyOfItselfEndsNowhere) {
    Story story;
    story.fact(SegmentDuplicated{5, 5});
    const Timeline timeline(story.trace(), ConnectionIndex{0});
    EXPECT_EQ(timeline.segment(5), nullptr);
}

// ---- Captures ----

/// "client SYN_SENT after 1 by 1": the changes, with what they are told after and what caused them.
std::vector<std::string> told(const Timeline& timeline) {
    std::vector<std::string> lines;
    for (std::size_t i = 0; i < timeline.size(); ++i) {
        for (const Effects::Change& change : timeline.effects(i).changes) {
            std::string line = std::string(name(change.endpoint)) + " " +
                               std::string(name(change.change.to)) + " after " +
                               std::to_string(i + 1) + " by " + std::to_string(change.cause);
            if (change.doubt != Doubt::None) line += "?";
            lines.push_back(line);
        }
    }
    return lines;
}

/// Its SYN,ACK is lost twice; its last ACK perhaps.
Story captured_story(std::uint32_t isn = 1000) {
    Story story(isn, isn + 7);
    story.client("S", 0).server("SA", 0, 1).server("SA", 0, 1).client("A", 1, 1);
    story.client("PA", 1, 1, 5).server("A", 1, 6);
    story.client("FA", 6, 1).server("A", 1, 7).server("FA", 1, 7).client("A", 7, 2);
    return story;
}

/// The states at every position are those that the events before it brought.
void expect_states_as_told(const Timeline& timeline) {
    State states[2] = {State::Unknown, State::Unknown};
    for (std::size_t i = 0; i < timeline.size(); ++i) {
        for (const Effects::Change& change : timeline.effects(i).changes) {
            State& state = states[change.endpoint == Role::Client ? 0 : 1];
            EXPECT_EQ(state, change.change.from) << "event " << i;
            state = change.change.to;
            EXPECT_GE(timeline.at(i + 1).end(change.endpoint).since(), timeline.event(i).time);
        }
        EXPECT_EQ(timeline.at(i + 1).client.state(), states[0]) << "event " << i;
        EXPECT_EQ(timeline.at(i + 1).server.state(), states[1]) << "event " << i;
    }
}

TEST(TimelineOfACapture, TellsWhatTheTrackerFinds) {
    const Story story = captured_story();
    const Timeline timeline(story.trace(), ConnectionIndex{0});
    const std::vector<TrackedChange> found = tracked_changes(story.trace())[0];
    std::vector<std::string> expected;
    for (const TrackedChange& change : found) {
        expected.push_back(std::string(name(change.endpoint)) + " " + std::string(name(change.to)) +
                           " after " + std::to_string(change.after) + " by " +
                           std::to_string(change.cause) + (change.doubt == Doubt::None ? "" : "?"));
    }
    EXPECT_EQ(told(timeline), expected);
    EXPECT_GT(expected.size(), 9U);
    expect_states_as_told(timeline);
    EXPECT_EQ(timeline.at(timeline.size()).client.state(), State::TimeWait);
    EXPECT_TRUE(timeline.at(timeline.size()).captured());
}

TEST(TimelineOfACapture, ALabIsFoldedAsBefore) {
    Story story;
    story.lab().listen().handshake();
    const Timeline timeline(story.trace(), ConnectionIndex{0});
    EXPECT_FALSE(timeline.at(timeline.size()).captured());
    EXPECT_TRUE(tracked_changes(story.trace())[0].empty());
    EXPECT_EQ(timeline.at(timeline.size()).server.state(), State::Established);
}

TEST(TimelineOfACapture, NumbersMoveAndStatesDoNot) {
    for (const std::uint32_t isn : {1000U, 0xffffffffU, 0xfffffffeU, 0U - 34U}) {
        const Story story = captured_story(isn);
        Connection connection;
        for (const Event& event : story.trace().events()) {
            EXPECT_TRUE(apply(connection, event).changes.empty());
        }
        EXPECT_EQ(connection.client.state(), State::Unknown);
        EXPECT_EQ(connection.client.snd_una(), SeqNum(isn) + 7);
        EXPECT_EQ(connection.client.snd_nxt(), SeqNum(isn) + 7);
        EXPECT_EQ(connection.server.rcv_nxt(), SeqNum(isn) + 7);
        EXPECT_EQ(connection.client.rcv_nxt(), SeqNum(isn + 7) + 2);
        EXPECT_EQ(connection.server.irs(), SeqNum(isn));
        const Timeline timeline(story.trace(), ConnectionIndex{0});
        EXPECT_EQ(timeline.effects(2).retransmission_of, 2U);
        EXPECT_EQ(timeline.at(timeline.size()).server.irs(), SeqNum(isn))
            << "told to have listened";
    }
}

TEST(TimelineOfACapture, AnAckShowsWhatTheCaptureLost) {
    Story story;
    story.handshake().client("PA", 101, 1, 5);  // the 100 octets before it were not captured
    const auto received = [&] { return story.result().server.rcv_nxt(); };
    EXPECT_EQ(received(), SeqNum(1000) + 1);
    story.server("A", 1, 106);
    EXPECT_EQ(received(), SeqNum(1000) + 106);
    story.client("PA", 106, 1, 5);
    EXPECT_EQ(received(), SeqNum(1000) + 111);
}

TEST(TimelineOfACapture, AnyOrderOfLookingGivesTheSame) {
    Story story;
    story.handshake();
    for (std::uint32_t i = 0; i < 100; ++i) {
        story.client("PA", 1 + 5 * i, 1, 5).server("A", 1, 6 + 5 * i);
    }
    story.client("FA", 501, 1).server("FA", 1, 502).client("A", 502, 2);
    const Timeline timeline(story.trace(), ConnectionIndex{0});
    std::vector<Connection> expected;
    for (std::size_t p = 0; p <= timeline.size(); ++p) expected.push_back(timeline.at(p));
    expect_states_as_told(timeline);
    for (std::size_t p = expected.size(); p-- > 0;) EXPECT_EQ(timeline.at(p), expected[p]) << p;
}

// What was said may be revised: it is always what a timeline of the same events would say.
TEST(TimelineOfACapture, GrowsAndRevises) {
    std::size_t revisions = 0;
    for (const std::uint32_t answers : {0U, 1U, 100U}) {
        Story story;
        story.handshake();
        for (std::uint32_t i = 0; i < answers; ++i) story.server("A", 1, 1);
        // The server resets what it never took for open: the ACK of its SYN was lost.
        story.server("SA", 0, 1).client("A", 1, 1).client("FA", 1, 1).client("FA", 1, 1);
        story.server("FA", 1, 2).server("FA", 1, 2).client("RA", 2, 2);
        Trace growing;
        growing.intern(story.trace().connections()[0]);
        Timeline timeline(growing, ConnectionIndex{0});
        for (const Event& event : story.trace().events()) {
            if (timeline.size() > 0) timeline.at(timeline.size() - 1);  // which is remembered
            growing.append(event);
            timeline.catch_up();
            const Timeline whole(growing, ConnectionIndex{0});
            ASSERT_EQ(told(timeline), told(whole)) << "at event " << growing.events().size();
            for (std::size_t p = whole.size() + 1; p-- > 0;) {
                ASSERT_EQ(timeline.at(p), whole.at(p)) << p << " of " << whole.size();
            }
        }
        revisions += timeline.revisions();
    }
    EXPECT_GT(revisions, 0U) << "the story has nothing that is revised";
}

TEST(TimelineOfACapture, ItsIdsNeedNotAscend) {
    const Story story = captured_story();
    const Trace& trace = story.trace();
    Trace backwards;
    backwards.intern(trace.connections()[0]);
    for (Event event : trace.events()) {
        Segment& segment = std::get<SegmentSent>(event.fact).segment;
        segment.id = 100 - segment.id;
        backwards.append(std::move(event));
    }
    const Timeline timeline(backwards, ConnectionIndex{0});
    std::vector<TrackedChange> expected = tracked_changes(trace)[0];
    for (TrackedChange& change : expected) {
        change.after = 100 - change.after;
        if (change.cause != 0) change.cause = 100 - change.cause;
    }
    EXPECT_EQ(tracked_changes(backwards)[0], expected);
    expect_states_as_told(timeline);
    EXPECT_EQ(timeline.at(timeline.size()).client.state(), State::TimeWait);
}

// The tracker's view of the end of a connection ends where the next one begins.
TEST(TimelineOfACapture, TheNextGenerationEndsTheOneBefore) {
    const Story story = captured_story();
    Trace trace = story.trace();
    ConnectionId next = trace.connections()[0];
    next.generation = 2;
    std::swap(next.client, next.server);
    const ConnectionIndex second = trace.intern(next);
    Segment syn;
    syn.id = 99;
    syn.from = Role::Server;  // as that is called who was the client
    syn.flags = Flags(Flags::kSyn);
    const Time soon = trace.events().back().time + std::chrono::milliseconds(1);
    trace.append({soon, second, SegmentSent{syn}});
    syn.id = 100;
    trace.append({soon + std::chrono::hours(1), second, SegmentSent{syn}});

    TrackedStates ended(trace);
    for (const Event& event : story.trace().events()) ended.take(event);
    const std::vector<TrackedChange> without = ended.changes();
    ended.give_way(trace.connections()[0], trace.events()[story.trace().events().size()]);
    const std::vector<TrackedChange> expected = ended.changes();
    EXPECT_NE(expected, without) << "the story does not depend on what follows";
    EXPECT_EQ(tracked_changes(trace)[0], expected);
    const Timeline timeline(trace, ConnectionIndex{0});
    std::vector<Doubt> doubts;
    for (std::size_t i = 0; i < timeline.size(); ++i) {
        for (const auto& change : timeline.effects(i).changes) doubts.push_back(change.doubt);
    }
    ASSERT_EQ(doubts.size(), expected.size());
    for (std::size_t i = 0; i < doubts.size(); ++i) EXPECT_EQ(doubts[i], expected[i].doubt) << i;
}

TEST(TimelineOfACapture, ASampleIsComparedWithWhatIsTold) {
    Story story = captured_story();
    SocketSampled sample;
    sample.endpoint = Role::Client;
    sample.state = State::TimeWait;
    story.fact(sample);
    EXPECT_EQ(story.result().client.agreement(), Agreement::Agrees);
    sample.state = State::LastAck;
    story.fact(sample);
    EXPECT_EQ(story.result().client.agreement(), Agreement::Differs);
    EXPECT_EQ(story.result().client.state(), State::TimeWait);
    story.client("A", 7, 2);
    EXPECT_EQ(story.result().client.agreement(), Agreement::Differs) << "nothing has moved";
}

}  // namespace
}  // namespace tcpstep::model
