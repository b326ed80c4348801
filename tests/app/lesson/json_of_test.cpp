#include "app/lesson/json_of.hpp"

#include <set>
#include <string>

#include <gtest/gtest.h>

#include "app/lesson/library.hpp"
#include "app/lesson/parse.hpp"
#include "tests/app/lesson/sample_lesson.hpp"

namespace tcpstep::lesson {
namespace {

using nlohmann::json;

TEST(JsonOf, AStepIsWrittenAsItIsRead) {
    const auto lesson = parse_lesson(good_lesson().dump(), "x.json");
    ASSERT_TRUE(lesson);
    for (const char* actor : {"client", "server"}) {
        const auto& steps = lesson->steps(actor[0] == 'c' ? Actor::Client : Actor::Server);
        for (std::size_t i = 0; i < steps.size(); ++i)
            EXPECT_EQ(json(json_of(steps[i])), good_lesson()[actor][i]);
    }
}

TEST(JsonOf, EveryStepAndRuleOfTheShippedLessonsIsWrittenAsItIsRead) {
    const auto library = load_library();
    ASSERT_TRUE(library) << library.error().line();
    std::set<Call> calls;
    for (const Lesson& lesson : library->lessons) {
        const json source = json::parse(lesson.source);
        for (const Actor actor : kActors) {
            const auto& steps = lesson.steps(actor);
            for (std::size_t i = 0; i < steps.size(); ++i) {
                EXPECT_EQ(json(json_of(steps[i])), source[std::string(name(actor))][i])
                    << lesson.id;
                calls.insert(steps[i].call);
            }
        }
        for (std::size_t i = 0; i < lesson.wire.size(); ++i)
            EXPECT_EQ(json(json_of(lesson.wire[i])), source["wire"][i]) << lesson.id;
    }
    EXPECT_TRUE(calls.count(Call::SendTo) > 0 && calls.count(Call::Dup) > 0);
}

TEST(JsonOf, ASocketOfEveryKindIsWrittenAsItIsRead) {
    const std::string steps =
        R"([{"call":"socket","as":"u","family":"unix","type":"datagram"},)"
        R"({"call":"bind","on":"u","path":"@a"},)"
        R"({"call":"sendto","on":"u","data":"hi","path":"@b"},)"
        R"({"call":"recvfrom","on":"u","size":5},)"
        R"({"call":"send","on":"u","data":"stop!","urgent":true},)"
        R"({"call":"socket","label":"udp","as":"d","type":"datagram"},)"
        R"({"call":"sendto","label":"away","on":"d","data":"hi","address":"127.0.0.1:9"},)"
        R"({"call":"dup","on":"d","as":"e"},{"call":"getsockname","on":"e"},)"
        R"({"call":"getpeername","on":"e","fails_with":"ENOTCONN"},{"call":"proc_net_tcp"}])";
    json whole = good_lesson();
    whole["client"] = json::parse(steps);
    whole["server"] = json::array();
    whole["ends_with"] = json::object();
    const auto lesson = parse_lesson(whole.dump(), "x.json");
    ASSERT_TRUE(lesson) << lesson.error().line();
    for (std::size_t i = 0; i < lesson->client_steps.size(); ++i)
        EXPECT_EQ(json(json_of(lesson->client_steps[i])), whole["client"][i]);
}

TEST(JsonOf, ARuleIsWrittenAsItIsRead) {
    const json rule = {{"segment",
                        {{"from", "server"},
                         {"flags", {"SYN", "ACK"}},
                         {"data", false},
                         {"connection", 2},
                         {"nth", 3}}},
                       {"do", "reset_back"},
                       {"after", {{{"endpoint", "client"}, {"state", "SYN_SENT"}}}},
                       {"at_least_ms", 40}};
    json lesson = good_lesson();
    lesson["segments"] = "held_only";
    lesson["wire"] = {rule};
    const auto parsed = parse_lesson(lesson.dump(), "x.json");
    ASSERT_TRUE(parsed) << parsed.error().line();
    EXPECT_EQ(json(json_of(parsed->wire[0])), rule);
}

}  // namespace
}  // namespace tcpstep::lesson
