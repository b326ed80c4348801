#include "app/lesson/parse.hpp"

#include <gtest/gtest.h>

#include "tests/app/lesson/sample_lesson.hpp"
#include "tests/app/strings/in_chinese.hpp"

namespace tcpstep::lesson {
namespace {

using nlohmann::json;

TEST(ParseLesson, ReadsEveryField) {
    const auto lesson = parse_lesson(good_lesson().dump(), "x.json");
    ASSERT_TRUE(lesson) << lesson.error().line();
    EXPECT_EQ(lesson->id, "x");
    EXPECT_EQ(lesson->title.en, "T");
    EXPECT_FALSE(lesson->held);
    EXPECT_FALSE(lesson->needs_gate);
    EXPECT_TRUE(lesson->wire.empty());
    EXPECT_EQ(to_string(lesson->server), "127.0.0.1:8000");
    ASSERT_EQ(lesson->server_steps.size(), 5U);
    EXPECT_EQ(lesson->server_steps[2].backlog, 3);
    EXPECT_EQ(lesson->server_steps[4].size, 10);
    ASSERT_EQ(lesson->client_steps.size(), 8U);
    EXPECT_EQ(lesson->client_steps[2].data, "hi");
    EXPECT_EQ(lesson->client_steps[2].pause.count(), 5);
    EXPECT_EQ(lesson->client_steps[3].how, "SHUT_WR");
    EXPECT_EQ(lesson->client_steps[4].label, "end");
    EXPECT_EQ(std::get<InState>(lesson->client_steps[4].after[0]).state, model::State::CloseWait);
    EXPECT_EQ(lesson->client_steps[6].option, "SO_LINGER");
    EXPECT_EQ(lesson->client_steps[6].value, 7);
    ASSERT_TRUE(lesson->client_steps[7].address);
    EXPECT_EQ(to_string(*lesson->client_steps[7].address), "127.0.0.2:7000");
    EXPECT_FALSE(lesson->client_steps[1].address) << "the lesson's own unless it says otherwise";
    ASSERT_EQ(lesson->ends_with.size(), 1U);
    EXPECT_EQ(lesson->ends_with[0].state, model::State::FinWait2);
    EXPECT_EQ(lesson->source, good_lesson().dump());
}

TEST(ParseLesson, ShowsWhatItTellsInTheLanguageOfTheProgram) {
    json lesson = good_lesson();
    lesson["title"]["zh"] = "标题";
    const auto parsed = parse_lesson(lesson.dump(), "x.json");
    ASSERT_TRUE(parsed) << parsed.error().line();
    EXPECT_EQ(parsed->title, (LocalText{"T", "标题"}));
    EXPECT_EQ(parsed->title.shown(), "T");
    const testing::InChinese chinese;
    EXPECT_EQ(parsed->title.shown(), "标题");
    EXPECT_EQ(parsed->summary.shown(), "S") << "English where there is no Chinese";
}

TEST(ParseLesson, SegmentsAreFreeOrHeldOrMeanNothingUnlessHeld) {
    const struct {
        const char* segments;
        bool held;
        bool needs_gate;
    } kCases[] = {{"free", false, false}, {"held", true, false}, {"held_only", true, true}};
    for (const auto& one : kCases) {
        json lesson = good_lesson();
        lesson["segments"] = one.segments;
        const auto parsed = parse_lesson(lesson.dump(), "x.json");
        ASSERT_TRUE(parsed) << parsed.error().line();
        EXPECT_EQ(parsed->held, one.held) << one.segments;
        EXPECT_EQ(parsed->needs_gate, one.needs_gate) << one.segments;
    }
}

// Both actors' steps in short: each says what it calls, in braces.
Result<Lesson> lesson_of(const std::string& client, const char* ends_with = "{}") {
    return parse_lesson(R"({"id":"x","order":1,"title":{"en":"T"},"summary":{"en":"S"},)"
                        R"("segments":"free","server_address":"127.0.0.1:8000","client":[)" +
                            client + R"(],"ends_with":)" + ends_with + "}",
                        "x.json");
}

TEST(ParseLesson, ReadsADuplicateAndTheNames) {
    const auto lesson =
        lesson_of(R"({"call":"socket","as":"s"},{"call":"dup","on":"s","as":"t"},)"
                  R"({"call":"getsockname","on":"t"},{"call":"getpeername","on":"t"})");
    ASSERT_TRUE(lesson) << lesson.error().line();
    EXPECT_EQ(lesson->client_steps[1].call, Call::Dup);
    EXPECT_EQ(lesson->client_steps[1].on, "s");
    EXPECT_EQ(lesson->client_steps[1].as, "t");
    EXPECT_EQ(lesson->client_steps[2].call, Call::GetSockName);
    EXPECT_EQ(lesson->client_steps[3].call, Call::GetPeerName);
    EXPECT_TRUE(speaks_tcp(*lesson));
}

TEST(ParseLesson, ReadsDatagrams) {
    const auto lesson =
        lesson_of(R"({"call":"socket","as":"s","type":"datagram"},)"
                  R"({"call":"sendto","on":"s","data":"hi","address":"127.0.0.1:9"},)"
                  R"({"call":"recvfrom","on":"s","size":5})");
    ASSERT_TRUE(lesson) << lesson.error().line();
    EXPECT_EQ(lesson->client_steps[0].kind.type, SocketType::Datagram);
    EXPECT_EQ(lesson->client_steps[1].data, "hi");
    EXPECT_EQ(to_string(*lesson->client_steps[1].address), "127.0.0.1:9");
    EXPECT_EQ(lesson->client_steps[2].size, 5);
    EXPECT_FALSE(speaks_tcp(*lesson));
    EXPECT_TRUE(speaks_udp(*lesson));
}

TEST(ParseLesson, ReadsUnixSocketsBesideTcp) {
    const auto lesson = lesson_of(
        R"({"call":"socket","as":"u","family":"unix"},{"call":"connect","on":"u","path":"@name"},)"
        R"({"call":"socket","as":"s","label":"tcp"},{"call":"proc_net_tcp"},)"
        R"({"call":"proc_net_tcp","on":"s","label":"own"})",
        R"({"client":"CLOSED"})");
    ASSERT_TRUE(lesson) << lesson.error().line();
    EXPECT_EQ(lesson->client_steps[0].kind.family, Family::Unix);
    EXPECT_EQ(lesson->client_steps[1].path, "@name");
    EXPECT_EQ(lesson->client_steps[3].on, "");
    EXPECT_EQ(lesson->client_steps[4].on, "s");
    EXPECT_TRUE(speaks_tcp(*lesson));
    EXPECT_FALSE(speaks_udp(*lesson));
}

TEST(ParseLesson, RefusesWhatASocketCannotHave) {
    const struct {
        const char* client;
        const char* ends_with;
        const char* says;
    } kBroken[] = {
        {R"({"call":"socket","as":"u","family":"unix"},{"call":"bind","on":"u"})", "{}",
         "/client/1: \"path\" is missing"},
        {R"({"call":"socket","as":"u","family":"unix"},)"
         R"({"call":"bind","on":"u","address":"127.0.0.1:1"})",
         "{}", "/client/1/address: \"u\" is a UNIX socket: it has a \"path\""},
        {R"({"call":"socket","as":"s"},{"call":"dup","on":"s","as":"t"},)"
         R"({"call":"connect","on":"t","path":"@x"})",
         "{}", "/client/2/path: \"t\" is no UNIX socket: it has an \"address\""},
        {R"({"call":"socket","as":"u","family":"unix"},{"call":"bind","on":"u","path":"/tmp/x"})",
         "{}",
         "/client/1/path: expected an abstract name of at most 108 octets, \"@name\", found "},
        {R"({"call":"socket","as":"s","type":"raw"})", "{}",
         "/client/0/type: expected one of stream, datagram, found \"raw\""},
        {R"({"call":"socket","as":"s","family":"inet6"})", "{}",
         "/client/0/family: expected one of inet, unix, found \"inet6\""},
        {R"({"call":"socket","as":"s"},{"call":"dup","on":"s"})", "{}",
         "/client/1: \"as\" is missing"},
        {R"({"call":"proc_net_tcp","on":"s"})", "{}", "/client/0/on: no step before makes \"s\""},
        {R"({"call":"socket","as":"s","type":"datagram"})", R"({"client":"CLOSED"})",
         "/ends_with: no socket of this lesson speaks TCP"},
    };
    for (const auto& broken : kBroken) {
        const auto lesson = lesson_of(broken.client, broken.ends_with);
        ASSERT_FALSE(lesson) << broken.client;
        EXPECT_NE(lesson.error().line().find(broken.says), std::string::npos)
            << lesson.error().line();
    }
}

TEST(ParseLesson, NothingIsHeldWithoutTcp) {
    json lesson = good_lesson();
    lesson["segments"] = "held";
    lesson["server"] = json::array();
    lesson["client"] = {{{"call", "socket"}, {"as", "s"}, {"type", "datagram"}}};
    const auto parsed = parse_lesson(lesson.dump(), "x.json");
    ASSERT_FALSE(parsed);
    EXPECT_TRUE(parsed.error().line().starts_with(
        "x.json:1: /segments: no socket of this lesson speaks TCP"))
        << parsed.error().line();
}

TEST(ParseLesson, ReadsEachSocketOption) {
    for (const std::string_view option : kSocketOptions) {
        json lesson = good_lesson();
        lesson["/client/6/option"_json_pointer] = option;
        const auto parsed = parse_lesson(lesson.dump(), "x.json");
        ASSERT_TRUE(parsed) << parsed.error().line();
        EXPECT_EQ(parsed->client_steps[6].option, option);
    }
}

TEST(ParseLesson, ReadsASecondClientAndWhatOnlySavedLessonsSay) {
    json lesson = good_lesson();
    lesson["second_client"] = json::parse(R"([
        {"call": "socket", "label": "other socket", "as": "s",
         "after": [{"actor": "client", "step": "connect", "has": "entered"},
                   {"endpoint": "server", "octets": 5, "connection": 2},
                   {"endpoint": "client", "state": "SYN_SENT", "connection": 1}]},
        {"call": "connect", "label": "other connect", "on": "s", "may_stay_blocked": true}])");
    const auto parsed = parse_lesson(lesson.dump(), "x.json");
    ASSERT_TRUE(parsed) << parsed.error().line();
    const auto& steps = parsed->steps(Actor::SecondClient);
    ASSERT_EQ(steps.size(), 2U);
    const auto& received = std::get<HasReceived>(steps[0].after[1]);
    EXPECT_EQ(received.endpoint, model::Role::Server);
    EXPECT_EQ(received.octets, 5U);
    EXPECT_EQ(received.connection, 2U);
    EXPECT_EQ(std::get<InState>(steps[0].after[2]).connection, 1U);
    EXPECT_FALSE(steps[0].may_stay_blocked);
    EXPECT_TRUE(steps[1].may_stay_blocked);

