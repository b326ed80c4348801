#include "model/claim/check.hpp"

#include <algorithm>
#include <string>

#include <gtest/gtest.h>

#include "tests/model/story.hpp"

namespace tcpstep::model::claim {
namespace {

using testing::Story;
using namespace std::chrono_literals;

// "holds", "open" or "refuted".
std::string outcome(const Predicate& claim, const Story& story, bool finished = true) {
    const Chronicle chronicle(story.trace());
    switch (check(claim, chronicle, finished).outcome) {
        case Outcome::Open:
            return "open";
        case Outcome::Holds:
            return "holds";
        case Outcome::Refuted:
            return "refuted";
    }
    return "";
}

SegmentChoice choice(Role from, const std::string& flags, unsigned nth = 1) {
    SegmentChoice choice;
    choice.from = from;
    choice.flags = testing::flags_of(flags);
    choice.nth = nth;
    return choice;
}

Moment of(Role from, const std::string& flags, Fate fate = Fate::Sent, unsigned nth = 1) {
    return OfSegment{choice(from, flags, nth), fate};
}

Moment returned(Role actor, unsigned nth) {
    return OfCall{actor, nth, true};
}

// The handshake, held: connect() returns while the third segment is in flight.
Story held_handshake() {
    Story story;
    story.lab(true).listen();
    story.fact(CallEntered{7, Role::Client, "connect", {}});
    story.client("S", 0).fact(SegmentHeld{1}).wait(2ms).fact(SegmentDelivered{1});
    story.server("SA", 0, 1).fact(SegmentHeld{2}).fact(SegmentDelivered{2});
    story.client("A", 1, 1).fact(SegmentHeld{3});
    story.fact(CallReturned{7, Role::Client, "connect", 0, ""});
    story.wait(1ms).fact(SegmentDelivered{3});
    return story;
}

const Moment kSynAckArrives = of(Role::Server, "SA", Fate::Delivered);
const Moment kAckArrives = of(Role::Client, "A", Fate::Delivered);
const Moment kConnected = returned(Role::Client, 1);

TEST(InOrderClaim, HoldsIfEachComesAfterTheOneBefore) {
    const Story story = held_handshake();
    EXPECT_EQ(outcome(InOrder{{kSynAckArrives, kConnected, kAckArrives}}, story), "holds");
    EXPECT_EQ(outcome(InOrder{{kSynAckArrives, kAckArrives, kConnected}}, story), "refuted");
    EXPECT_EQ(outcome(InOrder{{kSynAckArrives, of(Role::Client, "R")}}, story, false), "open");
    EXPECT_EQ(outcome(InOrder{{kSynAckArrives, of(Role::Client, "R")}}, story), "refuted");
    // The later has come, and the earlier has not.
    EXPECT_EQ(outcome(InOrder{{of(Role::Client, "R"), kConnected}}, story, false), "refuted");
}

// Parent and child act at one end; which calls are whose does not depend on who comes first.
TEST(InOrderClaim, TellsAChildsCallsFromItsParents) {
    Story story;
    story.lab().fact(CallEntered{7, Role::Server, "fork", {}});
    story.fact(CallReturned{7, Role::Server, "fork", 4711, ""});
    story.fact(CallEntered{8, Role::Server, "send", {}, 4711});
    story.fact(CallEntered{9, Role::Server, "close", {}});
    story.fact(CallEntered{10, Role::Server, "close", {}, 4711});
    const Moment parent_closes = OfCall{Role::Server, 2, false};
    const Moment child_sends = OfCall{Role::Server, 1, false, 1};
    const Moment child_closes = OfCall{Role::Server, 2, false, 1};
    EXPECT_EQ(outcome(InOrder{{child_sends, parent_closes, child_closes}}, story), "holds");
    EXPECT_EQ(outcome(InOrder{{child_closes, parent_closes}}, story), "refuted");
    EXPECT_EQ(outcome(InOrder{{parent_closes, OfCall{Role::Server, 1, false, 2}}}, story),
              "refuted")
        << "there is no second child";
}

TEST(InOrderClaim, IsShownByItsMoments) {
    const Story story = held_handshake();
    const Verdict verdict =
        check(InOrder{{kSynAckArrives, kConnected, kAckArrives}}, Chronicle(story.trace()), false);
    ASSERT_EQ(verdict.seen.size(), 3U);
    const auto& events = story.trace().events();
    EXPECT_EQ(std::get<SegmentDelivered>(events[verdict.seen[0]].fact).id, 2U);
    EXPECT_EQ(std::get<CallReturned>(events[verdict.seen[1]].fact).id, 7U);
    EXPECT_EQ(std::get<SegmentDelivered>(events[verdict.seen[2]].fact).id, 3U);
}

TEST(StatesClaim, HoldsIfTheEndGoesThroughThemAndNoOthers) {
    const Story story = held_handshake();
    const auto passes = [&](std::vector<State> states, bool finished = true) {
        return outcome(Passes{Role::Client, 1, std::move(states)}, story, finished);
    };
    EXPECT_EQ(passes({State::Closed, State::SynSent, State::Established}), "holds");
    EXPECT_EQ(passes({State::Closed, State::SynSent}), "holds") << "it may go on";
    EXPECT_EQ(passes({State::Closed, State::Established}, false), "refuted");
    EXPECT_EQ(passes({State::Closed, State::SynSent, State::Established, State::FinWait1}, false),
              "open");
    EXPECT_EQ(passes({State::Closed, State::SynSent, State::Established, State::FinWait1}),
              "refuted");
    EXPECT_EQ(outcome(Passes{Role::Client, 2, {State::Closed}}, story), "refuted")
        << "there is no second connection";
}

TEST(StateIsClaim, NeedsTheKernelsWord) {
    Story story = held_handshake();
    const StateIs claim{Role::Server, 1, State::SynRcvd, kConnected};
    EXPECT_EQ(outcome(claim, story, false), "open");
    EXPECT_EQ(outcome(claim, story), "refuted") << "the kernel was never asked";
    EXPECT_EQ(outcome(StateIs{Role::Server, 1, State::Established, kConnected}, story), "refuted");

    Story asked;
    SocketSampled sample;
    sample.endpoint = Role::Server;
    sample.state = State::SynRcvd;
    asked.lab(true).listen().client("S", 0).fact(SegmentHeld{1}).fact(SegmentDelivered{1});
    const StateIs at_syn{Role::Server, 1, State::SynRcvd, of(Role::Client, "S", Fate::Delivered)};
    asked.server("SA", 0, 1).fact(sample);
    EXPECT_EQ(outcome(at_syn, asked, false), "holds");
}

TEST(StateIsClaim, IsNotShownByWhatTheKernelSaidBefore) {
    Story story;
    SocketSampled sample;
    sample.endpoint = Role::Server;
    sample.state = State::Listen;
    story.lab(true).listen().fact(sample).client("S", 0).fact(SegmentHeld{1});
    const StateIs claim{Role::Server, 1, State::Listen, of(Role::Client, "S", Fate::Held)};
    EXPECT_EQ(outcome(claim, story, false), "open") << "it was LISTEN before the SYN was sent";
    Story asked_again = story;
    asked_again.fact(sample);
    EXPECT_EQ(outcome(claim, asked_again, false), "holds");
    const Verdict verdict = check(claim, Chronicle(asked_again.trace()), false);
    ASSERT_EQ(verdict.seen.size(), 2U);
    EXPECT_LT(verdict.seen[0], verdict.seen[1]);

    story.fact(SegmentDelivered{1}).fact(sample);
    EXPECT_EQ(outcome(claim, story), "refuted") << "the state has changed before it was asked";
}

TEST(NeverClaim, IsDecidedWhereItsPartOfTheRunEnds) {
    const Story story = held_handshake();
    const Never before_connect{OfSegment{}, {std::nullopt, Moment(OfCall{Role::Client, 1, false})}};
    EXPECT_EQ(outcome(before_connect, story, false), "holds");
    const Never after{OfSegment{choice(Role::Client, "F"), Fate::Sent}, {kConnected, std::nullopt}};
    EXPECT_EQ(outcome(after, story, false), "open");
    EXPECT_EQ(outcome(after, story), "holds");
    const Never delivered{kAckArrives, {kConnected, std::nullopt}};
    EXPECT_EQ(outcome(delivered, story, false), "refuted");
    const Never nowhere{OfSegment{}, {of(Role::Client, "R"), std::nullopt}};
    EXPECT_EQ(outcome(nowhere, story), "refuted") << "that part of the run never began";
}

TEST(NeverClaim, SaysAmongHowManyItWasNot) {
    const Story story = held_handshake();
    const auto found = [&](const Never& claim) {
        return check(claim, Chronicle(story.trace()), true).found;
    };
    const Moment fin = of(Role::Client, "F");
    EXPECT_EQ(found({fin, {of(Role::Client, "S"), std::nullopt}}), "none of 2 segments, 0 calls");
    EXPECT_EQ(found({fin, {std::nullopt, kConnected}}), "none of 3 segments, 2 calls");
    EXPECT_EQ(found({OfSegment{}, {std::nullopt, Moment(OfCall{Role::Client, 1, false})}}),
              "none of 0 segments, 1 calls");
    EXPECT_EQ(found({fin, {}}), "") << "of a whole run the view says so";
}

TEST(ComparedClaim, AShortestTimeMayNotBeTheShorterOne) {
    Story story;
    story.lab();
    const auto call = [](Role who) {
        return Shortest{{TimeBetween{OfCall{who, 1, false}, OfCall{who, 1, true}}}};
    };
    const auto made = [&](CallId id, Role who, Duration lasts) {
        story.fact(CallEntered{id, who, "send", {}}).wait(lasts);
        story.fact(CallReturned{id, who, "send", 8, ""});
    };
    made(1, Role::Client, 20us);
    const auto is = [&](Role left, Role right, bool finished = true) {
        return outcome(Compares{Relation::AtMost, call(left), call(right), -1}, story, finished);
    };
    EXPECT_EQ(is(Role::Client, Role::Server, false), "open");
    made(2, Role::Server, 40us);
    EXPECT_EQ(is(Role::Client, Role::Server, false), "holds");
    EXPECT_EQ(is(Role::Server, Role::Client, false), "refuted");
    EXPECT_EQ(is(Role::Client, Role::Client), "refuted") << "equal is not less";
}

// At the end of the circle of sequence numbers, too.
class NumbersClaimed : public ::testing::TestWithParam<std::uint32_t> {};
INSTANTIATE_TEST_SUITE_P(AtIsn, NumbersClaimed, ::testing::Values(1000U, 0xffffffffU));

TEST_P(NumbersClaimed, AreComparedOnTheCircle) {
    Story story(GetParam(), 77);
    story.lab().handshake().client("PA", 1, 1, 5).server("A", 1, 6);
    const auto number = [](Role from, const std::string& flags, Field field, unsigned nth = 1) {
        return FieldOf{choice(from, flags, nth), field};
    };
    const Value syn = number(Role::Client, "S", Field::Seq);
    const Value syn_ack = number(Role::Server, "SA", Field::Ack);
    EXPECT_EQ(outcome(Compares{Relation::Equal, syn_ack, syn, 1}, story, false), "holds");
    EXPECT_EQ(outcome(Compares{Relation::Equal, syn_ack, syn, 0}, story, false), "refuted");
    EXPECT_EQ(outcome(Compares{Relation::Differ, syn_ack, syn, 0}, story, false), "holds");
    SegmentChoice data;
    data.data = true;
    const Value end = FieldOf{data, Field::End};
    EXPECT_EQ(
        outcome(Compares{Relation::Equal, number(Role::Server, "A", Field::Ack), end, 0}, story),
        "holds");
    EXPECT_EQ(
        outcome(Compares{Relation::Equal, FieldOf{data, Field::Length}, std::int64_t{5}, 0}, story),
        "holds");
    EXPECT_EQ(outcome(Compares{Relation::AtMost, FieldOf{data, Field::Length}, std::int64_t{4}, 0},
                      story),
              "refuted");
    EXPECT_EQ(outcome(Compares{Relation::Equal, number(Role::Client, "R", Field::Seq), syn, 0},
                      story, false),
              "open");
}

// A countdown is shown by two readings of it, in the order in which they were taken.
TEST(ValuesClaimed, TwoThatWereMeasuredAreBothTold) {
    Story story;
    SocketSampled sample;
    sample.endpoint = Role::Server;
    sample.timer_ms = 59'990;
    story.lab(true).listen().client("S", 0).fact(sample).fact(SegmentDelivered{1});
    sample.timer_ms = 58'790;
    story.fact(sample);
    const auto timer = [](Fate fate) {
        return SampledOf{SampledField::TimerMs, Role::Server, 1, of(Role::Client, "S", fate)};
    };
    const auto found = [&](Relation relation, const Value& left, const Value& right) {
        return check(Compares{relation, left, right, 0}, Chronicle(story.trace()), false);
    };
    const Verdict later = found(Relation::AtMost, timer(Fate::Delivered), timer(Fate::Sent));
    EXPECT_EQ(later.outcome, Outcome::Holds);
    EXPECT_EQ(later.found, "59.99 s, 58.79 s");
    EXPECT_TRUE(std::is_sorted(later.seen.begin(), later.seen.end()));
    EXPECT_EQ(found(Relation::AtLeast, timer(Fate::Sent), timer(Fate::Delivered)).found,
              "59.99 s, 58.79 s");
    EXPECT_EQ(found(Relation::AtMost, timer(Fate::Sent), std::int64_t{60'000}).found, "59.99 s");
    EXPECT_EQ(found(Relation::Equal, timer(Fate::Sent), timer(Fate::Sent)).found, "59.99 s");
}

TEST(ValuesClaimed, CountsTimesQueuesAndResults) {
    Story story = held_handshake();
    const auto is = [&](Relation relation, Value value, std::int64_t number, bool finished = true) {
        return outcome(Compares{relation, std::move(value), number, 0}, story, finished);
    };
    const Value segments = CountOf{OfSegment{}, {}};
    EXPECT_EQ(is(Relation::Equal, segments, 3), "holds");
    EXPECT_EQ(is(Relation::Equal, segments, 3, false), "open") << "more may come";
    EXPECT_EQ(is(Relation::AtLeast, segments, 3, false), "holds") << "fewer they will not be";
    EXPECT_EQ(is(Relation::AtLeast, segments, 4), "refuted");
    EXPECT_EQ(is(Relation::Equal, CountOf{OfSegment{}, {kSynAckArrives, std::nullopt}}, 1),
              "holds");

    const Value waited = TimeBetween{of(Role::Client, "S"), of(Role::Client, "S", Fate::Delivered)};
    EXPECT_EQ(is(Relation::AtLeast, waited, 2'000, false), "holds");
    EXPECT_EQ(is(Relation::AtMost, waited, 1'999, false), "refuted");

    // The client was CLOSED at first, and is not again.
    const Value until_closed =
        TimeBetween{of(Role::Client, "S"), OfState{Role::Client, State::Closed, 1}};
    EXPECT_EQ(is(Relation::AtLeast, until_closed, -1'000'000, false), "open");
    EXPECT_EQ(is(Relation::AtLeast, until_closed, -1'000'000), "refuted");

    const Value queue = LongestQueue{Queue::Accept, {}};
    EXPECT_EQ(is(Relation::AtLeast, queue, 1), "refuted");
    story.fact(ListenerSampled{1, 10, 0}).fact(ListenerSampled{0, 10, 0});
    EXPECT_EQ(is(Relation::AtLeast, queue, 1, false), "holds");
    EXPECT_EQ(is(Relation::Equal, queue, 1, false), "open") << "it may grow";
    EXPECT_EQ(is(Relation::Equal, queue, 1), "holds");
    EXPECT_EQ(is(Relation::Equal, LongestQueue{Queue::Syn, {}}, 0), "holds");

    EXPECT_EQ(is(Relation::Equal, ResultOf{{Role::Client, 1, true}}, 0, false), "holds");
    EXPECT_EQ(is(Relation::Differ, ResultOf{{Role::Client, 1, true}}, 0, false), "refuted");
    EXPECT_EQ(is(Relation::Equal, ResultOf{{Role::Client, 2, true}}, 0, false), "open");
    EXPECT_EQ(is(Relation::Equal, Connections{}, 1), "holds");
}

TEST(FailsWithClaim, NamesTheErrno) {
    Story story;
    story.lab().fact(CallEntered{1, Role::Client, "connect", {}});
    const FailsWith claim{{Role::Client, 1, true}, "ECONNREFUSED"};
    EXPECT_EQ(outcome(claim, story, false), "open");
    story.fact(CallReturned{1, Role::Client, "connect", -1, "ECONNREFUSED"});
    EXPECT_EQ(outcome(claim, story, false), "holds");
    EXPECT_EQ(outcome(FailsWith{{Role::Client, 1, true}, "ETIMEDOUT"}, story, false), "refuted");
}

TEST(GivesClaim, ComparesWhatWasReceived) {
    Story story;
    CallReturned returned{1, Role::Server, "recv", 5, ""};
    returned.value = "hello";
    story.lab().fact(CallEntered{1, Role::Server, "recv", {}});
    EXPECT_EQ(outcome(Gives{{Role::Server, 1, true}, "hello"}, story, false), "open");
    story.fact(returned);
    EXPECT_EQ(outcome(Gives{{Role::Server, 1, true}, "hello"}, story, false), "holds");
    EXPECT_EQ(outcome(Gives{{Role::Server, 1, true}, "hell"}, story, false), "refuted");
}

TEST(DatagramMoments, AreCountedBySender) {
    Story story;
    DatagramSent datagram;
    datagram.from = Role::Client;
    story.lab().fact(datagram).fact(datagram);
    datagram.from = Role::Server;
    story.fact(datagram);
    const auto count = [&](OfDatagram of) {
        return find_all(Moment(of), Chronicle(story.trace())).size();
    };
    EXPECT_EQ(count({}), 3U);
    EXPECT_EQ(count({Role::Client, 0}), 2U);
    EXPECT_EQ(count({Role::Client, 2}), 1U);
    EXPECT_EQ(count({Role::Server, 2}), 0U);
}

TEST(ValuesClaimed, OptionsAndFlags) {
    Story story;
    story.lab();
    Segment segment;
    segment.id = 1;
    segment.flags = testing::flags_of("SP");
    segment.options = {MaximumSegmentSize{1460}, WindowScale{7},
                       SackBlocks{{{SeqNum(1), SeqNum(2)}, {SeqNum(4), SeqNum(5)}}}};
    story.fact(SegmentSent{segment});
    const auto is = [&](Field field, std::int64_t number) {
        return outcome(Compares{Relation::Equal, FieldOf{{}, field}, number, 0}, story);
    };
    EXPECT_EQ(is(Field::Mss, 1460), "holds");
    EXPECT_EQ(is(Field::WindowScale, 7), "holds");
    EXPECT_EQ(is(Field::SackBlocks, 2), "holds");
    EXPECT_EQ(is(Field::Psh, 1), "holds");
    EXPECT_EQ(is(Field::Psh, 0), "refuted");
}

TEST(ChosenSegments, LeaveOutWhatTheGateMadeOrAbsorbed) {
    Story story;
    story.lab(true).client("S", 0).fact(SegmentHeld{1}).fact(SegmentDuplicated{1, 9});
    Segment again = std::get<SegmentSent>(story.trace().events()[1].fact).segment;
    again.id = 10;
    story.fact(SegmentSent{again, 1});
    SegmentChoice all;
    EXPECT_EQ(chosen(all, Chronicle(story.trace())).size(), 1U);
    story.fact(SegmentHeld{10});  // it stands for itself by now
    all.again = true;
    EXPECT_EQ(chosen(all, Chronicle(story.trace())).size(), 1U);
    all.again = false;
    EXPECT_EQ(chosen(all, Chronicle(story.trace())).size(), 1U);
}

// However the trace grows, what was decided stays.
TEST(Claims, OnceDecidedStayDecided) {
    const Story story = held_handshake();
    const Predicate claims[] = {
        InOrder{{kSynAckArrives, kConnected, kAckArrives}},
        InOrder{{kConnected, kSynAckArrives}},
        Passes{Role::Server, 1, {State::Closed, State::Listen, State::SynRcvd}},
        Never{kAckArrives, {std::nullopt, kConnected}},
        Compares{Relation::AtLeast, CountOf{OfSegment{}, {}}, std::int64_t{2}, 0},
    };
    for (const Predicate& claim : claims) {
        Trace grown;
        for (const ConnectionId& id : story.trace().connections()) grown.intern(id);
        auto last = Outcome::Open;
        for (const Event& event : story.trace().events()) {
            grown.append(event);
            const auto now = check(claim, Chronicle(grown), false).outcome;
            EXPECT_TRUE(last == Outcome::Open || now == last);
            last = now;
        }
        EXPECT_NE(last, Outcome::Open);
    }
}

// A SYN that is held is sent again by its timer. That copy is none of the lesson's segments, unless
// the claim is about all that was sent.
TEST(CompareClaim, CountsWhatTheGateAbsorbedWhereAsked) {
    Story story;
    story.lab(true).listen().client("S", 0).fact(SegmentHeld{1});
    Segment again =
        std::get<SegmentSent>(story.trace().events()[story.trace().events().size() - 2].fact)
            .segment;
    again.id = story.next_id();
    story.wait(1000ms).fact(SegmentSent{again, 1});
    story.fact(SegmentDropped{1}).fact(SegmentDropped{again.id});
    SegmentChoice syn;
    syn.flags = testing::flags_of("S");
    const auto count = [&](Fate fate) {
        for (std::int64_t number : {0, 1, 2}) {
            const Compares equal{Relation::Equal, CountOf{OfSegment{syn, fate}, {}}, number, 0};
            if (outcome(equal, story) == "holds") return number;
        }
        return std::int64_t{-1};
    };
    EXPECT_EQ(count(Fate::Sent), 1);
    EXPECT_EQ(count(Fate::Dropped), 1);
    syn.absorbed = true;
    EXPECT_EQ(count(Fate::Sent), 2);
    EXPECT_EQ(count(Fate::Dropped), 2);
    syn.again = true;
    EXPECT_EQ(count(Fate::Sent), 1);
}

// Two copies of a SYN make one connection: that says nothing of a run with one.
Story one_syn() {
    Story story;
    story.lab(true).listen();
    story.client("S", 0).fact(SegmentHeld{1});
    return story;
}

TEST(GivenClaim, IsOpenUntilThatHasCome) {
    const Compares one_connection{Relation::Equal, Connections{}, std::int64_t{1}, 0};
    const Moment twice = of(Role::Client, "S", Fate::DeliveredTwice);
    const auto verdict = [&](const Story& story, bool finished) {
        return check(one_connection, {twice}, Chronicle(story.trace()), finished);
    };
    Story once = one_syn();
    once.fact(SegmentDelivered{1}).server("SA", 0, 1);
    EXPECT_EQ(verdict(once, false).outcome, Outcome::Open);
    EXPECT_EQ(verdict(once, true).outcome, Outcome::Refuted);
    EXPECT_EQ(verdict(once, true).found, "no second SYN");
    EXPECT_EQ(check(one_connection, {}, Chronicle(once.trace()), true).outcome, Outcome::Holds);

    Story copied = one_syn();
    copied.fact(SegmentDuplicated{1, 2}).fact(SegmentDelivered{1});
    EXPECT_EQ(verdict(copied, true).outcome, Outcome::Refuted) << "the copy has not arrived";
    copied.fact(SegmentDelivered{2});
    EXPECT_EQ(verdict(copied, true).outcome, Outcome::Holds);
    EXPECT_EQ(verdict(copied, true).found, "1");
    EXPECT_FALSE(verdict(copied, true).seen.empty()) << "the second arrival shows it";
}

TEST(GivenClaim, NamesWhatIsMissing) {
    const Story story = one_syn();
    const auto found = [&](Moment given) {
        return check(Never{of(Role::Server, "R"), {}}, {std::move(given)}, Chronicle(story.trace()),
                     true)
            .found;
    };
    SegmentChoice data;
    data.data = true;
    EXPECT_EQ(found(OfSegment{data, Fate::DeliveredTwice}), "no second segment of data");
    EXPECT_EQ(found(of(Role::Client, "FA", Fate::Dropped)), "no lost FIN, ACK");
    EXPECT_EQ(found(of(Role::Client, "S", Fate::Sent, 2)), "no second SYN");
    EXPECT_EQ(found(returned(Role::Client, 1)), "");
}

TEST(GivenClaim, MomentsComeInTheirOrder) {
    Story story = one_syn();
    story.fact(SegmentDelivered{1}).server("SA", 0, 1);
    const Never never{of(Role::Server, "R"), {}};
    const Moment arrives = of(Role::Client, "S", Fate::Delivered);
    const Moment answered = of(Role::Server, "SA");
    const Chronicle chronicle(story.trace());
    EXPECT_EQ(check(never, {arrives, answered}, chronicle, true).outcome, Outcome::Holds);
    EXPECT_EQ(check(never, {answered, arrives}, chronicle, false).outcome, Outcome::Refuted);
}

}  // namespace
}  // namespace tcpstep::model::claim
