#include "app/lesson/parse_moment.hpp"

#include <gtest/gtest.h>

#include "app/lesson/parse.hpp"
#include "tests/app/lesson/sample_lesson.hpp"

namespace tcpstep::lesson {
namespace {

using nlohmann::json;

TEST(ParseMoment, AClaimNamesNoStepOfTwoClients) {
    json lesson = good_lesson();
    lesson["claims"] = {{{"id", "sent"},
                         {"text", {{"en", "T"}}},
                         {"check", "equal"},
                         {"left", {{"actor", "client"}, {"step", "send"}}},
                         {"right", 2}}};
    ASSERT_TRUE(parse_lesson(lesson.dump(), "x.json"));
    lesson["second_client"] = {{{"call", "socket"}, {"as", "t"}, {"label", "own"}}};
    const auto parsed = parse_lesson(lesson.dump(), "x.json");
    ASSERT_FALSE(parsed);
    EXPECT_EQ(parsed.error().what,
              "x.json:1: /claims/0/left/step: no client's step can be named where there is a second "
              "client");
    lesson["claims"][0]["left"] = {{"actor", "server"}, {"step", "listen"}};
    EXPECT_TRUE(parse_lesson(lesson.dump(), "x.json"));
}

}  // namespace
}  // namespace tcpstep::lesson