    const Broken kBroken[] = {
        {"/second_client/0/label", "connect", "/second_client/0: a second step labelled"},
        {"/second_client/0/may_stay_blocked", true,
         "/second_client/0/may_stay_blocked: only an actor's last step"},
        {"/second_client/0/after/1/octets", 0, "/second_client/0/after/1/octets: expected a whole"},
        {"/second_client/0/after/2/connection", 0, "/connection: expected a whole number from 1"},
        {"/second_client/1/on", "a", "/second_client/1/on: no step before makes \"a\""},
    };
    expect_refused(lesson, kBroken);
}

TEST(ParseLesson, ReadsWhereASavedLessonStopsAndWhatIsNotInIt) {
    json lesson = good_lesson();
    lesson["segments"] = "held_only";
    lesson["ends_when"] = json::parse(R"([
        {"endpoint": "client", "state": "SYN_SENT", "connection": 1},
        {"segment": {"from": "client", "flags": ["SYN"], "nth": 1}, "is": "sent"}])");
    lesson["differs"] = json::parse(R"([{"en": "a copy", "zh": "副本"}, {"en": "a RST"}])");
    const auto parsed = parse_lesson(lesson.dump(), "x.json");
    ASSERT_TRUE(parsed) << parsed.error().line();
    ASSERT_EQ(parsed->ends_when.size(), 2U);
    EXPECT_EQ(std::get<InState>(parsed->ends_when[0]).state, model::State::SynSent);
    EXPECT_EQ(std::get<WasSent>(parsed->ends_when[1]).segment.nth, 1U);
    ASSERT_EQ(parsed->differs.size(), 2U);
    EXPECT_EQ(parsed->differs[0], (LocalText{"a copy", "副本"}));

