#include "app/view/diagram/edge_words.hpp"

#include <algorithm>

#include <gtest/gtest.h>

#include "app/view/diagram/state_story.hpp"
#include "tests/app/view/sample_run.hpp"

namespace tcpstep::view::diagram {
namespace {

using namespace model;
using namespace std::chrono_literals;

constexpr Role C = Role::Client;
constexpr Role S = Role::Server;

struct Sample {
    explicit Sample(Trace t) : trace(std::move(t)), timeline(trace, 0) { index.catch_up(timeline); }
    StateStory story(Role role, State state, std::optional<std::size_t> position = {},
                     std::optional<Time> now = {}) const {
        return tell_state(timeline, index, role, state, position.value_or(timeline.size()), now);
    }
    Trace trace;
    Timeline timeline;
    TimelineIndex index;
};

// RFC 9293 Figure 5, each edge of it that kMachine has.
TEST(EdgeWords, AreThoseOfTheFigure) {
    struct Case {
        State from;
        On on;
        const char* words;
    };
    for (const Case& c : {Case{State::Closed, On::PassiveOpen, "passive OPEN / create TCB"},
                          Case{State::Closed, On::ActiveOpen, "active OPEN / create TCB, snd SYN"},
                          Case{State::Listen, On::Close, "CLOSE / delete TCB"},
                          Case{State::Listen, On::ActiveOpen, "SEND / snd SYN"},
                          Case{State::Listen, On::RcvSyn, "rcv SYN / snd SYN,ACK"},
                          Case{State::SynSent, On::Close, "CLOSE / delete TCB"},
                          Case{State::SynSent, On::RcvSyn, "rcv SYN / snd SYN,ACK"},
                          Case{State::SynSent, On::RcvSynAck, "rcv SYN,ACK / snd ACK"},
                          Case{State::SynRcvd, On::RcvAckOfSyn, "rcv ACK of SYN / x"},
                          Case{State::SynRcvd, On::Close, "CLOSE / snd FIN"},
                          Case{State::Established, On::Close, "CLOSE / snd FIN"},
                          Case{State::Established, On::RcvFin, "rcv FIN / snd ACK"},
                          Case{State::FinWait1, On::RcvAckOfFin, "rcv ACK of FIN / x"},
                          Case{State::FinWait1, On::RcvFin, "rcv FIN / snd ACK"},
                          Case{State::FinWait2, On::RcvFin, "rcv FIN / snd ACK"},
                          Case{State::CloseWait, On::Close, "CLOSE / snd FIN"},
                          Case{State::Closing, On::RcvAckOfFin, "rcv ACK of FIN / x"},
                          Case{State::LastAck, On::RcvAckOfFin, "rcv ACK of FIN / x"},
                          Case{State::TimeWait, On::TimeWaitEnds, "Timeout=2MSL / delete TCB"},
                          Case{State::Established, On::Abort, "ABORT / snd RST"},
                          Case{State::Established, On::RcvRst, "rcv RST / delete TCB"}}) {
        const Transition* edge = find_transition(c.from, c.on);
        ASSERT_NE(edge, nullptr) << c.words;
        EXPECT_EQ(edge_text(*edge), c.words) << name(c.from);
    }
    EXPECT_EQ(edge_text(*find_transition(State::SynRcvd, On::RcvRst, Opened::Passively)),
              "rcv RST / x");
    for (const Transition& edge : kMachine) {
        EXPECT_FALSE(edge_label(edge).event.empty());
        EXPECT_FALSE(edge_label(edge).action.empty());
    }
}

TEST(EdgeWords, TellWhatCausedTheChangeInThisRun) {
    const Sample sample(testing::whole_run());
    std::vector<std::string> causes;
    for (const auto& change : sample.index.changes(C)) {
        causes.push_back(cause_text(sample.timeline, change));
    }
    ASSERT_GE(causes.size(), 5U);
    EXPECT_EQ(causes[0], "the run begins");
    EXPECT_EQ(causes[1], "segment 1 (SYN) is sent");
    EXPECT_EQ(causes[2], "segment 2 (SYN, ACK) arrives");
    const Sample held(testing::busy_wire());
    const auto& server = held.index.changes(S);
    bool arrived = false;
    for (const auto& change : server) {
        arrived = arrived || cause_text(held.timeline, change) == "segment 1 (SYN) arrives";
    }
    EXPECT_TRUE(arrived) << "delivered by the gate";
}

// An open connection; the server resets it, and a process of it may have closed it.
testing::RunBuilder open_connection() {
    testing::RunBuilder run;
    run.call(S, "listen", {{"fd", std::int64_t{4}}, {"backlog", std::int64_t{10}}});
    run.returns(S, "listen", 0);
    run.send(C, Flags::kSyn, 0, 0).send(S, Flags::kSyn | Flags::kAck, 0, 1);
    run.send(C, Flags::kAck, 1, 1).send(C, Flags::kAck, 1, 1, 10);
    return run;
}

std::string label_of_last(const testing::RunBuilder& run, Role role) {
    const Sample sample(run.trace);
    const TimelineIndex::Change& last = sample.index.changes(role).back();
    if (last.what.change.edge == nullptr) return "no edge taken";
    const EdgeLabel label = taken_label(sample.timeline, last);
    EXPECT_EQ(label.action, edge_label(*last.what.change.edge).action);
    const std::string told =
        tell_edge(sample.timeline, sample.index, *last.what.change.edge, &last);
    EXPECT_NE(told.find(edge_text(label)), std::string::npos) << told;
    return std::string(label.event);
}

TEST(EdgeWords, ARstIsToldByWhatMadeTheEndSendIt) {
    constexpr auto kRst = Flags::kRst | Flags::kAck;
    testing::RunBuilder unread = open_connection();
    unread.call(S, "close", {{"fd", std::int64_t{6}}}).send(S, kRst, 1, 11);
    EXPECT_EQ(label_of_last(unread, S), "CLOSE, data unread");

    testing::RunBuilder lingers = open_connection();
    lingers.call(S, "setsockopt",
                 {{"fd", std::int64_t{6}},
                  {"option", std::string("SO_LINGER")},
                  {"value", std::int64_t{0}}});
    lingers.returns(S, "setsockopt", 0);
    lingers.call(S, "close", {{"fd", std::int64_t{6}}}).send(S, kRst, 1, 11);
    EXPECT_EQ(label_of_last(lingers, S), "ABORT");

    testing::RunBuilder listener = open_connection();
    listener.call(S, "close", {{"fd", std::int64_t{4}}}).send(S, kRst, 1, 11);
    EXPECT_EQ(label_of_last(listener, S), "CLOSE of listener");

    testing::RunBuilder unknown = open_connection();
    unknown.call(C, "close", {{"fd", std::int64_t{6}}}).send(S, kRst, 1, 11);
    EXPECT_EQ(label_of_last(unknown, S), "ABORT or CLOSE") << "the client's call is not the cause";
    EXPECT_EQ(label_of_last(unknown, C), "rcv RST");

    // What comes for a socket that is closed is answered by a RST without ACK.
    testing::RunBuilder late = open_connection();
    late.call(S, "close", {{"fd", std::int64_t{6}}}).send(S, Flags::kFin | Flags::kAck, 1, 11);
    late.returns(S, "close", 0).send(C, Flags::kAck, 11, 2).send(C, Flags::kAck, 11, 2, 5);
    late.send(S, Flags::kRst, 2, 0);
    EXPECT_EQ(label_of_last(late, S), "rcv data after CLOSE");
}

TEST(EdgeWords, TellOfAnEdgeWhatItIsAndWhereItWasTaken) {
    const Sample sample(testing::whole_run());
    const auto& changes = sample.index.changes(C);
    EXPECT_EQ(tell_edge(sample.timeline, sample.index, *changes[2].what.change.edge, &changes[2]),
              "SYN_SENT → ESTABLISHED: rcv SYN,ACK / snd ACK · RFC 9293 3.10.7.3. Taken here with "
              "event " +
                  std::to_string(sample.index.step_of(changes[2].event)) +
                  ": segment 2 (SYN, ACK) arrives");
    EXPECT_EQ(tell_edge(sample.timeline, sample.index,
                        *find_transition(State::Established, On::RcvFin), nullptr),
              "ESTABLISHED → CLOSE_WAIT: rcv FIN / snd ACK · RFC 9293 3.10.7.4. Not taken here so "
              "far.");
}

TEST(StateStoryOf, TellsWhenAStateWasEnteredAndLeftAndWhy) {
    const Sample sample(testing::whole_run());
    const StateStory story = sample.story(C, State::SynSent);
    ASSERT_EQ(story.visits.size(), 1U);
    const StateVisit& visit = story.visits[0];
    EXPECT_EQ(visit.entered.edge, "active OPEN / create TCB, snd SYN");
    EXPECT_EQ(visit.entered.cause, "segment 1 (SYN) is sent");
    EXPECT_EQ(visit.entered.event, *sample.timeline.event_of_segment(1));
    ASSERT_TRUE(visit.left.has_value());
    EXPECT_EQ(visit.left->edge, "rcv SYN,ACK / snd ACK");
    EXPECT_EQ(visit.left->event, *sample.timeline.event_of_segment(2));
    EXPECT_EQ(visit.left->when, "+2.13 ms · event 12");
    EXPECT_EQ(visit.stayed, "for 10 µs");
    EXPECT_EQ(story.rfc, "3.3.2");
    EXPECT_TRUE(story.none.empty());
    EXPECT_FALSE(story.changes_in.has_value());
}

TEST(StateStoryOf, KnowsNothingOfWhatComesLater) {
    const Sample sample(testing::whole_run());
    const std::size_t syn = *sample.timeline.event_of_segment(1);
    EXPECT_EQ(sample.story(C, State::SynSent, syn).none, "Not entered yet at this moment.");
    const StateStory during = sample.story(C, State::SynSent, syn + 1);
    ASSERT_EQ(during.visits.size(), 1U);
    EXPECT_FALSE(during.visits[0].left.has_value());
    EXPECT_EQ(sample.story(C, State::Closing).none, "Never entered in this run.");
}

TEST(StateStoryOf, AStayThatGoesOnIsCounted) {
    const Sample sample(testing::held_handshake());
    const std::size_t end = sample.timeline.size();
    const std::size_t syn = *sample.timeline.event_of_segment(1);
    const Time now = sample.timeline.event(syn).time + 3240ms;
    const StateStory story = sample.story(C, State::SynSent, end, now);
    ASSERT_EQ(story.visits.size(), 1U);
    EXPECT_EQ(story.visits[0].stayed, "for 3.2 s so far");
    EXPECT_EQ(story.changes_in, 60ms);
}

TEST(StateStoryOf, EveryStateMeansSomethingElse) {
    std::vector<std::string> meanings;
    for (State state : kStates) meanings.push_back(meaning_of(state));
    std::sort(meanings.begin(), meanings.end());
    EXPECT_EQ(std::unique(meanings.begin(), meanings.end()), meanings.end());
}

}  // namespace
}  // namespace tcpstep::view::diagram
