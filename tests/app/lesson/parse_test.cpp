#include "app/lesson/parse.hpp"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

namespace tcpstep::lesson {
namespace {

using nlohmann::json;

json good() {
    return json::parse(R"({
        "id": "x", "order": 1, "title": {"en": "T"}, "summary": {"en": "S"}, "segments": "free",
        "server_address": "127.0.0.1:8000",
        "server": [
            {"call": "socket", "as": "l"}, {"call": "bind", "on": "l"}, {"call": "listen", "on": "l", "backlog": 3},
            {"call": "accept", "on": "l", "as": "c"}, {"call": "recv", "on": "c", "size": 10}],
        "client": [
            {"call": "socket", "as": "s"},
            {"call": "connect", "on": "s", "after": [{"actor": "server", "step": "listen", "has": "returned"}]},
            {"call": "send", "on": "s", "data": "hi", "pause_ms": 5},
            {"call": "shutdown", "on": "s", "how": "SHUT_WR"},
            {"call": "close", "on": "s", "label": "end", "after": [{"endpoint": "server", "state": "CLOSE_WAIT"}]}],
        "ends_with": {"client": "FIN_WAIT_2"}
    })");
}

TEST(ParseLesson, ReadsEveryField) {
    const auto lesson = parse_lesson(good().dump(), "x.json");
    ASSERT_TRUE(lesson) << lesson.error().line();
    EXPECT_EQ(lesson->id, "x");
    EXPECT_EQ(lesson->title, "T");
    EXPECT_FALSE(lesson->held);
    EXPECT_EQ(to_string(lesson->server), "127.0.0.1:8000");
    ASSERT_EQ(lesson->server_steps.size(), 5U);
    EXPECT_EQ(lesson->server_steps[2].backlog, 3);
    EXPECT_EQ(lesson->server_steps[4].size, 10);
    ASSERT_EQ(lesson->client_steps.size(), 5U);
    EXPECT_EQ(lesson->client_steps[2].data, "hi");
    EXPECT_EQ(lesson->client_steps[2].pause.count(), 5);
    EXPECT_EQ(lesson->client_steps[3].how, "SHUT_WR");
    EXPECT_EQ(lesson->client_steps[4].label, "end");
    EXPECT_EQ(std::get<InState>(lesson->client_steps[4].after[0]).state, model::State::CloseWait);
    ASSERT_EQ(lesson->ends_with.size(), 1U);
    EXPECT_EQ(lesson->ends_with[0].state, model::State::FinWait2);
    EXPECT_EQ(lesson->source, good().dump());
}

struct Broken {
    const char* pointer;  // what is changed
    json value;           // null: taken away
    const char* says;
};

TEST(ParseLesson, RefusesWhatIsBrokenWithPlaceAndReason) {
    const Broken kBroken[] = {
        {"/id", nullptr, "x.json: /: \"id\" is missing"},
        {"/id", 7, "x.json: /id: expected a text, found 7"},
        {"/id", "../x y", "/id: expected small letters, digits and hyphens, found \"../x y\""},
        {"/title/en", "two\nlines", "/title/en: expected one line without control characters"},
        {"/client/0/fails_with", "EFOO", "/client/0/fails_with: unknown errno \"EFOO\""},
        {"/client/1/after/0",
         {{"actor", "client"}, {"step", "connect"}, {"has", "returned"}},
         "/client/1/after: \"connect\" is not before this step"},
        {"/order", 0, "/order: expected a whole number from 1 to 1000, found 0"},
        {"/order", 1.5, "/order: expected a whole number"},
        {"/title", "T", "\"title\" must be an object"},
        {"/title/en", "", "/title/en: expected a text"},
        {"/segments", "slow", "/segments: expected one of free, held, found \"slow\""},
        {"/server_address", "localhost", "/server_address: expected ADDRESS:PORT"},
        {"/server_address", "127.0.0.1:0", "/server_address: expected ADDRESS:PORT"},
        {"/server", 5, "/server: expected an array"},
        {"/server/0", 5, "/server/0: expected an object"},
        {"/client/1/call", "conect", "/client/1/call: unknown call \"conect\""},
        {"/client/1/on", nullptr, "/client/1: \"on\" is missing"},
        {"/client/1/on", "nothing", "/client/1/on: no step before makes \"nothing\""},
        {"/client/1/after/0/step", "lisen", "/client/1/after: the server has no step \"lisen\""},
        {"/client/1/after/0/has", "begun",
         "/client/1/after/0/has: expected one of entered, returned"},
        {"/client/4/after/0/state", "CLOSE-WAIT",
         "/client/4/after/0/state: unknown state \"CLOSE-WAIT\""},
        {"/client/3/how", "WR", "/client/3/how: expected one of SHUT_RD"},
        {"/client/4/label", "socket", "/client/4: a second step labelled \"socket\""},
        {"/server/2/backlog", -1, "/server/2/backlog: expected a whole number from 0"},
        {"/client/2/pause_ms", "long", "/client/2/pause_ms: expected a whole number"},
        {"/ends_with", nullptr, "\"ends_with\" must be an object"},
        {"/ends_with/client", "GONE", "/ends_with/client: unknown state \"GONE\""},
        {"/colour", "red", "/colour: unknown field"},
        {"/client/0/colour", "red", "/client/0/colour: unknown field"},
    };
    for (const Broken& broken : kBroken) {
        json lesson = good();
        const json::json_pointer pointer(broken.pointer);
        if (broken.value.is_null()) {
            lesson[pointer.parent_pointer()].erase(pointer.back());
        } else {
            lesson[pointer] = broken.value;
        }
        const auto parsed = parse_lesson(lesson.dump(), "x.json");
        ASSERT_FALSE(parsed) << broken.pointer;
        EXPECT_EQ(parsed.error().kind, ErrorKind::BadInput);
        EXPECT_NE(parsed.error().line().find(broken.says), std::string::npos)
            << broken.pointer << " said: " << parsed.error().line();
        EXPECT_EQ(parsed.error().line().find('\n'), std::string::npos);
    }
}

TEST(ParseLesson, NamesTheLineOfASyntaxError) {
    const auto parsed = parse_lesson("{\n  \"id\": \"x\",\n  oops\n}", "x.json");
    ASSERT_FALSE(parsed);
    EXPECT_TRUE(parsed.error().line().starts_with("x.json: parse error at line 3"))
        << parsed.error().line();
}

TEST(ParseLesson, RefusesWhatIsNoLesson) {
    for (const char* text : {"", "[]", "7", "null", "\"x\"", "{}", "\x89PNG"})
        EXPECT_FALSE(parse_lesson(text, "x.json")) << text;
}

}  // namespace
}  // namespace tcpstep::lesson
