#include "app/lab/claim_watch.hpp"

#include <gtest/gtest.h>

namespace tcpstep::lab {
namespace {

using namespace model;
using claim::OfCall;

lesson::Claim claimed(const char* id, claim::Predicate predicate) {
    return {id, {"In English.", "中文。"}, std::move(predicate)};
}

class WatchedRun : public ::testing::Test {
  public:
    void happens(Fact fact) {
        time += std::chrono::microseconds(250);
        trace.append({time, std::nullopt, std::move(fact)});
    }

    Time time;
    Trace trace;
    ClaimWatch watch{{claimed("fails", claim::FailsWith{{Role::Client, 1, true}, "ECONNREFUSED"}),
                      claimed("silent", claim::Never{claim::OfSegment{}, {}})}};
};

TEST_F(WatchedRun, EachClaimIsToldOnceWhenItIsDecided) {
    happens(Scenario{});
    happens(CallEntered{7, Role::Client, "connect", {}});
    EXPECT_TRUE(watch.decided(trace, false).empty());
    happens(CallReturned{7, Role::Client, "connect", -1, "ECONNREFUSED"});
    const auto facts = watch.decided(trace, false);
    ASSERT_EQ(facts.size(), 1U);
    const ClaimChecked& fact = facts[0];
    EXPECT_EQ(fact.claim, "fails");
    EXPECT_EQ(fact.text, "In English.");
    EXPECT_EQ(fact.text_zh, "中文。");
    EXPECT_TRUE(fact.holds);
    EXPECT_EQ(fact.found, "ECONNREFUSED");
    ASSERT_EQ(fact.seen.size(), 2U);
    EXPECT_EQ(fact.seen[1], (Sighting{500, "sys:call_returned", 0, 7, "", ""}));
    EXPECT_TRUE(watch.decided(trace, false).empty());
    happens(Marker{"note", "more"});
    EXPECT_TRUE(watch.decided(trace, false).empty());
}

TEST_F(WatchedRun, WhatTheUserDidIsToldOfWhatDoesNotHold) {
    happens(Scenario{});
    Segment segment;
    for (segment.id = 1; segment.id < 5; ++segment.id) happens(SegmentSent{segment});
    watch.dropped_by_hand(2);
    watch.dropped_by_hand(4);  // ordered too late
    watch.duplicated_by_hand(3);
    watch.reset_by_hand();
    happens(SegmentDropped{1});  // the script's
    happens(SegmentDropped{2});
    happens(SegmentDuplicated{3, 5});
    segment.id = 6;
    happens(SegmentInjected{segment});
    segment.id = 7;
    happens(SegmentInjected{segment});  // the script's
    const auto facts = watch.decided(trace, true);
    ASSERT_EQ(facts.size(), 2U);
    for (const auto& fact : facts) {
        EXPECT_FALSE(fact.holds) << fact.claim;
        ASSERT_GE(fact.seen.size(), 3U);
        EXPECT_EQ(fact.seen[0], (Sighting{1500, "user:dropped", 2, 0, "", ""}));
        EXPECT_EQ(fact.seen[1], (Sighting{1750, "user:duplicated", 3, 0, "", ""}));
        EXPECT_EQ(fact.seen[2], (Sighting{2000, "user:reset", 6, 0, "", ""}));
        for (std::size_t i = 3; i < fact.seen.size(); ++i)
            EXPECT_FALSE(fact.seen[i].event.starts_with("user:")) << fact.seen[i].event;
    }
}

TEST_F(WatchedRun, WhatTheUserDidIsNotToldOfWhatHolds) {
    happens(Scenario{});
    watch.dropped_by_hand(1);
    happens(SegmentDropped{1});
    const auto facts = watch.decided(trace, true);
    ASSERT_EQ(facts.size(), 2U);
    EXPECT_TRUE(facts[1].holds);
    EXPECT_TRUE(facts[1].seen.empty());
}

TEST_F(WatchedRun, WhatIsLeftIsDecidedAtTheEnd) {
    happens(Scenario{});
    EXPECT_TRUE(watch.decided(trace, false).empty());
    const auto facts = watch.decided(trace, true);
    ASSERT_EQ(facts.size(), 2U);
    EXPECT_FALSE(facts[0].holds) << "connect() was never called";
    EXPECT_TRUE(facts[1].holds) << "no segment was sent";
}

// Until the kernel has said it, and it is told also where it is what it said before.
TEST(ClaimWatch, AwaitsTheKernelsWordOnWhatIsOpen) {
    SocketSampled sample;
    sample.endpoint = Role::Server;
    sample.state = State::Closed;
    const claim::SampledOf queue{claim::SampledField::RecvQ, Role::Server, 1, OfCall{}};
    ClaimWatch watch{
        {claimed("nothing", claim::Compares{claim::Relation::Equal, queue, std::int64_t{0}, 0})}};
    Trace trace;
    Time time;
    const auto happens = [&](Fact fact) {
        time += std::chrono::microseconds(250);
        trace.append({time, std::nullopt, std::move(fact)});
        return watch.decided(trace, false).size();
    };
    happens(Scenario{});
    happens(CallEntered{7, Role::Client, "socket", {}});
    happens(sample);
    EXPECT_TRUE(watch.awaited().empty());
    happens(CallReturned{7, Role::Client, "socket", 3, ""});
    const std::vector server{claim::EndOf{std::nullopt, Role::Server}};
    EXPECT_EQ(watch.awaited(), server);
    EXPECT_EQ(happens(sample), 1U);
    EXPECT_TRUE(watch.awaited().empty());
}

}  // namespace
}  // namespace tcpstep::lab
