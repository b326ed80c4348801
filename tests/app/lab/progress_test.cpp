#include "app/lab/progress.hpp"

#include <thread>

#include <gtest/gtest.h>

namespace tcpstep::lab {
namespace {

using lesson::HasReceived;
using lesson::InState;
using lesson::StepReached;
using model::Role;
using model::State;
using std::chrono::milliseconds;

TEST(Progress, AStepThatBlocksIsEnteredAndNotReturned) {
    Progress progress;
    progress.entered(Role::Server, "accept");
    EXPECT_TRUE(progress.wait_for({StepReached{Role::Server, "accept", false}}, milliseconds(0)));
    EXPECT_FALSE(progress.wait_for({StepReached{Role::Server, "accept", true}}, milliseconds(0)));
    EXPECT_FALSE(progress.wait_for({StepReached{Role::Client, "accept", false}}, milliseconds(0)));
    progress.returned(Role::Server, "accept");
    EXPECT_TRUE(progress.wait_for({StepReached{Role::Server, "accept", true}}, milliseconds(0)));
}

TEST(Progress, RemembersTimeWaitOfTheNewestConnection) {
    Progress progress;
    progress.set_state(Role::Client, State::TimeWait, 1);
    progress.set_state(Role::Client, State::Closed, 1);
    EXPECT_TRUE(progress.was_in_time_wait(Role::Client));
    EXPECT_FALSE(progress.was_in_time_wait(Role::Server));
    progress.set_state(Role::Client, State::Closed, 2);
    EXPECT_FALSE(progress.was_in_time_wait(Role::Client));
}

TEST(Progress, AllConditionsMustHold) {
    Progress progress;
    progress.set_state(Role::Client, State::FinWait2);
    const InState client{Role::Client, State::FinWait2};
    const InState server{Role::Server, State::CloseWait};
    EXPECT_TRUE(progress.wait_for({client}, milliseconds(0)));
    EXPECT_FALSE(progress.wait_for({client, server}, milliseconds(0)));
    progress.set_state(Role::Server, State::CloseWait);
    EXPECT_TRUE(progress.wait_for({client, server}, milliseconds(0)));
    EXPECT_TRUE(progress.wait_for({}, milliseconds(0)));
}

TEST(Progress, AConditionIsOfTheNewestConnectionUnlessItNamesOne) {
    Progress progress;
    progress.set_state(Role::Server, State::Listen);
    EXPECT_TRUE(progress.holds({InState{Role::Server, State::Listen}}));
    progress.set_state(Role::Server, State::Established, 1, 5);
    progress.set_state(Role::Server, State::SynRcvd, 2);
    EXPECT_TRUE(progress.holds({InState{Role::Server, State::SynRcvd}}));
    EXPECT_EQ(progress.state(Role::Server), State::SynRcvd);
    EXPECT_TRUE(progress.holds({InState{Role::Server, State::Established, 1}}));
    EXPECT_FALSE(progress.holds({InState{Role::Server, State::Established, 2}}));
    EXPECT_FALSE(progress.holds({InState{Role::Server, State::Established, 3}}));
}

TEST(Progress, OctetsThatHaveArrivedStayArrived) {
    Progress progress;
    progress.set_state(Role::Server, State::Established, 1, 5);
    progress.set_state(Role::Server, State::Closed, 1, 0);
    EXPECT_TRUE(progress.holds({HasReceived{Role::Server, 5}}));
    EXPECT_FALSE(progress.holds({HasReceived{Role::Server, 6}}));
    EXPECT_FALSE(progress.holds({HasReceived{Role::Client, 1, 1}}));
    progress.set_state(Role::Server, State::Established, 2);
    EXPECT_FALSE(progress.holds({HasReceived{Role::Server, 5}}));
    EXPECT_TRUE(progress.holds({HasReceived{Role::Server, 5, 1}}));
}

TEST(Progress, ASegmentWasSentOnceSoManyWere) {
    Progress progress;
    lesson::WasSent second;
    second.segment.from = Role::Client;
    second.segment.data = false;
    second.segment.nth = 2;
    lesson::WasSent any;
    any.segment.connection = 2;
    model::Segment segment;
    segment.from = Role::Client;
    progress.sent(segment, 0U);
    segment.length = 5;
    progress.sent(segment, 0U);
    EXPECT_FALSE(progress.holds({second})) << "the other one has data";
    EXPECT_FALSE(progress.holds({any}));
    segment.length = 0;
    progress.sent(segment, 1U);
    EXPECT_TRUE(progress.holds({second}));
    EXPECT_TRUE(progress.holds({any}));
}

TEST(Progress, WhoWaitsWakesWhenItHolds) {
    Progress progress;
    bool held = false;
    std::thread waiter([&] {
        held = progress.wait_for({InState{Role::Client, State::Closed}}, milliseconds(60'000));
    });
    progress.set_state(Role::Client, State::Closed);
    waiter.join();
    EXPECT_TRUE(held);
}

TEST(Progress, AFailureEndsEveryWait) {
    Progress progress;
    std::thread waiter([&] {
        EXPECT_FALSE(
            progress.wait_for({InState{Role::Client, State::Closed}}, milliseconds(60'000)));
        progress.pause(milliseconds(60'000));
    });
    progress.failed({ErrorKind::DoesNotHold, "first", "", 0});
    progress.failed({ErrorKind::DoesNotHold, "second", "", 0});
    waiter.join();
    EXPECT_EQ(progress.error()->what, "first");
}

TEST(Progress, BothActorsMustFinish) {
    Progress progress;
    progress.actor_finished();
    EXPECT_FALSE(progress.all_finished());
    progress.actor_finished();
    EXPECT_TRUE(progress.all_finished());
}

}  // namespace
}  // namespace tcpstep::lab
