#include "model/qlog/json_text.hpp"

#include <gtest/gtest.h>

namespace tcpstep::model::qlog {
namespace {

std::string json(std::string_view text) {
    std::string out;
    append_string(out, text);
    return out;
}

TEST(JsonText, StringsAreEscaped) {
    using namespace std::string_view_literals;
    struct Row {
        std::string_view text, wanted;
    };
    const Row rows[] = {
        {"", R"("")"},
        {"plain", R"("plain")"},
        {"a\"b\\c/d", R"("a\"b\\c/d")"},
        {"\b\f\n\r\t", R"("\b\f\n\r\t")"},
        {"\0\x01\x1e\x1f\x7f"sv, "\"\\u0000\\u0001\\u001e\\u001f\x7f\""},
        {"\xc3\xa9\xe4\xb8\xad\xf0\x9f\x98\x80", "\"\xc3\xa9\xe4\xb8\xad\xf0\x9f\x98\x80\""},
    };
    for (const Row& row : rows) EXPECT_EQ(json(row.text), row.wanted);
}

TEST(JsonText, WhatIsNoUtf8BecomesTheReplacementCharacter) {
    const std::string r = "\xef\xbf\xbd";
    struct Row {
        const char* why;
        std::string text, wanted;
    };
    const Row rows[] = {
        {"a lone continuation", "a\x80z", "\"a" + r + "z\""},
        {"cut at the end", "a\xe4\xb8", "\"a" + r + r + "\""},
        {"cut by another letter", "\xc3z", "\"" + r + "z\""},
        {"overlong, two octets", "\xc0\xaf", "\"" + r + r + "\""},
        {"overlong, three octets", "\xe0\x80\xaf", "\"" + r + r + r + "\""},
        {"overlong, four octets", "\xf0\x80\x80\xaf", "\"" + r + r + r + r + "\""},
        {"a surrogate", "\xed\xa0\x80", "\"" + r + r + r + "\""},
        {"above U+10FFFF", "\xf4\x90\x80\x80", "\"" + r + r + r + r + "\""},
        {"never in UTF-8", "\xff", "\"" + r + "\""},
    };
    for (const Row& row : rows) EXPECT_EQ(json(row.text), row.wanted) << row.why;
}

TEST(JsonText, NumbersToTheirLimits) {
    std::string out;
    append_number(out, INT64_MIN);
    out += ' ';
    append_number(out, UINT64_MAX);
    EXPECT_EQ(out, "-9223372036854775808 18446744073709551615");
}

TEST(JsonText, AnObjectClosesItself) {
    std::string out;
    {
        ObjectText object(out);
        object.text("a", "x\ny");
        object.boolean("b", true);
        append_hex(object.member("c"), std::vector<std::uint8_t>{0x00, 0x9f, 0xff});
        ObjectText(object.member("d")).number("e", std::uint32_t{7});
    }
    EXPECT_EQ(out, R"({"a":"x\ny","b":true,"c":"009fff","d":{"e":7}})");
}

}  // namespace
}  // namespace tcpstep::model::qlog