    const Broken kBroken[] = {
        {"/ends_when/0",
         {{"actor", "client"}, {"step", "fly"}, {"has", "returned"}},
         "/ends_when: the client has no step \"fly\""},
        {"/ends_when/0/state", "AWAKE", "/ends_when/0/state: "},
        {"/segments", "free", "/ends_when: a free lesson cannot stop"},
        {"/differs/1/en", "two\nlines", "/differs/1/en: expected one line"},
        {"/differs/1", "text", "/differs/1: expected an object"},
    };
    expect_refused(lesson, kBroken);
}

TEST(ParseLesson, ReadsWhatAChildDoesAndPatience) {
    json lesson = good_lesson();
    lesson["client"] = json::parse(R"([
        {"call": "socket", "as": "s"},
        {"call": "fork", "as": "child", "child": [
            {"call": "connect", "on": "s"},
            {"call": "exit", "status": 3, "after": [{"actor": "client", "step": "close", "has": "returned"}]}]},
        {"call": "close", "on": "s", "after": [{"actor": "client", "step": "connect", "has": "returned"}]},
        {"call": "waitpid", "on": "child"}])");
    lesson["patience"] = json::parse(R"({
        "ends_with": {"client": "CLOSED"},
        "claims": [{"id": "late", "text": {"en": "E"}, "check": "gives", "value": "",
                    "actor": "client", "step": "exit"}]})");
    const auto parsed = parse_lesson(lesson.dump(), "x.json");
    ASSERT_TRUE(parsed) << parsed.error().line();
    const Step& fork = parsed->client_steps[1];
    EXPECT_EQ(fork.call, Call::Fork);
    EXPECT_EQ(fork.as, "child");
    ASSERT_EQ(fork.child.size(), 2U);
    EXPECT_EQ(fork.child[0].on, "s") << "it has its parent's";
    EXPECT_EQ(fork.child[1].value, 3);
    EXPECT_EQ(parsed->client_steps[3].call, Call::WaitPid);
    ASSERT_TRUE(parsed->patience);
    EXPECT_EQ(parsed->patience->ends_with[0].state, model::State::Closed);
    ASSERT_EQ(parsed->patience->claims.size(), 1U);
    using namespace model::claim;
    EXPECT_EQ(parsed->patience->claims[0].predicate,
              Predicate(Gives{{model::Role::Client, 2, true, 1}, ""}))
        << "the second call of its first child";

    const Broken kBroken[] = {
        {"/client/1/child", json(), "/client/1: \"child\" is missing"},
        {"/client/1/child/0/on", "t", "/client/1/child/0/on: no step before makes \"t\""},
        {"/client/1/child/0/label", "close", "/client/2: a second step labelled \"close\""},
        {"/client/1/child/0",
         {{"call", "fork"}, {"as", "x"}, {"child", json::array()}},
         "/client/1/child/0/call: a child cannot make \"fork\""},
        {"/client/1/child/0",
         {{"call", "waitpid"}, {"on", "child"}},
         "/client/1/child/0/call: a child cannot make \"waitpid\""},
        {"/client/1/child/0",
         {{"call", "exit"}, {"label", "early"}},
         "/client/1/child/0: exit() is the last thing"},
        {"/client/1/child/1/status", 256, "/client/1/child/1/status: expected a whole number"},
        {"/client/1/after",
         json::parse(R"([{"actor": "client", "step": "exit", "has": "entered"}])"),
         "/client/1/after: \"exit\" is not before this step"},
        {"/client/3/on", "s", "/client/3/on: no fork before makes \"s\""},
        {"/client/3", {{"call", "exit"}, {"label", "x"}}, "only a child ends before the run does"},
        {"/patience/ends_with", json(), "/patience: \"ends_with\" is missing"},
        {"/patience/claims/0/step", "connect2", "the client has no step \"connect2\""},
        {"/patience/until", 3, "/patience/until: unknown field"},
    };
    expect_refused(lesson, kBroken);
    lesson.erase("patience");  // it names a client's step
    const json second = {{"call", "socket"}, {"as", "t"}, {"label", "own"}};
    const Broken kSecond[] = {{"/second_client", json::array({second}),
                               "/client/1/call: a client cannot fork beside a second client"}};
    expect_refused(lesson, kSecond);
}

