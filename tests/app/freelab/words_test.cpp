#include "app/freelab/words.hpp"

#include <gtest/gtest.h>

namespace tcpstep::freelab {
namespace {

using lesson::Actor;

Wish wish(const std::string& line) {
    const auto words = parse_words(line);
    EXPECT_TRUE(words) << line << ": " << words.error().line();
    const auto* read = words ? std::get_if<Wish>(&*words) : nullptr;
    EXPECT_NE(read, nullptr) << line;
    return read != nullptr ? *read : Wish{};
}

TEST(Words, SayWhoCallsWhat) {
    EXPECT_EQ(wish("server listen 3").number, 3);
    EXPECT_EQ(wish("  server\tlisten  ").deed, Deed::Listen);
    EXPECT_EQ(wish("client2 connect").actor, Actor::SecondClient);
    EXPECT_EQ(wish("client send  hello there ").data, "hello there");
    EXPECT_EQ(wish("client send send").data, "send");
    EXPECT_EQ(wish("client send").data, std::nullopt);
    EXPECT_EQ(wish("client send close").data, "close") << "a text, whatever it says";
    EXPECT_EQ(wish("client socket").on, "");
    EXPECT_EQ(wish("client socket2 recv 10").on, "socket2");
    EXPECT_EQ(wish("client socket close").on, "socket") << "a descriptor may be called so";
    EXPECT_EQ(wish("client socket close").deed, Deed::Close);
    EXPECT_EQ(wish("client shutdown rdwr").how, "SHUT_RDWR");
    EXPECT_EQ(wish("client shutdown").how, "SHUT_WR");
    EXPECT_EQ(wish("server setsockopt so_rcvbuf 2048").option, "SO_RCVBUF");
    EXPECT_EQ(wish("server setsockopt so_rcvbuf 2048").number, 2048);
    EXPECT_EQ(to_string(*wish("client bind 127.0.0.1:9000").address), "127.0.0.1:9000");
    EXPECT_TRUE(wish("anyway client send x").anyway);
    EXPECT_EQ(wish("client abort").deed, Deed::Abort);
}

TEST(Words, SayWhatBecomesOfSegments) {
    EXPECT_EQ(std::get<GateWord>(*parse_words("deliver")).segment, std::nullopt);
    const auto drop = std::get<GateWord>(*parse_words("drop 3"));
    EXPECT_EQ(drop.what, GateWord::What::Drop);
    EXPECT_EQ(drop.segment, "3");
    for (const char* name : {"1b", "12aa"})
        EXPECT_EQ(std::get<GateWord>(*parse_words(std::string("deliver ") + name)).segment, name);
    EXPECT_EQ(std::get<GateWord>(*parse_words("reset-back")).what, GateWord::What::ResetBack);
    EXPECT_EQ(std::get<HoldWord>(*parse_words("hold client")).what, "client");
    EXPECT_EQ(std::get<WaitWord>(*parse_words("wait 1.5")).time.count(), 1500);
    EXPECT_EQ(std::get<SaveWord>(*parse_words("save my file.json")).file, "my file.json");
    EXPECT_TRUE(std::holds_alternative<QuitWord>(*parse_words("quit")));
    for (const char* nothing : {"", "  ", "# a comment"})
        EXPECT_TRUE(std::holds_alternative<NoWord>(*parse_words(nothing))) << nothing;
}

TEST(Words, RefuseWhatMeansNothingInOneLine) {
    const struct {
        const char* line;
        const char* says;
    } kCases[] = {
        {"server", "server: what shall it call?"},
        {"server lisen", "server: there is no call \"lisen\""},
        {"nobody send", "there is no command \"nobody\""},
        {"server listen many", "listen: expected a number from 0 to 65535, found \"many\""},
        {"server listen 1 2", "listen: \"2\" is too much"},
        {"server bind 8000", "bind: expected ADDRESS:PORT, found \"8000\""},
        {"server bind 127.0.0.1:0", "bind: expected ADDRESS:PORT"},
        {"client recv 0", "recv: expected a number from 1 to 1048576"},
        {"client shutdown up", "shutdown: expected rd, wr or rdwr, found \"up\""},
        {"client setsockopt", "setsockopt: expected one of SO_REUSEADDR"},
        {"client setsockopt SO_LINGER -1", "setsockopt: expected a number from 0"},
        {"client close now", "close: \"now\" is too much"},
        {"drop it", "expected the number of a segment, found \"it\""},
        {"deliver 0", "expected the number of a segment"},
        {"deliver 1B", "expected the number of a segment, found \"1B\""},
        {"deliver 1b2", "expected the number of a segment, found \"1b2\""},
        {"deliver b", "expected the number of a segment, found \"b\""},
        {"wait", "wait: expected seconds"},
        {"wait -1", "wait: expected seconds"},
        {"wait nan", "wait: expected seconds"},
        {"save", "save: into which file?"},
        {"hold", "hold: every"},
        {"anyway", "anyway: who"},
        {"quit now", "quit: \"now\" is too much"},
    };
    for (const auto& one : kCases) {
        const auto words = parse_words(one.line);
        ASSERT_FALSE(words) << one.line;
        EXPECT_EQ(words.error().line().rfind(one.says, 0), 0U)
            << one.line << " said: " << words.error().line();
        EXPECT_EQ(words.error().line().find('\n'), std::string::npos);
    }
}

}  // namespace
}  // namespace tcpstep::freelab
