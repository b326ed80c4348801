#include "model/claim/value.hpp"

#include <gtest/gtest.h>

#include "tests/model/story.hpp"

namespace tcpstep::model::claim {
namespace {

using testing::Story;
using namespace std::chrono_literals;

SocketSampled sample(Role endpoint, std::uint32_t recv_q, std::int64_t timer_ms = 0) {
    SocketSampled sample;
    sample.endpoint = endpoint;
    sample.recv_q = recv_q;
    sample.send_q = recv_q + 1;
    sample.timer_ms = timer_ms;
    sample.retransmits = 2;
    sample.rto_us = 204'000;
    sample.inode = 24310;
    return sample;
}

std::optional<std::int64_t> number(const Value& value, const Story& story) {
    return read(value, Chronicle(story.trace()), false).number;
}

OfSegment sent(const std::string& flags) {
    SegmentChoice choice;
    choice.flags = testing::flags_of(flags);
    return {choice, Fate::Sent};
}

TEST(SampledValue, IsWhatTheKernelToldNextOfThatEnd) {
    Story story;
    story.lab().fact(sample(Role::Server, 7)).client("S", 0);
    const auto of = [](SampledField field) { return SampledOf{field, Role::Server, 1, sent("S")}; };
    EXPECT_EQ(number(of(SampledField::RecvQ), story), std::nullopt) << "it was told before";
    story.fact(sample(Role::Client, 8)).fact(sample(Role::Server, 17, 59'990));
    story.fact(sample(Role::Server, 18));
    EXPECT_EQ(number(of(SampledField::RecvQ), story), 17);
    EXPECT_EQ(number(of(SampledField::SendQ), story), 18);
    EXPECT_EQ(number(of(SampledField::TimerMs), story), 59'990);
    EXPECT_EQ(number(of(SampledField::Retransmits), story), 2);
    EXPECT_EQ(number(of(SampledField::RtoUs), story), 204'000);
    EXPECT_EQ(number(of(SampledField::Inode), story), 24310);
    const SampledOf second{SampledField::RecvQ, Role::Server, 2, sent("S")};
    EXPECT_EQ(number(second, story), std::nullopt) << "of another connection";
    const SampledOf never{SampledField::RecvQ, Role::Server, 1, sent("R")};
    EXPECT_EQ(number(never, story), std::nullopt);
}

TEST(SampledValue, IsShownByTheMomentAndTheSample) {
    Story story;
    story.lab().client("S", 0).fact(sample(Role::Client, 3));
    const SampledOf of{SampledField::RecvQ, Role::Client, 1, sent("S")};
    const Reading reading = read(of, Chronicle(story.trace()), false);
    EXPECT_TRUE(reading.settled);
    ASSERT_EQ(reading.seen.size(), 2U);
    const auto& events = story.trace().events();
    EXPECT_TRUE(std::holds_alternative<SegmentSent>(events[reading.seen[0]].fact));
    EXPECT_TRUE(std::holds_alternative<SocketSampled>(events[reading.seen[1]].fact));
}

TEST(FieldValue, TellsOfOptions) {
    Story story;
    story.lab();
    Segment segment;
    segment.id = 1;
    segment.flags = testing::flags_of("S");
    segment.options = {SackPermitted{}, Timestamps{4'000'000'000, 5}, NoOperation{}, NoOperation{}};
    story.fact(SegmentSent{segment});
    segment.id = 2;
    segment.flags = testing::flags_of("A");
    segment.options.clear();
    story.fact(SegmentSent{segment});
    const auto of = [&](const std::string& flags, Field field) {
        return number(FieldOf{sent(flags).segment, field}, story);
    };
    EXPECT_EQ(of("S", Field::SackPermitted), 1);
    EXPECT_EQ(of("S", Field::Timestamp), 4'000'000'000);
    EXPECT_EQ(of("S", Field::TimestampEcho), 5);
    EXPECT_EQ(of("S", Field::Nops), 2);
    EXPECT_EQ(of("A", Field::SackPermitted), 0);
    EXPECT_EQ(of("A", Field::Timestamp), std::nullopt);
    EXPECT_EQ(of("A", Field::TimestampEcho), std::nullopt);
    EXPECT_EQ(of("A", Field::Nops), 0);
    EXPECT_EQ(of("A", Field::SourcePort), std::nullopt) << "no headers were captured";
}

TEST(LengthValue, IsThatOfTheDatagram) {
    Story story;
    DatagramSent datagram;
    datagram.length = 5;
    story.lab().fact(datagram);
    datagram.length = 22;
    story.fact(datagram);
    EXPECT_EQ(number(LengthOf{{Role::Client, 2}}, story), 22);
    EXPECT_EQ(number(LengthOf{{Role::Client, 3}}, story), std::nullopt);
}

TEST(IcmpErrorMoments, AreCountedBySender) {
    Story story;
    story.lab().fact(DatagramSent{}).fact(IcmpErrorSent{});
    const auto count = [&](OfIcmpError of) {
        return find_all(Moment(of), Chronicle(story.trace())).size();
    };
    EXPECT_EQ(count({}), 1U);
    EXPECT_EQ(count({Role::Server, 1}), 1U);
    EXPECT_EQ(count({Role::Server, 2}), 0U);
    EXPECT_EQ(count({Role::Client, 0}), 0U);
}

TEST(ShortestValue, IsTheLeastOnceAllAreKnown) {
    Story story;
    const auto call = [](unsigned nth) {
        return TimeBetween{OfCall{Role::Client, nth, false}, OfCall{Role::Client, nth, true}};
    };
    const auto made = [&](CallId id, Duration lasts) {
        story.fact(CallEntered{id, Role::Client, "send", {}}).wait(lasts);
        story.fact(CallReturned{id, Role::Client, "send", 8, ""});
    };
    story.lab();
    made(1, 3us);
    const Shortest of{{call(1), call(2), call(3)}};
    EXPECT_EQ(number(of, story), std::nullopt) << "two are yet to come";
    made(2, 900ns);
    made(3, 2us);
    const Reading reading = read(of, Chronicle(story.trace()), false);
    EXPECT_EQ(reading.number, read(Shortest{{call(2)}}, Chronicle(story.trace()), false).number);
    EXPECT_LT(*reading.number, *number(Shortest{{call(1)}}, story));
    EXPECT_TRUE(reading.settled);
    ASSERT_EQ(reading.seen.size(), 2U);
    const auto& events = story.trace().events();
    EXPECT_EQ(std::get<CallEntered>(events[reading.seen[0]].fact).id, 2U);
    EXPECT_EQ(std::get<CallReturned>(events[reading.seen[1]].fact).id, 2U);
}

TEST(Units, StandBehindTimes) {
    EXPECT_EQ(unit(Shortest{}), " µs");
    EXPECT_EQ(unit(TimeBetween{}), " µs");
    EXPECT_EQ(unit(SampledOf{SampledField::RtoUs, Role::Client, 1, {}}), " µs");
    EXPECT_EQ(unit(SampledOf{SampledField::TimerMs, Role::Client, 1, {}}), " s");
    EXPECT_EQ(unit(SampledOf{}), "");
    EXPECT_EQ(unit(std::int64_t{3}), "");
}

}  // namespace
}  // namespace tcpstep::model::claim
