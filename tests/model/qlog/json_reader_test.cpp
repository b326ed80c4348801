#include "model/qlog/json_reader.hpp"

#include <cstdint>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "model/qlog/fields.hpp"

namespace tcpstep::model::qlog {
namespace {

std::string again(std::string_view text) {
    NotJson why;
    Document document;
    return read_json(text, document, why) ? to_text(document.root()) : why.what;
}

TEST(JsonReader, KeepsOrderAndDigits) {
    for (const char* text :
         {"null", "true", "-9223372036854775808", "18446744073709551615", "1.50", "-0.0", "1E+2",
          "100000000000000000000000000000", R"({"b":1,"a":[{},[],""]})", R"({"x":1,"x":2})"}) {
        EXPECT_EQ(again(text), text);
    }
    EXPECT_EQ(again(" { \"a\" : [ 1 , 2 ] } \n"), R"({"a":[1,2]})");
}

TEST(JsonReader, OfTwoMembersTheLastIsFound) {
    NotJson why;
    Document document;
    ASSERT_TRUE(read_json(R"({"x":1,"x":[2],"y":3})", document, why));
    EXPECT_EQ(to_text(*document.root().find("x")), "[2]");
    EXPECT_EQ(document.root().find("z"), nullptr);
}

TEST(JsonReader, ADocumentHoldsTextsOfAnySize) {
    std::string text = "[";
    for (const std::size_t size : {10U, 16'000U, 500U, 40'000U, 3U, 17'000U}) {
        text += (text.size() > 1 ? ",\"" : "\"") + std::string(size, 'x') + "\"";
    }
    text += ']';
    EXPECT_EQ(again(text), text);
}

TEST(Fields, HexadecimalDigitsAreOfEitherCase) {
    NotJson why;
    Document document;
    ASSERT_TRUE(read_json(R"({"data":"09afAF","odd":"123","other":"0g"})", document, why));
    std::vector<Fault> found;
    Faults faults(found);
    const Place place;
    const Fields fields(document.root(), place, faults);
    EXPECT_EQ(fields.hex("data"), (std::vector<std::uint8_t>{0x09, 0xaf, 0xaf}));
    EXPECT_TRUE(found.empty());
    EXPECT_TRUE(fields.hex("odd").empty());
    EXPECT_TRUE(fields.hex("other").empty());
    EXPECT_EQ(found.size(), 2U);
}

TEST(JsonReader, SaysWhereASyntaxErrorIs) {
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
        Document document;
        EXPECT_FALSE(read_json(row.text, document, why));
        EXPECT_EQ(why.cut, row.cut) << row.text;
        EXPECT_EQ(why.what, row.what) << row.text;
    }
}

TEST(JsonReader, NestingIsBounded) {
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

TEST(JsonReader, AnExcerptIsShortAndWholeUtf8) {
    NotJson why;
    Document document;
    const std::string long_text = "\"" + std::string(38, 'x') + "\xc3\xa9\xc3\xa9\"";
    ASSERT_TRUE(read_json(long_text, document, why));
    EXPECT_EQ(excerpt(document.root()), "\"" + std::string(38, 'x') + "...");
    ASSERT_TRUE(read_json("[1,2]", document, why));
    EXPECT_EQ(excerpt(document.root()), "[1,2]");
}

}  // namespace
}  // namespace tcpstep::model::qlog
