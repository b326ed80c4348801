#include "app/lab/script.hpp"

#include <gtest/gtest.h>

namespace tcpstep::lab {
namespace {

using lesson::WireAction;
using lesson::WireRule;
using model::Flags;
using model::Role;
using model::Time;
using std::chrono::milliseconds;

class Scripted : public ::testing::Test {
  public:
    Progress progress;
    std::vector<Aloft> aloft;
    Time now{std::chrono::seconds(10)};

    void held(model::SegmentId id, Role from, std::uint16_t flags, std::uint32_t length = 0) {
        Aloft one;
        one.id = id;
        one.packet.segment.from = from;
        one.packet.segment.flags = Flags(flags);
        one.packet.segment.length = length;
        one.since = now;
        aloft.push_back(one);
    }
    // "drop 1"; "wait" if nothing may go.
    std::string next(Script& script) {
        const auto connection = [](model::SegmentId id) {
            return std::optional<model::ConnectionIndex>(id < 10 ? 0 : 1);
        };
        const auto step = script.next(aloft, connection, progress, now);
        if (!step) return "wait";
        switch (step->action) {
            case WireAction::Deliver:
                std::erase_if(aloft, [&](const Aloft& one) { return one.id == step->segment; });
                return "deliver " + std::to_string(step->segment);
            case WireAction::Drop:
                std::erase_if(aloft, [&](const Aloft& one) { return one.id == step->segment; });
                return "drop " + std::to_string(step->segment);
            case WireAction::Duplicate:
                return "duplicate " + std::to_string(step->segment);
            case WireAction::HoldBack:
                return "hold back " + std::to_string(step->segment);
            case WireAction::Reset:
            case WireAction::ResetBack:
                return "reset " + std::to_string(step->segment);
            case WireAction::Stay:
                return "stay " + std::to_string(step->segment);
        }
        return "";
    }
};

TEST_F(Scripted, SaysWhatARuleAsksFor) {
    WireRule rule;
    rule.segment.from = Role::Client;
    rule.action = WireAction::Drop;
    Script script({rule});
    held(1, Role::Client, Flags::kSyn);
    held(2, Role::Server, Flags::kSyn);
    const auto connection = [](model::SegmentId) {
        return std::optional<model::ConnectionIndex>(0);
    };
    EXPECT_TRUE(script.asks_for(WireAction::Drop, aloft[0], connection));
    EXPECT_FALSE(script.asks_for(WireAction::Duplicate, aloft[0], connection));
    EXPECT_FALSE(script.asks_for(WireAction::Drop, aloft[1], connection));
}

TEST_F(Scripted, LeavesInFlightWhatStays) {
    WireRule rule;
    rule.segment.from = Role::Client;
    rule.action = WireAction::Stay;
    Script script({rule});
    held(1, Role::Client, Flags::kSyn);
    held(2, Role::Server, Flags::kAck);
    const auto connection = [](model::SegmentId) {
        return std::optional<model::ConnectionIndex>(0);
    };
    EXPECT_TRUE(script.stays(aloft[0], connection));
    EXPECT_FALSE(script.stays(aloft[1], connection));
    EXPECT_TRUE(script.keeps_back(aloft[0], connection, progress)) << "others go before it";
    EXPECT_EQ(next(script), "deliver 2");
    EXPECT_EQ(next(script), "wait");
}

TEST_F(Scripted, WithoutRulesEverythingIsDeliveredInOrder) {
    Script script({});
    EXPECT_EQ(next(script), "wait");
    held(1, Role::Client, Flags::kSyn);
    held(2, Role::Server, Flags::kSyn | Flags::kAck);
    EXPECT_EQ(next(script), "deliver 1");
    EXPECT_EQ(next(script), "deliver 2");
}

TEST_F(Scripted, ARuleNamesItsSegments) {
    struct Case {
        const char* what;
        WireRule rule;
        const char* dropped;
    };
    WireRule client, syn, data, second, nth;
    client.segment.from = Role::Client;
    syn.segment.flags = Flags(Flags::kSyn);
    data.segment.data = true;
    second.segment.connection = 2;
    nth.segment.from = Role::Client;
    nth.segment.nth = 2;
    for (const Case& c : {Case{"from the client", client, "1 3 "}, Case{"SYN alone", syn, "1 "},
                          Case{"with data", data, "3 "}, Case{"connection 2", second, "12 "},
                          Case{"the client's second", nth, "3 "}}) {
        WireRule rule = c.rule;
        rule.action = WireAction::Drop;
        Script script({rule});
        aloft.clear();
        held(1, Role::Client, Flags::kSyn);
        held(2, Role::Server, Flags::kSyn | Flags::kAck);
        held(3, Role::Client, Flags::kAck | Flags::kPsh, 5);
        held(12, Role::Server, Flags::kAck);
        std::string dropped;
        for (std::string step = next(script); step != "wait"; step = next(script)) {
            if (step.starts_with("drop")) dropped += step.substr(5) + " ";
        }
        EXPECT_EQ(dropped, c.dropped) << c.what;
    }
}

TEST_F(Scripted, PshMakesNoDifferenceToFlags) {
    WireRule rule;
    rule.segment.flags = Flags(Flags::kAck);
    rule.action = WireAction::Drop;
    Script script({rule});
    held(1, Role::Client, Flags::kAck | Flags::kPsh, 5);
    EXPECT_EQ(next(script), "drop 1");
}

TEST_F(Scripted, WhatWaitsForAConditionLetsOthersPass) {
    WireRule rule;
    rule.segment.flags = Flags(Flags::kSyn);
    rule.after = {lesson::InState{Role::Server, model::State::Closed}};
    Script script({rule});
    held(1, Role::Client, Flags::kSyn);
    held(2, Role::Client, Flags::kAck);
    EXPECT_EQ(next(script), "deliver 2");
    EXPECT_EQ(next(script), "wait");
    progress.set_state(Role::Server, model::State::Closed);
    EXPECT_EQ(next(script), "deliver 1");
}

TEST_F(Scripted, WhatWaitsForAConditionIsKeptBackFromWhoStepsByHand) {
    WireRule rule;
    rule.segment.flags = Flags(Flags::kSyn);
    rule.after = {lesson::InState{Role::Server, model::State::Closed}};
    Script script({rule});
    held(1, Role::Client, Flags::kSyn);
    held(2, Role::Client, Flags::kAck);
    const auto connection = [](model::SegmentId) {
        return std::optional<model::ConnectionIndex>();
    };
    EXPECT_TRUE(script.keeps_back(aloft[0], connection, progress));
    EXPECT_FALSE(script.keeps_back(aloft[1], connection, progress));
    progress.set_state(Role::Server, model::State::Closed);
    EXPECT_FALSE(script.keeps_back(aloft[0], connection, progress));
}

TEST_F(Scripted, ASegmentIsHeldAtLeastSoLong) {
    WireRule rule;
    rule.at_least = milliseconds(500);
    Script script({rule});
    held(1, Role::Client, Flags::kSyn);
    const auto connection = [](model::SegmentId) {
        return std::optional<model::ConnectionIndex>();
    };
    EXPECT_TRUE(script.takes_its_time(aloft[0], connection));
    EXPECT_EQ(next(script), "wait");
    EXPECT_EQ(script.due(), now + milliseconds(500));
    now += milliseconds(500);
    EXPECT_EQ(next(script), "deliver 1");
    EXPECT_FALSE(script.takes_its_time(aloft[0], connection)) << "its time is over";
}

TEST_F(Scripted, WhatARuleDoesIsDoneOnceThenTheSegmentGoesOn) {
    for (WireAction action :
         {WireAction::Duplicate, WireAction::HoldBack, WireAction::Reset, WireAction::ResetBack}) {
        WireRule rule;
        rule.action = action;
        Script script({rule});
        aloft.clear();
        held(1, Role::Client, Flags::kSyn);
        EXPECT_NE(next(script), "deliver 1");
        EXPECT_EQ(next(script), "deliver 1");
    }
}

TEST_F(Scripted, CopiesAndWhatIsNotHeldAreLeftAlone) {
    WireRule rule;
    rule.action = WireAction::Drop;
    Script script({rule});
    held(1, Role::Client, Flags::kSyn);
    aloft.back().copy_of = 7;
    held(2, Role::Client, Flags::kSyn);
    aloft.back().passes_at = now;
    held(3, Role::Client, Flags::kSyn);
    aloft.back().is_copy = true;
    EXPECT_EQ(next(script), "deliver 3");
    EXPECT_EQ(next(script), "wait");
}

}  // namespace
}  // namespace tcpstep::lab