TEST(ParseLesson, TheSecondClientSpeaksTcpToo) {
    json lesson = good_lesson();
    for (const char* actor : {"server", "client"})
        lesson[actor] = {{{"call", "socket"}, {"as", "d"}, {"type", "datagram"}}};
    lesson["second_client"] = {{{"call", "socket"}, {"as", "t"}, {"label", "own"}}};
    const auto parsed = parse_lesson(lesson.dump(), "x.json");
    ASSERT_TRUE(parsed) << parsed.error().line();
    EXPECT_TRUE(speaks_tcp(*parsed));
}

TEST(ParseLesson, RefusesWhatIsBrokenWithPlaceAndReason) {
    const Broken kBroken[] = {
        {"/id", nullptr, "x.json:1: /: \"id\" is missing"},
        {"/id", 7, "x.json:1: /id: expected a text, found 7"},
        {"/id", "../x y", "/id: expected small letters, digits and hyphens, found \"../x y\""},
        {"/title/en", "two\nlines", "/title/en: expected one line without control characters"},
        {"/client/0/fails_with", "EFOO", "/client/0/fails_with: unknown errno \"EFOO\""},
        {"/client/1/after/0",
         {{"actor", "client"}, {"step", "connect"}, {"has", "returned"}},
         "/client/1/after: \"connect\" is not before this step"},
        {"/order", 0, "/order: expected a whole number from 1 to 1000, found 0"},
        {"/order", 1.5, "/order: expected a whole number"},
        {"/title", "T", "/title: expected an object, found string"},
        {"/title/en", "", "/title/en: expected a text"},
        {"/title/en", nullptr, "/title: \"en\" is missing"},
        {"/title/zh", "", "/title/zh: expected a text"},
        {"/summary/zh", "两\n行", "/summary/zh: expected one line without control characters"},
        {"/title/fr", "T", "/title/fr: unknown field"},
        {"/segments", "slow", "/segments: expected one of free, held, held_only, found \"slow\""},
        {"/server_address", "localhost", "/server_address: expected ADDRESS:PORT"},
        {"/server_address", "127.0.0.1:0", "/server_address: expected ADDRESS:PORT"},
        {"/server", 5, "/server: expected an array"},
        {"/server/0", 5, "/server/0: expected an object"},
        {"/client/1/call", "conect",
         "/client/1/call: unknown call \"conect\": expected one of socket, setsockopt, bind,"},
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
        {"/ends_with", nullptr, "x.json:1: /: \"ends_with\" is missing"},
        {"/ends_with", 7, "/ends_with: expected an object, found number"},
        {"/ends_with/client", "GONE", "/ends_with/client: unknown state \"GONE\""},
        {"/client/6/on", nullptr, "/client/6: \"on\" is missing"},
        {"/client/6/option", nullptr, "/client/6: \"option\" is missing"},
        {"/client/6/option", "SO_DEBUG", "/client/6/option: expected one of SO_REUSEADDR, "},
        {"/client/6/value", nullptr, "/client/6: \"value\" is missing"},
        {"/client/6/value", true,
         "/client/6/value: expected a whole number from 0 to 2147483647, found true"},
        {"/client/6/value", 2147483648, "/client/6/value: expected a whole number from 0"},
        {"/client/6/address", "127.0.0.1:1", "/client/6/address: unknown field"},
        {"/client/7/address", "7000", "/client/7/address: expected ADDRESS:PORT, found \"7000\""},
        {"/client/7/address", "127.0.0.2:0", "/client/7/address: expected ADDRESS:PORT"},
        {"/client/7/address", "[::1]:7000",
         "/client/7/address: sockets are IPv4, as server_address is"},
        {"/server_address", "[::1]:8000",
         "/client/7/address: sockets are IPv6, as server_address is"},
        {"/colour", "red", "/colour: unknown field"},
        {"/client/1/after/0/colour", "red", "/client/1/after/0/colour: unknown field"},
        {"/client/0/colour", "red", "/client/0/colour: unknown field"},
    };
    expect_refused(good_lesson(), kBroken);
}

TEST(ParseLesson, NamesTheLineOfASyntaxError) {
    const auto parsed = parse_lesson("{\n  \"id\": \"x\",\n  oops\n}", "x.json");
    ASSERT_FALSE(parsed);
    EXPECT_TRUE(parsed.error().line().starts_with("x.json: parse error at line 3"))
        << parsed.error().line();
}

TEST(ParseLesson, NamesTheLineOfANumberThatIsTooLarge) {
    const auto parsed = parse_lesson("{\n  \"id\": \"x\",\n  \"order\": 1e400\n}", "x.json");
    ASSERT_FALSE(parsed);
    EXPECT_EQ(parsed.error().line(),
              "x.json:3: the number 1e400 is too large - "
              "assets/lessons/README.md describes lesson files");
}

TEST(ParseLesson, RefusesWhatIsNoLesson) {
    for (const char* text : {"", "[]", "7", "null", "\"x\"", "{}", "\x89PNG"})
        EXPECT_FALSE(parse_lesson(text, "x.json")) << text;
}

}  // namespace
}  // namespace tcpstep::lesson
