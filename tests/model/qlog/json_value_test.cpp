#include "model/qlog/json_value.hpp"

#include <gtest/gtest.h>

namespace tcpstep::model::qlog {
namespace {

std::string again(std::string_view text) {
    NotJson why;
    const auto value = parse_json(text, why);
    return value ? to_text(*value) : why.what;
}

TEST(JsonValue, KeepsOrderAndDigits) {
    for (const char* text :
         {"null", "true", "-9223372036854775808", "18446744073709551615", "1.50", "-0.0", "1E+2",
          "100000000000000000000000000000", R"({"b":1,"a":[{},[],""]})", R"({"x":1,"x":2})"}) {
        EXPECT_EQ(again(text), text);
    }
    EXPECT_EQ(again(" { \"a\" : [ 1 , 2 ] } \n"), R"({"a":[1,2]})");
}

TEST(JsonValue, OfTwoMembersTheLastIsFound) {
    NotJson why;
    const auto value = parse_json(R"({"x":1,"x":2,"y":3})", why);
    ASSERT_TRUE(value);
    EXPECT_EQ(to_text(*value->find("x")), "2");
    EXPECT_EQ(value->find("z"), nullptr);
}

TEST(JsonValue, SaysWhereASyntaxErrorIs) {
    struct Row {
        const char* text;
        bool cut;
        const char* what;
    };
    const Row rows[] = {
        {"", true, "it ends too early, after octet 0"},
        {"{\"a\":", true, "it ends too early, after octet 5"},
        {"[1,", true, "it ends too early, after octet 3"},
        {"\"abc", true, "it ends too early, after octet 4"},
        {"tru", true, "it ends too early, after octet 3"},
        {"[1,}", false, "octet 4: a syntax error"},
        {"{} x", false, "octet 4: a syntax error"},
        {"[1e400]", false, "octet 6: a number too big"},
        {"\"\xff\"", false, "octet 2: a syntax error"},
    };
    for (const Row& row : rows) {
        NotJson why;
        EXPECT_FALSE(parse_json(row.text, why));
        EXPECT_EQ(why.cut, row.cut) << row.text;
        EXPECT_EQ(why.what, row.what) << row.text;
    }
}

TEST(JsonValue, NestingIsBounded) {
    const auto nested = [](std::size_t depth) {
        return std::string(depth, '[') + std::string(depth, ']');
    };
    EXPECT_EQ(again(nested(kMaxNesting)), nested(kMaxNesting));
    EXPECT_EQ(again(nested(kMaxNesting + 1)), "nested deeper than 64 values");
    EXPECT_EQ(again(std::string(10'000'000, '[')), "nested deeper than 64 values");
    std::string objects;
    for (int i = 0; i < 1'000'000; ++i) objects += "{\"a\":";
    EXPECT_EQ(again(objects), "nested deeper than 64 values");
}

TEST(JsonValue, AnExcerptIsShortAndWholeUtf8) {
    NotJson why;
    const std::string long_text = "\"" + std::string(38, 'x') + "\xc3\xa9\xc3\xa9\"";
    EXPECT_EQ(excerpt(*parse_json(long_text, why)), "\"" + std::string(38, 'x') + "...");
    EXPECT_EQ(excerpt(*parse_json("[1,2]", why)), "[1,2]");
}

}  // namespace
}  // namespace tcpstep::model::qlog
