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
