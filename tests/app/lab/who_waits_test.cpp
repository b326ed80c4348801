#include "app/lab/who_waits.hpp"

#include <gtest/gtest.h>

namespace tcpstep::lab {
namespace {

using lesson::Step;
using model::Role;
using model::State;

Step step(const std::string& label, std::vector<lesson::Condition> after = {}) {
    Step step;
    step.label = label;
    step.after = std::move(after);
    return step;
}

TEST(WhoWaits, NamesTheStepOfEachAndWhatItWaitsFor) {
    lesson::Lesson lesson;
    lesson.server_steps = {step("accept"), step("close")};
    lesson.client_steps = {step("connect", {lesson::StepReached{Role::Server, "close", true}})};
    Progress progress;
    progress.entered(Role::Server, "accept");
    EXPECT_EQ(who_waits(lesson, progress),
              "the server waits in its step accept; the client's step connect waits until the "
              "server's step close has returned");
}

TEST(WhoWaits, TellsNothingOfWhoIsDoneOrMayStayBlocked) {
    lesson::Lesson lesson;
    lesson.server_steps = {step("accept")};
    lesson.server_steps.back().may_stay_blocked = true;
    lesson.client_steps = {step("close")};
    Progress progress;
    progress.entered(Role::Server, "accept");
    progress.returned(Role::Client, "close");
    EXPECT_EQ(who_waits(lesson, progress), "");
}

TEST(WhoWaits, NamesTheFirstConditionThatDoesNotHold) {
    model::SegmentChoice fin;
    fin.from = Role::Client;
    fin.flags = model::Flags(model::Flags::kFin | model::Flags::kAck);
    fin.nth = 2;
    const auto told = [](lesson::Condition condition) {
        lesson::Lesson lesson;
        lesson.second_client_steps = {step(
            "send", {lesson::InState{Role::Client, State::Established, 1}, std::move(condition)})};
        Progress progress;
        progress.set_state(Role::Client, State::Established, 1);
        return who_waits(lesson, progress);
    };
    const std::string waits = "the second client's step send waits until ";
    EXPECT_EQ(told(lesson::InState{Role::Server, State::CloseWait, 1}),
              waits + "the server is in CLOSE_WAIT");
    EXPECT_EQ(told(lesson::HasReceived{Role::Server, 5, 1}),
              waits + "5 octets have reached the server");
    EXPECT_EQ(told(lesson::WasSent{fin}), waits + "the client's FIN, ACK number 2 was sent");
}

TEST(WhoWaits, LooksAtChildrenThatWereForked) {
    lesson::Lesson lesson;
    lesson.server_steps = {step("fork"), step("waitpid")};
    lesson.server_steps[0].child = {step("recv")};
    Progress progress;
    progress.returned(Role::Server, "fork");
    progress.entered(Role::Server, "recv");
    progress.entered(Role::Server, "waitpid");
    EXPECT_EQ(who_waits(lesson, progress),
              "the server's child waits in its step recv; the server waits in its step waitpid");
}

}  // namespace
}  // namespace tcpstep::lab
