#include "app/lesson/move_to_port.hpp"

#include <gtest/gtest.h>

#include "app/lesson/parse.hpp"
#include "tests/app/lesson/sample_lesson.hpp"

namespace tcpstep::lesson {
namespace {

using namespace model::claim;

Lesson lesson_about_ports() {
    nlohmann::json lesson = good_lesson();
    lesson["claims"] = nlohmann::json::parse(R"([
        {"id": "a", "text": {"en": "E"}, "check": "gives", "actor": "server", "step": "accept", "value": "127.0.0.1:8000"},
        {"id": "b", "text": {"en": "E"}, "check": "gives", "actor": "server", "step": "recv", "value": "8000"},
        {"id": "c", "text": {"en": "E"}, "check": "column_is", "actor": "server", "step": "accept", "row": "client",
         "column": "rem_port", "value": "1F40"},
        {"id": "d", "text": {"en": "E"}, "check": "column_is", "actor": "server", "step": "accept", "row": "client",
         "column": "inode", "value": "1F40"},
        {"id": "e", "text": {"en": "E"}, "check": "octets_are", "segment": {}, "field": "source_port", "value": "1F 40"},
        {"id": "f", "text": {"en": "E"}, "check": "octets_are", "segment": {}, "field": "window", "value": "1F 40"}])");
    return *parse_lesson(lesson.dump(), "x.json");
}

TEST(MoveToPort, ClaimsAboutTheServersAddressFollow) {
    Lesson lesson = lesson_about_ports();
    const Lesson before = lesson;
    ASSERT_TRUE(move_to_port(lesson, 18000));
    EXPECT_EQ(to_string(lesson.server), "127.0.0.1:18000");
    EXPECT_EQ(std::get<Gives>(lesson.claims[0].predicate).value, "127.0.0.1:18000");
    EXPECT_EQ(std::get<ColumnIs>(lesson.claims[2].predicate).value, "4650");
    EXPECT_EQ(std::get<OctetsAre>(lesson.claims[4].predicate).value, "46 50");
    for (const std::size_t other : {1U, 3U, 5U}) {
        EXPECT_EQ(lesson.claims[other].predicate, before.claims[other].predicate) << other;
    }
}

TEST(MoveToPort, APortThatAnotherEndHasIsRefused) {
    const auto parsed = parse_lesson(good_lesson().dump(), "x.json");
    ASSERT_TRUE(parsed) << parsed.error().line();
    const auto moved = on_port(*parsed, 7000);
    ASSERT_FALSE(moved);
    EXPECT_EQ(moved.error().kind, ErrorKind::BadInput);
    EXPECT_NE(moved.error().line().find("port 7000 is in use by the lesson itself"),
              std::string::npos);
    EXPECT_TRUE(on_port(*parsed, 7001));
}

TEST(MoveToPort, WhereTheServerIsAlreadyItsStepsMayNameIt) {
    nlohmann::json lesson = good_lesson();
    lesson["server"][1]["address"] = "127.0.0.1:8000";
    const auto parsed = parse_lesson(lesson.dump(), "x.json");
    ASSERT_TRUE(parsed) << parsed.error().line();
    EXPECT_TRUE(on_port(*parsed, 8000));
}

}  // namespace
}  // namespace tcpstep::lesson
