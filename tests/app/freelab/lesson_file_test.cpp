#include "app/freelab/lesson_file.hpp"

#include <gtest/gtest.h>

#include "app/lesson/parse.hpp"
#include "tests/app/freelab/worked_lab.hpp"

namespace tcpstep::freelab {
namespace {

using lesson::Actor;
using lesson::StepReached;

lesson::Lesson parsed(const LessonFile& file) {
    auto lesson = lesson::parse_lesson(file.text, "saved.json");
    EXPECT_TRUE(lesson) << lesson.error().line() << "\n" << file.text;
    return lesson ? *lesson : lesson::Lesson{};
}

lesson::Lesson saved(const WorkedLab& lab) {
    return parsed(lesson_file(lab.notebook, lab.trace, default_server(), "/tmp/My run.json"));
}

TEST(LessonFile, TheEmptyOneIsALesson) {
    for (const bool held : {false, true}) {
        const auto empty = free_lab(held, *model::parse_socket_address("[::1]:80"));
        const auto read = lesson::parse_lesson(empty.source, "x");
        ASSERT_TRUE(read) << read.error().line();
        EXPECT_EQ(read->id, kFreeLabId);
        EXPECT_EQ(read->held, held);
        EXPECT_EQ(to_string(read->server), "[::1]:80");
    }
    EXPECT_TRUE(saved(WorkedLab()).client_steps.empty());
}

TEST(LessonFile, EachStepWaitsForWhatTheOthersHadDone) {
    WorkedLab lab = listening();
    ASSERT_EQ(lab.call("server accept"), "");
    lab.done("client connect", -1, "ECONNREFUSED");
    const auto lesson = saved(lab);
    EXPECT_EQ(lesson.id, "my-run");
    ASSERT_EQ(lesson.client_steps.size(), 2U);
    const auto& socket = std::get<StepReached>(lesson.client_steps[0].after.at(0));
    EXPECT_EQ(socket.label, "listen");
    EXPECT_TRUE(socket.returned);
    const auto& connect = std::get<StepReached>(lesson.client_steps[1].after.at(0));
    EXPECT_EQ(connect.label, "accept");
    EXPECT_FALSE(connect.returned) << "it blocked";
    EXPECT_EQ(lesson.client_steps[1].fails_with, "ECONNREFUSED");
    ASSERT_EQ(lesson.server_steps.size(), 4U);
    EXPECT_TRUE(lesson.server_steps[3].may_stay_blocked);
    EXPECT_FALSE(lesson.server_steps[2].may_stay_blocked);
}

TEST(LessonFile, ASecondClientHasItsOwnSteps) {
    WorkedLab lab = listening();
    ASSERT_EQ(lab.call("client connect"), "");
    lab.done("client2 socket", 8);
    const auto lesson = saved(lab);
    ASSERT_EQ(lesson.second_client_steps.size(), 1U);
    EXPECT_EQ(lesson.second_client_steps[0].label, "socket2");
    EXPECT_EQ(lesson.second_client_steps[0].as, "socket");
    bool waits_for_connect = false;
    for (const auto& condition : lesson.second_client_steps[0].after) {
        const auto* reached = std::get_if<StepReached>(&condition);
        waits_for_connect =
            waits_for_connect || (reached != nullptr && reached->label == "connect");
    }
    EXPECT_TRUE(waits_for_connect);
}

TEST(LessonFile, AnIdOfAnyFileName) {
    EXPECT_EQ(id_of("a.json"), "a");
    EXPECT_EQ(id_of("/tmp/x.y/My  Run 2.json"), "my-run-2");
    EXPECT_EQ(id_of("-"), "saved");
    EXPECT_EQ(id_of("lab.json"), "saved") << "that is the free lab's";
    EXPECT_EQ(id_of(".json"), "json");
    EXPECT_EQ(id_of("\xc3\xa9.json"), "saved");
}

}  // namespace
}  // namespace tcpstep::freelab
